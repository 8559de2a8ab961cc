//! Markdown without what only our own pages can hold: links into the site become full addresses or
//! words, pictures become their words, HTML goes.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::loss::{Loss, Report};
use crate::bank::{Ask, Item, Sheet};
use crate::syntax::{self, end_of, plain};

/// Makes every text of a bank portable.
pub fn make(sheets: &mut [Sheet], report: &mut Report) {
    for sheet in sheets {
        let links = std::mem::take(&mut sheet.links);
        for placed in &mut sheet.items {
            let (file, span) = (placed.file, placed.span.clone());
            each_text(&mut placed.item, &mut |text| {
                portable(text, &links, &mut |loss| report.lost_at(file, &span, loss));
            });
        }
        for card in &mut sheet.cards {
            let (file, span) = (card.file, card.span.clone());
            for text in [&mut card.front, &mut card.back] {
                portable(text, &links, &mut |loss| report.lost_at(file, &span, loss));
            }
        }
        sheet.links = links;
    }
}

/// Calls `change` with every markdown text of an item.
pub fn each_text(item: &mut Item, change: &mut dyn FnMut(&mut String)) {
    change(&mut item.title);
    change(&mut item.stem);
    for quotes in [&mut item.hints, &mut item.model, &mut item.explanation] {
        quotes.iter_mut().for_each(&mut *change);
    }
    match &mut item.ask {
        Ask::Choice { options, .. } | Ask::Survey { options, .. } => {
            for option in options {
                change(&mut option.text);
                option.feedback.iter_mut().for_each(&mut *change);
            }
        }
        // What fills a gap is no markdown.
        Ask::Blanks { texts, .. } => texts.iter_mut().for_each(change),
        Ask::Ordering(items) => items.iter_mut().for_each(change),
        Ask::Matching {
            head,
            rows,
            choices,
        } => {
            head.iter_mut().for_each(&mut *change);
            rows.iter_mut().for_each(|(left, _)| change(left));
            choices.iter_mut().for_each(change);
        }
        Ask::Classify { head, rows } => {
            head.iter_mut().for_each(&mut *change);
            rows.iter_mut().for_each(|(name, _)| change(name));
        }
        Ask::Open(criteria) => criteria.iter_mut().for_each(|one| change(&mut one.text)),
    }
}

fn portable(text: &mut String, links: &BTreeMap<String, String>, lost: &mut dyn FnMut(Loss)) {
    if !text.contains(['[', '<']) {
        return;
    }
    let edits = edits(text, links, lost);
    for (span, new) in edits.into_iter().rev() {
        text.replace_range(span, &new);
    }
}

/// What is to stand instead of some bytes, in their order.
fn edits(
    text: &str,
    links: &BTreeMap<String, String>,
    lost: &mut dyn FnMut(Loss),
) -> Vec<(Range<usize>, String)> {
    let events = syntax::events(text, 0..text.len());
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (at, (event, span)) in events.iter().enumerate() {
        let inside_another = edits.last().is_some_and(|(last, _)| span.start < last.end);
        if inside_another {
            continue;
        }
        match event {
            Event::Start(Tag::Link { dest_url, .. }) if is_relative(dest_url) => {
                let inner = &events[at + 1..end_of(&events, at)];
                let words = plain::text(inner);
                let new = match links.get(dest_url.as_ref()) {
                    Some(url) => format!("[{words}]({url})"),
                    None => {
                        lost(Loss::Links);
                        words
                    }
                };
                edits.push((span.clone(), new));
            }
            Event::Start(Tag::Image { .. }) => {
                lost(Loss::Pictures);
                let words = plain::text(&events[at + 1..end_of(&events, at)]);
                edits.push((span.clone(), words));
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                if !html.trim_start().starts_with("<!--") {
                    lost(Loss::RawHtml);
                }
                edits.push((span.clone(), String::new()));
            }
            _ => {}
        }
    }
    edits
}

fn is_relative(url: &str) -> bool {
    !url.split(['/', '?', '#'])
        .next()
        .unwrap_or_default()
        .contains(':')
}
