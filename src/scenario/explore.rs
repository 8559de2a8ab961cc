//! Every state that a play can reach, breadth first, so that the way to each is a shortest one.

use std::collections::HashSet;

use super::pack::{Packing, States};
use super::play::{Game, Passed, State};

/// What one does at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The place.
    pub place: usize,
    /// The choice, by its index.
    pub choice: usize,
}

/// The graph of all reachable states.
#[derive(Debug)]
pub struct Explored {
    packing: Packing,
    states: States,
    /// From which state each was first reached, and by which choice.
    parents: Vec<(u32, u16)>,
    /// Where the moves of each state begin in `moves`; one more than there are expanded states.
    offsets: Vec<u32>,
    /// The choice and the state that follows.
    moves: Vec<(u16, u32)>,
    /// What was seen on the way.
    pub seen: Seen,
    /// States of which some moves led to one state too many.
    cut: HashSet<usize>,
    /// Whether every reachable state was visited.
    pub complete: bool,
}

/// What was seen while exploring, beyond the graph.
#[derive(Debug, Default)]
pub struct Seen {
    /// By place: the state and the choice after which it was first come to, and come through.
    pub places: Vec<Option<Arrival>>,
    /// By place and branch: whether it was taken.
    pub branches: Vec<Vec<bool>>,
    /// By place, choice and effect: how often it was applied, and how often the bounds cut it.
    pub effects: Vec<Vec<Vec<(u32, u32)>>>,
}

/// How one came to a place: from a state by a choice, or at the very start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Before the first choice.
    Start,
    /// After a choice.
    Move(u32, u16),
}

/// Explores a game until all is seen, or `limit` states are.
pub fn explore(game: &Game<'_>, limit: u32) -> Explored {
    let mut explorer = Explorer::new(game, limit);
    explorer.run();
    explorer.explored
}

struct Explorer<'g> {
    game: &'g Game<'g>,
    limit: u32,
    explored: Explored,
    packed: Vec<u64>,
}

impl<'g> Explorer<'g> {
    fn new(game: &'g Game<'g>, limit: u32) -> Self {
        let scenario = game.scenario();
        let packing = Packing::of(scenario);
        let places = scenario.places.iter();
        let seen = Seen {
            places: vec![None; scenario.places.len()],
            branches: places
                .clone()
                .map(|one| vec![false; one.branches.len()])
                .collect(),
            effects: places
                .map(|one| {
                    one.choices
                        .iter()
                        .map(|one| vec![(0, 0); one.effects.len()])
                        .collect()
                })
                .collect(),
        };
        let explored = Explored {
            states: States::new(packing.words()),
            packing,
            parents: Vec::new(),
            offsets: vec![0],
            moves: Vec::new(),
            seen,
            cut: HashSet::new(),
            complete: true,
        };
        Self {
            game,
            limit,
            explored,
            packed: Vec::new(),
        }
    }

    fn run(&mut self) {
        let (start, passed) = self.game.start();
        self.arrive(&start, &passed, Arrival::Start);
        let (mut state, mut next) = (start, State::default());
        let mut passed = Vec::new();
        let mut at = 0;
        while at < self.explored.states.len() {
            self.explored
                .packing
                .unpack(self.explored.states.get(at), &mut state);
            for choice in self.game.offered(&state) {
                self.game.step_into(&state, choice, &mut next, &mut passed);
                self.watch(&state, choice);
                // Choices of one place are counted in a list that one can read.
                let choice = u16::try_from(choice).unwrap_or(u16::MAX);
                match self.arrive(&next, &passed, Arrival::Move(at, choice)) {
                    Some(to) => self.explored.moves.push((choice, to)),
                    None => {
                        self.explored.cut.insert(at as usize);
                    }
                }
            }
            let moves = u32::try_from(self.explored.moves.len()).unwrap_or(u32::MAX);
            self.explored.offsets.push(moves);
            at += 1;
        }
    }

    /// Notes a state; `None` where it is one too many.
    fn arrive(&mut self, state: &State, passed: &[Passed], arrival: Arrival) -> Option<u32> {
        let seen = &mut self.explored.seen;
        for (place, branch) in passed {
            seen.places[*place].get_or_insert(arrival);
            seen.branches[*place][*branch] = true;
        }
        seen.places[state.at].get_or_insert(arrival);
        self.explored.packing.pack(state, &mut self.packed);
        if self.explored.states.len() >= self.limit {
            let known = self.explored.states.number(&self.packed);
            self.explored.complete &= known.is_some();
            return known;
        }
        let (number, new) = self.explored.states.insert(&self.packed);
        if new {
            self.explored.parents.push(match arrival {
                Arrival::Start => (0, 0),
                Arrival::Move(from, choice) => (from, choice),
            });
        }
        Some(number)
    }

    /// Counts the effects of a choice that the bounds cut.
    fn watch(&mut self, state: &State, choice: usize) {
        let scenario = self.game.scenario();
        let counts = &mut self.explored.seen.effects[state.at][choice];
        if counts.is_empty() {
            return;
        }
        let effects = &scenario.places[state.at].choices[choice].effects;
        let mut values = state.values.clone();
        for (effect, (applied, cut)) in effects.iter().zip(counts) {
            let (least, most) = scenario.variables[effect.variable].domain.bounds();
            let value = effect.change.of(values[effect.variable]);
            values[effect.variable] = value.clamp(least, most);
            *applied = applied.saturating_add(1);
            *cut = cut.saturating_add(u32::from(!(least..=most).contains(&value)));
        }
    }
}

impl Explored {
    /// How many states there are.
    pub fn len(&self) -> usize {
        self.states.len() as usize
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// A state.
    pub fn state(&self, number: usize) -> State {
        let mut state = State::default();
        self.packing
            .unpack(self.states.get(number as u32), &mut state);
        state
    }

    /// The place of a state.
    pub fn place(&self, number: usize) -> usize {
        self.packing.place(self.states.get(number as u32))
    }

    /// The choices that are offered in a state, each with the state that follows.
    pub fn moves(&self, number: usize) -> impl Iterator<Item = (usize, usize)> {
        let range = self.offsets[number] as usize..self.offsets[number + 1] as usize;
        self.moves[range]
            .iter()
            .map(|(choice, to)| (usize::from(*choice), *to as usize))
    }

    /// Whether nothing is offered in a state.
    pub fn is_stuck(&self, number: usize) -> bool {
        self.moves(number).next().is_none() && !self.cut.contains(&number)
    }

    /// How many moves there are in all.
    pub fn move_count(&self) -> usize {
        self.moves.len()
    }

    /// A shortest play that leads to a state.
    pub fn play_to(&self, number: usize) -> Vec<Move> {
        let mut play = Vec::new();
        let mut at = number;
        while at != 0 {
            let (from, choice) = self.parents[at];
            at = from as usize;
            play.push(Move {
                place: self.place(at),
                choice: usize::from(choice),
            });
        }
        play.reverse();
        play
    }

    /// A shortest play that comes to, or through, a place.
    pub fn play_through(&self, place: usize) -> Option<Vec<Move>> {
        match self.seen.places[place]? {
            Arrival::Start => Some(Vec::new()),
            Arrival::Move(from, choice) => {
                let from = from as usize;
                let mut play = self.play_to(from);
                play.push(Move {
                    place: self.place(from),
                    choice: usize::from(choice),
                });
                Some(play)
            }
        }
    }
}
