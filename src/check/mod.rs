//! The gate: every rule about the whole site, one file each, in one table.
//!
//! Only [`run`] makes a [`CheckedSite`], and only a `CheckedSite` can be rendered, so that what an
//! author got wrong ends here, all of it at once.

mod addresses;
mod ids;
mod links;
mod pictures;
mod quizzes;
pub mod scenarios;

use crate::diag::{Diagnostic, has_errors};
use crate::site::Site;

/// A rule: reads the site and says what is wrong with it.
pub struct Rule {
    /// What the rule is about, as `keben check --help` names it.
    pub name: &'static str,
    run: fn(&Site, &mut Vec<Diagnostic>),
}

/// All rules, in the order in which they run.
pub const RULES: &[Rule] = &[
    Rule {
        name: "addresses",
        run: addresses::check,
    },
    Rule {
        name: "ids",
        run: ids::check,
    },
    Rule {
        name: "links",
        run: links::check,
    },
    Rule {
        name: "pictures",
        run: pictures::check,
    },
    Rule {
        name: "quizzes",
        run: quizzes::check,
    },
    Rule {
        name: "scenarios",
        run: scenarios::check,
    },
];

/// A site in which nothing is wrong that would keep it from being rendered.
#[derive(Debug)]
pub struct CheckedSite(Site);

impl std::ops::Deref for CheckedSite {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.0
    }
}

/// Runs every rule. `before` are the problems of the earlier stages; a site with an error, theirs
/// or its own, does not pass.
pub fn run(site: Site, before: &[Diagnostic]) -> (Option<CheckedSite>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    for rule in RULES {
        (rule.run)(&site, &mut diagnostics);
    }
    let sound = !has_errors(before) && !has_errors(&diagnostics);
    (sound.then_some(CheckedSite(site)), diagnostics)
}
