//! Grading: what an answer is worth, by a key that says what is right.
//!
//! A [`Key`] is all that grading needs to know of a question; it is published beside the question,
//! and the browser grades by the same one (`themes/default/scripts/grading.js`). The two are held
//! together by `tests/vectors/grading.json`, which both run. Nothing here knows of pages.

pub mod number;
pub mod text;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Scores closer than this to an end are at that end.
const NEARLY: f64 = 1e-9;

/// What is right, in the form in which it is published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "lowercase",
    rename_all_fields = "camelCase"
)]
pub enum Key {
    /// Options, of which one or several are right.
    Choice {
        /// Percent of the points that choosing each option earns.
        shares: Vec<u8>,
        /// Whether several are to be chosen.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        multiple: bool,
        /// Whether the options are "right" and "wrong" themselves.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        true_false: bool,
    },
    /// Options, of which none is right.
    Survey {
        /// How many there are.
        options: usize,
        /// Whether several may be chosen.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        multiple: bool,
    },
    /// Gaps in a text.
    Blanks {
        /// One by one.
        blanks: Vec<Blank>,
        /// Pairs of characters: the first is read as the second.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        fold: String,
    },
    /// Items to be put into order; an item's number is its right place.
    Ordering {
        /// How many there are.
        count: usize,
    },
    /// Rows, to each of which one of several choices belongs.
    Matching {
        /// The choice of each row.
        right: Vec<usize>,
        /// How many choices there are, those that belong nowhere included.
        choices: usize,
    },
    /// Rows, each of which belongs into some columns.
    Classify {
        /// The columns of each row, rising.
        right: Vec<Vec<usize>>,
        /// How many columns there are.
        columns: usize,
    },
    /// A text that its writer judges by criteria.
    Open {
        /// The points of each criterion.
        criteria: Vec<u32>,
    },
    /// Something to remember, which the learner judges without a grade.
    Card,
}

/// What is right in one gap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Blank {
    /// One of some numbers.
    Numbers {
        /// Where the number may lie.
        numbers: Vec<Interval>,
        /// Whether a bare number means percent.
        percent: bool,
        /// Units that may follow the number.
        units: Vec<String>,
    },
    /// One of some choices.
    Choices {
        /// How many there are.
        choices: usize,
        /// The right one.
        right: usize,
    },
    /// One of some texts, normalised.
    Texts {
        /// Every way to write it.
        texts: Vec<String>,
    },
}

/// Where a number may lie, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Interval {
    pub min: f64,
    pub max: f64,
}

/// How good an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// All of the points.
    Right,
    /// Some of them.
    Partly,
    /// None.
    Wrong,
    /// The question has no right answer.
    Ungraded,
}

/// What an answer is worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The share of the points, from 0 to 1.
    pub score: f64,
    /// The same in a word.
    pub state: State,
    /// Whether each part of the question (option, gap, place, row, criterion) is right.
    pub parts: Vec<bool>,
}

impl Outcome {
    fn new(score: f64, parts: Vec<bool>) -> Self {
        let state = match score {
            score if score > 1.0 - NEARLY => State::Right,
            score if score < NEARLY => State::Wrong,
            _ => State::Partly,
        };
        Self {
            score,
            state,
            parts,
        }
    }

    fn ungraded() -> Self {
        Self {
            score: 0.0,
            state: State::Ungraded,
            parts: Vec::new(),
        }
    }

    /// The score is the share of the parts that are right.
    fn mean(parts: Vec<bool>) -> Self {
        Self::new(share(count(&parts), parts.len()), parts)
    }
}

/// Grades an answer. One that has not the form of an answer to this question earns nothing.
pub fn grade(key: &Key, answer: &Value) -> Outcome {
    match key {
        Key::Choice {
            shares,
            multiple: false,
            ..
        } => single(shares, &indexes(answer, shares.len())),
        Key::Choice { shares, .. } => multiple(shares, &indexes(answer, shares.len())),
        Key::Blanks { blanks, fold } => {
            let filled = list(answer, blanks.len());
            let fill = |(at, blank): (usize, &Blank)| fits(blank, fold, filled.get(at));
            Outcome::mean(blanks.iter().enumerate().map(fill).collect())
        }
        Key::Ordering { count } => ordering(*count, &indexes(answer, *count)),
        Key::Matching { right, .. } => {
            let rows = list(answer, right.len());
            let row = |(at, right): (usize, &usize)| index(rows.get(at)) == Some(*right);
            Outcome::mean(right.iter().enumerate().map(row).collect())
        }
        Key::Classify { right, columns } => {
            let rows = list(answer, right.len());
            let row = |(at, right): (usize, &Vec<usize>)| {
                let row = rows.get(at).unwrap_or(&Value::Null);
                let mut chosen = indexes(row, *columns);
                chosen.sort_unstable();
                chosen == *right
            };
            Outcome::mean(right.iter().enumerate().map(row).collect())
        }
        Key::Open { criteria } => open(criteria, answer),
        Key::Survey { .. } | Key::Card => Outcome::ungraded(),
    }
}

/// The mark of an answer given with a certainty of 1 to 3 (anything else is 1), from −6 to 3: it pays to know how sure
/// one may be (Gardner-Medwin, "Confidence assessment in the teaching of basic science", 1995).
pub fn certainty_mark(score: f64, certainty: u8) -> f64 {
    let (right, wrong) = match certainty {
        3 => (3.0, -6.0),
        2 => (2.0, -2.0),
        _ => (1.0, 0.0),
    };
    score * right + (1.0 - score) * wrong
}

fn single(shares: &[u8], chosen: &[usize]) -> Outcome {
    let parts = shares
        .iter()
        .enumerate()
        .map(|(at, share)| chosen.contains(&at) == (*share == 100))
        .collect();
    let share = match chosen {
        [one] => shares.get(*one).copied().unwrap_or_default(),
        _ => 0,
    };
    Outcome::new(f64::from(share) / 100.0, parts)
}

/// A wrong option takes back what a right one earned, so that choosing all of them earns little.
fn multiple(shares: &[u8], chosen: &[usize]) -> Outcome {
    let is_right = |at: usize| shares.get(at) == Some(&100);
    let parts: Vec<bool> = (0..shares.len())
        .map(|at| chosen.contains(&at) == is_right(at))
        .collect();
    let right = (0..shares.len()).filter(|at| is_right(*at)).count();
    let hits = (0..shares.len())
        .filter(|at| is_right(*at) && chosen.contains(at))
        .count();
    let misses = (0..shares.len())
        .filter(|at| !is_right(*at) && chosen.contains(at))
        .count();
    Outcome::new(share(hits.saturating_sub(misses), right), parts)
}

/// What counts is which item follows which, so that one misplaced item does not cost everything.
fn ordering(count: usize, order: &[usize]) -> Outcome {
    if order.len() != count {
        return Outcome::new(0.0, vec![false; count]);
    }
    let parts = order
        .iter()
        .enumerate()
        .map(|(at, item)| at == *item)
        .collect();
    let pairs = order
        .windows(2)
        .filter(|pair| pair[1] == pair[0] + 1)
        .count();
    Outcome::new(share(pairs, count.saturating_sub(1)), parts)
}

/// Without criteria there is nothing to judge by: the learner compares with the model answer.
fn open(criteria: &[u32], answer: &Value) -> Outcome {
    let sum: u32 = criteria.iter().sum();
    if sum == 0 {
        return Outcome::ungraded();
    }
    let met = answer.get("met").unwrap_or(&Value::Null);
    let met = list(met, criteria.len());
    let is_met = |at: usize| met.get(at).and_then(Value::as_bool) == Some(true);
    let parts: Vec<bool> = (0..criteria.len()).map(is_met).collect();
    let earned: u32 = criteria
        .iter()
        .zip(&parts)
        .filter(|(_, met)| **met)
        .map(|(points, _)| points)
        .sum();
    Outcome::new(share(earned as usize, sum as usize), parts)
}

fn fits(blank: &Blank, fold: &str, answer: Option<&Value>) -> bool {
    match (blank, answer) {
        (Blank::Choices { right, .. }, answer) => index(answer) == Some(*right),
        (Blank::Texts { texts }, Some(Value::String(answer))) => {
            texts.contains(&text::normalise(answer, fold))
        }
        (
            Blank::Numbers {
                numbers,
                percent,
                units,
            },
            Some(Value::String(answer)),
        ) => number::read(answer, *percent, units, fold)
            .is_some_and(|value| numbers.iter().any(|interval| interval.holds(value))),
        _ => false,
    }
}

impl Interval {
    /// Whether a number lies inside, but for what rounding loses.
    fn holds(self, value: f64) -> bool {
        let slack = |bound: f64| NEARLY * bound.abs().max(1.0);
        self.min - slack(self.min) <= value && value <= self.max + slack(self.max)
    }
}

/// A number of something; JSON does not tell 1 from 1.0.
fn index(answer: Option<&Value>) -> Option<usize> {
    let answer = answer?;
    let whole = |number: &f64| number.fract() == 0.0 && (0.0..1e9).contains(number);
    let rounded = || answer.as_f64().filter(whole).map(|number| number as u64);
    answer.as_u64().or_else(rounded)?.try_into().ok()
}

/// The values of an answer that is a list of so many; an answer of another length is none.
fn list(answer: &Value, length: usize) -> &[Value] {
    let values = answer.as_array().filter(|values| values.len() == length);
    values.map_or(&[], Vec::as_slice)
}

/// The different numbers below `limit` that an answer lists; if it lists anything else, none.
fn indexes(answer: &Value, limit: usize) -> Vec<usize> {
    let values = answer.as_array().map_or(&[][..], Vec::as_slice);
    let mut indexes = Vec::with_capacity(values.len());
    for value in values {
        match index(Some(value)) {
            Some(one) if one < limit && !indexes.contains(&one) => indexes.push(one),
            _ => return Vec::new(),
        }
    }
    indexes
}

fn count(parts: &[bool]) -> usize {
    parts.iter().filter(|part| **part).count()
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}
