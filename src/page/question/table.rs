//! Tables that are answers: two columns to be matched, or marks in columns.

use super::read::{Reader, children};
use super::{Block, Shape};
use crate::diag::codes::Code;
use crate::page::{Heading, keywords};
use crate::syntax::Spanned;

/// What marks a cell as a right one.
const MARKS: &[&str] = &["x", "X", "✓", "√", "是"];

/// What belongs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    /// The cells of the head.
    pub head: Vec<Block>,
    /// The left cells that are asked for.
    pub left: Vec<Block>,
    /// The right cells, every text once, those that belong to nothing included.
    pub choices: Vec<Block>,
    /// The choice of each row.
    pub right: Vec<usize>,
}

/// What belongs into which column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classify {
    /// The cells of the head; the first names the rows.
    pub head: Vec<Block>,
    /// The first cell of each row.
    pub rows: Vec<Block>,
    /// The columns of each row, counted from the first after the rows' names.
    pub right: Vec<Vec<usize>>,
}

/// Reads a table as what the heading says that it is.
pub(super) fn read(reader: &mut Reader<'_>, heading: &Heading, block: &Block) -> Option<Shape> {
    let (head, rows) = cells(reader.events, block);
    if keywords::is_matching(&heading.text) {
        matching(reader, block, head, &rows)
    } else {
        classify(reader, block, head, &rows)
    }
}

/// The insides of the cells of a table: its head, and row by row.
fn cells(events: &[Spanned<'_>], table: &Block) -> (Vec<Block>, Vec<Vec<Block>>) {
    let mut rows = children(events, table).into_iter().map(|row| {
        let cells = children(events, &row).into_iter();
        cells.map(|cell| cell.start + 1..cell.end - 1).collect()
    });
    let head = rows.next().unwrap_or_default();
    (head, rows.collect())
}

fn matching(
    reader: &mut Reader<'_>,
    block: &Block,
    head: Vec<Block>,
    rows: &[Vec<Block>],
) -> Option<Shape> {
    let mut matching = Matching {
        head,
        left: Vec::new(),
        choices: Vec::new(),
        right: Vec::new(),
    };
    let mut texts: Vec<String> = Vec::new();
    let told = reader.diagnostics.len();
    for row in rows {
        let [left, right, ..] = row.as_slice() else {
            continue;
        };
        let text = reader.plain(right);
        if text.is_empty() {
            let span = row_span(reader, row);
            reader.say(Code::UnmatchedRow, span);
            continue;
        }
        let choice = texts.iter().position(|one| *one == text);
        let choice = choice.unwrap_or_else(|| {
            texts.push(text);
            matching.choices.push(right.clone());
            texts.len() - 1
        });
        if !left.is_empty() {
            matching.left.push(left.clone());
            matching.right.push(choice);
        }
    }
    if reader.diagnostics.len() > told {
        return None;
    }
    if matching.head.len() != 2 || matching.left.len() < 2 {
        let span = reader.span(block);
        reader.say(Code::BadAnswerTable, span);
        return None;
    }
    Some(Shape::Matching(matching))
}

fn classify(
    reader: &mut Reader<'_>,
    block: &Block,
    head: Vec<Block>,
    rows: &[Vec<Block>],
) -> Option<Shape> {
    if head.len() < 3 || rows.is_empty() {
        let span = reader.span(block);
        reader.say(Code::BadAnswerTable, span);
        return None;
    }
    let mut classify = Classify {
        head,
        rows: Vec::new(),
        right: Vec::new(),
    };
    for row in rows {
        let Some((name, marks)) = row.split_first() else {
            continue;
        };
        let is_marked = |cell: &Block| MARKS.contains(&reader.plain(cell).as_str());
        let right: Vec<usize> = (0..marks.len())
            .filter(|at| is_marked(&marks[*at]))
            .collect();
        if right.is_empty() {
            let span = row_span(reader, row);
            reader.say(Code::UnmarkedRow, span);
        }
        classify.rows.push(name.clone());
        classify.right.push(right);
    }
    Some(Shape::Classify(classify))
}

/// The bytes of a row: the whole of its line.
fn row_span(reader: &Reader<'_>, row: &[Block]) -> std::ops::Range<usize> {
    // The event before a cell's inside is its start, which is there even in an empty cell.
    let start = row
        .first()
        .map_or(0, |cell| reader.events[cell.start - 1].1.start);
    let line = reader.text[..start].rfind('\n').map_or(0, |at| at + 1);
    let end = reader.text[start..].find('\n');
    let row = &reader.text[line..end.map_or(reader.text.len(), |at| start + at)];
    let lead = row.len() - row.trim_start().len();
    line + lead..line + row.trim_end().len().max(lead)
}
