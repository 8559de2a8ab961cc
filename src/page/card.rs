//! Cards: what a learner may keep in memory besides questions, a term with its meaning or a
//! situation with the sentence to say.

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::keywords;
use super::kind::Kind;
use super::question::Block;
use crate::syntax::plain;
use crate::syntax::{Spanned, end_of};

/// A card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its heading, by its place in [`super::Page::headings`].
    pub heading: usize,
    /// The events of the heading.
    pub title: Block,
    /// When it is said: the first cell of the table that opens a script.
    pub situation: Option<Block>,
    /// What is to be remembered.
    pub answer: Vec<Block>,
}

/// The cards of a page: its entries, where it is a page of entries.
pub fn cards(kind: Kind, events: &[Spanned<'_>]) -> Vec<Card> {
    if !kind.info().entries {
        return Vec::new();
    }
    let mut cards: Vec<Card> = Vec::new();
    let mut heading = 0;
    let mut open = false;
    let mut at = 0;
    while at < events.len() {
        let block = at..end_of(events, at) + 1;
        at = block.end;
        if let Event::Start(Tag::Heading { level, .. }) = &events[block.start].0 {
            open = *level == HeadingLevel::H2;
            if open {
                cards.push(Card {
                    heading,
                    title: block.start + 1..block.end - 1,
                    situation: None,
                    answer: Vec::new(),
                });
            }
            heading += 1;
        } else if let Some(card) = cards.last_mut().filter(|_| open) {
            card.take(kind, events, block);
        }
    }
    cards.retain(|card| !card.answer.is_empty());
    cards
}

impl Card {
    /// Takes in a block below the heading, where it belongs on the card.
    fn take(&mut self, kind: Kind, events: &[Spanned<'_>], block: Block) {
        match &events[block.start].0 {
            Event::Start(Tag::Table(_)) if kind == Kind::Scripts && self.situation.is_none() => {
                self.situation = first_cell(events, &block);
            }
            // Of a script, the sentence to say; what else stands there is for looking up.
            Event::Start(Tag::BlockQuote(_)) if kind == Kind::Scripts && self.answer.is_empty() => {
                self.answer.push(block);
            }
            Event::Start(Tag::Paragraph | Tag::List(_))
                if kind != Kind::Scripts
                    && keywords::also(&plain::text(&events[block.clone()])).is_none() =>
            {
                self.answer.push(block);
            }
            _ => {}
        }
    }
}

/// The inside of the first cell below a table's head.
fn first_cell(events: &[Spanned<'_>], table: &Block) -> Option<Block> {
    let is_row = |at: &usize| matches!(events[*at].0, Event::Start(Tag::TableRow));
    let row = table.clone().find(is_row)?;
    let cell = row + 1..end_of(events, row + 1);
    (!cell.is_empty()).then_some(cell.start + 1..cell.end)
}
