//! What is said at a place: lines in quotes, an expert's remarks, the sentence that ends it all.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::lex::narrow;
use super::{EndingKind, Line, Text};
use crate::page::keywords::scenario as words;
use crate::syntax::{Spanned, end_of, plain};

/// Marks that part a speaker from what he says.
const COLONS: &[char] = &['：', ':'];

/// The lines and the remarks of a quote.
#[derive(Debug, Default)]
pub struct Quote {
    /// In their order.
    pub lines: Vec<Line>,
    /// Everything from the first paragraph on that is labelled so.
    pub remark: Vec<Text>,
}

impl Quote {
    /// Takes a quote in, given by its events.
    pub fn read(&mut self, events: &[Spanned<'_>]) {
        let mut speaker = None;
        let mut remarking = !self.remark.is_empty();
        for block in blocks(&events[1..events.len().max(2) - 1]) {
            let labelled = label(block);
            if let Some(label) = &labelled
                && words::REMARK.iter().any(|word| label.text == *word)
            {
                remarking = true;
                self.remark.push(label.rest.clone());
                continue;
            }
            if remarking {
                self.remark.push(whole(block));
                continue;
            }
            let line = match labelled.and_then(|label| line(&label, block)) {
                Some(line) => line,
                None => Line {
                    speaker: speaker.clone(),
                    mood: None,
                    text: whole(block),
                },
            };
            speaker.clone_from(&line.speaker);
            self.lines.push(line);
        }
    }
}

/// A bold beginning of a paragraph, and what follows it.
#[derive(Debug)]
struct Label {
    text: String,
    rest: Text,
}

fn label(block: &[Spanned<'_>]) -> Option<Label> {
    let (first, span) = block.get(1)?;
    if !matches!(block[0].0, Event::Start(Tag::Paragraph)) || *first != Event::Start(Tag::Strong) {
        return None;
    }
    let end = 1 + end_of(&block[1..], 0);
    Some(Label {
        text: plain::text(&block[1..=end]),
        rest: text_between(&block[end + 1..block.len() - 1], span.end, inner_end(block)),
    })
}

/// `**王女士（生气）：** …`, `**王女士**：…` or `**王女士：**（生气）…`
fn line(label: &Label, block: &[Spanned<'_>]) -> Option<Line> {
    let mut rest = label.rest.clone();
    let name = match label.text.strip_suffix(COLONS) {
        Some(name) => name,
        None => {
            let colon = rest.plain.len() - rest.plain.strip_prefix(COLONS)?.len();
            cut(&mut rest, colon, block);
            label.text.as_str()
        }
    };
    let (speaker, mut mood) = match name.trim().strip_suffix(['）', ')']) {
        Some(inside) => match inside.rsplit_once(['（', '(']) {
            Some((speaker, mood)) => (speaker.trim(), Some(mood.trim().to_owned())),
            None => (name.trim(), None),
        },
        None => (name.trim(), None),
    };
    if mood.is_none()
        && let Some(inside) = rest.plain.strip_prefix(['（', '('])
        && let Some(end) = inside.find(['）', ')'])
    {
        mood = Some(inside[..end].trim().to_owned());
        let close = inside[end..].chars().next().map_or(0, char::len_utf8);
        let taken = rest.plain.len() - inside.len() + end + close;
        cut(&mut rest, taken, block);
    }
    let speaker = Some(speaker.to_owned()).filter(|speaker| !speaker.is_empty());
    Some(Line {
        speaker,
        mood,
        text: rest,
    })
}

/// Takes the first bytes off a text, provided that they are written as they read.
fn cut(text: &mut Text, bytes: usize, block: &[Spanned<'_>]) {
    let first = block
        .iter()
        .find(|(event, span)| matches!(event, Event::Text(_)) && span.start >= text.span.start);
    let Some((Event::Text(written), span)) = first else {
        return;
    };
    let (before, plain) = text.plain.split_at(bytes);
    let lead = written.len() - written.trim_start().len();
    if written.trim_start().starts_with(before) && written.len() == span.len() {
        text.span.start = span.start + lead + bytes;
        text.plain = plain.trim_start().to_owned();
    }
}

/// The whole of a block as a text.
pub fn whole(block: &[Spanned<'_>]) -> Text {
    let span = block[0].1.clone();
    if matches!(block[0].0, Event::Start(Tag::Paragraph)) {
        let inner = &block[1..block.len().max(2) - 1];
        let start = inner.first().map_or(span.start, |(_, span)| span.start);
        return text_between(inner, start, inner_end(block));
    }
    Text {
        plain: plain::text(block),
        span,
    }
}

/// Where the last thing in a block ends.
fn inner_end(block: &[Spanned<'_>]) -> usize {
    let inner = &block[1..block.len().max(2) - 1];
    inner
        .iter()
        .map(|(_, span)| span.end)
        .max()
        .unwrap_or(block[0].1.start)
}

/// Inline events as a text between two bytes.
pub fn text_between(events: &[Spanned<'_>], start: usize, end: usize) -> Text {
    Text {
        plain: plain::text(events),
        span: start..end.max(start),
    }
}

/// The blocks side by side in some events.
pub fn blocks<'e, 's>(events: &'e [Spanned<'s>]) -> Vec<&'e [Spanned<'s>]> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < events.len() {
        if matches!(events[at].0, Event::End(_)) {
            at += 1;
            continue;
        }
        let end = end_of(events, at).max(at) + 1;
        blocks.push(&events[at..end]);
        at = end;
    }
    blocks
}

/// The sentence in bold that ends a scenario: its kind and score, `None` where they cannot be read.
#[derive(Debug)]
pub struct Verdict {
    /// The sentence.
    pub span: Range<usize>,
    /// Where the debrief begins.
    pub rest: usize,
    /// What it says.
    pub verdict: Option<(EndingKind, i32)>,
}

/// Reads a paragraph that ends a scenario.
pub fn verdict(block: &[Spanned<'_>]) -> Option<Verdict> {
    let label = label(block)?;
    let said = words::ENDING
        .iter()
        .find_map(|word| label.text.strip_prefix(word))?;
    let kinds = [
        (words::GOOD, EndingKind::Good),
        (words::MIXED, EndingKind::Mixed),
        (words::BAD, EndingKind::Bad),
    ];
    let folded = said.to_lowercase();
    let is_said = |words: &[&str]| {
        words
            .iter()
            .any(|word| folded.contains(&word.to_lowercase()))
    };
    let kind = kinds.iter().find(|(words, _)| is_said(words));
    let digits: String = said
        .chars()
        .map(narrow)
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    let score = digits
        .parse()
        .ok()
        .filter(|score| (0..=100).contains(score));
    Some(Verdict {
        span: block[1].1.clone(),
        rest: label.rest.span.start,
        verdict: kind.map(|(_, kind)| *kind).zip(score),
    })
}

/// Every link in some events.
pub fn links(events: &[Spanned<'_>]) -> Vec<Text> {
    let link = |(at, (event, span)): (usize, &Spanned<'_>)| match event {
        Event::Start(Tag::Link { .. }) => {
            let end = end_of(events, at);
            Some(Text {
                plain: plain::text(&events[at..=end]),
                span: span.clone(),
            })
        }
        _ => None,
    };
    events.iter().enumerate().filter_map(link).collect()
}
