//! The tables that declare what a scenario counts: variables and competencies.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::lex::{LARGEST, narrow};
use super::{Competency, Domain, Variable};
use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::page::keywords::scenario as words;
use crate::source::FileId;
use crate::syntax::{Spanned, plain};

/// The bounds of a number whose author gives none.
const DEFAULT: (i32, i32) = (0, 100);
/// Half of the values that a variable may have at most: more are no conversation.
const WIDEST: i32 = LARGEST;

/// A cell of a table.
#[derive(Debug, Clone, Default)]
struct Cell {
    text: String,
    span: Range<usize>,
}

/// What the tables of a page declare.
#[derive(Debug, Default)]
pub struct Declared {
    /// In the order of the rows.
    pub variables: Vec<Variable>,
    /// In the order of the rows.
    pub competencies: Vec<Competency>,
    /// What is wrong with them.
    pub diagnostics: Vec<Diagnostic>,
}

impl Declared {
    /// Takes in a table, given by its events, if it declares anything. Whether it does.
    pub fn table(&mut self, file: FileId, events: &[Spanned<'_>]) -> bool {
        let rows = rows(events);
        let Some((head, body)) = rows.split_first() else {
            return false;
        };
        let first = head.first().map_or("", |cell| cell.text.as_str());
        if is(first, words::VARIABLE) {
            for row in body {
                self.variable(file, head, row);
            }
        } else if is(first, words::COMPETENCY) {
            for row in body {
                self.competency(file, head, row);
            }
        } else {
            return false;
        }
        true
    }

    fn variable(&mut self, file: FileId, head: &[Cell], row: &[Cell]) {
        let Some(name) = self.name(file, row) else {
            return;
        };
        let meaning = column(head, row, words::MEANING).map_or("", |cell| cell.text.as_str());
        let start = column(head, row, words::START).cloned().unwrap_or_default();
        let span = if start.span.is_empty() {
            name.span.clone()
        } else {
            start.span
        };
        let bounds = bounds(head, row, meaning);
        let (domain, value) = match (flag(&start.text), number(&start.text)) {
            (Some(flag), _) => (Domain::Flag, Some(i32::from(flag))),
            (None, value) => (
                Domain::Number {
                    least: bounds.0,
                    most: bounds.1,
                },
                value,
            ),
        };
        let (least, most) = domain.bounds();
        let fits = value.is_some_and(|value| (least..=most).contains(&value));
        if !fits || least < -WIDEST || most > WIDEST {
            let diagnostic = Diagnostic::at(Code::ScenarioStart, file, span)
                .with("name", &name.text)
                .with("value", &start.text)
                .with("least", least.to_string())
                .with("most", most.to_string());
            self.diagnostics.push(diagnostic);
        }
        // A broken row still declares its name, so that nothing else is told of it.
        let (least, most) = (least.clamp(-WIDEST, WIDEST), most.clamp(-WIDEST, WIDEST));
        let start = value.unwrap_or(least).clamp(least, most.max(least));
        let domain = match domain {
            Domain::Flag => Domain::Flag,
            Domain::Number { .. } => Domain::Number {
                least,
                most: most.max(least),
            },
        };
        self.variables.push(Variable {
            name: name.text,
            span: name.span,
            domain,
            start,
            meaning: meaning.to_owned(),
        });
    }

    fn competency(&mut self, file: FileId, head: &[Cell], row: &[Cell]) {
        if let Some(name) = self.name(file, row) {
            let meaning = column(head, row, words::MEANING);
            self.competencies.push(Competency {
                name: name.text,
                span: name.span,
                meaning: meaning.map(|cell| cell.text.clone()).unwrap_or_default(),
            });
        }
    }

    /// The name that a row declares: one that can be told from numbers, keywords and other names.
    fn name(&mut self, file: FileId, row: &[Cell]) -> Option<Cell> {
        let cell = row.first().filter(|cell| !cell.text.is_empty())?;
        let taken = self.variables.iter().any(|one| one.name == cell.text)
            || self.competencies.iter().any(|one| one.name == cell.text);
        if taken || is_reserved(&cell.text) {
            let diagnostic = Diagnostic::at(Code::ScenarioNameTaken, file, cell.span.clone());
            self.diagnostics.push(diagnostic.with("name", &cell.text));
            return None;
        }
        Some(cell.clone())
    }
}

fn is_reserved(name: &str) -> bool {
    const ALL: &[&[&str]] = &[
        words::IF,
        words::ELSE,
        words::AND,
        words::OR,
        words::NOT,
        words::YES,
        words::NO,
        words::ONCE,
        words::TIMEOUT,
        words::LIMIT,
        words::ANSWERED,
    ];
    let plain: String = name.chars().map(narrow).collect();
    let signs = |c: char| "+-=<>!()&|,;".contains(c);
    ALL.iter().any(|list| is(&plain, list))
        || plain.starts_with(|c: char| c.is_ascii_digit())
        || plain.contains(signs)
}

/// Whether a text is one of some words, in either case.
pub fn is(text: &str, words: &[&str]) -> bool {
    words
        .iter()
        .any(|word| word.to_lowercase() == text.trim().to_lowercase())
}

fn flag(text: &str) -> Option<bool> {
    match text {
        yes if is(yes, words::YES) => Some(true),
        no if is(no, words::NO) => Some(false),
        _ => None,
    }
}

/// A whole number, whose digits and sign may be full-width.
pub fn number(text: &str) -> Option<i32> {
    let plain: String = text.trim().chars().map(narrow).collect();
    plain.trim_start_matches('+').parse().ok()
}

/// The bounds of a number: from columns of their own, else from `0–100` in the description.
fn bounds(head: &[Cell], row: &[Cell], meaning: &str) -> (i32, i32) {
    let written = |words| column(head, row, words).and_then(|cell| number(&cell.text));
    let described = range(meaning).unwrap_or(DEFAULT);
    (
        written(words::LEAST).unwrap_or(described.0),
        written(words::MOST).unwrap_or(described.1),
    )
}

/// The first `0–100` in a text.
fn range(text: &str) -> Option<(i32, i32)> {
    let plain: Vec<char> = text.chars().map(narrow).collect();
    (0..plain.len()).find_map(|at| range_at(&plain, at))
}

fn range_at(text: &[char], at: usize) -> Option<(i32, i32)> {
    if at > 0 && (text[at - 1].is_ascii_digit() || text[at - 1] == '-') {
        return None;
    }
    let (least, at) = signed(text, at)?;
    let at = skip_spaces(text, at);
    let dash = |c: &char| matches!(c, '-' | '~' | '～' | '至' | '到');
    let length = match &text[at.min(text.len())..] {
        ['t', 'o', ..] => 2,
        [sign, ..] if dash(sign) => 1,
        _ => return None,
    };
    let (most, _) = signed(text, skip_spaces(text, at + length))?;
    (least <= most).then_some((least, most))
}

fn skip_spaces(text: &[char], at: usize) -> usize {
    at + text[at.min(text.len())..]
        .iter()
        .take_while(|c| **c == ' ')
        .count()
}

fn signed(text: &[char], at: usize) -> Option<(i32, usize)> {
    let negative = text.get(at) == Some(&'-');
    let start = at + usize::from(negative);
    let digits: String = text
        .get(start..)?
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .collect();
    let value: i32 = digits.parse().ok()?;
    Some((if negative { -value } else { value }, start + digits.len()))
}

fn column<'r>(head: &[Cell], row: &'r [Cell], words: &[&str]) -> Option<&'r Cell> {
    let at = head.iter().position(|cell| is(&cell.text, words))?;
    row.get(at)
}

/// The cells of every row, the head first.
fn rows(events: &[Spanned<'_>]) -> Vec<Vec<Cell>> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut start = 0;
    for (at, (event, span)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => start = at,
            Event::End(TagEnd::TableCell) => {
                let text = plain::text(&events[start..at]);
                let cell = Cell {
                    text,
                    span: span.clone(),
                };
                rows.iter_mut()
                    .last()
                    .into_iter()
                    .for_each(|row| row.push(cell.clone()));
            }
            _ => {}
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::{number, range};

    #[test]
    fn bounds_are_found_in_a_description() {
        assert_eq!(range("王女士还信不信你，0–100"), Some((0, 100)));
        assert_eq!(range("-5 ~ 5，心情"), Some((-5, 5)));
        assert_eq!(range("０到１０"), Some((0, 10)));
        assert_eq!(range("1 to 5, how calm"), Some((1, 5)));
        assert_eq!(range("5栋1803的事"), None);
        assert_eq!(range("从 100-0"), None);
    }

    #[test]
    fn numbers_of_both_widths() {
        assert_eq!(number("５０"), Some(50));
        assert_eq!(number("−3"), Some(-3));
        assert_eq!(number("+3"), Some(3));
        assert_eq!(number("很多"), None);
    }
}
