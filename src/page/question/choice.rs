//! Choices: a task list. One tick is a single choice, several a multiple one, none a survey; the
//! two options 对 and 错 are a question of true or false.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::read::Reader;
use super::{Block, Shape};
use crate::diag::codes::Code;
use crate::page::{Heading, keywords};
use crate::syntax::end_of;

/// One option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its text, with the marker of the task and the share still in it.
    pub text: Block,
    /// What is said to who chose it: the inside of the quote, or all from the quote on where it
    /// is not the last block.
    pub feedback: Option<Block>,
    /// Percent of the points that it earns.
    pub share: u8,
    /// The item in the file.
    pub span: Range<usize>,
}

/// Reads a task list; `explained` says whether the question explains itself below it.
pub(super) fn read(
    reader: &mut Reader<'_>,
    heading: &Heading,
    list: &Block,
    explained: bool,
) -> Option<Shape> {
    let items = reader.items(list);
    let options: Vec<Choice> = items.iter().map(|item| option(reader, item)).collect();
    let texts: Vec<String> = options.iter().map(|one| text(reader, &one.text)).collect();
    for (at, text) in texts.iter().enumerate() {
        if texts[..at].contains(text) {
            reader
                .say(Code::SameOptions, options[at].span.clone())
                .words
                .push(("text", text.clone()));
        }
    }
    let right = options.iter().filter(|option| option.share == 100).count();
    let multiple = keywords::is_multiple(&heading.text);
    if keywords::is_survey(&heading.text) {
        return Some(Shape::Survey { options, multiple });
    }
    let true_false = keywords::is_true_false(&texts);
    if right == 0 {
        reader.say(Code::NoRightAnswer, heading.span.clone());
    } else if right > 1 && !multiple {
        reader.say(Code::TwoRightAnswers, heading.span.clone());
    }
    // Of two options the wrong one is wrong for the reason that the explanation gives.
    let needs_feedback = !(true_false && explained);
    for option in &options {
        if needs_feedback && option.share != 100 && option.feedback.is_none() {
            reader.say(Code::NoFeedback, option.span.clone());
        }
        if multiple && (1..100).contains(&option.share) {
            reader.say(Code::ShareOfSeveral, option.span.clone());
        }
    }
    Some(Shape::Choice {
        options,
        multiple,
        true_false,
    })
}

fn option(reader: &mut Reader<'_>, item: &Block) -> Choice {
    let events = reader.events;
    let mut ticked = false;
    let mut quote = None;
    let mut at = item.start + 1;
    while at + 1 < item.end {
        match &events[at].0 {
            Event::Start(Tag::BlockQuote(_)) => {
                quote = Some(at..end_of(events, at) + 1);
                break;
            }
            Event::TaskListMarker(done) => ticked = *done,
            _ => {}
        }
        at += 1;
    }
    let end = quote.as_ref().map_or(item.end - 1, |quote| quote.start);
    let span = reader.span(item);
    let line = span.start
        ..reader.text[span.clone()]
            .find('\n')
            .map_or(span.end, |at| span.start + at);
    let text = item.start + 1..end;
    let feedback = quote.map(|quote| match quote.end == item.end - 1 {
        true => quote.start + 1..quote.end - 1,
        // What follows belongs to it.
        false => quote.start..item.end - 1,
    });
    let share = match share(&reader.plain(&text)) {
        Some(Ok(share)) => share,
        Some(Err(())) => {
            reader.say(Code::BadShare, line.clone());
            0
        }
        None => 0,
    };
    Choice {
        text,
        feedback,
        share: if ticked { 100 } else { share },
        span: line,
    }
}

fn text(reader: &Reader<'_>, block: &Block) -> String {
    without_share(&reader.plain(block)).trim().to_owned()
}

/// The share of the points that an option's text ends in: `（50%）`.
fn share(text: &str) -> Option<Result<u8, ()>> {
    let (_, number) = split_share(text)?;
    Some(number.parse().ok().filter(|share| *share < 100).ok_or(()))
}

/// An option's text without the share that it earns.
pub fn without_share(text: &str) -> &str {
    split_share(text).map_or(text, |(before, _)| before)
}

fn split_share(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_end().strip_suffix(['）', ')'])?;
    let (before, share) = inner.rsplit_once(['（', '('])?;
    let number = share.strip_suffix(['%', '％'])?.trim();
    let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    is_number.then_some((before.trim_end(), number))
}

/// Whether an event is the box of a task, which is no part of an option's text.
pub fn is_marker(event: &Event<'_>) -> bool {
    matches!(event, Event::TaskListMarker(_))
}

#[cfg(test)]
mod tests {
    use super::{share, without_share};

    #[test]
    fn shares_stand_at_the_end() {
        assert_eq!(share("转工程部（50%）"), Some(Ok(50)));
        assert_eq!(share("转工程部(120%)"), Some(Err(())));
        assert_eq!(share("涨价（50）"), None);
        assert_eq!(without_share("转工程部（50%）"), "转工程部");
    }
}
