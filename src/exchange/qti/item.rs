//! One question as an assessment item.

use std::fmt::Write as _;

use super::parts::{Parts, blocks, inline};
use crate::bank::{Ask, Choice, Criterion, Gap, Item, Placed};
use crate::exchange::gift::write::{asked, middle};
use crate::exchange::html::{self, escape};
use crate::exchange::loss::{Loss, Report};
use crate::grade::Interval;
use crate::page::question::Accepts;

const NAMESPACE: &str = "http://www.imsglobal.org/xsd/imsqti_v2p1";
const SCHEMA: &str = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd";

/// What a whole answer that has to be right is compared with.
const IS_CORRECT: &str =
    "<match><variable identifier=\"RESPONSE\"/><correct identifier=\"RESPONSE\"/></match>";

/// Writes an item under a name.
pub(super) fn write(name: &str, placed: &Placed, report: &mut Report) -> String {
    let item = &placed.item;
    let mut parts = Parts::default();
    if !item.hints.is_empty() {
        report.lost(placed, Loss::Hints);
    }
    if !item.model.is_empty() && !matches!(item.ask, Ask::Open(_)) {
        report.lost(placed, Loss::Model);
    }
    if !matches!(item.ask, Ask::Survey { .. }) {
        parts.score(item.points);
    }
    if !matches!(item.ask, Ask::Blanks { .. }) {
        parts
            .body
            .push_str(&blocks(&asked(&item.title, &item.stem)));
        parts.body.push('\n');
    }
    ask(placed, &mut parts, report);
    let mut explanation = match item.ask {
        Ask::Open(_) => Vec::new(),
        _ => item.model.clone(),
    };
    explanation.extend(item.explanation.iter().cloned());
    parts.said_to_all(&explanation.join("\n\n"));
    let Parts {
        responses,
        outcomes,
        body,
        rules,
        feedback,
    } = parts;
    let rules = match rules.as_str() {
        "" => String::new(),
        rules => format!("<responseProcessing>\n{rules}</responseProcessing>\n"),
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <assessmentItem xmlns=\"{NAMESPACE}\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"{NAMESPACE} {SCHEMA}\" identifier=\"{name}\" title=\"{}\" label=\"{}\" \
         adaptive=\"false\" timeDependent=\"false\">\n{responses}{outcomes}<itemBody>\n{body}</itemBody>\n{rules}{feedback}</assessmentItem>\n",
        escape(&html::words(&item.title).replace('\n', " ")),
        escape(&item.id)
    )
}

fn ask(placed: &Placed, parts: &mut Parts, report: &mut Report) {
    let item = &placed.item;
    let points = f64::from(item.points);
    match &item.ask {
        Ask::Choice {
            options, multiple, ..
        } => choice(options, *multiple, points, parts),
        Ask::Survey { options, multiple } => survey(options, *multiple, parts),
        Ask::Blanks { texts, gaps } => blanks(placed, texts, gaps, parts, report),
        Ask::Ordering(items) => {
            if items.len() > 2 {
                report.lost(placed, Loss::Partial);
            }
            ordering(items, points, parts);
        }
        Ask::Matching {
            head,
            rows,
            choices,
        } => {
            if head.iter().any(|cell| !cell.is_empty()) {
                report.lost(placed, Loss::Heads);
            }
            let rows: Vec<_> = rows
                .iter()
                .map(|(left, right)| (left.clone(), vec![*right]))
                .collect();
            matching(&rows, choices, points, parts);
        }
        Ask::Classify { head, rows } => {
            if rows.iter().any(|(_, right)| right.len() != 1) {
                report.lost(placed, Loss::Partial);
            }
            matching(rows, &head[1..], points, parts);
        }
        Ask::Open(criteria) => open(item, criteria, parts),
    }
}

fn value(at: usize) -> String {
    format!("C{}", at + 1)
}

fn choice(options: &[Choice], multiple: bool, points: f64, parts: &mut Parts) {
    let all = || options.iter().enumerate();
    let right = all().filter(|(_, option)| option.share == 100);
    let correct: Vec<String> = right.map(|(at, _)| value(at)).collect();
    let part = points / correct.len().max(1) as f64;
    let worth = all().filter_map(|(at, option)| {
        let worth = match (multiple, option.share) {
            (true, 100) => part,
            (true, _) => -part,
            (false, 0) => return None,
            (false, share) => points * f64::from(share) / 100.0,
        };
        Some((value(at), worth))
    });
    let worth: Vec<_> = worth.collect();
    let cardinality = if multiple { "multiple" } else { "single" };
    parts.response(
        "RESPONSE",
        (cardinality, "identifier"),
        &correct,
        &worth,
        multiple.then_some(0.0),
    );
    parts.add_mapped("RESPONSE");
    choices(options, multiple, parts);
    parts.said(cardinality, &said(options));
}

/// What is said to who chose each option.
fn said(options: &[Choice]) -> Vec<(String, String)> {
    let said = options.iter().enumerate();
    let said = said.filter_map(|(at, option)| Some((value(at), option.feedback.clone()?)));
    said.collect()
}

fn choices(options: &[Choice], multiple: bool, parts: &mut Parts) {
    let most = if multiple { 0 } else { 1 };
    let _ = writeln!(
        parts.body,
        "<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxChoices=\"{most}\">"
    );
    for (at, option) in options.iter().enumerate() {
        let _ = writeln!(
            parts.body,
            "<simpleChoice identifier=\"{}\">{}</simpleChoice>",
            value(at),
            inline(&option.text)
        );
    }
    parts.body.push_str("</choiceInteraction>\n");
}

fn survey(options: &[Choice], multiple: bool, parts: &mut Parts) {
    let cardinality = if multiple { "multiple" } else { "single" };
    parts.response("RESPONSE", (cardinality, "identifier"), &[], &[], None);
    choices(options, multiple, parts);
    parts.said(cardinality, &said(options));
}

fn blanks(placed: &Placed, texts: &[String], gaps: &[Gap], parts: &mut Parts, report: &mut Report) {
    let item = &placed.item;
    let points = f64::from(item.points) / gaps.len().max(1) as f64;
    let mut markdown = format!("{}\n\n", item.title);
    let mut written = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        markdown.push_str(if at == 0 { text.trim_start() } else { text });
        if let Some(gap) = gaps.get(at) {
            markdown.push('\u{f8ff}');
            let (xml, units) = self::gap(&format!("RESPONSE_{}", at + 1), gap, points, parts);
            if units {
                report.lost(placed, Loss::Units);
            }
            written.push(xml);
        }
    }
    let mut body = blocks(&markdown);
    for xml in written {
        body = body.replacen('\u{f8ff}', &xml, 1);
    }
    parts.body.push_str(&body);
    parts.body.push('\n');
}

/// Declares a gap and gives its element; the second value says whether units are lost.
fn gap(identifier: &str, gap: &Gap, points: f64, parts: &mut Parts) -> (String, bool) {
    let written = match gap {
        Gap::Choices { choices, right } => {
            return (drop_down(identifier, choices, *right, points, parts), false);
        }
        Gap::Typed(written) => written,
    };
    let longest = written.iter().map(|text| text.chars().count()).max();
    let element = format!(
        "<textEntryInteraction responseIdentifier=\"{identifier}\" expectedLength=\"{}\"/>",
        longest.unwrap_or(0).max(4)
    );
    if let Some(Accepts::Numbers {
        intervals,
        percent,
        units,
        ..
    }) = gap.numbers()
    {
        number(identifier, &intervals, points, parts);
        return (element, percent || !units.is_empty());
    }
    let worth: Vec<_> = written.iter().map(|text| (text.clone(), points)).collect();
    let right: Vec<String> = written.first().cloned().into_iter().collect();
    parts.response(identifier, ("single", "string"), &right, &worth, None);
    parts.add_mapped(identifier);
    (element, false)
}

fn drop_down(
    identifier: &str,
    choices: &[String],
    right: usize,
    points: f64,
    parts: &mut Parts,
) -> String {
    let worth = [(value(right), points)];
    parts.response(
        identifier,
        ("single", "identifier"),
        &[value(right)],
        &worth,
        None,
    );
    parts.add_mapped(identifier);
    let choice = |(at, text): (usize, &String)| {
        let text = escape(text);
        format!(
            "<inlineChoice identifier=\"{}\">{text}</inlineChoice>",
            value(at)
        )
    };
    let choices: String = choices.iter().enumerate().map(choice).collect();
    format!(
        "<inlineChoiceInteraction responseIdentifier=\"{identifier}\" shuffle=\"true\">{choices}</inlineChoiceInteraction>"
    )
}

/// Declares a number, which earns its points wherever it lies in a range.
fn number(identifier: &str, intervals: &[Interval], points: f64, parts: &mut Parts) {
    let right = intervals
        .first()
        .map(|one| middle(one.min, one.max).0.to_string());
    let right: Vec<String> = right.into_iter().collect();
    parts.response(identifier, ("single", "float"), &right, &[], None);
    let bound = |sign: &str, value: f64| {
        format!(
            "<{sign}><variable identifier=\"{identifier}\"/><baseValue baseType=\"float\">{value}</baseValue></{sign}>"
        )
    };
    let range = |one: &Interval| {
        format!(
            "<and>{}{}</and>",
            bound("gte", one.min),
            bound("lte", one.max)
        )
    };
    let ranges: Vec<String> = intervals.iter().map(range).collect();
    let condition = match ranges.as_slice() {
        [one] => one.clone(),
        several => format!("<or>{}</or>", several.concat()),
    };
    parts.add_if(&condition, points);
}

fn ordering(items: &[String], points: f64, parts: &mut Parts) {
    let correct: Vec<String> = (0..items.len()).map(value).collect();
    parts.response("RESPONSE", ("ordered", "identifier"), &correct, &[], None);
    parts.add_if(IS_CORRECT, points);
    parts
        .body
        .push_str("<orderInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\">\n");
    for (at, item) in items.iter().enumerate() {
        let _ = writeln!(
            parts.body,
            "<simpleChoice identifier=\"{}\">{}</simpleChoice>",
            value(at),
            inline(item)
        );
    }
    parts.body.push_str("</orderInteraction>\n");
}

/// Rows and the columns that they belong to.
fn matching(rows: &[(String, Vec<usize>)], columns: &[String], points: f64, parts: &mut Parts) {
    let row = |at: usize| format!("R{}", at + 1);
    let pairs = rows.iter().enumerate().flat_map(|(at, (_, right))| {
        right
            .iter()
            .map(move |column| format!("{} {}", row(at), value(*column)))
    });
    let pairs: Vec<String> = pairs.collect();
    let single = rows.iter().all(|(_, right)| right.len() == 1);
    let part = points / rows.len().max(1) as f64;
    let worth: Vec<_> = match single {
        true => pairs.iter().map(|pair| (pair.clone(), part)).collect(),
        false => Vec::new(),
    };
    parts.response(
        "RESPONSE",
        ("multiple", "directedPair"),
        &pairs,
        &worth,
        None,
    );
    if single {
        parts.add_mapped("RESPONSE");
    } else {
        parts.add_if(IS_CORRECT, points);
    }
    parts.body.push_str(
        "<matchInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxAssociations=\"0\">\n<simpleMatchSet>\n",
    );
    let most = if single { 1 } else { columns.len() };
    for (at, (text, _)) in rows.iter().enumerate() {
        associable(&row(at), most, text, parts);
    }
    parts.body.push_str("</simpleMatchSet>\n<simpleMatchSet>\n");
    for (at, text) in columns.iter().enumerate() {
        associable(&value(at), rows.len(), text, parts);
    }
    parts
        .body
        .push_str("</simpleMatchSet>\n</matchInteraction>\n");
}

fn associable(identifier: &str, most: usize, markdown: &str, parts: &mut Parts) {
    let _ = writeln!(
        parts.body,
        "<simpleAssociableChoice identifier=\"{identifier}\" matchMax=\"{most}\">{}</simpleAssociableChoice>",
        inline(markdown)
    );
}

/// A text, with what graders go by.
fn open(item: &Item, criteria: &[Criterion], parts: &mut Parts) {
    parts.response("RESPONSE", ("single", "string"), &[], &[], None);
    parts.body.push_str(
        "<extendedTextInteraction responseIdentifier=\"RESPONSE\" expectedLines=\"5\"/>\n",
    );
    let mut rubric = item.model.join("\n\n");
    if !criteria.is_empty() {
        let lines = criteria
            .iter()
            .map(|one| format!("- {}（{}）", one.text, one.points));
        rubric = format!("{rubric}\n\n{}", lines.collect::<Vec<_>>().join("\n"));
    }
    if !rubric.trim().is_empty() {
        let _ = writeln!(
            parts.body,
            "<rubricBlock view=\"scorer\">{}</rubricBlock>",
            blocks(rubric.trim())
        );
    }
}
