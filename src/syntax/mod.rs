//! From text to markdown events, every one with its bytes in the file.
//!
//! [`parse`] never fails: a page whose front matter is broken is parsed as if it had none, and the
//! problem is returned beside it. Nothing here knows what a lesson or a quiz is.

pub mod anchor;
pub mod emphasis;
pub mod plain;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::source::FileId;

/// An event and the bytes of the file that it stands for.
pub type Spanned<'s> = (Event<'s>, Range<usize>);

/// A page's text, taken apart.
#[derive(Debug, Clone)]
pub struct Document<'s> {
    /// The YAML between the `---` lines, if there is any.
    pub front: Option<Range<usize>>,
    /// Whether front matter was opened and never closed.
    pub unclosed: bool,
    /// Where the markdown begins.
    pub body: Range<usize>,
    /// The markdown, with emphasis beside Chinese punctuation repaired.
    pub events: Vec<Spanned<'s>>,
}

/// What of GFM and its kin a page may use: what a git host renders, and definition lists.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// Parses a page's text.
pub fn parse(file: FileId, text: &str) -> (Document<'_>, Vec<Diagnostic>) {
    let (front, body, diagnostics) = match front_matter(text) {
        Front::None => (None, 0..text.len(), Vec::new()),
        Front::Closed { yaml, body } => (Some(yaml), body..text.len(), Vec::new()),
        Front::Open => {
            let problem = Diagnostic::at(Code::UnclosedFrontMatter, file, 0..FENCE.len());
            (None, 0..text.len(), vec![problem])
        }
    };
    let events = events(text, body.clone());
    let unclosed = !diagnostics.is_empty();
    (
        Document {
            front,
            unclosed,
            body,
            events,
        },
        diagnostics,
    )
}

/// The events of a part of a text, their ranges counted in the whole text.
pub fn events(text: &str, body: Range<usize>) -> Vec<Spanned<'_>> {
    let markdown = &text[body.clone()];
    let stock = Parser::new_ext(markdown, options())
        .into_offset_iter()
        .collect();
    let mut events = emphasis::repair(markdown, stock);
    if body.start > 0 {
        for (_, range) in &mut events {
            *range = range.start + body.start..range.end + body.start;
        }
    }
    events
}

/// The place of the event that ends what starts at `at`; the last event where nothing does.
pub fn end_of(events: &[Spanned<'_>], at: usize) -> usize {
    let mut depth = 0usize;
    for (offset, (event, _)) in events[at..].iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + offset;
        }
    }
    events.len().saturating_sub(1)
}

const FENCE: &str = "---";

enum Front {
    None,
    /// Opened and never closed.
    Open,
    Closed {
        yaml: Range<usize>,
        body: usize,
    },
}

/// Front matter opens in the first line; a rule below a paragraph is none.
fn front_matter(text: &str) -> Front {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == FENCE) else {
        return Front::None;
    };
    let mut at = first.len();
    for line in lines {
        if line.trim_end() == FENCE {
            return Front::Closed {
                yaml: first.len()..at,
                body: at + line.len(),
            };
        }
        at += line.len();
    }
    Front::Open
}
