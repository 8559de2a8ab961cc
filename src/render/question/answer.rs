//! What answers a question: what is right, what is said of each mistake, why, and where it is
//! taught.

use super::{Sheet, inside};
use crate::page::keywords;
use crate::page::question::{Accepts, Blank, Block, Choice, Criterion, Matching, Question, Shape};
use crate::render::body::escape;
use crate::syntax::plain;

/// What stands in a cell that is right.
const TICK: &str = "✓";

impl Sheet<'_, '_> {
    pub(super) fn answer(&mut self, question: &Question) {
        let is_survey = matches!(question.shape, Shape::Survey { .. });
        if is_survey && question.explanation.is_empty() && question.model.is_empty() {
            return;
        }
        let label = self.string("quiz_show_answer");
        self.html(format!(
            "<details class=\"answer\"><summary>{label}</summary>\n"
        ));
        match &question.shape {
            Shape::Choice { options, .. } => self.verdicts(options),
            Shape::Survey { .. } => {}
            Shape::Blanks(blanks) => self.filled(blanks),
            Shape::Ordering(items) => self.order(items),
            Shape::Matching(matching) => self.matched(matching),
            Shape::Classify(classify) => self.grid(classify, &|row, column| {
                if classify.right[row].contains(&column) {
                    TICK
                } else {
                    ""
                }
            }),
            Shape::Open(_) => {}
        }
        self.quotes("model", &question.model);
        if let Shape::Open(criteria) = &question.shape {
            self.criteria(criteria);
        }
        self.quotes("explanation", &question.explanation);
        self.html("</details>\n");
    }

    fn quotes(&mut self, class: &str, quotes: &[Block]) {
        for quote in quotes {
            self.around(
                &format!("<div class=\"{class}\">\n"),
                inside(quote),
                "</div>\n",
            );
        }
    }

    /// What choosing each option would have meant.
    fn verdicts(&mut self, options: &[Choice]) {
        self.html("<ol class=\"verdicts\">\n");
        for (at, option) in options.iter().enumerate() {
            let (class, label) = match option.share {
                100 => ("right", self.string("quiz_correct")),
                0 => ("wrong", self.string("quiz_wrong")),
                share => {
                    let label = self.string("quiz_partly");
                    ("partly", label.replace("{n}", &share.to_string()))
                }
            };
            self.html(format!(
                "<li class=\"{class}\" data-option=\"{at}\"><b>{label}</b>"
            ));
            if let Some(feedback) = &option.feedback {
                self.around("\n<div class=\"feedback\">", feedback.clone(), "</div>");
            }
            self.html("</li>\n");
        }
        self.html("</ol>\n");
    }

    fn filled(&mut self, blanks: &[Blank]) {
        self.html("<ol class=\"blank-answers\">\n");
        for blank in blanks {
            let text = match &blank.accepts {
                Accepts::Texts(texts) => texts.join(" / "),
                Accepts::Numbers { written, .. } => written.join(" / "),
                Accepts::Choices { choices, right } => choices[*right].clone(),
            };
            self.html(format!("<li>{}</li>\n", escape(&text)));
        }
        self.html("</ol>\n");
    }

    fn order(&mut self, items: &[Block]) {
        self.html("<ol class=\"order\">\n");
        for item in items {
            self.around("<li>", item.clone(), "</li>\n");
        }
        self.html("</ol>\n");
    }

    fn matched(&mut self, matching: &Matching) {
        self.table("pairs", &matching.head);
        for (left, right) in matching.left.iter().zip(&matching.right) {
            self.around("<tr><td>", left.clone(), "</td><td>");
            self.copy(matching.choices[*right].clone());
            self.html("</td></tr>\n");
        }
        self.html("</tbody></table></div>\n");
    }

    fn criteria(&mut self, criteria: &[Criterion]) {
        if criteria.is_empty() {
            return;
        }
        self.html("<ol class=\"criteria\">\n");
        for criterion in criteria {
            let text = plain::text(&self.events[criterion.text.clone()]);
            let text = keywords::criterion(&text).map_or(text.as_str(), |(_, text)| text);
            let points = self.string("quiz_points");
            let points = points.replace("{n}", &criterion.points.to_string());
            self.html(format!(
                "<li>{} <small>{points}</small></li>\n",
                escape(text)
            ));
        }
        self.html("</ol>\n");
    }
}
