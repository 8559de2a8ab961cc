//! The graph of states read backwards: what can still be reached from where.

use super::explore::Explored;
use crate::page::scenario::Scenario;

/// What follows from the graph for every state.
#[derive(Debug)]
pub struct Ahead {
    /// The score of the best ending within reach; `None` where none is.
    pub best: Vec<Option<i32>>,
    /// The score that a player may expect who chooses at random.
    pub expected: Vec<f64>,
    /// Whether an ending, or at least a place without a way on, is within reach.
    pub stops: Vec<bool>,
}

/// When two expectations are one.
pub const NEAR: f64 = 1e-7;
/// Sweeps over a graph with circles; what is left after them is below what is printed.
const SWEEPS: usize = 1000;

/// Whether an ending, or at least a place without a way on, is within reach of each state.
pub fn stopping(explored: &Explored) -> Vec<bool> {
    stops(explored, &Backward::of(explored))
}

impl Ahead {
    /// Looks ahead from every state.
    pub fn of(scenario: &Scenario, explored: &Explored) -> Self {
        let back = Backward::of(explored);
        let score = |state: usize| {
            let ending = scenario.places[explored.place(state)].ending.as_ref();
            ending.map(|ending| ending.score)
        };
        let scores: Vec<Option<i32>> = (0..explored.len()).map(score).collect();
        Self {
            best: best(&scores, &back),
            expected: expected(&scores, explored),
            stops: stops(explored, &back),
        }
    }
}

/// The states that lead to each state.
struct Backward {
    offsets: Vec<u32>,
    from: Vec<u32>,
}

impl Backward {
    fn of(explored: &Explored) -> Self {
        let count = explored.len();
        let mut offsets = vec![0u32; count + 1];
        let all = || (0..count).flat_map(|at| explored.moves(at).map(move |(_, to)| (at, to)));
        for (_, to) in all() {
            offsets[to + 1] += 1;
        }
        for at in 0..count {
            offsets[at + 1] += offsets[at];
        }
        let mut next = offsets.clone();
        let mut from = vec![0u32; explored.move_count()];
        for (at, to) in all() {
            from[next[to] as usize] = at as u32;
            next[to] += 1;
        }
        Self { offsets, from }
    }

    fn of_state(&self, state: usize) -> &[u32] {
        &self.from[self.offsets[state] as usize..self.offsets[state + 1] as usize]
    }

    /// Goes backwards from some states, through states that `enter` lets in.
    fn spread(&self, mut open: Vec<usize>, mut enter: impl FnMut(usize) -> bool) {
        while let Some(state) = open.pop() {
            for from in self.of_state(state) {
                if enter(*from as usize) {
                    open.push(*from as usize);
                }
            }
        }
    }
}

/// From the best ending to the worst, each claims what leads to it and is not claimed yet.
fn best(scores: &[Option<i32>], back: &Backward) -> Vec<Option<i32>> {
    let mut endings: Vec<(i32, usize)> = scores
        .iter()
        .enumerate()
        .filter_map(|(state, score)| Some(((*score)?, state)))
        .collect();
    endings.sort_by(|a, b| b.cmp(a));
    let mut best: Vec<Option<i32>> = vec![None; scores.len()];
    for (score, state) in endings {
        best[state] = Some(score);
        back.spread(vec![state], |from| {
            let new = best[from].is_none();
            best[from] = best[from].or(Some(score));
            new
        });
    }
    best
}

fn stops(explored: &Explored, back: &Backward) -> Vec<bool> {
    let count = explored.len();
    let last: Vec<usize> = (0..count)
        .filter(|at| explored.moves(*at).next().is_none())
        .collect();
    let mut stops = vec![false; count];
    for at in &last {
        stops[*at] = true;
    }
    back.spread(last, |from| !std::mem::replace(&mut stops[from], true));
    stops
}

/// Sweeps from the last states found to the first: one sweep settles a graph without circles, or
/// nearly so, and every further one brings the rest closer.
fn expected(scores: &[Option<i32>], explored: &Explored) -> Vec<f64> {
    let mut expected: Vec<f64> = scores
        .iter()
        .map(|score| f64::from(score.unwrap_or(0)))
        .collect();
    for _ in 0..SWEEPS {
        let mut change: f64 = 0.0;
        for at in (0..expected.len()).rev() {
            let (mut sum, mut count) = (0.0, 0.0);
            for (_, to) in explored.moves(at) {
                sum += expected[to];
                count += 1.0;
            }
            if count > 0.0 {
                let mean = sum / count;
                change = change.max((mean - expected[at]).abs());
                expected[at] = mean;
            }
        }
        if change < NEAR {
            break;
        }
    }
    expected
}
