//! Rows with more cells than their table has columns: GFM drops what is over without a word.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::source::FileId;
use crate::syntax::Spanned;

/// Reports every row that loses cells.
pub fn check(file: FileId, text: &str, events: &[Spanned<'_>]) -> Vec<Diagnostic> {
    let mut columns = 0;
    let mut diagnostics = Vec::new();
    for (event, span) in events {
        match event {
            Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
            Event::Start(Tag::TableRow) => {
                let row = row_line(text, span);
                let cells = cells(&text[row.clone()]);
                if cells > columns {
                    let diagnostic = Diagnostic::at(Code::LongRow, file, row)
                        .with("cells", cells.to_string())
                        .with("columns", columns.to_string());
                    diagnostics.push(diagnostic);
                }
            }
            _ => {}
        }
    }
    diagnostics
}

/// The whole line of a row: the range of its event ends with its last cell that is kept.
fn row_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let end = text[span.start..]
        .find('\n')
        .map_or(text.len(), |at| span.start + at);
    span.start..end
}

/// How many cells a row has; only a backslash keeps a bar from cutting (GFM, 4.10).
fn cells(row: &str) -> usize {
    let row = row.trim().trim_start_matches('>').trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut bars = 0;
    let mut escaped = false;
    let mut last = ' ';
    for c in row.chars() {
        if c == '|' && !escaped {
            bars += 1;
        }
        escaped = c == '\\' && !escaped;
        last = c;
    }
    let closed = last == '|' && !row.ends_with("\\|");
    bars + usize::from(!closed)
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn bars_cut_unless_escaped() {
        assert_eq!(cells("| a | b |"), 2);
        assert_eq!(cells("a | b"), 2);
        assert_eq!(cells("| {时限|今天} | b |"), 3);
        assert_eq!(cells("| {时限\\|今天} | b |"), 2);
        assert_eq!(cells("| a | b\\|"), 2);
    }
}
