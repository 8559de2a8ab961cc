//! Every scenario can be played, all of it, to an end.

use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::diag::suggest::nearest;
use crate::page::Page;
use crate::page::scenario::{Destination, Scenario};
use crate::scenario::explore::Move;
use crate::scenario::proof::{Finding, prove};
use crate::site::Site;

/// So many states of a scenario are looked at: far more than a conversation has, in a fraction of a second.
pub const LIMIT: u32 = 100_000;
/// A choice is quoted up to this many characters.
const QUOTED: usize = 14;

/// Reports what no author of a scenario wants, with a shortest play that shows it.
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let found = site.pages.par_iter().map(|page| of_page(&page.page));
    let found: Vec<Vec<Diagnostic>> = found.collect();
    diagnostics.extend(found.into_iter().flatten());
}

fn of_page(page: &Page) -> Vec<Diagnostic> {
    let Some(scenario) = page.scenario.as_deref().filter(|scenario| scenario.sound) else {
        return Vec::new();
    };
    let teller = Teller { page, scenario };
    let lost: Vec<_> = destinations(scenario)
        .filter(|to| to.place.is_none())
        .collect();
    if !lost.is_empty() {
        // What else is wrong may follow from this.
        return lost
            .into_iter()
            .filter_map(|to| teller.no_place(to))
            .collect();
    }
    let findings = prove(scenario, LIMIT);
    findings
        .iter()
        .map(|finding| teller.tell(finding))
        .collect()
}

fn destinations(scenario: &Scenario) -> impl Iterator<Item = &Destination> {
    scenario.places.iter().flat_map(|place| {
        let choices = place.choices.iter().map(|choice| &choice.to);
        choices.chain(place.branches.iter().map(|branch| &branch.to))
    })
}

struct Teller<'t> {
    page: &'t Page,
    scenario: &'t Scenario,
}

impl Teller<'_> {
    /// A heading that is no place; a link to no heading at all is told with the other links.
    fn no_place(&self, to: &Destination) -> Option<Diagnostic> {
        let anchor = crate::site::url::decode(to.dest.trim_start_matches('#'));
        let places = self
            .scenario
            .places
            .iter()
            .map(|place| place.anchor.as_str());
        let near: Vec<_> = nearest(&anchor, places)
            .iter()
            .map(|one| format!("#{one}"))
            .collect();
        let diagnostic = Diagnostic::at(Code::NoPlace, self.page.file, to.span.clone())
            .with("dest", &to.dest)
            .suggest(&near);
        self.page.has_anchor(&anchor).then_some(diagnostic)
    }

    fn tell(&self, finding: &Finding) -> Diagnostic {
        let places = &self.scenario.places;
        let at = |code, span: &std::ops::Range<usize>| {
            Diagnostic::at(code, self.page.file, span.clone())
        };
        let heading =
            |code, place: usize| at(code, &places[place].span).with("place", &places[place].title);
        match finding {
            Finding::Unreachable { place } if places[*place].ending.is_some() => {
                heading(Code::UnreachedEnding, *place)
            }
            Finding::Unreachable { place } => heading(Code::UnreachablePlace, *place),
            Finding::NeverOffered { place, choice } => at(
                Code::NeverOffered,
                &places[*place].choices[*choice].label.span,
            )
            .with("place", &places[*place].title),
            Finding::NeverTaken { place, branch } => at(
                Code::NeverOffered,
                &places[*place].branches[*branch].to.span,
            )
            .with("place", &places[*place].title),
            Finding::DeadEnd { place, play } => {
                heading(Code::DeadEnd, *place).with("play", self.play(play, *place))
            }
            Finding::Endless { place, play } => {
                heading(Code::EndlessLoop, *place).with("play", self.play(play, *place))
            }
            Finding::NoDecision { place, play } => {
                heading(Code::NoDecision, *place).with("play", self.play(play, *place))
            }
            Finding::NeverSet { variable } => self.variable(Code::NeverSet, *variable),
            Finding::NeverRead { variable } => self.variable(Code::NeverRead, *variable),
            Finding::Dominated {
                place,
                choice,
                other,
            } => {
                let choices = &places[*place].choices;
                at(Code::Dominated, &choices[*choice].label.span)
                    .with("other", clipped(&choices[*other].label.plain))
            }
            Finding::AlwaysCut {
                place,
                choice,
                effect,
                play,
            } => {
                let effect = &places[*place].choices[*choice].effects[*effect];
                let variable = &self.scenario.variables[effect.variable];
                let (least, most) = variable.domain.bounds();
                at(Code::AlwaysAtBound, &effect.span)
                    .with("code", effect.written(variable))
                    .with("least", least.to_string())
                    .with("most", most.to_string())
                    .with("play", self.play(play, *place))
            }
            Finding::TooMany { limit } => {
                let span = places
                    .first()
                    .map(|place| place.span.clone())
                    .unwrap_or_default();
                at(Code::TooManyStates, &span).with("limit", limit.to_string())
            }
        }
    }

    fn variable(&self, code: Code, variable: usize) -> Diagnostic {
        let variable = &self.scenario.variables[variable];
        Diagnostic::at(code, self.page.file, variable.span.clone()).with("name", &variable.name)
    }

    /// A play in words that need no language: places, and in quotation marks what one says there.
    fn play(&self, play: &[Move], to: usize) -> String {
        let mut words: Vec<String> = play
            .iter()
            .map(|step| {
                let place = &self.scenario.places[step.place];
                format!(
                    "{} “{}”",
                    place.title,
                    clipped(&place.choices[step.choice].label.plain)
                )
            })
            .collect();
        words.push(self.scenario.places[to].title.clone());
        words.join(" → ")
    }
}

/// A choice in few words, without the quotation marks that it may have itself.
fn clipped(label: &str) -> String {
    let bare = label.trim_matches(['“', '”', '"']);
    match bare.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &bare[..end]),
        None => bare.to_owned(),
    }
}
