//! A scenario as it is walked: a conversation by mouse, keys and thumb, back and once more, and against the clock.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::hands::tap;
use crate::harness::Outcome;
use crate::tab::{NARROW, PHONE, Screen, Tab, same};

const PAGE: &str = "talks/doorbell.html";
/// Choices that lead to the best ending of [`PAGE`]; the last of them passes a place.
const BEST: [usize; 4] = [0, 0, 0, 0];

/// Opens a scenario and waits for its player.
pub async fn open(tab: &Tab, page: &str) -> Outcome {
    tab.visit(page).await?;
    tab.until("document.querySelector('.walk-door')").await
}

/// Opens a scenario and starts it.
pub async fn begin(tab: &Tab, page: &str) -> Outcome {
    open(tab, page).await?;
    tab.click(".walk-door .main").await?;
    tab.until("document.querySelector('.choose [data-choice]')")
        .await
}

/// How many lines of the learner stand in the talk.
async fn said(tab: &Tab) -> Outcome<usize> {
    tab.eval("document.querySelectorAll('.talk .mine').length")
        .await
}

/// Takes a choice by its number in the file.
pub async fn choose(tab: &Tab, choice: usize) -> Outcome {
    let before = said(tab).await?;
    tab.click(&format!(".choose [data-choice='{choice}']"))
        .await?;
    tab.until(&format!(
        "document.querySelectorAll('.talk .mine').length === {}",
        before + 1
    ))
    .await
}

/// Walks to the best ending.
pub async fn win(tab: &Tab) -> Outcome {
    for choice in BEST {
        choose(tab, choice).await?;
    }
    tab.click(".choose .on").await?;
    tab.until("document.querySelector('.end-card')").await
}

/// The words of an element.
pub async fn text(tab: &Tab, selector: &str) -> Outcome<String> {
    tab.eval(&format!(
        "document.querySelector({}).textContent.replace(/\\s+/g, ' ').trim()",
        serde_json::to_string(selector)?
    ))
    .await
}

/// What the meters show.
async fn meters(tab: &Tab) -> Outcome<String> {
    text(tab, ".meters").await
}

async fn at(tab: &Tab, place: &str) -> Outcome {
    same("the place", text(tab, ".walk-place").await?.as_str(), place)
}

/// A walk as the learner's record holds it.
#[derive(Debug, Deserialize)]
struct Walk {
    scenario: String,
    path: Vec<String>,
    ending: String,
    kind: String,
    score: i32,
    competencies: BTreeMap<String, i32>,
    retries: u32,
    started: String,
    ended: String,
}

async fn walks(tab: &Tab, count: usize) -> Outcome<Vec<Walk>> {
    tab.until(&format!(
        "(async () => (await (await keben.openRecord()).all('walks')).length === {count})()"
    ))
    .await?;
    tab.eval("(async () => (await (await keben.openRecord()).all('walks')).sort((a, b) => a.ended < b.ended ? -1 : 1))()")
        .await
}

/// From the door to the best ending and its debrief, with every construct on the way.
pub async fn by_mouse(tab: &Tab) -> Outcome {
    open(tab, PAGE).await?;
    tab.holds(
        "nothing is given away",
        "!/睡着了|角色卡|没有下文/.test(document.querySelector('main').innerText)",
    )
    .await?;
    begin(tab, PAGE).await?;
    tab.holds(
        "a speaker has a name and a mood",
        "document.querySelector('.say .who').innerText.replace(/\\s+/g, ' ').trim() === '王女士 生气'",
    )
    .await?;
    choose(tab, 0).await?;
    same(
        "the choice becomes a line",
        text(tab, ".mine .bubble > p:last-child").await?.as_str(),
        "您先坐，慢慢说。",
    )?;
    same(
        "what it changed",
        text(tab, ".talk .moved").await?.as_str(),
        "信任 +20 心情 +1",
    )?;
    tab.holds(
        "the meters move",
        "/信任70\\+20/.test(document.querySelector('.meters').textContent)",
    )
    .await?;
    choose(tab, 0).await?;
    at(tab, "算一算").await?;
    choose(tab, 0).await?;
    tab.holds(
        "a question is answered on the spot",
        "document.querySelector('.talk .verdict.right').innerText.includes('正确')",
    )
    .await?;
    choose(tab, 0).await?;
    tab.holds(
        "a place that is passed is read",
        "document.querySelector('.talk').innerText.includes('六点，她下楼来。') && !document.querySelector('.end-card')",
    )
    .await?;
    tab.click(".choose .on").await?;
    tab.until("document.activeElement.matches('.end-card h3')")
        .await?;
    same(
        "the verdict",
        text(tab, ".kind-word").await?.as_str(),
        "成功 100 分",
    )?;
    debrief(tab).await?;
    let walk = &walks(tab, 1).await?[0];
    same("the scenario", walk.scenario.as_str(), "talks/doorbell")?;
    same("choices on record", walk.path.len(), BEST.len())?;
    same("the ending on record", walk.ending.as_str(), "谢谢你")?;
    same("its kind", (walk.kind.as_str(), walk.score), ("good", 100))?;
    same("listening", walk.competencies.get("倾听"), Some(&2))?;
    same("steps taken back", walk.retries, 0)?;
    if walk.started >= walk.ended {
        return Err("a walk takes time".into());
    }
    Ok(())
}

/// What the debrief of the best ending says.
async fn debrief(tab: &Tab) -> Outcome {
    tab.holds(
        "the expert's remark stands at its fork",
        "document.querySelector('.path li .note').innerText.includes('先接住情绪')",
    )
    .await?;
    tab.holds(
        "so does what else could have been done",
        "document.querySelector('.path li details').textContent.includes('晚上十点以后才算扰民')",
    )
    .await?;
    tab.holds(
        "competencies are summed",
        "/倾听\\+2.*时限\\+1/.test(document.querySelector('.balance').textContent.replace(/\\s+/g, ''))",
    )
    .await?;
    tab.until("document.querySelector('.onward a')?.href.endsWith('/talks/next-day.html')")
        .await
}

/// Keys alone: a number chooses, Tab and Enter do too, what came is announced, and keys act only in the conversation.
pub async fn by_keyboard(tab: &Tab) -> Outcome {
    open(tab, PAGE).await?;
    tab.run("document.querySelector('.walk-door .main').focus()")
        .await?;
    tab.press("Enter").await?;
    tab.until("document.activeElement.matches('.choose')")
        .await?;
    tab.press("1").await?;
    tab.until("document.querySelectorAll('.talk .mine').length === 1")
        .await?;
    tab.holds(
        "the news is announced, with what it changed",
        "/她坐了下来。.*信任 \\+20.*王女士：我六点要接班/.test(document.querySelector('.walk [role=status]').textContent)",
    )
    .await?;
    tab.holds(
        "the focus is where one goes on",
        "document.activeElement.matches('.choose')",
    )
    .await?;
    tab.press("Tab").await?;
    tab.holds(
        "the first choice is the next stop",
        "document.activeElement === document.querySelector('.choose .choice')",
    )
    .await?;
    tab.press("Enter").await?;
    tab.until("document.querySelectorAll('.talk .mine').length === 2")
        .await?;
    tab.run("document.querySelector('.brand').focus()").await?;
    tab.press("1").await?;
    same("lines after a key elsewhere", said(tab).await?, 2)?;
    tab.run("document.querySelector('.choose').focus()").await?;
    for lines in [3, 4] {
        tab.press("1").await?;
        tab.until(&format!(
            "document.querySelectorAll('.talk .mine').length === {lines}"
        ))
        .await?;
    }
    tab.press("1").await?;
    tab.until("document.activeElement.matches('.end-card h3')")
        .await?;
    tab.holds(
        "the ending is announced",
        "/成功 100 分 谢谢你/.test(document.querySelector('.walk [role=status]').textContent)",
    )
    .await
}

/// By thumb, on a phone and on the narrowest screen: targets are large and nothing sticks out.
pub async fn by_thumb(tab: &Tab) -> Outcome {
    for screen in [PHONE, NARROW] {
        tab.screen(screen).await?;
        open(tab, PAGE).await?;
        fits(tab, screen).await?;
        tap(tab, ".walk-door .main").await?;
        for (lines, choice) in BEST.into_iter().enumerate() {
            tab.until("document.querySelector('.choose [data-choice]')")
                .await?;
            fits(tab, screen).await?;
            tap(tab, &format!(".choose [data-choice='{choice}']")).await?;
            tab.until(&format!(
                "document.querySelectorAll('.talk .mine').length === {}",
                lines + 1
            ))
            .await?;
        }
        tap(tab, ".gear > summary").await?;
        fits(tab, screen).await?;
        tap(tab, ".gear > summary").await?;
        tap(tab, ".choose .on").await?;
        tab.until("document.querySelector('.end-card')").await?;
        fits(tab, screen).await?;
    }
    Ok(())
}

async fn fits(tab: &Tab, screen: Screen) -> Outcome {
    let narrow = format!(
        "document.documentElement.scrollWidth <= {} && [...document.querySelectorAll('.walk *')].every((one) =>
           one.closest('.map, .unseen') || one.getBoundingClientRect().right <= {0} + 1)",
        screen.width
    );
    tab.holds("nothing sticks out", &narrow).await?;
    tab.holds(
        "targets are large",
        "[...document.querySelectorAll('.walk :is(button, summary, .switches label)')].filter((one) => one.checkVisibility())
           .every((one) => one.getBoundingClientRect().height >= 44)",
    )
    .await
}

/// One step back, and back to the start; what was chosen before is marked.
pub async fn back(tab: &Tab) -> Outcome {
    begin(tab, PAGE).await?;
    choose(tab, 1).await?;
    choose(tab, 0).await?;
    tab.click(".tools .tool:nth-child(1)").await?;
    at(tab, "听她说").await?;
    same("lines after a step back", said(tab).await?, 1)?;
    tab.holds(
        "what was chosen is marked",
        "document.querySelector(\".choose [data-choice='0'] small\") && !document.querySelector(\".choose [data-choice='1'] small\")",
    )
    .await?;
    tab.holds(
        "the meters are as they were",
        "/信任20/.test(document.querySelector('.meters').textContent)",
    )
    .await?;
    tab.click(".tools .tool:nth-child(2)").await?;
    at(tab, "门铃响了").await?;
    same("lines after a restart", said(tab).await?, 0)?;
    tab.holds(
        "there is nothing to take back",
        "document.querySelector('.tools .tool').disabled",
    )
    .await
}

/// What may be done once only is not offered again; a place that may be seen once neither.
pub async fn once(tab: &Tab) -> Outcome {
    begin(tab, PAGE).await?;
    choose(tab, 0).await?;
    choose(tab, 1).await?;
    let offered = "[...document.querySelectorAll('.choose [data-choice]')].map((one) => Number(one.dataset.choice))";
    same(
        "after the choice",
        tab.eval::<Vec<usize>>(offered).await?,
        vec![0, 2],
    )?;
    choose(tab, 2).await?;
    choose(tab, 0).await?;
    same(
        "after the place",
        tab.eval::<Vec<usize>>(offered).await?,
        vec![0],
    )
}

/// A walk that was left goes on where it was; one that has ended can be looked at.
pub async fn resumed(tab: &Tab) -> Outcome {
    begin(tab, PAGE).await?;
    choose(tab, 0).await?;
    choose(tab, 1).await?;
    let (talk, gauges) = (text(tab, ".talk").await?, meters(tab).await?);
    open(tab, PAGE).await?;
    same(
        "the note at the door",
        text(tab, ".walk-note").await?.as_str(),
        "上次走到“听她说”。",
    )?;
    tab.click(".walk-door .main").await?;
    at(tab, "听她说").await?;
    same("the talk", text(tab, ".talk").await?, talk)?;
    same("the meters", meters(tab).await?, gauges)?;
    for choice in [0, 0, 0] {
        choose(tab, choice).await?;
    }
    tab.click(".choose .on").await?;
    tab.until("document.querySelector('.end-card')").await?;
    walks(tab, 1).await?;
    open(tab, PAGE).await?;
    tab.click(".walk-door .button:nth-child(2)").await?;
    tab.until("document.querySelector('.end-card')").await?;
    walks(tab, 1).await?;
    Ok(())
}

/// From a fork of the debrief to another ending; then all of it once more with the last choices marked.
pub async fn what_if(tab: &Tab) -> Outcome {
    begin(tab, PAGE).await?;
    win(tab).await?;
    tab.click(".path ol > li:nth-child(3) .button").await?;
    at(tab, "算一算").await?;
    same("lines up to the fork", said(tab).await?, 2)?;
    tab.holds(
        "the choice of the last time is marked",
        "document.querySelector(\".choose [data-choice='0'] small\")",
    )
    .await?;
    choose(tab, 1).await?;
    choose(tab, 1).await?;
    tab.click(".choose .on").await?;
    tab.until("document.querySelector('.end-card')").await?;
    same(
        "the other ending",
        text(tab, ".end-card h3").await?.as_str(),
        "没有下文",
    )?;
    same(
        "endings seen",
        text(tab, ".end-card .seen").await?.as_str(),
        "已经走到 2 / 3 个结局",
    )?;
    let walks = walks(tab, 2).await?;
    same("steps taken back", walks[1].retries, 1)?;
    tab.click(".walk-end > .actions .button:nth-child(2)")
        .await?;
    at(tab, "门铃响了").await?;
    for choice in [0, 0, 1, 1] {
        tab.holds(
            "the last walk is marked all along",
            &format!("document.querySelector(\".choose [data-choice='{choice}'] small\")"),
        )
        .await?;
        choose(tab, choice).await?;
    }
    Ok(())
}

/// The map comes with an ending, and shows the way that was walked.
pub async fn map(tab: &Tab) -> Outcome {
    begin(tab, PAGE).await?;
    let drawn = "document.querySelector('.walk .map svg')?.checkVisibility()";
    tab.holds("no map before", &format!("!{drawn}")).await?;
    win(tab).await?;
    tab.until(drawn).await?;
    let walked = "[...document.querySelectorAll('.map .node.walked')].map((one) => Number(one.dataset.place)).sort((a, b) => a - b)";
    same(
        "places on the way",
        tab.eval::<Vec<usize>>(walked).await?,
        vec![0, 1, 3, 5, 6],
    )?;
    tab.holds(
        "steps on the way",
        "document.querySelectorAll('.map .edge.walked').length === 4",
    )
    .await?;
    tab.click(".map .node[data-place='1'] text").await?;
    at(tab, "听她说").await?;
    same("a place on the map leads back to it", said(tab).await?, 1)
}

/// True to life: no meters and no numbers, neither to be seen nor to be heard; and it stays so.
pub async fn true_to_life(tab: &Tab) -> Outcome {
    open(tab, PAGE).await?;
    tab.click(".switches label").await?;
    begin(tab, PAGE).await?;
    choose(tab, 0).await?;
    tab.holds(
        "nothing is counted",
        "![...document.querySelectorAll('.meters, .talk .moved')].some((one) => one.checkVisibility())",
    )
    .await?;
    tab.holds(
        "nothing is told",
        "!document.querySelector('.walk [role=status]').textContent.includes('信任')",
    )
    .await?;
    win_from_second(tab).await?;
    tab.holds(
        "the debrief counts",
        "document.querySelector('.path .moved').checkVisibility()",
    )
    .await
}

async fn win_from_second(tab: &Tab) -> Outcome {
    for choice in &BEST[1..] {
        choose(tab, *choice).await?;
    }
    tab.click(".choose .on").await?;
    tab.until("document.querySelector('.end-card')").await
}

/// Time is up: the default is taken. The clock can be stopped, and switched off for good.
pub async fn against_the_clock(tab: &Tab) -> Outcome {
    tab.at_every_start(
        "{ const now = performance.now.bind(performance); globalThis.ahead = 0; performance.now = () => now() + ahead; }",
    )
    .await?;
    begin(tab, PAGE).await?;
    tab.holds(
        "the limit and what follows are announced",
        "/限时 20 秒，到时间算“愣在那里”/.test(document.querySelector('.walk [role=status]').textContent)",
    )
    .await?;
    tab.click(".clock button").await?;
    tab.run("ahead += 60_000").await?;
    tab.until("document.querySelector('.clock button').textContent === '继续计时'")
        .await?;
    tab.click(".clock button").await?;
    tab.until("document.querySelector('.clock button').textContent === '暂停计时'")
        .await?;
    tab.holds(
        "a stopped clock waits",
        "Number(document.querySelector('.clock b').textContent) > 15 && !document.querySelector('.mine')",
    )
    .await?;
    tab.run("ahead += 12_000").await?;
    tab.until("Number(document.querySelector('.clock b').textContent) <= 8")
        .await?;
    tab.run("ahead += 12_000").await?;
    tab.until("document.querySelectorAll('.talk .mine').length === 1")
        .await?;
    tab.holds(
        "the default was taken, and that is said",
        "/愣在那里/.test(document.querySelector('.mine').textContent)
           && /时间到/.test(document.querySelector('.walk [role=status]').textContent)",
    )
    .await?;
    open(tab, PAGE).await?;
    tab.click(".switches label:nth-child(2)").await?;
    tab.click(".walk-door .button:nth-child(2)").await?;
    tab.until("document.querySelector('.choose [data-choice]')")
        .await?;
    tab.holds("no clock", "!document.querySelector('.clock')")
        .await
}

/// Without scripts, and where the player does not come, a scenario is places with links.
pub async fn unplayed(tab: &Tab) -> Outcome {
    tab.block(&["*://*:*/assets/scenario.*"]).await?;
    tab.expect_complaint("net::ERR_");
    tab.expect_complaint("Failed to load resource");
    tab.visit(PAGE).await?;
    places(tab).await?;
    tab.block(&[]).await?;
    tab.without_scripts().await?;
    tab.visit(PAGE).await?;
    places(tab).await
}

async fn places(tab: &Tab) -> Outcome {
    tab.until("[...document.querySelectorAll('.place')].every((one) => one.checkVisibility())")
        .await?;
    tab.click(".place[data-place='0'] .choices a").await?;
    tab.until("decodeURIComponent(location.hash) === '#听她说'")
        .await
}
