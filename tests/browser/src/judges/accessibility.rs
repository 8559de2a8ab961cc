//! Accessibility as axe-core judges it: every page by day and by night, every kind of page on a phone, and the search
//! while it is open. All of its rules count, and those for the size of targets too, which it leaves off by default.

use std::fs;

use serde::Deserialize;

use crate::harness::{Harness, Outcome};
use crate::journeys::{record, review, scenario};
use crate::lab::repository;
use crate::site::Way::Http;
use crate::tab::{DESK, PHONE, Screen, Tab};

/// Adds the pages in parts, so that tests running side by side share them out.
pub fn add(h: &mut Harness) {
    for part in 0..PARTS {
        let name = format!(
            "accessibility: every page by day and by night, {} of {PARTS}",
            part + 1
        );
        h.journey(&name, Http, async move |tab: &Tab| {
            every_page(tab, part).await
        });
    }
    h.journey(
        "accessibility: every kind of page on a phone",
        Http,
        on_a_phone,
    );
    h.journey(
        "accessibility: the learner's own pages, empty and full",
        Http,
        own_pages,
    );
    h.journey(
        "accessibility: the search while it is open",
        Http,
        open_search,
    );
    h.with_quizzes(
        "accessibility: questions asked, answered and shown",
        questions,
    );
    h.with_quizzes(
        "accessibility: a quiz from its door to its hand-in",
        quizzes,
    );
    h.with_scenario("accessibility: a scenario in every state", walked_scenario);
}

/// My learning and today's review, empty and full, on a desk by day and on a phone by night.
async fn own_pages(tab: &Tab) -> Outcome {
    let mut judge = Judge::new(tab)?;
    for (page, empty) in [
        ("me.html", "#me .nothing"),
        ("review.html", "#review .nothing"),
    ] {
        tab.visit(page).await?;
        tab.until(&format!("document.querySelector('{empty}')"))
            .await?;
        judge.page(&format!("{page}, empty"), ALL).await?;
    }
    tab.run(record::SEED).await?;
    tab.until_later("seed('communication/quiz', true).then(() => true)")
        .await?;
    tab.at_every_start(review::DAYS_LATER).await?;
    for (screen, scheme) in [(DESK, "light"), (PHONE, "dark")] {
        tab.screen(screen).await?;
        tab.scheme(scheme).await?;
        tab.visit("me.html").await?;
        tab.click(".done summary").await?;
        tab.until("document.querySelector('.done details li a')")
            .await?;
        judge.page(&format!("my learning, {scheme}"), ALL).await?;
        tab.click("#me .buttons .stop").await?;
        tab.until("document.querySelector('dialog.ask-first')")
            .await?;
        judge
            .page(&format!("before erasing, {scheme}"), ALL)
            .await?;
        tab.press("Escape").await?;
        tab.visit("review.html").await?;
        tab.until("document.querySelector('#review .ready')")
            .await?;
        judge.page(&format!("what is due, {scheme}"), ALL).await?;
        tab.visit("communication/index.html").await?;
        tab.until("document.querySelector('.entry .did')").await?;
        judge
            .page(&format!("a module with marks, {scheme}"), ALL)
            .await?;
    }
    judge.verdict()
}

const PARTS: usize = 4;

async fn every_page(tab: &Tab, part: usize) -> Outcome {
    let mut judge = Judge::new(tab)?;
    let pages = tab.pages();
    for page in pages.iter().skip(part).step_by(PARTS) {
        tab.scheme("light").await?;
        tab.meet(page).await?;
        judge.page(page, ALL).await?;
        tab.scheme("dark").await?;
        judge.page(&format!("{page} in the dark"), COLOURS).await?;
    }
    judge.verdict()
}

async fn on_a_phone(tab: &Tab) -> Outcome {
    let mut judge = Judge::new(tab)?;
    tab.screen(PHONE).await?;
    for page in tab.one_of_each_kind()? {
        tab.meet(&page).await?;
        judge.page(&format!("{page} on a phone"), ALL).await?;
    }
    tab.visit("fees/reasons.html").await?;
    tab.click("[data-sheet]").await?;
    tab.until("document.querySelector('dialog.sheet[open]')")
        .await?;
    judge.page("the sheet", ALL).await?;
    judge.verdict()
}

async fn open_search(tab: &Tab) -> Outcome {
    let mut judge = Judge::new(tab)?;
    for scheme in ["light", "dark"] {
        tab.scheme(scheme).await?;
        tab.visit("fees/reasons.html").await?;
        tab.press("/").await?;
        tab.until("document.activeElement.matches('dialog[open] [role=combobox]')")
            .await?;
        tab.until("!document.querySelector('dialog [role=status]').textContent")
            .await?;
        judge
            .page(&format!("the search with nothing asked, {scheme}"), ALL)
            .await?;
        tab.enter("投诉").await?;
        tab.until("document.querySelector('dialog [role=option]')")
            .await?;
        judge
            .page(&format!("the search with hits, {scheme}"), ALL)
            .await?;
        tab.run("document.activeElement.select()").await?;
        tab.enter("龘靐齉").await?;
        tab.until("document.querySelector('dialog [role=status]').textContent.includes('龘靐齉')")
            .await?;
        judge
            .page(&format!("the search with nothing found, {scheme}"), ALL)
            .await?;
    }
    judge.verdict()
}

async fn questions(tab: &Tab) -> Outcome {
    let mut judge = Judge::new(tab)?;
    for (scheme, screen) in [("light", DESK), ("dark", PHONE)] {
        tab.scheme(scheme).await?;
        tab.screen(screen).await?;
        tab.visit("desk/lesson.html").await?;
        tab.run("document.querySelector('.question').scrollIntoView({ behavior: 'instant' })")
            .await?;
        tab.until("document.querySelectorAll('.question.live').length === 9")
            .await?;
        judge
            .page(&format!("questions asked, {scheme}"), ALL)
            .await?;
        tab.run(ANSWER).await?;
        tab.run("for (const one of document.querySelectorAll('.button.main')) one.click()")
            .await?;
        tab.until("document.querySelectorAll('.question.locked').length === 8")
            .await?;
        judge
            .page(&format!("questions answered, {scheme}"), ALL)
            .await?;
        tab.run(
            "for (const one of document.querySelectorAll('.actions .button:not([hidden]):last-child')) one.click();
             document.querySelector('.criteria').closest('.question').querySelector('.button.main').click()",
        )
        .await?;
        tab.until("document.querySelectorAll('.explanation').length > 9")
            .await?;
        judge.page(&format!("answers shown, {scheme}"), ALL).await?;
    }
    judge.verdict()
}

/// The phone is as long as the page, so that nothing lies half behind the bars at its edges.
async fn quizzes(tab: &Tab) -> Outcome {
    let long = Screen {
        height: 6000,
        ..PHONE
    };
    let mut judge = Judge::new(tab)?;
    let stage = async |name: &str| {
        tab.until(&format!(
            "document.querySelector('.quiz').dataset.stage === '{name}'"
        ))
        .await
    };
    for (page, scheme, screen) in [
        ("desk/practice.html", "light", long),
        ("desk/test.html", "light", DESK),
        ("desk/sure.html", "dark", DESK),
        ("desk/practice.html", "dark", DESK),
    ] {
        let name = |state: &str| format!("{page} {state}, {scheme}");
        tab.scheme(scheme).await?;
        tab.screen(screen).await?;
        tab.visit(page).await?;
        stage("intro").await?;
        judge.page(&name("introduced"), ALL).await?;
        tab.click(".card .button:last-child").await?;
        stage("play").await?;
        tab.run(ANSWER).await?;
        tab.run("const sure = [...document.querySelectorAll('.sure input')].filter((one) => one.checkVisibility()); sure[2]?.click();
                 document.querySelector('.bar-top .button').click()")
            .await?;
        judge.page(&name("asked"), ALL).await?;
        tab.run("[...document.querySelectorAll('.question .button.main')].find((one) => one.checkVisibility())?.click()")
            .await?;
        judge.page(&name("answered"), ALL).await?;
        tab.click(".map li:last-child button").await?;
        tab.click(".steps .button:last-child").await?;
        tab.until("document.querySelector('dialog.warning[open]')")
            .await?;
        judge.page(&name("warned"), ALL).await?;
    }
    judge.verdict()
}

/// The phone is as long as the page, so that nothing lies half behind the bars at its edges.
async fn walked_scenario(tab: &Tab) -> Outcome {
    let long = Screen {
        height: 6000,
        ..PHONE
    };
    let mut judge = Judge::new(tab)?;
    for (name, scheme, screen) in [
        ("by day", "light", DESK),
        ("by night", "dark", DESK),
        ("on a phone", "light", long),
    ] {
        tab.scheme(scheme).await?;
        tab.screen(screen).await?;
        scenario::open(tab, "talks/doorbell.html").await?;
        judge.page(&format!("the door {name}"), ALL).await?;
        scenario::begin(tab, "talks/doorbell.html").await?;
        judge.page(&format!("the clock {name}"), ALL).await?;
        scenario::choose(tab, 1).await?;
        tab.click(".gear > summary").await?;
        judge.page(&format!("the settings {name}"), ALL).await?;
        tab.press("Escape").await?;
        scenario::choose(tab, 0).await?;
        scenario::choose(tab, 1).await?;
        judge.page(&format!("a wrong answer {name}"), ALL).await?;
        tab.click(".tools .tool:nth-child(2)").await?;
        scenario::win(tab).await?;
        tab.run("for (const one of document.querySelectorAll('details')) one.open = true")
            .await?;
        judge.page(&format!("the debrief {name}"), ALL).await?;
    }
    judge.verdict()
}

/// Answers every question that can be seen, rightly or not.
const ANSWER: &str = "for (const one of document.querySelectorAll('.question.live')) {
  if (!one.checkVisibility()) continue;
  one.querySelectorAll('.option input')[one.querySelectorAll('.option').length - 1]?.click();
  one.querySelector('.arrow:last-of-type')?.click();
  for (const field of one.querySelectorAll('[type=text], textarea')) field.value = '三天';
  for (const list of one.querySelectorAll('select')) list.selectedIndex = 1;
  for (const box of one.querySelectorAll('.grid td:nth-child(2) input')) box.click();
  one.dispatchEvent(new Event('input', { bubbles: true }));
}";

/// Every rule of axe-core that is not experimental.
const ALL: &str = "{ rules: { 'target-size': { enabled: true } } }";
/// The rules that the colours decide.
const COLOURS: &str = "{ runOnly: ['color-contrast', 'link-in-text-block'] }";

/// A rule that was broken, as axe-core reports it.
#[derive(Debug, Deserialize)]
struct Violation {
    id: String,
    help: String,
    nodes: Vec<String>,
}

struct Judge<'a> {
    tab: &'a Tab,
    axe: String,
    found: Vec<String>,
}

impl<'a> Judge<'a> {
    fn new(tab: &'a Tab) -> Outcome<Self> {
        let file = repository().join("node_modules/axe-core/axe.min.js");
        let missing = |error| format!("{}: {error}. scripts/setup.sh installs it", file.display());
        let axe = fs::read_to_string(&file).map_err(missing)?;
        Ok(Self {
            tab,
            axe,
            found: Vec::new(),
        })
    }

    /// Judges what the tab shows now.
    async fn page(&mut self, name: &str, options: &str) -> Outcome {
        if !self.tab.eval::<bool>("'axe' in globalThis").await? {
            self.tab.run(&self.axe).await?;
        }
        let report = format!(
            "axe.run(document, {options}).then(({{ violations, passes }}) => [violations.map(({{ id, help, nodes }}) =>
               ({{ id, help, nodes: nodes.map((node) => node.html.slice(0, 200) + ' ' + node.any.map((one) => one.message).join(' ')) }})), passes.length])"
        );
        let (violations, passes) = self.tab.eval::<(Vec<Violation>, usize)>(&report).await?;
        if passes == 0 {
            return Err(format!("{name}: axe-core had nothing to judge").into());
        }
        for Violation { id, help, nodes } in violations {
            self.found.push(format!(
                "{name}: {id} ({help})\n    {}",
                nodes.join("\n    ")
            ));
        }
        Ok(())
    }

    fn verdict(self) -> Outcome {
        if self.found.is_empty() {
            Ok(())
        } else {
            Err(self.found.join("\n").into())
        }
    }
}
