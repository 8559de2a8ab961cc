//! Pictures for people: every kind of page on a desk, in the dark and on a phone, and the search while it answers.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::{Harness, Outcome};
use crate::site::Way::Http;
use crate::tab::{DESK, NARROW, PHONE, Screen, Tab};

/// Adds the tour when `KEBEN_TOUR` names a folder for it.
pub fn add(h: &mut Harness) {
    let Some(folder) = env::var_os("KEBEN_TOUR").map(PathBuf::from) else {
        return;
    };
    h.journey("tour", Http, async move |tab: &Tab| {
        tour(tab, &folder).await
    });
}

const LOOKS: [(&str, Screen, &str); 4] = [
    ("desk", DESK, "light"),
    ("desk-dark", DESK, "dark"),
    ("phone", PHONE, "light"),
    ("narrow-dark", NARROW, "dark"),
];

async fn tour(tab: &Tab, folder: &Path) -> Outcome {
    fs::create_dir_all(folder)?;
    for (look, screen, scheme) in LOOKS {
        tab.screen(screen).await?;
        tab.scheme(scheme).await?;
        for page in tab.one_of_each_kind()? {
            tab.visit(&page).await?;
            let kind = tab.site.kind(&page)?;
            fs::write(
                folder.join(format!("{kind}-{look}.png")),
                tab.picture().await?,
            )?;
            fs::write(
                folder.join(format!("{kind}-{look}-whole.png")),
                tab.whole_picture(screen).await?,
            )?;
        }
        for (name, query, done) in [
            (
                "search-idle",
                "",
                "!document.querySelector('dialog [role=status]').textContent",
            ),
            (
                "search-hits",
                "业主拒交物业费",
                "document.querySelector('dialog [role=option]')",
            ),
            (
                "search-none",
                "龘靐齉",
                "document.querySelector('dialog [role=status]').textContent.includes('龘')",
            ),
        ] {
            tab.visit("fees/reasons.html").await?;
            tab.press("/").await?;
            tab.until("document.activeElement.matches('dialog[open] [role=combobox]')")
                .await?;
            tab.enter(query).await?;
            tab.until(done).await?;
            fs::write(
                folder.join(format!("{name}-{look}.png")),
                tab.picture().await?,
            )?;
        }
    }
    Ok(())
}
