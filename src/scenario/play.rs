//! The rules of the game: what is offered in a state, and which state follows.
//!
//! A state is where one is, what every variable holds, and which once-only marks are used up.
//!
//! 1. A choice is offered where its condition holds, its mark is not used up, and the place that it
//!    leads to is not one that may be visited only once and was.
//! 2. Taking it applies its effects in order, each kept within the bounds of its variable, uses up
//!    its mark, and enters the place.
//! 3. Entering a place uses up its mark. Where a branch's condition holds and its place is open, the
//!    first such branch is followed at once, and so on. A circle of branches ends after as many steps
//!    as there are places; nothing is offered there.
//! 4. A place with an ending ends the play.

use crate::page::scenario::{Branch, Choice, Condition, Destination, Scenario};

/// A moment of a play.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The place.
    pub at: usize,
    /// What the variables hold, in their order.
    pub values: Vec<i32>,
    /// Which once-only marks are used up, by their number.
    pub used: Vec<bool>,
}

/// A place that a play came through without a choice, and the branch by which it went on.
pub type Passed = (usize, usize);

/// A scenario to be played.
#[derive(Debug, Clone, Copy)]
pub struct Game<'s> {
    scenario: &'s Scenario,
}

impl<'s> Game<'s> {
    /// A game of a scenario; `None` where there is no place to begin.
    pub fn new(scenario: &'s Scenario) -> Option<Self> {
        (!scenario.places.is_empty()).then_some(Self { scenario })
    }

    /// What is played.
    pub fn scenario(&self) -> &'s Scenario {
        self.scenario
    }

    /// The first state, and the places that were passed on the way to it.
    pub fn start(&self) -> (State, Vec<Passed>) {
        let mut state = State {
            at: 0,
            values: self
                .scenario
                .variables
                .iter()
                .map(|one| one.start)
                .collect(),
            used: vec![false; self.scenario.once],
        };
        let mut passed = Vec::new();
        self.enter(0, &mut state, &mut passed);
        (state, passed)
    }

    /// The choices that are offered, by their index.
    pub fn offered(&self, state: &State) -> impl Iterator<Item = usize> {
        let place = &self.scenario.places[state.at];
        let choices = place.choices.iter().enumerate();
        choices
            .filter(move |(_, choice)| place.ending.is_none() && self.is_offered(choice, state))
            .map(|(at, _)| at)
    }

    fn is_offered(&self, choice: &Choice, state: &State) -> bool {
        let fresh = choice.once.is_none_or(|mark| !state.used[mark]);
        fresh && holds(choice.when.as_ref(), state) && self.is_open(&choice.to, state)
    }

    fn is_open(&self, to: &Destination, state: &State) -> bool {
        to.place.is_some_and(|place| {
            let once = self.scenario.places[place].once;
            once.is_none_or(|mark| !state.used[mark])
        })
    }

    /// The state after a choice, and the places that were passed on the way to it.
    pub fn step(&self, state: &State, choice: usize) -> (State, Vec<Passed>) {
        let (mut next, mut passed) = (State::default(), Vec::new());
        self.step_into(state, choice, &mut next, &mut passed);
        (next, passed)
    }

    /// As [`Game::step`], into values that are used again and again.
    pub fn step_into(
        &self,
        state: &State,
        choice: usize,
        next: &mut State,
        passed: &mut Vec<Passed>,
    ) {
        next.at = state.at;
        next.values.clone_from(&state.values);
        next.used.clone_from(&state.used);
        passed.clear();
        let Some(choice) = self.scenario.places[state.at].choices.get(choice) else {
            return;
        };
        for effect in &choice.effects {
            let (least, most) = self.scenario.variables[effect.variable].domain.bounds();
            let value = &mut next.values[effect.variable];
            *value = effect.change.of(*value).clamp(least, most);
        }
        if let Some(mark) = choice.once {
            next.used[mark] = true;
        }
        if let Some(place) = choice.to.place {
            self.enter(place, next, passed);
        }
    }

    fn enter(&self, place: usize, state: &mut State, passed: &mut Vec<Passed>) {
        self.arrive(place, state);
        for _ in 0..self.scenario.places.len() {
            let here = &self.scenario.places[state.at];
            if here.ending.is_some() {
                return;
            }
            let Some((at, place)) = self.branch(&here.branches, state) else {
                return;
            };
            passed.push((state.at, at));
            self.arrive(place, state);
        }
    }

    fn arrive(&self, place: usize, state: &mut State) {
        state.at = place;
        if let Some(mark) = self.scenario.places[place].once {
            state.used[mark] = true;
        }
    }

    fn branch(&self, branches: &[Branch], state: &State) -> Option<(usize, usize)> {
        let holds =
            |branch: &Branch| holds(branch.when.as_ref(), state) && self.is_open(&branch.to, state);
        let at = branches.iter().position(holds)?;
        Some((at, branches[at].to.place?))
    }
}

fn holds(condition: Option<&Condition>, state: &State) -> bool {
    condition.is_none_or(|condition| condition.holds(&state.values))
}
