//! What other programs read: the Atom feed (RFC 4287), the sitemap and `robots.txt`.

use jiff::civil::Date;

use super::views::{FeedContext, FeedEntry, RobotsContext, SitemapContext, SitemapEntry};
use super::{File, Renderer};
use crate::output::content_name;
use crate::site::url::encode_ascii;
use crate::site::{Site, SitePage};

/// So many pages are in the feed.
const ENTRIES: usize = 30;

/// Whether there is anything to feed: a page with a date.
pub fn has_feed(site: &Site) -> bool {
    site.pages
        .iter()
        .any(|page| page.page.front.reviewed.is_some())
}

/// The feed, the sitemap and `robots.txt`, each where it makes sense.
pub fn all(renderer: &Renderer<'_>) -> Vec<File> {
    let site = renderer.site();
    let mut files = Vec::new();
    if has_feed(site) {
        files.push(feed(renderer));
    }
    // A sitemap holds full addresses, which a site that does not know its own cannot give.
    let base = &site.config.base_url;
    if !base.is_empty() {
        files.push(sitemap(renderer));
    }
    let sitemap = (!base.is_empty()).then(|| format!("{base}sitemap.xml"));
    files.push(file(renderer, "robots.txt", &RobotsContext { sitemap }));
    files
}

fn file(renderer: &Renderer<'_>, name: &str, context: &impl serde::Serialize) -> File {
    Ok((name.to_owned(), renderer.template(name, context)?))
}

fn feed(renderer: &Renderer<'_>) -> File {
    let site = renderer.site();
    let mut pages: Vec<(Date, &SitePage)> = site
        .pages
        .iter()
        .filter_map(|page| page.page.front.reviewed.map(|reviewed| (reviewed, page)))
        .collect();
    pages.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.url.cmp(&b.1.url)));
    let updated = pages
        .first()
        .map(|(reviewed, _)| instant(*reviewed))
        .unwrap_or_default();
    let entry = |(reviewed, page): &(Date, &SitePage)| FeedEntry {
        title: page.page.title.clone(),
        url: format!("{}{}", site.config.base_url, encode_ascii(&page.url)),
        updated: instant(*reviewed),
        summary: Some(page.page.summary.clone()).filter(|summary| !summary.is_empty()),
        id: name(&format!("{}\n{}", site.config.title, page.page.path)),
    };
    let entries = pages.iter().take(ENTRIES).map(entry).collect();
    let id = name(&site.config.title);
    file(
        renderer,
        "feed.xml",
        &FeedContext {
            id,
            updated,
            entries,
        },
    )
}

/// A name that stays the same wherever the site is served.
fn name(of: &str) -> String {
    format!("urn:keben:{}", content_name(of.as_bytes()))
}

fn instant(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

fn sitemap(renderer: &Renderer<'_>) -> File {
    let site = renderer.site();
    let entry = |page: &SitePage| SitemapEntry {
        loc: format!("{}{}", site.config.base_url, encode_ascii(&page.url)),
        lastmod: page.page.front.reviewed.map(|date| date.to_string()),
    };
    let urls = site.pages.iter().map(entry).collect();
    file(renderer, "sitemap.xml", &SitemapContext { urls })
}
