//! Writes an index of the test site, queries, and what the native engine answers, for the test of the module that the
//! browser runs: `crates/search-wasm/test.mjs` compares the answers.
//!
//! ```text
//! cargo run -p keben-search-core --example twin -- FOLDER
//! ```

use std::path::PathBuf;

use keben_search_core::{Engine, Query, Section, build};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    let sections: Vec<Section> = serde_json::from_str(include_str!("../tests/data/sections.json"))?;
    let cases: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../tests/data/cases.json"))?;
    let mut queries: Vec<Query> = cases
        .iter()
        .filter_map(|case| case["text"].as_str())
        .map(Query::new)
        .collect();
    // Every piece of two characters as well, so that scores of all sorts are compared.
    for section in &sections {
        let chars: Vec<char> = section.body.chars().collect();
        queries.extend(
            chars
                .windows(2)
                .map(|pair| Query::new(pair.iter().collect::<String>())),
        );
    }
    let bundle = build(sections)?;
    std::fs::write(folder.join("bundle"), bundle.to_bytes())?;
    let engine = Engine::open(bundle)?;
    let results = queries
        .iter()
        .map(|query| engine.search(query))
        .collect::<Result<Vec<_>, _>>()?;
    std::fs::write(folder.join("queries.json"), serde_json::to_vec(&queries)?)?;
    std::fs::write(folder.join("results.json"), serde_json::to_vec(&results)?)?;
    Ok(())
}
