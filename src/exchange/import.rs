//! From what other formats hold to a page in ours: titles, stable ids, and the proof that the page
//! reads back as what was meant.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::markdown;
use crate::bank::write::{self, Front};
use crate::bank::{Ask, Gap, Item, read};
use crate::config::SiteLanguage;
use crate::diag::codes::Code;
use crate::diag::{Diagnostic, Place, Severity};
use crate::page::{self, keywords};
use crate::source::{FileId, Sources};
use crate::syntax::{self, plain::is_wide};

/// The longest id that is taken from a name.
const LONGEST_ID: usize = 40;
/// The most points that a heading can promise.
const MOST_POINTS: u32 = 100;

/// A question as another format has it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What the other format calls it, as plain text; may be empty.
    pub name: String,
    /// What it is known by there.
    pub id: Option<String>,
    /// What is asked, as markdown; of a text with gaps, nothing.
    pub text: String,
    /// What a right answer earns, where the format says so.
    pub points: Option<u32>,
    /// One after another.
    pub hints: Vec<String>,
    /// Model answers.
    pub model: Vec<String>,
    /// Why.
    pub explanation: Vec<String>,
    /// Words by which others find it.
    pub tags: Vec<String>,
    /// How it is answered. A text around gaps still holds the title.
    pub ask: Ask,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What reading a file of another format gave.
#[derive(Debug)]
pub struct Imported {
    /// A page in our format; `None` where nothing could be read.
    pub page: Option<String>,
    /// How many questions it holds.
    pub count: usize,
    /// What was wrong, and what could not be kept.
    pub diagnostics: Vec<Diagnostic>,
}

/// What is told while a file is read.
#[derive(Debug)]
pub struct Notes {
    /// The file.
    pub file: FileId,
    /// What was told.
    pub diagnostics: Vec<Diagnostic>,
}

impl Notes {
    /// Something has no counterpart and is dropped.
    pub fn not_kept(&mut self, span: Range<usize>, what: impl Into<String>) {
        let diagnostic = Diagnostic::at(Code::NotKept, self.file, span).with("what", what);
        if self.diagnostics.last() != Some(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// A question of a type that we do not have.
    pub fn no_counterpart(&mut self, span: Range<usize>, what: impl Into<String>) {
        self.diagnostics
            .push(Diagnostic::at(Code::NoCounterpart, self.file, span).with("what", what));
    }

    /// The file is not what it should be.
    pub fn expected(&mut self, span: Range<usize>, format: &str, expected: &str) {
        let diagnostic = Diagnostic::at(Code::ImportSyntax, self.file, span);
        self.diagnostics
            .push(diagnostic.with("format", format).with("expected", expected));
    }
}

/// The language that a text is written in, for the words that we add.
pub fn language(text: &str) -> SiteLanguage {
    if text.chars().any(is_wide) {
        SiteLanguage::Hans
    } else {
        SiteLanguage::English
    }
}

/// Makes a page of drafts.
pub fn finish(
    title: &str,
    language: SiteLanguage,
    drafts: Vec<Draft>,
    mut notes: Notes,
) -> Imported {
    if drafts.is_empty() {
        if !crate::diag::has_errors(&notes.diagnostics) {
            notes
                .diagnostics
                .push(Diagnostic::at(Code::NothingImported, notes.file, 0..0));
        }
        return Imported {
            page: None,
            count: 0,
            diagnostics: notes.diagnostics,
        };
    }
    let words = keywords::words(language);
    let mut ids = BTreeSet::new();
    let mut front = Front {
        title: title.to_owned(),
        tags: Vec::new(),
    };
    let mut spans = Vec::with_capacity(drafts.len());
    let mut items = Vec::with_capacity(drafts.len());
    for draft in drafts {
        for tag in &draft.tags {
            if !front.tags.contains(tag) {
                front.tags.push(tag.clone());
            }
        }
        spans.push(draft.span.clone());
        items.push(item(draft, &mut ids, &mut notes, language));
    }
    let page = write::page(&front, &items, &words);
    prove(&page, &items, &spans, &mut notes);
    Imported {
        page: Some(page),
        count: items.len(),
        diagnostics: notes.diagnostics,
    }
}

fn item(
    draft: Draft,
    ids: &mut BTreeSet<String>,
    notes: &mut Notes,
    language: SiteLanguage,
) -> Item {
    let mut draft = draft;
    let (title, stem) = match &mut draft.ask {
        Ask::Blanks { texts, .. } => (gapped_title(&draft.name, texts), String::new()),
        _ => title(&draft.name, &draft.text),
    };
    let noted = keywords::points(&title);
    let title = keywords::without_notes(&title);
    let title = match (title.is_empty(), language) {
        (false, _) => title,
        (true, SiteLanguage::English) => "Question".to_owned(),
        (true, _) => "题目".to_owned(),
    };
    let points = draft.points.or(noted).unwrap_or(1);
    if !(1..=MOST_POINTS).contains(&points) {
        notes.not_kept(draft.span.clone(), format!("{points}"));
    }
    let id = id(&draft, &title, &stem, ids);
    Item {
        id,
        title,
        points: points.clamp(1, MOST_POINTS),
        stem,
        hints: filled(draft.hints),
        model: filled(draft.model),
        explanation: filled(draft.explanation),
        ask: draft.ask,
    }
}

fn filled(texts: Vec<String>) -> Vec<String> {
    let trimmed = texts.into_iter().map(|text| text.trim().to_owned());
    trimmed.filter(|text| !text.is_empty()).collect()
}

/// What of a question is its heading, and what stands below it.
fn title(name: &str, text: &str) -> (String, String) {
    let text = text.trim();
    let (first, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    let is_line = is_paragraph(first) && !first.contains('\n');
    let named = !name.is_empty() && super::html::words(first) == name;
    if is_line && (named || rest.is_empty() || name.is_empty()) {
        return (first.to_owned(), rest.trim().to_owned());
    }
    let name = if name.is_empty() {
        let line = text.lines().next().unwrap_or_default();
        super::html::words(line)
    } else {
        name.to_owned()
    };
    (
        markdown::escape(&markdown::one_line(&name)),
        text.to_owned(),
    )
}

/// The heading of a text with gaps: its first paragraph, where no gap stands in it.
fn gapped_title(name: &str, texts: &mut [String]) -> String {
    let Some(first) = texts.first_mut() else {
        return name.to_owned();
    };
    let text = first.trim_start().to_owned();
    if let Some((line, rest)) = text.split_once("\n\n")
        && is_paragraph(line)
        && !line.contains('\n')
    {
        let title = line.to_owned();
        *first = rest.trim_start_matches('\n').to_owned();
        return title;
    }
    *first = text.clone();
    // A gap that stands at the very end is what the question asks for.
    let is_last = texts.len() == 2 && texts[1].trim().is_empty();
    let line = text.trim_end();
    if is_last && is_paragraph(line) && !line.contains('\n') {
        let title = line.to_owned();
        texts[0] = String::new();
        texts[1] = String::new();
        return title;
    }
    if !name.is_empty() {
        return markdown::escape(&markdown::one_line(name));
    }
    let whole = texts.iter().map(|text| super::html::words(text));
    let whole = whole.collect::<Vec<_>>().join("＿＿");
    markdown::escape(whole.lines().next().unwrap_or_default().trim())
}

/// Whether markdown is one paragraph.
fn is_paragraph(text: &str) -> bool {
    use pulldown_cmark::{Event, Tag};
    let events = syntax::events(text, 0..text.len());
    matches!(events.first(), Some((Event::Start(Tag::Paragraph), _)))
        && syntax::end_of(&events, 0) + 1 == events.len()
}

/// An id that the next import of the same file gives again: the other format's own, or its name, or
/// else a hash of what is asked.
fn id(draft: &Draft, title: &str, stem: &str, taken: &mut BTreeSet<String>) -> String {
    let own = draft.id.as_deref().map(bare).filter(|id| !id.is_empty());
    let name = bare(&draft.name);
    let is_name = !name.is_empty()
        && name.chars().count() <= LONGEST_ID
        && super::html::words(title) != draft.name;
    let id = own.unwrap_or_else(|| {
        if is_name {
            return name;
        }
        let asked = format!("{title}\n{stem}\n{:?}", draft.ask);
        format!("q-{}", &blake3::hash(asked.as_bytes()).to_hex()[..10])
    });
    let mut unique = id.clone();
    let mut number = 2;
    while !taken.insert(unique.clone()) {
        unique = format!("{id}-{number}");
        number += 1;
    }
    unique
}

/// A name as an id: letters, digits and what stands between them.
fn bare(name: &str) -> String {
    let mut id = String::new();
    for c in name.trim().chars() {
        if c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '#') {
            id.push(c);
        } else if !id.ends_with('-') {
            id.push('-');
        }
    }
    id.trim_matches('-').to_owned()
}

/// Reads the page as a build would, and tells of every question that is not what was meant.
fn prove(page: &str, items: &[Item], spans: &[Range<usize>], notes: &mut Notes) {
    let again: BTreeMap<String, Item> = read_back(page)
        .into_iter()
        .map(|item| (item.id.clone(), item))
        .collect();
    for (item, span) in items.iter().zip(spans) {
        if again.get(&item.id).is_none_or(|again| !same(item, again)) {
            let diagnostic = Diagnostic::at(Code::ReadsOtherwise, notes.file, span.clone());
            notes
                .diagnostics
                .push(diagnostic.with("id", item.id.clone()));
        }
    }
}

/// The items of a page that stands in no site, without those that a build would refuse.
pub fn read_back(text: &str) -> Vec<Item> {
    let mut sources = Sources::default();
    let file = sources.add("import.md", text);
    let (document, _) = syntax::parse(file, text);
    let (page, problems) = page::lower(file, "import.md", text, &document);
    let refused: BTreeSet<usize> = problems
        .iter()
        .filter(|problem| problem.severity() == Severity::Error)
        .filter_map(|problem| match &problem.place {
            Place::Span(_, span) => {
                let after = page
                    .questions
                    .partition_point(|one| one.span.start <= span.start);
                after.checked_sub(1)
            }
            _ => None,
        })
        .collect();
    let (items, _) = read::page(&page, text);
    let kept = items
        .into_iter()
        .enumerate()
        .filter(|(at, _)| !refused.contains(at));
    kept.map(|(_, placed)| placed.item).collect()
}

/// Whether two items are the same but for the order of the choices in their gaps.
fn same(a: &Item, b: &Item) -> bool {
    let sorted = |item: &Item| {
        let mut item = item.clone();
        if let Ask::Blanks { gaps, texts } = &mut item.ask {
            for gap in gaps {
                if let Gap::Choices { choices, right } = gap {
                    let word = choices[*right].clone();
                    choices.sort_unstable();
                    *right = choices.iter().position(|one| *one == word).unwrap_or(0);
                }
            }
            if let Some(first) = texts.first_mut() {
                *first = first.trim_start().to_owned();
            }
            if let Some(last) = texts.last_mut() {
                *last = last.trim_end().to_owned();
            }
        }
        item
    };
    sorted(a) == sorted(b)
}
