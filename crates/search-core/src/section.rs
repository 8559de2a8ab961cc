//! What is indexed: one section of one page.

/// One searchable section of a page: a hit lands on its anchor.
///
/// The sections of a page follow one another, its opening first; that is how a page is recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Section {
    /// Where a hit leads: relative to the site, with `#anchor` unless it is the top of the page.
    pub url: String,
    /// The page the section belongs to, relative to the site.
    pub page_url: String,
    /// The title of that page.
    pub page_title: String,
    /// The heading of the section; empty for the opening of the page.
    pub heading: String,
    /// The headings above this one, outermost first.
    pub parents: Vec<String>,
    /// Other words people use for it.
    pub also: Vec<String>,
    /// The text of the section, without markup.
    pub body: String,
    /// The kind of page: lesson, scripts, case …
    pub kind: String,
    /// The folder of the module the page belongs to.
    pub module: String,
    /// The title of that module.
    pub module_title: String,
    /// Whom the page is for.
    pub audience: Vec<String>,
    /// The tags of the page.
    pub tags: Vec<String>,
}
