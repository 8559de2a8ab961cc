//! `keben serve`: the address on standard output, everything else on standard error.

use std::io::Write as _;
use std::sync::Arc;

use anstream::eprintln;

use super::args::{Global, Serve};
use super::{Outcome, build, report, words};
use crate::config;
use crate::diag::codes::Code;
use crate::diag::print::print;
use crate::diag::{Diagnostic, Language, has_errors};
use crate::serve::builder::Event;
use crate::serve::{self, Error};
use crate::source::Sources;

/// Serves the site until somebody interrupts it.
pub fn run(command: &Serve, global: &Global, language: Language) -> Outcome {
    let Some(mut options) = build::options(&command.inputs, global) else {
        return Outcome::Failed;
    };
    if !global.site.join(config::FILE).is_file() {
        let problem = [Diagnostic::on(Code::NoConfig, config::FILE)];
        report::diagnostics(&problem, &Sources::default(), global, language);
        return Outcome::Failed;
    }
    let (socket, url) = match serve::bind(command.port) {
        Ok(bound) => bound,
        Err(error) => {
            eprintln!("{}", words::no_port(language, command.port, &error));
            return Outcome::Failed;
        }
    };
    options.base_url.get_or_insert_with(|| url.clone());
    announce(&url, command.open, global, language);
    let global = global.clone();
    let listener = Arc::new(move |event: Event<'_>| tell(event, &global, language));
    match serve::run(socket, options, language, listener) {
        Ok(()) => Outcome::Clean,
        Err(error) => {
            eprintln!("{}", failure(&error, language));
            Outcome::Failed
        }
    }
}

/// Says where the site is: the first line of standard output, for a program to read. Whoever comes
/// before the first build is done waits for it.
fn announce(url: &str, open: bool, global: &Global, language: Language) {
    let mut out = std::io::stdout();
    // Whoever started the server may not care to read where it is.
    let _ = writeln!(out, "{url}").and_then(|()| out.flush());
    if !global.quiet {
        eprintln!("{}", words::serving(language));
    }
    if open && let Err(error) = ::open::that_detached(url) {
        eprintln!("{}", words::no_browser(language, &error));
    }
}

fn tell(event: Event<'_>, global: &Global, language: Language) {
    match event {
        Event::Built { run, time } => {
            report::diagnostics(&run.diagnostics, &run.sources, global, language);
            if global.quiet {
                return;
            }
            let pages = run
                .checked
                .as_ref()
                .map_or(0, |checked| checked.site.pages.len());
            match has_errors(&run.diagnostics) {
                true => eprintln!("{}", words::not_updated(language)),
                false => eprintln!("{}", words::updated(language, pages, time)),
            }
        }
        Event::NoIndex { problem, run } => {
            eprintln!("{}", print(problem, &run.sources, language, global.format));
        }
        Event::Unwatched(error) => eprintln!("{}", words::unwatched(language, error)),
    }
}

fn failure(error: &Error, language: Language) -> String {
    match error {
        Error::Io(error) => error.to_string(),
        Error::Watch(error) => words::unwatched(language, error),
        Error::Stopped => words::stopped(language).to_owned(),
    }
}
