//! The shipped scenarios, each to every ending that the generator's explorer has found, and how soon they can be walked.

use std::fs;

use keben::page::scenario::Scenario;
use keben::scenario::explore::{Move, explore};
use keben::scenario::play::Game;
use keben::source::Sources;

use super::scenario::{open, text};
use crate::harness::Outcome;
use crate::lab::repository;
use crate::tab::{Tab, same};

/// Every ending of every shipped scenario, by the shortest play that the explorer knows.
pub async fn every_ending(tab: &Tab) -> Outcome {
    let mut reached = 0;
    for page in scenarios(tab)? {
        let source = page.replace(".html", ".md");
        let scenario = read(&source)?;
        let game = Game::new(&scenario).ok_or("no place to begin")?;
        let explored = explore(&game, 1_000_000);
        for (at, place) in scenario.places.iter().enumerate() {
            if place.ending.is_none() {
                continue;
            }
            let play = explored
                .play_through(at)
                .ok_or_else(|| format!("{source}: no play ends with {}", place.title))?;
            tab.visit(&page).await?;
            tab.run("localStorage.clear()").await?;
            walk(tab, &page, &play)
                .await
                .map_err(|error| format!("{source}, {}: {error:?}", place.title))?;
            same(
                &format!("{source}: the ending"),
                text(tab, ".end-card h3").await?.as_str(),
                place.title.as_str(),
            )?;
            reached += 1;
        }
    }
    if reached < 9 {
        return Err(format!("only {reached} endings were there to be reached").into());
    }
    Ok(())
}

/// Plays a witness by clicks that need no aiming.
async fn walk(tab: &Tab, page: &str, play: &[Move]) -> Outcome {
    open(tab, page).await?;
    tab.run("document.querySelector('.walk-door .main').click()")
        .await?;
    for Move { choice, .. } in play {
        go_on(tab).await?;
        tab.run(&format!(
            "document.querySelector(\".choose [data-choice='{choice}']\").click()"
        ))
        .await?;
    }
    go_on(tab).await?;
    tab.until("document.querySelector('.end-card')").await
}

/// Reads on through the places that are passed.
async fn go_on(tab: &Tab) -> Outcome {
    tab.run("for (let one; (one = document.querySelector('.choose .on')); ) one.click()")
        .await
}

/// The shipped pages that are scenarios.
fn scenarios(tab: &Tab) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    for page in &tab.site.pages {
        if tab.site.kind(page)? == "scenario" {
            found.push(page.clone());
        }
    }
    Ok(found)
}

/// A shipped scenario as the generator understands it.
fn read(source: &str) -> Outcome<Scenario> {
    let path = repository().join("content").join(source);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let file = Sources::default().add(source, text.as_str());
    let (document, _) = keben::syntax::parse(file, &text);
    let (page, _) = keben::page::lower(file, source, &text, &document);
    let scenario = page.scenario.ok_or("no scenario")?;
    Ok(*scenario)
}

/// The player's styles, once they are there.
const STYLED: &str =
    "performance.getEntriesByType('resource').find(({ name }) => /scenario[^/]*[.]css/.test(name))";

/// What plays a scenario weighs little.
pub async fn light(tab: &Tab) -> Outcome {
    for page in scenarios(tab)? {
        open(tab, &page).await?;
        tab.until(STYLED).await?;
        let files = "document.querySelector('script[data-scenario]').dataset.scenario.split(' ')
          .map((one) => decodeURI(new URL(one, location).pathname.slice(1))).filter((one) => one.endsWith('.js') && !one.includes('strings'))";
        let mut weight = 0;
        for file in tab.eval::<Vec<String>>(files).await? {
            weight += tab.site.read(&file)?.len();
        }
        if weight > 25 * 1024 {
            return Err(format!("the player weighs {weight} bytes, not 25 KB").into());
        }
    }
    Ok(())
}
