//! Cuts out the part of a text that answers, and marks what matches in it.

use std::ops::Range;

use crate::Span;
use crate::analysis::{Folding, Term, Terms};
use crate::query::{Phrase, PhraseTerm};

/// How long an excerpt is, in characters: two lines on a desk, three on a phone.
const LENGTH: usize = 90;

/// How far before the first match it begins, unless a sentence begins nearer.
const LEAD: usize = 24;

/// Marks every place of the phrases in a short text, such as a title.
pub fn mark(folding: &Folding, phrases: &[Phrase], text: &str) -> Vec<Span> {
    spans(text, 0..text.len(), &places(folding, phrases, text))
}

/// The best window of a long text, its matches marked.
pub fn excerpt(folding: &Folding, phrases: &[Phrase], text: &str) -> Vec<Span> {
    let places = places(folding, phrases, text);
    let window = window(text, &places);
    let mut spans = spans(text, window.clone(), &places);
    for span in &mut spans {
        span.text = one_line(&span.text);
    }
    spans.retain(|span| !span.text.is_empty());
    let ellipsis = || Span {
        text: "…".to_owned(),
        mark: false,
    };
    if !text[..window.start].trim().is_empty() {
        spans.insert(0, ellipsis());
    }
    if !text[window.end..].trim().is_empty() {
        spans.push(ellipsis());
    }
    spans
}

/// The text with every run of white space as one space, at its ends too: a word may be marked next to it.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            true if line.ends_with(' ') => {}
            true => line.push(' '),
            false => line.push(c),
        }
    }
    line
}

/// The parts of the text that any of the phrases stands in: in order, none touching another. Where
/// none does, because something else of the section matched, the terms of the phrases stand in.
fn places(folding: &Folding, phrases: &[Phrase], text: &str) -> Vec<Range<usize>> {
    let found = find_terms(folding, phrases, text);
    let mut places: Vec<Range<usize>> = Vec::new();
    for phrase in phrases {
        for at in 0..found.len() {
            places.extend(whole(text, &found, at, phrase));
        }
    }
    if places.is_empty() {
        places.extend(found.into_iter().map(|term| term.range));
    }
    places.sort_by_key(|place| (place.start, place.end));
    places.dedup_by(|next, first| {
        let touches = next.start <= first.end;
        if touches {
            first.end = first.end.max(next.end);
        }
        touches
    });
    places
}

/// Every term of the text that any phrase asks for, in order.
fn find_terms(folding: &Folding, phrases: &[Phrase], text: &str) -> Vec<Term> {
    let asked: Vec<&PhraseTerm> = phrases.iter().flat_map(|phrase| &phrase.terms).collect();
    let mut found = Vec::new();
    let mut terms = Terms::new(folding, text);
    let mut term = Term::default();
    while terms.next_into(&mut term) {
        if asked.iter().any(|asked| asked.fits(&term)) {
            found.push(term.clone());
        }
    }
    found
}

/// The place of the phrase, if it begins with this term.
fn whole(text: &str, found: &[Term], at: usize, phrase: &Phrase) -> Option<Range<usize>> {
    let begin = &found[at];
    let mut end = begin.range.start;
    for asked in &phrase.terms {
        let position = begin.position + asked.offset;
        let next = found[at..]
            .binary_search_by_key(&position, |term| term.position)
            .ok()?;
        let term = &found[at + next];
        if !asked.fits(term) {
            return None;
        }
        end = end.max(asked.end(text, term));
    }
    Some(begin.range.start..end)
}

impl PhraseTerm {
    /// Whether a term of the text is the one asked for.
    fn fits(&self, term: &Term) -> bool {
        if self.prefix {
            term.text.starts_with(&self.text)
        } else {
            term.text == self.text
        }
    }

    /// Where the part of a term of the text that was asked for ends.
    fn end(&self, text: &str, term: &Term) -> usize {
        if self.prefix {
            forward(text, term.range.start, self.text.chars().count()).min(term.range.end)
        } else {
            term.range.end
        }
    }
}

/// The part of the text to show: where most of the matches lie close together.
fn window(text: &str, places: &[Range<usize>]) -> Range<usize> {
    let mut best = 0;
    let mut most = 0;
    for (index, place) in places.iter().enumerate() {
        let end = forward(text, place.start, LENGTH - LEAD);
        let inside = places[index..]
            .iter()
            .take_while(|other| other.end <= end.max(place.end));
        let marked: usize = inside.map(|other| other.len()).sum();
        if marked > most {
            (best, most) = (place.start, marked);
        }
    }
    let start = begin(text, best);
    let end = forward(text, start, LENGTH);
    let reach = places
        .iter()
        .find(|place| place.start == best && most > 0)
        .map_or(end, |place| place.end);
    start..end.max(reach)
}

/// Where to begin so that the reader sees what leads to the match: at its sentence, if that is near.
fn begin(text: &str, place: usize) -> usize {
    let earliest = text[..place]
        .char_indices()
        .rev()
        .nth(LEAD - 1)
        .map_or(0, |(index, _)| index);
    let sentence = |char| matches!(char, '。' | '！' | '？' | '；' | '\n');
    match text[earliest..place].rfind(sentence) {
        Some(end) => {
            let mark = text[earliest + end..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
            earliest + end + mark
        }
        None => earliest,
    }
}

/// The place so many characters further on.
fn forward(text: &str, from: usize, characters: usize) -> usize {
    text[from..]
        .char_indices()
        .nth(characters)
        .map_or(text.len(), |(index, _)| from + index)
}

/// The window as pieces, marked and not.
fn spans(text: &str, window: Range<usize>, places: &[Range<usize>]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = window.start;
    let mut push = |range: Range<usize>, mark| {
        if !range.is_empty() {
            spans.push(Span {
                text: text[range].to_owned(),
                mark,
            });
        }
    };
    for place in places {
        let place = place.start.max(window.start)..place.end.min(window.end);
        if !place.is_empty() {
            push(at..place.start, false);
            push(place.clone(), true);
            at = place.end;
        }
    }
    push(at..window.end, false);
    spans
}
