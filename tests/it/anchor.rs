//! Heading anchors, against the answers of the npm package `github-slugger`.
//!
//! `tests/fixtures/anchor/generate.mjs` says how the answers were made.

use keben::syntax::anchor::{Slugger, slug};
use serde_json::Value;

fn vectors(kind: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../fixtures/anchor/vectors.json"))
        .expect("vectors.json is JSON");
    all[kind].as_array().expect("a list of vectors").clone()
}

fn field<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().expect("a string field")
}

#[test]
fn slugs_are_those_of_github() {
    let vectors = vectors("slugs");
    assert!(vectors.len() >= 250, "only {} headings", vectors.len());
    let wrong: Vec<_> = vectors
        .iter()
        .filter(|vector| slug(field(vector, "text")) != field(vector, "slug"))
        .map(|vector| (vector, slug(field(vector, "text"))))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn anchors_of_a_page_are_numbered_like_those_of_github() {
    for page in vectors("pages") {
        let mut slugger = Slugger::new();
        for heading in page.as_array().expect("a list of headings") {
            let anchor = slugger.anchor(field(heading, "text"));
            assert_eq!(anchor, field(heading, "anchor"), "in {page}");
        }
    }
}

proptest::proptest! {
    /// Headings drawn from few letters collide often, also with the numbers given to others.
    #[test]
    fn no_anchor_is_given_twice(headings in proptest::collection::vec("[ab！-]{0,2}(-[12])?", 0..24)) {
        let mut slugger = Slugger::new();
        let anchors: Vec<_> = headings.iter().map(|heading| slugger.anchor(heading)).collect();
        let distinct: std::collections::HashSet<_> = anchors.iter().collect();
        proptest::prop_assert_eq!(distinct.len(), anchors.len(), "{:?}", anchors);
    }
}
