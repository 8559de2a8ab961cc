//! The site at night.

use crate::harness::Outcome;
use crate::tab::{Tab, same};

/// Paper, ink and accent.
const COLOURS: &str =
    "(() => { const of = (selector) => getComputedStyle(document.querySelector(selector));
  return [of('body').backgroundColor, of('h1').color, of('main a').color]; })()";

/// All colours differ between day and night, and paper and ink change places in lightness.
pub async fn follows_the_system(tab: &Tab) -> Outcome {
    for page in tab.one_of_each_kind()? {
        tab.scheme("light").await?;
        tab.visit(&page).await?;
        if !tab
            .eval::<bool>("!!document.querySelector('main a')")
            .await?
        {
            continue;
        }
        let day: Vec<String> = tab.eval(COLOURS).await?;
        tab.scheme("dark").await?;
        let night: Vec<String> = tab.eval(COLOURS).await?;
        for (day, night) in day.iter().zip(&night) {
            if day == night {
                return Err(format!("{page}: {day} by day and by night").into());
            }
        }
        let lightness = [&day[0], &day[1], &night[0], &night[1]].map(|colour| light(colour));
        if lightness != [true, false, false, true] {
            return Err(
                format!("{page}: paper and ink are {day:?} by day, {night:?} by night").into(),
            );
        }
    }
    Ok(())
}

/// Whether a colour, written `rgb(r, g, b)`, is nearer to white than to black.
fn light(colour: &str) -> bool {
    let parts = colour
        .trim_start_matches("rgb(")
        .trim_end_matches(')')
        .split(", ");
    parts
        .filter_map(|part| part.parse::<u32>().ok())
        .sum::<u32>()
        > 382
}

/// The button chooses dark by day; the next page is dark in its very first frame, as is the one after the choice was kept.
pub async fn choice_without_flash(tab: &Tab) -> Outcome {
    tab.visit("fees/reasons.html").await?;
    let day: String = tab.eval(PAPER).await?;
    for wanted in ["light", "dark"] {
        tab.click("button.scheme").await?;
        tab.until(&format!(
            "document.documentElement.dataset.scheme === '{wanted}'"
        ))
        .await?;
    }
    let night: String = tab.eval(PAPER).await?;
    tab.holds("dark is another paper", &format!("{day:?} !== {night:?}"))
        .await?;
    tab.at_every_start(FIRST_FRAME).await?;
    for page in ["fees/law.html", "index.html", "search.html"] {
        tab.visit(page).await?;
        tab.until("firstPaper").await?;
        same(
            &format!("paper in the first frame of {page}"),
            tab.eval::<String>("firstPaper").await?,
            night.clone(),
        )?;
    }
    Ok(())
}

const PAPER: &str = "getComputedStyle(document.body).backgroundColor";
/// Notes the paper's colour when the first frame with a body is about to be drawn.
const FIRST_FRAME: &str = "globalThis.firstPaper = null;
  const look = () => { if (document.body) globalThis.firstPaper ??= getComputedStyle(document.body).backgroundColor; else requestAnimationFrame(look); };
  requestAnimationFrame(look);";
