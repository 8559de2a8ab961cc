//! The site on paper.

use crate::harness::Outcome;
use crate::tab::Tab;

/// Everything that only serves a screen is gone, the text is there, and outside links show their addresses.
pub async fn lesson(tab: &Tab) -> Outcome {
    tab.scheme("dark").await?;
    tab.visit("fees/reasons.html").await?;
    tab.paper().await?;
    for gone in [
        ".top", ".side", ".toc", ".bar", ".foot", ".pager", ".crumbs", ".skip",
    ] {
        tab.holds(
            gone,
            &format!(
                "[...document.querySelectorAll('{gone}')].every((one) => !one.checkVisibility())"
            ),
        )
        .await?;
    }
    tab.holds(
        "the title",
        "document.querySelector('h1').checkVisibility()",
    )
    .await?;
    tab.holds(
        "the text",
        "document.querySelector('.prose p').checkVisibility()",
    )
    .await?;
    tab.holds(
        "white paper",
        "getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'",
    )
    .await?;
    tab.visit("fees/law.html").await?;
    let shown =
        "getComputedStyle(document.querySelector('main a[rel~=external]'), '::after').content";
    tab.holds(
        "addresses of outside links",
        &format!("{shown}.includes('http')"),
    )
    .await
}
