//! Diagnostics and summaries on the terminal.
//!
//! What people read goes to standard error, what programs read to standard output, so that a pipe
//! holds nothing but the result.

use std::time::Duration;

use anstream::{eprintln, println};

use super::args::Global;
use super::words;
use crate::diag::print::{Format, print};
use crate::diag::{Diagnostic, Language, Severity};
use crate::pipeline::Summary;
use crate::source::Sources;

/// Tells what an export loses: one line each, on standard error, because the result may stand on
/// standard output.
pub fn losses(diagnostics: &[Diagnostic], sources: &Sources, global: &Global, language: Language) {
    let format = match global.format {
        Format::Json => Format::Json,
        Format::Human | Format::Short => Format::Short,
    };
    for diagnostic in diagnostics {
        eprintln!("{}", print(diagnostic, sources, language, format));
    }
}

/// Tells every diagnostic, and at the end how many there are.
pub fn diagnostics(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    global: &Global,
    language: Language,
) {
    for diagnostic in diagnostics {
        let text = print(diagnostic, sources, language, global.format);
        match global.format {
            Format::Human => eprintln!("{text}\n"),
            Format::Short | Format::Json => println!("{text}"),
        }
    }
    let count = |severity| {
        diagnostics
            .iter()
            .filter(|one| one.severity() == severity)
            .count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if global.format == Format::Human && errors + warnings > 0 {
        eprintln!("{}", words::counts(language, errors, warnings));
    }
}

/// The one line at the end of a build.
pub fn summary(summary: &Summary, to: &str, time: Duration, global: &Global, language: Language) {
    if global.quiet {
        return;
    }
    let line = words::summary(language, summary, to, time);
    match global.format {
        Format::Human => println!("{line}"),
        // Standard output belongs to the diagnostics then.
        Format::Short | Format::Json => eprintln!("{line}"),
    }
}
