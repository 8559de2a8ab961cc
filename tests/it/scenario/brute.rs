//! The explorer against brute force: random small scenarios, played by a second reading of the rules.
//!
//! The other player works on the data that the browser gets and knows nothing of packed states. What
//! it finds by trying everything, the proof must have found too, and nothing else.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;

use keben::page::scenario::Scenario;
use keben::scenario::data::{data, state};
use keben::scenario::explore::explore;
use keben::scenario::play::Game;
use keben::scenario::proof::{Finding, prove};
use keben::scenario::stats::stats;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::read;

/// Decisions, drawn one by one from a list of bytes.
struct Dice<'d>(std::slice::Iter<'d, u8>);

impl Dice<'_> {
    fn roll(&mut self, sides: u8) -> u8 {
        self.0.next().copied().unwrap_or(0) % sides
    }
}

/// A scenario of a few places as an author would write it, from any bytes.
fn written(bytes: &[u8]) -> String {
    let mut dice = Dice(bytes.iter());
    let places = 2 + dice.roll(4);
    let mut text = String::from(
        "---\nkind: scenario\ntitle: x\n---\n\n| Variable | Start | Meaning |\n| --- | --- | --- |\n\
         | trust | 1 | 0–3 |\n| noted | no | |\n\n",
    );
    for place in 0..places {
        let _ = writeln!(text, "### p{place}\n");
        if dice.roll(6) == 0 {
            text.push_str("`once`\n\n");
        }
        if dice.roll(5) == 0 {
            text.push_str("- [x] right\n- [ ] wrong `trust -1`\n\n");
        }
        for _ in 0..dice.roll(2) {
            let _ = writeln!(
                text,
                "- `if {}` → [on](#p{})",
                condition(&mut dice),
                dice.roll(places + 2)
            );
        }
        for _ in 0..dice.roll(4) {
            let _ = write!(text, "- [go](#p{})", dice.roll(places + 2));
            match dice.roll(5) {
                0 => text.push_str(" `trust +1`"),
                1 => text.push_str(" `trust -2`"),
                2 => text.push_str(" `noted = yes`"),
                3 => text.push_str(" `trust = 3, noted = no`"),
                _ => {}
            }
            if dice.roll(3) == 0 {
                let _ = write!(text, " `if {}`", condition(&mut dice));
            }
            if dice.roll(6) == 0 {
                text.push_str(" `once`");
            }
            text.push('\n');
        }
        text.push('\n');
    }
    let _ = writeln!(text, "### p{places}\n\n**Ending: success, 90 points.**\n");
    let _ = writeln!(
        text,
        "### p{}\n\n**Ending: failure, 10 points.**",
        places + 1
    );
    text
}

fn condition(dice: &mut Dice<'_>) -> &'static str {
    [
        "trust >= 2",
        "trust = 0",
        "noted",
        "not noted and trust < 3",
        "noted or trust > 1",
        "not (trust != 1)",
    ][usize::from(dice.roll(6))]
}

/// The second reading of the rules, over the data of the browser.
struct Other(Value);

impl Other {
    fn list<'v>(&'v self, place: usize, key: &str) -> Vec<&'v Value> {
        self.0["places"][place][key]
            .as_array()
            .into_iter()
            .flatten()
            .collect()
    }

    fn holds(condition: &Value, state: &Value) -> bool {
        let Some(parts) = condition.as_array() else {
            return true;
        };
        let value = |part: &Value| match part.get("variable") {
            Some(at) => number(&state["values"][number(at) as usize]),
            None => number(part),
        };
        match parts[0].as_str().expect("a sign") {
            "and" => parts[1..].iter().all(|part| Self::holds(part, state)),
            "or" => parts[1..].iter().any(|part| Self::holds(part, state)),
            "not" => !Self::holds(&parts[1], state),
            "<" => value(&parts[1]) < value(&parts[2]),
            "<=" => value(&parts[1]) <= value(&parts[2]),
            "=" => value(&parts[1]) == value(&parts[2]),
            "!=" => value(&parts[1]) != value(&parts[2]),
            ">=" => value(&parts[1]) >= value(&parts[2]),
            _ => value(&parts[1]) > value(&parts[2]),
        }
    }

    fn spent(mark: &Value, state: &Value) -> bool {
        state["used"]
            .as_array()
            .is_some_and(|used| used.contains(mark))
    }

    fn open(&self, way: &Value, state: &Value) -> bool {
        let place = number(&way["to"]) as usize;
        Self::holds(&way["when"], state) && !Self::spent(&self.0["places"][place]["once"], state)
    }

    fn offered(&self, state: &Value) -> Vec<usize> {
        let at = number(&state["at"]) as usize;
        if !self.0["places"][at]["ending"].is_null() {
            return Vec::new();
        }
        let choices = self.list(at, "choices").into_iter().enumerate();
        let free =
            |(_, way): &(usize, &Value)| self.open(way, state) && !Self::spent(&way["once"], state);
        choices.filter(free).map(|(at, _)| at).collect()
    }

    fn enter(&self, place: usize, state: &mut Value, hops: usize) {
        state["at"] = json!(place);
        Self::spend(&self.0["places"][place]["once"], state);
        let ended = !self.0["places"][place]["ending"].is_null();
        if ended || hops == self.0["places"].as_array().map_or(0, Vec::len) {
            return;
        }
        let next = self
            .list(place, "branches")
            .into_iter()
            .find(|way| self.open(way, state));
        if let Some(next) = next {
            self.enter(number(&next["to"]) as usize, state, hops + 1);
        }
    }

    fn spend(mark: &Value, state: &mut Value) {
        let mut used: BTreeSet<i64> = state["used"]
            .as_array()
            .into_iter()
            .flatten()
            .map(number)
            .collect();
        used.extend(mark.as_i64());
        state["used"] = json!(used);
    }

    fn start(&self) -> Value {
        let variables = self.0["variables"].as_array().into_iter().flatten();
        let values: Vec<i64> = variables.map(|one| number(&one["start"])).collect();
        let mut state = json!({ "at": 0, "values": values, "used": [] });
        self.enter(0, &mut state, 0);
        state
    }

    fn step(&self, state: &Value, choice: usize) -> Value {
        let choice = self.list(number(&state["at"]) as usize, "choices")[choice];
        let mut next = state.clone();
        for effect in choice["effects"].as_array().into_iter().flatten() {
            let at = number(&effect["variable"]) as usize;
            let variable = &self.0["variables"][at];
            let value = match effect.get("set") {
                Some(value) => number(value),
                None => number(&next["values"][at]) + number(&effect["add"]),
            };
            let value = value
                .min(number(&variable["most"]))
                .max(number(&variable["least"]));
            next["values"][at] = json!(value);
        }
        Self::spend(&choice["once"], &mut next);
        self.enter(number(&choice["to"]) as usize, &mut next, 0);
        next
    }

    /// Every state that some play comes to, with the length of a shortest play and what follows.
    fn everything(&self) -> BTreeMap<String, (usize, usize, Vec<String>)> {
        let mut known: BTreeMap<String, (usize, usize, Vec<String>)> = BTreeMap::new();
        let mut open = VecDeque::from([(self.start(), 0)]);
        while let Some((here, depth)) = open.pop_front() {
            let key = here.to_string();
            if known.contains_key(&key) {
                continue;
            }
            let next: Vec<Value> = self
                .offered(&here)
                .into_iter()
                .map(|choice| self.step(&here, choice))
                .collect();
            let keys = next.iter().map(Value::to_string).collect();
            known.insert(key, (number(&here["at"]) as usize, depth, keys));
            open.extend(next.into_iter().map(|state| (state, depth + 1)));
        }
        known
    }
}

fn number(value: &Value) -> i64 {
    value.as_i64().expect("a whole number")
}

/// States from which `goal` can be reached, by trying again until nothing changes.
fn can_reach(
    graph: &BTreeMap<String, (usize, usize, Vec<String>)>,
    goal: impl Fn(usize, &[String]) -> bool,
) -> BTreeSet<&String> {
    let mut reach: BTreeSet<&String> = BTreeSet::new();
    loop {
        let before = reach.len();
        for (key, (place, _, next)) in graph {
            if goal(*place, next) || next.iter().any(|one| reach.contains(one)) {
                reach.insert(key);
            }
        }
        if reach.len() == before {
            return reach;
        }
    }
}

fn agrees(scenario: &Scenario) -> Result<(), TestCaseError> {
    let other = Other(serde_json::to_value(data(scenario)).expect("JSON"));
    let graph = other.everything();
    let game = Game::new(scenario).expect("a place to begin");
    let explored = explore(&game, 100_000);
    prop_assert!(explored.complete);
    let ours: BTreeSet<String> = (0..explored.len())
        .map(|at| state(&explored.state(at)).to_string())
        .collect();
    prop_assert_eq!(&ours, &graph.keys().cloned().collect::<BTreeSet<_>>());
    for at in 0..explored.len() {
        let known = &graph[&state(&explored.state(at)).to_string()];
        prop_assert_eq!(explored.play_to(at).len(), known.1, "a shortest play");
        let moves = explored
            .moves(at)
            .map(|(_, to)| state(&explored.state(to)).to_string());
        prop_assert_eq!(moves.collect::<Vec<_>>(), known.2.clone());
    }
    findings(scenario, &graph)?;
    shares(scenario)
}

/// What the proof says against what trying everything shows.
fn findings(
    scenario: &Scenario,
    graph: &BTreeMap<String, (usize, usize, Vec<String>)>,
) -> Result<(), TestCaseError> {
    let found = prove(scenario, 100_000);
    let ends = |place: usize| scenario.places[place].ending.is_some();
    let stuck: BTreeSet<usize> = graph
        .values()
        .filter(|(place, _, next)| next.is_empty() && !ends(*place))
        .map(|(place, ..)| *place)
        .collect();
    let told: BTreeSet<usize> = found
        .iter()
        .filter_map(|one| match one {
            Finding::DeadEnd { place, play } => {
                let last = play.last().map_or(0, |_| 1);
                Some((*place, last)).map(|(place, _)| place)
            }
            _ => None,
        })
        .collect();
    prop_assert_eq!(told, stuck);
    let stops = can_reach(graph, |_, next| next.is_empty());
    let endless = found
        .iter()
        .any(|one| matches!(one, Finding::Endless { .. }));
    prop_assert_eq!(endless, stops.len() < graph.len());
    let unreached = |place: usize| {
        let finding = Finding::Unreachable { place };
        found.contains(&finding)
    };
    for (place, here) in scenario.places.iter().enumerate() {
        // Places that are left by themselves are in no state.
        if here.branches.is_empty() {
            let seen = graph.values().any(|(at, ..)| *at == place);
            prop_assert_eq!(unreached(place), !seen, "{}", &here.title);
        }
    }
    Ok(())
}

/// The shares of the endings are probabilities, and no ending with a share is out of reach.
fn shares(scenario: &Scenario) -> Result<(), TestCaseError> {
    let stats = stats(scenario, 100_000).expect("figures");
    let sum: f64 = stats.endings.iter().map(|one| one.share).sum();
    prop_assert!(
        (sum + stats.unended - 1.0).abs() < 1e-6,
        "{sum} + {}",
        stats.unended
    );
    for ending in &stats.endings {
        prop_assert_eq!(
            ending.share > 0.0,
            ending.shortest.is_some(),
            "{}",
            &ending.title
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_explorer_agrees_with_brute_force(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        let text = written(&bytes);
        let (scenario, diagnostics) = read(&text);
        prop_assert!(diagnostics.is_empty(), "{text}\n{diagnostics:?}");
        agrees(&scenario)?;
    }
}

#[test]
fn the_explorer_agrees_on_every_fixture() {
    for path in super::fixtures() {
        agrees(&super::sound(&path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}
