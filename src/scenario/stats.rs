//! Figures of a scenario: how large it is, how long its plays are, and where chance leads.
//!
//! The shares are those of a player who takes every offered choice with the same probability. They are
//! computed, not sampled: the probability of one begins at the first state and is handed on along the
//! moves, round by round, until all of it has arrived. In a graph without circles that is exact; with
//! circles the rest shrinks geometrically, and the rounds end when it is below [`REST`].

use serde::Serialize;

use super::explore::{Explored, explore};
use super::graph::stopping;
use super::play::Game;
use crate::page::scenario::{EndingKind, Part, Scenario};

/// What may still be under way when the rounds end.
pub const REST: f64 = 1e-12;
/// Rounds after which nobody waits for the rest.
const ROUNDS: usize = 100_000;

/// Figures of a scenario.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Stats {
    /// A place with a question counts once.
    pub places: usize,
    pub choices: usize,
    pub variables: usize,
    pub states: usize,
    /// Whether all states were visited; where not, the figures below are of a part only.
    pub complete: bool,
    pub endings: Vec<EndingStats>,
    /// The probability of a random play that has not ended: stuck, or in a circle without end.
    pub unended: f64,
    /// In choices.
    pub shortest: Option<usize>,
    /// In choices; none where plays may go in circles.
    pub longest: Option<usize>,
    /// Choices of a random play, on average.
    pub mean: f64,
    /// Minutes to read a random play, on average.
    pub minutes: f64,
}

/// Figures of one ending.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct EndingStats {
    pub id: String,
    pub title: String,
    pub kind: &'static str,
    pub score: i32,
    /// The probability that a random play ends here.
    pub share: f64,
    /// The fewest choices that lead here.
    pub shortest: Option<usize>,
}

/// The figures of a scenario, from at most `limit` states; `None` where there is no place to begin.
pub fn stats(scenario: &Scenario, limit: u32) -> Option<Stats> {
    let game = Game::new(scenario)?;
    let explored = explore(&game, limit);
    let visits = visits(&explored);
    let ends = |place: usize| scenario.places[place].ending.is_some();
    let depth = |place: usize| explored.play_through(place).map(|play| play.len());
    let mut shares = vec![0.0; scenario.places.len()];
    for (state, visited) in visits.iter().enumerate() {
        shares[explored.place(state)] += visited;
    }
    let whole: f64 = (0..shares.len())
        .filter(|at| ends(*at))
        .map(|at| shares[at])
        .sum();
    let all = scenario.places.iter().enumerate();
    let endings = all.filter_map(|(at, place)| {
        let ending = place.ending.as_ref()?;
        Some(EndingStats {
            id: place.id.clone(),
            title: place.title.clone(),
            kind: kind(ending.kind),
            score: ending.score,
            share: shares[at],
            shortest: depth(at),
        })
    });
    let mut endings: Vec<_> = endings.collect();
    endings.sort_by_key(|one| std::cmp::Reverse(one.score));
    let moved = |state: usize| {
        if explored.is_stuck(state) {
            0.0
        } else {
            visits[state]
        }
    };
    Some(Stats {
        places: scenario
            .places
            .iter()
            .filter(|place| place.part != Part::Rest)
            .count(),
        choices: scenario
            .places
            .iter()
            .map(|place| place.choices.len())
            .sum(),
        variables: scenario.variables.len(),
        states: explored.len(),
        complete: explored.complete,
        unended: (1.0 - whole).max(0.0),
        shortest: endings.iter().filter_map(|one| one.shortest).min(),
        longest: longest(&explored),
        mean: (0..explored.len()).map(moved).sum(),
        minutes: minutes(scenario, &game, &explored, &visits),
        endings,
    })
}

fn kind(kind: EndingKind) -> &'static str {
    kind.id()
}

/// How often a random play is in each state from which it can still come to a stop. What goes into a
/// circle without end is let go: it would be handed round for ever.
fn visits(explored: &Explored) -> Vec<f64> {
    let stops = stopping(explored);
    let mut visits = vec![0.0; explored.len()];
    let mut here: Vec<(usize, f64)> = vec![(0, 1.0)];
    let mut next = vec![0.0; explored.len()];
    for _ in 0..ROUNDS {
        let mut touched = Vec::new();
        for (state, mass) in here.drain(..) {
            visits[state] += mass;
            let count = explored.moves(state).count();
            for (_, to) in explored.moves(state).filter(|(_, to)| stops[*to]) {
                if next[to] == 0.0 {
                    touched.push(to);
                }
                next[to] += mass / count as f64;
            }
        }
        let mut rest = 0.0;
        for to in touched {
            let mass = std::mem::take(&mut next[to]);
            rest += mass;
            here.push((to, mass));
        }
        if rest < REST {
            break;
        }
    }
    visits
}

/// The longest play in choices; `None` where a play may come back to a state.
fn longest(explored: &Explored) -> Option<usize> {
    let count = explored.len();
    let mut incoming = vec![0u32; count];
    for to in (0..count).flat_map(|at| explored.moves(at).map(|(_, to)| to)) {
        incoming[to] += 1;
    }
    let mut depth = vec![0usize; count];
    let mut open: Vec<usize> = (0..count).filter(|at| incoming[*at] == 0).collect();
    let mut settled = 0;
    while let Some(state) = open.pop() {
        settled += 1;
        for (_, to) in explored.moves(state) {
            depth[to] = depth[to].max(depth[state] + 1);
            incoming[to] -= 1;
            if incoming[to] == 0 {
                open.push(to);
            }
        }
    }
    (settled == count).then(|| depth.into_iter().max().unwrap_or(0))
}

/// How long a random play takes to read: every place that it comes to or through, as often as it does.
fn minutes(scenario: &Scenario, game: &Game<'_>, explored: &Explored, visits: &[f64]) -> f64 {
    let time = |place: usize| {
        let length = scenario.places[place].length;
        length.han as f64 / 350.0 + length.words as f64 / 200.0
    };
    let (_, passed) = game.start();
    let mut minutes: f64 = passed.iter().map(|(place, _)| time(*place)).sum();
    for (state, visited) in visits
        .iter()
        .enumerate()
        .filter(|(_, visited)| **visited > 0.0)
    {
        let here = explored.state(state);
        minutes += visited * time(here.at);
        let count = explored.moves(state).count();
        for (choice, _) in explored.moves(state) {
            let (_, passed) = game.step(&here, choice);
            let through: f64 = passed.iter().map(|(place, _)| time(*place)).sum();
            minutes += visited / count as f64 * through;
        }
    }
    minutes
}
