//! The list items of a place: choices, branches, and the options of a question.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::code::{self, Clause, Scope};
use super::lines::{Quote, blocks, text_between};
use super::{Block, Branch, Choice, Condition, Destination, Text};
use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::syntax::{Spanned, end_of, plain};

/// Signs between a condition and where it leads.
const ARROWS: &[&str] = &["→", "->", "⇒", "—>", "➔"];

/// A list item, taken apart.
#[derive(Debug)]
pub struct Item<'e, 's> {
    /// All of it.
    pub span: Range<usize>,
    /// Whether it is ticked, where it has a box.
    ticked: Option<bool>,
    parts: Vec<Part>,
    /// Its own line, as inline events.
    pub line: &'e [Spanned<'s>],
    /// What stands below its line.
    pub blocks: Vec<&'e [Spanned<'s>]>,
}

/// A piece of an item's own line.
#[derive(Debug, Clone)]
enum Part {
    Code(String, Range<usize>),
    Link {
        dest: String,
        span: Range<usize>,
        label: Text,
    },
    Words(String, Range<usize>),
}

impl Part {
    fn span(&self) -> &Range<usize> {
        match self {
            Self::Code(_, span) | Self::Link { span, .. } | Self::Words(_, span) => span,
        }
    }

    fn is_arrow(&self) -> bool {
        matches!(self, Self::Words(words, _) if ARROWS.contains(&words.trim()))
    }

    fn is_blank(&self) -> bool {
        let blank = |c: char| c.is_whitespace() || "，,；;、。".contains(c);
        matches!(self, Self::Words(words, _) if words.chars().all(blank))
    }

    fn leads_on(&self) -> bool {
        matches!(self, Self::Link { dest, .. } if dest.starts_with('#'))
    }
}

/// What kind of item it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `- [先道歉](#安抚)`
    Choice,
    /// ``- `若 信任 >= 60` → [圆满](#圆满)``
    Branch,
    /// `- [x] 先听完`
    Option,
    /// Anything else.
    Other,
}

/// The items of a list, given by its events.
pub fn items<'e, 's>(list: &'e [Spanned<'s>]) -> Vec<Item<'e, 's>> {
    let inner = &list[1..list.len().max(2) - 1];
    blocks(inner).into_iter().map(Item::read).collect()
}

/// The options that a list begins with, and what follows them.
pub fn split<'i, 'e, 's>(items: &'i [Item<'e, 's>]) -> (&'i [Item<'e, 's>], &'i [Item<'e, 's>]) {
    let is_option = |item: &&Item<'_, '_>| item.shape() == Shape::Option;
    items.split_at(items.iter().take_while(is_option).count())
}

impl<'e, 's> Item<'e, 's> {
    fn read(events: &'e [Spanned<'s>]) -> Self {
        let inner = &events[1..events.len().max(2) - 1];
        let loose = inner
            .first()
            .is_some_and(|(event, _)| *event == Event::Start(Tag::Paragraph));
        let is_block = |(event, _): &Spanned<'_>| {
            matches!(event, Event::Start(tag) if !plain::is_inline(tag)) || *event == Event::Rule
        };
        let (line, rest) = if loose {
            let end = end_of(inner, 0);
            (&inner[1..end.max(1)], &inner[(end + 1).min(inner.len())..])
        } else {
            let end = inner.iter().position(is_block).unwrap_or(inner.len());
            inner.split_at(end)
        };
        let ticked = line.iter().find_map(|(event, _)| match event {
            Event::TaskListMarker(ticked) => Some(*ticked),
            _ => None,
        });
        Self {
            span: events[0].1.clone(),
            ticked,
            parts: parts(line),
            line,
            blocks: blocks(rest),
        }
    }

    /// What kind of item it is.
    pub fn shape(&self) -> Shape {
        if self.ticked.is_some() {
            return Shape::Option;
        }
        let mut before = self.parts.iter().take_while(|part| !part.leads_on());
        let expected =
            |part: &Part| matches!(part, Part::Code(..)) || part.is_arrow() || part.is_blank();
        match self.parts.iter().any(Part::leads_on) && before.clone().all(expected) {
            true if before.any(Part::is_arrow) => Shape::Branch,
            true => Shape::Choice,
            false => Shape::Other,
        }
    }

    /// Says that an item is none of what its list is made of.
    pub fn misplaced(&self, scope: &Scope<'_>) -> Diagnostic {
        let end = self
            .parts
            .last()
            .map_or(self.span.end, |part| part.span().end);
        let start = self.span.start;
        Diagnostic::at(Code::ScenarioItem, scope.file, start..end.max(start))
    }

    /// Reads a branch.
    pub fn branch(&self, scope: &Scope<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Branch> {
        let mut clauses = self.clauses(scope, diagnostics);
        let mut when = Vec::new();
        let to = self.destination()?;
        for (clause, span) in clauses.drain(..) {
            match clause {
                Clause::When(condition) if span.start < to.span.start => when.push(condition),
                Clause::Else => {}
                _ => diagnostics.push(misplaced_code(scope, span)),
            }
        }
        Some(Branch {
            span: self.span.clone(),
            when: all(when),
            to,
        })
    }

    /// Reads a choice.
    pub fn choice(
        &self,
        id: String,
        scope: &Scope<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Choice> {
        let label = self.parts.iter().find_map(|part| match part {
            Part::Link { label, .. } if part.leads_on() => Some(label.clone()),
            _ => None,
        })?;
        let words = |part: &&Part| matches!(part, Part::Words(..)) && !part.is_blank();
        let after = self
            .parts
            .iter()
            .skip_while(|part| !part.leads_on())
            .skip(1);
        if after
            .clone()
            .any(|part| words(&part) || matches!(part, Part::Link { .. }))
        {
            diagnostics.push(self.misplaced(scope));
        }
        let mut choice = self.bare(id, label, self.destination()?);
        let clauses = self.clauses(scope, diagnostics);
        choice.apply(clauses, scope, diagnostics);
        Some(choice)
    }

    /// Reads an option of a question, which goes on at the same heading.
    pub fn option(
        &self,
        id: String,
        answered: usize,
        scope: &Scope<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Choice {
        let is_code = |part: &&Part| matches!(part, Part::Code(..)) || part.is_blank();
        let codes = self.parts.iter().rev().take_while(is_code).count();
        let own = &self.parts[..self.parts.len() - codes];
        let start = own
            .first()
            .map_or(self.span.start, |part| part.span().start);
        let end = own.last().map_or(start, |part| part.span().end);
        let words = own.iter().map(|part| match part {
            Part::Code(text, _) | Part::Words(text, _) => text.as_str(),
            Part::Link { label, .. } => label.plain.as_str(),
        });
        let label = Text {
            plain: words.collect::<String>().trim().to_owned(),
            span: start..end,
        };
        let to = Destination {
            place: None,
            dest: String::new(),
            span: start..end,
        };
        let mut choice = self.bare(id, label, to);
        let right = self.ticked == Some(true);
        choice.answer = Some(right);
        let change = super::Change::Set(i32::from(right));
        choice.effects.push(super::Effect {
            span: start..end,
            variable: answered,
            change,
        });
        let trailing = self.parts[self.parts.len() - codes..].iter();
        let clauses = clauses(trailing, scope, diagnostics);
        choice.apply(clauses, scope, diagnostics);
        choice
    }

    fn bare(&self, id: String, label: Text, to: Destination) -> Choice {
        let mut quote = Quote::default();
        let mut then = Vec::new();
        for block in &self.blocks {
            if matches!(block[0].0, Event::Start(Tag::BlockQuote(_))) {
                quote.read(block);
                then.extend(quote.lines.drain(..).map(Block::Line));
            } else if !matches!(block[0].0, Event::Start(Tag::HtmlBlock)) {
                then.push(Block::Stage(block[0].1.clone()));
            }
        }
        Choice {
            id,
            span: self.span.clone(),
            label,
            to,
            when: None,
            effects: Vec::new(),
            gains: Vec::new(),
            once: None,
            timeout: false,
            answer: None,
            then,
            remark: quote.remark,
        }
    }

    fn destination(&self) -> Option<Destination> {
        self.parts.iter().find_map(|part| match part {
            Part::Link { dest, span, .. } if part.leads_on() => Some(Destination {
                place: None,
                dest: dest.clone(),
                span: span.clone(),
            }),
            _ => None,
        })
    }

    fn clauses(
        &self,
        scope: &Scope<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<(Clause, Range<usize>)> {
        clauses(self.parts.iter(), scope, diagnostics)
    }
}

impl Choice {
    fn apply(
        &mut self,
        clauses: Vec<(Clause, Range<usize>)>,
        scope: &Scope<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut when = Vec::new();
        for (clause, span) in clauses {
            match clause {
                Clause::When(condition) => when.push(condition),
                Clause::Changes(effects, gains) => {
                    self.effects.extend(effects);
                    self.gains.extend(gains);
                }
                // Numbered when the whole page is known.
                Clause::Once => self.once = Some(0),
                Clause::Timeout => self.timeout = true,
                Clause::Else | Clause::Limit(_) => diagnostics.push(misplaced_code(scope, span)),
            }
        }
        self.when = all(when);
    }
}

fn misplaced_code(scope: &Scope<'_>, span: Range<usize>) -> Diagnostic {
    Diagnostic::at(Code::ScenarioMark, scope.file, span)
}

fn clauses<'p>(
    parts: impl Iterator<Item = &'p Part>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Clause, Range<usize>)> {
    let mut clauses = Vec::new();
    for part in parts {
        if let Part::Code(text, span) = part {
            match code::read(text, span, scope) {
                Ok(clause) => clauses.push((clause, span.clone())),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
    }
    clauses
}

fn all(mut conditions: Vec<Condition>) -> Option<Condition> {
    match conditions.len() {
        0 | 1 => conditions.pop(),
        _ => Some(Condition::All(conditions)),
    }
}

/// The pieces of an item's own line.
fn parts(line: &[Spanned<'_>]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let (event, span) = &line[at];
        let end = end_of(line, at).max(at);
        match event {
            Event::TaskListMarker(_) => {}
            Event::Code(text) => parts.push(Part::Code(text.to_string(), span.clone())),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let inner = &line[at + 1..end];
                let start = inner.first().map_or(span.start, |(_, span)| span.start);
                let inner_end = inner
                    .iter()
                    .map(|(_, span)| span.end)
                    .max()
                    .unwrap_or(start);
                let label = text_between(inner, start, inner_end);
                let dest = dest_url.to_string();
                parts.push(Part::Link {
                    dest,
                    span: span.clone(),
                    label,
                });
            }
            _ => words(&line[at..=end.min(line.len() - 1)], span, &mut parts),
        }
        at = end + 1;
    }
    parts
}

/// Adds words, to those before them where there are any.
fn words(events: &[Spanned<'_>], span: &Range<usize>, parts: &mut Vec<Part>) {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(piece),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    match parts.last_mut() {
        Some(Part::Words(before, place)) => {
            before.push_str(&text);
            place.end = place.end.max(span.end);
        }
        _ => parts.push(Part::Words(text, span.clone())),
    }
}
