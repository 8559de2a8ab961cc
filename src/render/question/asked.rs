//! What is asked: the question without anything that tells its answer.

use pulldown_cmark::Event;

use super::{Sheet, attribute};
use crate::page::question::{Accepts, Blank, Block, Choice, Classify, Matching, Question, Shape};
use crate::page::question::{choice_text, is_marker};
use crate::render::body::escape;
use crate::syntax::{Spanned, plain};

/// What stands for a gap in a text.
const GAP: &str = "＿＿＿＿";

impl<'e> Sheet<'_, 'e> {
    pub(super) fn asked(&mut self, question: &Question) {
        if !question.stem.is_empty() {
            self.html("<div class=\"stem\">\n");
            match &question.shape {
                Shape::Blanks(blanks) => self.gaps(question, blanks),
                _ => question
                    .stem
                    .iter()
                    .for_each(|block| self.copy(block.clone())),
            }
            self.html("</div>\n");
        }
        match &question.shape {
            Shape::Choice { options, .. } | Shape::Survey { options, .. } => self.options(options),
            Shape::Ordering(items) => self.items(items),
            Shape::Matching(matching) => self.pairs(matching),
            Shape::Classify(classify) => self.grid(classify, &|_, _| ""),
            Shape::Blanks(_) | Shape::Open(_) => {}
        }
    }

    fn options(&mut self, options: &[Choice]) {
        self.html("<ol class=\"options\">\n");
        for option in options {
            self.html("<li>");
            self.option(option);
            self.html("</li>\n");
        }
        self.html("</ol>\n");
    }

    /// An option's text, without the marker of the task and without the share of the points.
    fn option(&mut self, option: &Choice) {
        let events = &self.events[option.text.clone()];
        let last = events
            .iter()
            .rposition(|(event, _)| matches!(event, Event::Text(_)));
        for (at, (event, span)) in events.iter().enumerate() {
            let event = match event {
                event if is_marker(event) => continue,
                Event::Text(text) if Some(at) == last && option.share < 100 => {
                    Event::Text(choice_text(text).to_owned().into())
                }
                event => event.clone(),
            };
            self.out.push((event, span.clone()));
        }
    }

    fn items(&mut self, items: &[Block]) {
        self.html("<ul class=\"items\">\n");
        for at in self.other_order(items) {
            self.around(
                &format!("<li data-item=\"{at}\">"),
                items[at].clone(),
                "</li>\n",
            );
        }
        self.html("</ul>\n");
    }

    fn pairs(&mut self, matching: &Matching) {
        self.table("pairs", &matching.head);
        for (at, left) in matching.left.iter().enumerate() {
            self.around(
                &format!("<tr data-row=\"{at}\"><td>"),
                left.clone(),
                "</td><td></td></tr>\n",
            );
        }
        self.html("</tbody></table></div>\n<ol class=\"choices\">\n");
        for at in self.other_order(&matching.choices) {
            let open = format!("<li data-choice=\"{at}\">");
            self.around(&open, matching.choices[at].clone(), "</li>\n");
        }
        self.html("</ol>\n");
    }

    /// A table of rows and columns; `mark` says what stands in a cell.
    pub(super) fn grid(
        &mut self,
        classify: &Classify,
        mark: &dyn Fn(usize, usize) -> &'static str,
    ) {
        self.table("grid", &classify.head);
        for (row, name) in classify.rows.iter().enumerate() {
            self.around(
                &format!("<tr data-row=\"{row}\"><td>"),
                name.clone(),
                "</td>",
            );
            for column in 0..classify.head.len() - 1 {
                self.html(format!("<td>{}</td>", mark(row, column)));
            }
            self.html("</tr>\n");
        }
        self.html("</tbody></table></div>\n");
    }

    /// Opens a table and its body.
    pub(super) fn table(&mut self, class: &str, head: &[Block]) {
        let label = self.string("table_label");
        self.html(format!(
            "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\"><table class=\"{class}\"><thead><tr>"
        ));
        for cell in head {
            if cell.is_empty() {
                self.html("<td></td>");
            } else {
                self.around("<th scope=\"col\">", cell.clone(), "</th>");
            }
        }
        self.html("</tr></thead><tbody>\n");
    }

    /// An order of things that is not their own and is the same in every build: by the end of
    /// their text, turned by one where that happens to be their own.
    fn other_order(&self, things: &[Block]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..things.len()).collect();
        let backwards = |at: &usize| {
            let text = plain::text(&self.events[things[*at].clone()]);
            text.chars().rev().collect::<String>()
        };
        order.sort_by_cached_key(backwards);
        if order.is_sorted() && order.len() > 1 {
            order.rotate_left(1);
        }
        order
    }

    /// The stem of a question with its gaps open.
    fn gaps(&mut self, question: &Question, blanks: &[Blank]) {
        let mut blanks = blanks.iter().enumerate();
        for block in &question.stem {
            for (event, span) in merge_text(&self.events[block.clone()]) {
                match event {
                    Event::Text(text) if text.contains("[[") => {
                        self.gaps_in(&text, &mut blanks);
                    }
                    event => self.out.push((event, span)),
                }
            }
        }
    }

    fn gaps_in<'b>(&mut self, text: &str, blanks: &mut impl Iterator<Item = (usize, &'b Blank)>) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("[[")
            && let Some((_, after)) = after.split_once("]]")
            && let Some((at, blank)) = blanks.next()
        {
            self.text(before);
            self.out
                .push((Event::InlineHtml(gap(at, blank).into()), 0..0));
            rest = after;
        }
        self.text(rest);
    }

    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.out.push((Event::Text(text.to_owned().into()), 0..0));
        }
    }
}

/// A gap; the choices for one are shown behind it.
fn gap(at: usize, blank: &Blank) -> String {
    match &blank.accepts {
        Accepts::Choices { choices, .. } => format!(
            "<span class=\"blank\" data-blank=\"{at}\" data-choices='{}'>{GAP}（{}）</span>",
            attribute(choices),
            escape(&choices.join(" / "))
        ),
        _ => format!("<span class=\"blank\" data-blank=\"{at}\">{GAP}</span>"),
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
