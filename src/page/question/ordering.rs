//! Orders: an ordered list under a heading that says so. The list is the right order.

use super::read::Reader;
use super::{Block, Shape};
use crate::diag::codes::Code;

/// Reads an ordered list.
pub(super) fn read(reader: &mut Reader<'_>, list: &Block) -> Option<Shape> {
    let items = reader.items(list);
    if items.len() < 2 {
        let span = reader.span(list);
        reader.say(Code::ShortOrder, span);
        return None;
    }
    let texts: Vec<String> = items.iter().map(|item| reader.plain(item)).collect();
    for (at, text) in texts.iter().enumerate() {
        if texts[..at].contains(text) {
            let span = reader.span(&items[at]);
            reader
                .say(Code::SameOptions, span)
                .words
                .push(("text", text.clone()));
        }
    }
    let inner = |item: &Block| item.start + 1..item.end - 1;
    Some(Shape::Ordering(items.iter().map(inner).collect()))
}
