//! Questions: whatever an author writes is read without a panic and can be graded, and every type
//! is there for authors, readers and tests alike.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use keben::config::SiteLanguage;
use keben::grade::text::Variants;
use keben::grade::{Blank, Interval, Key, Outcome, State, grade};
use keben::page::question::{Question, TYPES};
use keben::page::{Page, lower};
use keben::render::sanitize::sanitize;
use keben::source::Sources;
use keben::syntax::parse;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use crate::docs::example::examples;
use crate::fixture::fixtures;
use crate::markdown;

/// What questions are made of, and what may come between.
const PIECES: &[&str] = &[
    "## ",
    "### ",
    "# ",
    "测验：",
    "排序",
    "配对",
    "归类",
    "（多选）",
    "（调查）",
    "（2 分）",
    "（50%）",
    "（150%）",
    "- [x] ",
    "- [ ] ",
    "- ",
    "1. ",
    "  ",
    "> ",
    "  > ",
    "**解析：**",
    "**提示：**",
    "**参考：**",
    "评分 2：",
    "评分",
    "[[",
    "]]",
    "|",
    " | ",
    "\\|",
    "(",
    ")",
    "（",
    "）",
    "±",
    "..",
    "%",
    "‰",
    "30",
    "三",
    "千分之",
    "元",
    "天",
    "对",
    "错",
    "True",
    "x",
    "✓",
    "听",
    "a",
    "é",
    "業",
    "𠮷",
    "\u{200d}",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "| 甲 | 乙 |\n| --- | --- |\n",
    "| 事 | 急 | 缓 |\n| --- | --- | --- |\n",
    "<!-- id: a -->",
    "<div>",
    "</div>",
    "`",
    "```\n",
    "[^1]",
    "[^1]: ",
    "[见](#a)",
    "![](a.svg)",
    "---\n",
    "***",
    "~~",
    "\\",
    "&amp;",
];

fn variants() -> &'static Variants {
    static VARIANTS: OnceLock<Variants> = OnceLock::new();
    VARIANTS.get_or_init(Variants::new)
}

/// Reads a text as a page.
fn page(text: &str) -> Page {
    let mut sources = Sources::default();
    let file = sources.add("module/page.md", text);
    let text = sources.text(file);
    let (document, _) = parse(file, text);
    lower(file, "module/page.md", text, &document).0
}

fn keys(page: &Page) -> Vec<Key> {
    let key = |question: &Question| question.key(variants());
    page.questions.iter().map(key).collect()
}

/// The answer that a key takes for right; `None` where no answer is.
fn right_answer(key: &Key) -> Option<Value> {
    let blank = |blank: &Blank| match blank {
        Blank::Texts { texts } => json!(texts[0]),
        Blank::Numbers { numbers, .. } => json!(numbers[0].min.to_string()),
        Blank::Choices { right, .. } => json!(right),
    };
    Some(match key {
        Key::Choice { shares, .. } => {
            let right: Vec<_> = (0..shares.len()).filter(|at| shares[*at] == 100).collect();
            (!right.is_empty()).then(|| json!(right))?
        }
        Key::Blanks { blanks, .. } => blanks.iter().map(blank).collect(),
        Key::Ordering { count } => (0..*count).collect(),
        Key::Matching { right, .. } => json!(right),
        Key::Classify { right, .. } => json!(right),
        Key::Open { criteria } => {
            let sum: u32 = criteria.iter().sum();
            (sum > 0).then(|| json!({"text": "", "met": vec![true; criteria.len()]}))?
        }
        Key::Survey { .. } | Key::Card => return None,
    })
}

/// Fails where a key and an answer do not give a sound outcome.
fn assert_sound(key: &Key, answer: &Value) -> Outcome {
    let outcome = grade(key, answer);
    let Outcome { score, state, .. } = &outcome;
    assert!((0.0..=1.0).contains(score), "{key:?} {answer}: {score}");
    let ungraded = *state == State::Ungraded;
    assert_eq!(
        *state == State::Wrong,
        *score < 1e-9 && !ungraded,
        "{key:?} {answer}"
    );
    assert_eq!(
        *state == State::Right,
        *score > 1.0 - 1e-9,
        "{key:?} {answer}"
    );
    outcome
}

/// Reads and renders a text, and grades the right answer of each of its questions.
fn take(text: &str) {
    for kind in ["quiz", "lesson"] {
        let text = format!("---\nkind: {kind}\ntitle: 测\n---\n{text}");
        let page = page(&text);
        markdown::html(&text, markdown::strings());
        for key in keys(&page) {
            let published = serde_json::to_value(&key).expect("a key is JSON");
            assert_eq!(
                serde_json::from_value::<Key>(published).expect("and back"),
                key
            );
            match right_answer(&key) {
                Some(answer) if !two_right(&key) => {
                    assert_eq!(
                        assert_sound(&key, &answer).state,
                        State::Right,
                        "{key:?}\n{text}"
                    );
                }
                Some(answer) => drop(assert_sound(&key, &answer)),
                None => drop(assert_sound(&key, &Value::Null)),
            }
        }
    }
}

/// A single choice with several ticks is an error (K702) and has no right answer.
fn two_right(key: &Key) -> bool {
    matches!(key, Key::Choice { shares, multiple: false, .. }
        if shares.iter().filter(|share| **share == 100).count() > 1)
}

/// An edit of a text, by characters, so that it stays a text.
#[derive(Debug, Clone)]
enum Edit {
    Remove(Index, usize),
    Insert(Index, &'static str),
    SwapLines(Index, Index),
    RepeatLine(Index),
}

impl Edit {
    fn apply(&self, text: &str) -> String {
        let lines = || text.split_inclusive('\n').collect::<Vec<_>>();
        let place = |index: &Index| index.index(text.chars().count() + 1);
        match self {
            Self::Remove(index, count) => {
                let at = place(index);
                let chars = text.chars().enumerate();
                chars
                    .filter(|(one, _)| !(at..at + count).contains(one))
                    .map(|(_, c)| c)
                    .collect()
            }
            Self::Insert(index, piece) => {
                let at = place(index);
                let (before, after): (String, String) = (
                    text.chars().take(at).collect(),
                    text.chars().skip(at).collect(),
                );
                before + piece + &after
            }
            Self::SwapLines(one, other) => {
                let mut lines = lines();
                let count = lines.len();
                if count > 0 {
                    lines.swap(one.index(count), other.index(count));
                }
                lines.concat()
            }
            Self::RepeatLine(index) => {
                let mut lines = lines();
                if !lines.is_empty() {
                    let at = index.index(lines.len());
                    lines.insert(at, lines[at]);
                }
                lines.concat()
            }
        }
    }
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (any::<Index>(), 1usize..8).prop_map(|(at, count)| Edit::Remove(at, count)),
        (any::<Index>(), select(PIECES)).prop_map(|(at, piece)| Edit::Insert(at, piece)),
        (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Edit::SwapLines(one, other)),
        any::<Index>().prop_map(Edit::RepeatLine),
    ]
}

/// Any JSON, small, and often near the form of an answer.
fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0i64..6).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        select(&["", "听", "30", "三十元", "0.3%", "met", "…"][..]).prop_map(Value::from),
        "\\PC{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((select(&["met", "text", "a"][..]), inner), 0..3).prop_map(|pairs| pairs
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect()),
        ]
    })
}

fn blank() -> impl Strategy<Value = Blank> {
    let interval = (-1000i32..1000, 0i32..50).prop_map(|(min, wide)| Interval {
        min: f64::from(min) / 10.0,
        max: f64::from(min + wide) / 10.0,
    });
    let units = vec(select(&["元", "天", "%"][..]).prop_map(str::to_owned), 0..2);
    prop_oneof![
        vec("[a-z听说]{1,4}", 1..3).prop_map(|texts| Blank::Texts { texts }),
        (vec(interval, 1..3), any::<bool>(), units).prop_map(|(numbers, percent, units)| {
            Blank::Numbers {
                numbers,
                percent,
                units,
            }
        }),
        (1usize..5, any::<Index>()).prop_map(|(choices, right)| Blank::Choices {
            choices,
            right: right.index(choices)
        }),
    ]
}

/// A choice with at least one right option.
fn choice() -> impl Strategy<Value = Key> {
    let single = (vec(0u8..100, 1..6), any::<Index>()).prop_map(|(mut shares, right)| {
        let right = right.index(shares.len());
        shares[right] = 100;
        Key::Choice {
            shares,
            multiple: false,
            true_false: false,
        }
    });
    let multiple = vec(select(&[0u8, 100][..]), 1..6)
        .prop_filter("a right one", |shares| shares.contains(&100))
        .prop_map(|shares| Key::Choice {
            shares,
            multiple: true,
            true_false: false,
        });
    prop_oneof![single, multiple]
}

fn matching() -> impl Strategy<Value = Key> {
    (vec(0usize..5, 1..6), 5usize..7).prop_map(|(right, choices)| Key::Matching { right, choices })
}

fn classify() -> impl Strategy<Value = Key> {
    let row = proptest::collection::btree_set(0usize..4, 0..4);
    vec(row, 1..6).prop_map(|rows| Key::Classify {
        right: rows
            .into_iter()
            .map(|row| row.into_iter().collect())
            .collect(),
        columns: 4,
    })
}

fn key() -> impl Strategy<Value = Key> {
    prop_oneof![
        choice(),
        vec(blank(), 1..5).prop_map(|blanks| Key::Blanks {
            blanks,
            fold: "業业".to_owned()
        }),
        (2usize..7).prop_map(|count| Key::Ordering { count }),
        matching(),
        classify(),
        vec(0u32..4, 0..4).prop_map(|criteria| Key::Open { criteria }),
        Just(Key::Survey {
            options: 3,
            multiple: true
        }),
        Just(Key::Card),
    ]
}

/// The values of a list in another order, and where each one went.
fn permuted<T: Clone>(values: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|at| values[*at].clone()).collect()
}

/// An order of so many things.
fn order(count: usize) -> impl Strategy<Value = Vec<usize>> {
    Just((0..count).collect::<Vec<_>>()).prop_shuffle()
}

proptest! {
    #![proptest_config(proptest::test_runner::Config {
        cases: 192,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn any_text_is_read_and_rendered(text in "\\PC{0,200}") {
        take(&text);
    }

    #[test]
    fn any_mix_of_what_questions_are_made_of_is_read_and_rendered(pieces in vec(select(PIECES), 0..60)) {
        take(&pieces.concat());
    }

    #[test]
    fn any_edit_of_a_question_is_read_and_rendered(edits in vec(edit(), 1..12)) {
        let all: String = TYPES.iter().map(|kind| format!("{}\n", kind.example)).collect();
        take(&edits.iter().fold(all, |text, edit| edit.apply(&text)));
    }

    #[test]
    fn any_answer_to_any_key_is_worth_from_nothing_to_everything(key in key(), answer in json_value()) {
        assert_sound(&key, &answer);
    }

    #[test]
    fn the_right_answer_is_right_and_all_of_its_parts_are(key in key()) {
        if let Some(answer) = right_answer(&key) {
            let outcome = assert_sound(&key, &answer);
            prop_assert_eq!(outcome.state, State::Right);
            prop_assert!(outcome.parts.iter().all(|part| *part), "{:?}", outcome.parts);
        }
    }

    #[test]
    fn a_written_answer_is_right_in_any_dress(
        texts in vec("[a-zA-Zéß听说業主樓里后發万车乐\u{f900}-\u{f930}𠮷Ａ-Ｚ０-９]{1,6}", 1..4),
        before in "[ 　。，！（]{0,2}",
        after in "[ 　。，！）]{0,2}",
    ) {
        let (accepted, fold) = variants().accept(&texts);
        let blanks = vec![Blank::Texts { texts: accepted }];
        let key = Key::Blanks { blanks, fold };
        for text in &texts {
            for answer in [text.clone(), text.to_uppercase(), format!("{before}{text}{after}")] {
                // Upper case of some letters is two letters, which no lower case takes back.
                if answer.to_lowercase().chars().count() == text.to_lowercase().chars().count() || answer.contains(text) {
                    prop_assert_eq!(grade(&key, &json!([answer])).state, State::Right, "{} {:?}", answer, &key);
                }
            }
        }
    }

    #[test]
    fn the_order_of_options_changes_no_grade(
        (key, order, chosen) in choice().prop_flat_map(|key| {
            let Key::Choice { shares, .. } = &key else { unreachable!("a choice") };
            let count = shares.len();
            (Just(key), order(count), vec(any::<bool>(), count))
        }),
    ) {
        let Key::Choice { shares, multiple, true_false } = &key else { unreachable!("a choice") };
        let shuffled = Key::Choice { shares: permuted(shares, &order), multiple: *multiple, true_false: *true_false };
        let list = |chosen: &[bool]| -> Value { (0..chosen.len()).filter(|at| chosen[*at]).collect() };
        let one = grade(&key, &list(&chosen));
        let other = grade(&shuffled, &list(&permuted(&chosen, &order)));
        prop_assert_eq!(one.score, other.score);
        prop_assert_eq!(permuted(&one.parts, &order), other.parts);
    }

    #[test]
    fn the_order_of_rows_changes_no_grade(
        (key, order, answer) in prop_oneof![matching(), classify()].prop_flat_map(|key| {
            let count = match &key {
                Key::Matching { right, .. } => right.len(),
                Key::Classify { right, .. } => right.len(),
                _ => unreachable!("rows"),
            };
            (Just(key), order(count), vec(json_value(), count))
        }),
    ) {
        let shuffled = match &key {
            Key::Matching { right, choices } => Key::Matching { right: permuted(right, &order), choices: *choices },
            Key::Classify { right, columns } => Key::Classify { right: permuted(right, &order), columns: *columns },
            _ => unreachable!("rows"),
        };
        let one = grade(&key, &json!(answer));
        let other = grade(&shuffled, &json!(permuted(&answer, &order)));
        prop_assert_eq!(one.score, other.score);
        prop_assert_eq!(permuted(&one.parts, &order), other.parts);
    }
}

/// The types of the questions in some markdown.
fn types(markdown: &str) -> BTreeSet<&'static str> {
    page(markdown)
        .questions
        .iter()
        .map(Question::type_id)
        .collect()
}

#[test]
fn every_type_has_a_name_in_every_language() {
    for language in [
        SiteLanguage::Hans,
        SiteLanguage::Hant,
        SiteLanguage::English,
    ] {
        let strings = markdown::strings_of(language);
        let names: BTreeSet<_> = TYPES.iter().map(|kind| name(&strings, kind.id)).collect();
        assert_eq!(names.len(), TYPES.len(), "{}", language.tag());
    }
}

fn name(strings: &std::collections::BTreeMap<String, String>, id: &str) -> String {
    let key = format!("quiz_type_{id}");
    strings
        .get(&key)
        .unwrap_or_else(|| panic!("no string {key}"))
        .clone()
}

#[test]
fn every_type_is_rendered_in_a_fixture() {
    let file = fixtures().join("markdown/quiz.md");
    let text = fs::read_to_string(file).expect("the fixture of questions");
    let examples = markdown::examples(&text);
    let rendered: BTreeSet<_> = examples
        .iter()
        .flat_map(|(markdown, _)| types(markdown))
        .collect();
    let missing: Vec<_> = TYPES
        .iter()
        .filter(|kind| !rendered.contains(kind.id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// How often a piece of HTML occurs.
fn count(html: &str, piece: &str) -> usize {
    html.matches(piece).count()
}

#[test]
fn questions_pass_the_cleaning_of_authors_html_whole() {
    let file = fixtures().join("markdown/quiz.md");
    let text = fs::read_to_string(file).expect("the fixture of questions");
    for (markdown, html) in markdown::examples(&text) {
        let ids = page(&markdown).anchors().map(str::to_owned).collect();
        let clean = sanitize(&html, &ids);
        for piece in [
            "<section", "<details", "<summary", "<li", "<td", " data-", " class=", " id=", " href=",
        ] {
            assert_eq!(
                count(&clean, piece),
                count(&html, piece),
                "{piece} in\n{clean}"
            );
        }
    }
}
#[test]
fn every_type_has_a_section_with_an_example_in_the_guide() {
    for (chapter, language) in [
        ("docs/authors/questions.md", SiteLanguage::Hans),
        ("docs/authors/en/questions.md", SiteLanguage::English),
    ] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(chapter);
        let text = fs::read_to_string(file).expect("the chapter on questions");
        let strings = markdown::strings_of(language);
        for kind in TYPES {
            let heading = format!("\n### {}\n", name(&strings, kind.id));
            let (_, section) = text
                .split_once(&heading)
                .unwrap_or_else(|| panic!("{chapter} lacks{heading}"));
            let section = section.split("\n````\n").next().unwrap_or_default();
            let shown = examples(&format!("{section}\n````\n"));
            let shown: BTreeSet<_> = shown
                .iter()
                .flat_map(|example| types(&example.text))
                .collect();
            assert!(
                shown.contains(kind.id),
                "{chapter},{heading}shows {shown:?}"
            );
        }
    }
}
