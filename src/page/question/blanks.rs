//! Gaps: `[[…]]` in the text of a question. What stands in the brackets says how the gap is filled:
//! by a text, by a number, or by choosing.

use std::ops::Range;

use pulldown_cmark::Event;

use super::Block;
use super::read::Reader;
use crate::diag::codes::Code;
use crate::grade::Interval;
use crate::grade::number;
use crate::page::keywords;

/// One gap.
#[derive(Debug, Clone, PartialEq)]
pub struct Blank {
    /// With its brackets, in the file.
    pub span: Range<usize>,
    /// What fills it.
    pub accepts: Accepts,
}

/// What fills a gap.
#[derive(Debug, Clone, PartialEq)]
pub enum Accepts {
    /// One of some texts.
    Texts(Vec<String>),
    /// One of some numbers.
    Numbers {
        /// As written.
        written: Vec<String>,
        /// Where it may lie.
        intervals: Vec<Interval>,
        /// Whether a bare number means percent.
        percent: bool,
        /// What may follow the number.
        units: Vec<String>,
    },
    /// One of some choices.
    Choices {
        /// In an order that tells nothing.
        choices: Vec<String>,
        /// The right one's place.
        right: usize,
    },
}

/// Finds the gaps of a question, and says what is wrong with them.
pub(super) fn find(reader: &mut Reader<'_>, stem: &[Block]) -> Vec<Blank> {
    let mut blanks = Vec::new();
    for block in stem {
        for span in texts(reader, block) {
            for (inner, span) in gaps(reader.text, span) {
                blanks.extend(blank(reader, inner, span));
            }
        }
    }
    blanks
}

/// The bytes of neighbouring texts: the parser cuts them at every bracket.
fn texts(reader: &Reader<'_>, block: &Block) -> Vec<Range<usize>> {
    let mut texts: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (event, span) in &reader.events[block.clone()] {
        match (event, texts.last_mut()) {
            (Event::Text(_), Some(last)) if open => last.end = span.end,
            (Event::Text(_), _) => texts.push(span.clone()),
            _ => {}
        }
        open = matches!(event, Event::Text(_));
    }
    texts
}

/// The gaps in some bytes: what stands between their brackets, and where they are.
pub fn gaps(text: &str, span: Range<usize>) -> Vec<(&str, Range<usize>)> {
    let mut gaps = Vec::new();
    let mut at = span.start;
    while let Some(open) = text[at..span.end].find("[[") {
        let start = at + open;
        let Some(close) = text[start..span.end].find("]]") else {
            break;
        };
        let end = start + close + 2;
        gaps.push((&text[start + 2..end - 2], start..end));
        at = end;
    }
    gaps
}

fn blank(reader: &mut Reader<'_>, inner: &str, span: Range<usize>) -> Option<Blank> {
    let written: Vec<&str> = inner
        .split('|')
        .map(|one| one.trim_end_matches('\\').trim())
        .collect();
    if written.iter().any(|one| one.is_empty()) {
        reader.say(Code::EmptyBlank, span);
        return None;
    }
    let accepts = if written.iter().any(|one| chosen(one).is_some()) {
        choices(reader, &written, &span)?
    } else {
        match numbers(&written) {
            Ok(Some(numbers)) => numbers,
            Ok(None) => Accepts::Texts(written.iter().map(|one| (*one).to_owned()).collect()),
            Err(wrong) => {
                reader
                    .say(Code::BadNumber, span)
                    .words
                    .push(("number", wrong));
                return None;
            }
        }
    };
    Some(Blank { span, accepts })
}

/// The text of a choice that stands in parentheses: the right one.
fn chosen(choice: &str) -> Option<&str> {
    choice.strip_prefix(['(', '（'])?.strip_suffix([')', '）'])
}

fn choices(reader: &mut Reader<'_>, written: &[&str], span: &Range<usize>) -> Option<Accepts> {
    let right: Vec<&str> = written.iter().filter_map(|one| chosen(one)).collect();
    let mut choices: Vec<String> = written
        .iter()
        .map(|one| chosen(one).unwrap_or(one).trim().to_owned())
        .collect();
    choices.sort_unstable();
    let (&[right], true) = (right.as_slice(), choices.len() > 1) else {
        reader.say(Code::OneRightChoice, span.clone());
        return None;
    };
    if let Some(twice) = choices.windows(2).find(|pair| pair[0] == pair[1]) {
        let word = ("text", twice[0].clone());
        reader.say(Code::SameOptions, span.clone()).words.push(word);
        return None;
    }
    let right = choices.iter().position(|one| one == right.trim())?;
    Some(Accepts::Choices { choices, right })
}

/// Reads every alternative as a number; `None` where one of them is none.
///
/// # Errors
/// Gives back a number that is written as a range or with a tolerance, and makes no sense.
pub fn numbers(written: &[&str]) -> Result<Option<Accepts>, String> {
    let mut all = Numbers::default();
    for one in written {
        if !all.read(one)? {
            return Ok(None);
        }
    }
    Ok(Some(Accepts::Numbers {
        written: written.iter().map(|one| (*one).to_owned()).collect(),
        intervals: all.intervals,
        percent: all.percent,
        units: all.units,
    }))
}

#[derive(Default)]
struct Numbers {
    intervals: Vec<Interval>,
    percent: bool,
    units: Vec<String>,
}

impl Numbers {
    /// Takes one alternative in: `30`, `30 ± 5`, `900..1000`, `0.3%`, `30 元`.
    fn read(&mut self, written: &str) -> Result<bool, String> {
        let mut text = written;
        if let Some((number, unit)) = keywords::split_unit(text) {
            self.units.push(unit.to_owned());
            text = number;
            if let Some(number) = number.strip_suffix(['个', '個']) {
                self.units.push(format!("个{unit}"));
                text = number;
            }
        }
        self.percent |= text.contains(['%', '％', '‰', '‱']) || text.contains("分之");
        let percent = self.percent;
        let value = |part: &str| number::read(part, percent, &[], "");
        let interval = if let Some((low, high)) = text.split_once("..") {
            value(low).zip(value(high))
        } else if let Some((middle, slack)) = text.split_once('±') {
            let spread = |(middle, slack): (f64, f64)| (middle - slack, middle + slack);
            value(middle).zip(value(slack)).map(spread)
        } else {
            let Some(value) = value(text) else {
                return Ok(false);
            };
            Some((value, value))
        };
        match interval {
            Some((min, max)) if min <= max => {
                self.intervals.push(Interval { min, max });
                Ok(true)
            }
            _ => Err(written.to_owned()),
        }
    }
}
