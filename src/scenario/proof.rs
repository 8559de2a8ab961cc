//! What is wrong with a scenario, found by looking at every play.
//!
//! What some play shows (a dead end) is told whether or not all states were visited; what no play
//! shows (a place that is never reached) only when they were.

use std::collections::VecDeque;

use super::explore::{Explored, Move, explore};
use super::graph::{Ahead, NEAR};
use super::play::Game;
use crate::page::scenario::{Change, Place, Scenario};

/// One thing that is wrong, with places, choices and so on by their index.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Finding {
    /// No play comes there.
    Unreachable { place: usize },
    /// The choice is never offered.
    NeverOffered { place: usize, choice: usize },
    /// The branch is never taken.
    NeverTaken { place: usize, branch: usize },
    /// A play gets stuck.
    DeadEnd { place: usize, play: Vec<Move> },
    /// A play that comes here never ends.
    Endless { place: usize, play: Vec<Move> },
    /// Conditions read it, and nothing changes it.
    NeverSet { variable: usize },
    /// Nothing reads it.
    NeverRead { variable: usize },
    /// The bounds cut it whenever it is applied.
    AlwaysCut {
        place: usize,
        choice: usize,
        effect: usize,
        play: Vec<Move>,
    },
    /// The other choice leads to the same place and is never worse.
    Dominated {
        place: usize,
        choice: usize,
        other: usize,
    },
    /// A play to the best ending on which nothing could go wrong.
    NoDecision { place: usize, play: Vec<Move> },
    /// There are more states than were visited.
    TooMany { limit: u32 },
}

/// Proves a scenario by visiting at most `limit` states.
pub fn prove(scenario: &Scenario, limit: u32) -> Vec<Finding> {
    let mut findings = unused(scenario);
    let Some(game) = Game::new(scenario) else {
        return findings;
    };
    let explored = explore(&game, limit);
    let proof = Proof {
        scenario,
        explored: &explored,
    };
    proof.dead_ends(&mut findings);
    if !explored.complete {
        findings.push(Finding::TooMany { limit });
        return findings;
    }
    proof.never(&mut findings);
    proof.always_cut(&mut findings);
    let ahead = Ahead::of(scenario, &explored);
    proof.endless(&ahead, &mut findings);
    proof.dominated(&ahead, &mut findings);
    proof.no_decision(&ahead, &mut findings);
    findings
}

/// Variables without use; this takes no play.
fn unused(scenario: &Scenario) -> Vec<Finding> {
    let (mut set, mut read) = (vec![false; scenario.variables.len()], Vec::new());
    read.clone_from(&set);
    for place in &scenario.places {
        for effect in place.choices.iter().flat_map(|choice| &choice.effects) {
            set[effect.variable] = true;
        }
        let of_choices = place.choices.iter().filter_map(|one| one.when.as_ref());
        let of_branches = place.branches.iter().filter_map(|one| one.when.as_ref());
        for condition in of_choices.chain(of_branches) {
            condition.reads(&mut |variable| read[variable] = true);
        }
    }
    let mut findings = Vec::new();
    for (variable, declared) in scenario.variables.iter().enumerate() {
        // The answer to a question may teach without deciding.
        if declared.span.is_empty() {
            continue;
        }
        if !read[variable] {
            findings.push(Finding::NeverRead { variable });
        } else if !set[variable] {
            findings.push(Finding::NeverSet { variable });
        }
    }
    findings
}

struct Proof<'p> {
    scenario: &'p Scenario,
    explored: &'p Explored,
}

impl Proof<'_> {
    fn states(&self) -> std::ops::Range<usize> {
        0..self.explored.len()
    }

    fn place(&self, state: usize) -> &Place {
        &self.scenario.places[self.explored.place(state)]
    }

    /// The first state of each place where nothing is offered and nothing ends.
    fn dead_ends(&self, findings: &mut Vec<Finding>) {
        let mut told = vec![false; self.scenario.places.len()];
        for state in self.states() {
            let place = self.explored.place(state);
            let stuck = self.explored.is_stuck(state) && self.place(state).ending.is_none();
            if stuck && !std::mem::replace(&mut told[place], true) {
                findings.push(Finding::DeadEnd {
                    place,
                    play: self.explored.play_to(state),
                });
            }
        }
    }

    /// Places, choices and branches of which no play makes use.
    fn never(&self, findings: &mut Vec<Finding>) {
        let mut offered: Vec<Vec<bool>> = self
            .scenario
            .places
            .iter()
            .map(|place| vec![false; place.choices.len()])
            .collect();
        for state in self.states() {
            for (choice, _) in self.explored.moves(state) {
                offered[self.explored.place(state)][choice] = true;
            }
        }
        for (place, here) in self.scenario.places.iter().enumerate() {
            if self.explored.seen.places[place].is_none() {
                findings.push(Finding::Unreachable { place });
                continue;
            }
            let known = here.choices.iter().zip(&offered[place]).enumerate();
            let never =
                known.filter(|(_, (choice, offered))| !**offered && choice.to.place.is_some());
            findings.extend(never.map(|(choice, _)| Finding::NeverOffered { place, choice }));
            let taken = &self.explored.seen.branches[place];
            let known = here.branches.iter().zip(taken).enumerate();
            let never = known.filter(|(_, (branch, taken))| !**taken && branch.to.place.is_some());
            findings.extend(never.map(|(branch, _)| Finding::NeverTaken { place, branch }));
        }
    }

    fn always_cut(&self, findings: &mut Vec<Finding>) {
        for (place, choices) in self.explored.seen.effects.iter().enumerate() {
            for (choice, effects) in choices.iter().enumerate() {
                for (effect, (applied, cut)) in effects.iter().enumerate() {
                    let change = self.scenario.places[place].choices[choice].effects[effect].change;
                    if *applied > 0 && applied == cut && matches!(change, Change::Add(_)) {
                        let play = self.explored.play_through(place).unwrap_or_default();
                        findings.push(Finding::AlwaysCut {
                            place,
                            choice,
                            effect,
                            play,
                        });
                    }
                }
            }
        }
    }

    /// The first state of every part of the graph that no play leaves.
    fn endless(&self, ahead: &Ahead, findings: &mut Vec<Finding>) {
        let mut told = vec![false; self.explored.len()];
        for state in self.states() {
            if ahead.stops[state] || told[state] {
                continue;
            }
            let (place, play) = (self.explored.place(state), self.explored.play_to(state));
            findings.push(Finding::Endless { place, play });
            let mut open = vec![state];
            while let Some(at) = open.pop() {
                for (_, to) in self.explored.moves(at) {
                    if !std::mem::replace(&mut told[to], true) {
                        open.push(to);
                    }
                }
            }
        }
    }

    /// Choices that are never better than a neighbour with the same place, and of which nobody says
    /// why. Better is what promises more to somebody who goes on at random, or at best.
    fn dominated(&self, ahead: &Ahead, findings: &mut Vec<Finding>) {
        let mut pairs = Pairs::of(self.scenario);
        for state in self.states() {
            let moves: Vec<(usize, usize)> = self.explored.moves(state).collect();
            for pair in &mut pairs.0[self.explored.place(state)] {
                pair.see(&moves, ahead);
            }
        }
        for (place, pairs) in pairs.0.into_iter().enumerate() {
            let mut told = Vec::new();
            for pair in pairs.iter().filter(|pair| pair.dominated()) {
                if !told.contains(&pair.choice) && !told.contains(&pair.other) {
                    told.push(pair.choice);
                    let (choice, other) = (pair.choice, pair.other);
                    findings.push(Finding::Dominated {
                        place,
                        choice,
                        other,
                    });
                }
            }
        }
    }

    /// Goes only where nothing that is offered loses the best ending.
    fn no_decision(&self, ahead: &Ahead, findings: &mut Vec<Finding>) {
        let Some(best) = ahead.best.first().copied().flatten() else {
            return;
        };
        let keeps = |state: usize| {
            self.explored
                .moves(state)
                .all(|(_, to)| ahead.best[to] == Some(best))
        };
        let mut from: Vec<Option<(usize, usize)>> = vec![None; self.explored.len()];
        let mut open = VecDeque::from([0]);
        while let Some(state) = open.pop_front() {
            let place = self.explored.place(state);
            if self.scenario.places[place].ending.is_some() {
                let play = self.walked(state, &from);
                findings.push(Finding::NoDecision { place, play });
                return;
            }
            if !keeps(state) {
                continue;
            }
            for (choice, to) in self.explored.moves(state) {
                if to != 0 && from[to].is_none() {
                    from[to] = Some((state, choice));
                    open.push_back(to);
                }
            }
        }
    }

    fn walked(&self, state: usize, from: &[Option<(usize, usize)>]) -> Vec<Move> {
        let mut play = Vec::new();
        let mut at = state;
        while let Some((before, choice)) = from[at] {
            play.push(Move {
                place: self.explored.place(before),
                choice,
            });
            at = before;
        }
        play.reverse();
        play
    }
}

/// Two choices of one place that lead to the same place, and what was seen of them.
struct Pair {
    choice: usize,
    other: usize,
    /// Whether the first was ever offered.
    seen: bool,
    /// Whether the second was there, and no worse, whenever the first was offered.
    never_better: bool,
    /// Whether the second was better at least once.
    worse: bool,
    /// Whether both always led to the same state.
    same: bool,
}

impl Pair {
    fn see(&mut self, moves: &[(usize, usize)], ahead: &Ahead) {
        let to = |choice: usize| {
            moves
                .iter()
                .find(|(at, _)| *at == choice)
                .map(|(_, to)| *to)
        };
        let Some(mine) = to(self.choice) else {
            return;
        };
        self.seen = true;
        let Some(its) = to(self.other) else {
            self.never_better = false;
            return;
        };
        let gain = ahead.expected[its] - ahead.expected[mine];
        self.same &= mine == its;
        self.never_better &= gain >= -NEAR && ahead.best[its] >= ahead.best[mine];
        self.worse |= gain > NEAR || ahead.best[its] > ahead.best[mine];
    }

    fn dominated(&self) -> bool {
        self.seen && self.never_better && (self.worse || self.same)
    }
}

/// The pairs of each place.
struct Pairs(Vec<Vec<Pair>>);

impl Pairs {
    fn of(scenario: &Scenario) -> Self {
        Self(scenario.places.iter().map(Self::of_place).collect())
    }

    fn of_place(place: &Place) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (choice, mine) in place.choices.iter().enumerate() {
            let explained = !mine.remark.is_empty() || mine.answer.is_some() || mine.timeout;
            for (other, its) in place.choices.iter().enumerate() {
                if choice != other && !explained && mine.to.place == its.to.place {
                    pairs.push(Pair {
                        choice,
                        other,
                        seen: false,
                        never_better: true,
                        worse: false,
                        same: true,
                    });
                }
            }
        }
        pairs
    }
}
