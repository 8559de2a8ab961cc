//! From items back to a page in the format that authors write.

use std::fmt::Write as _;

use super::{Ask, Choice, Gap, Item};
use pulldown_cmark::Tag;

use crate::page::keywords::{self, Words};

/// Stands for a model answer that nobody has written.
const UNWRITTEN: &str = "……";

/// What stands above the questions of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Front {
    /// The page's title.
    pub title: String,
    /// Its tags.
    pub tags: Vec<String>,
}

/// A quiz page.
pub fn page(front: &Front, items: &[Item], words: &Words) -> String {
    let mut text = format!("---\nkind: quiz\ntitle: {}\n", json(&front.title));
    if !front.tags.is_empty() {
        let tags: Vec<String> = front.tags.iter().map(|tag| json(tag)).collect();
        let _ = writeln!(text, "tags: [{}]", tags.join(", "));
    }
    text.push_str("---\n");
    for item in items {
        text.push('\n');
        question(item, words, &mut text);
    }
    text
}

/// A text in quotes, which YAML reads as it reads JSON.
fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// One question, under its heading.
fn question(item: &Item, words: &Words, text: &mut String) {
    let _ = write!(text, "## {}", item.title);
    notes(item, words, text);
    let _ = writeln!(text, "\n<!-- id: {} -->", item.id);
    block(&item.stem, text);
    answer(item, words, text);
    let bare =
        matches!(&item.ask, Ask::Open(criteria) if criteria.is_empty()) && item.model.is_empty();
    // Without anything to compare with, an open question would be none.
    let unwritten = [UNWRITTEN.to_owned()];
    let model = if bare { &unwritten[..] } else { &item.model };
    let labelled = [
        (words.hint, item.hints.as_slice()),
        (words.model, model),
        (words.explanation, item.explanation.as_slice()),
    ];
    for (label, quotes) in labelled {
        for quote in quotes {
            block(&quoted(label, quote), text);
        }
    }
    if let Ask::Open(criteria) = &item.ask {
        list(
            text,
            criteria.iter().map(|one| {
                let label = format!("{} {}{}", words.criterion, one.points, words.colon);
                ("- ".to_owned(), format!("{label}{}", one.text))
            }),
        );
    }
}

/// What the heading says in parentheses of how the question is answered.
fn notes(item: &Item, words: &Words, text: &mut String) {
    let mut note = |note: &str| {
        let [open, close] = words.brackets;
        let _ = write!(text, "{open}{note}{close}");
    };
    match &item.ask {
        Ask::Ordering(_) if !keywords::is_ordering(&item.title) => note(words.ordering),
        Ask::Matching { .. } if !keywords::is_matching(&item.title) => note(words.matching),
        Ask::Classify { .. } if !keywords::is_table_answer(&item.title) => note(words.classify),
        Ask::Choice { multiple: true, .. } => note(words.multiple),
        Ask::Survey { multiple, .. } => {
            note(words.survey);
            if *multiple {
                note(words.multiple);
            }
        }
        _ => {}
    }
    if item.points != 1 {
        note(&format!("{} {}", item.points, words.points));
    }
}

/// Some markdown as a block of its own.
fn block(markdown: &str, text: &mut String) {
    if !markdown.trim().is_empty() {
        let _ = writeln!(text, "\n{markdown}");
    }
}

fn answer(item: &Item, words: &Words, text: &mut String) {
    match &item.ask {
        Ask::Choice { options, .. } | Ask::Survey { options, .. } => {
            text.push('\n');
            let marker = marker(&item.stem);
            for one in options {
                option(marker, one, words, text);
            }
        }
        Ask::Blanks { texts, gaps } => block(&gapped(texts, gaps), text),
        Ask::Ordering(items) => {
            let number = |(at, item): (usize, &String)| (format!("{}. ", at + 1), item.clone());
            list(text, items.iter().enumerate().map(number));
        }
        Ask::Matching {
            head,
            rows,
            choices,
        } => {
            let mut table = vec![head.to_vec()];
            for (left, right) in rows {
                table.push(vec![left.clone(), choices[*right].clone()]);
            }
            let is_used = |at: usize| rows.iter().any(|(_, right)| *right == at);
            let over = choices.iter().enumerate().filter(|(at, _)| !is_used(*at));
            table.extend(over.map(|(_, choice)| vec![String::new(), choice.clone()]));
            self::table(&table, text);
        }
        Ask::Classify { head, rows } => {
            let mut table = vec![head.clone()];
            for (name, right) in rows {
                let mark = |at: usize| if right.contains(&at) { "x" } else { "" };
                let marks = (0..head.len() - 1).map(|at| mark(at).to_owned());
                table.push(std::iter::once(name.clone()).chain(marks).collect());
            }
            self::table(&table, text);
        }
        Ask::Open(_) => {}
    }
}

/// What begins an item of a list below some markdown: another sign than that of a list which ends
/// there, or both would be one list.
fn marker(above: &str) -> &'static str {
    use pulldown_cmark::{Event, TagEnd};
    let events = crate::syntax::events(above, 0..above.len());
    let open = events
        .last()
        .is_some_and(|(event, _)| matches!(event, Event::End(TagEnd::List(_))));
    let start = events
        .iter()
        .rposition(|(event, _)| matches!(event, Event::Start(Tag::List(None))));
    match start
        .filter(|_| open)
        .map(|at| &above[events[at].1.start..])
    {
        Some(list) if list.starts_with('-') => "* ",
        _ => "- ",
    }
}

fn option(marker: &str, option: &Choice, words: &Words, text: &mut String) {
    let tick = if option.share == 100 { "[x] " } else { "[ ] " };
    let share = match option.share {
        0 | 100 => String::new(),
        share => {
            let [open, close] = words.brackets;
            format!("{open}{share}%{close}")
        }
    };
    let _ = writeln!(text, "{marker}{tick}{}{share}", indented(&option.text, 2));
    if let Some(feedback) = &option.feedback {
        let _ = writeln!(text, "  {}", indented(&quoted("", feedback), 2));
    }
}

/// The text around gaps with the gaps in it.
fn gapped(texts: &[String], gaps: &[Gap]) -> String {
    let mut written = String::new();
    let mut gaps = gaps.iter();
    for text in texts {
        written.push_str(text);
        let Some(gap) = gaps.next() else { break };
        let line = written.rsplit('\n').next().unwrap_or_default();
        // A bar inside a table's cell is none of the table's.
        let bar = if line.starts_with('|') {
            " \\| "
        } else {
            " | "
        };
        let choices = match gap {
            Gap::Typed(written) => written.clone(),
            Gap::Choices { choices, right } => {
                let wrong = choices.iter().enumerate().filter(|(at, _)| at != right);
                std::iter::once(format!("({})", choices[*right]))
                    .chain(wrong.map(|(_, choice)| choice.clone()))
                    .collect()
            }
        };
        let _ = write!(written, "[[{}]]", choices.join(bar));
    }
    written
}

fn list(text: &mut String, items: impl Iterator<Item = (String, String)>) {
    let mut first = true;
    for (marker, item) in items {
        if std::mem::take(&mut first) {
            text.push('\n');
        }
        let _ = writeln!(text, "{marker}{}", indented(&item, marker.len()));
    }
}

fn table(rows: &[Vec<String>], text: &mut String) {
    text.push('\n');
    for (at, row) in rows.iter().enumerate() {
        let cells = row.iter().map(|cell| cell.replace('|', "\\|"));
        let _ = writeln!(text, "| {} |", cells.collect::<Vec<_>>().join(" | "));
        if at == 0 {
            let _ = writeln!(text, "|{}", " --- |".repeat(row.len()));
        }
    }
}

/// A text whose later lines belong to a list item.
fn indented(text: &str, by: usize) -> String {
    let mut lines = text.lines();
    let mut moved = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        moved.push('\n');
        if !line.is_empty() {
            moved.extend(std::iter::repeat_n(' ', by));
            moved.push_str(line);
        }
    }
    moved
}

/// A quote, its label in bold before its first paragraph.
fn quoted(label: &str, markdown: &str) -> String {
    let label = if label.is_empty() {
        String::new()
    } else if opens_with_text(markdown) {
        format!("**{label}** ")
    } else {
        format!("**{label}**\n\n")
    };
    let mut quote = String::new();
    for line in format!("{label}{markdown}").lines() {
        if !quote.is_empty() {
            quote.push('\n');
        }
        quote.push('>');
        if !line.is_empty() {
            quote.push(' ');
            quote.push_str(line);
        }
    }
    quote
}

/// Whether markdown begins with a paragraph, which a label may open.
fn opens_with_text(markdown: &str) -> bool {
    use pulldown_cmark::Event;
    let events = crate::syntax::events(markdown, 0..markdown.len());
    matches!(events.first(), Some((Event::Start(Tag::Paragraph), _)))
}
