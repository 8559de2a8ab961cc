//! Terms of a glossary: the table of one row that follows a term (pinyin, other script, English) is
//! shown as the line that a dictionary has there.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::page::kind::Kind;
use crate::syntax::plain;
use crate::syntax::{Spanned, end_of};

/// Turns the tables of one row in a glossary into lines. Pages of other kinds stay as they are.
pub fn rearrange(kind: Kind, events: Vec<Spanned<'_>>) -> Vec<Spanned<'_>> {
    if kind != Kind::Glossary {
        return events;
    }
    let mut out = Vec::with_capacity(events.len());
    let mut at = 0;
    while at < events.len() {
        let end = end_of(&events, at) + 1;
        let block = &events[at..end];
        let follows = matches!(out.last(), Some((Event::End(TagEnd::Heading(_)), _)));
        match (&block[0].0, follows) {
            (Event::Start(Tag::Table(_)), true) if rows(block) == 1 => line(block, &mut out),
            _ => out.extend_from_slice(block),
        }
        at = end;
    }
    out
}

fn rows(table: &[Spanned<'_>]) -> usize {
    let is_row = |event: &&Spanned<'_>| matches!(event.0, Event::Start(Tag::TableRow));
    table.iter().filter(is_row).count()
}

/// The cells of the table's row, one after another. English is marked as such, for those who hear it.
fn line<'e>(table: &[Spanned<'e>], out: &mut Vec<Spanned<'e>>) {
    let html = |text: &'static str| (Event::Html(text.into()), 0..0);
    let mut in_row = false;
    out.push(html("<p class=\"term\">"));
    for (at, (event, _)) in table.iter().enumerate() {
        match event {
            Event::Start(Tag::TableRow) => in_row = true,
            Event::Start(Tag::TableCell) if in_row => {
                let cell = &table[at + 1..end_of(table, at)];
                let is_english = plain::text(cell).is_ascii();
                out.push(html(if is_english {
                    "<span lang=\"en\">"
                } else {
                    "<span>"
                }));
                out.extend_from_slice(cell);
                out.push(html("</span> "));
            }
            _ => {}
        }
    }
    out.push(html("</p>\n"));
}
