//! Every code: a site that causes it, with the place where it must be told.

use std::collections::BTreeSet;

use keben::diag::codes::Code;
use keben::diag::print::{Format, position, print};
use keben::diag::{Diagnostic, Language, Place};
use keben::pipeline::{Run, build};

use crate::fixture::{Expected, Fixture, options};

/// Codes that no site of an author's can cause: the index refuses no text, and other formats are
/// read and written by commands of their own, which `exchange.rs` tests.
const INTERNAL: &[Code] = &[
    Code::Search,
    Code::ImportSyntax,
    Code::BadXml,
    Code::NothingImported,
    Code::NoCounterpart,
    Code::NotKept,
    Code::ReadsOtherwise,
    Code::Lost,
    Code::LeftOut,
];

/// Builds a fixture into its `public` folder, or into the folder that its name ends in.
fn run(fixture: &Fixture) -> (Run, Vec<Expected>) {
    let dir = fixture.unpack();
    let output = fixture
        .name
        .split_once("-to-")
        .map_or("public", |(_, folder)| folder);
    let output = dir.path().join(output.replace('+', "/"));
    if fixture.name.contains("-no-config") {
        std::fs::remove_file(dir.path().join("keben.yaml")).expect("keben.yaml is removed");
    }
    let (_, run) = build(&options(dir.path()), &output, &|_| {});
    let root = dir.path().to_string_lossy().into_owned();
    let mut told: Vec<_> = run
        .diagnostics
        .iter()
        .map(|one| told(one, &run, &root))
        .collect();
    told.sort();
    (run, told)
}

fn told(diagnostic: &Diagnostic, run: &Run, root: &str) -> Expected {
    let id = diagnostic.code.info().id;
    match &diagnostic.place {
        Place::Span(file, span) => {
            let file = run.sources.file(*file);
            let at = position(&file.text, span.start);
            Expected {
                path: file.path.clone(),
                line: at.line,
                what: format!("{id} {}", at.column),
            }
        }
        Place::Path(path) => {
            let path = path
                .trim_start_matches(root)
                .trim_start_matches('/')
                .to_owned();
            Expected {
                path,
                line: 0,
                what: id.to_owned(),
            }
        }
        Place::Site => Expected {
            path: "keben.yaml".into(),
            line: 0,
            what: id.to_owned(),
        },
    }
}

#[test]
fn every_fixture_is_told_as_it_expects() {
    let mut wrong = Vec::new();
    for fixture in Fixture::all("diagnostics") {
        let (run, told) = run(&fixture);
        let expected = fixture.expected();
        if told != expected {
            let text: Vec<_> = run
                .diagnostics
                .iter()
                .map(|one| print(one, &run.sources, Language::English, Format::Short))
                .collect();
            wrong.push(format!(
                "{}\n  expected {expected:?}\n  told     {told:?}\n  {}",
                fixture.name,
                text.join("\n  ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_code_has_a_fixture_that_expects_it() {
    let expected: BTreeSet<String> = Fixture::all("diagnostics")
        .iter()
        .flat_map(Fixture::expected)
        .map(|one| one.what.split(' ').next().unwrap_or_default().to_owned())
        .collect();
    let missing: Vec<_> = Code::ALL
        .iter()
        .filter(|code| !INTERNAL.contains(code) && !expected.contains(code.info().id))
        .collect();
    assert!(missing.is_empty(), "no fixture for {missing:?}");
}

#[test]
fn every_wording_is_complete_in_both_languages() {
    let fixtures = Fixture::all("diagnostics");
    for fixture in &fixtures {
        let (run, _) = run(fixture);
        for diagnostic in &run.diagnostics {
            for language in [Language::Chinese, Language::English] {
                let message = diagnostic.message(language);
                assert!(!message.contains('{'), "{}: {message}", fixture.name);
            }
        }
    }
}

#[test]
fn codes_are_unique_and_in_order() {
    let ids: Vec<_> = Code::ALL.iter().map(|code| code.info().id).collect();
    assert!(ids.is_sorted());
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len());
}

#[test]
fn json_is_one_object_a_line_with_a_place() {
    let fixture = Fixture::all("diagnostics");
    let fixture = fixture
        .iter()
        .find(|one| one.name.starts_with("K301"))
        .expect("K301");
    let (run, _) = run(fixture);
    let line = print(
        &run.diagnostics[0],
        &run.sources,
        Language::English,
        Format::Json,
    );
    let value: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!(value["code"], "K301");
    assert_eq!(value["severity"], "error");
    assert!(value["line"].is_u64() && value["column"].is_u64());
    assert!(!line.contains('\n'));
}
