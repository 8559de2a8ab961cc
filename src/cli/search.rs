//! `keben search`: the same index and the same ranking as in the browser.

use std::fmt::Write as _;

use anstream::{eprintln, println};
use anstyle::{AnsiColor, Style};
use keben_search_core::{Engine, Query, Results, SectionHit, Span};

use super::args::{Global, Search};
use super::{Outcome, build, words};
use crate::diag::Language;
use crate::diag::print::print;
use crate::pipeline;

const MARK: Style = AnsiColor::Yellow.on_default().bold();
const TITLE: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// Searches the site and prints what was found.
pub fn run(command: &Search, global: &Global, language: Language) -> Outcome {
    let (_, run) = match build::checked(&command.inputs, global, language) {
        Ok(checked) => checked,
        Err(outcome) => return outcome,
    };
    let Some(checked) = &run.checked else {
        return Outcome::ContentErrors;
    };
    let engine = match pipeline::engine(checked, &run.sources) {
        Ok(engine) => engine,
        Err(problem) => {
            eprintln!("{}", print(&problem, &run.sources, language, global.format));
            return Outcome::Failed;
        }
    };
    let text = command.query.join(" ");
    match ask(&engine, command, &text) {
        Ok(results) if command.json => {
            println!(
                "{}",
                serde_json::to_string_pretty(&results).unwrap_or_default()
            );
            Outcome::Clean
        }
        Ok(results) => {
            tell(&results, &text, global, language);
            Outcome::Clean
        }
        Err(error) => {
            eprintln!("{error}");
            Outcome::Failed
        }
    }
}

fn ask(engine: &Engine, command: &Search, text: &str) -> Result<Results, keben_search_core::Error> {
    engine.search(&Query {
        text: text.to_owned(),
        limit: command.limit,
        offset: 0,
        kind: command.kind.clone(),
        module: command.module.clone(),
    })
}

fn tell(results: &Results, text: &str, global: &Global, language: Language) {
    for page in &results.pages {
        let place = if page.module_title.is_empty() {
            &page.kind
        } else {
            &page.module_title
        };
        println!(
            "{TITLE}{}{TITLE:#}  {FAINT}{place}{FAINT:#}",
            marked(&page.title_spans, TITLE)
        );
        for section in &page.sections {
            println!("{}", section_text(section));
        }
        println!();
    }
    if results.pages.is_empty() {
        eprintln!("{}", words::nothing_found(language, text));
    } else if !global.quiet {
        eprintln!(
            "{}",
            words::found(language, results.total_pages, results.pages.len())
        );
    }
}

fn section_text(section: &SectionHit) -> String {
    let mut text = format!("  {FAINT}{}{FAINT:#}", section.url);
    if !section.heading.is_empty() {
        let _ = write!(text, "  {}", section.heading);
    }
    if !section.excerpt.is_empty() {
        let _ = write!(text, "\n    {}", marked(&section.excerpt, Style::new()));
    }
    text
}

/// Spans as coloured text, on one line.
fn marked(spans: &[Span], around: Style) -> String {
    let mut text = String::new();
    for span in spans {
        let plain = span.text.replace('\n', " ");
        let _ = match span.mark {
            true => write!(text, "{MARK}{plain}{MARK:#}{around}"),
            false => write!(text, "{plain}"),
        };
    }
    text
}
