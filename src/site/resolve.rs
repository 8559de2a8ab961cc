//! From pages to a site: order first, then addresses, then links.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::link::{self, Broken, PageId, SCHEMES, Target, Written};
use super::{BrokenLink, Listing, Module, ModuleId, Redirect, Site, SitePage, pool, url};
use crate::config::Config;
use crate::page::Page;
use crate::page::front::FrontLink;
use crate::page::kind::KINDS;
use crate::syntax::anchor::slug;

/// Puts pages together. `files` are the content folder's other files; drafts are left out unless
/// `drafts` is set.
pub fn resolve(
    pages: Vec<Arc<Page>>,
    files: BTreeSet<String>,
    config: Config,
    drafts: bool,
) -> Site {
    let (left_out, kept): (Vec<_>, Vec<_>) = pages
        .into_iter()
        .partition(|page| page.front.draft && !drafts);
    let folders = folders(&kept);
    let mut site = Site {
        config,
        pages: ordered(kept, &folders),
        modules: Vec::new(),
        kinds: Vec::new(),
        tags: Vec::new(),
        redirects: Vec::new(),
        assets: BTreeSet::new(),
        files,
        drafts: left_out.iter().map(|page| page.path.clone()).collect(),
        broken: Vec::new(),
    };
    site.modules = modules(&site.pages, &folders);
    place_in_modules(&mut site);
    site.kinds = kinds(&site);
    site.tags = tags(&site);
    site.redirects = redirects(&site);
    resolve_links(&mut site);
    cite(&mut site);
    pool::fill(&mut site);
    site
}

/// The folders at the top in their order: by the `order` of their `index.md`, then by name.
fn folders(pages: &[Arc<Page>]) -> Vec<String> {
    let mut order: BTreeMap<&str, i64> = BTreeMap::new();
    for page in pages {
        let Some(folder) = page.folder() else {
            continue;
        };
        let place = order.entry(folder).or_insert(i64::MAX);
        if page.path == format!("{folder}/index.md") {
            *place = page.front.order.unwrap_or(i64::MAX);
        }
    }
    let mut folders: Vec<_> = order.into_iter().collect();
    folders.sort_by_key(|(name, order)| (*order, *name));
    folders
        .into_iter()
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Sorts pages into reading order: the root's, then each folder's, its index first.
fn ordered(pages: Vec<Arc<Page>>, folders: &[String]) -> Vec<SitePage> {
    let rank: HashMap<&str, usize> = folders
        .iter()
        .enumerate()
        .map(|(at, name)| (name.as_str(), at + 1))
        .collect();
    let mut pages = pages;
    pages.sort_by_cached_key(|page| {
        let rank = page
            .folder()
            .and_then(|folder| rank.get(folder))
            .copied()
            .unwrap_or(0);
        let nested_index = page.path.matches('/').count() < 2 && page.is_index();
        let order = page.front.order.unwrap_or(i64::MAX);
        (rank, !nested_index, order, page.path.clone())
    });
    pages.into_iter().map(site_page).collect()
}

fn site_page(page: Arc<Page>) -> SitePage {
    SitePage {
        url: url::of_page(&page.path),
        page,
        module: None,
        targets: HashMap::new(),
        requires: Vec::new(),
        next_up: Vec::new(),
        doors: Vec::new(),
        pools: Vec::new(),
        previous: None,
        next: None,
        cited_by: Vec::new(),
    }
}

fn modules(pages: &[SitePage], folders: &[String]) -> Vec<Module> {
    let mut modules: Vec<Module> = folders.iter().map(|folder| empty_module(folder)).collect();
    let place: HashMap<&str, usize> = folders
        .iter()
        .enumerate()
        .map(|(at, name)| (name.as_str(), at))
        .collect();
    for (at, page) in pages.iter().enumerate() {
        let Some(module) = page.page.folder().and_then(|folder| place.get(folder)) else {
            continue;
        };
        let module = &mut modules[*module];
        if page.url == module.url {
            module.index = Some(PageId(at));
            module.title.clone_from(&page.page.title);
            module.summary.clone_from(&page.page.summary);
        } else {
            module.pages.push(PageId(at));
        }
    }
    modules
}

fn empty_module(folder: &str) -> Module {
    Module {
        id: folder.to_owned(),
        title: folder.to_owned(),
        summary: String::new(),
        index: None,
        pages: Vec::new(),
        url: format!("{folder}/index.html"),
    }
}

/// Tells every page its module and its neighbours there.
fn place_in_modules(site: &mut Site) {
    for (at, module) in site.modules.iter().enumerate() {
        let sequence: Vec<PageId> = module.index.iter().chain(&module.pages).copied().collect();
        for (place, id) in sequence.iter().enumerate() {
            let page = &mut site.pages[id.0];
            page.module = Some(ModuleId(at));
            page.previous = place.checked_sub(1).map(|before| sequence[before]);
            page.next = sequence.get(place + 1).copied();
        }
    }
}

fn kinds(site: &Site) -> Vec<(crate::page::kind::Kind, Listing)> {
    let listing = |info: &'static crate::page::kind::KindInfo| {
        let of_kind = |page: &SitePage| page.page.front.kind == info.kind && !page.page.is_index();
        let pages: Vec<_> = site
            .ids()
            .filter(|(_, page)| of_kind(page))
            .map(|(id, _)| id)
            .collect();
        let url = format!("kinds/{}.html", info.id);
        (
            info.kind,
            Listing {
                name: info.id.to_owned(),
                url,
                pages,
            },
        )
    };
    KINDS
        .iter()
        .map(listing)
        .filter(|(_, listing)| !listing.pages.is_empty())
        .collect()
}

/// Tags that differ only in what a URL cannot hold share a page.
fn tags(site: &Site) -> Vec<Listing> {
    let mut tags: BTreeMap<&str, Vec<PageId>> = BTreeMap::new();
    for (id, page) in site.ids() {
        for tag in &page.page.front.tags {
            let pages = tags.entry(tag).or_default();
            if pages.last() != Some(&id) {
                pages.push(id);
            }
        }
    }
    let mut urls = BTreeSet::new();
    let listing = |(name, pages): (&str, Vec<PageId>)| {
        let base = match slug(name) {
            empty if empty.is_empty() => "tag".to_owned(),
            slug => slug,
        };
        let mut url = format!("tags/{base}.html");
        let mut number = 1;
        while !urls.insert(url.clone()) {
            url = format!("tags/{base}-{number}.html");
            number += 1;
        }
        Listing {
            name: name.to_owned(),
            url,
            pages,
        }
    };
    tags.into_iter().map(listing).collect()
}

fn redirects(site: &Site) -> Vec<Redirect> {
    let of_page = |(to, page): (PageId, &SitePage)| {
        let redirect = |alias: &FrontLink| Redirect {
            written: alias.dest.clone(),
            span: alias.span.clone(),
            url: alias_url(&alias.dest),
            to,
        };
        page.page
            .front
            .aliases
            .iter()
            .map(redirect)
            .collect::<Vec<_>>()
    };
    site.ids().flat_map(of_page).collect()
}

/// The file that answers at an earlier address; `None` where it is no path inside the site.
fn alias_url(alias: &str) -> Option<String> {
    if alias.contains([':', '?', '#', '\\']) {
        return None;
    }
    let alias = url::decode(alias);
    let folder = alias.ends_with('/');
    let path = url::join("", alias.trim_start_matches('/')).filter(|path| !path.is_empty())?;
    Some(match path.strip_suffix(".md") {
        Some(stem) => format!("{stem}.html"),
        None if folder => format!("{path}/index.html"),
        None if path.ends_with(".html") || path.ends_with(".htm") => path,
        None => format!("{path}.html"),
    })
}

/// Finds pages by path; what links are resolved against.
struct Names {
    by_path: HashMap<String, PageId>,
}

fn resolve_links(site: &mut Site) {
    let by_path = site
        .ids()
        .map(|(id, page)| (page.page.path.clone(), id))
        .collect();
    let names = Names { by_path };
    for at in 0..site.pages.len() {
        let page = Arc::clone(&site.pages[at].page);
        let mut targets = HashMap::with_capacity(page.links.len());
        for link in &page.links {
            if let Some(target) = follow(site, &names, PageId(at), &link.dest, link.span.clone()) {
                targets.insert(link.span.start, target);
            }
        }
        let requires = follow_pages(site, &names, PageId(at), &page.front.requires);
        let next_up = follow_pages(site, &names, PageId(at), &page.front.next);
        let doors = page
            .front
            .doors
            .iter()
            .map(|(door, span)| follow(site, &names, PageId(at), &door.link, span.clone()));
        let doors = doors.collect();
        let page = &mut site.pages[at];
        (page.targets, page.requires, page.next_up, page.doors) =
            (targets, requires, next_up, doors);
    }
}

/// The pages that links in front matter lead to.
fn follow_pages(site: &mut Site, names: &Names, from: PageId, links: &[FrontLink]) -> Vec<PageId> {
    let mut pages = Vec::with_capacity(links.len());
    for link in links {
        match follow(site, names, from, &link.dest, link.span.clone()) {
            Some(Target::Page(id, _)) => pages.push(id),
            Some(_) => site.broken.push(BrokenLink {
                page: from,
                span: link.span.clone(),
                dest: link.dest.clone(),
                why: Broken::Page(link.dest.clone()),
            }),
            None => {}
        }
    }
    pages
}

/// Resolves one link, noting the files that it uses, or why it leads nowhere.
fn follow(
    site: &mut Site,
    names: &Names,
    from: PageId,
    dest: &str,
    span: std::ops::Range<usize>,
) -> Option<Target> {
    match target(site, names, from, dest) {
        Ok(target) => {
            if let Target::Asset(path) = &target {
                site.assets.insert(path.clone());
            }
            Some(target)
        }
        Err(why) => {
            site.broken.push(BrokenLink {
                page: from,
                span,
                dest: dest.to_owned(),
                why,
            });
            None
        }
    }
}

fn target(site: &Site, names: &Names, from: PageId, dest: &str) -> Result<Target, Broken> {
    let (path, fragment) = match link::read(dest) {
        Written::Scheme(scheme) if SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) => {
            return Ok(Target::External);
        }
        Written::Scheme(scheme) => return Err(Broken::Scheme(scheme.to_owned())),
        Written::Absolute => return Err(Broken::Absolute),
        Written::Relative { path, fragment } => (path, fragment),
    };
    let page = if path.is_empty() {
        from
    } else {
        let from_path = &site.page(from).page.path;
        let joined = url::join(from_path, &path).ok_or(Broken::Outside)?;
        let index = if joined.is_empty() {
            "index.md".to_owned()
        } else {
            format!("{joined}/index.md")
        };
        match names
            .by_path
            .get(&joined)
            .or_else(|| names.by_path.get(&index))
        {
            Some(page) => *page,
            None if site.files.contains(&joined) => return Ok(Target::Asset(joined)),
            None if looks_like_page(&joined) => return Err(Broken::Page(joined)),
            None => return Err(Broken::File(joined)),
        }
    };
    match fragment {
        Some(anchor) if !site.page(page).page.has_anchor(&anchor) => {
            Err(Broken::Anchor(page, anchor))
        }
        fragment => Ok(Target::Page(page, fragment)),
    }
}

fn looks_like_page(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.ends_with(".md") || name.ends_with(".html") || !name.contains('.')
}

/// Tells every page who links to it.
fn cite(site: &mut Site) {
    let mut cited: Vec<BTreeSet<PageId>> = vec![BTreeSet::new(); site.pages.len()];
    for (from, page) in site.ids() {
        for target in page.targets.values() {
            if let Target::Page(to, _) = target
                && *to != from
            {
                cited[to.0].insert(from);
            }
        }
    }
    for (page, cited_by) in site.pages.iter_mut().zip(cited) {
        page.cited_by = cited_by.into_iter().collect();
    }
}
