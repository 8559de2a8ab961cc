//! Banks: every question and card of a module, for quizzes that draw and for review, and the list of
//! them all.
//!
//! A bank is a classic script, so that it also loads from a folder; it is compressed, since it says
//! again what pages say, and its links are relative to the site's root.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::Bytes;
use flate2::Compression;
use rayon::prelude::*;
use serde::Serialize;

use super::{Renderer, body};
use crate::output::{Output, content_name, packed};
use crate::page::card;
use crate::site::link::PageId;
use crate::site::url::encode;
use crate::site::{Site, SitePage};
use crate::syntax;

/// The bank of pages that are in no module.
const ROOT_BANK: &str = "_";

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

/// The name of the bank that holds the questions of a page.
pub(super) fn bank(site: &Site, id: PageId) -> &str {
    let module = site.page(id).module;
    module.map_or(ROOT_BANK, |module| &site.module(module).id)
}

/// Banks of an earlier build by name, each with the hash of all that went into it.
#[derive(Debug, Default)]
pub struct Cache {
    banks: HashMap<String, (u64, Bank)>,
}

/// A bank, packed.
#[derive(Debug, Clone)]
struct Bank {
    url: String,
    script: Bytes,
    count: usize,
}

/// The banks, and the script that says where they are. `keys` are those of the pages, in their
/// order: a bank whose pages have not changed is taken from `cache`.
pub fn all(renderer: &Renderer<'_>, keys: &[u64], cache: &mut Cache) -> Output {
    let site = renderer.site();
    let mut pages: BTreeMap<&str, Vec<PageId>> = BTreeMap::new();
    for (id, place) in site.ids() {
        if !place.page.questions.is_empty() || place.page.front.kind.info().entries {
            pages.entry(bank(site, id)).or_default().push(id);
        }
    }
    let known = std::mem::take(&mut cache.banks);
    let banks: Vec<(&str, u64, Bank)> = pages
        .into_par_iter()
        .map(|(name, pages)| {
            let mut hasher = DefaultHasher::new();
            pages.iter().for_each(|id| keys[id.0].hash(&mut hasher));
            let key = hasher.finish();
            let bank = match known.get(name) {
                Some((known, bank)) if *known == key => bank.clone(),
                _ => pack(renderer, name, &pages),
            };
            (name, key, bank)
        })
        .collect();
    let mut output = Output::default();
    let mut views = BTreeMap::new();
    for (name, key, bank) in banks {
        let url = encode(&bank.url);
        let count = bank.count;
        views.insert(name, BankView { url, count });
        output.insert(bank.url.clone(), bank.script.clone());
        cache.banks.insert(name.to_owned(), (key, bank));
    }
    output.insert("assets/course.js", course(renderer, views).into_bytes());
    output
}

fn pack(renderer: &Renderer<'_>, name: &str, pages: &[PageId]) -> Bank {
    let entries: Vec<Entry<'_>> = pages
        .par_iter()
        .flat_map_iter(|id| of_page(renderer, *id))
        .collect();
    let text = packed::encode(&packed::gzip(
        json(&entries).as_bytes(),
        Compression::default(),
    ));
    let take = format!("(all)=>keben.bank({},all)", json(&name));
    let script = format!("keben.packed(\"{text}\",{take});\n");
    Bank {
        url: format!("assets/bank-{name}.{}.js", content_name(script.as_bytes())),
        script: script.into_bytes().into(),
        count: entries.len(),
    }
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
