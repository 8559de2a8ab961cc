//! Scripts pages: the sentence comes first. In the source the table of facts (situation, channel,
//! owner …) opens each script, for that is what its author looks after; who reads it aloud needs
//! it last.

use pulldown_cmark::{Event, HeadingLevel, Tag};

use crate::page::kind::Kind;
use crate::syntax::{Spanned, end_of};

/// Moves the table that opens a script to its end. Pages of other kinds stay as they are.
pub fn rearrange(kind: Kind, events: Vec<Spanned<'_>>) -> Vec<Spanned<'_>> {
    if kind != Kind::Scripts {
        return events;
    }
    let mut out = Vec::with_capacity(events.len());
    let mut facts: Vec<Spanned<'_>> = Vec::new();
    let mut opening = false;
    let mut at = 0;
    while at < events.len() {
        let end = end_of(&events, at) + 1;
        match &events[at].0 {
            Event::Start(Tag::Heading { level, .. }) if *level <= HeadingLevel::H2 => {
                out.append(&mut facts);
                opening = true;
                out.extend_from_slice(&events[at..end]);
            }
            Event::Start(Tag::Table(_)) if opening => {
                facts.extend_from_slice(&events[at..end]);
                opening = false;
            }
            // The comment with the script's id stands between the heading and the table.
            Event::Start(Tag::HtmlBlock) => out.extend_from_slice(&events[at..end]),
            _ => {
                opening = false;
                out.extend_from_slice(&events[at..end]);
            }
        }
        at = end;
    }
    out.append(&mut facts);
    out
}
