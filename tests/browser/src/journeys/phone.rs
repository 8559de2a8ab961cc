//! The site in a hand.

use crate::harness::Outcome;
use crate::tab::{NARROW, PHONE, Screen, Tab};

/// Every page of the site, on the narrowest screen.
pub async fn nothing_sticks_out_at_320(tab: &Tab) -> Outcome {
    let pages = tab.pages();
    nothing_sticks_out(tab, NARROW, &pages).await
}

/// One page of each kind, on a common phone.
pub async fn nothing_sticks_out_at_390(tab: &Tab) -> Outcome {
    let pages = tab.one_of_each_kind()?;
    nothing_sticks_out(tab, PHONE, &pages).await
}

async fn nothing_sticks_out(tab: &Tab, screen: Screen, pages: &[String]) -> Outcome {
    tab.screen(screen).await?;
    let mut wide = Vec::new();
    for page in pages {
        tab.meet(page).await?;
        let width: i64 = tab.eval("document.documentElement.scrollWidth").await?;
        if width > screen.width {
            let culprits: Vec<String> = tab
                .eval(&CULPRITS.replace("WIDTH", &screen.width.to_string()))
                .await?;
            wide.push(format!("{page} is {width} wide: {}", culprits.join(" ")));
        }
    }
    if wide.is_empty() {
        Ok(())
    } else {
        Err(wide.join("\n").into())
    }
}

/// The elements that reach beyond the screen, unless they scroll within themselves.
const CULPRITS: &str = "[...document.querySelectorAll('body *')]
  .filter((one) => one.getBoundingClientRect().right > WIDTH + 1 && !one.closest('.table, pre'))
  .slice(0, 5).map((one) => one.outerHTML.slice(0, 90))";

/// Contents and modules rise from the foot, lead somewhere, and go away again.
pub async fn sheet(tab: &Tab) -> Outcome {
    tab.screen(PHONE).await?;
    tab.visit("fees/reasons.html").await?;
    tab.holds(
        "contents are put away",
        "!document.querySelector('.toc').checkVisibility()",
    )
    .await?;
    tab.click("[data-sheet]").await?;
    tab.until("document.querySelector('dialog.sheet[open] .toc a')?.checkVisibility()")
        .await?;
    tab.holds(
        "modules are there too",
        "document.querySelector('dialog.sheet[open] .side a').checkVisibility()",
    )
    .await?;
    tab.press("Escape").await?;
    tab.until("!document.querySelector('dialog.sheet[open]')")
        .await?;
    tab.holds(
        "the focus is back",
        "document.activeElement.matches('[data-sheet]')",
    )
    .await?;
    tab.click("[data-sheet]").await?;
    tab.click("dialog.sheet[open] .toc li:last-child a").await?;
    tab.until("!document.querySelector('dialog.sheet[open]') && location.hash.length > 1")
        .await?;
    let place = "document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect().top";
    tab.until(&format!("{place} >= 0 && {place} < innerHeight"))
        .await?;
    tab.click("[data-sheet]").await?;
    tab.follow("dialog.sheet[open] .side [data-module]:not(.open) a")
        .await?;
    Ok(())
}

/// The thumb bar opens the search over the whole screen.
pub async fn search(tab: &Tab) -> Outcome {
    tab.screen(NARROW).await?;
    tab.visit("fees/reasons.html").await?;
    tab.click(".bar [data-search-open]").await?;
    tab.until("document.activeElement.matches('dialog[open] [role=combobox]')")
        .await?;
    tab.enter("漏水").await?;
    tab.until("document.querySelector('dialog [role=option]')")
        .await?;
    tab.holds(
        "nothing sticks out",
        "document.documentElement.scrollWidth <= 320",
    )
    .await?;
    let shape = "(({ left, right, top }) => left >= 0 && right <= 320 && top >= 0)";
    tab.holds(
        "the box is within the screen",
        &format!("{shape}(document.querySelector('dialog[open]').getBoundingClientRect())"),
    )
    .await?;
    let heights = "[...document.querySelectorAll('dialog [role=option]')].map((one) => one.getBoundingClientRect().height)";
    let heights: Vec<f64> = tab.eval(heights).await?;
    if heights.iter().any(|height| *height < 44.0) {
        return Err(format!("hits are too low for a thumb: {heights:?}").into());
    }
    tab.follow("dialog [role=option]").await?;
    Ok(())
}
