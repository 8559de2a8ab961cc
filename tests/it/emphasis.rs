//! CJK-friendly emphasis: readable examples, and properties with comrak as an independent oracle.
//!
//! comrak has its own implementation of the same amendments. The two parsers differ in some
//! things that have nothing to do with them, so these are kept out of the random markdown:
//! - Two tildes open strikethrough before any character here, in comrak only where they are
//!   left-flanking; and comrak looks past tildes for the neighbour of a run. So strikethrough has
//!   a property of its own, where neither can happen.
//! - A single tilde cannot open or close between letters here. In comrak it can, which would
//!   strike out the middle of `3~5天，8~10天`. The examples hold that case.
//! - Character references for quotation marks in the output; [`plain_quotes`] undoes them.
//! - Line breaks before an HTML tag, before `]`, or followed by a space in a code span.

use keben::syntax::emphasis::repair;
use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use pulldown_cmark::{Event, Options, Parser, TextMergeStream, html};
use std::ops::Range;
use std::time::Instant;

const OPTIONS: Options = Options::ENABLE_STRIKETHROUGH
    .union(Options::ENABLE_TABLES)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_TASKLISTS);

fn stock(source: &str) -> Vec<(Event<'_>, Range<usize>)> {
    Parser::new_ext(source, OPTIONS)
        .into_offset_iter()
        .collect()
}

fn render<'a>(events: Vec<(Event<'a>, Range<usize>)>) -> String {
    let mut output = String::new();
    html::push_html(&mut output, events.into_iter().map(|(event, _)| event));
    output
}

fn repaired(source: &str) -> String {
    render(repair(source, stock(source)))
}

fn comrak(source: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.cjk_friendly_emphasis = true;
    options.extension.strikethrough = true;
    options.render.r#unsafe = true;
    comrak::markdown_to_html(source, &options)
}

fn plain_quotes(html: &str) -> String {
    html.replace("&quot;", "\"").replace("&#39;", "'")
}

/// The examples of `cases.md`, each as its group, its markdown and the HTML it should become.
fn examples() -> Vec<(&'static str, &'static str, &'static str)> {
    let mut group = "";
    let mut examples = Vec::new();
    for part in include_str!("../fixtures/emphasis/cases.md").split("\n````") {
        if let Some(example) = part.strip_prefix(" example\n") {
            let (source, html) = example.split_once("\n.\n").expect("a line with a dot");
            examples.push((group, source, html));
        } else if let Some((_, heading)) = part.rsplit_once("\n## ") {
            group = heading.trim();
        }
    }
    examples
}

#[test]
fn examples_become_the_expected_html() {
    let examples = examples();
    assert!(
        examples.len() >= 90,
        "only {} examples were read",
        examples.len()
    );
    let wrong: Vec<_> = examples
        .into_iter()
        .map(|(group, source, html)| (group, source, html, repaired(source)))
        .filter(|(_, _, html, actual)| actual.trim_end() != *html)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn spans_cover_their_delimiters_and_text_is_borrowed_from_its_range() {
    let source = "他说***“粗”**斜*了";
    let text = |range: Range<usize>| &source[range];
    let seen: Vec<_> = repair(source, stock(source))
        .into_iter()
        .map(|(event, range)| match event {
            Event::Start(tag) => format!("<{:?} {}", tag.to_end(), text(range)),
            Event::End(tag) => format!("{tag:?}> {}", text(range)),
            Event::Text(content) => format!("{content} = {}", text(range)),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(
        seen,
        [
            "<Paragraph 他说***“粗”**斜*了",
            "他说 = 他说",
            "<Emphasis ***“粗”**斜*",
            "<Strong **“粗”**",
            "“粗” = “粗”",
            "Strong> **“粗”**",
            "斜 = 斜",
            "Emphasis> ***“粗”**斜*",
            "了 = 了",
            "Paragraph> 他说***“粗”**斜*了",
        ]
    );
}

/// The stars after `。` may now end a span as well, but there is none for them to end.
#[test]
fn a_container_that_reads_the_same_is_returned_as_it_came() {
    let source = "先[问。**重点**是\\*什么\n\n他说**“不行。”**然后";
    let length = stock(source)
        .iter()
        .position(|(event, _)| matches!(event, Event::End(_)));
    let first = ..length.expect("a paragraph");
    assert_eq!(repair(source, stock(source))[first], stock(source)[first]);
}

/// A row of runs that find no partner must not be searched again for each of them. Were it so,
/// a row sixteen times as long would take 256 times as long.
#[test]
fn long_rows_of_unmatched_runs_are_read_in_linear_time() {
    let seconds = |size: usize| {
        let source = format!("{}他说**“不行。”**然后", "*a_ ".repeat(size));
        let time = || {
            let events = stock(&source);
            let start = Instant::now();
            assert_ne!(repair(&source, events), Vec::new());
            start.elapsed().as_secs_f64()
        };
        (0..5).map(|_| time()).fold(f64::INFINITY, f64::min)
    };
    let (short, long) = (seconds(2_000), seconds(32_000));
    assert!(long < 64.0 * short, "{short} s and {long} s");
}

/// Random markdown put together from the given pieces.
fn markdown(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::collection::vec(select(pieces), 1..16)
        .prop_map(|pieces| format!("x{}", pieces.concat()))
}

/// Delimiters among characters of every kind that the rules tell apart.
const MIXED: &[&str] = &[
    "*",
    "**",
    "***",
    "_",
    "__",
    "*",
    "**",
    "***",
    "_",
    "好",
    "新",
    "カ",
    "한",
    "𠮷",
    "１",
    "a",
    "b",
    "é",
    "7",
    "，",
    "。",
    "：",
    "（",
    "）",
    "《",
    "》",
    "！",
    "￥",
    "“",
    "”",
    "‘",
    "’",
    "—",
    "…",
    "·",
    "(",
    ")",
    "!",
    ".",
    ":",
    "\"",
    "'",
    "€",
    "😀",
    " ",
    "\u{3000}",
    "\\",
    "\\*",
    "\\_",
    "`a*`",
    "`**`",
    "[好](u)",
    "[**（a）**](u)",
    "![*“b”*c](u)",
    "[",
    "](u)",
    "![",
    "<b>",
    "</b>",
    "<http://a.b/*c*>",
    "&#42;",
    "&ldquo;",
    "&amp;",
    "\n好",
    "\u{FE00}",
    "\u{FE01}",
    "\u{E0100}",
];

/// The same without a character of Chinese, Japanese or Korean, or one that may modify it.
const WESTERN: &[&str] = &[
    "*",
    "**",
    "***",
    "_",
    "__",
    "~",
    "~~",
    "a",
    "b",
    "é",
    "Ж",
    "7",
    "(",
    ")",
    "!",
    ".",
    ":",
    "\"",
    "'",
    "“",
    "”",
    "—",
    "…",
    "€",
    "😀",
    " ",
    "\u{A0}",
    "\\",
    "\\*",
    "`a*`",
    "[a](u)",
    "[**(a)**](u)",
    "[",
    "](u)",
    "<b>",
    "&#42;",
    "\n",
    "\n- ",
    "\n\n",
];

/// What may stand inside or around strikethrough in its property.
const AROUND: &[&str] = &[
    "好", "新", "カ", "한", "a", "7", "，", "。", "（", "）", "“", "”", "(", ")", "!", "€", "😀",
    " ", "`~~`", "\\~旧", "[旧](u)", "<b>",
];

fn struck_out() -> impl Strategy<Value = String> {
    let around =
        || proptest::collection::vec(select(AROUND), 0..4).prop_map(|pieces| pieces.concat());
    let marker = prop_oneof![4 => Just("~~"), 1 => Just("~~~")];
    (
        around(),
        marker,
        select(&["旧", "b"][..]),
        around(),
        around(),
    )
        .prop_map(|(before, marker, first, inside, after)| {
            format!("x{before}{marker}{first}{inside}{marker}{after}")
        })
}

proptest! {
    #![proptest_config(proptest::test_runner::Config {
        cases: 8192,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn emphasis_is_that_of_comrak(source in markdown(MIXED)) {
        prop_assert_eq!(plain_quotes(&repaired(&source)), plain_quotes(&comrak(&source)));
    }

    #[test]
    fn strikethrough_is_that_of_comrak(source in struck_out()) {
        prop_assert_eq!(plain_quotes(&repaired(&source)), plain_quotes(&comrak(&source)));
    }

    #[test]
    fn text_without_cjk_is_returned_as_it_came(source in markdown(WESTERN)) {
        prop_assert_eq!(repair(&source, stock(&source)), stock(&source));
    }

    #[test]
    fn repairing_twice_changes_nothing_more(source in markdown(MIXED)) {
        let once = repair(&source, stock(&source));
        prop_assert_eq!(repair(&source, once.clone()), once);
    }

    #[test]
    fn events_nest_and_lie_in_their_parents(source in markdown(MIXED)) {
        let mut open: Vec<Range<usize>> = Vec::new();
        for (event, range) in repair(&source, stock(&source)) {
            let parent = open.last().cloned().unwrap_or(0..source.len());
            match event {
                Event::End(_) => prop_assert_eq!(open.pop(), Some(range)),
                event => {
                    prop_assert!(parent.start <= range.start && range.end <= parent.end);
                    if matches!(event, Event::Start(_)) {
                        open.push(range);
                    }
                }
            }
        }
        prop_assert!(open.is_empty());
    }

    /// Nothing that is not markup is lost: only delimiters may turn into spans.
    #[test]
    fn text_other_than_delimiters_is_kept(source in markdown(MIXED)) {
        let text = |events: Vec<(Event<'_>, Range<usize>)>| -> String {
            TextMergeStream::new(events.into_iter().map(|(event, _)| event))
                .filter_map(|event| match event {
                    Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => Some(text),
                    _ => None,
                })
                .flat_map(|text| text.chars().collect::<Vec<_>>())
                .filter(|c| !matches!(c, '*' | '_' | '~'))
                .collect()
        };
        prop_assert_eq!(text(repair(&source, stock(&source))), text(stock(&source)));
    }
}
