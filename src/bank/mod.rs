//! The question bank apart from its pages: every question as pieces of markdown.
//!
//! A [`crate::page::question::Question`] is places in a page; an [`Item`] stands alone, so that it can be
//! carried into other formats, onto paper, and back. [`read`] takes items off a page, [`mod@write`] gives the page back.

pub mod read;
pub mod write;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::page::question::{Accepts, numbers};
use crate::site::{Site, SitePage};
use crate::source::{FileId, Sources};

/// A question that stands alone. All texts are markdown.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it is known by, in the site and in a learner's record.
    pub id: String,
    /// What is asked, on one line, without notes such as （多选）.
    pub title: String,
    /// What a right answer earns.
    pub points: u32,
    /// What stands between the title and the answer; empty where gaps are to be filled.
    pub stem: String,
    /// One after another, each telling more.
    pub hints: Vec<String>,
    /// A model answer.
    pub model: Vec<String>,
    /// Why, and where it is taught.
    pub explanation: Vec<String>,
    /// How it is answered.
    pub ask: Ask,
}

/// How an item is answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// By choosing.
    Choice {
        /// In the order of the text.
        options: Vec<Choice>,
        /// Whether several are right.
        multiple: bool,
        /// Whether the options are 对 and 错.
        true_false: bool,
    },
    /// By choosing, where nothing is right.
    Survey {
        /// In the order of the text.
        options: Vec<Choice>,
        /// Whether several may be chosen.
        multiple: bool,
    },
    /// By filling gaps.
    Blanks {
        /// Around the gaps: one more than there are gaps.
        texts: Vec<String>,
        /// In the order of the text.
        gaps: Vec<Gap>,
    },
    /// By putting items, given in their right order, into order.
    Ordering(Vec<String>),
    /// By finding what belongs together.
    Matching {
        /// Above the two columns.
        head: [String; 2],
        /// The left sides, each with its choice.
        rows: Vec<(String, usize)>,
        /// The right sides, every one once.
        choices: Vec<String>,
    },
    /// By sorting into columns.
    Classify {
        /// The first names the rows.
        head: Vec<String>,
        /// Each with its columns.
        rows: Vec<(String, Vec<usize>)>,
    },
    /// By writing.
    Open(Vec<Criterion>),
}

/// An option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen.
    pub text: String,
    /// Percent of the points.
    pub share: u8,
    /// What is said to who chose it.
    pub feedback: Option<String>,
}

/// A gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// Filled by writing one of these, which are numbers where all of them are.
    Typed(Vec<String>),
    /// Filled by choosing.
    Choices {
        /// In an order that tells nothing.
        choices: Vec<String>,
        /// The right one's place.
        right: usize,
    },
}

/// What an open answer is judged by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// What meeting it earns.
    pub points: u32,
    /// What is to be met.
    pub text: String,
}

/// An item with the place that it was read at.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The item.
    pub item: Item,
    /// The text that it was read from.
    pub file: FileId,
    /// Its bytes there: of its heading, where it has one.
    pub span: Range<usize>,
}

/// A term with its meaning, or a situation with the sentence to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// As the entry of its page is known.
    pub id: String,
    /// What is to be remembered of it.
    pub front: String,
    /// What is to be remembered.
    pub back: String,
    /// Where it was read.
    pub file: FileId,
    /// Its bytes there.
    pub span: Range<usize>,
}

/// What a page holds, in its place in the course.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The path of the page without its ending.
    pub page: String,
    /// Its title.
    pub title: String,
    /// The folder and the title of its module.
    pub module: Option<(String, String)>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its questions.
    pub items: Vec<Placed>,
    /// Its cards.
    pub cards: Vec<Card>,
    /// The full addresses of its relative links, where it is known where the site is served.
    pub links: BTreeMap<String, String>,
}

impl Gap {
    /// What is accepted, as the grader reads it; `None` for choices and plain texts.
    pub fn numbers(&self) -> Option<Accepts> {
        let Self::Typed(written) = self else {
            return None;
        };
        let written: Vec<&str> = written.iter().map(String::as_str).collect();
        numbers(&written).ok().flatten()
    }
}

/// The questions and cards of a site, page by page in reading order; `module` keeps one folder.
pub fn of_site(site: &Site, sources: &Sources, module: Option<&str>) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for (_, place) in site.ids() {
        let page = &place.page;
        let of = place.module.map(|id| site.module(id));
        if module.is_some_and(|name| of.is_none_or(|module| module.id != name)) {
            continue;
        }
        if page.questions.is_empty() && !page.front.kind.info().entries {
            continue;
        }
        let (items, cards) = read::page(page, sources.text(page.file));
        sheets.push(Sheet {
            page: page.id().to_owned(),
            title: page.title.clone(),
            module: of.map(|module| (module.id.clone(), module.title.clone())),
            tags: page.front.tags.clone(),
            items,
            cards,
            links: links(site, place),
        });
    }
    sheets
}

fn links(site: &Site, place: &SitePage) -> BTreeMap<String, String> {
    let base = &site.config.base_url;
    if base.is_empty() {
        return BTreeMap::new();
    }
    let full = |link: &crate::page::Link| {
        let target = place.targets.get(&link.span.start)?;
        // A file that does not exist: what is relative to it is relative to the site's root.
        let href = site.href("", target)?;
        Some((link.dest.clone(), format!("{base}{href}")))
    };
    place.page.links.iter().filter_map(full).collect()
}
