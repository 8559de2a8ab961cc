//! Searching, as somebody does who has an angry owner on the line: by keyboard, in his own words.

use crate::harness::Outcome;
use crate::tab::{Tab, same};

/// Opens the search over a page and asks it something.
async fn ask(tab: &Tab, query: &str) -> Outcome {
    tab.press("/").await?;
    tab.until("document.activeElement.matches('dialog[open] [role=combobox]')")
        .await?;
    tab.run("document.activeElement.select()").await?;
    tab.enter(query).await?;
    answered(tab).await
}

/// Waits until the results are those of what stands in the field.
async fn answered(tab: &Tab) -> Outcome {
    tab.until("document.activeElement.matches('[role=combobox][aria-expanded=true]')")
        .await?;
    tab.until("document.querySelector('[role=option]')").await
}

/// The addresses of the hits, in their order.
const HITS: &str = "[...document.querySelectorAll('[role=option]')].map((one) => decodeURI(one.getAttribute('href')))";
/// The chosen hit, as assistive technology is told of it.
const CHOSEN: &str =
    "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))";

/// Types a word through an input method, goes down to the first section, and lands on it.
pub async fn word_to_anchor(tab: &Tab) -> Outcome {
    tab.visit("communication/listening.html").await?;
    tab.press("/").await?;
    tab.until("document.activeElement.matches('dialog[open] [role=combobox]')")
        .await?;
    tab.compose("tou su", "投诉").await?;
    answered(tab).await?;
    tab.until("/[0-9]/.test(document.querySelector('dialog [role=status]').textContent)")
        .await?;
    tab.holds(
        "what matched is marked",
        "document.querySelector('[role=option] mark').textContent.includes('投诉')",
    )
    .await?;
    for _ in 0..20 {
        tab.press("ArrowDown").await?;
        tab.holds(
            "one hit is chosen",
            &format!("{CHOSEN}?.getAttribute('aria-selected') === 'true'"),
        )
        .await?;
        tab.holds(
            "one only",
            "document.querySelectorAll('[aria-selected=true]').length === 1",
        )
        .await?;
        if tab.eval::<bool>(&format!("!!{CHOSEN}.hash")).await? {
            break;
        }
    }
    let address: String = tab.eval(&format!("decodeURI({CHOSEN}.href)")).await?;
    tab.press("Enter").await?;
    tab.until(&format!(
        "decodeURI(location.href) === {address:?} && document.readyState === 'complete'"
    ))
    .await?;
    let place = "document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect()";
    tab.until(&format!(
        "(({{ top, bottom }}) => top >= 0 && bottom <= innerHeight)({place})"
    ))
    .await
}

/// The words of an owner, as a whole sentence, lead to the script for them.
pub async fn whole_question(tab: &Tab) -> Outcome {
    tab.visit("index.html").await?;
    ask(tab, "业主说服务不好拒交物业费怎么回答").await?;
    tab.holds(
        "a script for it is among the first three",
        &format!("{HITS}.slice(0, 3).some((hit) => hit.includes('scripts-fees.html#'))"),
    )
    .await
}

/// Choosing a kind leaves hits of that kind alone; choosing all brings the others back.
pub async fn filter_by_kind(tab: &Tab) -> Outcome {
    tab.visit("index.html").await?;
    ask(tab, "投诉").await?;
    let kinds = "[...new Set([...document.querySelectorAll('[role=option] .kind')].map((one) => one.textContent))]";
    tab.holds("several kinds before", &format!("{kinds}.length > 1"))
        .await?;
    tab.click("dialog input[data-facet=kind][value=scripts] + label")
        .await?;
    tab.until(&format!("{kinds}.length === 1 && {kinds}[0] === '话术'"))
        .await?;
    tab.click("dialog input[data-facet=kind][value=''] + label")
        .await?;
    tab.until(&format!("{kinds}.length > 1")).await
}

/// Where nothing is found the box says so, gives a hint, and shows the modules.
pub async fn nothing_found(tab: &Tab) -> Outcome {
    tab.visit("fees/reasons.html").await?;
    tab.press("/").await?;
    tab.until("document.activeElement.matches('dialog[open] [role=combobox]')")
        .await?;
    tab.enter("龘靐齉").await?;
    tab.until("document.querySelector('dialog [role=status]').textContent.includes('龘靐齉')")
        .await?;
    tab.holds("no hits", "!document.querySelector('dialog [role=option]')")
        .await?;
    tab.holds(
        "a combobox without a list is closed",
        "document.activeElement.ariaExpanded === 'false'",
    )
    .await?;
    tab.holds(
        "ways to go on",
        "document.querySelectorAll('dialog .found-below a').length >= 4",
    )
    .await?;
    tab.follow("dialog .found-below a").await?;
    Ok(())
}

/// A colleague from Hong Kong finds what a colleague from Shenzhen finds.
pub async fn traditional(tab: &Tab) -> Outcome {
    tab.visit("index.html").await?;
    ask(tab, "催费").await?;
    let simplified: Vec<String> = tab.eval(HITS).await?;
    tab.run("document.activeElement.select()").await?;
    tab.enter("沒有這個詞龘").await?;
    tab.until(&format!("{HITS}.join() !== {:?}", simplified.join(",")))
        .await?;
    tab.run("document.activeElement.select()").await?;
    tab.enter("催費").await?;
    tab.until(&format!("{HITS}.join() === {:?}", simplified.join(",")))
        .await
}

/// A link to a search shows its results, and the field's text follows into the address.
pub async fn page_with_query(tab: &Tab) -> Outcome {
    tab.visit("search.html?q=%E7%89%A9%E4%B8%9A%E8%B4%B9")
        .await?;
    tab.until("document.querySelector('main [role=option]')")
        .await?;
    same(
        "in the field",
        tab.eval::<String>("document.querySelector('main input').value")
            .await?
            .as_str(),
        "物业费",
    )?;
    tab.run("document.querySelector('main input').select()")
        .await?;
    tab.enter("漏水").await?;
    tab.until("document.querySelector('[role=option] mark')?.textContent.includes('漏')")
        .await?;
    if tab.eval::<bool>("location.protocol === 'http:'").await? {
        tab.until("new URLSearchParams(location.search).get('q') === '漏水'")
            .await?;
    }
    Ok(())
}

/// Typing into the home page's own field and pressing Enter opens the best hit.
pub async fn from_home(tab: &Tab) -> Outcome {
    tab.visit("index.html").await?;
    tab.click("main [type=search]").await?;
    tab.enter("催费").await?;
    tab.until("document.querySelector('main [role=option][aria-selected=true]')")
        .await?;
    let best: String = tab
        .eval("decodeURI(document.querySelector('main [role=option]').href)")
        .await?;
    tab.press("Enter").await?;
    tab.until(&format!("decodeURI(location.href) === {best:?}"))
        .await
}

/// A network that fails once costs one press of a button.
pub async fn engine_lost_and_found(tab: &Tab) -> Outcome {
    tab.expect_complaint("net::ERR_");
    tab.expect_complaint("Failed to load resource");
    tab.visit("index.html").await?;
    tab.block(&["*://*:*/search/engine.*", "*://*:*/search/index.*"])
        .await?;
    tab.press("/").await?;
    tab.until("document.querySelector('dialog .found-button')")
        .await?;
    tab.holds(
        "it says what is wrong",
        "document.querySelector('dialog [role=status]').textContent.length > 3",
    )
    .await?;
    tab.block(&[]).await?;
    tab.enter("投诉").await?;
    tab.click("dialog .found-button").await?;
    tab.until("document.querySelector('dialog [role=option]')")
        .await
}
