//! Addresses that lead nowhere any more, or never did.

use crate::harness::Outcome;
use crate::tab::{Tab, same};

/// Deep under an unknown address the page of lost links still looks like the site, searches and leads home.
pub async fn unknown_address(tab: &Tab) -> Outcome {
    tab.expect_complaint("404 (Not Found)");
    tab.visit("no/such/page.html").await?;
    same(
        "kind",
        tab.eval::<String>("document.body.dataset.kind")
            .await?
            .as_str(),
        "missing",
    )?;
    tab.click("main [type=search]").await?;
    tab.enter("投诉").await?;
    tab.until("document.querySelector('main [role=option]')")
        .await?;
    let hit = tab.follow("main [role=option]").await?;
    tab.holds("a page of the site", "document.querySelector('h1')")
        .await?;
    if !tab.site.pages.contains(&hit) {
        return Err(format!("{hit} is no page").into());
    }
    tab.visit("no/such/page.html").await?;
    tab.follow(".foot [data-list=modules] a").await?;
    tab.visit("no/such/page.html").await?;
    tab.follow(".brand").await?;
    Ok(())
}

/// A page that moved twice is found under both its earlier addresses, with scripts or without.
pub async fn earlier_addresses(tab: &Tab) -> Outcome {
    // A page that is gone in a blink names no icon, so that the browser may ask for one in the usual place.
    tab.expect_complaint("/favicon.ico");
    for (old, scripts) in [
        ("old-name.html", true),
        ("archive/2024/older-name.html", false),
    ] {
        if !scripts {
            tab.without_scripts().await?;
        }
        tab.visit(old).await?;
        tab.arrives("talks/new-name.html").await?;
        tab.holds(
            "the page itself",
            "document.querySelector('h1').textContent.includes('搬过家')",
        )
        .await?;
    }
    Ok(())
}
