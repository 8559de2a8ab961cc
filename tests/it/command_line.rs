//! The program as people run it: what it prints where, and how it ends.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::{TempDir, tempdir};

pub fn keben(args: &[&str], at: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_keben"))
        .args(args)
        .current_dir(at)
        .env("KEBEN_LANG", "en")
        .output()
        .expect("keben runs")
}

pub fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A site of one page with `text`.
fn site(text: &str) -> TempDir {
    let dir = tempdir().expect("a folder");
    std::fs::create_dir(dir.path().join("content")).expect("a folder");
    std::fs::write(dir.path().join("keben.yaml"), "title: 样例\n").expect("a file");
    std::fs::write(dir.path().join("content/index.md"), text).expect("a file");
    dir
}

#[test]
fn a_new_site_builds_at_once_and_is_searched() {
    for (lang, query) in [("zh", "漏水"), ("en", "desk")] {
        let dir = tempdir().expect("a folder");
        let new = keben(&["new", "course", "--lang", lang], dir.path());
        assert_eq!(new.status.code(), Some(0), "{}", err(&new));
        let build = keben(&["build", "--site", "course", "--lang", lang], dir.path());
        assert_eq!(
            build.status.code(),
            Some(0),
            "{}{}",
            out(&build),
            err(&build)
        );
        assert!(!err(&build).contains("warning"), "{}", err(&build));
        assert!(dir.path().join("course/public/index.html").is_file());
        let search = keben(&["search", "--site", "course", query], dir.path());
        assert_eq!(search.status.code(), Some(0));
        assert!(out(&search).contains(".html"), "{query}: {}", out(&search));
    }
}

#[test]
fn an_occupied_folder_is_left_alone() {
    let dir = site("# 首页\n");
    let new = keben(&["new", "."], dir.path());
    assert_eq!(new.status.code(), Some(2));
    assert!(err(&new).contains("not an empty folder"));
}

#[test]
fn errors_end_with_one_and_are_told_with_their_line() {
    let dir = site("# 首页\n\n见[甲](a.md)。\n\n![图](b.png)\n");
    let human = keben(&["build"], dir.path());
    assert_eq!(human.status.code(), Some(1));
    assert_eq!(out(&human), "");
    for part in [
        "error[K301]",
        "content/index.md:3:2",
        "见[甲](a.md)。",
        "K305",
        "2 errors",
    ] {
        assert!(
            err(&human).contains(part),
            "{part} is missing in {}",
            err(&human)
        );
    }
    assert!(!dir.path().join("public").exists());
    let short = keben(&["check", "--format", "short"], dir.path());
    assert_eq!(short.status.code(), Some(1));
    assert!(out(&short).starts_with("content/index.md:3:2: error[K301]: "));
    assert_eq!(out(&short).lines().count(), 2);
    let json = keben(&["check", "--format", "json"], dir.path());
    for line in out(&json).lines() {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(value["path"], "content/index.md");
    }
}

#[test]
fn a_build_says_one_line_and_quiet_says_none() {
    let dir = site("# 首页\n\n三声之内接起。\n");
    let build = keben(&["build"], dir.path());
    assert_eq!(build.status.code(), Some(0), "{}", err(&build));
    assert_eq!(out(&build).lines().count(), 1);
    assert!(out(&build).starts_with("built "), "{}", out(&build));
    assert_eq!(err(&build), "");
    let again = keben(&["build"], dir.path());
    assert!(out(&again).starts_with("unchanged "), "{}", out(&again));
    let quiet = keben(&["build", "--quiet"], dir.path());
    assert_eq!((out(&quiet), err(&quiet)), (String::new(), String::new()));
}

#[test]
fn check_writes_nothing() {
    let dir = site("# 首页\n");
    let check = keben(&["check"], dir.path());
    assert_eq!(check.status.code(), Some(0), "{}", err(&check));
    let names: Vec<_> = std::fs::read_dir(dir.path())
        .expect("a folder")
        .flatten()
        .collect();
    assert_eq!(names.len(), 2);
}

#[test]
fn wrong_usage_ends_with_two() {
    let dir = site("# 首页\n");
    assert_eq!(keben(&["biuld"], dir.path()).status.code(), Some(2));
    assert_eq!(
        keben(&["build", "-o", "content"], dir.path()).status.code(),
        Some(2)
    );
    assert_eq!(
        keben(&["build", "--base-url", "x"], dir.path())
            .status
            .code(),
        Some(2)
    );
    assert_eq!(
        keben(&["build"], &dir.path().join("content")).status.code(),
        Some(2)
    );
    assert_eq!(
        keben(&["explain", "K999"], dir.path()).status.code(),
        Some(2)
    );
}

#[test]
fn colours_are_for_terminals_only() {
    let dir = site("# 首页\n\n[甲](a.md)\n");
    assert!(!err(&keben(&["build"], dir.path())).contains('\u{1b}'));
}

#[test]
fn search_prints_hits_and_json() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = keben(&["search", "三声铃响"], root);
    assert_eq!(text.status.code(), Some(0));
    assert!(
        out(&text).contains("communication/telephone.html"),
        "{}",
        out(&text)
    );
    let json = keben(&["search", "--json", "-n", "2", "三声铃响"], root);
    let value: serde_json::Value = serde_json::from_str(&out(&json)).expect("JSON");
    let pages = value["pages"].as_array().expect("pages");
    assert!((1..=2).contains(&pages.len()));
    assert!(pages[0]["sections"][0]["url"].is_string());
    let nothing = keben(&["search", "zzzzzz"], root);
    assert_eq!(nothing.status.code(), Some(0));
    assert!(err(&nothing).contains("nothing found"), "{}", err(&nothing));
}

#[test]
fn every_command_has_help_with_an_example() {
    let dir = tempdir().expect("a folder");
    for command in [
        "new", "build", "check", "serve", "search", "import", "export", "paper", "explain",
    ] {
        let help = keben(&[command, "--help"], dir.path());
        assert_eq!(help.status.code(), Some(0));
        assert!(out(&help).contains("Example:"), "{command}: {}", out(&help));
    }
}

#[test]
fn explain_has_a_page_for_every_code_in_both_languages() {
    let dir = tempdir().expect("a folder");
    for code in keben::diag::codes::Code::ALL {
        let id = code.info().id;
        for lang in ["zh", "en"] {
            let page = keben(&["explain", id, "--lang", lang], dir.path());
            assert_eq!(page.status.code(), Some(0), "{id} {lang}: {}", err(&page));
            assert!(out(&page).contains(id), "{id} {lang}");
        }
    }
}
