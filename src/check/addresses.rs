//! Every address of the site belongs to one file, on every file system.

use std::collections::HashMap;

use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::site::{Redirect, Site};

/// Reports two pages with one URL, redirects from taken addresses, and a site without a home page.
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let mut taken: HashMap<String, String> = HashMap::new();
    for (_, page) in site.ids() {
        let path = format!("{}/{}", site.config.content, page.page.path);
        if let Some(other) = taken.insert(fold(&page.url), path.clone()) {
            let diagnostic = Diagnostic::on(Code::DuplicateUrl, path)
                .with("url", page.url.clone())
                .with("other", other);
            diagnostics.push(diagnostic);
        }
    }
    for (url, owner) in generated(site) {
        if let Some(other) = taken.insert(fold(&url), owner.clone()) {
            let diagnostic = Diagnostic::on(Code::DuplicateUrl, other)
                .with("url", url)
                .with("other", owner);
            diagnostics.push(diagnostic);
        }
    }
    for redirect in &site.redirects {
        check_redirect(site, redirect, &mut taken, diagnostics);
    }
    if site.home().is_none() && !(site.pages.is_empty() && site.drafts.is_empty()) {
        let path = format!("{}/index.md", site.config.content);
        diagnostics.push(Diagnostic::on(Code::NoHome, &path).with("path", &path));
    }
}

fn check_redirect(
    site: &Site,
    redirect: &Redirect,
    taken: &mut HashMap<String, String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let page = &site.page(redirect.to).page;
    let at = |code| Diagnostic::at(code, page.file, redirect.span.clone());
    let Some(url) = &redirect.url else {
        diagnostics.push(at(Code::BadAlias).with("alias", redirect.written.clone()));
        return;
    };
    let path = format!("{}/{}", site.config.content, page.path);
    match taken.get(&fold(url)) {
        Some(other) => diagnostics.push(
            at(Code::AliasTaken)
                .with("alias", redirect.written.clone())
                .with("other", other),
        ),
        None => {
            taken.insert(fold(url), path);
        }
    }
}

/// The pages that the generator itself writes.
fn generated(site: &Site) -> impl Iterator<Item = (String, String)> {
    let listings = site
        .kinds
        .iter()
        .map(|(_, listing)| listing)
        .chain(&site.tags);
    let fixed = ["search.html", "404.html"].map(|url| (url.to_owned(), GENERATED.to_owned()));
    let scenarios = site
        .pages
        .iter()
        .filter(|page| page.page.scenario.is_some());
    let maps = scenarios.flat_map(|page| {
        let stem = page.url.trim_end_matches(".html");
        ["html", "js"].map(|ending| (format!("{stem}-map.{ending}"), GENERATED.to_owned()))
    });
    listings
        .map(|listing| (listing.url.clone(), GENERATED.to_owned()))
        .chain(fixed)
        .chain(maps)
}

/// Who owns the addresses that no page of the author's may take.
const GENERATED: &str = "keben (search.html, 404.html, kinds/, tags/, *-map.html)";

/// Windows and macOS keep one file where Linux keeps two.
fn fold(url: &str) -> String {
    url.to_lowercase()
}
