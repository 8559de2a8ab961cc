//! Markdown as HTML for readers that know none of ours: plain elements without styles, well-formed
//! as XML.

use pulldown_cmark::{Event, Tag, html};

use crate::syntax::{self, plain};

/// The events of markdown, without the line breaks that would show as a space between two Han
/// characters.
pub fn events(markdown: &str) -> Vec<Event<'_>> {
    let spanned = syntax::events(markdown, 0..markdown.len());
    let mut events: Vec<Event<'_>> = Vec::with_capacity(spanned.len());
    let mut coming = spanned.into_iter().map(|(event, _)| event).peekable();
    while let Some(event) = coming.next() {
        if matches!(event, Event::SoftBreak)
            && let (Some(Event::Text(before)), Some(Event::Text(after))) =
                (events.last(), coming.peek())
            && plain::joins(before.chars().last(), after.chars().next())
        {
            continue;
        }
        events.push(event);
    }
    events
}

/// Markdown blocks as HTML.
pub fn blocks(markdown: &str) -> String {
    let events = events(markdown).into_iter().map(|event| match event {
        // An alignment would be a style.
        Event::Start(Tag::Table(_)) => Event::Start(Tag::Table(Vec::new())),
        event => event,
    });
    let mut written = String::new();
    html::push_html(&mut written, events);
    written.trim().to_owned()
}

/// The HTML of a text that is mostly one line: a lone paragraph stands without its element.
pub fn inline(markdown: &str) -> String {
    unwrapped(blocks(markdown))
}

/// HTML without the element around it, where it is a lone paragraph.
pub fn unwrapped(html: String) -> String {
    let inner = html
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"));
    match inner {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => html,
    }
}

/// The words of markdown alone.
pub fn words(markdown: &str) -> String {
    plain::text(&syntax::events(markdown, 0..markdown.len()))
}

/// Whether markdown says more than its words do.
pub fn has_markup(markdown: &str) -> bool {
    let events = syntax::events(markdown, 0..markdown.len());
    events.iter().any(|(event, _)| {
        !matches!(
            event,
            Event::Text(_)
                | Event::SoftBreak
                | Event::Start(Tag::Paragraph)
                | Event::End(pulldown_cmark::TagEnd::Paragraph)
        )
    })
}

/// Escapes a text for XML; what XML cannot hold at all is left out.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}
