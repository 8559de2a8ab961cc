//! Emphasis in text without spaces between words.
//!
//! CommonMark looks at the two characters around a run of `*`, `_` or `~` to tell an opening run
//! from a closing one. Its rules expect a space outside a quotation, so in Chinese, Japanese and
//! Korean the stars of `他说**“不行。”**然后` stay on the page. The published CJK-friendly
//! amendments to CommonMark 0.31 cure this, and this module applies them to the events of
//! `pulldown-cmark`, which follows the rules as they stand.
//!
//! A page is touched only where the amendments read a run differently. There the inline content
//! of that one heading, paragraph, list item or table cell is taken apart into text and delimiter
//! runs (`inline`), every run is judged anew (`flanking`), and the runs are paired as the
//! specification says (`delimiter`).

mod delimiter;
mod flanking;
mod inline;

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use self::flanking::Neighbours;

/// An event with the bytes of the source that it stands for.
type Spanned<'a> = (Event<'a>, Range<usize>);

/// Reads emphasis in `events` by the CJK-friendly amendments to CommonMark.
///
/// The events are those of [`pulldown_cmark::Parser::into_offset_iter`] over `source`, before any
/// merging of text, with strikethrough enabled and without subscript, which would claim the same
/// character. Where the amended rules read a container no differently, and so wherever no CJK
/// character stands beside a run, its events are returned as they came.
pub fn repair<'a>(source: &'a str, events: Vec<Spanned<'a>>) -> Vec<Spanned<'a>> {
    let disputed = disputed_runs(source);
    let mut disputed = disputed.into_iter().peekable();
    let mut replacements = Vec::new();
    let mut from = 0;
    while disputed.peek().is_some()
        && let Some(place) = next_container(&events, from)
    {
        let container = &events[place.clone()];
        let start = container.first().map_or(0, |(_, range)| range.start);
        let end = container.last().map_or(0, |(_, range)| range.end);
        while disputed.next_if(|&offset| offset < start).is_some() {}
        if disputed.peek().is_some_and(|&offset| offset < end)
            && let Some(content) = inline::reread(source, container)
        {
            replacements.push((place.clone(), content));
        }
        from = place.end;
    }
    replace(events, replacements)
}

/// The places of the next events from `from` on that make up the inline content of one block.
fn next_container(events: &[Spanned], from: usize) -> Option<Range<usize>> {
    let mut literal = false;
    let is_content = |(event, _): &Spanned| {
        match event {
            Event::Start(tag) if is_literal_block(&tag.to_end()) => literal = true,
            Event::End(tag) if is_literal_block(tag) => literal = false,
            _ => {}
        }
        is_inline(event) && !literal
    };
    let start = from + events[from..].iter().position(is_content)?;
    let rest = &events[start..];
    let len = rest.iter().position(|(event, _)| !is_inline(event));
    Some(start..start + len.unwrap_or(rest.len()))
}

/// Puts new events in the given places, which are in order and do not overlap.
fn replace<'a>(
    events: Vec<Spanned<'a>>,
    replacements: Vec<(Range<usize>, Vec<Spanned<'a>>)>,
) -> Vec<Spanned<'a>> {
    if replacements.is_empty() {
        return events;
    }
    let mut replaced = Vec::with_capacity(events.len());
    let mut events = events.into_iter();
    let mut at = 0;
    for (place, content) in replacements {
        replaced.extend(events.by_ref().take(place.start - at));
        replaced.extend(content);
        events.by_ref().take(place.len()).for_each(drop);
        at = place.end;
    }
    replaced.extend(events);
    replaced
}

/// The offsets of all runs in the source that the amendments read differently, in order.
///
/// This looks at the bare source, so it also finds runs in code. It misses none: where a line or
/// a cell begins or ends, which only the events tell, both readings agree.
fn disputed_runs(source: &str) -> Vec<usize> {
    let bytes = source.as_bytes();
    let mut disputed = Vec::new();
    let mut from = 0;
    while let Some(distance) = bytes[from..].iter().position(|&b| delimiter::is_marker(b)) {
        let start = from + distance;
        let marker = bytes[start];
        let len = delimiter::run_length(&bytes[start..]);
        from = start + len;
        let neighbours = Neighbours {
            before: &source[..start],
            after: &source[from..],
        };
        if neighbours.are_disputed(marker, len) {
            disputed.push(start);
        }
    }
    disputed
}

/// Whether the text inside this block stands for itself.
fn is_literal_block(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)
    )
}

/// Whether the event belongs to the inline content of a block, rather than to its frame.
fn is_inline(event: &Event) -> bool {
    match event {
        Event::Start(tag) => is_inline_tag(&tag.to_end()),
        Event::End(tag) => is_inline_tag(tag),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

fn is_inline_tag(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
