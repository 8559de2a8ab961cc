//! `keben scenario stats`: what it prints, and that its shares are right.

use std::path::Path;

use crate::command_line::{err, keben, out};

fn run(args: &[&str]) -> std::process::Output {
    keben(args, Path::new(env!("CARGO_MANIFEST_DIR")))
}

/// A fork of two: half go on at once; of the others, half, after any number of rounds.
const TEXT: &str = "---\nkind: scenario\ntitle: Fork\n---\n\n### a\n\n- [on](#good)\n- [round](#b)\n\n\
                    ### b\n\n- [again](#b)\n- [out](#bad)\n- [back](#good)\n\n\
                    ### good\n\n**Ending: success, 100 points.**\n\n### bad\n\n**Ending: failure, 0 points.**\n";

#[test]
fn shares_are_exact_and_circles_are_said() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("fork.md");
    std::fs::write(&file, TEXT).expect("a file");
    let path = file.to_string_lossy().into_owned();
    let told = run(&["scenario", "stats", &path, "--json"]);
    assert_eq!(told.status.code(), Some(0), "{}", err(&told));
    let stats: serde_json::Value = serde_json::from_str(&out(&told)).expect("JSON");
    let share = |at: usize| stats["endings"][at]["share"].as_f64().expect("a share");
    assert!((share(0) - 0.75).abs() < 1e-9, "{}", share(0));
    assert!((share(1) - 0.25).abs() < 1e-9, "{}", share(1));
    assert_eq!(
        (stats["shortest"].as_u64(), stats["longest"].as_u64()),
        (Some(1), None)
    );
    let told = run(&["scenario", "stats", &path]);
    assert!(
        out(&told).contains("75.0%") && out(&told).contains('∞'),
        "{}",
        out(&told)
    );
}

#[test]
fn a_page_that_is_no_scenario_and_a_file_that_is_not_there_are_said() {
    let lesson = run(&["scenario", "stats", "content/index.md"]);
    assert_eq!(lesson.status.code(), Some(1));
    assert!(err(&lesson).contains("kind: scenario"), "{}", err(&lesson));
    let none = run(&["scenario", "stats", "content/none.md"]);
    assert_eq!(none.status.code(), Some(2));
}
