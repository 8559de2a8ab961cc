//! The elements of an assessment item that several types of question share.

use std::fmt::Write as _;

use crate::exchange::html::{self, escape};

/// An item under construction, part by part in the order that the schema asks for.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) responses: String,
    pub(super) outcomes: String,
    pub(super) body: String,
    pub(super) rules: String,
    pub(super) feedback: String,
}

/// Markdown as blocks of what QTI takes over from XHTML.
pub(super) fn blocks(markdown: &str) -> String {
    known(&html::blocks(markdown))
}

/// Markdown that is mostly one line.
pub(super) fn inline(markdown: &str) -> String {
    known(&html::inline(markdown))
}

/// HTML without the elements and attributes that QTI lacks.
fn known(html: &str) -> String {
    let html = html
        .replace("<del>", "<span class=\"del\">")
        .replace("</del>", "</span>");
    let mut text = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once("<ol start=\"") {
        text.push_str(before);
        text.push_str("<ol>");
        rest = after.split_once('>').map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    text
}

impl Parts {
    /// Declares what is answered: its right values and what each value is worth.
    pub(super) fn response(
        &mut self,
        identifier: &str,
        kind: (&str, &str),
        correct: &[String],
        worth: &[(String, f64)],
        lowest: Option<f64>,
    ) {
        let (cardinality, base) = kind;
        let _ = writeln!(
            self.responses,
            "<responseDeclaration identifier=\"{identifier}\" cardinality=\"{cardinality}\" baseType=\"{base}\">"
        );
        if !correct.is_empty() {
            let values = correct
                .iter()
                .map(|value| format!("<value>{}</value>", escape(value)));
            let _ = writeln!(
                self.responses,
                "<correctResponse>{}</correctResponse>",
                values.collect::<String>()
            );
        }
        if !worth.is_empty() {
            let lowest = lowest.map_or(String::new(), |bound| format!(" lowerBound=\"{bound}\""));
            let _ = write!(self.responses, "<mapping{lowest} defaultValue=\"0\">");
            for (key, value) in worth {
                let case = if base == "string" {
                    " caseSensitive=\"false\""
                } else {
                    ""
                };
                let _ = write!(
                    self.responses,
                    "<mapEntry mapKey=\"{}\" mappedValue=\"{value}\"{case}/>",
                    escape(key)
                );
            }
            self.responses.push_str("</mapping>\n");
        }
        self.responses.push_str("</responseDeclaration>\n");
    }

    /// Declares the score and the most that it can be.
    pub(super) fn score(&mut self, points: u32) {
        let _ = writeln!(
            self.outcomes,
            "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\" normalMaximum=\"{points}\"><defaultValue><value>0</value></defaultValue></outcomeDeclaration>"
        );
    }

    /// Adds what a response is worth by its mapping.
    pub(super) fn add_mapped(&mut self, identifier: &str) {
        let _ = writeln!(
            self.rules,
            "<responseCondition><responseIf><not><isNull><variable identifier=\"{identifier}\"/></isNull></not>{}</responseIf></responseCondition>",
            sum(&format!("<mapResponse identifier=\"{identifier}\"/>"))
        );
    }

    /// Adds points where a condition holds.
    pub(super) fn add_if(&mut self, condition: &str, points: f64) {
        let _ = writeln!(
            self.rules,
            "<responseCondition><responseIf>{condition}{}</responseIf></responseCondition>",
            sum(&format!(
                "<baseValue baseType=\"float\">{points}</baseValue>"
            ))
        );
    }

    /// Says something to who chose a value of `RESPONSE`.
    pub(super) fn said(&mut self, cardinality: &str, said: &[(String, String)]) {
        if said.is_empty() {
            return;
        }
        let _ = writeln!(
            self.outcomes,
            "<outcomeDeclaration identifier=\"FEEDBACK\" cardinality=\"{cardinality}\" baseType=\"identifier\"/>"
        );
        self.rules.push_str(
            "<setOutcomeValue identifier=\"FEEDBACK\"><variable identifier=\"RESPONSE\"/></setOutcomeValue>\n",
        );
        for (value, markdown) in said {
            self.modal("FEEDBACK", value, markdown);
        }
    }

    /// Says something to everybody afterwards.
    pub(super) fn said_to_all(&mut self, markdown: &str) {
        if markdown.is_empty() {
            return;
        }
        self.outcomes.push_str(
            "<outcomeDeclaration identifier=\"EXPLANATION\" cardinality=\"single\" baseType=\"identifier\"/>\n",
        );
        self.rules.push_str(
            "<setOutcomeValue identifier=\"EXPLANATION\"><baseValue baseType=\"identifier\">explanation</baseValue></setOutcomeValue>\n",
        );
        self.modal("EXPLANATION", "explanation", markdown);
    }

    fn modal(&mut self, outcome: &str, value: &str, markdown: &str) {
        let _ = writeln!(
            self.feedback,
            "<modalFeedback outcomeIdentifier=\"{outcome}\" identifier=\"{value}\" showHide=\"show\">{}</modalFeedback>",
            blocks(markdown)
        );
    }
}

fn sum(value: &str) -> String {
    format!(
        "<setOutcomeValue identifier=\"SCORE\"><sum><variable identifier=\"SCORE\"/>{value}</sum></setOutcomeValue>"
    )
}
