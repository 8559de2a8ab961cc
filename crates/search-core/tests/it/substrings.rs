//! Every piece of the text is found, whatever words it cuts through.

use proptest::prelude::{any, prop_assert, proptest};

use crate::site::{engine, open, search, sections};
use keben_search_core::{Query, Section};

#[test]
fn every_pair_of_characters_is_found() {
    let engine = engine();
    for section in sections() {
        for text in [&section.page_title, &section.heading, &section.body] {
            let chars: Vec<char> = text.chars().collect();
            for pair in chars.windows(2).filter(|pair| {
                pair.iter()
                    .all(|char| ('\u{4E00}'..'\u{A000}').contains(char))
            }) {
                let piece: String = pair.iter().collect();
                assert!(
                    finds(&engine, &piece, &section),
                    "{piece} is not found in {}",
                    section.url
                );
            }
        }
    }
}

/// Whether a text is found in a page.
fn finds(engine: &keben_search_core::Engine, text: &str, section: &Section) -> bool {
    let query = Query {
        limit: 200,
        ..Query::new(text)
    };
    let results = engine.search(&query).expect("the query is answered");
    results
        .pages
        .iter()
        .any(|page| page.url == section.page_url)
}

proptest! {
    /// Any Han text, any piece of it of 2 to 12 characters: the section is found, the piece is marked as a whole, and a
    /// section that does not hold the piece does not answer.
    #[test]
    fn any_piece_of_any_text_is_found(
        text in "[\u{4E00}-\u{4E20}]{1,60}",
        other in "[\u{4E00}-\u{4E20}]{0,60}",
        from in any::<proptest::sample::Index>(),
        length in 2_usize..12,
    ) {
        let section = |url: &str, body: &str| Section {
            url: url.to_owned(),
            page_url: url.to_owned(),
            body: body.to_owned(),
            ..Section::default()
        };
        let chars: Vec<char> = text.chars().collect();
        let from = from.index(chars.len());
        let piece: String = chars[from..].iter().take(length).collect();
        let engine = open(vec![section("text", &text), section("other", &other)]);
        let results = search(&engine, &piece);
        let expected: Vec<&str> =
            [("text", &text), ("other", &other)].into_iter().filter(|(_, body)| body.contains(&piece)).map(|(url, _)| url).collect();
        let mut found = crate::site::urls(&results);
        found.sort_by_key(|url| *url == "other");
        prop_assert!(found == expected, "{found:?} {expected:?}");
        let marked = results.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.excerpt);
        prop_assert!(marked.filter(|span| span.mark).any(|span| span.text.contains(&piece)));
    }
}
