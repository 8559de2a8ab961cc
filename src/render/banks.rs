//! Questions apart from their pages: how a quiz is delivered, its first draw from a pool, and the
//! banks, which hold every question and card of a module for quizzes that draw and for review.
//!
//! A bank is a classic script, so that it also loads from a folder; it is compressed, since it says
//! again what pages say, and its links are relative to the site's root.

use std::collections::BTreeMap;

use flate2::Compression;
use serde::Serialize;

use super::question::attribute;
use super::{File, Renderer, body};
use crate::output::{content_name, packed};
use crate::page::card;
use crate::page::front::{Draw, Feedback, Marking, Purpose, QuizSettings};
use crate::page::kind::Kind;
use crate::site::link::PageId;
use crate::site::pool::{Pool, QuestionRef};
use crate::site::url::encode;
use crate::site::{Site, SitePage};
use crate::syntax;

/// The bank of pages that are in no module.
const ROOT_BANK: &str = "_";

/// How a quiz is delivered, as the player reads it.
#[derive(Debug, Serialize)]
struct Delivery<'d> {
    id: &'d str,
    mode: &'static str,
    pass: Option<u8>,
    draw: Option<u32>,
    pools: Vec<PoolView<'d>>,
    shuffle: bool,
    attempts: Option<u32>,
    minutes: Option<u32>,
    confidence: bool,
    certainty: bool,
    purpose: Option<Purpose>,
}

#[derive(Debug, Serialize)]
struct PoolView<'d> {
    count: usize,
    /// The ids of the questions, by bank.
    from: BTreeMap<&'d str, Vec<String>>,
}

/// An entry of a bank.
#[derive(Debug, Serialize)]
struct Entry<'e> {
    id: String,
    page: &'e str,
    html: String,
}

/// What `assets/course.js` tells scripts of the site.
#[derive(Debug, Serialize)]
struct Course<'c> {
    site: CourseSite<'c>,
    build: &'c str,
    banks: BTreeMap<&'c str, BankView>,
    pages: BTreeMap<&'c str, CoursePage<'c>>,
}

#[derive(Debug, Serialize)]
struct CourseSite<'c> {
    id: &'c str,
    title: &'c str,
}

#[derive(Debug, Serialize)]
struct BankView {
    url: String,
    count: usize,
}

#[derive(Debug, Serialize)]
struct CoursePage<'c> {
    title: &'c str,
    url: String,
    kind: &'c str,
    module: &'c str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    questions: Vec<String>,
}

/// How many questions a page shows.
pub fn shown(place: &SitePage) -> usize {
    let drawn: usize = place.pools.iter().map(|pool| drawn(pool).len()).sum();
    place.page.questions.len() + drawn
}

/// How a quiz page is delivered, as an attribute in single quotes; `None` for other pages.
pub fn delivery(site: &Site, id: PageId) -> Option<String> {
    let place = site.page(id);
    if place.page.front.kind != Kind::Quiz {
        return None;
    }
    let defaults = QuizSettings::default();
    let settings = place.page.front.quiz.as_ref();
    let settings = settings.map_or(&defaults, |(settings, _)| settings);
    let draw = match settings.draw {
        Some(Draw::Own(count)) => Some(count.get()),
        _ => None,
    };
    Some(attribute(&Delivery {
        id: place.page.id(),
        mode: match settings.feedback {
            Some(Feedback::End) => "test",
            _ => "practice",
        },
        pass: settings.pass.map(|pass| pass.0),
        draw,
        pools: place.pools.iter().map(|pool| view(site, pool)).collect(),
        shuffle: settings.shuffle,
        attempts: settings.attempts.map(|attempts| attempts.get()),
        minutes: settings.minutes.map(|minutes| minutes.get()),
        confidence: settings.confidence || settings.marking == Marking::Certainty,
        certainty: settings.marking == Marking::Certainty,
        purpose: settings.purpose,
    }))
}

fn view<'s>(site: &'s Site, pool: &Pool) -> PoolView<'s> {
    let mut from: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for one in &pool.questions {
        let page = &site.page(one.page).page;
        let id = page.question_id(&page.questions[one.at]);
        from.entry(bank(site, one.page)).or_default().push(id);
    }
    PoolView {
        count: pool.count,
        from,
    }
}

/// The name of the bank that holds the questions of a page.
fn bank(site: &Site, id: PageId) -> &str {
    let module = site.page(id).module;
    module.map_or(ROOT_BANK, |module| &site.module(module).id)
}

/// The questions that stand on the page of a quiz until a script draws others: as many as are
/// drawn, spread evenly over the pool, so that the same site gives the same page.
fn drawn(pool: &Pool) -> Vec<QuestionRef> {
    let count = pool.count.min(pool.questions.len());
    let nth = |at: usize| pool.questions[at * pool.questions.len() / count];
    (0..count).map(nth).collect()
}

/// The first draw of every pool of a page, one after another.
pub fn first_draw(renderer: &Renderer<'_>, id: PageId) -> String {
    let place = renderer.site().page(id);
    let mut html = String::new();
    for one in place.pools.iter().flat_map(drawn) {
        let page = renderer.site().page(one.page);
        let context = renderer.context(one.page, &place.url);
        let events = syntax::events(context.text, page.page.body.clone());
        let question = body::question(context, &events, &page.page.questions[one.at]);
        html.push_str(&renderer.clean(one.page, question));
    }
    html
}

/// The pages whose questions a quiz shows, which its page therefore depends on.
pub fn drawn_from(place: &SitePage) -> impl Iterator<Item = PageId> {
    place.pools.iter().flat_map(drawn).map(|one| one.page)
}

/// The banks, and the script that says where they are.
pub fn all(renderer: &Renderer<'_>) -> Vec<File> {
    let site = renderer.site();
    let mut entries: BTreeMap<&str, Vec<Entry<'_>>> = BTreeMap::new();
    for (id, _) in site.ids() {
        let of_page = of_page(renderer, id);
        if !of_page.is_empty() {
            entries.entry(bank(site, id)).or_default().extend(of_page);
        }
    }
    let mut files = Vec::new();
    let mut banks = BTreeMap::new();
    for (name, entries) in entries {
        let text = packed::encode(&packed::gzip(
            json(&entries).as_bytes(),
            Compression::best(),
        ));
        let take = format!("(all)=>keben.bank({},all)", json(&name));
        let script = format!("keben.packed(\"{text}\",{take});\n");
        let url = format!("assets/bank-{name}.{}.js", content_name(script.as_bytes()));
        let count = entries.len();
        banks.insert(
            name,
            BankView {
                url: encode(&url),
                count,
            },
        );
        files.push(Ok((url, script)));
    }
    files.push(Ok(("assets/course.js".to_owned(), course(renderer, banks))));
    files
}

fn course(renderer: &Renderer<'_>, banks: BTreeMap<&str, BankView>) -> String {
    let site = renderer.site();
    let page = |(id, place): (PageId, &'_ SitePage)| {
        let page = &site.page(id).page;
        let questions = page.questions.iter().map(|one| page.question_id(one));
        let course_page = CoursePage {
            title: &page.title,
            url: encode(&place.url),
            kind: page.front.kind.id(),
            module: bank(site, id),
            questions: questions.collect(),
        };
        (page.id(), course_page)
    };
    let course = Course {
        site: CourseSite {
            id: &site.config.id,
            title: &site.config.title,
        },
        build: renderer.inputs.build,
        banks,
        pages: site.ids().map(page).collect(),
    };
    format!("keben.course={};\n", json(&course))
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The questions and cards of a page.
fn of_page<'r>(renderer: &'r Renderer<'_>, id: PageId) -> Vec<Entry<'r>> {
    let page = &renderer.site().page(id).page;
    let context = renderer.context(id, "");
    if page.questions.is_empty() && !page.front.kind.info().entries {
        return Vec::new();
    }
    let events = syntax::events(context.text, page.body.clone());
    let entry = |id_of: String, html: String| Entry {
        id: id_of,
        page: page.id(),
        html: renderer.clean(id, html),
    };
    let questions = page.questions.iter().map(|question| {
        let html = body::question(context, &events, question);
        entry(page.question_id(question), html)
    });
    let cards = card::cards(page.front.kind, &events);
    let cards = cards.iter().map(|card| {
        let html = body::card(context, &events, card);
        entry(page.heading_id(card.heading), html)
    });
    questions.chain(cards).collect()
}
