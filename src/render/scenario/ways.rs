//! The lists of a place: choices, branches, and the options of a question.

use pulldown_cmark::{Event, Tag};

use super::{Stage, inline};
use crate::page::keywords::scenario as words;
use crate::page::scenario::choices::{Item, Shape, items, split};
use crate::page::scenario::lines::Quote;
use crate::page::scenario::{Branch, Choice, Part, Place};
use crate::render::body::escape;
use crate::syntax::Spanned;

impl<'r, 'e> Stage<'r, 'e> {
    /// A list that leads on or asks; any other stays as it is.
    pub(super) fn list(&mut self, place: &'r Place, block: &[Spanned<'e>]) {
        let items = items(block);
        let has = |shape| items.iter().any(|item| item.shape() == shape);
        let leads_on = has(Shape::Option) || has(Shape::Choice) || has(Shape::Branch);
        if place.ending.is_some() || !leads_on {
            self.out.extend_from_slice(block);
            return;
        }
        let (options, ways) = split(&items);
        let mut place = place;
        if !options.is_empty() {
            self.html("<ol class=\"choices options\">\n");
            options.iter().for_each(|item| self.item(item, place));
            self.html("</ol>\n");
            self.go_on();
            place = self.place().unwrap_or(place);
        }
        for (shape, class) in [(Shape::Branch, "branches"), (Shape::Choice, "choices")] {
            let mut of_shape = ways.iter().filter(|item| item.shape() == shape).peekable();
            if of_shape.peek().is_some() {
                self.html(format!("<ul class=\"{class}\">\n"));
                of_shape.for_each(|item| self.item(item, place));
                self.html("</ul>\n");
            }
        }
    }

    /// Opens the part of the place that goes on from an answer.
    fn go_on(&mut self) {
        let next = self.here.map(|at| at + 1);
        let rest = |at: &usize| {
            self.scenario
                .places
                .get(*at)
                .is_some_and(|place| place.part == Part::Rest)
        };
        if let Some(next) = next.filter(rest) {
            self.leave();
            self.enter(next);
        }
    }

    fn item(&mut self, item: &Item<'_, 'e>, place: &'r Place) {
        let of_choice = |choice: &Choice| choice.span == item.span;
        let of_branch = |branch: &Branch| branch.span == item.span;
        if let Some(at) = place.choices.iter().position(of_choice) {
            self.choice(at, &place.choices[at], item);
        } else if let Some(at) = place.branches.iter().position(of_branch) {
            self.html(format!("<li data-branch=\"{at}\">"));
            self.rules(item, &[]);
            self.html(" → ");
            self.out
                .extend(inline(item.line, &place.branches[at].to.span));
            self.html("</li>\n");
        }
    }

    fn choice(&mut self, at: usize, choice: &Choice, item: &Item<'_, 'e>) {
        self.html(format!("<li data-choice=\"{at}\">"));
        let shown = if choice.answer.is_some() {
            &choice.label.span
        } else {
            &choice.to.span
        };
        self.out.extend(inline(item.line, shown));
        self.rules(
            item,
            &choice
                .gains
                .iter()
                .map(|gain| gain.span.start)
                .collect::<Vec<_>>(),
        );
        if let Some(right) = choice.answer {
            let show = escape(self.context.string("quiz_show_answer"));
            let key = if right { "quiz_correct" } else { "quiz_wrong" };
            let verdict = escape(self.context.string(key));
            self.html(format!(
                "<details class=\"answer\"><summary>{show}</summary><p><b>{verdict}</b></p>\n"
            ));
        }
        self.consequence(choice, item);
        if choice.answer.is_some() {
            self.html("</details>");
        }
        self.html("</li>\n");
    }

    /// Conditions, effects and marks, in the order of the file.
    fn rules(&mut self, item: &Item<'_, 'e>, gains: &[usize]) {
        let codes = item.line.iter().filter_map(|(event, span)| match event {
            Event::Code(code) => Some((code, span.start)),
            _ => None,
        });
        let codes: Vec<String> = codes
            .map(|(code, start)| {
                let class = class(code, gains.contains(&start));
                format!("<code class=\"{class}\">{}</code>", escape(code))
            })
            .collect();
        if !codes.is_empty() {
            self.html(format!(" <span class=\"rules\">{}</span>", codes.join(" ")));
        }
    }

    fn consequence(&mut self, choice: &Choice, item: &Item<'_, 'e>) {
        if !choice.then.is_empty() {
            self.html("\n<div class=\"then\">\n");
        }
        for block in &item.blocks {
            match &block[0].0 {
                Event::Start(Tag::BlockQuote(_)) => {
                    let mut quote = Quote::default();
                    quote.read(block);
                    quote.lines.iter().for_each(|line| self.line(line, block));
                }
                _ => self.out.extend_from_slice(block),
            }
        }
        if !choice.then.is_empty() {
            self.html("</div>");
        }
        for block in &item.blocks {
            if matches!(block[0].0, Event::Start(Tag::BlockQuote(_))) {
                let mut quote = Quote::default();
                quote.read(block);
                self.remark(&quote.remark, block);
            }
        }
    }
}

/// What a code span is, by the word that it begins with.
fn class(code: &str, gain: bool) -> &'static str {
    let folded = code.trim().to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| folded.starts_with(word));
    if gain {
        "gain"
    } else if begins(words::IF) || begins(words::ELSE) {
        "condition"
    } else if begins(words::ONCE) || begins(words::TIMEOUT) {
        "mark"
    } else {
        "effect"
    }
}
