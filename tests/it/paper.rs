//! Question papers: the same seed gives the same sheets, forms ask the same in another order, and
//! the key is right on every form.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use keben::output::Output;
use keben::page::question::TYPES;
use keben::paper::{self, Inputs, Request};
use keben::pipeline::{Cache, Run, check};
use tempfile::TempDir;

use crate::fixture::options;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A site with a quiz of every type.
fn site() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(dir.path().join("content/desk")).expect("a folder");
    std::fs::write(dir.path().join("keben.yaml"), "title: 样例\n").expect("a file");
    std::fs::write(dir.path().join("content/index.md"), "# 首页\n").expect("a file");
    std::fs::write(dir.path().join("content/desk/index.md"), "# 前台\n").expect("a file");
    let mut quiz =
        String::from("---\nkind: quiz\ntitle: 前台测验\nquiz: {pass: 80, minutes: 10}\n---\n");
    for (at, kind) in TYPES.iter().enumerate() {
        let (heading, body) = kind.example.split_once('\n').expect("a heading");
        quiz.push_str(&format!(
            "\n{heading}\n<!-- id: q-{at} -->\n{body}\n> **解析：** 因为如此{at}。\n"
        ));
    }
    std::fs::write(dir.path().join("content/desk/quiz.md"), quiz).expect("a file");
    dir
}

fn papers(run: &Run, quiz: &str, forms: &[&str], seed: u64, count: Option<usize>) -> Output {
    let checked = run
        .checked
        .as_ref()
        .unwrap_or_else(|| panic!("{:?}", run.diagnostics));
    let inputs = Inputs {
        site: &checked.site,
        sources: &run.sources,
        theme: &checked.theme,
        assets: &checked.assets,
    };
    let forms: Vec<String> = forms.iter().map(|form| (*form).to_owned()).collect();
    let quiz = paper::find(&checked.site, quiz).expect("a quiz");
    let (output, problems) = paper::make(
        inputs,
        &Request {
            quiz,
            forms: &forms,
            seed,
            count,
        },
    );
    assert!(problems.is_empty(), "{problems:?}");
    output.expect("sheets")
}

fn text(output: &Output, path: &str) -> String {
    let bytes = output.get(path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// The inside of every element that opens with `open`.
fn all<'t>(html: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    let rest = html.split(open).skip(1);
    rest.filter_map(|rest| Some(rest.split_once(close)?.0))
        .collect()
}

fn titles(paper: &str) -> Vec<String> {
    let asked = all(paper, "<p class=\"asked\">", "</p>");
    asked
        .into_iter()
        .map(|title| {
            title
                .split(" <small>")
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

#[test]
fn a_seed_decides_everything_and_forms_differ_in_order_only() {
    let dir = site();
    let run = check(&options(dir.path()), &mut Cache::default());
    let make = |seed| papers(&run, "desk/quiz", &["A", "B"], seed, None);
    assert_eq!(make(7), make(7));
    assert_ne!(
        text(&make(7), "A-paper.html"),
        text(&make(8), "A-paper.html")
    );
    let output = make(7);
    let (a, b) = (
        titles(&text(&output, "A-paper.html")),
        titles(&text(&output, "B-paper.html")),
    );
    assert_eq!(a.len(), TYPES.len());
    assert_ne!(a, b);
    assert_eq!(
        a.iter().collect::<BTreeSet<_>>(),
        b.iter().collect::<BTreeSet<_>>()
    );
    assert_eq!(output.iter().len(), 6);
}

#[test]
fn every_type_can_be_answered_on_paper_and_nothing_there_tells_an_answer() {
    let dir = site();
    let run = check(&options(dir.path()), &mut Cache::default());
    let output = papers(&run, "content/desk/quiz.md", &["A"], 1, None);
    let paper = text(&output, "A-paper.html");
    for part in [
        "class=\"single\"",
        "class=\"multiple\"",
        "class=\"true_false\"",
        "class=\"blanks\"",
        "class=\"ordering\"",
        "class=\"matching\"",
        "class=\"classify\"",
        "class=\"open\"",
        "class=\"survey\"",
        "class=\"gap\"",
        "姓名",
        "工号",
        "counter(page)",
        "限时 10 分钟",
        "80% 及格",
        "共 11 题",
    ] {
        assert!(paper.contains(part), "{part} is missing");
    }
    for answer in ["因为如此", "您请讲", "没有争辩", "3 ± 1", "听 / 倾听", "✓<"] {
        assert!(!paper.contains(answer), "{answer} stands on the paper");
    }
    let answers = text(&output, "A-answers.html");
    assert_eq!(all(&answers, "<tr>", "</tr>").len(), TYPES.len());
    assert!(!answers.contains("因为如此"));
    let key = text(&output, "A-key.html");
    assert_eq!(all(&key, "<tr>", "</tr>").len(), TYPES.len());
    for answer in ["因为如此0", "您请讲。", "没有争辩", "3 ± 1 天", "听 / 倾听"] {
        assert!(key.contains(answer), "{answer} is missing in the key");
    }
}

#[test]
fn the_key_names_the_letters_of_its_own_form() {
    let dir = site();
    let run = check(&options(dir.path()), &mut Cache::default());
    let right = BTreeMap::from([
        ("先做什么？", vec!["听"]),
        ("做哪几件？", vec!["听", "记"]),
        ("先听再说。", vec!["对"]),
        ("排序", vec!["听", "记", "回"]),
    ]);
    let mut letters = BTreeSet::new();
    for seed in 0..8 {
        let output = papers(&run, "desk/quiz", &["甲", "乙"], seed, None);
        for form in ["甲", "乙"] {
            let paper = text(&output, &format!("{form}-paper.html"));
            let key = text(&output, &format!("{form}-key.html"));
            let keys = all(&key, "<div class=\"right\">", "</div>");
            let questions: Vec<&str> = paper.split("<li class=\"").skip(1).collect();
            for (question, key) in questions.iter().zip(keys) {
                let title = titles(question).remove(0);
                let Some(right) = right.get(title.as_str()) else {
                    continue;
                };
                let options = all(question, "<li><span>", "</div></li>");
                let by_letter: BTreeMap<&str, &str> = options
                    .iter()
                    .filter_map(|option| option.split_once(".</span><div>"))
                    .collect();
                let named: Vec<&str> = key
                    .split([' ', '→'])
                    .filter_map(|one| by_letter.get(one).copied())
                    .collect();
                let (mut named, mut expected) = (named, right.clone());
                if title != "排序" {
                    named.sort_unstable();
                    expected.sort_unstable();
                }
                assert_eq!(named, expected, "{title} on {form} of {seed}");
                letters.insert((title, key.to_owned()));
            }
        }
    }
    assert!(
        letters.len() > 8,
        "the options are hardly shuffled: {letters:?}"
    );
}

#[test]
fn pools_are_drawn_for_papers_too() {
    let run = check(&options(root()), &mut Cache::default());
    let checked = run.checked.as_ref().expect("the course");
    let with_pools = checked
        .site
        .pages
        .iter()
        .find(|place| place.pools.len() > 1);
    let place = with_pools.expect("a quiz that draws");
    let drawn: usize = place.pools.iter().map(|pool| pool.count).sum();
    let count = drawn + place.page.questions.len();
    let make = |seed, count| {
        text(
            &papers(&run, place.page.id(), &["A"], seed, count),
            "A-paper.html",
        )
    };
    assert_eq!(titles(&make(1, None)).len(), count);
    assert_eq!(titles(&make(1, Some(5))).len(), 5);
    let draws: BTreeSet<BTreeSet<String>> = (0..5)
        .map(|seed| titles(&make(seed, None)).into_iter().collect())
        .collect();
    assert!(draws.len() > 1, "every seed draws the same");
}
