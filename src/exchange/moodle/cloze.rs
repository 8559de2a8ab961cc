//! Gaps inside a text, as Moodle writes them: `{1:SHORTANSWER:=one~=two}`.

use crate::bank::Gap;
use crate::exchange::gift::write::middle;
use crate::exchange::markdown;
use crate::grade::number;
use crate::page::question::Accepts;

/// Stands for a gap while the text around it becomes markdown: no text holds such a character.
const PLACE: char = '\u{f8ff}';

/// A text taken apart at its gaps.
pub(super) struct Cloze {
    /// The text as markdown around the gaps, one piece more than there are gaps.
    pub(super) texts: Vec<String>,
    pub(super) gaps: Vec<Gap>,
    /// The points of each gap.
    pub(super) weights: Vec<u32>,
    /// What could not be kept.
    pub(super) dropped: Vec<String>,
}

/// Reads a text; `Err` gives back a gap that cannot be read.
pub(super) fn read(html: &str, missed: &mut dyn FnMut(&str)) -> Result<Cloze, String> {
    let mut cloze = Cloze {
        texts: Vec::new(),
        gaps: Vec::new(),
        weights: Vec::new(),
        dropped: Vec::new(),
    };
    let mut whole = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, gap, after)) = next(rest) {
        whole.push_str(before);
        whole.push(PLACE);
        cloze.gap(gap).ok_or_else(|| gap.to_owned())?;
        rest = after;
    }
    whole.push_str(rest);
    let markdown = markdown::of_html(&whole, missed);
    cloze.texts = markdown.split(PLACE).map(str::to_owned).collect();
    Ok(cloze)
}

/// The next gap with what stands around it: `{weight:TYPE:answers}`.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(open) = text[from..].find('{') {
        let open = from + open;
        let inner = &text[open + 1..];
        let head = inner.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_gap = head.strip_prefix(':').is_some_and(|rest| {
            let kind = rest.split(':').next().unwrap_or_default();
            !kind.is_empty() && kind.chars().all(|c| c.is_ascii_uppercase() || c == '_')
        });
        if is_gap && let Some(close) = unescaped(inner, |c| c == '}') {
            return Some((&text[..open], &inner[..close], &inner[close + 1..]));
        }
        from = open + 1;
    }
    None
}

fn unescaped(text: &str, is: impl Fn(char) -> bool) -> Option<usize> {
    crate::exchange::gift::find(text, 0, is)
}

impl Cloze {
    fn gap(&mut self, text: &str) -> Option<()> {
        let (weight, rest) = text.split_once(':')?;
        let (kind, answers) = rest.split_once(':')?;
        self.weights.push(weight.parse().unwrap_or(1));
        let answers = answers_of(answers);
        let gap = match kind.trim_end_matches("_S") {
            "SHORTANSWER" | "SA" | "MW" | "SHORTANSWER_C" | "SAC" | "MWC" => {
                self.typed(&answers, |text| Some(text.to_owned()))?
            }
            "NUMERICAL" | "NM" => self.typed(&answers, interval)?,
            kind if kind.starts_with("MULTICHOICE")
                || matches!(kind, "MC" | "MCV" | "MCH" | "MCS" | "MCVS" | "MCHS") =>
            {
                let right = answers.iter().position(|answer| answer.share >= 100.0)?;
                let choices: Vec<String> =
                    answers.iter().map(|answer| answer.text.clone()).collect();
                for answer in answers
                    .iter()
                    .filter(|answer| answer.share > 0.0 && answer.share < 100.0)
                {
                    self.dropped
                        .push(format!("%{}% {}", answer.share, answer.text));
                }
                self.feedback(&answers);
                Gap::Choices { choices, right }
            }
            _ => return None,
        };
        self.gaps.push(gap);
        Some(())
    }

    /// What may be written into a gap; what earns only a part of the points is dropped.
    fn typed(
        &mut self,
        answers: &[Answer],
        accept: impl Fn(&str) -> Option<String>,
    ) -> Option<Gap> {
        self.feedback(answers);
        let mut texts = Vec::new();
        for answer in answers {
            if answer.share >= 100.0 {
                texts.push(accept(&answer.text)?);
            } else {
                self.dropped
                    .push(format!("%{}% {}", answer.share, answer.text));
            }
        }
        (!texts.is_empty()).then_some(Gap::Typed(texts))
    }

    fn feedback(&mut self, answers: &[Answer]) {
        let said = answers.iter().filter(|answer| !answer.feedback.is_empty());
        self.dropped
            .extend(said.map(|answer| answer.feedback.clone()));
    }
}

struct Answer {
    share: f64,
    text: String,
    feedback: String,
}

fn answers_of(text: &str) -> Vec<Answer> {
    let mut answers = Vec::new();
    let mut rest = text.trim_start_matches('~');
    while !rest.is_empty() {
        let end = unescaped(rest, |c| c == '~').unwrap_or(rest.len());
        let one = &rest[..end];
        rest = rest[end..].strip_prefix('~').unwrap_or("");
        let (share, one) = match one.strip_prefix('=') {
            Some(one) => (100.0, one),
            None => match one.strip_prefix('%').and_then(|rest| rest.split_once('%')) {
                Some((share, one)) => (share.parse().unwrap_or(0.0), one),
                None => (0.0, one),
            },
        };
        let (one, feedback) = match unescaped(one, |c| c == '#') {
            Some(at) => (&one[..at], &one[at + 1..]),
            None => (one, ""),
        };
        let words = |text: &str| {
            let html = unescape(text);
            crate::exchange::html::words(&markdown::of_html(&html, &mut |_| {}))
        };
        answers.push(Answer {
            share,
            text: words(one),
            feedback: words(feedback),
        });
    }
    answers
}

fn unescape(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => bare.extend(chars.next()),
            c => bare.push(c),
        }
    }
    bare
}

/// `30:5` as we write it.
pub(super) fn interval(text: &str) -> Option<String> {
    let (middle, slack) = text.split_once(':').unwrap_or((text, "0"));
    let (middle, slack) = (middle.trim(), slack.trim());
    let value = |text: &str| number::read(text, false, &[], "");
    value(middle)?;
    if value(slack)? == 0.0 {
        Some(middle.to_owned())
    } else {
        Some(format!("{middle} ± {slack}"))
    }
}

/// A gap in Moodle's form, for a text that is HTML; the second value says whether numbers lost
/// their units.
pub(super) fn write(gap: &Gap, weight: u32) -> (String, bool) {
    let join = |answers: Vec<String>| answers.join("~");
    match gap {
        Gap::Choices { choices, right } => {
            let sign = |at: usize| if at == *right { "=" } else { "" };
            let all = choices.iter().enumerate();
            let all = all.map(|(at, choice)| format!("{}{}", sign(at), escape(choice)));
            (
                format!("{{{weight}:MULTICHOICE:{}}}", join(all.collect())),
                false,
            )
        }
        Gap::Typed(texts) => {
            if let Some(Accepts::Numbers {
                intervals,
                percent,
                units,
                ..
            }) = gap.numbers()
            {
                let numbers = intervals.iter().map(|one| {
                    let (middle, slack) = middle(one.min, one.max);
                    format!("={middle}:{slack}")
                });
                let lost = percent || !units.is_empty();
                return (
                    format!("{{{weight}:NUMERICAL:{}}}", join(numbers.collect())),
                    lost,
                );
            }
            let texts = texts.iter().map(|text| format!("={}", escape(text)));
            (
                format!("{{{weight}:SHORTANSWER:{}}}", join(texts.collect())),
                false,
            )
        }
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in crate::exchange::html::escape(text).chars() {
        if matches!(c, '}' | '#' | '~' | '/' | '"' | '\\' | '*') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
