//! The documentation: every example that names a file is built, and nothing that an author can
//! write or meet is left out. All examples of a chapter are one site.

pub mod example;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use keben::config::Config;
use keben::diag::codes::Code;
use keben::diag::print::{Format, print};
use keben::diag::{Diagnostic, Language};
use keben::page::front::{Door, FrontMatter, Level, Objective, QuizSettings, Source};
use keben::page::kind::KINDS;
use keben::pipeline::check_all;
use keben::source::Sources;
use keben::syntax::anchor::Slugger;
use keben::syntax::plain;
use pulldown_cmark::{Event, Options as Markdown, Parser, Tag, TagEnd};
use serde::Serialize;

use crate::fixture::options;
use example::{Example, Site, examples, told};

/// Codes that no text of a site causes, but the file system, the command line or keben itself.
/// Their fixtures are made by hand; their pages show commands instead of files.
const NOT_WRITTEN: &[Code] = &[
    Code::NoConfig,
    Code::NotUtf8,
    Code::SymlinkLoop,
    Code::SymlinkOut,
    Code::FileTooLarge,
    Code::Unreadable,
    Code::EmptyContent,
    Code::BadFileName,
    Code::ForeignFiles,
    Code::BadOutput,
    Code::WriteFailed,
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

/// The folders of error pages, with the heading above what is wrong and the one above what is right.
const ERROR_PAGES: &[(&str, &str, &str)] = &[
    ("zh", "\n## 例子\n", "\n## 怎么改\n"),
    ("en", "\n## Example\n", "\n## How to mend it\n"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The markdown files of a folder, not of those below it, by name.
fn chapters(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder of chapters");
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".md"))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    names.sort();
    names
}

/// Everything that people read in this repository.
fn all_chapters() -> Vec<String> {
    let mut all = vec![
        "README.md".into(),
        "README.zh-CN.md".into(),
        "CHANGELOG.md".into(),
    ];
    for folder in [
        "docs",
        "docs/authors",
        "docs/authors/en",
        "docs/errors/zh",
        "docs/errors/en",
    ] {
        all.extend(chapters(folder));
    }
    all
}

fn parser(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, Markdown::ENABLE_TABLES | Markdown::ENABLE_GFM)
}

#[test]
fn examples_for_authors_build_without_a_word() {
    let mut built = 0;
    for chapter in [chapters("docs/authors"), chapters("docs/authors/en")].concat() {
        let examples = examples(&read(&chapter));
        let files: BTreeSet<_> = examples.iter().map(|example| &example.file).collect();
        assert_eq!(
            files.len(),
            examples.len(),
            "{chapter} writes one file twice"
        );
        let site = Site::new(&examples.iter().collect::<Vec<_>>());
        examples.iter().for_each(|example| site.add(example));
        let (codes, text) = site.told();
        assert!(codes.is_empty(), "{chapter}:\n{text}");
        built += examples.len();
    }
    assert!(built > 60, "only {built} examples");
}

#[test]
fn the_first_page_of_the_readme_builds_in_a_new_site() {
    for (language, readme) in [("en", "README.md"), ("zh", "README.zh-CN.md")] {
        let site = tempfile::tempdir().expect("a temporary folder");
        let starter = root().join("src/cli/starter").join(language);
        for entry in walkdir::WalkDir::new(&starter).into_iter().flatten() {
            let target = site
                .path()
                .join(entry.path().strip_prefix(&starter).expect("below"));
            match entry.file_type().is_dir() {
                true => fs::create_dir_all(target).expect("folders are made"),
                false => drop(fs::copy(entry.path(), target).expect("a file is copied")),
            }
        }
        let site = Site(site);
        let examples = examples(&read(readme));
        assert_eq!(examples.len(), 1, "{readme}");
        site.add(&examples[0]);
        let (codes, text) = site.told();
        assert!(codes.is_empty(), "{readme}:\n{text}");
    }
}

/// The page of a code, cut into what is wrong and what is right.
fn error_page(
    code: Code,
    language: &str,
    wrong: &str,
    right: &str,
) -> (Vec<Example>, Vec<Example>) {
    let id = code.info().id;
    let page = read(&format!("docs/errors/{language}/{id}.md"));
    assert!(
        page.starts_with(&format!("# {id} ")),
        "{language}/{id} has no title"
    );
    let (_, rest) = page
        .split_once(wrong)
        .unwrap_or_else(|| panic!("{language}/{id} lacks {wrong}"));
    let (wrong, right) = rest
        .split_once(right)
        .unwrap_or_else(|| panic!("{language}/{id} lacks {right}"));
    (examples(wrong), examples(right))
}

#[test]
fn every_error_page_shows_its_error_and_how_to_mend_it() {
    for (language, wrong, right) in ERROR_PAGES {
        for code in Code::ALL {
            let id = code.info().id;
            let (wrong, right) = error_page(*code, language, wrong, right);
            let written = !wrong.is_empty() && !right.is_empty();
            assert_eq!(
                written,
                !NOT_WRITTEN.contains(code),
                "{language}/{id}: examples"
            );
            if !written {
                continue;
            }
            let site = Site::new(&wrong.iter().chain(&right).collect::<Vec<_>>());
            wrong.iter().for_each(|example| site.add(example));
            let (codes, text) = site.told();
            assert_eq!(
                codes,
                BTreeSet::from([*code]),
                "{language}/{id}, what is wrong:\n{text}"
            );
            right.iter().for_each(|example| site.add(example));
            let (codes, text) = site.told();
            assert!(codes.is_empty(), "{language}/{id}, what is right:\n{text}");
        }
    }
}

#[test]
fn there_is_no_page_for_a_code_that_is_not() {
    for language in ["zh", "en"] {
        for page in chapters(&format!("docs/errors/{language}")) {
            let id = page
                .rsplit('/')
                .next()
                .and_then(|name| name.strip_suffix(".md"));
            assert!(id.and_then(Code::find).is_some(), "{page}");
        }
    }
}

/// The keys of a value as YAML writes it.
fn keys(value: &impl Serialize) -> Vec<String> {
    let value = serde_json::to_value(value).expect("a value");
    value
        .as_object()
        .expect("a mapping")
        .keys()
        .cloned()
        .collect()
}

/// The keys of front matter: its fields have their names.
fn front_keys() -> Vec<String> {
    let fields = format!("{:#?}", FrontMatter::default());
    let field = |line: &str| {
        let name = line
            .strip_prefix("    ")
            .filter(|rest| !rest.starts_with([' ', '}', ']']))?;
        Some(name.split_once(':')?.0.to_owned())
    };
    fields.lines().filter_map(field).collect()
}

/// The keys inside the values of front matter.
fn inner_keys() -> Vec<String> {
    let text = String::new;
    let objective = Objective {
        id: text(),
        level: Level::Apply,
        text: text(),
    };
    let source = Source {
        title: text(),
        article: None,
        url: None,
    };
    let door = Door {
        title: text(),
        text: text(),
        link: text(),
    };
    [
        keys(&objective),
        keys(&source),
        keys(&door),
        keys(&QuizSettings::default()),
    ]
    .concat()
}

/// Fails where `page` does not name one of `words` as code.
fn assert_names<'w>(page: &str, words: impl IntoIterator<Item = &'w String>) {
    let text = read(page);
    for word in words {
        let named = text.split('`').skip(1).step_by(2).any(|code| {
            code.split(|c: char| !c.is_alphanumeric() && !"_-".contains(c))
                .any(|one| one == word)
        });
        assert!(named, "{page} does not name `{word}`");
    }
}

#[test]
fn every_key_is_documented() {
    let front = front_keys();
    assert!(front.len() >= 20, "{front:?}");
    let config = keys(&Config::default());
    for language in ["zh", "en"] {
        assert_names(&format!("docs/errors/{language}/K002.md"), &config);
        assert_names(&format!("docs/errors/{language}/K003.md"), &config);
        for page in ["K203", "K204"] {
            let page = format!("docs/errors/{language}/{page}.md");
            assert_names(&page, front.iter().chain(&inner_keys()));
        }
    }
    for folder in ["docs/authors", "docs/authors/en"] {
        assert_names(&format!("{folder}/start.md"), &config);
        assert_names(&format!("{folder}/front-matter.md"), &front);
        assert_names(
            &format!("{folder}/questions.md"),
            &keys(&QuizSettings::default()),
        );
    }
}

#[test]
fn every_kind_code_and_json_field_is_documented() {
    let kinds: Vec<_> = KINDS.iter().map(|info| info.id.to_owned()).collect();
    let mut sources = Sources::default();
    let file = sources.add("content/index.md", "# 首页\n");
    let diagnostic = Diagnostic::at(Code::NoTitle, file, 0..1);
    let line = print(&diagnostic, &sources, Language::English, Format::Json);
    let fields = keys(&serde_json::from_str::<serde_json::Value>(&line).expect("JSON"));
    assert_eq!(fields.len(), 7, "{fields:?}");
    for folder in ["docs/authors", "docs/authors/en"] {
        assert_names(&format!("{folder}/kinds.md"), &kinds);
        assert_names(&format!("{folder}/errors.md"), &fields);
        let errors = read(&format!("{folder}/errors.md"));
        for code in Code::ALL {
            let id = code.info().id;
            assert!(
                errors.contains(&format!("[{id}](")),
                "{folder}/errors.md lacks {id}"
            );
        }
    }
}

/// What a chapter and its twin must share: the levels of its headings and the files of its examples.
fn shape(page: &str) -> Vec<String> {
    let markdown = read(page);
    let level = |event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level.to_string()),
        _ => None,
    };
    let files = examples(&markdown).into_iter().map(|example| example.file);
    // Each language has its own file of interface strings.
    let files = files.map(|file| file.replace("zh-Hans.yaml", "en.yaml"));
    parser(&markdown).filter_map(level).chain(files).collect()
}

#[test]
fn twins_have_one_shape() {
    let mut twins = vec![("README.zh-CN.md".to_owned(), "README.md".to_owned())];
    for (chinese, english) in [
        ("docs/authors", "docs/authors/en"),
        ("docs/errors/zh", "docs/errors/en"),
    ] {
        let names = |folder: &str| -> Vec<String> {
            chapters(folder)
                .iter()
                .map(|path| path[folder.len()..].to_owned())
                .collect()
        };
        assert_eq!(names(chinese), names(english), "{chinese} and {english}");
        let pair = |name: &String| (format!("{chinese}{name}"), format!("{english}{name}"));
        twins.extend(names(chinese).iter().map(pair));
    }
    for (chinese, english) in twins {
        if chinese.starts_with("docs/errors") {
            // Their examples may differ in which file they name, not in how many there are.
            assert_eq!(
                shape(&chinese).len(),
                shape(&english).len(),
                "{chinese} and {english}"
            );
        } else {
            assert_eq!(shape(&chinese), shape(&english), "{chinese} and {english}");
        }
    }
}

/// The anchors of a chapter as the git host makes them.
fn anchors(path: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let events: Vec<_> = parser(&text).into_offset_iter().collect();
    let mut slugger = Slugger::new();
    let mut anchors = BTreeSet::new();
    for (at, (event, _)) in events.iter().enumerate() {
        if matches!(event, Event::Start(Tag::Heading { .. })) {
            let end = events[at..]
                .iter()
                .position(|(event, _)| matches!(event, Event::End(TagEnd::Heading(_))))
                .map_or(events.len(), |length| at + length);
            anchors.insert(slugger.anchor(&plain::text(&events[at..end])));
        }
    }
    anchors
}

#[test]
fn links_between_chapters_lead_somewhere() {
    let mut wrong = Vec::new();
    for page in all_chapters() {
        let text = read(&page);
        for event in parser(&text) {
            let (Event::Start(Tag::Link { dest_url, .. })
            | Event::Start(Tag::Image { dest_url, .. })) = event
            else {
                continue;
            };
            if dest_url.contains(':') {
                continue;
            }
            let (path, anchor) = dest_url.split_once('#').unwrap_or((&dest_url, ""));
            let folder = root()
                .join(&page)
                .parent()
                .map(Path::to_path_buf)
                .unwrap_or_default();
            let target: PathBuf = if path.is_empty() {
                root().join(&page)
            } else {
                folder.join(path)
            };
            if !target.exists() || !(anchor.is_empty() || anchors(&target).contains(anchor)) {
                wrong.push(format!("{page}: {dest_url}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_new_site_is_clean_and_stays_so() {
    for language in ["zh", "en"] {
        let mut options = options(&root().join("src/cli/starter").join(language));
        for year in [2026, 2099] {
            options.today = jiff::civil::date(year, 12, 1);
            let (codes, text) = told(&options);
            assert!(codes.is_empty(), "{language} in {year}:\n{text}");
            let stale = check_all(&options).checked.is_some_and(|checked| {
                let due = |page: &keben::site::SitePage| page.page.front.due();
                checked
                    .site
                    .pages
                    .iter()
                    .filter_map(due)
                    .any(|due| due < options.today)
            });
            assert!(
                !stale,
                "{language}: a page of the new site is due for review in {year}"
            );
        }
    }
}
