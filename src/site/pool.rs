//! Pools: which questions of the whole site a quiz may draw.

use std::collections::BTreeSet;

use super::link::{PageId, Target};
use super::{Site, SitePage, url};
use crate::page::front::PoolSpec;

/// A question of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuestionRef {
    /// The page that it is on.
    pub page: PageId,
    /// Its place among the page's questions.
    pub at: usize,
}

/// Questions from which a quiz draws some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    /// How many are drawn.
    pub count: usize,
    /// In reading order.
    pub questions: Vec<QuestionRef>,
    /// A module or path that the quiz names and the site lacks.
    pub missing: Option<String>,
}

impl Pool {
    /// How many questions of `other` it may draw at most.
    pub fn most_of(&self, other: &Self) -> usize {
        let own: BTreeSet<_> = self.questions.iter().collect();
        let shared = other.questions.iter().filter(|one| own.contains(one));
        shared.count().min(self.count)
    }
}

/// Fills the pools of every quiz.
pub(super) fn fill(site: &mut Site) {
    for at in 0..site.pages.len() {
        let page = &site.pages[at];
        let Some((settings, _)) = &page.page.front.quiz else {
            continue;
        };
        let pools = settings.pools().iter().map(|spec| pool(site, page, spec));
        site.pages[at].pools = pools.collect();
    }
}

fn pool(site: &Site, quiz: &SitePage, spec: &PoolSpec) -> Pool {
    let mut pool = Pool {
        count: spec.count.get() as usize,
        questions: Vec::new(),
        missing: None,
    };
    if let Some(module) = &spec.module
        && !site.modules.iter().any(|one| one.id == *module)
    {
        pool.missing = Some(module.clone());
    }
    let path = spec.path.as_ref().map(|path| on_path(site, quiz, path));
    if let (Some(None), Some(path)) = (&path, &spec.path) {
        pool.missing = Some(path.clone());
    }
    let path = path.flatten();
    for (id, page) in site.ids() {
        let front = &page.page.front;
        let module = page.module.map(|module| site.module(module).id.as_str());
        let is_in = spec
            .module
            .as_deref()
            .is_none_or(|name| module == Some(name))
            && path.as_ref().is_none_or(|path| path.contains(&id))
            && (spec.tags.is_empty() || spec.tags.iter().any(|tag| front.tags.contains(tag)));
        if is_in {
            let graded = page.page.questions.iter().enumerate();
            let graded = graded.filter(|(_, question)| question.is_graded());
            pool.questions
                .extend(graded.map(|(at, _)| QuestionRef { page: id, at }));
        }
    }
    pool
}

/// The pages that a path leads to; `None` where there is no such path.
fn on_path(site: &Site, quiz: &SitePage, path: &str) -> Option<BTreeSet<PageId>> {
    let path = url::join(&quiz.page.path, path)?;
    let (_, path) = site.ids().find(|(_, page)| page.page.path == path)?;
    let page = |target: &Target| match target {
        Target::Page(id, _) => Some(*id),
        _ => None,
    };
    Some(path.targets.values().filter_map(page).collect())
}
