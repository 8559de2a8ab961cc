//! A quiz can be delivered: its pools are there and large enough, and its pass mark is in reach.

use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::diag::suggest::nearest;
use crate::page::front::{Draw, QuizSettings};
use crate::page::kind::Kind;
use crate::page::question::Question;
use crate::site::pool::Pool;
use crate::site::{Site, SitePage};

/// Reports quizzes that ask nothing, draw more than there is, or cannot be passed.
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for (_, page) in site.ids() {
        let front = &page.page.front;
        let file = page.page.file;
        if let Some((settings, span)) = &front.quiz {
            let at = |code| Diagnostic::at(code, file, span.clone());
            for (place, pool) in page.pools.iter().enumerate() {
                diagnostics.extend(drained(site, pool, &page.pools[..place], &at));
            }
            if let Some((count, there)) = own_too_few(page, settings) {
                let small = at(Code::SmallPool).with("count", count.to_string());
                diagnostics.push(small.with("there", there.to_string()));
            }
            if settings.pass.is_some() && reachable(page) == 0 && page.pools.is_empty() {
                diagnostics.push(at(Code::UnreachablePass));
            }
        }
        let asks = !page.page.questions.is_empty() || !page.pools.is_empty();
        // A question that could not be read has been told already.
        if front.kind == Kind::Quiz && !asks && !has_question_headings(page) {
            let start = page.page.body.start;
            diagnostics.push(Diagnostic::at(Code::NoQuestions, file, start..start));
        }
    }
}

/// What is wrong with a pool; the pools `before` it may already have drawn some of its questions.
fn drained(
    site: &Site,
    pool: &Pool,
    before: &[Pool],
    at: &dyn Fn(Code) -> Diagnostic,
) -> Option<Diagnostic> {
    if let Some(missing) = &pool.missing {
        let names = site.modules.iter().map(|module| module.id.as_str());
        let problem = at(Code::NoPool).with("name", missing.clone());
        return Some(problem.suggest(&nearest(missing, names)));
    }
    let drawn: usize = before.iter().map(|other| other.most_of(pool)).sum();
    let there = pool.questions.len().saturating_sub(drawn);
    (there < pool.count).then(|| {
        at(Code::SmallPool)
            .with("count", pool.count.to_string())
            .with("there", there.to_string())
    })
}

/// How many questions the page draws of its own, and how many it has, where that is too few.
fn own_too_few(page: &SitePage, settings: &QuizSettings) -> Option<(usize, usize)> {
    let Some(Draw::Own(count)) = settings.draw else {
        return None;
    };
    let (count, there) = (count.get() as usize, page.page.questions.len());
    (there < count).then_some((count, there))
}

fn reachable(page: &SitePage) -> u32 {
    page.page.questions.iter().map(Question::reachable).sum()
}

fn has_question_headings(page: &SitePage) -> bool {
    page.page.headings.iter().any(|heading| heading.level == 2)
}
