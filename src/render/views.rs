//! What templates are given: one typed struct a template, and nothing else.
//!
//! Every `url` is relative to the site's root and encoded for HTML; a template writes
//! `{{ root }}{{ url }}`. A field that may be missing is `null`, never absent, so that a misspelt
//! name in a template is an error.

use serde::Serialize;

/// A link to a page.
#[derive(Debug, Clone, Hash, Serialize)]
#[allow(missing_docs)]
pub struct PageLink {
    pub title: String,
    pub url: String,
    pub kind: &'static str,
    pub kind_label: String,
    pub module_title: String,
}

/// A page in a list.
#[derive(Debug, Clone, Hash, Serialize)]
#[allow(missing_docs)]
pub struct PageEntry {
    pub title: String,
    pub url: String,
    pub summary: Option<String>,
    pub minutes: Option<u32>,
    pub kind: &'static str,
    pub kind_label: String,
    pub module_title: String,
}

/// A named link.
#[derive(Debug, Clone, Hash, Serialize)]
#[allow(missing_docs)]
pub struct NamedLink {
    pub title: String,
    pub url: String,
}

/// A tag and its list.
#[derive(Debug, Clone, Hash, Serialize)]
#[allow(missing_docs)]
pub struct TagLink {
    pub name: String,
    pub url: String,
}

/// What a learner can do afterwards.
#[derive(Debug, Clone, Hash, Serialize)]
#[allow(missing_docs)]
pub struct ObjectiveView {
    pub id: String,
    /// In the site's language.
    pub level: String,
    pub text: String,
}

/// Somebody whom a page is for.
#[derive(Debug, Clone, Hash, Serialize)]
#[allow(missing_docs)]
pub struct AudienceView {
    pub id: &'static str,
    pub label: String,
}

/// Where a fact comes from.
#[derive(Debug, Clone, Hash, Serialize)]
#[allow(missing_docs)]
pub struct SourceView {
    pub title: String,
    pub article: Option<String>,
    pub url: Option<String>,
}

/// A heading in a page's table of contents.
#[derive(Debug, Clone, Hash, Serialize)]
#[allow(missing_docs)]
pub struct ContentsEntry {
    pub level: u8,
    pub title: String,
    /// Encoded for HTML.
    pub anchor: String,
}

/// A page beside the one that is shown, in its module.
#[derive(Debug, Clone, Hash, Serialize)]
#[allow(missing_docs)]
pub struct Neighbour {
    pub title: String,
    pub url: String,
    pub kind: &'static str,
    pub kind_label: String,
    pub current: bool,
}

/// A module in the navigation of a page.
#[derive(Debug, Clone, Hash, Serialize)]
#[allow(missing_docs)]
pub struct NavModule {
    pub id: String,
    pub title: String,
    pub url: String,
}

/// The module that a page is in, seen from the page.
#[derive(Debug, Clone, Hash, Serialize)]
#[allow(missing_docs)]
pub struct ModuleFrame {
    pub id: String,
    pub title: String,
    pub url: String,
    /// How many pages it has.
    pub total: usize,
    /// The page's neighbours, at most [`super::frame::NEIGHBOURS`].
    pub pages: Vec<Neighbour>,
}

/// Everything about a page but its text. Two pages with equal frames and equal texts are equal.
#[derive(Debug, Clone, Hash, Serialize)]
#[allow(missing_docs)]
pub struct Frame {
    /// What the page is known by in a learner's record; empty for pages that nobody wrote.
    pub id: String,
    pub title: String,
    /// As its author wrote it.
    pub summary: Option<String>,
    /// The summary, or else the beginning of the text: what search engines and previews show.
    pub description: Option<String>,
    pub kind: &'static str,
    pub kind_label: String,
    pub url: String,
    /// The full address, where the site knows its own.
    pub canonical: Option<String>,
    pub minutes: Option<u32>,
    pub reading_minutes: usize,
    pub words: usize,
    pub objectives: Vec<ObjectiveView>,
    pub audience: Vec<AudienceView>,
    pub tags: Vec<TagLink>,
    pub owner: Option<String>,
    pub reviewed: Option<String>,
    /// The day by which it is to be reviewed again.
    pub due: Option<String>,
    pub stale: bool,
    pub sources: Vec<SourceView>,
    pub contents: Vec<ContentsEntry>,
    pub breadcrumbs: Vec<NamedLink>,
    pub module: Option<ModuleFrame>,
    /// The modules around the page's own, at most [`super::frame::MODULES`].
    pub nav: Vec<NavModule>,
    pub previous: Option<PageLink>,
    pub next: Option<PageLink>,
    pub requires: Vec<PageLink>,
    pub next_up: Vec<PageLink>,
    pub backlinks: Vec<PageLink>,
    pub backlinks_total: usize,
    pub draft: bool,
    pub source_path: String,
    /// How many questions it shows.
    pub questions: usize,
    /// How a quiz is delivered: JSON for an attribute in single quotes.
    pub quiz: Option<String>,
}

/// A page as templates see it.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct PageView<'v> {
    #[serde(flatten)]
    pub frame: &'v Frame,
    /// HTML.
    pub body: &'v str,
}

/// For `page.html` and every `kind-*.html`.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct PageContext<'v> {
    pub root: &'v str,
    pub page: PageView<'v>,
}

/// A way in from the home page.
#[derive(Debug, Clone, Hash, Serialize)]
#[allow(missing_docs)]
pub struct DoorView {
    pub title: String,
    pub text: String,
    pub url: String,
}

/// A page that was reviewed lately.
#[derive(Debug, Clone, Hash, Serialize)]
#[allow(missing_docs)]
pub struct RecentView {
    pub title: String,
    pub url: String,
    pub reviewed: String,
}

/// For `home.html`.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct HomeContext<'v> {
    pub root: &'v str,
    pub page: PageView<'v>,
    pub doors: Vec<DoorView>,
    pub recent: Vec<RecentView>,
}

/// The pages of one kind in a module.
#[derive(Debug, Clone, Hash, Serialize)]
#[allow(missing_docs)]
pub struct Group {
    pub kind: &'static str,
    pub label: String,
    pub pages: Vec<PageEntry>,
}

/// For `module.html`.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ModuleContext<'v> {
    pub root: &'v str,
    pub page: PageView<'v>,
    pub groups: Vec<Group>,
}

/// For `list.html`.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ListContext<'v> {
    pub root: &'v str,
    pub page: PageView<'v>,
    pub heading: String,
    pub intro: Option<String>,
    pub pages: Vec<PageEntry>,
}

/// For `me.html` and `review.html`.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct LearnerContext<'v> {
    pub root: &'v str,
    pub page: PageView<'v>,
    /// JSON that may stand in a script element.
    pub strings: String,
}

/// For `redirect.html`.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct RedirectContext<'v> {
    pub root: &'v str,
    pub page: PageView<'v>,
    pub target: String,
}

/// An entry of the Atom feed.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct FeedEntry {
    pub title: String,
    pub url: String,
    /// RFC 3339.
    pub updated: String,
    pub summary: Option<String>,
    /// A `urn:`, which does not change when the site moves.
    pub id: String,
}

/// For `feed.xml`.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct FeedContext {
    pub id: String,
    pub updated: String,
    pub entries: Vec<FeedEntry>,
}

/// A page in the sitemap.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct SitemapEntry {
    pub loc: String,
    pub lastmod: Option<String>,
}

/// For `sitemap.xml`.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct SitemapContext {
    pub urls: Vec<SitemapEntry>,
}

/// For `robots.txt`.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct RobotsContext {
    pub sitemap: Option<String>,
}

/// The site in every template.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct SiteView {
    pub id: String,
    pub title: String,
    pub description: String,
    pub language: &'static str,
    pub base_url: String,
    pub generator: &'static str,
    /// Whether there is a feed.
    pub feed: bool,
}

/// The addresses of the theme's own files.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct AssetsView<'v> {
    pub style: &'v str,
    pub script: &'v str,
    pub files: &'v std::collections::BTreeMap<String, String>,
}

/// A module in every template.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ModuleView {
    pub id: String,
    pub title: String,
    pub url: String,
    pub summary: Option<String>,
    pub count: usize,
    pub minutes: u32,
}

/// A kind that has pages, in every template.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct KindView {
    pub id: &'static str,
    pub label: String,
    pub url: String,
    pub count: usize,
}
