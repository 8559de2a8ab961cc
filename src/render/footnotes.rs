//! Footnotes: numbered in the order of their first mention, gathered at the end of the page.

use std::fmt::Write as _;

use pulldown_cmark::{Event, html};

use super::body::{Context, escape};
use crate::site::url::encode;

/// One footnote.
#[derive(Debug)]
struct Note<'e> {
    name: String,
    mentions: usize,
    content: Vec<Event<'e>>,
    defined: bool,
}

/// The footnotes of a page.
#[derive(Debug, Default)]
pub struct Footnotes<'e> {
    notes: Vec<Note<'e>>,
    open: Option<usize>,
}

impl<'e> Footnotes<'e> {
    /// The note that is being written, if any.
    pub fn open(&mut self) -> Option<&mut Vec<Event<'e>>> {
        self.open.map(|at| &mut self.notes[at].content)
    }

    /// Begins the text of a note.
    pub fn begin(&mut self, name: &str) {
        let at = self.number(name);
        self.notes[at].defined = true;
        self.open = Some(at);
    }

    /// Ends the text of the note that is open.
    pub fn end(&mut self) {
        self.open = None;
    }

    /// The mark that leads to a note.
    pub fn reference(&mut self, name: &str, context: Context<'_>) -> String {
        let at = self.number(name);
        let note = &mut self.notes[at];
        note.mentions += 1;
        let again = if note.mentions > 1 {
            format!("-{}", note.mentions)
        } else {
            String::new()
        };
        let label = escape(context.string("footnotes"));
        let (id, href, number) = (escape(name), encode(name), at + 1);
        format!(
            "<sup class=\"fn\"><a href=\"#fn-{href}\" id=\"fnref-{id}{again}\" role=\"doc-noteref\" \
             aria-label=\"{label} {number}\">{number}</a></sup>"
        )
    }

    /// All notes; empty where there are none.
    pub fn section(self, context: Context<'_>) -> String {
        if !self.notes.iter().any(|note| note.defined) {
            return String::new();
        }
        let title = escape(context.string("footnotes"));
        let back = escape(context.string("footnote_back"));
        let mut section = format!(
            "<section class=\"footnotes\" aria-label=\"{title}\" role=\"doc-endnotes\"><ol>\n"
        );
        for note in self.notes {
            let _ = writeln!(section, "<li id=\"fn-{}\">", escape(&note.name));
            html::push_html(&mut section, note.content.into_iter());
            if note.mentions > 0 {
                let _ = write!(
                    section,
                    "<a href=\"#fnref-{}\" role=\"doc-backlink\" aria-label=\"{back}\">↩</a>",
                    encode(&note.name)
                );
            }
            section.push_str("</li>\n");
        }
        section.push_str("</ol></section>\n");
        section
    }

    fn number(&mut self, name: &str) -> usize {
        let known = self.notes.iter().position(|note| note.name == name);
        known.unwrap_or_else(|| {
            let name = name.to_owned();
            self.notes.push(Note {
                name,
                mentions: 0,
                content: Vec::new(),
                defined: false,
            });
            self.notes.len() - 1
        })
    }
}
