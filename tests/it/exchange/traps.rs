//! Files as other people write them: known traps, and what is broken.

use keben::bank::{Ask, Gap, Item};
use keben::diag::Place;
use keben::diag::codes::Code;
use keben::diag::print::position;
use keben::exchange::import::{Imported, read_back};

use super::{codes, imported};

fn items(imported: &Imported) -> Vec<Item> {
    read_back(imported.page.as_deref().unwrap_or_default())
}

/// What was told, with line and column.
fn told(format: &str, text: &str) -> Vec<(Code, usize, usize)> {
    let place = |place: &Place| match place {
        Place::Span(_, span) => position(text, span.start),
        other => panic!("{other:?}"),
    };
    let imported = imported(format, text);
    let told = imported.diagnostics.iter().map(|one| {
        let at = place(&one.place);
        (one.code, at.line, at.column)
    });
    told.collect()
}

#[test]
fn gift_of_others_is_read() {
    let text = "// a comment\n$CATEGORY: a/b\n\n// [id:q-9] [tag:leak]\n::Leak:: What comes first?{\n=Listen#Yes.\n~Argue\n\
                ~%50%Note\n####Because.}\n\n::TF::Fire first, \\{then\\} fees.{TRUE#No.#Yes.}\n\n\
                Two plus {=two =2} is four.\n\nRings?{#3:1}\n\nRate{#=0.5..1 =%50%2:1#half}\n\n\
                Match{\n=leak -> valve\n=dark -> fuse\n= -> wait\n}\n\nWrite.{}\n\nA word ~is {~left =right} here.\n\n\
                [html]<p>Several <b>right</b></p>{~%50%a ~%50%b ~%-50%c}\n";
    let imported = imported("gift", text);
    let items = items(&imported);
    assert_eq!(items.len(), 9, "{:?}", imported.page);
    assert_eq!(
        (items[0].id.as_str(), items[0].title.as_str()),
        ("q-9", "What comes first?")
    );
    assert_eq!(items[0].explanation, ["Because."]);
    assert_eq!(items[1].title, "Fire first, {then} fees.");
    let Ask::Choice {
        options,
        true_false: true,
        ..
    } = &items[1].ask
    else {
        panic!("{:?}", items[1])
    };
    assert_eq!(options[0].feedback.as_deref(), Some("Yes."));
    let Ask::Blanks { texts, gaps } = &items[2].ask else {
        panic!("{:?}", items[2])
    };
    assert_eq!(
        (texts[0].as_str(), texts[1].as_str()),
        ("Two plus ", " is four.")
    );
    assert_eq!(gaps[0], Gap::Typed(vec!["two".into(), "2".into()]));
    let Ask::Blanks { gaps, .. } = &items[4].ask else {
        panic!("{:?}", items[4])
    };
    assert_eq!(gaps[0], Gap::Typed(vec!["0.5..1".into()]));
    let Ask::Choice { multiple: true, .. } = &items[8].ask else {
        panic!("{:?}", items[8])
    };
    assert_eq!(items[8].title, "Several **right**");
    // The category, the answer that is worth a half, and an open answer that nothing is compared with.
    let expected = [Code::NotKept, Code::NotKept, Code::ReadsOtherwise];
    assert_eq!(codes(&imported), expected, "{:?}", imported.diagnostics);
}

#[test]
fn broken_gift_is_told_with_its_place() {
    let text = "Good?{=yes ~no}\n\nOpen?{=yes ~no\n\nNext?{=a ~b}\n\nNone?{~a ~b}\n\n::name only\n\nJust words.\n\n\
                Two{=a}gaps{=b}\n\nRate{#abc}\n\nBare{words}\n";
    let expected = [
        (Code::ImportSyntax, 3, 6),
        (Code::ImportSyntax, 7, 7),
        (Code::ImportSyntax, 9, 1),
        (Code::NoCounterpart, 11, 1),
        (Code::ImportSyntax, 13, 12),
        (Code::ImportSyntax, 15, 7),
        (Code::ImportSyntax, 17, 6),
    ];
    assert_eq!(told("gift", text), expected);
}

#[test]
fn aiken_is_read_and_its_errors_are_told() {
    let text = "哪件事先做？\nA. 听\nB) 说\nANSWER: A\n\nWhat\nthen?\nA) wait\nB) act\nANSWER: B\n";
    let good = imported("aiken", text);
    assert_eq!(codes(&good), []);
    let read = items(&good);
    assert_eq!(
        (read[0].title.as_str(), read[1].title.as_str()),
        ("哪件事先做？", "What then?")
    );
    let broken = "One?\nA. a\nB. b\nANSWER: C\n\nTwo?\nA. a\nB. b\n\nThree?\nA. a\nB. b\nANSWER: A\n\nFour?\n";
    let syntax = |line| (Code::ImportSyntax, line, 1);
    assert_eq!(told("aiken", broken), [syntax(4), syntax(10), syntax(15)]);
}

#[test]
fn moodle_xml_of_others_is_read() {
    let text = include_str!("moodle.xml");
    let imported = imported("xml", text);
    let items = items(&imported);
    let titles: Vec<_> = items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "What comes **first**?",
            "Is water urgent?",
            "Capital of the shift",
            "How many rings?",
            "Cloze",
            "Words",
            "Put in order",
            "Write the first sentence.",
        ],
        "{:?}",
        imported.page
    );
    assert_eq!(items[0].points, 2);
    assert_eq!(items[0].hints, ["Think of him."]);
    let Ask::Blanks { gaps, .. } = &items[3].ask else {
        panic!("{:?}", items[3])
    };
    assert_eq!(gaps[0], Gap::Typed(vec!["3 ± 1 rings".into()]));
    let Ask::Blanks { texts, gaps } = &items[4].ask else {
        panic!("{:?}", items[4])
    };
    assert_eq!(gaps.len(), 3, "{texts:?}");
    assert_eq!(gaps[0], Gap::Typed(vec!["three".into(), "3".into()]));
    let Ask::Blanks { texts, .. } = &items[5].ask else {
        panic!("{:?}", items[5])
    };
    assert_eq!(texts.concat(), "Say  and then .");
    let Ask::Open(criteria) = &items[7].ask else {
        panic!("{:?}", items[7])
    };
    assert_eq!((criteria.len(), criteria[0].points), (2, 2));
    assert_eq!(items[7].model, ["Please tell me."]);
    let what: Vec<_> = imported
        .diagnostics
        .iter()
        .map(|one| (one.code, one.words[0].1.as_str()))
        .collect();
    assert_eq!(
        what,
        [
            (Code::NotKept, "category $course$/top/Desk"),
            (Code::NotKept, "img @@PLUGINFILE@@/valve.png"),
            (Code::NotKept, "file valve.png"),
            (Code::NotKept, "50% two"),
            (Code::NoCounterpart, "calculated"),
            (Code::NoCounterpart, "ddimageortext"),
        ]
    );
}

#[test]
fn broken_xml_is_told_with_its_place() {
    assert_eq!(
        told("xml", "<quiz>\n<question type=\"essay\">\n</quiz>\n"),
        [(Code::BadXml, 3, 1)]
    );
    assert_eq!(
        told("xml", "<?xml version=\"1.0\"?>\n<questions/>\n"),
        [(Code::ImportSyntax, 2, 1)]
    );
    assert_eq!(
        told("xml", "<quiz>\n</quiz>"),
        [(Code::NothingImported, 1, 1)]
    );
    let no_right = "<quiz>\n <question type=\"multichoice\"><name><text>a</text></name>\
                    <answer fraction=\"0\"><text>b</text></answer></question></quiz>";
    assert_eq!(told("xml", no_right), [(Code::ImportSyntax, 2, 2)]);
}

#[test]
fn ids_are_stable_and_unique() {
    let one = "::leak 1::Leak?{=a ~b}\n\nDark?{=a ~b}\n\n::leak 1::Leak again?{=a ~b}\n";
    let other = "Dark?{=a ~b}\n\nNew?{=a ~b}\n\n::leak 1::Leak?{=a ~b}\n";
    let ids = |text| -> Vec<String> {
        items(&imported("gift", text))
            .into_iter()
            .map(|item| item.id)
            .collect()
    };
    let (one, other) = (ids(one), ids(other));
    assert_eq!((one[0].as_str(), one[2].as_str()), ("leak-1", "leak-1-2"));
    assert!(one[1].starts_with("q-"));
    assert_eq!((&one[1], &one[0]), (&other[0], &other[2]));
}

#[test]
fn what_reads_otherwise_is_told() {
    // Two options are the same; the build would refuse the question.
    assert_eq!(
        told("gift", "Which?{=a ~b ~b}\n"),
        [(Code::ReadsOtherwise, 1, 1)]
    );
    // A heading that says what ours would read.
    assert_eq!(told("gift", "哪些？（多选）{=a ~b ~c}\n"), []);
}
