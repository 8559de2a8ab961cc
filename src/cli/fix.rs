//! `keben check --fix`: writes what a check can mend by itself, and says what it wrote.

use anstream::{eprintln, println};

use super::args::Global;
use super::{Outcome, words};
use crate::diag::Language;
use crate::diag::print::Format;
use crate::fix::{Edit, apply, by_file, missing_ids};
use crate::output::replace::replace;
use crate::pipeline::{Options, Run};
use crate::source::text::decode;

/// Writes the ids that are missing in a site without errors.
pub fn run(run: &Run, options: &Options, global: &Global, language: Language) -> Outcome {
    let Some(checked) = &run.checked else {
        return Outcome::ContentErrors;
    };
    let mut count = 0;
    let mut outcome = Outcome::Clean;
    for (file, edits) in by_file(missing_ids(&checked.site, &run.sources)) {
        let source = run.sources.file(file);
        match mend(options, run, &source.path, &source.text, &edits) {
            Ok(()) => {
                count += edits.len();
                tell(&source.path, &edits, global);
            }
            Err(error) => {
                eprintln!("{}", words::not_written(language, &source.path, &error));
                outcome = Outcome::Failed;
            }
        }
    }
    if !global.quiet {
        eprintln!("{}", words::fixed(language, count));
    }
    outcome
}

/// Writes the edits of one file, unless somebody saved it since it was read.
fn mend(
    options: &Options,
    run: &Run,
    path: &str,
    text: &str,
    edits: &[Edit],
) -> std::io::Result<()> {
    let location = options.root.join(path);
    let bytes = std::fs::read(&location)?;
    if decode(bytes.clone()).as_deref() != Ok(text) {
        return Err(std::io::ErrorKind::ResourceBusy.into());
    }
    let folder = options.root.join(&run.config.content);
    replace(&location, &folder, &apply(&bytes, edits))
}

/// One line an id, where it stands now.
fn tell(path: &str, edits: &[Edit], global: &Global) {
    for (before, edit) in edits.iter().enumerate() {
        let line = format!(
            "{path}:{}: <!-- id: {} -->",
            edit.line + before + 1,
            edit.id
        );
        match global.format {
            Format::Human => println!("{line}"),
            // Standard output belongs to the diagnostics then.
            Format::Short | Format::Json => eprintln!("{line}"),
        }
    }
}
