//! The small site that the tests search.

use keben_search_core::{Engine, Query, Results, Section, build};

/// Its sections.
pub fn sections() -> Vec<Section> {
    serde_json::from_str(include_str!("../data/sections.json")).expect("the sections are JSON")
}

/// An engine over it.
pub fn engine() -> Engine {
    open(sections())
}

/// An engine over some sections.
pub fn open(sections: Vec<Section>) -> Engine {
    Engine::open(build(sections).expect("the index is built")).expect("the index opens")
}

/// The answer to a text.
pub fn search(engine: &Engine, text: &str) -> Results {
    engine
        .search(&Query::new(text))
        .expect("the query is answered")
}

/// The addresses of the pages that answer.
pub fn urls(results: &Results) -> Vec<&str> {
    results.pages.iter().map(|page| page.url.as_str()).collect()
}
