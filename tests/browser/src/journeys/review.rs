//! Spaced review: what was answered comes back on its day, from whichever module.

use crate::harness::Outcome;
use crate::tab::Tab;

/// What was answered is foreseen, and due on its day: on the page of reviews and on the home page. Nothing that has to
/// be reckoned with, no bank and no player of questions, is fetched before there is a reason.
pub async fn due_on_its_day(tab: &Tab) -> Outcome {
    tab.visit("review.html").await?;
    tab.until("document.querySelector('#review .nothing')")
        .await?;
    let asked = |part: &str| tab.requests().iter().any(|url| url.contains(part));
    if asked("ts-fsrs") || asked("/bank-") || asked("/question.") {
        return Err("an empty review fetched what it does not need".into());
    }
    tab.run(super::record::SEED).await?;
    tab.until_later("seed('communication/quiz', false).then(() => true)")
        .await?;
    tab.visit("review.html").await?;
    tab.until("document.querySelector('.forecast')").await?;
    tab.holds(
        "nothing is due on the same day, but half of it tomorrow",
        "!document.querySelector('#review .ready')
         && document.querySelectorAll('.forecast li')[1].textContent.includes('3 张')",
    )
    .await?;
    tab.at_every_start(DAYS_LATER).await?;
    tab.visit("index.html").await?;
    tab.until("document.querySelector('.mine [data-due]').textContent.includes('6 张')")
        .await?;
    tab.follow(".mine [data-due]").await?;
    tab.until("document.querySelector('#review .ready')?.textContent.includes('今天 6 张')")
        .await?;
    tab.holds(
        "what is late is due today",
        "document.querySelector('.forecast li').textContent.includes('6 张')",
    )
    .await?;
    if asked("/bank-") {
        return Err("a bank was fetched before a round began".into());
    }
    Ok(())
}

/// A term joins the reviews from its page, and leaves them there.
pub async fn a_term_joins(tab: &Tab) -> Outcome {
    tab.visit("glossary.html").await?;
    for state in ["true", "false", "true"] {
        tab.click(".to-review").await?;
        tab.until(&format!(
            "document.querySelector('.to-review').getAttribute('aria-pressed') === '{state}'"
        ))
        .await?;
    }
    tab.visit("review.html").await?;
    tab.until("document.querySelector('#review .ready')?.textContent.includes('今天 1 张')")
        .await
}

/// Without scripts both pages say why they rest.
pub async fn without_scripts(tab: &Tab) -> Outcome {
    tab.without_scripts().await?;
    for page in ["me.html", "review.html"] {
        tab.visit(page).await?;
        tab.holds(
            page,
            "document.querySelector('main').innerText.includes('JavaScript')",
        )
        .await?;
    }
    Ok(())
}

/// Every page after this is opened three days later.
pub const DAYS_LATER: &str = "{
  const Real = Date;
  const later = () => Real.now() + 3 * 864e5;
  globalThis.Date = class extends Real {
    constructor(...parts) { parts.length ? super(...parts) : super(later()); }
    static now() { return later(); }
  };
}";
