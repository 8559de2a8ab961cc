//! Every picture has words for those who do not see it.

use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::page::LinkKind;
use crate::site::Site;

/// Warns of pictures without alternative text (WCAG 2.2, 1.1.1).
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for (_, page) in site.ids() {
        for link in &page.page.links {
            if link.kind == (LinkKind::Image { has_alt: false }) {
                let diagnostic = Diagnostic::at(Code::NoAltText, page.page.file, link.span.clone())
                    .with("target", &link.dest);
                diagnostics.push(diagnostic);
            }
        }
    }
}
