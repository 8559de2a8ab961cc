//! The plan of the house: a module imports only from those that stand before it in `src/lib.rs`.

use std::fs;
use std::path::Path;

use keben::config::SiteLanguage;
use keben::theme::Theme;

fn source() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The rooms in their order.
fn rooms() -> Vec<String> {
    let lib = fs::read_to_string(source().join("lib.rs")).expect("src/lib.rs");
    let name = |line: &str| Some(line.strip_prefix("pub mod ")?.strip_suffix(';')?.to_owned());
    lib.lines().filter_map(name).collect()
}

/// Every file of the library with the room that it is in.
fn files() -> Vec<(String, String, String)> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(source())
        .sort_by_file_name()
        .into_iter()
        .flatten()
    {
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let relative = path.strip_prefix(source()).expect("below src");
        let first = relative.iter().next().unwrap_or_default().to_string_lossy();
        let room = first.trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(path).expect("a source file");
        files.push((relative.display().to_string(), room, text));
    }
    files
}

#[test]
fn rooms_only_look_back() {
    let rooms = rooms();
    assert!(rooms.len() > 10, "{rooms:?}");
    let place = |room: &str| rooms.iter().position(|one| one == room);
    let mut wrong = Vec::new();
    for (file, room, text) in files() {
        let Some(here) = place(&room) else { continue };
        for part in text.split("crate::").skip(1) {
            let name: String = part
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if place(&name).is_some_and(|there| there > here) {
                wrong.push(format!("{file} imports crate::{name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_are_short_and_open_with_what_they_are_for() {
    for (file, _, text) in files() {
        assert!(
            text.starts_with("//! "),
            "{file} does not say what it is for"
        );
        let lines = text.lines().count();
        assert!(lines <= 500, "{file} has {lines} lines: it is two rooms");
        assert!(!text.contains("use super::*"), "{file} hides what it uses");
    }
}

#[test]
fn the_plan_names_every_room_and_dependency() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let plan = fs::read_to_string(root.join("docs/architecture.md")).expect("docs/architecture.md");
    for room in rooms() {
        assert!(
            plan.contains(&format!("`{room}`")),
            "docs/architecture.md lacks the room {room}"
        );
    }
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("Cargo.toml");
    let dependencies = manifest
        .split("\n[dependencies]\n")
        .nth(1)
        .unwrap_or_default();
    let dependencies = dependencies.split("\n[").next().unwrap_or_default();
    for line in dependencies
        .lines()
        .filter(|line| !line.starts_with('#') && line.contains('='))
    {
        let name = line.split([' ', '=']).next().unwrap_or_default();
        assert!(
            plan.contains(&format!("`{name}`")),
            "docs/architecture.md gives no reason for {name}"
        );
    }
}

#[test]
fn interface_strings_are_complete_in_every_language() {
    let chinese = Theme::default_string_keys(SiteLanguage::Hans);
    assert!(chinese.len() > 50);
    for language in [SiteLanguage::Hant, SiteLanguage::English] {
        let other = Theme::default_string_keys(language);
        let differing: Vec<_> = chinese.symmetric_difference(&other).collect();
        assert!(differing.is_empty(), "{}: {differing:?}", language.tag());
    }
}

#[test]
fn every_string_that_the_renderer_asks_for_exists() {
    let known = Theme::default_string_keys(SiteLanguage::Hans);
    let mut asked: Vec<String> = Vec::new();
    for (file, _, text) in files() {
        if file.starts_with("render") {
            let calls = text.split(".string(\"").skip(1);
            asked.extend(calls.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        }
    }
    for kind in keben::page::kind::KINDS {
        asked.push(format!("kind_{}", kind.id));
    }
    for alert in ["note", "tip", "important", "warning", "caution"] {
        asked.push(format!("alert_{alert}"));
    }
    for task in ["quiz_correct", "quiz_wrong", "task_done", "task_open"] {
        asked.push(task.to_owned());
    }
    assert!(asked.len() > 20, "{asked:?}");
    let missing: Vec<_> = asked.iter().filter(|key| !known.contains(*key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
