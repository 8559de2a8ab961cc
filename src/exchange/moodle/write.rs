//! From items to Moodle XML.

use std::fmt::Write as _;

use super::cloze;
use crate::bank::{Ask, Choice, Gap, Item, Placed, Sheet};
use crate::exchange::gift::write::{KNOWN_SHARES, asked, is_true, middle, short};
use crate::exchange::html::{self, escape};
use crate::exchange::loss::{Loss, Report};
use crate::exchange::{Bank, import};
use crate::page::keywords;
use crate::page::question::Accepts;

/// The longest name that Moodle's table holds, in characters.
const LONGEST_NAME: usize = 255;

/// Writes a bank; gives the bytes and the number of questions.
pub fn write(bank: &Bank, report: &mut Report) -> (Vec<u8>, usize) {
    let mut writer = Writer {
        xml: String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n"),
        report,
    };
    let mut count = 0;
    for sheet in bank.sheets.iter().filter(|sheet| !sheet.items.is_empty()) {
        let path = format!(
            "$course$/top/{}/{}",
            bank.title.replace('/', "//"),
            sheet.page
        );
        let _ = writeln!(
            writer.xml,
            "<question type=\"category\"><category><text>{}</text></category></question>",
            escape(&path)
        );
        for placed in &sheet.items {
            let Some(body) = writer.body(placed) else {
                writer.report.left_out(placed);
                continue;
            };
            writer.question(sheet, placed, &body);
            count += 1;
        }
    }
    writer.xml.push_str("</quiz>\n");
    (writer.xml.into_bytes(), count)
}

/// A question's type, what it asks, and the elements of its answer.
struct Body {
    kind: &'static str,
    asked: String,
    answer: String,
    /// Whether the type has hints for another try.
    tries: bool,
}

struct Writer<'w> {
    xml: String,
    report: &'w mut Report,
}

impl Writer<'_> {
    fn question(&mut self, sheet: &Sheet, placed: &Placed, body: &Body) {
        let item = &placed.item;
        let _ = writeln!(self.xml, "<question type=\"{}\">", body.kind);
        let name = escape(&self.name(placed));
        let _ = writeln!(self.xml, "<name><text>{name}</text></name>");
        let _ = writeln!(
            self.xml,
            "<questiontext format=\"html\"><text>{}</text></questiontext>",
            escape(&body.asked)
        );
        let _ = writeln!(self.xml, "{}", text_of("generalfeedback", &general(item)));
        if body.kind != "cloze" {
            let _ = writeln!(self.xml, "<defaultgrade>{}</defaultgrade>", item.points);
        }
        let _ = writeln!(
            self.xml,
            "<penalty>0.3333333</penalty><hidden>0</hidden><idnumber>{}</idnumber>",
            escape(&item.id)
        );
        self.xml.push_str(&body.answer);
        for hint in &item.hints {
            if body.tries {
                let _ = writeln!(self.xml, "{}", text_of("hint", hint));
            } else {
                self.report.lost(placed, Loss::Hints);
            }
        }
        if !sheet.tags.is_empty() {
            let tags = sheet
                .tags
                .iter()
                .map(|tag| format!("<tag><text>{}</text></tag>", escape(tag)));
            let _ = writeln!(self.xml, "<tags>{}</tags>", tags.collect::<String>());
        }
        self.xml.push_str("</question>\n");
    }

    fn name(&mut self, placed: &Placed) -> String {
        let name = html::words(&placed.item.title).replace('\n', " ");
        if name.chars().count() <= LONGEST_NAME {
            return name;
        }
        self.report.lost(placed, Loss::LongName);
        name.chars().take(LONGEST_NAME).collect()
    }

    fn body(&mut self, placed: &Placed) -> Option<Body> {
        let item = &placed.item;
        if !item.model.is_empty() && !matches!(item.ask, Ask::Open(_)) {
            self.report.lost(placed, Loss::Model);
        }
        let (kind, answer, tries) = match &item.ask {
            Ask::Choice {
                options,
                true_false: true,
                ..
            } => ("truefalse", self.true_false(placed, options)?, false),
            Ask::Choice {
                options, multiple, ..
            } => (
                "multichoice",
                self.choices(placed, options, *multiple),
                true,
            ),
            Ask::Blanks { texts, gaps } => return Some(self.blanks(placed, texts, gaps)),
            Ask::Ordering(items) => ("ordering", ordering(items), true),
            Ask::Matching {
                head,
                rows,
                choices,
            } => {
                if head != &["1", "2"] {
                    self.report.lost(placed, Loss::Heads);
                }
                ("matching", self.pairs(placed, rows, choices), true)
            }
            Ask::Classify { head, rows } if rows.iter().all(|(_, right)| right.len() == 1) => {
                self.report.lost(placed, Loss::AsMatching);
                let rows: Vec<_> = rows
                    .iter()
                    .map(|(name, right)| (name.clone(), right[0]))
                    .collect();
                ("matching", self.pairs(placed, &rows, &head[1..]), true)
            }
            Ask::Open(_) => ("essay", essay(item), false),
            Ask::Survey { .. } | Ask::Classify { .. } => return None,
        };
        let asked = html::blocks(&asked(&item.title, &item.stem));
        Some(Body {
            kind,
            asked,
            answer,
            tries,
        })
    }

    fn true_false(&mut self, placed: &Placed, options: &[Choice]) -> Option<String> {
        if !is_true(&options.first()?.text) {
            self.report.lost(placed, Loss::TrueFalseOrder);
        }
        let mut xml = String::new();
        for word in ["true", "false"] {
            let option = options
                .iter()
                .find(|one| is_true(&one.text) == (word == "true"))?;
            let _ = writeln!(
                xml,
                "<answer fraction=\"{}\" format=\"moodle_auto_format\"><text>{word}</text>{}</answer>",
                option.share,
                feedback(option)
            );
        }
        Some(xml)
    }

    fn choices(&mut self, placed: &Placed, options: &[Choice], multiple: bool) -> String {
        let mut xml = format!(
            "<single>{}</single><shuffleanswers>true</shuffleanswers><answernumbering>ABCD</answernumbering>\n",
            !multiple
        );
        let right = options
            .iter()
            .filter(|option| option.share == 100)
            .count()
            .max(1);
        let part = short(100.0 / right as f64);
        for option in options {
            let share = match (multiple, option.share) {
                (true, 100) => part.clone(),
                // As many points as a right one earns: no less than nothing in all.
                (true, _) => format!("-{part}"),
                (false, share) => share.to_string(),
            };
            if !multiple && !KNOWN_SHARES.contains(&option.share) {
                self.report.lost(placed, Loss::Shares);
            }
            let _ = writeln!(
                xml,
                "<answer fraction=\"{share}\" format=\"html\"><text>{}</text>{}</answer>",
                escape(&html::inline(&option.text)),
                feedback(option)
            );
        }
        xml
    }

    /// A gap that stands alone has a type of its own; all others are gaps in a text.
    fn blanks(&mut self, placed: &Placed, texts: &[String], gaps: &[Gap]) -> Body {
        let item = &placed.item;
        let alone = texts.iter().all(|text| text.trim().is_empty());
        if let ([gap @ Gap::Typed(written)], true) = (gaps, alone) {
            return typed(&item.title, gap, written);
        }
        let count = u32::try_from(gaps.len()).unwrap_or(1).max(1);
        let weight = if item.points.is_multiple_of(count) {
            item.points / count
        } else {
            1
        };
        if weight * count != item.points {
            self.report.lost(placed, Loss::Points);
        }
        let mut text = format!("{}\n\n", item.title);
        let mut written = Vec::new();
        for (at, part) in texts.iter().enumerate() {
            text.push_str(if at == 0 { part.trim_start() } else { part });
            if let Some(gap) = gaps.get(at) {
                let (gap, units) = cloze::write(gap, weight);
                if units {
                    self.report.lost(placed, Loss::Units);
                }
                written.push(gap);
                // A sign that no text holds keeps the place while the text becomes HTML.
                text.push('\u{f8ff}');
            }
        }
        let mut asked = html::blocks(&text);
        for gap in written {
            asked = asked.replacen('\u{f8ff}', &gap, 1);
        }
        Body {
            kind: "cloze",
            asked,
            answer: String::new(),
            tries: true,
        }
    }

    fn pairs(&mut self, placed: &Placed, rows: &[(String, usize)], choices: &[String]) -> String {
        let mut xml = String::from("<shuffleanswers>true</shuffleanswers>\n");
        let over = (0..choices.len()).filter(|at| rows.iter().all(|(_, used)| used != at));
        let all = rows
            .iter()
            .map(|(left, at)| (left.as_str(), *at))
            .chain(over.map(|at| ("", at)));
        for (left, at) in all {
            if html::has_markup(&choices[at]) {
                self.report.lost(placed, Loss::Markup);
            }
            let _ = writeln!(
                xml,
                "<subquestion format=\"html\"><text>{}</text><answer><text>{}</text></answer></subquestion>",
                escape(&html::inline(left)),
                escape(&html::words(&choices[at]))
            );
        }
        xml
    }
}

/// An element that holds a text.
fn text_of(name: &str, markdown: &str) -> String {
    let html = escape(&html::blocks(markdown));
    format!("<{name} format=\"html\"><text>{html}</text></{name}>")
}

fn feedback(option: &Choice) -> String {
    let markdown = option.feedback.as_deref().unwrap_or_default();
    let html = escape(&html::inline(markdown));
    format!("<feedback format=\"html\"><text>{html}</text></feedback>")
}

/// What is said to everybody; the model answer of an open question is for who grades it.
fn general(item: &Item) -> String {
    let mut parts = match item.ask {
        Ask::Open(_) => Vec::new(),
        _ => item.model.clone(),
    };
    parts.extend(item.explanation.iter().cloned());
    parts.join("\n\n")
}

/// A question that is answered by one text or number.
fn typed(title: &str, gap: &Gap, written: &[String]) -> Body {
    let (kind, answer) = match gap.numbers() {
        Some(Accepts::Numbers {
            intervals,
            percent,
            units,
            ..
        }) => {
            let numbers = intervals.iter().map(|one| middle(one.min, one.max));
            let numbers: Vec<_> = numbers.collect();
            ("numerical", numerical(&numbers, percent, &units))
        }
        _ => ("shortanswer", short_answer(written)),
    };
    Body {
        kind,
        asked: html::blocks(title),
        answer,
        tries: true,
    }
}

fn short_answer(written: &[String]) -> String {
    let mut xml = String::from("<usecase>0</usecase>\n");
    for text in written {
        let text = escape(&text.replace('*', "\\*"));
        let _ = writeln!(
            xml,
            "<answer fraction=\"100\" format=\"moodle_auto_format\"><text>{text}</text><feedback format=\"html\"><text></text></feedback></answer>"
        );
    }
    xml
}

fn numerical(numbers: &[(f64, f64)], percent: bool, units: &[String]) -> String {
    let mut xml = String::new();
    for (middle, slack) in numbers {
        let _ = writeln!(
            xml,
            "<answer fraction=\"100\" format=\"moodle_auto_format\"><text>{middle}</text><feedback format=\"html\"><text></text></feedback><tolerance>{slack}</tolerance></answer>"
        );
    }
    let mut names: Vec<(&str, f64)> = units.iter().map(|unit| (unit.as_str(), 1.0)).collect();
    if percent {
        names.push(("%", 1.0));
    }
    names.dedup();
    if names.is_empty() {
        return xml;
    }
    let unit = |(name, multiplier): &(&str, f64)| {
        format!(
            "<unit><multiplier>{multiplier}</multiplier><unit_name>{}</unit_name></unit>",
            escape(name)
        )
    };
    let units: String = names.iter().map(unit).collect();
    // The unit may be written and is not asked for.
    let _ = writeln!(
        xml,
        "<units>{units}</units><unitgradingtype>0</unitgradingtype><unitpenalty>0.1</unitpenalty><showunits>0</showunits><unitsleft>0</unitsleft>"
    );
    xml
}

fn ordering(items: &[String]) -> String {
    let mut xml = String::from(
        "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><selectcount>0</selectcount>\
         <gradingtype>RELATIVE_NEXT_EXCLUDE_LAST</gradingtype><showgrading>SHOW</showgrading>\
         <numberingstyle>none</numberingstyle>\n",
    );
    for name in [
        "correctfeedback",
        "partiallycorrectfeedback",
        "incorrectfeedback",
    ] {
        let _ = writeln!(xml, "<{name} format=\"html\"><text></text></{name}>");
    }
    // Without this element Moodle refuses the question.
    xml.push_str("<shownumcorrect/>\n");
    for (at, item) in items.iter().enumerate() {
        let _ = writeln!(
            xml,
            "<answer fraction=\"{}\" format=\"html\"><text>{}</text><feedback format=\"html\"><text></text></feedback></answer>",
            at + 1,
            escape(&html::inline(item))
        );
    }
    xml
}

fn essay(item: &Item) -> String {
    let words = keywords::words(import::language(&item.title));
    let mut info = item.model.join("\n\n");
    if let Ask::Open(criteria) = &item.ask {
        let line = |one: &crate::bank::Criterion| {
            format!(
                "- {} {}{}{}",
                words.criterion, one.points, words.colon, one.text
            )
        };
        let lines: Vec<String> = criteria.iter().map(line).collect();
        info = [info, lines.join("\n")].join("\n\n");
    }
    format!(
        "<responseformat>editor</responseformat><responserequired>1</responserequired>\
         <responsefieldlines>10</responsefieldlines><attachments>0</attachments>\
         <attachmentsrequired>0</attachmentsrequired>\n{}\n{}\n",
        text_of("graderinfo", info.trim()),
        text_of("responsetemplate", "")
    )
}
