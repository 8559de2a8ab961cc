//! What a page costs before it can be read: its HTML with the styles and scripts that the browser fetched for it.

use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use percent_encoding::percent_decode_str;

use crate::harness::Outcome;
use crate::tab::Tab;

/// The budget of a page in bytes, as they are and compressed. What stands on one page by nature, a whole conversation,
/// half a module's questions or every term, may weigh a twelfth more when compressed.
fn budget(kind: &str) -> (usize, usize) {
    match kind {
        "quiz" | "scenario" | "glossary" => (80_000, 21_700),
        _ => (80_000, 20_000),
    }
}

/// Opens every page and weighs what came with it; the search is fetched later, when somebody asks for it.
pub async fn first_views(tab: &Tab) -> Outcome {
    let mut heavy = Vec::new();
    let mut seen = 0;
    for page in tab.pages() {
        // The search page is the search: its engine comes at once.
        if page == "search.html" {
            continue;
        }
        tab.visit(&page).await?;
        let files: Vec<String> = tab.eval(FILES).await?;
        seen += files.len();
        let (raw, gzip) = weigh(tab, &page, &files)?;
        let (most, most_gzip) = budget(&tab.site.kind(&page)?);
        if raw > most || gzip > most_gzip {
            heavy.push(format!(
                "{page}: {raw} bytes, {gzip} compressed; at most {most} and {most_gzip}"
            ));
        }
    }
    if seen < tab.pages().len() {
        return Err("pages without styles and scripts were weighed".into());
    }
    if heavy.is_empty() {
        Ok(())
    } else {
        Err(heavy.join("\n").into())
    }
}

/// The styles and scripts that the browser fetched before the page was loaded, as paths below the site. What comes later
/// makes a page do more, but nobody waits for it to read; nor for the style of paper, which delays nothing.
const FILES: &str = "performance.getEntriesByType('resource')
  .filter((entry) => entry.startTime < performance.getEntriesByType('navigation')[0].loadEventStart)
  .filter((entry) => entry.name !== document.querySelector('link[media=print]')?.href)
  .map((entry) => new URL(entry.name).pathname.slice(1)).filter((path) => /[.](css|js)$/.test(path))";

fn weigh(tab: &Tab, page: &str, files: &[String]) -> Outcome<(usize, usize)> {
    let (mut raw, mut gzip) = (0, 0);
    let files = files
        .iter()
        .map(|file| percent_decode_str(file).decode_utf8_lossy().into_owned());
    for file in std::iter::once(page.to_owned()).chain(files) {
        let bytes =
            fs::read(tab.site.folder().join(&file)).map_err(|error| format!("{file}: {error}"))?;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&bytes)?;
        raw += bytes.len();
        gzip += encoder.finish()?.len();
    }
    Ok((raw, gzip))
}
