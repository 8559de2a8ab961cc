//! Open answers: a text that its writer judges by a model answer and criteria.

use super::read::Reader;
use super::{Block, Shape};
use crate::page::keywords;

/// What an answer is judged by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// The item's inside, with the label and the points still in it.
    pub text: Block,
    /// What meeting it earns.
    pub points: u32,
}

/// Reads the lists of criteria; an answer without any is compared with the model alone.
pub(super) fn read(reader: &Reader<'_>, lists: &[Block]) -> Shape {
    let items = lists.iter().flat_map(|list| reader.items(list));
    let criterion = |item: Block| {
        let text = item.start + 1..item.end - 1;
        let points = keywords::criterion(&reader.plain(&text)).map_or(1, |(points, _)| points);
        Criterion { text, points }
    };
    Shape::Open(items.map(criterion).collect())
}
