//! The command line: arguments in, one call of the library, words and an exit code out.
//!
//! Exit codes: 0 all is well, 1 the content (or a template) has errors, 2 wrong usage or the
//! system refused.

pub mod args;
mod build;
mod exchange;
mod explain;
mod fix;
mod new;
mod paper;
mod report;
mod scenario;
mod search;
mod serve;
mod words;

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use crate::config;
use crate::diag::Language;
use crate::source::Sources;
use args::{Args, Command};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Clean,
    /// The content or a template has errors.
    ContentErrors,
    /// Wrong usage, or the system refused.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::ContentErrors => Self::from(1),
            Outcome::Failed => Self::from(2),
        }
    }
}

/// Runs the program on its own arguments.
pub fn main() -> ExitCode {
    let args = Args::parse();
    let language = args
        .global
        .lang
        .unwrap_or_else(|| language(&args.global.site));
    let outcome = match &args.command {
        Command::New(new) => new::run(new, &args.global, language),
        Command::Build(command) => build::build(command, &args.global, language),
        Command::Check(command) => build::check(command, &args.global, language),
        Command::Serve(command) => serve::run(command, &args.global, language),
        Command::Search(command) => search::run(command, &args.global, language),
        Command::Scenario(command) => scenario::run(command, &args.global, language),
        Command::Import(import) => exchange::import(import, &args.global, language),
        Command::Export(export) => exchange::export(export, &args.global, language),
        Command::Paper(command) => paper::run(command, &args.global, language),
        Command::Explain(explain) => explain::run(explain, language),
    };
    outcome.into()
}

/// The language to speak: that of the user's locale, else that of the site.
fn language(site: &Path) -> Language {
    let locale = ["KEBEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    match locale
        .as_deref()
        .map(|locale| locale.get(..2).unwrap_or(""))
    {
        Some("zh") => Language::Chinese,
        Some("en") => Language::English,
        _ => {
            let (config, _) = config::load(site, &mut Sources::default());
            let english = config.language == config::SiteLanguage::English;
            if english {
                Language::English
            } else {
                Language::Chinese
            }
        }
    }
}
