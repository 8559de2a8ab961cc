//! `keben build` and `keben check`.

use std::time::{Duration, Instant};

use anstream::eprintln;
use indicatif::{ProgressBar, ProgressStyle};

use super::args::{Build, Check, Global, Inputs};
use super::{Outcome, fix, report, words};
use crate::config::normalise_base_url;
use crate::diag::codes::Code;
use crate::diag::{Diagnostic, Language, has_errors};
use crate::pipeline::{self, Cache, Options, Run, Stage};

/// Builds the site into a folder.
pub fn build(command: &Build, global: &Global, language: Language) -> Outcome {
    let start = Instant::now();
    let Some(options) = options(&command.inputs, global) else {
        return Outcome::Failed;
    };
    let dir = command.output.clone().unwrap_or_else(|| {
        let (config, _) = crate::config::load(&global.site, &mut crate::source::Sources::default());
        global.site.join(config.output)
    });
    let bar = progress(global);
    let tell = |stage: Stage| bar.set_message(words::stage(language, stage));
    let (summary, run) = pipeline::build(&options, &dir, &tell);
    bar.finish_and_clear();
    report::diagnostics(&run.diagnostics, &run.sources, global, language);
    if let Some(summary) = &summary {
        report::summary(
            summary,
            &dir.display().to_string(),
            start.elapsed(),
            global,
            language,
        );
    }
    outcome(&run.diagnostics)
}

/// Runs all checks, and writes nothing but the ids that it is asked to write.
pub fn check(command: &Check, global: &Global, language: Language) -> Outcome {
    let start = Instant::now();
    let Some(options) = options(&command.inputs, global) else {
        return Outcome::Failed;
    };
    let bar = progress(global);
    bar.set_message(words::stage(language, Stage::Check));
    let run = pipeline::check_all(&options);
    bar.finish_and_clear();
    report::diagnostics(&run.diagnostics, &run.sources, global, language);
    if !has_errors(&run.diagnostics) && !global.quiet {
        let pages = run
            .checked
            .as_ref()
            .map_or(0, |checked| checked.site.pages.len());
        eprintln!("{}", words::clean(language, pages, start.elapsed()));
    }
    match outcome(&run.diagnostics) {
        Outcome::Clean if command.fix => fix::run(&run, &options, global, language),
        told => {
            if command.fix {
                eprintln!("{}", words::not_fixed(language));
            }
            told
        }
    }
}

/// What a command's arguments ask the pipeline to do; `None` where they are wrong.
pub fn options(inputs: &Inputs, global: &Global) -> Option<Options> {
    let mut base_url = inputs.base_url.clone();
    if let Some(url) = &mut base_url
        && let Err(reason) = normalise_base_url(url)
    {
        eprintln!("--base-url {reason}: https://example.org/path/");
        return None;
    }
    Some(Options {
        root: global.site.clone(),
        drafts: inputs.drafts,
        base_url,
        today: inputs.today.unwrap_or_else(|| jiff::Zoned::now().date()),
    })
}

/// The exit code that a run's diagnostics ask for.
pub fn outcome(diagnostics: &[Diagnostic]) -> Outcome {
    let system = |diagnostic: &Diagnostic| {
        matches!(
            diagnostic.code,
            Code::NoConfig | Code::ForeignFiles | Code::BadOutput | Code::WriteFailed
        )
    };
    match diagnostics {
        some if some.iter().any(system) => Outcome::Failed,
        some if has_errors(some) => Outcome::ContentErrors,
        _ => Outcome::Clean,
    }
}

/// Reads, checks and tells; `None` with the outcome where there is nothing to go on with.
pub fn checked(
    inputs: &Inputs,
    global: &Global,
    language: Language,
) -> Result<(Options, Run), Outcome> {
    let options = options(inputs, global).ok_or(Outcome::Failed)?;
    let run = pipeline::check(&options, &mut Cache::default());
    if run.checked.is_none() {
        report::diagnostics(&run.diagnostics, &run.sources, global, language);
        return Err(outcome(&run.diagnostics));
    }
    Ok((options, run))
}

/// A spinner on a terminal, for work that lasts long enough to be seen.
fn progress(global: &Global) -> ProgressBar {
    if global.quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner:.green} {msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
