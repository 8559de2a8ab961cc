//! The letters under which a glossary is looked up: what its terms begin with in pinyin.

use pulldown_cmark::{Event, HeadingLevel, Tag};

use crate::syntax::plain;
use crate::syntax::{Spanned, end_of};

/// A letter, and the first term under it by its place in [`super::Page::headings`].
pub type Initial = (char, usize);

/// Reads the pinyin of every term: the first cell below the head of the table that follows it. A
/// letter that comes back later is not listed twice, for its terms are not in order.
pub fn initials(events: &[Spanned<'_>]) -> Vec<Initial> {
    let mut initials: Vec<Initial> = Vec::new();
    let mut heading = 0;
    let mut term = None;
    let mut at = 0;
    while at < events.len() {
        match &events[at].0 {
            Event::Start(Tag::Heading { level, .. }) => {
                term = (*level == HeadingLevel::H2).then_some(heading);
                heading += 1;
                at = end_of(events, at);
            }
            Event::Start(Tag::TableRow) => {
                if let Some(term) = term.take()
                    && let Some(letter) = first_letter(events, at)
                    && !initials.iter().any(|(known, _)| *known == letter)
                {
                    initials.push((letter, term));
                }
            }
            _ => {}
        }
        at += 1;
    }
    initials
}

/// The letter that the first cell of a row begins with, without its tone.
fn first_letter(events: &[Spanned<'_>], row: usize) -> Option<char> {
    let cell = row + 1..end_of(events, row + 1);
    let text = plain::text(&events[cell]);
    let letter = unicode_normalization::UnicodeNormalization::nfd(text.as_str()).next()?;
    letter
        .is_ascii_alphabetic()
        .then(|| letter.to_ascii_uppercase())
}
