//! `keben import` and `keben export` as people run them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn keben(args: &[&str], at: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_keben"))
        .args(args)
        .current_dir(at)
        .env("KEBEN_LANG", "en")
        .output()
        .expect("keben runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn an_import_builds_and_overwrites_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let at = dir.path();
    assert_eq!(keben(&["new", "."], at).status.code(), Some(0));
    fs::write(
        at.join("bank.gift"),
        "// [id:imp-1]\nWhat first?{=the valve#Yes. ~the floor#No.}\n",
    )
    .expect("a file");
    let import = ["import", "gift", "bank.gift", "-o", "content/imported.md"];
    let first = keben(&import, at);
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    assert_eq!(text(&first.stdout), "");
    assert!(text(&first.stderr).contains("1 question imported into content/imported.md"));
    let check = keben(&["check"], at);
    assert_eq!(check.status.code(), Some(0), "{}", text(&check.stderr));
    let again = keben(&import, at);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("exists"));
    let shown = keben(&["import", "gift", "bank.gift", "--quiet"], at);
    assert_eq!(
        text(&shown.stdout),
        fs::read_to_string(at.join("content/imported.md")).expect("a page")
    );
}

#[test]
fn a_broken_import_writes_nothing_and_shows_the_line() {
    let dir = tempfile::tempdir().expect("a folder");
    let at = dir.path();
    fs::write(at.join("bad.gift"), "好？{=是 ~否}\n\n坏？{=是 ~否\n").expect("a file");
    for (lang, words) in [("en", "is expected here"), ("zh", "不合 GIFT 的写法")] {
        let bad = keben(
            &["import", "gift", "bad.gift", "-o", "out.md", "--lang", lang],
            at,
        );
        assert_eq!(bad.status.code(), Some(1));
        for part in ["K901", "bad.gift:3:3", "坏？{=是 ~否", words] {
            assert!(
                text(&bad.stderr).contains(part),
                "{part}: {}",
                text(&bad.stderr)
            );
        }
        assert!(!at.join("out.md").exists());
    }
    assert_eq!(
        keben(&["import", "gift", "absent.gift"], at).status.code(),
        Some(2)
    );
    // 好{=是} in GBK.
    let gbk = [0xba, 0xc3, b'{', b'=', 0xca, 0xc7, b'}'];
    fs::write(at.join("gbk.gift"), gbk).expect("a file");
    let gbk = keben(&["import", "gift", "gbk.gift"], at);
    assert_eq!(gbk.status.code(), Some(1));
    assert!(text(&gbk.stderr).contains("K101"), "{}", text(&gbk.stderr));
    assert_eq!(
        keben(&["import", "word", "bad.gift"], at).status.code(),
        Some(2)
    );
}

#[test]
fn an_export_tells_its_losses_beside_the_result() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let gift = keben(&["export", "gift", "--module", "fees"], root);
    assert_eq!(gift.status.code(), Some(0), "{}", text(&gift.stderr));
    assert!(text(&gift.stdout).starts_with("$CATEGORY: "));
    assert!(
        text(&gift.stderr).contains("K908") && text(&gift.stderr).contains("content/fees/quiz.md:")
    );
    assert!(!text(&gift.stdout).contains("complaints"));
    let absent = keben(&["export", "gift", "--module", "parking"], root);
    assert_eq!(absent.status.code(), Some(2));
    assert!(
        text(&absent.stderr).contains("communication"),
        "{}",
        text(&absent.stderr)
    );
}

#[test]
fn exports_are_the_same_bytes_each_time() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = tempfile::tempdir().expect("a folder");
    for format in ["gift", "moodle-xml", "qti21", "anki"] {
        let write = |name: &str| {
            let path = dir.path().join(name);
            let shown = path.display().to_string();
            let export = keben(
                &["export", format, "--today", "2026-11-25", "-o", &shown],
                root,
            );
            assert_eq!(export.status.code(), Some(0), "{}", text(&export.stderr));
            fs::read(path).expect("the export")
        };
        let (one, other) = (write("one"), write("other"));
        assert!(one.len() > 10_000, "{format}: {} bytes", one.len());
        assert!(one == other, "{format} differs");
    }
}
