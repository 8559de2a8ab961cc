//! What the engine answers: pages, best first, each with the sections that match.

use serde::Serialize;

/// The answer to one query.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Results {
    /// The pages asked for, best first.
    pub pages: Vec<PageHit>,
    /// How many pages match in all.
    pub total_pages: usize,
    /// The kinds of the pages that match, most frequent first, whatever kind was asked for.
    pub kinds: Vec<Facet>,
    /// The modules of the pages that match, most frequent first, whatever module was asked for.
    pub modules: Vec<Facet>,
    /// The best rung of the ladder that anything matched; `None` when nothing did.
    pub step: Option<Step>,
    /// The parts of the query that were left out: phrases that only make it a question, and words no page holds.
    pub dropped: Vec<String>,
}

/// How closely a page matches. A higher step wins over every score of a lower one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// A section holds the whole query as it was typed.
    Phrase,
    /// A section holds every word of the query.
    All,
    /// A section holds most of the terms of the query.
    Most,
}

/// A page that matches, with its best sections.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageHit {
    /// Where the page is, relative to the site.
    pub url: String,
    /// The title of the page.
    pub title: String,
    /// The title again, the matching parts marked.
    pub title_spans: Vec<Span>,
    /// The kind of page.
    pub kind: String,
    /// The folder of its module.
    pub module: String,
    /// The title of its module.
    pub module_title: String,
    /// Whom the page is for.
    pub audience: Vec<String>,
    /// The rung of the ladder the page matched.
    pub step: Step,
    /// What orders the pages of one rung. It is not comparable between queries.
    pub score: f32,
    /// The best sections, at most three. A page whose title alone matches shows its opening.
    pub sections: Vec<SectionHit>,
}

/// A section that matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SectionHit {
    /// Where the section is, relative to the site, with its anchor.
    pub url: String,
    /// The heading; empty for the opening of the page.
    pub heading: String,
    /// The heading again, the matching parts marked.
    pub heading_spans: Vec<Span>,
    /// The headings above it, outermost first.
    pub parents: Vec<String>,
    /// The part of the text that matches best, the matching parts marked.
    pub excerpt: Vec<Span>,
}

/// A piece of text that is, or is not, what was searched for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The text of the piece.
    pub text: String,
    /// Whether it matches.
    pub mark: bool,
}

/// How many of the matching pages share a property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// What a query filters by.
    pub id: String,
    /// What people read; for a kind, the same as `id`.
    pub title: String,
    /// The number of pages.
    pub count: usize,
}
