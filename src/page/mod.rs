//! A page as its author wrote it: its kind, its properties, and what others may point at.
//!
//! [`lower`] turns a parsed document into a [`Page`]. A page knows nothing of other pages: its
//! links are still words. The text itself stays in the source and is parsed again when it is
//! rendered, which costs less than keeping every event of ten thousand pages.

pub mod card;
pub mod front;
pub mod initials;
pub mod keywords;
pub mod kind;
pub mod question;
pub mod scenario;
mod tables;

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::source::FileId;
use crate::syntax::anchor::Slugger;
use crate::syntax::plain::{self, Length, PlainText};
use crate::syntax::{Document, Spanned, end_of};
use front::FrontMatter;
use initials::Initial;
use kind::Kind;
use question::Question;
use scenario::Scenario;

/// A summary that the author did not write is cut after this many characters.
const SUMMARY_CHARS: usize = 90;

/// A heading of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its plain text.
    pub text: String,
    /// The fragment that leads to it; the git host's own.
    pub anchor: String,
    /// The id in a comment below it, which survives rewording.
    pub id: Option<(String, Range<usize>)>,
    /// Where it is written.
    pub span: Range<usize>,
}

/// What a link shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// Text that leads elsewhere.
    Link,
    /// A picture.
    Image {
        /// Whether it has words for those who do not see it.
        has_alt: bool,
    },
}

/// A link as written: where it leads is not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// As written.
    pub dest: String,
    /// The whole link in the file.
    pub span: Range<usize>,
    /// What it shows.
    pub kind: LinkKind,
}

/// A page, by itself.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its text.
    pub file: FileId,
    /// Relative to the content folder: `complaints/procedure.md`.
    pub path: String,
    /// Where the markdown begins and ends in the text.
    pub body: Range<usize>,
    /// What its author says of it.
    pub front: FrontMatter,
    /// From the front matter or the first heading; empty only beside a diagnostic.
    pub title: String,
    /// Whether the title stands as a heading in the text, so that it is not shown twice.
    pub title_in_body: bool,
    /// From the front matter or the first paragraph.
    pub summary: String,
    /// In the order of the text.
    pub headings: Vec<Heading>,
    /// In the order of the text.
    pub links: Vec<Link>,
    /// In the order of the text.
    pub questions: Vec<Question>,
    /// In a glossary: the letters of its terms.
    pub initials: Vec<Initial>,
    /// How long it is.
    pub length: Length,
    /// Whether it holds HTML other than comments.
    pub has_raw_html: bool,
    /// What is played on it, where it is a scenario.
    pub scenario: Option<Box<Scenario>>,
}

impl Page {
    /// Whether it is the first page of its folder.
    pub fn is_index(&self) -> bool {
        self.path == "index.md" || self.path.ends_with("/index.md")
    }

    /// The folder at the top that the page lies in: its module.
    pub fn folder(&self) -> Option<&str> {
        self.path.split_once('/').map(|(folder, _)| folder)
    }

    /// What the page is known by in a learner's record: its path without the ending.
    pub fn id(&self) -> &str {
        self.path.strip_suffix(".md").unwrap_or(&self.path)
    }

    /// What a question is known by: the id that its author gave it, or else its place.
    pub fn question_id(&self, question: &Question) -> String {
        self.heading_id(question.heading)
    }

    /// What the entry under a heading is known by, in the same way.
    pub fn heading_id(&self, at: usize) -> String {
        let heading = &self.headings[at];
        match &heading.id {
            Some((id, _)) => id.clone(),
            None => format!("{}#{}", self.id(), heading.anchor),
        }
    }

    /// Whether `anchor` leads to a place on this page.
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.anchors().any(|one| one == anchor)
    }

    /// Every fragment that leads to a place on this page.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().flat_map(|heading| {
            let id = heading.id.as_ref().map(|(id, _)| id.as_str());
            std::iter::once(heading.anchor.as_str()).chain(id)
        })
    }
}

/// Reads a document as a page.
pub fn lower(
    file: FileId,
    path: &str,
    text: &str,
    document: &Document<'_>,
) -> (Page, Vec<Diagnostic>) {
    let (front, mut diagnostics) = match &document.front {
        Some(span) => front::read(file, text, span.clone()),
        None => (FrontMatter::default(), Vec::new()),
    };
    diagnostics.extend(tables::check(file, text, &document.events));
    let facts = Facts::gather(document);
    let opening = facts.headings.first().filter(|heading| heading.level == 1);
    let title = front
        .title
        .clone()
        .or_else(|| opening.map(|heading| heading.text.clone()));
    // Front matter that cannot be read may well hold a title.
    if title.is_none() && diagnostics.is_empty() && !document.unclosed {
        diagnostics.push(Diagnostic::at(
            Code::NoTitle,
            file,
            document.body.start..document.body.start,
        ));
    }
    let (questions, problems) =
        question::questions(file, text, front.kind, &facts.headings, &document.events);
    diagnostics.extend(problems);
    diagnostics.extend(uncited(file, &questions, &facts));
    let scenario = (front.kind == Kind::Scenario).then(|| {
        let (scenario, problems) = scenario::read::read(file, &document.events, &facts.headings);
        diagnostics.extend(problems);
        Box::new(scenario)
    });
    let page = Page {
        file,
        path: path.to_owned(),
        body: document.body.clone(),
        title_in_body: opening.is_some_and(|heading| Some(&heading.text) == title.as_ref()),
        title: title.unwrap_or_default(),
        summary: front
            .summary
            .clone()
            .unwrap_or_else(|| clip(&facts.first_paragraph)),
        initials: match front.kind {
            Kind::Glossary => initials::initials(&document.events),
            _ => Vec::new(),
        },
        front,
        headings: facts.headings,
        links: facts.links,
        questions,
        length: Length::of(&facts.text),
        has_raw_html: facts.has_raw_html,
        scenario,
    };
    (page, diagnostics)
}

/// Questions that lead nowhere: who fails one is to find the section that teaches it.
fn uncited(file: FileId, questions: &[Question], facts: &Facts) -> Vec<Diagnostic> {
    let cites = |question: &Question| {
        let mut links = facts.links.iter();
        links.any(|link| link.kind == LinkKind::Link && question.span.contains(&link.span.start))
    };
    let silent = questions
        .iter()
        .filter(|question| !question.is_survey() && !cites(question));
    silent
        .map(|question| {
            let heading = &facts.headings[question.heading];
            Diagnostic::at(Code::NoCitation, file, heading.span.clone())
        })
        .collect()
}

fn clip(text: &str) -> String {
    match text.char_indices().nth(SUMMARY_CHARS) {
        Some((at, _)) => format!("{}……", &text[..at]),
        None => text.to_owned(),
    }
}

/// What is read off the events of a page.
#[derive(Debug, Default)]
struct Facts {
    headings: Vec<Heading>,
    links: Vec<Link>,
    first_paragraph: String,
    text: String,
    has_raw_html: bool,
}

impl Facts {
    fn gather(document: &Document<'_>) -> Self {
        let mut facts = Self::default();
        let mut depth = 0usize;
        let mut slugger = Slugger::new();
        let mut whole = PlainText::default();
        let events = &document.events;
        for (at, (event, span)) in events.iter().enumerate() {
            whole.push(event);
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    let text = plain::text(inside(events, at));
                    let anchor = slugger.anchor(&text);
                    let span = span.clone();
                    facts.headings.push(Heading {
                        level: *level as u8,
                        text,
                        anchor,
                        id: None,
                        span,
                    });
                }
                Event::Start(Tag::Paragraph) if depth == 0 && facts.may_summarise() => {
                    facts.first_paragraph = plain::text(inside(events, at));
                }
                Event::Start(Tag::Link {
                    dest_url,
                    link_type,
                    ..
                }) => {
                    let mail = matches!(link_type, LinkType::Email);
                    let dest = if mail {
                        format!("mailto:{dest_url}")
                    } else {
                        dest_url.to_string()
                    };
                    facts.links.push(Link {
                        dest,
                        span: span.clone(),
                        kind: LinkKind::Link,
                    });
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let has_alt = !plain::text(inside(events, at)).is_empty();
                    let kind = LinkKind::Image { has_alt };
                    facts.links.push(Link {
                        dest: dest_url.to_string(),
                        span: span.clone(),
                        kind,
                    });
                }
                Event::Html(html) | Event::InlineHtml(html) => facts.html(html, span),
                _ => {}
            }
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        facts.text = whole.finish();
        facts
    }

    /// Only what opens a page can stand for it: nothing below a second heading.
    fn may_summarise(&self) -> bool {
        self.first_paragraph.is_empty() && self.headings.iter().all(|heading| heading.level == 1)
    }

    /// A comment may name the heading above it; any other HTML is only noted.
    fn html(&mut self, html: &str, span: &Range<usize>) {
        let html = html.trim();
        let Some(comment) = html
            .strip_prefix("<!--")
            .and_then(|rest| rest.strip_suffix("-->"))
        else {
            self.has_raw_html |= !html.is_empty();
            return;
        };
        if let (Some(id), Some(heading)) = (comment_id(comment), self.headings.last_mut()) {
            heading
                .id
                .get_or_insert_with(|| (id.to_owned(), span.start..span.start + html.len()));
        }
    }
}

/// The id in a comment of the form `id: ts-01`.
fn comment_id(comment: &str) -> Option<&str> {
    let id = comment.trim().strip_prefix("id:")?.trim();
    (!id.is_empty() && !id.contains(char::is_whitespace)).then_some(id)
}

/// The events between the start at `at` and its end.
fn inside<'e, 's>(events: &'e [Spanned<'s>], at: usize) -> &'e [Spanned<'s>] {
    &events[at + 1..end_of(events, at).max(at + 1)]
}
