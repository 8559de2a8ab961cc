//! Questions as HTML: what is asked first, the answer folded away below it.
//!
//! The page can be read and printed as it stands. The key in `data-question` lets a script make the
//! question answerable; the author's guide for themes lists the elements that it finds.

mod answer;
mod asked;

use pulldown_cmark::Event;
use serde::Serialize;

use super::body::{Context, escape};
use crate::grade::Key;
use crate::page::card::Card;
use crate::page::question::{Block, Question};
use crate::syntax::Spanned;

/// What is published with a question.
#[derive(Debug, Serialize)]
struct Facts {
    id: String,
    version: String,
    points: u32,
    key: Key,
}

/// Events on their way to the page, HTML among them.
pub(super) struct Sheet<'s, 'e> {
    context: &'s Context<'s>,
    /// Of the whole page.
    events: &'s [Spanned<'e>],
    out: Vec<Spanned<'e>>,
}

/// Puts every question of a page into its element. Other events stay as they are.
pub fn rearrange<'e>(context: &Context<'_>, events: Vec<Spanned<'e>>) -> Vec<Spanned<'e>> {
    let questions = &context.page.page.questions;
    if questions.is_empty() {
        return events;
    }
    let mut sheet = Sheet {
        context,
        events: &events,
        out: Vec::with_capacity(events.len() * 2),
    };
    let mut done = 0;
    for question in questions {
        let heading = heading(&events, question);
        sheet.copy(done..heading.start);
        sheet.open(&facts(context, question), "question");
        sheet.copy(heading);
        sheet.write(question);
        done = question.body.end;
    }
    sheet.copy(done..events.len());
    sheet.out
}

/// One question alone, as banks hold it.
pub fn alone<'e>(
    context: &Context<'_>,
    events: &[Spanned<'e>],
    question: &Question,
) -> Vec<Spanned<'e>> {
    let mut sheet = Sheet {
        context,
        events,
        out: Vec::new(),
    };
    let heading = heading(events, question);
    sheet.open(&facts(context, question), "question");
    sheet.around("<h2>", heading.start + 1..heading.end - 1, "</h2>\n");
    sheet.write(question);
    sheet.out
}

/// A card, in the form of a question.
pub fn card<'e>(context: &Context<'_>, events: &[Spanned<'e>], card: &Card) -> Vec<Spanned<'e>> {
    let mut sheet = Sheet {
        context,
        events,
        out: Vec::new(),
    };
    let facts = Facts {
        id: context.page.page.heading_id(card.heading),
        version: String::new(),
        points: 0,
        key: Key::Card,
    };
    sheet.open(&facts, "question card");
    sheet.around("<h2>", card.title.clone(), "</h2>\n");
    if let Some(situation) = &card.situation {
        sheet.around("<div class=\"stem\"><p>", situation.clone(), "</p></div>\n");
    }
    let label = sheet.string("quiz_show_answer");
    sheet.html(format!(
        "<details class=\"answer\"><summary>{label}</summary>\n"
    ));
    card.answer
        .iter()
        .for_each(|block| sheet.copy(block.clone()));
    sheet.html("</details>\n</section>\n");
    sheet.out
}

/// The events of a question's heading.
fn heading(events: &[Spanned<'_>], question: &Question) -> Block {
    let end = question.body.start;
    let is_start = |at: &usize| {
        matches!(
            events[*at].0,
            Event::Start(pulldown_cmark::Tag::Heading { .. })
        )
    };
    let start = (0..end).rev().find(is_start).unwrap_or(end);
    start..end
}

impl<'e> Sheet<'_, 'e> {
    fn html(&mut self, html: impl Into<String>) {
        self.out.push((Event::Html(html.into().into()), 0..0));
    }

    fn string(&self, key: &str) -> String {
        escape(self.context.strings.get(key).map_or(key, String::as_str))
    }

    fn copy(&mut self, block: Block) {
        self.out.extend_from_slice(&self.events[block]);
    }

    /// Some events between two pieces of HTML.
    fn around(&mut self, before: &str, block: Block, after: &str) {
        self.html(before);
        self.copy(block);
        self.html(after);
    }

    fn open(&mut self, facts: &Facts, class: &str) {
        let facts = attribute(facts);
        self.html(format!(
            "<section class=\"{class}\" data-question='{facts}'>\n"
        ));
    }

    fn write(&mut self, question: &Question) {
        self.asked(question);
        for hint in &question.hints {
            let label = self.string("quiz_show_hint");
            self.html(format!(
                "<details class=\"hint\"><summary>{label}</summary>\n"
            ));
            self.copy(inside(hint));
            self.html("</details>\n");
        }
        self.answer(question);
        self.html("</section>\n");
    }
}

fn facts(context: &Context<'_>, question: &Question) -> Facts {
    Facts {
        id: context.page.page.question_id(question),
        version: version(&context.text[question.span.clone()]),
        points: question.points,
        key: question.key(context.variants),
    }
}

/// A value as JSON in an attribute in single quotes.
pub(super) fn attribute(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    json.replace('&', "&amp;")
        .replace('\'', "&#39;")
        .replace('<', "&lt;")
}

/// Tells two wordings of a question apart.
fn version(text: &str) -> String {
    blake3::hash(text.trim().as_bytes()).to_hex()[..8].to_owned()
}

/// The inside of a block such as a quote.
fn inside(block: &Block) -> Block {
    block.start + 1..block.end - 1
}
