//! `keben new`: a small site that builds at once, with one page of each of the first kinds.

use std::fs;
use std::io;
use std::path::Path;

use anstream::{eprintln, println};
use rust_embed::Embed;

use super::args::{Global, New};
use super::{Outcome, words};
use crate::diag::Language;

/// The site in both languages: `zh/keben.yaml`, `zh/content/…`.
#[derive(Embed)]
#[folder = "src/cli/starter"]
struct Starter;

/// Makes the site.
pub fn run(command: &New, global: &Global, language: Language) -> Outcome {
    let dir = &command.dir;
    let name = dir.display().to_string();
    let occupied = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if occupied || dir.is_file() {
        eprintln!("{}", words::not_empty(language, &name));
        return Outcome::Failed;
    }
    match write(dir, language) {
        Ok(()) => {
            if !global.quiet {
                println!("{}", words::made(language, &name));
            }
            Outcome::Clean
        }
        Err(error) => {
            eprintln!("{name}: {error}");
            Outcome::Failed
        }
    }
}

/// Writes the starter site of a language into `dir`.
pub fn write(dir: &Path, language: Language) -> io::Result<()> {
    let folder = match language {
        Language::Chinese => "zh/",
        Language::English => "en/",
    };
    for path in Starter::iter() {
        let (Some(name), Some(file)) = (path.strip_prefix(folder), Starter::get(&path)) else {
            continue;
        };
        let target = dir.join(name);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(target, &file.data)?;
    }
    Ok(())
}
