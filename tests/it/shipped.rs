//! The shipped course: it has no error, and staff find in it what they look for.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use keben::diag::Language;
use keben::diag::print::{Format, print};
use keben::page::Page;
use keben::page::front::{Feedback, Purpose};
use keben::page::question::{Question, Shape, TYPES};
use keben::pipeline::{self, Cache, Run};
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

const MODULES: [&str; 3] = ["communication", "complaints", "fees"];

#[test]
fn every_module_has_six_finished_lessons_or_references() {
    let run = pipeline::check(&options(root()), &mut Cache::default());
    let checked = run.checked.expect("the course has no error");
    for folder in MODULES {
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

/// Calls `each` with every question of the course and its page.
fn for_questions(run: &Run, mut each: impl FnMut(&Page, &Question)) {
    let checked = run.checked.as_ref().expect("the course has no error");
    for page in &checked.site.pages {
        for question in &page.page.questions {
            each(&page.page, question);
        }
    }
}

#[test]
fn every_module_asks_in_every_way() {
    let run = pipeline::check(&options(root()), &mut Cache::default());
    let mut asked: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for_questions(&run, |page, question| {
        let folder = page.folder().unwrap_or_default().to_owned();
        *asked.entry((folder, question.type_id())).or_default() += 1;
    });
    for folder in MODULES {
        for kind in TYPES {
            // One survey is enough.
            let least = if kind.id == "survey" { 1 } else { 2 };
            let count = asked.get(&(folder.to_owned(), kind.id));
            assert!(
                count.is_some_and(|count| *count >= least),
                "{folder} asks {count:?} questions of type {}",
                kind.id
            );
        }
    }
    assert!(asked.values().sum::<usize>() >= 200);
}

#[test]
fn every_explanation_leads_to_a_section() {
    let run = pipeline::check(&options(root()), &mut Cache::default());
    let mut vague = Vec::new();
    for_questions(&run, |page, question| {
        let is_inside = |span: &std::ops::Range<usize>| {
            question.span.start <= span.start && span.end <= question.span.end
        };
        let mut links = page.links.iter().filter(|link| is_inside(&link.span));
        if question.is_graded() && !links.any(|link| link.dest.contains('#')) {
            vague.push(page.question_id(question));
        }
    });
    assert!(vague.is_empty(), "{vague:?}");
}

/// Neither the place nor the length of an option says that it is the right one.
#[test]
fn no_answer_is_given_away_by_its_looks() {
    let run = pipeline::check(&options(root()), &mut Cache::default());
    let (mut asked, mut longest, mut places) = (0, 0, [0; 3]);
    for_questions(&run, |page, question| {
        let Shape::Choice {
            options,
            multiple: false,
            true_false: false,
        } = &question.shape
        else {
            return;
        };
        let text = run.sources.text(page.file);
        let length = |at: usize| text[options[at].span.clone()].chars().count();
        let right = options.iter().position(|option| option.share == 100);
        let right = right.expect("a right answer");
        asked += 1;
        let is_longest = (0..options.len()).all(|at| at == right || length(at) < length(right));
        longest += usize::from(is_longest);
        places[right.min(2)] += 1;
    });
    assert!(longest * 100 <= asked * 40, "{longest} of {asked}");
    for place in places {
        assert!(place * 100 >= asked * 20, "{places:?} of {asked}");
    }
}

#[test]
fn every_module_and_the_first_week_are_tested_before_and_after() {
    let run = pipeline::check(&options(root()), &mut Cache::default());
    let checked = run.checked.expect("the course has no error");
    let page = |path: &str| {
        let mut pages = checked.site.pages.iter();
        let found = pages.find(|page| page.page.path == path);
        found.unwrap_or_else(|| panic!("{path} is missing"))
    };
    let mut before_and_after = MODULES.map(|folder| format!("{folder}/")).to_vec();
    before_and_after.push("paths/new-hire-".to_owned());
    for start in before_and_after {
        for (name, purpose, count) in [
            ("pretest", Purpose::Pretest, 8),
            ("posttest", Purpose::Posttest, 12),
        ] {
            let page = page(&format!("{start}{name}.md"));
            let (quiz, _) = page.page.front.quiz.as_ref().expect("a quiz");
            assert_eq!(quiz.purpose, Some(purpose), "{start}");
            assert_eq!(quiz.feedback, Some(Feedback::End), "{start}");
            assert_eq!(quiz.pass.is_some(), purpose == Purpose::Posttest, "{start}");
            let drawn: usize = page.pools.iter().map(|pool| pool.count).sum();
            assert!(drawn >= count, "{start}{name} draws {drawn}");
            // A second attempt is not the same paper.
            for pool in &page.pools {
                assert!(pool.questions.len() >= 3 * pool.count, "{start}{name}");
            }
        }
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
