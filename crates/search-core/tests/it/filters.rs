//! Filters, facets and paging.

use keben_search_core::{Facet, Query, Step};

use crate::site::{engine, urls};

fn counts(facets: &[Facet]) -> Vec<(&str, usize)> {
    facets
        .iter()
        .map(|facet| (facet.id.as_str(), facet.count))
        .collect()
}

#[test]
fn a_filter_keeps_its_own_facet_whole() {
    let query = Query {
        kind: Some("lesson".to_owned()),
        ..Query::new("业主")
    };
    let all = engine().search(&Query::new("业主")).expect("an answer");
    let lessons = engine().search(&query).expect("an answer");
    assert_eq!(urls(&lessons), ["fees/refusal/", "complaints/"]);
    assert_eq!(lessons.kinds, all.kinds);
    assert_eq!(counts(&lessons.kinds), [("lesson", 2)]);
    assert_eq!(counts(&lessons.modules), [("fees", 1), ("complaints", 1)]);
    assert_eq!(lessons.modules[0].title, "物业收费");
}

#[test]
fn a_filter_may_lead_to_a_lower_step() {
    let text = "拒交物业费的话术";
    let all = engine()
        .search(&Query {
            ..Query::new("业主拒交物业费")
        })
        .expect("an answer");
    assert_eq!(all.step, Some(Step::Phrase));
    let scripts = Query {
        kind: Some("scripts".to_owned()),
        ..Query::new(text)
    };
    let scripts = engine().search(&scripts).expect("an answer");
    assert_eq!(
        (urls(&scripts), scripts.step),
        (vec!["fees/scripts/"], Some(Step::Most))
    );
}

#[test]
fn an_unknown_name_finds_nothing() {
    let query = Query {
        module: Some("nowhere".to_owned()),
        ..Query::new("业主")
    };
    let results = engine().search(&query).expect("an answer");
    assert_eq!((results.pages.len(), results.total_pages), (0, 0));
}

#[test]
fn pages_of_results_follow_one_another() {
    let engine = engine();
    let all = engine.search(&Query::new("楼")).expect("an answer");
    for offset in 0..=all.total_pages {
        let query = Query {
            limit: 1,
            offset,
            ..Query::new("楼")
        };
        let one = engine.search(&query).expect("an answer");
        assert_eq!(one.total_pages, all.total_pages);
        assert_eq!(
            one.pages,
            all.pages
                .iter()
                .skip(offset)
                .take(1)
                .cloned()
                .collect::<Vec<_>>()
        );
    }
}
