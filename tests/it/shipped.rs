//! The shipped course: it has no error, and staff find in it what they look for.

use std::path::Path;
use std::sync::OnceLock;

use keben::diag::Language;
use keben::diag::print::{Format, print};
use keben::pipeline::{self, Cache};
use keben_search_core::{Engine, Query, Results};

use crate::fixture::options;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The course's engine, made once for all tests.
fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let run = pipeline::check(&options(root()), &mut Cache::default());
        let checked = run.checked.as_ref().expect("the course has no error");
        pipeline::engine(checked, &run.sources).expect("an index")
    })
}

fn search(text: &str) -> Results {
    let query = Query {
        text: text.to_owned(),
        limit: 10,
        ..Query::default()
    };
    engine().search(&query).expect("a result")
}

fn urls(results: &Results) -> Vec<String> {
    results.pages.iter().map(|page| page.url.clone()).collect()
}

#[test]
fn nothing_is_wrong_with_it() {
    let run = pipeline::check_all(&options(root()));
    let told: Vec<_> = run
        .diagnostics
        .iter()
        .map(|one| print(one, &run.sources, Language::English, Format::Short))
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn every_module_has_six_finished_lessons_or_references() {
    let run = pipeline::check(&options(root()), &mut Cache::default());
    let checked = run.checked.expect("the course has no error");
    for folder in ["communication", "complaints", "fees"] {
        let lessons = checked.site.pages.iter().filter(|page| {
            let kind = page.page.front.kind.id();
            page.page.folder() == Some(folder)
                && !page.page.is_index()
                && matches!(kind, "lesson" | "reference")
                && page.page.length.total() > 600
        });
        assert!(lessons.count() >= 6, "{folder}");
    }
}

/// What people ask, and a page that must be among the first `within`.
const ASKED: &[(&str, &str, usize)] = &[
    ("电话里的微笑", "communication/telephone.html", 1),
    ("倾听的十个习惯", "communication/listening.html", 1),
    ("三声铃响", "communication/telephone.html", 3),
    ("滞纳金", "fees/late-charges.html", 3),
    ("停水停电催费", "fees/law.html", 5),
    ("944", "fees/law.html", 3),
    (
        "业主说服务不好拒交物业费怎么回答",
        "fees/scripts-fees.html",
        3,
    ),
    ("前后台 一票到底", "complaints/front-and-back.html", 3),
    ("投诉处理的标准程序", "complaints/procedure.html", 1),
];

#[test]
fn staff_find_what_they_ask_for() {
    let mut wrong = Vec::new();
    for (query, page, within) in ASKED {
        let urls = urls(&search(query));
        if !urls.iter().take(*within).any(|url| url == page) {
            wrong.push(format!(
                "{query}: {page} not in the first {within} of {urls:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn traditional_full_width_and_case_change_nothing() {
    for (one, other) in [
        ("滞纳金怎么算", "滯納金怎麼算"),
        ("电话里的微笑", "電話裡的微笑"),
        ("投诉处理", "投訴處理"),
        ("944", "９４４"),
    ] {
        let (one_urls, other_urls) = (urls(&search(one)), urls(&search(other)));
        assert!(!one_urls.is_empty(), "{one}");
        assert_eq!(one_urls, other_urls, "{one} and {other}");
    }
}

#[test]
fn hits_land_on_a_place_and_show_why() {
    let results = search("三声铃响");
    let section = &results.pages[0].sections[0];
    assert!(section.url.contains(".html"), "{}", section.url);
    let marked: String = section
        .excerpt
        .iter()
        .filter(|span| span.mark)
        .map(|span| span.text.as_str())
        .collect();
    assert!(marked.contains("三声"), "{:?}", section.excerpt);
}
