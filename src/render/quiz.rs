//! Questions on a page that is only read: what is asked first, the answer folded away below it.
//!
//! The players of later editions take the same questions apart for good; here a question is a
//! heading and the blocks below it, and each block is either asked, a hint, or a part of the
//! answer.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::body::{Context, escape};
use super::tables;
use crate::page::keywords;
use crate::page::kind::Kind;
use crate::syntax::plain;
use crate::syntax::{Spanned, end_of};

/// How the fold of an answer begins.
pub const ANSWER_FOLD: &str = "<details class=\"answer\">";
/// What stands for a gap in a text.
const BLANK: &str = "＿＿＿＿";

/// Moves the answers of all questions on a page into folds. Other events stay as they are.
pub fn rearrange<'e>(context: &Context<'_>, events: Vec<Spanned<'e>>) -> Vec<Spanned<'e>> {
    let questions = questions(context.page.page.front.kind, &events);
    if questions.is_empty() {
        return events;
    }
    let mut out = Vec::with_capacity(events.len() + 8 * questions.len());
    let mut done = 0;
    for question in questions {
        out.extend_from_slice(&events[done..question.body.start]);
        question.write(context, &events, &mut out);
        done = question.body.end;
    }
    out.extend_from_slice(&events[done..]);
    out
}

/// A question: its heading's text and the events below it.
struct Question {
    heading: String,
    body: std::ops::Range<usize>,
}

/// Every `##` of a quiz page is a question, and every heading one level below a quiz heading.
fn questions(kind: Kind, events: &[Spanned<'_>]) -> Vec<Question> {
    let headings = headings(events);
    let mut opened = (kind == Kind::Quiz).then_some(1u8);
    let mut questions = Vec::new();
    for (place, (level, at)) in headings.iter().enumerate() {
        let end = end_of(events, *at);
        let text = plain::text(&events[*at..end]);
        if kind != Kind::Quiz {
            if keywords::is_quiz_heading(&text) {
                opened = Some(*level);
                continue;
            }
            opened = opened.filter(|quiz| level > quiz);
        }
        if opened.is_some_and(|quiz| *level == quiz + 1) {
            let next = headings
                .get(place + 1)
                .map_or(events.len(), |(_, next)| *next);
            questions.push(Question {
                heading: text,
                body: end + 1..next,
            });
        }
    }
    questions
}

/// The level and place of every heading.
fn headings(events: &[Spanned<'_>]) -> Vec<(u8, usize)> {
    let level = |level: &HeadingLevel| *level as u8;
    let heading = |(at, (event, _)): (usize, &Spanned<'_>)| match event {
        Event::Start(Tag::Heading {
            level: at_level, ..
        }) => Some((level(at_level), at)),
        _ => None,
    };
    events.iter().enumerate().filter_map(heading).collect()
}

/// The parts into which a question falls.
#[derive(Default)]
struct Parts<'e> {
    asked: Vec<Spanned<'e>>,
    hints: Vec<Spanned<'e>>,
    answer: Vec<Spanned<'e>>,
}

impl Question {
    fn write<'e>(&self, context: &Context<'_>, events: &[Spanned<'e>], out: &mut Vec<Spanned<'e>>) {
        let mut parts = Parts::default();
        let mut at = self.body.start;
        while at < self.body.end {
            let end = (end_of(events, at) + 1).min(self.body.end);
            self.sort(&events[at..end], &mut parts);
            at = end;
        }
        out.append(&mut parts.asked);
        fold("hint", context.string("quiz_show_hint"), parts.hints, out);
        fold(
            "answer",
            context.string("quiz_show_answer"),
            parts.answer,
            out,
        );
    }

    /// Puts one block where it belongs.
    fn sort<'e>(&self, block: &[Spanned<'e>], parts: &mut Parts<'e>) {
        match &block[0].0 {
            Event::Start(Tag::List(None)) if has_marker(block) => {
                parts.asked.extend(options(block));
                // A survey has nothing ticked, and so no answer.
                if block
                    .iter()
                    .any(|(event, _)| *event == Event::TaskListMarker(true))
                {
                    parts.answer.extend_from_slice(block);
                }
            }
            Event::Start(Tag::List(_)) if keywords::is_criterion(&plain::text(block)) => {
                parts.answer.extend_from_slice(block);
            }
            Event::Start(Tag::List(Some(_))) if keywords::is_ordering(&self.heading) => {
                parts.asked.extend(shuffled(block));
                parts.answer.extend_from_slice(block);
            }
            Event::Start(Tag::Table(_)) if keywords::is_table_answer(&self.heading) => {
                parts.asked.extend(tables::asked(block));
                parts.answer.extend_from_slice(block);
            }
            Event::Start(Tag::BlockQuote(_)) if keywords::is_answer(&plain::text(block)) => {
                parts.answer.extend_from_slice(block);
            }
            Event::Start(Tag::BlockQuote(_)) if keywords::is_hint(&plain::text(block)) => {
                parts.hints.extend_from_slice(block);
            }
            Event::Start(Tag::Paragraph) => gaps(block, parts),
            _ => parts.asked.extend_from_slice(block),
        }
    }
}

/// Wraps events in a fold, unless there are none.
fn fold<'e>(class: &str, label: &str, content: Vec<Spanned<'e>>, out: &mut Vec<Spanned<'e>>) {
    if content.is_empty() {
        return;
    }
    let open = format!(
        "<details class=\"{class}\"><summary>{}</summary>\n",
        escape(label)
    );
    out.push((Event::Html(open.into()), 0..0));
    out.extend(content);
    out.push((Event::Html("</details>\n".into()), 0..0));
}

fn has_marker(block: &[Spanned<'_>]) -> bool {
    block
        .iter()
        .any(|(event, _)| matches!(event, Event::TaskListMarker(_)))
}

/// The options of a choice, without what tells the right one: ticks and feedback.
fn options<'e>(block: &[Spanned<'e>]) -> Vec<Spanned<'e>> {
    let mut options = Vec::with_capacity(block.len());
    let mut at = 0;
    while at < block.len() {
        match &block[at].0 {
            Event::TaskListMarker(_) => at += 1,
            Event::Start(Tag::BlockQuote(_)) => at = end_of(block, at) + 1,
            Event::Text(text) => {
                let text = without_share(text).to_owned();
                options.push((Event::Text(text.into()), block[at].1.clone()));
                at += 1;
            }
            _ => {
                options.push(block[at].clone());
                at += 1;
            }
        }
    }
    options
}

/// An option's text without the share of the points that it earns: `（50%）`.
fn without_share(text: &str) -> &str {
    let inner = text.trim_end().strip_suffix(['）', ')']);
    let cut = inner.and_then(|inner| inner.rsplit_once(['（', '(']));
    match cut {
        Some((before, share)) if is_share(share) => before.trim_end(),
        _ => text,
    }
}

fn is_share(text: &str) -> bool {
    let number = text.strip_suffix(['%', '％']);
    number.is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}

/// The items of a list in the order of their text, which is rarely the order of the answer.
fn shuffled<'e>(block: &[Spanned<'e>]) -> Vec<Spanned<'e>> {
    let mut items: Vec<&[Spanned<'e>]> = Vec::new();
    let mut at = 1;
    while at + 1 < block.len() {
        let end = end_of(block, at) + 1;
        items.push(&block[at..end]);
        at = end;
    }
    let order = other_order(&items, |item| plain::text(*item));
    let span = block[0].1.clone();
    let mut list = vec![(Event::Start(Tag::List(None)), span.clone())];
    list.extend(order.into_iter().flat_map(|at| items[at]).cloned());
    list.push((Event::End(TagEnd::List(false)), span));
    list
}

/// An order of things that is not their own and is the same in every build: by the end of their
/// text, turned by one where that happens to be their own.
pub fn other_order<T>(items: &[T], text: impl Fn(&T) -> String) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_cached_key(|at| text(&items[*at]).chars().rev().collect::<String>());
    if order.is_sorted() && !order.is_empty() {
        order.rotate_left(1);
    }
    order
}

/// Writes gaps for the `[[answers]]` of a paragraph, which go to the answer.
fn gaps<'e>(block: &[Spanned<'e>], parts: &mut Parts<'e>) {
    let mut answers = Vec::new();
    for (event, span) in merge_text(block) {
        let event = match event {
            Event::Text(text) if text.contains("[[") => {
                Event::Text(without_answers(&text, &mut answers).into())
            }
            other => other,
        };
        parts.asked.push((event, span));
    }
    if !answers.is_empty() {
        let span = block[0].1.clone();
        let text: CowStr<'e> = answers.join("；").into();
        parts
            .answer
            .push((Event::Start(Tag::Paragraph), span.clone()));
        parts.answer.push((Event::Text(text), span.clone()));
        parts.answer.push((Event::End(TagEnd::Paragraph), span));
    }
}

/// Joins neighbouring texts: the parser cuts them at every bracket.
fn merge_text<'e>(block: &[Spanned<'e>]) -> Vec<Spanned<'e>> {
    let mut merged: Vec<Spanned<'e>> = Vec::with_capacity(block.len());
    for (event, span) in block {
        match (merged.last_mut(), event) {
            (Some((Event::Text(before), range)), Event::Text(text)) => {
                *before = format!("{before}{text}").into();
                range.end = span.end;
            }
            _ => merged.push((event.clone(), span.clone())),
        }
    }
    merged
}

fn without_answers(text: &str, answers: &mut Vec<String>) -> String {
    let mut asked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[[") {
        let Some((answer, after)) = after.split_once("]]") else {
            break;
        };
        asked.push_str(before);
        asked.push_str(BLANK);
        answers.push(gap(answer, &mut asked));
        rest = after;
    }
    asked.push_str(rest);
    asked
}

/// The answer of a gap. Where it is one of several choices, which stands in parentheses, the
/// choices are shown behind the gap.
fn gap<'w>(written: &'w str, asked: &mut String) -> String {
    let choices: Vec<&str> = written.split('|').map(str::trim).collect();
    match choices.iter().find_map(|choice| marked(choice)) {
        Some(answer) => {
            let bare = |choice: &&'w str| marked(choice).unwrap_or(*choice);
            let mut shown: Vec<&str> = choices.iter().map(bare).collect();
            shown.sort_unstable();
            asked.push_str(&format!("（{}）", shown.join(" / ")));
            answer.to_owned()
        }
        None => choices.join(" / "),
    }
}

/// The text of a choice that stands in parentheses.
fn marked(choice: &str) -> Option<&str> {
    choice.strip_prefix(['(', '（'])?.strip_suffix([')', '）'])
}
