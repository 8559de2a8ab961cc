//! Tables that answer a question, as they are asked: the marks of a classification are taken out,
//! the right column of a matching is put into another order.

use pulldown_cmark::{Event, Tag};

use super::quiz::other_order;
use crate::syntax::plain;
use crate::syntax::{Spanned, end_of};

/// What marks a cell as the right one.
const MARKS: &[&str] = &["x", "X", "✓", "√", "是"];

/// The table without its answer.
pub fn asked<'e>(block: &[Spanned<'e>]) -> Vec<Spanned<'e>> {
    let cells = body_cells(block);
    let is_mark = |cell: &&std::ops::Range<usize>| MARKS.contains(&text(block, cell).as_str());
    if cells.iter().any(|cell| is_mark(&cell)) {
        return block_with(block, &cells, |cell| {
            if is_mark(&cell) {
                Vec::new()
            } else {
                inner(block, cell)
            }
        });
    }
    let right: Vec<_> = cells.iter().skip(1).step_by(2).collect();
    let order = other_order(&right, |cell| text(block, cell));
    let place = |cell: &std::ops::Range<usize>| right.iter().position(|one| *one == cell);
    block_with(block, &cells, |cell| match place(cell) {
        Some(at) => inner(block, right[order[at]]),
        None => inner(block, cell),
    })
}

/// The places of all cells below the head of a table.
fn body_cells(block: &[Spanned<'_>]) -> Vec<std::ops::Range<usize>> {
    let head = block
        .iter()
        .position(|(event, _)| matches!(event, Event::Start(Tag::TableHead)));
    let start = head.map_or(0, |at| end_of(block, at));
    let cell = |at: &usize| matches!(block[*at].0, Event::Start(Tag::TableCell));
    (start..block.len())
        .filter(cell)
        .map(|at| at..end_of(block, at) + 1)
        .collect()
}

fn inner<'e>(block: &[Spanned<'e>], cell: &std::ops::Range<usize>) -> Vec<Spanned<'e>> {
    block[cell.start + 1..cell.end - 1].to_vec()
}

fn text(block: &[Spanned<'_>], cell: &std::ops::Range<usize>) -> String {
    plain::text(&block[cell.start + 1..cell.end - 1])
}

/// The block with other content in its cells.
fn block_with<'e>(
    block: &[Spanned<'e>],
    cells: &[std::ops::Range<usize>],
    content: impl Fn(&std::ops::Range<usize>) -> Vec<Spanned<'e>>,
) -> Vec<Spanned<'e>> {
    let mut out = Vec::with_capacity(block.len());
    let mut at = 0;
    for cell in cells {
        out.extend_from_slice(&block[at..=cell.start]);
        out.extend(content(cell));
        at = cell.end - 1;
    }
    out.extend_from_slice(&block[at..]);
    out
}
