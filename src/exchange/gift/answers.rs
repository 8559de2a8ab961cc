//! What stands between the braces of a GIFT question.

use std::ops::Range;

use super::read::{Block, Form, NAME, form, to_markdown};
use super::{find, find_text, unescape};
use crate::bank::{Ask, Choice, Gap};
use crate::config::SiteLanguage;
use crate::exchange::html;
use crate::exchange::import::Notes;
use crate::exchange::markdown;
use crate::grade::number;
use crate::page::keywords;

/// How a question is answered, before it is known where its gap stands.
pub(super) enum Body {
    Ask(Ask),
    Gap(Gap),
    TrueFalse {
        right: bool,
        feedback: [Option<String>; 2],
    },
}

pub(super) struct Answers {
    pub(super) body: Body,
    /// The feedback of the whole question.
    pub(super) general: Option<String>,
}

/// One answer of a list.
struct Answer {
    /// Whether `=` stands before it.
    equals: bool,
    share: Option<f64>,
    text: String,
    feedback: Option<String>,
    /// Where it begins in the block.
    at: usize,
}

/// Reads the inside of braces.
pub(super) fn read(
    block: &Block,
    range: Range<usize>,
    outer: Form,
    notes: &mut Notes,
) -> Option<Answers> {
    let text = &block.text[range.clone()];
    let mut missed = Vec::new();
    let mut markdown = |text: &str| {
        let (form, text) = form(text, outer);
        let text = to_markdown(&unescape(text), form, &mut |name| {
            missed.push(name.to_owned())
        });
        // An arrow that is no matching's is written with an escape of markdown.
        Some(text.replace("-\\>", "->")).filter(|text| !text.is_empty())
    };
    let (text, general) = match find_text(text, "####") {
        Some(at) => (&text[..at], markdown(&text[at + 4..])),
        None => (text, None),
    };
    let body = body(block, range.start, text, &mut markdown, notes)?;
    for name in missed {
        notes.not_kept(block.span(range.start), name);
    }
    Some(Answers { body, general })
}

type Markdown<'m> = dyn FnMut(&str) -> Option<String> + 'm;

fn body(
    block: &Block,
    start: usize,
    text: &str,
    markdown: &mut Markdown<'_>,
    notes: &mut Notes,
) -> Option<Body> {
    let bare = text.trim_start();
    let at = start + (text.len() - bare.len());
    let bare = bare.trim_end();
    if bare.is_empty() {
        return Some(Body::Ask(Ask::Open(Vec::new())));
    }
    if let Some(numbers) = bare.strip_prefix('#') {
        return numeric(block, at + 1, numbers, notes).map(Body::Gap);
    }
    if let Some(body) = true_or_false(bare, markdown) {
        return Some(body);
    }
    let answers = list(block, at, bare, notes)?;
    let is_pair = |answer: &Answer| answer.equals && find_text(&answer.text, "->").is_some();
    if answers.first().is_some_and(is_pair) {
        return matching(block, &answers, markdown, notes);
    }
    if answers.iter().all(|answer| answer.equals) {
        return Some(Body::Gap(typed(block, &answers, notes)));
    }
    choice(block, &answers, markdown, notes)
}

fn true_or_false(text: &str, markdown: &mut Markdown<'_>) -> Option<Body> {
    let (word, feedback) = match find(text, 0, |c| c == '#') {
        Some(at) => (text[..at].trim(), &text[at + 1..]),
        None => (text, ""),
    };
    let right = match word {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        _ => return None,
    };
    // First what is said to who is wrong, then to who is right.
    let (wrong_said, right_said) = match find(feedback, 0, |c| c == '#') {
        Some(at) => (&feedback[..at], &feedback[at + 1..]),
        None => (feedback, ""),
    };
    let said = [markdown(wrong_said), markdown(right_said)];
    let [wrong_said, right_said] = said;
    let feedback = if right {
        [right_said, wrong_said]
    } else {
        [wrong_said, right_said]
    };
    Some(Body::TrueFalse { right, feedback })
}

/// A question of true or false in the words of a language; feedback of true first.
pub(in crate::exchange) fn true_false(
    right: bool,
    feedback: [Option<String>; 2],
    language: SiteLanguage,
) -> Ask {
    let names = keywords::words(language).true_false;
    let options = names.into_iter().zip([right, !right]).zip(feedback);
    let option = |((name, right), feedback): ((&str, bool), Option<String>)| Choice {
        text: name.to_owned(),
        share: if right { 100 } else { 0 },
        feedback,
    };
    Ask::Choice {
        options: options.map(option).collect(),
        multiple: false,
        true_false: true,
    }
}

/// Takes a list of answers apart.
fn list(block: &Block, start: usize, text: &str, notes: &mut Notes) -> Option<Vec<Answer>> {
    let is_sign = |c| matches!(c, '=' | '~');
    if !text.starts_with(is_sign) {
        notes.expected(block.span(start), NAME, "=");
        return None;
    }
    let mut answers = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = find(text, at + 1, is_sign).unwrap_or(text.len());
        let inner = text[at + 1..end].trim();
        let (share, inner) = share(inner);
        let (words, feedback) = match find(inner, 0, |c| c == '#') {
            Some(sign) => (
                inner[..sign].trim(),
                Some(inner[sign + 1..].trim().to_owned()),
            ),
            None => (inner, None),
        };
        answers.push(Answer {
            equals: text[at..].starts_with('='),
            share,
            text: words.to_owned(),
            feedback: feedback.filter(|text| !text.is_empty()),
            at: start + at,
        });
        at = end;
    }
    Some(answers)
}

/// A share of the points at the front of an answer: `%50%`.
fn share(text: &str) -> (Option<f64>, &str) {
    let parts = text.strip_prefix('%').and_then(|rest| rest.split_once('%'));
    match parts.and_then(|(share, rest)| Some((share.trim().parse().ok()?, rest))) {
        Some((share, rest)) => (Some(share), rest.trim_start()),
        None => (None, text),
    }
}

fn numeric(block: &Block, start: usize, text: &str, notes: &mut Notes) -> Option<Gap> {
    let bare = text.trim_start();
    let at = start + (text.len() - bare.len());
    if !bare.starts_with(['=', '~']) {
        let number = find(bare, 0, |c| c == '#').map_or(bare, |sign| {
            notes.not_kept(block.span(at + sign), &bare[sign..]);
            &bare[..sign]
        });
        return match interval(number.trim()) {
            Some(written) => Some(Gap::Typed(vec![written])),
            None => {
                notes.expected(block.span(at), NAME, "3.14:0.01");
                None
            }
        };
    }
    let mut written = Vec::new();
    for answer in list(block, at, bare, notes)? {
        if !answer.equals || answer.share.is_some_and(|share| share < 100.0) {
            notes.not_kept(block.span(answer.at), answer.text);
            continue;
        }
        if let Some(feedback) = answer.feedback {
            notes.not_kept(block.span(answer.at), feedback);
        }
        let Some(number) = interval(&answer.text) else {
            notes.expected(block.span(answer.at), NAME, "3.14:0.01");
            return None;
        };
        written.push(number);
    }
    if written.is_empty() {
        notes.expected(block.span(at), NAME, "=");
        return None;
    }
    Some(Gap::Typed(written))
}

/// A number with a tolerance, or a range, as we write it.
fn interval(text: &str) -> Option<String> {
    let text = unescape(text);
    let value = |part: &str| number::read(part.trim(), false, &[], "");
    if let Some((low, high)) = text.split_once("..") {
        return (value(low)? <= value(high)?).then(|| format!("{}..{}", low.trim(), high.trim()));
    }
    match text.split_once(':') {
        Some((middle, slack)) if value(slack)? > 0.0 => {
            value(middle).map(|_| format!("{} ± {}", middle.trim(), slack.trim()))
        }
        Some((middle, _)) => value(middle).map(|_| middle.trim().to_owned()),
        None => value(&text).map(|_| text.trim().to_owned()),
    }
}

fn matching(
    block: &Block,
    answers: &[Answer],
    markdown: &mut Markdown<'_>,
    notes: &mut Notes,
) -> Option<Body> {
    let mut pairs = Vec::new();
    for answer in answers {
        let Some(arrow) = find_text(&answer.text, "->").filter(|_| answer.equals) else {
            notes.expected(block.span(answer.at), NAME, "= … -> …");
            return None;
        };
        if let Some(feedback) = &answer.feedback {
            notes.not_kept(block.span(answer.at), feedback);
        }
        let left = markdown(&answer.text[..arrow]).unwrap_or_default();
        let right = markdown::of_plain(unescape(&answer.text[arrow + 2..]).trim());
        if right.is_empty() {
            notes.expected(block.span(answer.at), NAME, "-> …");
            return None;
        }
        pairs.push((left, right));
    }
    Some(Body::Ask(match_pairs(pairs)))
}

/// A matching of pairs; an empty left side belongs to a choice too many.
pub(in crate::exchange) fn match_pairs(pairs: Vec<(String, String)>) -> Ask {
    let mut rows = Vec::new();
    let mut choices: Vec<String> = Vec::new();
    for (left, right) in pairs {
        let (left, right) = (cell(&left), cell(&right));
        let at = choices
            .iter()
            .position(|one| *one == right)
            .unwrap_or_else(|| {
                choices.push(right);
                choices.len() - 1
            });
        if !left.is_empty() {
            rows.push((left, at));
        }
    }
    Ask::Matching {
        head: ["1".to_owned(), "2".to_owned()],
        rows,
        choices,
    }
}

/// Markdown as a table's cell: one line, in which a bar needs no escape of its own.
fn cell(markdown: &str) -> String {
    markdown::one_line(markdown).replace("\\|", "|")
}

/// A text to be written. Texts that earn a part of the points are not kept.
fn typed(block: &Block, answers: &[Answer], notes: &mut Notes) -> Gap {
    let mut texts = Vec::new();
    for answer in answers {
        if answer.share.is_some_and(|share| share < 100.0) {
            notes.not_kept(block.span(answer.at), &answer.text);
            continue;
        }
        if let Some(feedback) = &answer.feedback {
            notes.not_kept(block.span(answer.at), feedback);
        }
        let (_, text) = form(&answer.text, Form::Plain);
        texts.push(unescape(text));
    }
    Gap::Typed(texts)
}

fn choice(
    block: &Block,
    answers: &[Answer],
    markdown: &mut Markdown<'_>,
    notes: &mut Notes,
) -> Option<Body> {
    let worth = |answer: &Answer| {
        answer
            .share
            .unwrap_or(if answer.equals { 100.0 } else { 0.0 })
    };
    let worths: Vec<f64> = answers.iter().map(worth).collect();
    let Some((shares, multiple, exact)) = shares(&worths) else {
        notes.expected(block.span(answers[0].at), NAME, "=");
        return None;
    };
    if !exact {
        let written: Vec<String> = worths.iter().map(|worth| format!("%{worth}%")).collect();
        notes.not_kept(block.span(answers[0].at), written.join(" "));
    }
    let mut options = Vec::new();
    for (answer, share) in answers.iter().zip(shares) {
        options.push(Choice {
            text: markdown(&answer.text).unwrap_or_default(),
            share,
            feedback: answer.feedback.as_deref().and_then(&mut *markdown),
        });
    }
    let names: Vec<String> = options
        .iter()
        .map(|option| html::words(&option.text))
        .collect();
    let true_false = !multiple && keywords::is_true_false(&names);
    Some(Body::Ask(Ask::Choice {
        options,
        multiple,
        true_false,
    }))
}

/// Our shares for those of others, whether several are right, and whether both grade alike; `None`
/// where nothing is right.
pub(in crate::exchange) fn shares(worths: &[f64]) -> Option<(Vec<u8>, bool, bool)> {
    let near = |a: f64, b: f64| (a - b).abs() < 0.01;
    let full = worths.iter().filter(|worth| near(**worth, 100.0)).count();
    let right = worths.iter().filter(|worth| **worth > 0.0).count();
    if right == 0 {
        return None;
    }
    if full == 1 {
        let round = |worth: f64| worth.round().clamp(0.0, 100.0) as u8;
        let exact = worths
            .iter()
            .all(|worth| near(*worth, f64::from(round(*worth))));
        return Some((
            worths.iter().map(|worth| round(*worth)).collect(),
            false,
            exact,
        ));
    }
    let part = 100.0 / right as f64;
    let exact = full == 0 && worths.iter().all(|worth| near(worth.abs(), part));
    let shares = worths
        .iter()
        .map(|worth| if *worth > 0.0 { 100 } else { 0 });
    Some((shares.collect(), true, exact))
}
