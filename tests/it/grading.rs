//! Grading: the answers in `tests/vectors/grading.json`, which the browser's grader runs as well.

use std::fs;
use std::path::Path;

use keben::grade::{Key, Outcome, certainty_mark, grade};
use serde::Deserialize;
use serde_json::Value;

/// One answer, with what it is worth.
#[derive(Debug, Deserialize)]
struct Case {
    name: String,
    key: Value,
    answer: Value,
    certainty: Option<u8>,
    outcome: Outcome,
    mark: Option<f64>,
}

fn cases() -> Vec<Case> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/grading.json");
    let text = fs::read_to_string(file).expect("the vectors");
    serde_json::from_str(&text).expect("cases")
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[test]
fn every_answer_is_worth_what_its_vector_says() {
    let cases = cases();
    assert!(cases.len() > 120, "{}", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let key: Key = serde_json::from_value(case.key.clone())
            .unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let given = grade(&key, &case.answer);
        let expected = &case.outcome;
        if !close(given.score, expected.score)
            || given.state != expected.state
            || given.parts != expected.parts
        {
            wrong.push(format!("{}: {given:?} instead of {expected:?}", case.name));
        }
        if let (Some(certainty), Some(mark)) = (case.certainty, case.mark) {
            let given = certainty_mark(given.score, certainty);
            if !close(given, mark) {
                wrong.push(format!(
                    "{}: a mark of {given} instead of {mark}",
                    case.name
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
