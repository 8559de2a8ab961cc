//! Aiken, the plainest of formats: a question, its options by letter, and the letter that is right.

use std::ops::Range;

use super::import::{Draft, Notes};
use super::markdown;
use crate::bank::{Ask, Choice};
use crate::page::keywords;
use crate::source::FileId;

const NAME: &str = "Aiken";

/// A line with its place.
type Line<'t> = (Range<usize>, &'t str);

/// Reads a file.
pub fn read(file: FileId, text: &str) -> (Vec<Draft>, Notes) {
    let mut notes = Notes {
        file,
        diagnostics: Vec::new(),
    };
    let mut drafts = Vec::new();
    let mut asked: Vec<Line<'_>> = Vec::new();
    let mut options: Vec<(char, Line<'_>)> = Vec::new();
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        let line = raw.trim();
        let start = at + raw.len() - raw.trim_start().len();
        let span = start..start + line.len();
        at += raw.len();
        if line.is_empty() {
            continue;
        }
        if let Some(answer) = line.strip_prefix("ANSWER:") {
            let asked = std::mem::take(&mut asked);
            let options = std::mem::take(&mut options);
            drafts.extend(question(&asked, &options, answer.trim(), span, &mut notes));
        } else if let Some((letter, words)) = option(line) {
            options.push((letter, (span, words)));
        } else if options.is_empty() {
            asked.push((span, line));
        } else {
            // What follows options without an answer is the next question.
            notes.expected(span.clone(), NAME, "ANSWER: A");
            options.clear();
            asked = vec![(span, line)];
        }
    }
    let last = options
        .last()
        .map(|(_, (span, _))| span)
        .or(asked.last().map(|(span, _)| span));
    if let Some(span) = last {
        notes.expected(span.clone(), NAME, "ANSWER: A");
    }
    (drafts, notes)
}

/// The letter and the words of an option: `A. …` or `A) …`.
fn option(line: &str) -> Option<(char, &str)> {
    let mut chars = line.chars();
    let letter = chars.next().filter(char::is_ascii_uppercase)?;
    let sign = chars.next()?;
    let rest = chars.as_str();
    (matches!(sign, '.' | ')') && rest.starts_with([' ', '\t'])).then(|| (letter, rest.trim()))
}

fn question(
    asked: &[Line<'_>],
    options: &[(char, Line<'_>)],
    answer: &str,
    at: Range<usize>,
    notes: &mut Notes,
) -> Option<Draft> {
    let Some((span, _)) = asked.first() else {
        notes.expected(at, NAME, "A. … ANSWER: A");
        return None;
    };
    let right = options
        .iter()
        .position(|(letter, _)| answer.len() == 1 && answer.starts_with(*letter));
    let (Some(right), true) = (right, options.len() > 1) else {
        notes.expected(at, NAME, "A. … B. … ANSWER: A");
        return None;
    };
    let words: Vec<String> = options
        .iter()
        .map(|(_, (_, words))| (*words).to_owned())
        .collect();
    let true_false = keywords::is_true_false(&words);
    let choice = |(at, words): (usize, String)| Choice {
        text: markdown::of_plain(&words),
        share: if at == right { 100 } else { 0 },
        feedback: None,
    };
    let text = asked
        .iter()
        .map(|(_, line)| markdown::escape(line))
        .collect::<Vec<_>>();
    Some(Draft {
        name: String::new(),
        id: None,
        text: text.join(" "),
        points: None,
        hints: Vec::new(),
        model: Vec::new(),
        explanation: Vec::new(),
        tags: Vec::new(),
        ask: Ask::Choice {
            options: words.into_iter().enumerate().map(choice).collect(),
            multiple: false,
            true_false,
        },
        span: span.clone(),
    })
}
