//! An id names one place of the whole site, so that it survives rewording and moving.

use std::collections::HashMap;
use std::ops::Range;

use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::page::Page;
use crate::site::Site;

/// Reports ids of headings and objectives that are used twice.
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let mut taken: HashMap<&str, &Page> = HashMap::new();
    for (_, page) in site.ids() {
        for (id, span) in ids(&page.page) {
            if let Some(other) = taken.insert(id, &page.page) {
                let diagnostic = Diagnostic::at(Code::DuplicateId, page.page.file, span.clone())
                    .with("id", id)
                    .with("other", format!("{}/{}", site.config.content, other.path));
                diagnostics.push(diagnostic);
            }
        }
    }
}

fn ids(page: &Page) -> impl Iterator<Item = (&str, &Range<usize>)> {
    let headings = page
        .headings
        .iter()
        .filter_map(|heading| heading.id.as_ref());
    let objectives = &page.front.objectives;
    headings.map(|(id, span)| (id.as_str(), span)).chain(
        objectives
            .iter()
            .map(|(objective, span)| (objective.id.as_str(), span)),
    )
}
