//! Every link leads somewhere, down to the heading.

use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::diag::suggest::nearest;
use crate::site::link::Broken;
use crate::site::{BrokenLink, Site, url};

/// Reports links that lead nowhere, each with the nearest names.
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.extend(site.broken.iter().map(|broken| diagnostic(site, broken)));
}

fn diagnostic(site: &Site, broken: &BrokenLink) -> Diagnostic {
    let page = &site.page(broken.page).page;
    let at = |code| Diagnostic::at(code, page.file, broken.span.clone());
    match &broken.why {
        Broken::Page(path) if site.drafts.contains(path) => {
            at(Code::LinkToDraft).with("target", path)
        }
        Broken::Page(path) => at(Code::BrokenLink)
            .with("target", &broken.dest)
            .suggest(&relative_to(&page.path, nearest(path, pages(site)))),
        Broken::File(path) => {
            at(Code::MissingFile)
                .with("target", &broken.dest)
                .suggest(&relative_to(
                    &page.path,
                    nearest(path, site.files.iter().map(String::as_str)),
                ))
        }
        Broken::Anchor(target, anchor) => {
            let target = &site.page(*target).page;
            let near = nearest(anchor, target.anchors());
            let near: Vec<_> = near.iter().map(|anchor| format!("#{anchor}")).collect();
            at(Code::BrokenAnchor)
                .with("page", format!("{}/{}", site.config.content, target.path))
                .with("anchor", anchor)
                .suggest(&near)
        }
        Broken::Outside => at(Code::LinkOutside).with("target", &broken.dest),
        Broken::Scheme(scheme) => at(Code::UnsafeScheme).with("scheme", scheme),
        Broken::Absolute => {
            let path = broken.dest.trim_start_matches('/').trim_end_matches('/');
            let near = nearest(path, pages(site));
            at(Code::AbsoluteLink)
                .with("target", &broken.dest)
                .suggest(&relative_to(&page.path, near))
        }
    }
}

fn pages(site: &Site) -> impl Iterator<Item = &str> {
    site.pages.iter().map(|page| page.page.path.as_str())
}

fn relative_to(from: &str, paths: Vec<String>) -> Vec<String> {
    paths.iter().map(|path| url::relative(from, path)).collect()
}
