//! `keben check --fix`: the ids that are missing are written, and nothing else changes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use keben::check::{self, CheckedSite};
use keben::config::Config;
use keben::fix::{apply, missing_ids};
use keben::page;
use keben::page::question::TYPES;
use keben::site::resolve::resolve;
use keben::source::Sources;
use keben::source::text::decode;
use keben::syntax::parse;
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::Index;
use tempfile::{TempDir, tempdir};
use walkdir::WalkDir;

use crate::command_line::{err, keben, out};

const LINK: &str = "\n\n> **解析：** 见[首页](../index.md)。\n";

/// A site with every sort of heading that wants an id, and files that must stay as they are.
fn site() -> TempDir {
    let dir = tempdir().expect("a folder");
    let put = |path: &str, text: &str| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("a file");
    };
    put("keben.yaml", "title: 样例\n");
    put(
        "README.md",
        "---\nkind: quiz\n---\n## 不在内容里\n\n[[听]]\n",
    );
    put("content/index.md", "# 首页\n\n## 普通的一节\n");
    put("content/desk/flow.svg", "<svg/>");
    put(
        "content/desk/测验 一.md",
        &format!(
            "\u{feff}---\r\nkind: quiz\r\ntitle: 测\r\n---\r\n## 先做什么？\r\n先[[听]]。{LINK}  ## 有编号\r\n<!-- id: q-1 -->\r\n\r\n\
             先[[听]]。{LINK}\r\n第三题\r\n---\r\n[[说]]{}",
            LINK.trim_end()
        ),
    );
    put(
        "content/desk/lesson.md",
        &format!("# 课\n\n## 正文\n\n## 测验：课\n\n### 先做什么？\n\n先[[听]]。{LINK}"),
    );
    put(
        "content/scripts.md",
        "---\nkind: scripts\ntitle: 话术\n---\n## 漏水\n\n> 您好。\n\n### 里面的一节\n\n## 停电",
    );
    put(
        "content/glossary.md",
        "---\nkind: glossary\ntitle: 词\n---\n## 工单\n\n一张单子。\n",
    );
    dir
}

/// Every file of a folder, by path.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = WalkDir::new(dir).into_iter().flatten();
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(dir).expect("below");
            (
                path.to_string_lossy().into_owned(),
                fs::read(entry.path()).expect("a file"),
            )
        })
        .collect()
}

/// A text without the comments that name something by a new id.
fn without_ids(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let is_new = |line: &&str| line.trim_start().starts_with("<!-- id: ") && !line.contains("q-1");
    text.split_inclusive('\n')
        .filter(|line| !is_new(line))
        .collect()
}

#[test]
fn missing_ids_are_written_once_and_nothing_else_changes() {
    let dir = site();
    let before = files(dir.path());
    let first = keben(&["check", "--fix"], dir.path());
    assert_eq!(first.status.code(), Some(0), "{}", err(&first));
    let after = files(dir.path());
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>()
    );
    let mut changed = Vec::new();
    for (path, bytes) in &before {
        if bytes != &after[path] {
            changed.push(path.as_str());
            let (old, new) = (without_ids(bytes), without_ids(&after[path]));
            // The last line of a file may not have had an end.
            assert_eq!(old.trim_end(), new.trim_end(), "{path}");
        }
    }
    let pages = [
        "content/desk/lesson.md",
        "content/desk/测验 一.md",
        "content/glossary.md",
        "content/scripts.md",
    ];
    assert_eq!(changed, pages);
    let told = out(&first);
    assert_eq!(told.lines().count(), 6, "{told}");
    for line in told.lines() {
        let (place, comment) = line.split_once(": ").expect("a place and a comment");
        let (path, number) = place.rsplit_once(':').expect("a path and a line");
        let text = decode(after[path].clone()).expect("text");
        let number: usize = number.parse().expect("a line");
        assert_eq!(
            text.lines().nth(number - 1).map(str::trim),
            Some(comment),
            "{line}"
        );
    }
    let quiz = String::from_utf8_lossy(&after["content/desk/测验 一.md"]);
    assert!(
        quiz.contains("## 先做什么？\r\n<!-- id: 测验-一-"),
        "{quiz}"
    );
    assert!(
        quiz.contains("第三题\r\n---\r\n<!-- id: 测验-一-"),
        "{quiz}"
    );
    assert!(after["content/scripts.md"].ends_with(b" -->"));

    let again = keben(&["check", "--fix"], dir.path());
    assert_eq!(again.status.code(), Some(0), "{}", err(&again));
    assert_eq!(out(&again), "");
    assert!(err(&again).contains("nothing was written"));
    assert_eq!(files(dir.path()), after);
}

#[test]
fn a_site_with_errors_is_left_alone() {
    let dir = site();
    fs::write(
        dir.path().join("content/broken.md"),
        "# 坏\n\n[链接](no.md)\n",
    )
    .expect("a file");
    let before = files(dir.path());
    let check = keben(&["check", "--fix"], dir.path());
    assert_eq!(check.status.code(), Some(1));
    assert!(
        err(&check).contains("no ids were written"),
        "{}",
        err(&check)
    );
    assert_eq!(files(dir.path()), before);
}

#[cfg(unix)]
#[test]
fn rights_and_links_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let dir = site();
    let target = dir.path().join("content/desk/lesson.md");
    let real = dir.path().join("content/.lesson.txt");
    fs::rename(&target, &real).expect("moved");
    symlink(&real, &target).expect("a link");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("rights");
    let check = keben(&["check", "--fix"], dir.path());
    assert_eq!(check.status.code(), Some(0), "{}", err(&check));
    assert!(target.is_symlink());
    let mode = fs::metadata(&real).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(
        fs::read_to_string(&real)
            .expect("text")
            .contains("<!-- id: lesson-")
    );
}

/// A site of one quiz beside a home page, if it has no error.
fn checked(text: &str) -> (Option<CheckedSite>, Sources) {
    let mut sources = Sources::default();
    let mut lower = |path: &str, text: &str| {
        let file = sources.add(path, text);
        let (document, _) = parse(file, text);
        let (page, problems) = page::lower(file, path, text, &document);
        (Arc::new(page), problems)
    };
    let (home, _) = lower("index.md", "# 首页\n");
    let (quiz, problems) = lower("desk/quiz.md", text);
    let site = resolve(vec![home, quiz], BTreeSet::new(), Config::default(), false);
    let (site, _) = check::run(site, &problems);
    (site, sources)
}

proptest! {
    #![proptest_config(proptest::test_runner::Config {
        cases: 256,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn any_page_is_complete_afterwards_and_its_text_is_kept(
        drawn in proptest::collection::vec(any::<Index>(), 1..8),
        end in proptest::sample::select(&["\n", "\r\n", "\r"][..]),
        gap in proptest::sample::select(&["\n\n", "\n", "\n\n<!-- 备注 -->\n", "\n===\n\n"][..]),
    ) {
        let examples: String = drawn
            .iter()
            .map(|index| TYPES[index.index(TYPES.len())].example.replacen("\n\n", gap, 1) + "\n")
            .collect();
        let written = format!("---\nkind: quiz\ntitle: 测\n---\n{examples}").replace('\n', end);
        let text = decode(written.clone().into_bytes()).expect("text");
        let (site, sources) = checked(&text);
        let Some(site) = site else { return Ok(()); };
        let edits = missing_ids(&site, &sources);
        let ids: BTreeSet<_> = edits.iter().map(|edit| edit.id.clone()).collect();
        prop_assert_eq!(ids.len(), edits.len());
        let mended = apply(written.as_bytes(), &edits);
        let kept: String = String::from_utf8_lossy(&mended)
            .split(end)
            .filter(|line| !line.trim_start().starts_with("<!-- id: "))
            .collect::<Vec<_>>()
            .join(end);
        prop_assert_eq!(kept, written);
        let (site, sources) = checked(&decode(mended).expect("text"));
        let site = site.expect("a sound site stays one");
        prop_assert!(missing_ids(&site, &sources).is_empty());
        let questions = site.ids().flat_map(|(_, place)| {
            let page = &place.page;
            page.questions.iter().map(|one| page.question_id(one))
        });
        prop_assert_eq!(questions.collect::<BTreeSet<_>>(), ids);
    }
}
