//! Scenarios: the language, the rules of the game, and what is proved of all plays.

mod brute;
mod figures;
mod language;
mod vectors;

use std::fs;
use std::path::{Path, PathBuf};

use keben::diag::Diagnostic;
use keben::page::scenario::Scenario;
use keben::source::Sources;

/// The scenario of a page's text, and everything that is wrong with it.
pub fn read(text: &str) -> (Scenario, Vec<Diagnostic>) {
    let file = Sources::default().add("scenario.md", text);
    let (document, mut diagnostics) = keben::syntax::parse(file, text);
    let (page, problems) = keben::page::lower(file, "scenario.md", text, &document);
    diagnostics.extend(problems);
    (
        page.scenario.map(|one| *one).unwrap_or_default(),
        diagnostics,
    )
}

/// A scenario of a fixture, in which nothing is wrong.
pub fn sound(path: &Path) -> Scenario {
    let text = fs::read_to_string(path).expect("a fixture is readable");
    let (scenario, diagnostics) = read(&text);
    assert!(
        diagnostics.is_empty(),
        "{}: {diagnostics:?}",
        path.display()
    );
    scenario
}

/// The fixtures, by name.
pub fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/scenario");
    let entries = fs::read_dir(folder)
        .expect("the folder of fixtures")
        .flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
