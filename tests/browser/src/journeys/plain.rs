//! The site where scripts are switched off.

use crate::harness::Outcome;
use crate::tab::{PHONE, Tab};

/// One page of each kind: its text is there, and so is a way on, on a desk and on a phone.
pub async fn every_kind(tab: &Tab) -> Outcome {
    tab.without_scripts().await?;
    for page in tab.one_of_each_kind()? {
        tab.visit(&page).await?;
        tab.holds(
            &format!("{page}: a title"),
            "document.querySelector('h1').checkVisibility()",
        )
        .await?;
        tab.holds(
            &format!("{page}: text"),
            "document.querySelector('main').innerText.trim().length > 30",
        )
        .await?;
        tab.holds(
            &format!("{page}: modules"),
            "document.querySelector('.side [data-module] a, .foot [data-list=modules] a').checkVisibility()",
        )
        .await?;
        tab.holds(
            &format!("{page}: nothing that needs a script"),
            "!document.querySelector('.scheme').checkVisibility()",
        )
        .await?;
    }
    tab.screen(PHONE).await?;
    tab.visit("fees/reasons.html").await?;
    tab.holds(
        "contents stand in the page",
        "document.querySelector('.toc a').checkVisibility()",
    )
    .await?;
    tab.holds(
        "modules stand in the page",
        "document.querySelector('.side a').checkVisibility()",
    )
    .await?;
    tab.click("[data-sheet]").await?;
    tab.until("location.hash === '#nav'").await?;
    tab.follow(".pager .next").await?;
    tab.follow(".side [data-module]:not(.open) a").await?;
    tab.follow(".brand").await?;
    tab.follow(".foot [data-list=kinds] a").await?;
    Ok(())
}

/// A quiz shows its answers on a click; the search leads to a page that says what is missing.
pub async fn answers_and_search(tab: &Tab) -> Outcome {
    tab.without_scripts().await?;
    tab.visit("fees/quiz.html").await?;
    tab.holds(
        "answers are folded",
        "!document.querySelector('details.answer').open",
    )
    .await?;
    tab.click("details.answer summary").await?;
    tab.until("document.querySelector('details.answer').open")
        .await?;
    tab.visit("index.html").await?;
    tab.click("main [type=search]").await?;
    tab.enter("投诉").await?;
    tab.press("Enter").await?;
    tab.arrives("search.html").await?;
    tab.holds(
        "it says why",
        "document.querySelector('main').innerText.includes('JavaScript')",
    )
    .await
}
