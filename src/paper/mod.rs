//! Question papers: a quiz on paper in several forms, each with an answer sheet and a key.
//!
//! What is drawn, and in which order everything stands, follows from a seed alone. The forms of one
//! seed ask the same questions. Nothing here reads or writes files.

mod deal;
mod question;
mod text;

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::Serialize;
use tera::Context;

use crate::bank::{self, Item};
use crate::diag::{Diagnostic, has_errors};
use crate::output::Output;
use crate::page::front::Draw;
use crate::site::Site;
use crate::site::link::PageId;
use crate::source::Sources;
use crate::theme::Theme;
use deal::Dealer;
use question::View;
use text::Texts;

/// What papers are made of.
#[derive(Clone, Copy)]
pub struct Inputs<'i> {
    /// The site.
    pub site: &'i Site,
    /// Its texts.
    pub sources: &'i Sources,
    /// Its templates.
    pub theme: &'i Theme,
    /// The files that its pages use, by path.
    pub assets: &'i BTreeMap<String, Bytes>,
}

/// Which papers.
#[derive(Debug, Clone)]
pub struct Request<'r> {
    /// The quiz.
    pub quiz: PageId,
    /// The names of the forms.
    pub forms: &'r [String],
    /// What decides everything.
    pub seed: u64,
    /// How many questions at most.
    pub count: Option<usize>,
}

/// The three sheets of a form.
const SHEETS: &[&str] = &["paper", "answers", "key"];

/// What every sheet of a form shows.
#[derive(Debug, Serialize)]
struct Sheet<'s> {
    language: &'s str,
    site: &'s str,
    title: &'s str,
    form: &'s str,
    /// Whether there is more than one form.
    several: bool,
    seed: String,
    points: u32,
    pass: Option<u8>,
    minutes: Option<u32>,
    questions: Vec<View>,
    t: &'s BTreeMap<String, String>,
}

/// The page that somebody means: `complaints/quiz`, `content/complaints/quiz.md` or what lies between.
pub fn find(site: &Site, named: &str) -> Option<PageId> {
    let named = named.replace('\\', "/");
    let named = named.trim_start_matches("./");
    let content = format!("{}/", site.config.content);
    let bare = named.strip_prefix(&content).unwrap_or(named);
    let bare = bare.strip_suffix(".md").unwrap_or(bare);
    let found = site.ids().find(|(_, place)| place.page.id() == bare);
    found.map(|(id, _)| id)
}

/// Makes the sheets, by path; `None` with the reasons where a template fails.
pub fn make(inputs: Inputs<'_>, request: &Request<'_>) -> (Option<Output>, Vec<Diagnostic>) {
    let chosen = chosen(inputs, request);
    let mut output = Output::default();
    let mut diagnostics = Vec::new();
    for form in request.forms {
        let sheet = sheet(inputs, request, form, &chosen);
        for name in SHEETS {
            let rendered = Context::from_serialize(&sheet).and_then(|context| {
                inputs
                    .theme
                    .tera
                    .render(&format!("paper-{name}.html"), &context)
            });
            match rendered {
                Ok(html) => output.insert(format!("{form}-{name}.html"), html.into_bytes()),
                Err(error) => diagnostics.push(inputs.theme.error(&error)),
            }
        }
    }
    diagnostics.dedup();
    (
        Some(output).filter(|_| !has_errors(&diagnostics)),
        diagnostics,
    )
}

/// A question with the page that its pictures are relative to.
struct Chosen {
    item: Item,
    page: String,
}

/// The questions that all forms ask: the page's own and those that it draws.
fn chosen(inputs: Inputs<'_>, request: &Request<'_>) -> Vec<Chosen> {
    let place = inputs.site.page(request.quiz);
    let mut dealer = Dealer::new(request.seed, "draw");
    let mut refs: Vec<(PageId, usize)> = (0..place.page.questions.len())
        .map(|at| (request.quiz, at))
        .collect();
    let settings = place.page.front.quiz.as_ref().map(|(settings, _)| settings);
    if let Some(Draw::Own(count)) = settings.and_then(|settings| settings.draw.as_ref()) {
        dealer.draw(&mut refs, count.get() as usize);
    }
    for pool in &place.pools {
        let mut drawn: Vec<_> = pool
            .questions
            .iter()
            .map(|one| (one.page, one.at))
            .collect();
        // Two pools may share questions; a paper asks each once.
        drawn.retain(|one| !refs.contains(one));
        dealer.draw(&mut drawn, pool.count);
        refs.extend(drawn);
    }
    if let Some(count) = request.count {
        dealer.draw(&mut refs, count);
    }
    refs.sort_unstable();
    let mut pages: BTreeMap<PageId, Vec<Item>> = BTreeMap::new();
    refs.iter()
        .filter_map(|(id, at)| {
            let page = &inputs.site.page(*id).page;
            let items = pages.entry(*id).or_insert_with(|| {
                let (items, _) = bank::read::page(page, inputs.sources.text(page.file));
                items.into_iter().map(|placed| placed.item).collect()
            });
            let item = items.get(*at)?.clone();
            Some(Chosen {
                item,
                page: page.path.clone(),
            })
        })
        .collect()
}

fn sheet<'s>(
    inputs: Inputs<'s>,
    request: &Request<'s>,
    form: &'s str,
    chosen: &[Chosen],
) -> Sheet<'s> {
    let place = inputs.site.page(request.quiz);
    let mut order: Vec<&Chosen> = chosen.iter().collect();
    Dealer::new(request.seed, form).shuffle(&mut order);
    let question = |(at, chosen): (usize, &&Chosen)| {
        let texts = Texts {
            page: &chosen.page,
            assets: inputs.assets,
        };
        // By the question's own name, so that adding one leaves the others as they are.
        let mut dealer = Dealer::new(request.seed, &format!("{form}\0{}", chosen.item.id));
        question::view(at + 1, &chosen.item, texts, &mut dealer, inputs.theme)
    };
    let questions: Vec<View> = order.iter().enumerate().map(question).collect();
    let settings = place.page.front.quiz.as_ref().map(|(settings, _)| settings);
    Sheet {
        language: inputs.site.config.language.tag(),
        site: &inputs.site.config.title,
        title: &place.page.title,
        form,
        several: request.forms.len() > 1,
        seed: request.seed.to_string(),
        points: questions.iter().map(|question| question.points).sum(),
        pass: settings
            .and_then(|settings| settings.pass.as_ref())
            .map(|pass| pass.0),
        minutes: settings
            .and_then(|settings| settings.minutes)
            .map(|minutes| minutes.get()),
        questions,
        t: &inputs.theme.strings,
    }
}
