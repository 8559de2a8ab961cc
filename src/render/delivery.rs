//! How a quiz is delivered: its settings for the player, its pools, and the questions of a pool that
//! stand on its page until a script draws others.

use std::collections::BTreeMap;

use serde::Serialize;

use super::banks::bank;
use super::question::attribute;
use super::{Renderer, body};
use crate::page::front::{Draw, Feedback, Marking, Purpose, QuizSettings};
use crate::page::kind::Kind;
use crate::site::link::PageId;
use crate::site::pool::{Pool, QuestionRef};
use crate::site::{Site, SitePage};
use crate::syntax;

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

/// How many questions a page shows.
pub fn shown(place: &SitePage) -> usize {
    place.page.questions.len() + drawn(&place.pools).len()
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

/// The questions that stand on the page of a quiz until a script draws others: as many as are
/// drawn, none twice, spread evenly over each pool, so that the same site gives the same page.
fn drawn(pools: &[Pool]) -> Vec<QuestionRef> {
    let mut drawn: Vec<QuestionRef> = Vec::new();
    for pool in pools {
        let is_left = |one: &&QuestionRef| !drawn.contains(*one);
        let left: Vec<_> = pool.questions.iter().filter(is_left).copied().collect();
        let count = pool.count.min(left.len());
        drawn.extend((0..count).map(|at| left[at * left.len() / count]));
    }
    drawn
}

/// The first draw of every pool of a page, one after another.
pub fn first_draw(renderer: &Renderer<'_>, id: PageId) -> String {
    let place = renderer.site().page(id);
    let mut html = String::new();
    for one in drawn(&place.pools) {
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
    drawn(&place.pools).into_iter().map(|one| one.page)
}

#[cfg(test)]
mod tests {
    use super::drawn;
    use crate::site::link::PageId;
    use crate::site::pool::{Pool, QuestionRef};

    fn pool(count: usize, questions: std::ops::Range<usize>) -> Pool {
        let question = |at| QuestionRef {
            page: PageId(0),
            at,
        };
        Pool {
            count,
            questions: questions.map(question).collect(),
            missing: None,
        }
    }

    #[test]
    fn the_first_draw_is_spread_and_holds_nothing_twice() {
        let places = |pools: &[Pool]| drawn(pools).iter().map(|one| one.at).collect::<Vec<_>>();
        assert_eq!(places(&[pool(3, 0..9)]), [0, 3, 6]);
        assert_eq!(places(&[pool(2, 0..4), pool(2, 0..4)]), [0, 2, 1, 3]);
        assert_eq!(places(&[pool(9, 0..2), pool(1, 0..2)]), [0, 1]);
    }
}
