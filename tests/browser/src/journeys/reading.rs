//! Reading: from the door to the page after the first, and finding one's place.

use crate::harness::Outcome;
use crate::tab::{Tab, same};

/// A newcomer takes the first door, the first lesson behind it, and the page after.
pub async fn door_to_next_page(tab: &Tab) -> Outcome {
    tab.visit("index.html").await?;
    let door = tab.follow(".doors a").await?;
    // The week begins with a test, which stands beside the path; the lessons are in the modules.
    let first = tab
        .follow(".prose a[href^='../'][href$='.html']:not([href*='index.html'])")
        .await?;
    same(
        "kind behind the door",
        tab.site.kind(&first)?.as_str(),
        "lesson",
    )?;
    let promised: String = tab
        .eval("document.querySelector('.pager .next').lastChild.textContent.trim()")
        .await?;
    let next = tab.follow(".pager .next").await?;
    same(
        "title of the next page",
        tab.eval::<String>(TITLE).await?,
        promised,
    )?;
    let back = tab.follow(".pager .previous").await?;
    same("the page before the next", &back, &first)?;
    tab.holds(
        "three pages of their own",
        &format!("new Set({:?}).size === 3", [&door, &first, &next]),
    )
    .await?;
    tab.follow(".brand").await?;
    same("behind the mark", tab.path().await?.as_str(), "index.html")
}

/// In a lesson, another module shows its pages, and one of them opens.
pub async fn module_unfolds(tab: &Tab) -> Outcome {
    tab.visit("fees/reasons.html").await?;
    let other = ".side [data-module]:not(.open)";
    tab.click(&format!("{other} .unfold")).await?;
    tab.until(&format!("document.querySelector('{other} ol a')"))
        .await?;
    tab.holds(
        "it says that it is open",
        &format!("document.querySelector('{other} [aria-expanded=true]')"),
    )
    .await?;
    let promised: String = tab
        .eval(&format!(
            "document.querySelector('{other} ol a').textContent"
        ))
        .await?;
    tab.follow(&format!("{other} ol a")).await?;
    same("title", tab.eval::<String>(TITLE).await?, promised)
}

/// Scrolling to a heading marks it in the contents.
pub async fn contents_follow(tab: &Tab) -> Outcome {
    tab.visit("fees/reasons.html").await?;
    let last = "[...document.querySelectorAll('.toc a')].at(-1)";
    tab.run(&format!(
        "document.getElementById(decodeURIComponent({last}.hash.slice(1))).scrollIntoView()"
    ))
    .await?;
    tab.until(&format!(
        "{last}.getAttribute('aria-current') === 'location'"
    ))
    .await?;
    tab.holds(
        "one place at a time",
        "document.querySelectorAll('.toc [aria-current]').length === 1",
    )
    .await
}

const TITLE: &str = "document.querySelector('h1').textContent.trim()";
