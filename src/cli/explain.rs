//! `keben explain`: the page behind a code.

use anstream::{eprintln, print, println};
use rust_embed::Embed;

use super::args::Explain;
use super::{Outcome, words};
use crate::diag::Language;
use crate::diag::codes::Code;

/// One page for each code and language: `zh/K301.md`.
#[derive(Embed)]
#[folder = "docs/errors"]
struct Pages;

/// The page of a code.
pub fn page(code: Code, language: Language) -> Option<String> {
    let folder = match language {
        Language::Chinese => "zh",
        Language::English => "en",
    };
    let file = Pages::get(&format!("{folder}/{}.md", code.info().id))?;
    Some(String::from_utf8_lossy(&file.data).into_owned())
}

/// Prints the page of a code, or the list of all codes.
pub fn run(command: &Explain, language: Language) -> Outcome {
    let Some(id) = &command.code else {
        for code in Code::ALL {
            println!(
                "{}  {}",
                code.info().id,
                code.info().wording(language).message
            );
        }
        return Outcome::Clean;
    };
    match Code::find(id).and_then(|code| page(code, language)) {
        Some(page) => {
            print!("{page}");
            Outcome::Clean
        }
        None => {
            eprintln!("{}", words::no_code(language, id));
            Outcome::Failed
        }
    }
}
