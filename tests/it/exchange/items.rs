//! Any question that an author could write, and those that a format can hold in full.

use keben::bank::{Ask, Choice, Criterion, Gap, Item};
use keben::exchange::markdown::escape;
use proptest::prelude::*;

/// Several questions with different ids.
pub fn bank<S: Strategy<Value = Item>>(item: impl Fn() -> S) -> impl Strategy<Value = Vec<Item>> {
    prop::collection::vec(item(), 1..5).prop_map(|mut items| {
        for (at, item) in items.iter_mut().enumerate() {
            item.id = format!("pq-{at:02}");
        }
        items
    })
}

/// Words with every sign that some format reads as its own.
fn raw() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[一-龥]{1,6}",
        2 => "[a-z]{1,5}",
        1 => "[0-9]{1,3}",
        3 => prop::sample::select(vec![
            "{", "}", "=", "~", "#", ":", "：", "%", "->", "\\", "*", "_", "[", "]", "<b>", "&amp;", "&", "“", "”",
            "|", "(", ")", "（", "）", "/", "`", "....", "$", "@@", "\"", "'", "￥",
        ]).prop_map(str::to_owned),
        2 => Just(" ".to_owned()),
    ];
    prop::collection::vec(piece, 1..8).prop_map(|pieces| {
        let text = pieces
            .concat()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        // A share of the points, and a word that opens a label, are no words.
        format!("题{text}。")
    })
}

/// One line of markdown.
pub fn line() -> impl Strategy<Value = String> {
    let plain = raw().prop_map(|text| escape(&text));
    prop_oneof![
        4 => plain,
        1 => "[一-龥]{1,4}".prop_map(|word| format!("先**{word}**再说。")),
        1 => "[a-z]{1,4}".prop_map(|word| format!("按`{word} < 3`关阀。")),
        1 => "[a-z]{1,4}".prop_map(|word| format!("见[第二步](https://example.org/{word}.html#a)。")),
    ]
}

/// One or two paragraphs, or a list below one.
fn blocks() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => line(),
        1 => (line(), line()).prop_map(|(a, b)| format!("{a}\n\n{b}")),
        1 => (line(), line(), line()).prop_map(|(a, b, c)| format!("{a}\n\n- {b}\n- {c}")),
    ]
}

fn distinct(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(line(), count).prop_map(|lines| {
        let numbered = lines.into_iter().enumerate();
        numbered.map(|(at, line)| format!("{line}{at}")).collect()
    })
}

fn feedback() -> impl Strategy<Value = Option<String>> {
    prop::option::of(line())
}

fn options(texts: Vec<String>, shares: &[u8], said: &[Option<String>]) -> Vec<Choice> {
    let option = |(at, text): (usize, String)| Choice {
        text,
        share: shares[at % shares.len()],
        feedback: said[at % said.len()].clone(),
    };
    texts.into_iter().enumerate().map(option).collect()
}

fn single(shares: Vec<u8>) -> impl Strategy<Value = Ask> {
    (
        distinct(2..6),
        prop::collection::vec(feedback(), 6),
        prop::sample::select(shares),
    )
        .prop_map(|(texts, said, share)| Ask::Choice {
            options: options(texts, &[100, share, 0, 0, 0, 0], &said),
            multiple: false,
            true_false: false,
        })
}

fn multiple() -> impl Strategy<Value = Ask> {
    (distinct(3..7), prop::collection::vec(feedback(), 6)).prop_map(|(texts, said)| Ask::Choice {
        options: options(texts, &[100, 0, 100, 0, 100, 0], &said),
        multiple: true,
        true_false: false,
    })
}

fn true_false(flipped: BoxedStrategy<bool>) -> impl Strategy<Value = Ask> {
    (any::<bool>(), flipped, feedback(), feedback()).prop_map(|(right, flipped, a, b)| {
        let option = |text: &str, right: bool, feedback| Choice {
            text: text.to_owned(),
            share: if right { 100 } else { 0 },
            feedback,
        };
        let mut options = vec![option("对", right, a), option("错", !right, b)];
        if flipped {
            options.reverse();
        }
        Ask::Choice {
            options,
            multiple: false,
            true_false: true,
        }
    })
}

/// What fills a gap is no markdown, and none of its own signs stands in it.
fn word() -> impl Strategy<Value = String> {
    "[一-龥a-z]{1,4}[=~#:%}{/]?[一-龥]"
}

fn typed() -> impl Strategy<Value = Gap> {
    prop_oneof![
        prop::collection::vec(word(), 1..3).prop_map(Gap::Typed),
        (-99i32..999).prop_map(|number| Gap::Typed(vec![number.to_string()])),
        (1i32..999, 1u8..9)
            .prop_map(|(number, slack)| Gap::Typed(vec![format!("{number} ± 0.{slack}")])),
    ]
}

fn chosen() -> impl Strategy<Value = Gap> {
    (
        prop::collection::btree_set(word(), 2..5),
        any::<prop::sample::Index>(),
    )
        .prop_map(|(choices, right)| {
            let choices: Vec<String> = choices.into_iter().collect();
            let right = right.index(choices.len());
            Gap::Choices { choices, right }
        })
}

/// Gaps in a text: between every two of them stand some words.
fn blanks(gaps: std::ops::Range<usize>) -> impl Strategy<Value = Ask> {
    prop::collection::vec((line(), prop_oneof![typed(), chosen()]), gaps).prop_map(|parts| {
        let (mut texts, gaps): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
        texts.push("完。".to_owned());
        Ask::Blanks { texts, gaps }
    })
}

fn alone(gap: impl Strategy<Value = Gap>) -> impl Strategy<Value = Ask> {
    gap.prop_map(|gap| Ask::Blanks {
        texts: vec![String::new(), String::new()],
        gaps: vec![gap],
    })
}

fn ordering() -> impl Strategy<Value = Ask> {
    distinct(2..6).prop_map(Ask::Ordering)
}

fn matching(choice: BoxedStrategy<String>, head: [&'static str; 2]) -> impl Strategy<Value = Ask> {
    (distinct(2..5), prop::collection::vec(choice, 2..6)).prop_map(move |(left, choices)| {
        let numbered = choices.into_iter().enumerate();
        let choices: Vec<String> = numbered.map(|(at, text)| format!("{text}{at}")).collect();
        let used = left.len().min(choices.len());
        // Choices that belong nowhere stand last; a choice may belong to two rows.
        let rows = left
            .into_iter()
            .enumerate()
            .map(|(at, left)| (left, at % used))
            .collect();
        Ask::Matching {
            head: head.map(str::to_owned),
            rows,
            choices,
        }
    })
}

fn classify() -> impl Strategy<Value = Ask> {
    (
        distinct(1..4),
        prop::collection::vec(prop::collection::btree_set(0usize..3, 1..4), 4),
    )
        .prop_map(|(rows, right)| {
            let right = right
                .into_iter()
                .map(|columns| columns.into_iter().collect());
            Ask::Classify {
                head: ["事", "急", "缓", "免"].map(str::to_owned).to_vec(),
                rows: rows.into_iter().zip(right).collect(),
            }
        })
}

fn criteria() -> impl Strategy<Value = Vec<Criterion>> {
    let criterion = (1u32..5, line()).prop_map(|(points, text)| Criterion { points, text });
    prop::collection::vec(criterion, 0..4)
}

fn survey() -> impl Strategy<Value = Ask> {
    (distinct(2..5), any::<bool>()).prop_map(|(texts, multiple)| Ask::Survey {
        options: options(texts, &[0], &[None]),
        multiple,
    })
}

prop_compose! {
    fn around(ask: BoxedStrategy<Ask>, most_points: u32, hinted: bool, model: bool)(
        title in line(),
        stem in prop::option::of(blocks()),
        points in 1..=most_points,
        hints in prop::collection::vec(line(), 0..=usize::from(hinted) * 2),
        model in prop::collection::vec(line(), 0..=usize::from(model)),
        explanation in prop::option::of(blocks()),
        ask in ask,
    ) -> Item {
        let gapped = matches!(ask, Ask::Blanks { .. });
        let mut model = model;
        if matches!(ask, Ask::Open(_)) && model.is_empty() {
            model.push("您请讲。".to_owned());
        }
        if !matches!(ask, Ask::Open(_)) {
            model.clear();
        }
        Item {
            id: String::new(),
            title,
            points,
            stem: stem.filter(|_| !gapped).unwrap_or_default(),
            hints,
            model,
            explanation: explanation.into_iter().collect(),
            ask,
        }
    }
}

/// Any question.
pub fn any_item() -> impl Strategy<Value = Item> {
    let ask = prop_oneof![
        single(vec![0, 1, 33, 50, 99]),
        multiple(),
        true_false(any::<bool>().boxed()),
        blanks(1..4),
        alone(prop_oneof![typed(), chosen()]),
        ordering(),
        matching(line().boxed(), ["事", "办法"]),
        classify(),
        criteria().prop_map(Ask::Open),
        survey(),
    ];
    around(ask.boxed(), 100, true, true)
}

/// A question that GIFT holds in full.
pub fn gift_item() -> impl Strategy<Value = Item> {
    let ask = prop_oneof![
        single(vec![0, 25, 50]),
        multiple(),
        true_false(Just(false).boxed()),
        blanks(1..2),
        alone(typed()),
        matching(raw().prop_map(|text| escape(&text)).boxed(), ["1", "2"]),
    ];
    around(ask.boxed(), 1, false, false)
}

/// A question that Moodle XML holds in full.
pub fn moodle_item() -> impl Strategy<Value = Item> {
    let ask = prop_oneof![
        single(vec![0, 25, 50]),
        multiple(),
        blanks(2..3),
        alone(typed()),
        ordering(),
        matching(raw().prop_map(|text| escape(&text)).boxed(), ["1", "2"]),
    ];
    // Every gap of a text is worth a point there, or an equal part of more.
    let hinted = around(ask.boxed(), 1, true, false).prop_map(|mut item| {
        if let Ask::Blanks { gaps, .. } = &item.ask {
            item.points = u32::try_from(gaps.len()).unwrap_or(1);
        }
        item
    });
    let unhinted = prop_oneof![
        true_false(Just(false).boxed()),
        criteria().prop_map(Ask::Open)
    ];
    prop_oneof![4 => hinted, 1 => around(unhinted.boxed(), 100, false, true)]
}
