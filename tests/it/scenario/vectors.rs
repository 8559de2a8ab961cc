//! The vectors that the browser's player runs as well: `tests/vectors/scenario.json`.
//!
//! `KEBEN_BLESS=1 cargo test --test it scenario` writes them anew.

use std::fs;
use std::path::Path;

use keben::scenario::data::{data, state};
use keben::scenario::explore::explore;
use keben::scenario::play::Game;
use serde_json::{Value, json};

use super::{fixtures, sound};

/// So many states of each scenario are enough to see every rule at work.
const STATES: usize = 150;

fn vector(path: &Path) -> Value {
    let scenario = sound(path);
    let game = Game::new(&scenario).expect("a place to begin");
    let explored = explore(&game, 100_000);
    let (start, passed) = game.start();
    // Spread over the whole graph: the first states alone never see an ending.
    let stride = explored.len().div_ceil(STATES);
    let states = (0..explored.len()).step_by(stride).map(|number| {
        let here = explored.state(number);
        let offered: Vec<usize> = game.offered(&here).collect();
        let step = |choice: &usize| {
            let (next, passed) = game.step(&here, *choice);
            json!({ "choice": choice, "state": state(&next), "passed": passed })
        };
        let steps: Vec<Value> = offered.iter().map(step).collect();
        json!({ "state": state(&here), "offered": offered, "steps": steps })
    });
    json!({
        "name": path.file_stem().map(|name| name.to_string_lossy()),
        "data": data(&scenario),
        "start": { "state": state(&start), "passed": passed },
        "states": states.collect::<Vec<_>>(),
    })
}

/// One vector a line, so that a change is seen where it is.
fn written(vectors: &[Value]) -> String {
    let lines: Vec<String> = vectors.iter().map(lines).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

fn lines(vector: &Value) -> String {
    let states = vector["states"].as_array().into_iter().flatten();
    let states: Vec<String> = states.map(|state| format!("   {state}")).collect();
    format!(
        " {{\"name\": {},\n  \"data\": {},\n  \"start\": {},\n  \"states\": [\n{}\n  ]}}",
        vector["name"],
        vector["data"],
        vector["start"],
        states.join(",\n")
    )
}

#[test]
fn the_vectors_are_what_the_rules_give() {
    let vectors: Vec<Value> = fixtures().iter().map(|path| vector(path)).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/scenario.json");
    let text = written(&vectors);
    if std::env::var_os("KEBEN_BLESS").is_some() {
        fs::write(&path, &text).expect("the vectors are written");
    }
    let known = fs::read_to_string(&path).expect("the vectors are readable");
    assert!(
        known == text,
        "the rules have changed; KEBEN_BLESS=1 writes the vectors anew"
    );
    let _: Vec<Value> = serde_json::from_str(&known).expect("JSON");
}
