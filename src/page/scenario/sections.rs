//! Which sections of a page are places.
//!
//! Places are the headings of the level at which most choices, branches and endings stand. A
//! heading above that level opens a part; a part without any of them (an opening, a list of role
//! cards) is no place to play.

use std::collections::HashMap;

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::choices::{Shape, items};
use super::lines;
use crate::syntax::Spanned;

/// A heading and the blocks below it.
pub struct Section<'e, 's> {
    /// None above the first heading.
    pub heading: Option<(HeadingLevel, &'e [Spanned<'s>])>,
    /// In their order.
    pub blocks: Vec<&'e [Spanned<'s>]>,
}

impl Section<'_, '_> {
    fn level(&self) -> Option<HeadingLevel> {
        self.heading.map(|(level, _)| level)
    }

    /// Whether a list of it has an item of some shape.
    pub fn has(&self, shape: Shape) -> bool {
        let lists = self.blocks.iter().filter(|block| is_list(block));
        lists
            .flat_map(|list| items(list))
            .any(|item| item.shape() == shape)
    }

    fn is_played(&self) -> bool {
        self.has(Shape::Choice)
            || self.has(Shape::Branch)
            || self
                .blocks
                .iter()
                .any(|block| lines::verdict(block).is_some())
    }
}

/// Whether a block is a list.
pub fn is_list(block: &[Spanned<'_>]) -> bool {
    matches!(block[0].0, Event::Start(Tag::List(_)))
}

/// Cuts blocks at their headings.
pub fn sections<'e, 's>(blocks: &[&'e [Spanned<'s>]]) -> Vec<Section<'e, 's>> {
    let mut sections = vec![Section {
        heading: None,
        blocks: Vec::new(),
    }];
    for block in blocks {
        if let Event::Start(Tag::Heading { level, .. }) = &block[0].0 {
            sections.push(Section {
                heading: Some((*level, block)),
                blocks: Vec::new(),
            });
        } else if let Some(section) = sections.last_mut() {
            section.blocks.push(block);
        }
    }
    sections
}

/// The sections that are places, each with the deeper sections that belong to it.
pub fn playable<'e, 's>(sections: &[Section<'e, 's>]) -> Vec<Section<'e, 's>> {
    let mut counts: HashMap<HeadingLevel, usize> = HashMap::new();
    for section in sections.iter().filter(|section| section.is_played()) {
        if let Some(level) = section.level() {
            *counts.entry(level).or_default() += 1;
        }
    }
    let Some((level, _)) = counts
        .into_iter()
        .max_by_key(|(level, count)| (*count, *level))
    else {
        return Vec::new();
    };
    let mut parts: Vec<Vec<Section<'e, 's>>> = vec![Vec::new()];
    for section in sections {
        match section.level() {
            Some(own) if own < level => parts.push(Vec::new()),
            Some(own) => take(section, own == level, &mut parts),
            None => {}
        }
    }
    parts.retain(|part| part.iter().any(Section::is_played));
    parts.into_iter().flatten().collect()
}

fn take<'e, 's>(section: &Section<'e, 's>, opens: bool, parts: &mut [Vec<Section<'e, 's>>]) {
    let Some(part) = parts.last_mut() else {
        return;
    };
    if opens {
        part.push(Section {
            heading: section.heading,
            blocks: section.blocks.clone(),
        });
    } else if let (Some(place), Some((_, heading))) = (part.last_mut(), section.heading) {
        place.blocks.push(heading);
        place.blocks.extend_from_slice(&section.blocks);
    }
}
