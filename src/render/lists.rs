//! Pages that list other pages: home, modules, kinds, tags; and the generator's own pages.

use std::collections::BTreeMap;

use serde_json::json;

use super::frame::Framer;
use super::views::{
    DoorView, Group, HomeContext, KindView, LearnerContext, ListContext, ModuleContext, ModuleView,
    PageContext, PageEntry, PageView, RecentView, RedirectContext,
};
use super::{File, Renderer};
use crate::diag::Diagnostic;
use crate::page::kind::KINDS;
use crate::site::link::{PageId, Target};
use crate::site::url::{encode, relative, root_of};
use crate::site::{Listing, Module, Site};

/// So many lately reviewed pages stand on the home page.
const RECENT: usize = 6;

/// What a page of the author's has beside its text, because of where it stands.
#[derive(Hash)]
pub enum Special {
    /// The home page.
    Home(Vec<DoorView>, Vec<RecentView>),
    /// The first page of a module.
    Module(Vec<Group>),
}

impl Special {
    /// Renders the page with its own template.
    pub fn render(
        self,
        renderer: &Renderer<'_>,
        root: &str,
        page: PageView<'_>,
    ) -> Result<String, Diagnostic> {
        match self {
            Self::Home(doors, recent) => renderer.template(
                "home.html",
                &HomeContext {
                    root,
                    page,
                    doors,
                    recent,
                },
            ),
            Self::Module(groups) => {
                renderer.template("module.html", &ModuleContext { root, page, groups })
            }
        }
    }
}

/// What is special about a page, if anything.
pub fn special(renderer: &Renderer<'_>, id: PageId) -> Option<Special> {
    let site = renderer.site();
    if site.home() == Some(id) {
        return Some(Special::Home(doors(site, id), recent(site)));
    }
    let module = site.module(site.page(id).module?);
    (module.index == Some(id)).then(|| Special::Module(groups(renderer.framer, module)))
}

/// The modules as every template sees them.
pub fn modules(site: &Site) -> Vec<ModuleView> {
    let minutes = |id: &PageId| {
        let page = &site.page(*id).page;
        page.front
            .minutes
            .map_or(page.length.minutes() as u32, std::num::NonZeroU32::get)
    };
    let view = |module: &Module| ModuleView {
        id: module.id.clone(),
        title: module.title.clone(),
        url: encode(&module.url),
        summary: Some(module.summary.clone()).filter(|summary| !summary.is_empty()),
        count: module.pages.len(),
        minutes: module.pages.iter().map(minutes).sum(),
    };
    site.modules.iter().map(view).collect()
}

/// The kinds that have pages, as every template sees them.
pub fn kinds(site: &Site, framer: Framer<'_>) -> Vec<KindView> {
    let view = |(kind, listing): &(crate::page::kind::Kind, Listing)| KindView {
        id: kind.id(),
        label: framer.label("kind", kind.id()),
        url: encode(&listing.url),
        count: listing.pages.len(),
    };
    site.kinds.iter().map(view).collect()
}

/// Every page that the generator writes of itself.
pub fn all(renderer: &Renderer<'_>) -> Vec<File> {
    let site = renderer.site();
    let mut files = Vec::new();
    for (kind, listing) in &site.kinds {
        let heading = renderer.framer.label("kind", kind.id());
        files.push(list(renderer, listing, heading, true));
    }
    for tag in &site.tags {
        files.push(list(renderer, tag, tag.name.clone(), false));
    }
    let bare = site.modules.iter().filter(|module| module.index.is_none());
    files.extend(bare.map(|module| bare_module(renderer, module)));
    files.push(plain(renderer, "search.html", "search_title", ""));
    files.push(plain(
        renderer,
        "404.html",
        "not_found",
        &host_root(&site.config.base_url),
    ));
    files.push(Ok(("assets/theme.js".to_owned(), theme(renderer))));
    files.push(learner(renderer, "me", &["me_", "record_"]));
    files.push(learner(
        renderer,
        "review",
        &["review_", "record_", "quiz_"],
    ));
    files.extend(redirects(renderer));
    files.push(Ok(("assets/nav.js".to_owned(), navigation(renderer))));
    files
}

fn doors(site: &Site, home: PageId) -> Vec<DoorView> {
    let place = site.page(home);
    let doors = place.page.front.doors.iter().zip(&place.doors);
    let view = |(door, target): (&crate::page::front::Door, &Option<Target>)| DoorView {
        title: door.title.clone(),
        text: door.text.clone(),
        url: target
            .as_ref()
            .and_then(|target| site.href(&place.url, target))
            .unwrap_or_else(|| door.link.clone()),
    };
    doors
        .map(|((door, _), target)| view((door, target)))
        .collect()
}

fn recent(site: &Site) -> Vec<RecentView> {
    let mut dated: Vec<_> = site
        .pages
        .iter()
        .filter_map(|page| page.page.front.reviewed.map(|reviewed| (reviewed, page)))
        .collect();
    dated.sort_by_key(|(reviewed, _)| std::cmp::Reverse(*reviewed));
    let view = |(reviewed, page): (jiff::civil::Date, &crate::site::SitePage)| RecentView {
        title: page.page.title.clone(),
        url: encode(&page.url),
        reviewed: reviewed.to_string(),
    };
    dated.into_iter().take(RECENT).map(view).collect()
}

/// The pages of a module by kind, in the order of the kinds' table.
fn groups(framer: Framer<'_>, module: &Module) -> Vec<Group> {
    let mut by_kind: BTreeMap<usize, Vec<PageId>> = BTreeMap::new();
    for id in &module.pages {
        let kind = framer.site.page(*id).page.front.kind;
        let place = KINDS.iter().position(|info| info.kind == kind).unwrap_or(0);
        by_kind.entry(place).or_default().push(*id);
    }
    let group = |(place, pages): (usize, Vec<PageId>)| Group {
        kind: KINDS[place].id,
        label: framer.label("kind", KINDS[place].id),
        pages: pages.into_iter().map(|id| framer.entry(id)).collect(),
    };
    by_kind.into_iter().map(group).collect()
}

/// A list of pages. A page has several tags, so that lists by tag are without summaries.
fn list(renderer: &Renderer<'_>, listing: &Listing, heading: String, summaries: bool) -> File {
    let frame = renderer.framer.generated(&heading, &listing.url);
    let root = root_of(&listing.url);
    let entry = |id: &PageId| {
        let entry = renderer.framer.entry(*id);
        let summary = entry.summary.filter(|_| summaries);
        PageEntry { summary, ..entry }
    };
    let context = ListContext {
        root: &root,
        page: PageView {
            frame: &frame,
            body: "",
        },
        heading,
        intro: None,
        pages: listing.pages.iter().map(entry).collect(),
    };
    Ok((
        listing.url.clone(),
        renderer.template("list.html", &context)?,
    ))
}

/// A folder without an `index.md` still has a first page.
fn bare_module(renderer: &Renderer<'_>, module: &Module) -> File {
    let frame = renderer.framer.bare_module(module);
    let page = PageView {
        frame: &frame,
        body: "",
    };
    let root = root_of(&module.url);
    let groups = groups(renderer.framer, module);
    let context = ModuleContext {
        root: &root,
        page,
        groups,
    };
    Ok((
        module.url.clone(),
        renderer.template("module.html", &context)?,
    ))
}

fn plain(renderer: &Renderer<'_>, name: &str, title: &str, root: &str) -> File {
    let frame = renderer
        .framer
        .generated(renderer.inputs.theme.string(title), name);
    let page = PageView {
        frame: &frame,
        body: "",
    };
    Ok((
        name.to_owned(),
        renderer.template(name, &PageContext { root, page })?,
    ))
}

/// A page that a script fills from the learner's record, with the strings that the script says.
fn learner(renderer: &Renderer<'_>, name: &str, prefixes: &[&str]) -> File {
    let url = format!("{name}.html");
    let title = format!("{name}_title");
    let title = renderer.inputs.theme.string(&title);
    let frame = renderer.framer.generated(title, &url);
    let context = LearnerContext {
        root: "",
        page: PageView {
            frame: &frame,
            body: "",
        },
        strings: json!(strings(renderer, prefixes))
            .to_string()
            .replace('<', "\\u003c"),
    };
    Ok((url.clone(), renderer.template(&url, &context)?))
}

/// The interface strings whose keys begin with one of some prefixes.
fn strings<'r>(renderer: &Renderer<'r>, prefixes: &[&str]) -> BTreeMap<&'r str, &'r str> {
    let strings = renderer.inputs.theme.strings.iter();
    let strings = strings.map(|(key, string)| (key.as_str(), string.as_str()));
    strings
        .filter(|(key, _)| prefixes.iter().any(|prefix| key.starts_with(prefix)))
        .collect()
}

/// The addresses of the theme's files for scripts that are fetched once a page is there, and what they say: pages do not
/// name them, so that they stay light.
fn theme(renderer: &Renderer<'_>) -> String {
    let files = &renderer.inputs.theme.files;
    let words = strings(renderer, &["record_", "me_title", "review_title"]);
    format!("keben.theme={};\n", json!({"files": files, "words": words}))
}

/// A missing page is answered at any depth, so that its links cannot be relative: they start from
/// the path of the site's address.
fn host_root(base_url: &str) -> String {
    let path = base_url
        .split_once("://")
        .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    path.unwrap_or("/").to_owned()
}

fn redirects(renderer: &Renderer<'_>) -> Vec<File> {
    let site = renderer.site();
    let file = |from: &String, to: PageId| {
        let place = site.page(to);
        let frame = renderer.framer.generated(&place.page.title, from);
        let page = PageView {
            frame: &frame,
            body: "",
        };
        let root = root_of(from);
        let target = encode(&relative(from, &place.url));
        let context = RedirectContext {
            root: &root,
            page,
            target,
        };
        Ok((from.clone(), renderer.template("redirect.html", &context)?))
    };
    let known = site
        .redirects
        .iter()
        .filter_map(|one| Some((one.url.as_ref()?, one.to)));
    known.map(|(from, to)| file(from, to)).collect()
}

/// All pages of all modules, for the sidebar to load when somebody asks: a page itself must not
/// grow with the site. A script, since a page opened from a folder may not fetch.
fn navigation(renderer: &Renderer<'_>) -> String {
    let framer = renderer.framer;
    let page = |id: &PageId| {
        let link = framer.link(*id);
        json!([link.title, link.url, link.kind_label])
    };
    let module = |module: &Module| {
        let pages: Vec<_> = module.pages.iter().map(page).collect();
        json!({"id": module.id, "title": module.title, "url": encode(&module.url), "pages": pages})
    };
    let modules: Vec<_> = framer.site.modules.iter().map(module).collect();
    let kind = |kind: KindView| json!([kind.label, kind.url]);
    let kinds: Vec<_> = kinds(framer.site, framer).into_iter().map(kind).collect();
    format!(
        "(window.keben=window.keben||{{}}).nav={};\n",
        json!({ "modules": modules, "kinds": kinds })
    )
}
