//! The language of scenarios: what a construct is read as, and that nothing an author can type makes
//! the reader fall over.

use std::fs;

use keben::page::scenario::{Block, Change, Domain, EndingKind, Part, Place};
use keben::scenario::proof::prove;
use proptest::prelude::*;

use super::{fixtures, read, sound};

fn everything() -> keben::page::scenario::Scenario {
    let path = fixtures()
        .into_iter()
        .find(|path| path.ends_with("every-construct.md"));
    sound(&path.expect("the fixture"))
}

fn place<'s>(scenario: &'s keben::page::scenario::Scenario, title: &str) -> &'s Place {
    let found = scenario.places.iter().find(|place| place.title == title);
    found.unwrap_or_else(|| panic!("no place {title}"))
}

#[test]
fn variables_have_a_kind_bounds_and_a_start() {
    let scenario = everything();
    let known: Vec<_> = scenario
        .variables
        .iter()
        .map(|one| (one.name.as_str(), one.domain, one.start))
        .collect();
    let number = |least, most| Domain::Number { least, most };
    assert_eq!(
        known,
        [
            ("信任", number(0, 100), 50),
            ("心情", number(-2, 2), 0),
            ("已记录", Domain::Flag, 0),
            ("不满", Domain::Flag, 1),
            ("答对", Domain::Flag, 0),
        ]
    );
}

#[test]
fn lines_have_a_speaker_and_a_mood() {
    let scenario = everything();
    let said: Vec<_> = place(&scenario, "电话响了")
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Line(line) => Some((
                line.speaker.as_deref(),
                line.mood.as_deref(),
                line.text.plain.as_str(),
            )),
            Block::Stage(_) => None,
        })
        .collect();
    assert_eq!(
        said,
        [
            (Some("王女士"), Some("生气"), "又来了！到底管不管！"),
            (Some("小赵"), Some("小声"), "前台，怎么办？"),
            (Some("小赵"), None, "对讲机里一阵沙沙声。"),
        ]
    );
    let Block::Line(line) = &place(&scenario, "听她说").blocks[0] else {
        panic!("a line");
    };
    assert_eq!(
        (line.speaker.as_deref(), line.text.plain.as_str()),
        (Some("王女士"), "我六点要接班。")
    );
}

#[test]
fn choices_have_effects_gains_consequences_and_remarks() {
    let scenario = everything();
    let here = place(&scenario, "电话响了");
    assert_eq!(here.limit.as_ref().map(|limit| limit.seconds), Some(20));
    let [first, second, third] = &here.choices[..] else {
        panic!("three choices");
    };
    let changes = |choice: &keben::page::scenario::Choice| {
        choice
            .effects
            .iter()
            .map(|one| (one.variable, one.change))
            .collect::<Vec<_>>()
    };
    assert_eq!(changes(first), [(0, Change::Add(20)), (1, Change::Add(1))]);
    assert_eq!(changes(second), [(0, Change::Add(-60))]);
    let gains: Vec<_> = first
        .gains
        .iter()
        .map(|gain| (gain.competency, gain.by))
        .collect();
    assert_eq!(gains, [(0, 2)]);
    assert_eq!(
        first
            .remark
            .iter()
            .map(|one| one.plain.as_str())
            .collect::<Vec<_>>(),
        ["先接情绪。"]
    );
    assert_eq!(
        (first.then.len(), second.then.len(), third.then.len()),
        (1, 1, 0)
    );
    assert!(third.timeout && !first.timeout);
    assert_eq!(place(&scenario, "听她说").choices[1].once, Some(0));
    assert_eq!(place(&scenario, "闲聊").once, Some(1));
}

#[test]
fn a_question_is_a_place_of_its_own() {
    let scenario = everything();
    let asked: Vec<_> = scenario
        .places
        .iter()
        .filter(|one| one.title == "问一问")
        .collect();
    assert_eq!(
        asked.iter().map(|one| one.part).collect::<Vec<_>>(),
        [Part::Question, Part::Rest]
    );
    let answers: Vec<_> = asked[0].choices.iter().map(|one| one.answer).collect();
    assert_eq!(answers, [Some(true), Some(false)]);
    assert!(asked[0].choices.iter().all(|one| one.to.place == Some(4)));
    assert_eq!(asked[0].choices[0].label.plain, "7.02 元");
}

#[test]
fn a_question_may_stand_right_above_the_choices() {
    let text = "---\nkind: scenario\ntitle: x\n---\n\n### a\n\n- [x] yes\n- [ ] no\n\n\
                - [on](#b) `if answered`\n- [still](#b)\n\n### b\n\n**Ending: success, 1 points.**\n";
    let (scenario, diagnostics) = read(text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let choices: Vec<_> = scenario
        .places
        .iter()
        .map(|place| place.choices.len())
        .collect();
    assert_eq!(choices, [2, 2, 0]);
}

#[test]
fn endings_have_a_kind_a_score_and_a_debrief() {
    let scenario = everything();
    let endings: Vec<_> = scenario
        .places
        .iter()
        .filter_map(|place| place.ending.as_ref())
        .map(|one| (one.kind, one.score, one.links.len()))
        .collect();
    let expected = [
        (EndingKind::Good, 100, 1),
        (EndingKind::Mixed, 60, 0),
        (EndingKind::Bad, 0, 0),
    ];
    assert_eq!(endings, expected);
    assert!(
        scenario.places.iter().all(|place| place.title != "动机"),
        "role cards are no places"
    );
}

#[test]
fn both_languages_say_the_same() {
    let path = fixtures()
        .into_iter()
        .find(|path| path.ends_with("english.md"));
    let scenario = sound(&path.expect("the fixture"));
    assert_eq!(scenario.places[0].id, "ring");
    assert_eq!(
        scenario.places[1].choices[1].to.place,
        Some(0),
        "an id is a place to go to"
    );
    assert_eq!(scenario.variables[2].name, "order");
}

/// Pieces that mean something, to be put together in ways that nobody means.
const PIECES: &[&str] = &[
    "### 甲\n",
    "## 乙\n",
    "# 丙\n",
    "- [x](#甲)",
    "- [ ] 对",
    "- [x] 对",
    " `信任 +1`",
    " `若 信任 > (1`",
    " `否则`",
    " → ",
    "→ [y](#乙)",
    "\n\n",
    "\n",
    "> **王：** 说",
    "> **点评：**",
    "（怒",
    "）",
    "**结局：成功，",
    "100 分。**",
    "| 变量 | 初值 | 说明 |\n| --- | --- | --- |\n| 信任 | 1 | 0–9 |\n",
    "| 能力 |\n| --- |\n| 听 |\n",
    "`限时 9 秒`",
    "`一次`",
    "`超时`",
    "  ",
    "<!-- id: a -->\n",
    "```\n",
    "[^1]",
    "![](a.png)",
    "&amp;",
    "\\",
    "“",
    "é",
    "若若若",
    "不不不",
    "((((((((((((((((((((((((",
    "99999999999",
    "－",
    "`",
    "*",
    "_",
    "~~",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        let _ = read(&format!("---\nkind: scenario\n---\n{text}"));
    }

    #[test]
    fn pieces_in_any_order_are_read(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let text = format!("---\nkind: scenario\ntitle: x\n---\n{}", pieces.concat());
        let (scenario, _) = read(&text);
        for place in &scenario.places {
            prop_assert!(text.get(place.extent.clone()).is_some());
            for choice in &place.choices {
                prop_assert!(text.get(choice.label.span.clone()).is_some(), "{:?}", choice.label);
            }
        }
        let _ = prove(&scenario, 500);
    }

    #[test]
    fn fixtures_cut_and_joined_anywhere_are_read(from in 0usize..4000, to in 0usize..4000) {
        for path in fixtures() {
            let text = fs::read_to_string(path).expect("a fixture");
            let cut = |at: usize| (at % text.len()..=text.len()).find(|at| text.is_char_boundary(*at));
            let (from, to) = (cut(from).unwrap_or(0), cut(to).unwrap_or(0));
            let joined = format!("---\nkind: scenario\ntitle: x\n---\n{}{}", &text[..from], &text[to..]);
            let (scenario, _) = read(&joined);
            let _ = prove(&scenario, 500);
        }
    }
}
