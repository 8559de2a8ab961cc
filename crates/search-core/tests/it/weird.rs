//! Whatever is typed or pasted, the engine answers.

use proptest::prelude::proptest;

use crate::site::{engine, search};

#[test]
fn texts_without_words_find_nothing() {
    let engine = engine();
    for text in [
        "",
        " ",
        "，。？！",
        "\u{0}\u{1}\u{7}",
        "\u{FEFF}\u{200B}",
        "😀👍🏽",
        "----",
        "\u{FFFD}",
        "\u{E000}",
        "…",
    ] {
        let results = search(&engine, text);
        assert_eq!((results.total_pages, results.step), (0, None), "{text:?}");
    }
}

#[test]
fn a_text_of_ten_thousand_characters_is_cut_and_says_so() {
    let engine = engine();
    for text in [
        "投诉处理".repeat(2_500),
        "a".repeat(10_000),
        "a b ".repeat(2_500),
        "一 ".repeat(5_000),
    ] {
        let results = search(&engine, &text);
        let left_out: usize = results
            .dropped
            .iter()
            .map(|part| part.chars().count())
            .sum();
        assert!(left_out >= 9_000, "{left_out}");
    }
    assert!(search(&engine, &"投诉处理".repeat(2_500)).total_pages > 0);
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "\\PC{0,40}|[\\x00-\\x{10FFFF}]{0,20}|[一-三a-c0-2 ，İßﬁ\u{200B}]{0,40}") {
        let results = search(&engine(), &text);
        assert!(results.pages.len() <= results.total_pages);
    }
}
