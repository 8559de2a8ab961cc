//! From Moodle XML to drafts.

use std::ops::Range;

use roxmltree::{Document, Node};

use crate::bank::Ask;
use crate::config::SiteLanguage;
use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::exchange::import::{Draft, Notes};
use crate::exchange::markdown;
use crate::source::FileId;

pub(super) const NAME: &str = "Moodle XML";
/// Settings of Moodle's own delivery; what they say is said of a quiz here, or not at all.
const SETTINGS: &[&str] = &[
    "name",
    "questiontext",
    "generalfeedback",
    "defaultgrade",
    "penalty",
    "hidden",
    "idnumber",
    "tags",
    "hint",
    "answer",
    "single",
    "shuffleanswers",
    "answernumbering",
    "showstandardinstruction",
    "correctfeedback",
    "partiallycorrectfeedback",
    "incorrectfeedback",
    "shownumcorrect",
    "usecase",
    "units",
    "unitgradingtype",
    "unitpenalty",
    "showunits",
    "unitsleft",
    "subquestion",
    "layouttype",
    "selecttype",
    "selectcount",
    "gradingtype",
    "showgrading",
    "numberingstyle",
    "responseformat",
    "responserequired",
    "responsefieldlines",
    "attachments",
    "attachmentsrequired",
    "graderinfo",
    "responsetemplate",
    "minwordlimit",
    "maxwordlimit",
    "filetypeslist",
    "maxbytes",
    "selectoption",
    "dragbox",
    "category",
    "info",
    "instructions",
];

/// Reads a file.
pub fn read(file: FileId, text: &str, language: SiteLanguage) -> (Vec<Draft>, Notes) {
    let mut notes = Notes {
        file,
        diagnostics: Vec::new(),
    };
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let at = byte(text, error.pos());
            let diagnostic = Diagnostic::at(Code::BadXml, file, at..line_end(text, at));
            notes
                .diagnostics
                .push(diagnostic.with("reason", error.to_string()));
            return (Vec::new(), notes);
        }
    };
    let root = document.root_element();
    if !root.has_tag_name("quiz") {
        notes.expected(head(text, root), NAME, "<quiz>");
        return (Vec::new(), notes);
    }
    let mut drafts = Vec::new();
    for node in root.children().filter(Node::is_element) {
        let span = head(text, node);
        if !node.has_tag_name("question") {
            notes.not_kept(span, node.tag_name().name());
            continue;
        }
        let mut reader = Reader {
            node,
            span,
            language,
            notes: &mut notes,
        };
        drafts.extend(reader.question());
    }
    (drafts, notes)
}

/// The byte of a row and a column, both from 1.
fn byte(text: &str, pos: roxmltree::TextPos) -> usize {
    let row = (pos.row as usize).saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(row).map(str::len).sum();
    let column = (pos.col as usize).saturating_sub(1);
    let line = text[start..].lines().next().unwrap_or_default();
    start
        + line
            .char_indices()
            .nth(column)
            .map_or(line.len(), |(at, _)| at)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}

/// The first line of an element.
fn head(text: &str, node: Node<'_, '_>) -> Range<usize> {
    let start = node.range().start;
    start..line_end(text, start).min(node.range().end)
}

pub(super) struct Reader<'r, 'd> {
    pub(super) node: Node<'d, 'd>,
    pub(super) span: Range<usize>,
    pub(super) language: SiteLanguage,
    pub(super) notes: &'r mut Notes,
}

impl<'d> Reader<'_, 'd> {
    pub(super) fn question(&mut self) -> Option<Draft> {
        let kind = self.node.attribute("type").unwrap_or_default();
        if kind == "category" {
            let path = self.plain(self.node, "category");
            self.notes
                .not_kept(self.span.clone(), format!("category {path}"));
            return None;
        }
        self.unknown();
        let mut draft = Draft {
            name: self.plain(self.node, "name"),
            id: Some(self.value("idnumber")).filter(|id| !id.is_empty()),
            text: String::new(),
            points: self.points(),
            hints: self.all("hint"),
            model: Vec::new(),
            explanation: Vec::new(),
            tags: self.tags(),
            ask: Ask::Open(Vec::new()),
            span: self.span.clone(),
        };
        if kind != "cloze" && kind != "multianswer" {
            draft.text = self.child("questiontext");
        }
        draft.ask = self.ask(kind, &mut draft)?;
        draft.explanation.push(self.child("generalfeedback"));
        Some(draft)
    }

    /// Elements that nobody here reads.
    pub(super) fn unknown(&mut self) {
        for child in self.node.children().filter(Node::is_element) {
            let name = child.tag_name().name();
            if !SETTINGS.contains(&name) {
                self.notes.not_kept(self.place(child), name);
            }
        }
        for name in [
            "correctfeedback",
            "partiallycorrectfeedback",
            "incorrectfeedback",
        ] {
            let said = self.child(name);
            // What Moodle says of every answer by itself is no loss.
            let usual = said.starts_with("Your answer is") || said.starts_with("回答");
            if !said.is_empty() && !usual {
                self.notes
                    .not_kept(self.span.clone(), format!("{name} {said}"));
            }
        }
    }

    pub(super) fn place(&self, node: Node<'d, 'd>) -> Range<usize> {
        head(node.document().input_text(), node)
    }

    pub(super) fn elements(&self, name: &str) -> Vec<Node<'d, 'd>> {
        let children = self.node.children();
        children.filter(|node| node.has_tag_name(name)).collect()
    }

    /// The value of a setting.
    pub(super) fn value(&self, name: &str) -> String {
        let node = self.elements(name).into_iter().next();
        node.and_then(|node| node.text())
            .unwrap_or_default()
            .trim()
            .to_owned()
    }

    /// The plain text of an element's `<text>`.
    pub(super) fn plain(&self, within: Node<'d, 'd>, name: &str) -> String {
        let node = within.children().find(|node| node.has_tag_name(name));
        let text = node.and_then(raw_text).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// An element's text as markdown.
    pub(super) fn child(&mut self, name: &str) -> String {
        let node = self.elements(name).into_iter().next();
        node.map_or(String::new(), |node| self.text(node))
    }

    pub(super) fn all(&mut self, name: &str) -> Vec<String> {
        let nodes = self.elements(name);
        nodes.into_iter().map(|node| self.text(node)).collect()
    }

    /// The markdown of what an element's `<text>` says in its format.
    pub(super) fn text(&mut self, node: Node<'d, 'd>) -> String {
        let raw = raw_text(node).unwrap_or_default();
        let mut missed = Vec::new();
        let mut tell = |name: &str| missed.push(name.to_owned());
        let text = match node.attribute("format") {
            Some("markdown") => raw.trim().to_owned(),
            Some("plain_text") => markdown::of_plain(raw),
            Some("html") => markdown::of_html(raw, &mut tell),
            _ if markdown::is_html(raw) || raw.contains('&') => markdown::of_html(raw, &mut tell),
            _ => markdown::of_plain(raw),
        };
        for name in missed {
            self.notes.not_kept(self.place(node), name);
        }
        for file in node.children().filter(|node| node.has_tag_name("file")) {
            let name = file.attribute("name").unwrap_or_default();
            self.notes
                .not_kept(self.place(file), format!("file {name}"));
        }
        text
    }

    pub(super) fn points(&mut self) -> Option<u32> {
        let written = self.value("defaultgrade");
        let grade: f64 = written.parse().ok()?;
        if grade.fract() != 0.0 || grade < 1.0 {
            self.notes
                .not_kept(self.span.clone(), format!("defaultgrade {written}"));
        }
        Some(grade.round().clamp(1.0, 100.0) as u32)
    }

    pub(super) fn tags(&self) -> Vec<String> {
        let tags = self
            .elements("tags")
            .into_iter()
            .flat_map(|tags| tags.children());
        let tags = tags.filter(|node| node.has_tag_name("tag"));
        tags.filter_map(raw_text)
            .map(|text| text.trim().to_owned())
            .collect()
    }
}

pub(super) fn raw_text<'d>(node: Node<'d, 'd>) -> Option<&'d str> {
    let text = node.children().find(|node| node.has_tag_name("text"))?;
    text.text().or(Some(""))
}
