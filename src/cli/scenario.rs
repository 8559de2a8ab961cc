//! `keben scenario`: figures of one scenario, for those who write it.

use std::path::Path;

use anstream::{eprintln, println};

use super::args::{Global, Scenario, ScenarioCommand, ScenarioStats};
use super::{Outcome, words};
use crate::diag::print::print;
use crate::diag::{Diagnostic, Language, Severity};
use crate::page::{self, Page};
use crate::scenario::stats::{EndingStats, Stats, stats};
use crate::source::{self, Sources};
use crate::syntax;
use crate::syntax::plain::is_wide;

/// Runs a command about one scenario.
pub fn run(command: &Scenario, global: &Global, language: Language) -> Outcome {
    match &command.command {
        ScenarioCommand::Stats(command) => figures(command, global, language),
    }
}

fn figures(command: &ScenarioStats, global: &Global, language: Language) -> Outcome {
    let mut sources = Sources::default();
    let (page, diagnostics) = match read(&command.file, &mut sources) {
        Ok(read) => read,
        Err(problem) => {
            eprintln!("{}", print(&problem, &sources, language, global.format));
            return Outcome::Failed;
        }
    };
    let is_error = |one: &&Diagnostic| one.severity() == Severity::Error;
    let errors: Vec<_> = diagnostics.iter().filter(is_error).collect();
    for problem in &errors {
        eprintln!("{}", print(problem, &sources, language, global.format));
    }
    let scenario = page.scenario.as_deref().filter(|_| errors.is_empty());
    let Some(stats) = scenario.and_then(|scenario| stats(scenario, command.limit)) else {
        if errors.is_empty() {
            let file = command.file.display().to_string();
            eprintln!("{}", words::no_scenario(language, &file));
        }
        return Outcome::ContentErrors;
    };
    if command.json {
        println!(
            "{}",
            serde_json::to_string_pretty(&stats).unwrap_or_default()
        );
    } else {
        println!("{}", told(&page.title, &stats, language));
    }
    Outcome::Clean
}

fn read(path: &Path, sources: &mut Sources) -> Result<(Page, Vec<Diagnostic>), Diagnostic> {
    let name = path.display().to_string();
    let problem = |kind| {
        Diagnostic::from(&source::Problem {
            path: name.clone(),
            kind,
        })
    };
    let text = source::read_text(path).map_err(problem)?;
    let file = sources.add(name.clone(), text.clone());
    let (document, mut diagnostics) = syntax::parse(file, &text);
    let (page, problems) = page::lower(file, &name, &text, &document);
    diagnostics.extend(problems);
    Ok((page, diagnostics))
}

fn told(title: &str, stats: &Stats, language: Language) -> String {
    let mut lines = vec![title.to_owned(), words::scenario_size(language, stats)];
    lines.push(words::scenario_plays(language, stats));
    lines.push(String::new());
    let head = words::scenario_head(language).map(str::to_owned);
    let rows = stats.endings.iter().map(|ending| row(ending, language));
    lines.extend(table(std::iter::once(head).chain(rows).collect()));
    if stats.unended > 1e-9 {
        lines.push(words::scenario_unended(language, stats.unended));
    }
    if !stats.complete {
        lines.push(words::scenario_incomplete(language));
    }
    lines.join("\n")
}

fn row(ending: &EndingStats, language: Language) -> [String; 5] {
    let shortest = ending
        .shortest
        .map_or_else(|| "–".to_owned(), |steps| steps.to_string());
    [
        ending.title.clone(),
        words::ending(language, ending.kind).to_owned(),
        ending.score.to_string(),
        format!("{:.1}%", ending.share * 100.0),
        shortest,
    ]
}

/// Columns side by side; the first two read from the left, the others are numbers.
fn table(rows: Vec<[String; 5]>) -> Vec<String> {
    let columns = 0..5;
    let widths: Vec<usize> = columns
        .map(|at| rows.iter().map(|row| width(&row[at])).max().unwrap_or(0))
        .collect();
    let line = |row: &[String; 5]| {
        let cell = |(at, text): (usize, &String)| {
            let space = " ".repeat(widths[at] - width(text));
            if at < 2 {
                format!("{text}{space}")
            } else {
                format!("{space}{text}")
            }
        };
        let cells: Vec<String> = row.iter().enumerate().map(cell).collect();
        cells.join("  ")
    };
    rows.iter().map(line).collect()
}

/// How many columns of a terminal a text takes.
fn width(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}
