//! All pages together: addresses, reading order, and where every link leads.
//!
//! [`resolve::resolve`] makes a [`Site`] of pages. A link in a [`Page`] is words; in a
//! [`SitePage`] it is a target. What could not be resolved is kept as a fact for the checks to
//! tell, never guessed at.

pub mod link;
pub mod pool;
pub mod resolve;
pub mod url;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use crate::config::Config;
use crate::page::Page;
use crate::page::kind::Kind;
use link::{Broken, PageId, Target};
use pool::Pool;

/// A module of the course, by its place in [`Site::modules`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(pub usize);

/// A page in its place.
#[derive(Debug, Clone)]
pub struct SitePage {
    /// The page itself.
    pub page: Arc<Page>,
    /// Its file in the built site, not percent-encoded.
    pub url: String,
    /// The module that it belongs to; none for pages at the root.
    pub module: Option<ModuleId>,
    /// Where its links lead, by the first byte of each in the text.
    pub targets: HashMap<usize, Target>,
    /// The page to read before, from the front matter.
    pub requires: Vec<PageId>,
    /// The pages to go on with, from the front matter.
    pub next_up: Vec<PageId>,
    /// Where the doors of a home page lead, in their order.
    pub doors: Vec<Option<Target>>,
    /// Where a quiz draws its questions from, besides its own.
    pub pools: Vec<Pool>,
    /// The page before it in its module.
    pub previous: Option<PageId>,
    /// The page after it in its module.
    pub next: Option<PageId>,
    /// Pages that link to it, in reading order.
    pub cited_by: Vec<PageId>,
}

/// A folder of the course.
#[derive(Debug, Clone)]
pub struct Module {
    /// The folder's name.
    pub id: String,
    /// From its `index.md`, or the folder's name.
    pub title: String,
    /// From its `index.md`.
    pub summary: String,
    /// Its first page, where there is one.
    pub index: Option<PageId>,
    /// Its other pages in reading order.
    pub pages: Vec<PageId>,
    /// The file of its first page.
    pub url: String,
}

/// Pages that have something in common: a page of their own lists them.
#[derive(Debug, Clone)]
pub struct Listing {
    /// A tag, or a kind's name.
    pub name: String,
    /// The file of the list.
    pub url: String,
    /// In reading order.
    pub pages: Vec<PageId>,
}

/// An earlier address of a page.
#[derive(Debug, Clone)]
pub struct Redirect {
    /// As written in the front matter.
    pub written: String,
    /// Where it is written.
    pub span: Range<usize>,
    /// The file of the redirect; `None` where the alias is no path inside the site.
    pub url: Option<String>,
    /// The page that is there now.
    pub to: PageId,
}

/// A link that leads nowhere.
#[derive(Debug, Clone)]
pub struct BrokenLink {
    /// The page that it is on.
    pub page: PageId,
    /// Where in the text.
    pub span: Range<usize>,
    /// As written.
    pub dest: String,
    /// Why.
    pub why: Broken,
}

/// The whole course, its links resolved, not yet checked.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its settings.
    pub config: Config,
    /// The pages in reading order: the root's, then module by module.
    pub pages: Vec<SitePage>,
    /// The modules in their order.
    pub modules: Vec<Module>,
    /// Pages by kind, in the order of the kinds' table.
    pub kinds: Vec<(Kind, Listing)>,
    /// Pages by tag, by name.
    pub tags: Vec<Listing>,
    /// Earlier addresses.
    pub redirects: Vec<Redirect>,
    /// The files of the content folder that pages use.
    pub assets: BTreeSet<String>,
    /// Every file of the content folder that is no page.
    pub files: BTreeSet<String>,
    /// The paths of drafts that are left out.
    pub drafts: BTreeSet<String>,
    /// Links that lead nowhere.
    pub broken: Vec<BrokenLink>,
}

impl Site {
    /// The page of an id.
    pub fn page(&self, id: PageId) -> &SitePage {
        &self.pages[id.0]
    }

    /// The module of an id.
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.0]
    }

    /// All pages with their ids.
    pub fn ids(&self) -> impl Iterator<Item = (PageId, &SitePage)> {
        self.pages
            .iter()
            .enumerate()
            .map(|(at, page)| (PageId(at), page))
    }

    /// The home page.
    pub fn home(&self) -> Option<PageId> {
        self.ids()
            .find(|(_, page)| page.page.path == "index.md")
            .map(|(id, _)| id)
    }

    /// The file of the page behind each tag's name.
    pub fn tag_urls(&self) -> BTreeMap<&str, &str> {
        self.tags
            .iter()
            .map(|tag| (tag.name.as_str(), tag.url.as_str()))
            .collect()
    }

    /// The relative link that a target has on the page at `from`; `None` out of the site.
    pub fn href(&self, from: &str, target: &Target) -> Option<String> {
        match target {
            Target::Page(id, anchor) => {
                let to = &self.page(*id).url;
                let path = if to == from {
                    String::new()
                } else {
                    url::encode(&url::relative(from, to))
                };
                Some(match anchor {
                    Some(anchor) => format!("{path}#{}", url::encode(anchor)),
                    None if path.is_empty() => url::encode(&url::relative(from, to)),
                    None => path,
                })
            }
            Target::Asset(path) => Some(url::encode(&url::relative(from, path))),
            Target::External => None,
        }
    }
}
