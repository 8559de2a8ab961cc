//! `keben import` and `keben export`: the question bank in the formats of others.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use anstream::eprintln;

use super::args::{Export, ExportFormat, Global, Import, ImportFormat};
use super::{Outcome, build, report, words};
use crate::bank;
use crate::diag::{Diagnostic, Language, has_errors};
use crate::exchange::import::{self, Imported};
use crate::exchange::{self, Bank, Format, aiken, gift, moodle};
use crate::source::{self, Problem, ProblemKind, Sources};

/// Turns a file of another format into a page.
pub fn import(command: &Import, global: &Global, language: Language) -> Outcome {
    let path = command.file.display().to_string();
    let mut sources = Sources::default();
    let text = match source::read_foreign(&command.file) {
        Ok(text) => text,
        Err(kind) => {
            let refused = matches!(kind, ProblemKind::Io(_));
            let problem = Diagnostic::from(&Problem { path, kind });
            report::diagnostics(&[problem], &sources, global, language);
            return if refused {
                Outcome::Failed
            } else {
                Outcome::ContentErrors
            };
        }
    };
    let file = sources.add(path, text);
    let title = command
        .file
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let imported = read(command.from, &title, file, sources.text(file));
    report::diagnostics(&imported.diagnostics, &sources, global, language);
    let outcome = build::outcome(&imported.diagnostics);
    let Some(page) = imported.page.filter(|_| !has_errors(&imported.diagnostics)) else {
        return outcome;
    };
    let output = command.output.as_deref();
    if let Err(failed) = write(output, page.as_bytes(), false, language) {
        return failed;
    }
    tell(global, || {
        words::imported(language, imported.count, &name(output, language))
    });
    outcome
}

/// Reads a file of a format.
fn read(format: ImportFormat, title: &str, file: source::FileId, text: &str) -> Imported {
    let language = import::language(text);
    let (drafts, notes) = match format {
        ImportFormat::Gift => gift::read::read(file, text, language),
        ImportFormat::Aiken => aiken::read(file, text),
        ImportFormat::MoodleXml => moodle::read::read(file, text, language),
    };
    import::finish(title, language, drafts, notes)
}

/// Writes the bank of a site.
pub fn export(command: &Export, global: &Global, language: Language) -> Outcome {
    let (options, run) = match build::checked(&command.inputs, global, language) {
        Ok(checked) => checked,
        Err(outcome) => return outcome,
    };
    let Some(checked) = &run.checked else {
        return Outcome::ContentErrors;
    };
    let module = command.module.as_deref();
    if let Some(name) = module
        && !checked.site.modules.iter().any(|one| one.id == name)
    {
        let known: Vec<&str> = checked
            .site
            .modules
            .iter()
            .map(|one| one.id.as_str())
            .collect();
        eprintln!("{}", words::no_module(language, name, &known.join(" / ")));
        return Outcome::Failed;
    }
    let format = format(command.to);
    let bank = Bank {
        title: run.config.title.clone(),
        id: run.config.id.clone(),
        day: seconds(options.today),
        sheets: bank::of_site(&checked.site, &run.sources, module),
    };
    let file = format!("{}.{}", bank.id, format.extension());
    let exported = match exchange::export(bank, format) {
        Ok(exported) => exported,
        Err(reason) => {
            eprintln!("{}: {reason}", format.name());
            return Outcome::Failed;
        }
    };
    report::losses(&exported.diagnostics, &run.sources, global, language);
    let default = (!format.is_text()).then(|| Path::new(&file));
    let output = command.output.as_deref().or(default);
    if let Err(failed) = write(output, &exported.bytes, true, language) {
        return failed;
    }
    tell(global, || {
        words::exported(language, exported.count, &name(output, language))
    });
    Outcome::Clean
}

/// A day as seconds since 1970.
fn seconds(day: jiff::civil::Date) -> i64 {
    let midnight = day.to_zoned(jiff::tz::TimeZone::UTC);
    midnight.map_or(0, |midnight| midnight.timestamp().as_second())
}

fn format(named: ExportFormat) -> Format {
    match named {
        ExportFormat::Gift => Format::Gift,
        ExportFormat::MoodleXml => Format::MoodleXml,
        ExportFormat::Qti21 => Format::Qti21,
        ExportFormat::Anki => Format::Anki,
    }
}

/// Writes to a file, or to standard output where none is named. A page that an author may have
/// edited is never overwritten.
fn write(
    output: Option<&Path>,
    bytes: &[u8],
    overwrite: bool,
    language: Language,
) -> Result<(), Outcome> {
    let Some(path) = output else {
        return io::stdout()
            .write_all(bytes)
            .map_err(|error| failed("stdout", &error));
    };
    let shown = path.display().to_string();
    if !overwrite && path.exists() {
        eprintln!("{}", words::file_exists(language, &shown));
        return Err(Outcome::Failed);
    }
    fs::write(path, bytes).map_err(|error| failed(&shown, &error))
}

fn failed(path: &str, error: &io::Error) -> Outcome {
    eprintln!("{path}: {error}");
    Outcome::Failed
}

fn name(output: Option<&Path>, language: Language) -> String {
    output.map_or(words::standard_output(language).to_owned(), |path| {
        path.display().to_string()
    })
}

/// The last line, which standard output is too good for: a page or a bank may stand there.
fn tell(global: &Global, line: impl FnOnce() -> String) {
    if !global.quiet {
        eprintln!("{}", line());
    }
}
