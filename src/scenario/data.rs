//! A scenario as the browser's player reads it: what can be reckoned with, and no text.
//!
//! The text stands in the page itself, for readers without scripts; the player finds it there by the
//! numbers of places and choices. Values are integers throughout, a yes is 1.

use serde::Serialize;
use serde_json::{Value, json};

use super::play::State;
use crate::page::scenario::{
    Branch, Change, Choice, Condition, Domain, Ending, Operand, Part, Place, Scenario, Variable,
};

/// The name of the format, which never changes.
pub const FORMAT: &str = "keben-scenario";
/// Its version.
pub const VERSION: u32 = 1;

/// A scenario.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct Data<'s> {
    pub format: &'static str,
    pub version: u32,
    pub variables: Vec<VariableData<'s>>,
    pub competencies: Vec<&'s str>,
    /// How many once-only marks there are.
    pub once: usize,
    pub places: Vec<PlaceData<'s>>,
}

/// A variable.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct VariableData<'s> {
    pub name: &'s str,
    /// `number`, `flag`, or `answered` for the flag that every question sets.
    pub kind: &'static str,
    pub start: i32,
    pub least: i32,
    pub most: i32,
    pub meaning: &'s str,
}

/// A place.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct PlaceData<'s> {
    pub id: &'s str,
    /// `whole`, `question`, or `rest` for what goes on from an answer.
    pub part: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub once: Option<usize>,
    /// In seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<BranchData>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ChoiceData>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ending: Option<EndingData>,
}

/// A way on that nobody chooses.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct BranchData {
    pub when: Value,
    pub to: Option<usize>,
}

/// A choice; its id is that of its place, `/` (`?` for an answer) and its number from 1.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ChoiceData {
    pub to: Option<usize>,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub when: Value,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<EffectData>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gains: Vec<GainData>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub once: Option<usize>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub timeout: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<bool>,
}

/// What a choice changes: `add` or `set`.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct EffectData {
    pub variable: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<i32>,
}

/// What a choice trains.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct GainData {
    pub competency: usize,
    pub by: i32,
}

/// An ending.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct EndingData {
    /// `good`, `mixed` or `bad`.
    pub kind: &'static str,
    pub score: i32,
}

/// The data of a scenario.
pub fn data(scenario: &Scenario) -> Data<'_> {
    Data {
        format: FORMAT,
        version: VERSION,
        variables: scenario.variables.iter().map(variable).collect(),
        competencies: scenario
            .competencies
            .iter()
            .map(|one| one.name.as_str())
            .collect(),
        once: scenario.once,
        places: scenario.places.iter().map(place).collect(),
    }
}

fn variable(variable: &Variable) -> VariableData<'_> {
    let (least, most) = variable.domain.bounds();
    let kind = match variable.domain {
        Domain::Number { .. } => "number",
        Domain::Flag if variable.span.is_empty() => "answered",
        Domain::Flag => "flag",
    };
    let (name, meaning) = (&variable.name, &variable.meaning);
    VariableData {
        name,
        kind,
        start: variable.start,
        least,
        most,
        meaning,
    }
}

fn place(place: &Place) -> PlaceData<'_> {
    let part = match place.part {
        Part::Whole => "whole",
        Part::Question => "question",
        Part::Rest => "rest",
    };
    PlaceData {
        id: &place.id,
        part,
        once: place.once,
        limit: place.limit.as_ref().map(|limit| limit.seconds),
        branches: place.branches.iter().map(branch).collect(),
        choices: place.choices.iter().map(choice).collect(),
        ending: place.ending.as_ref().map(ending),
    }
}

fn branch(branch: &Branch) -> BranchData {
    BranchData {
        when: condition(branch.when.as_ref()),
        to: branch.to.place,
    }
}

fn choice(choice: &Choice) -> ChoiceData {
    let effect = |effect: &crate::page::scenario::Effect| {
        let (add, set) = match effect.change {
            Change::Add(by) => (Some(by), None),
            Change::Set(to) => (None, Some(to)),
        };
        EffectData {
            variable: effect.variable,
            add,
            set,
        }
    };
    let gain = |gain: &crate::page::scenario::Gain| GainData {
        competency: gain.competency,
        by: gain.by,
    };
    ChoiceData {
        to: choice.to.place,
        when: condition(choice.when.as_ref()),
        effects: choice.effects.iter().map(effect).collect(),
        gains: choice.gains.iter().map(gain).collect(),
        once: choice.once,
        timeout: choice.timeout,
        answer: choice.answer,
    }
}

fn ending(ending: &Ending) -> EndingData {
    EndingData {
        kind: ending.kind.id(),
        score: ending.score,
    }
}

/// `["and", …]`, `["or", …]`, `["not", …]`, or `[">=", left, right]` where a number is itself and a
/// variable is `{"variable": 0}`; `null` always holds.
fn condition(condition: Option<&Condition>) -> Value {
    let several = |word: &str, all: &[Condition]| {
        let inner = all.iter().map(|one| self::condition(Some(one)));
        std::iter::once(json!(word)).chain(inner).collect()
    };
    let value = |operand: &Operand| match operand {
        Operand::Variable(at) => json!({ "variable": at }),
        Operand::Number(number) => json!(number),
    };
    match condition {
        None => Value::Null,
        Some(Condition::All(all)) => several("and", all),
        Some(Condition::Any(any)) => several("or", any),
        Some(Condition::Not(other)) => json!(["not", self::condition(Some(other))]),
        Some(Condition::Compare(left, comparison, right)) => {
            json!([comparison.sign(), value(left), value(right)])
        }
    }
}

/// A state as the vectors and the browser write it.
pub fn state(state: &State) -> Value {
    let used = state.used.iter().enumerate().filter(|(_, used)| **used);
    let used: Vec<usize> = used.map(|(mark, _)| mark).collect();
    json!({ "at": state.at, "values": state.values, "used": used })
}
