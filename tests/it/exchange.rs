//! The question bank in other formats: what goes out comes back, what cannot is told, and what is
//! broken is told with its place.

mod commands;
mod items;
mod traps;

use keben::bank::write::{Front, page};
use keben::bank::{Item, Placed, Sheet};
use keben::config::SiteLanguage;
use keben::diag::codes::Code;
use keben::exchange::import::{self, Imported, read_back};
use keben::exchange::{Bank, Exported, Format, aiken, export, gift, moodle};
use keben::page::keywords::words;
use keben::source::Sources;
use proptest::prelude::*;

/// A bank of one page.
fn bank(items: &[Item]) -> Bank {
    let mut sources = Sources::default();
    let file = sources.add("content/quiz.md", "# 测验\n");
    let place = |item: &Item| Placed {
        item: item.clone(),
        file,
        span: 0..3,
    };
    Bank {
        title: "课本".to_owned(),
        id: "keben".to_owned(),
        day: 1_764_028_800,
        sheets: vec![Sheet {
            page: "desk/quiz".to_owned(),
            title: "测验".to_owned(),
            module: Some(("desk".to_owned(), "前台".to_owned())),
            tags: vec!["投诉".to_owned()],
            items: items.iter().map(place).collect(),
            cards: Vec::new(),
            links: std::collections::BTreeMap::new(),
        }],
    }
}

fn exported(items: &[Item], format: Format) -> Exported {
    export(bank(items), format).expect("the format is written")
}

/// Reads a text of a format, which is `gift`, `aiken` or `xml`.
fn imported(format: &str, text: &str) -> Imported {
    let mut sources = Sources::default();
    let file = sources.add("bank", text);
    let text = sources.text(file);
    let language = import::language(text);
    let (drafts, notes) = match format {
        "gift" => gift::read::read(file, text, language),
        "aiken" => aiken::read(file, text),
        _ => moodle::read::read(file, text, language),
    };
    import::finish("题库", language, drafts, notes)
}

fn codes(imported: &Imported) -> Vec<Code> {
    imported.diagnostics.iter().map(|one| one.code).collect()
}

/// The items that come back from a format, and the text that they were in.
fn there_and_back(items: &[Item], format: Format) -> (Vec<Item>, String) {
    let exported = exported(items, format);
    assert!(
        exported.diagnostics.is_empty(),
        "{:?}",
        exported.diagnostics
    );
    let text = String::from_utf8(exported.bytes).expect("text");
    let name = if format == Format::Gift {
        "gift"
    } else {
        "xml"
    };
    let imported = imported(name, &text);
    // The category is the only thing that has no counterpart.
    assert_eq!(
        codes(&imported),
        [Code::NotKept],
        "{:?}\n{text}\n{:?}",
        imported.diagnostics,
        imported.page
    );
    (read_back(&imported.page.expect("a page")), text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(items in items::bank(items::any_item)) {
        let front = Front { title: "题: \"库\"".to_owned(), tags: vec!["a: b".to_owned()] };
        for language in [SiteLanguage::Hans, SiteLanguage::Hant, SiteLanguage::English] {
            let text = page(&front, &items, &words(language));
            prop_assert_eq!(&read_back(&text), &items, "{}", text);
        }
    }

    #[test]
    fn gift_gives_back_what_it_was_given(items in items::bank(items::gift_item)) {
        let (again, text) = there_and_back(&items, Format::Gift);
        prop_assert_eq!(&again, &items, "{}", text);
    }

    #[test]
    fn moodle_xml_gives_back_what_it_was_given(items in items::bank(items::moodle_item)) {
        let (again, text) = there_and_back(&items, Format::MoodleXml);
        prop_assert_eq!(&again, &items, "{}", text);
    }
}
