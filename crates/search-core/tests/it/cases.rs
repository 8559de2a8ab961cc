//! What a query finds, case by case: the cases stand in `tests/data/cases.json`.

use keben_search_core::Results;

use crate::site::{engine, search, urls};

#[derive(serde::Deserialize)]
struct Case {
    why: String,
    text: String,
    pages: Vec<String>,
    step: Option<String>,
    /// The best section of the first page.
    section: Option<String>,
    /// What is marked in the excerpt of that section.
    marks: Option<Vec<String>>,
    #[serde(default)]
    dropped: Vec<String>,
}

#[test]
fn cases() {
    let engine = engine();
    let cases: Vec<Case> =
        serde_json::from_str(include_str!("../data/cases.json")).expect("the cases are JSON");
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| case.check(&search(&engine, &case.text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

impl Case {
    /// What is wrong with the results, if anything.
    fn check(&self, results: &Results) -> Option<String> {
        let first = results.pages.first().and_then(|page| page.sections.first());
        let step = serde_json::to_value(results.step).expect("a step is JSON");
        let marks: Vec<&str> = first.map_or(Vec::new(), |section| {
            let marked = section.excerpt.iter().filter(|span| span.mark);
            marked.map(|span| span.text.as_str()).collect()
        });
        let right = urls(results) == self.pages
            && step.as_str() == self.step.as_deref()
            && results.dropped == self.dropped
            && self
                .section
                .as_deref()
                .is_none_or(|url| first.is_some_and(|section| section.url == url))
            && self
                .marks
                .as_ref()
                .is_none_or(|expected| *expected == marks);
        let found = (
            urls(results),
            step,
            first.map(|section| &section.url),
            marks,
            &results.dropped,
        );
        (!right).then(|| format!("{} ({}): {found:?}", self.text, self.why))
    }
}

#[test]
fn every_result_of_a_higher_step_stands_above_every_one_of_a_lower() {
    let engine = engine();
    for text in [
        "核实 处理",
        "业主 物业费",
        "楼上 住户",
        "投诉 回访",
        "您好 请问",
    ] {
        let steps: Vec<_> = search(&engine, text)
            .pages
            .iter()
            .map(|page| page.step)
            .collect();
        assert!(steps.is_sorted(), "{text}: {steps:?}");
    }
}
