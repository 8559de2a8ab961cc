//! Every page opened once: whatever it shows must come, and come from the site. That no request strays and nothing is
//! complained about is judged for every journey; this one goes everywhere.

use crate::harness::Outcome;
use crate::tab::Tab;

/// Opens every page, fetches images that wait for the reader to scroll, and unfolds what is folded.
pub async fn every_page(tab: &Tab) -> Outcome {
    let mut broken = Vec::new();
    for page in tab.pages() {
        tab.visit(&page).await?;
        let images: Vec<String> = tab.eval(IMAGES).await?;
        broken.extend(
            images
                .iter()
                .map(|image| format!("{page}: {image} does not load")),
        );
    }
    if !broken.is_empty() {
        return Err(broken.join("\n").into());
    }
    let pages = tab.pages().len();
    let asked = tab.requests();
    if asked.len() < pages {
        return Err(format!("{pages} pages were opened with {} requests", asked.len()).into());
    }
    Ok(())
}

/// The addresses of images that do not load.
const IMAGES: &str = "(async () => {
  const bad = [];
  for (const image of document.images) {
    image.loading = 'eager';
    await image.decode().catch(() => bad.push(image.getAttribute('src')));
  }
  return bad; })()";
