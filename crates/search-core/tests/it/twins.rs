//! Texts that readers take for the same find the same, in the same order.

use crate::site::{engine, open, search, sections};

#[test]
fn twins_answer_alike() {
    let twins = [
        ("物业费", "物業費"),
        ("业主拒交物业费的沟通", "業主拒交物業費的溝通"),
        ("电梯困人应急", "電梯困人應急"),
        ("这里有什么", "這裡有什麼"),
        ("里", "裏"),
        ("怎么办 投诉", "怎麼辦 投訴"),
        ("app", "APP"),
        ("nps", "ＮＰＳ"),
        ("502", "５０２"),
        ("wi-fi", "Ｗｉ－Ｆｉ"),
        ("您好，请问", "您好,请问"),
        ("投诉处理", "投\u{200B}诉处理"),
    ];
    let engine = engine();
    for (one, other) in twins {
        let (mut one, mut other) = (search(&engine, one), search(&engine, other));
        // What was left out is reported as typed or folded; only what was found must be alike.
        one.dropped.clear();
        other.dropped.clear();
        assert_eq!(one, other);
    }
}

#[test]
fn a_traditional_site_is_found_by_simplified_queries() {
    let mut sections = sections();
    sections.truncate(1);
    sections[0].body = "業主以服務不好為由拒交物業費時，先聽他把話說完。瞭解情況。".to_owned();
    let results = search(&open(sections), "服务不好");
    let excerpt = &results.pages[0].sections[0].excerpt;
    assert!(
        excerpt
            .iter()
            .any(|span| span.mark && span.text == "服務不好"),
        "{excerpt:?}"
    );
}
