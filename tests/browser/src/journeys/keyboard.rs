//! The site without a mouse.

use crate::harness::Outcome;
use crate::tab::{Tab, same};

/// The first stop is the skip link; it shows itself, and behind it the next stop lies within the text.
pub async fn skip_link(tab: &Tab) -> Outcome {
    tab.visit("fees/reasons.html").await?;
    tab.press("Tab").await?;
    tab.holds(
        "the skip link is the first stop",
        "document.activeElement.matches('.skip')",
    )
    .await?;
    let shown = "(({ left, top, width }) => left >= 0 && top >= 0 && width > 20)(document.activeElement.getBoundingClientRect())";
    tab.until(shown).await?;
    tab.press("Enter").await?;
    tab.until("location.hash === '#main'").await?;
    tab.press("Tab").await?;
    tab.holds(
        "the next stop is in the text",
        "document.querySelector('#main').contains(document.activeElement)",
    )
    .await
}

/// Walks through one page of each kind with Tab alone.
pub async fn every_stop(tab: &Tab) -> Outcome {
    for page in tab.one_of_each_kind()? {
        tab.meet(&page).await?;
        tab.until(WHOLE).await?;
        // Questions come to life when the reader comes near them, with stops of their own.
        tab.run("document.querySelector('.question')?.scrollIntoView({ behavior: 'instant' })")
            .await?;
        tab.until("!document.querySelector('.question[data-question]:not(.live, .quiz *)')")
            .await?;
        tab.run("scrollTo({ top: 0, behavior: 'instant' })").await?;
        tab.run(STOPS).await?;
        let stops: usize = tab.eval("stops.length").await?;
        for stop in 0..stops {
            tab.press("Tab").await?;
            if let Some(wrong) = tab
                .eval::<Option<String>>(&format!("atStop({stop})"))
                .await?
            {
                return Err(format!("{page}, stop {} of {stops}: {wrong}", stop + 1).into());
            }
        }
    }
    Ok(())
}

/// `/` and Control+K open the search from anywhere; Escape closes it and the focus is where it was.
pub async fn escape_restores(tab: &Tab) -> Outcome {
    tab.visit("fees/reasons.html").await?;
    for keys in ["/", "Control+k"] {
        tab.run("document.querySelector('.brand').focus()").await?;
        tab.press(keys).await?;
        tab.until("document.activeElement.matches('dialog[open] [role=combobox]')")
            .await?;
        same(
            "what was typed by the shortcut",
            tab.eval::<String>("document.activeElement.value")
                .await?
                .as_str(),
            "",
        )?;
        tab.press("Escape").await?;
        tab.until("!document.querySelector('dialog[open]')").await?;
        tab.holds(
            "the focus is back",
            "document.activeElement.matches('.brand')",
        )
        .await?;
    }
    Ok(())
}

/// What scripts add is there: the search page's modules, the learner's own pages and the ways to them, the buttons at
/// terms and sentences.
const WHOLE: &str = "document.querySelector({
  home: '.resume', quiz: '.quiz[data-stage]', search: '.found-below ul', me: '#me > *', review: '#review > *', glossary: '.to-review', scripts: '.to-review',
}[document.body.dataset.kind] || 'body') && (document.querySelector('.own') || !document.querySelector('.side'))";

/// Lists what Tab should reach, in the order of the page after the field that has the focus already, and judges a stop:
/// the right element, within the window, not covered, and marked by an outline or a ring.
const STOPS: &str = r#"
// Of the options of which one may be chosen, Tab stops at the first.
const first = (one) => one.type !== 'radio' || one === document.querySelector(`[name="${one.name}"]`);
globalThis.stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter((one) => !one.disabled && one.tabIndex >= 0 && first(one) && one.checkVisibility({ visibilityProperty: true }));
stops.splice(0, stops.indexOf(document.activeElement) + 1);
globalThis.atStop = (place) => {
  const wanted = stops[place];
  const one = document.activeElement;
  const name = (it) => it.outerHTML.slice(0, 160);
  if (one !== wanted) return `the focus is on ${name(one)}, not on ${name(wanted)}`;
  const box = one.getClientRects()[0];
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [above, below] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  if (left >= right || above >= below) return `out of view: ${name(one)}`;
  const [x, y] = [(left + right) / 2, (above + below) / 2];
  const top = document.elementFromPoint(x, y);
  if (top && !one.contains(top) && !top.contains(one)) return `covered by ${name(top)}: ${name(one)}`;
  const rings = [one, one.closest('.finder-form'), ...one.children].filter(Boolean).map((it) => getComputedStyle(it));
  const ringed = rings.some((it) => (it.outlineStyle !== 'none' && parseFloat(it.outlineWidth) >= 2) || it.boxShadow !== 'none');
  return ringed ? null : `no mark of focus: ${name(one)}`;
}"#;
