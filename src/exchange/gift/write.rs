//! From items to GIFT.

use std::fmt::Write as _;

use super::escape;
use crate::bank::{Ask, Choice, Gap, Item, Placed};
use crate::exchange::loss::{Loss, Report};
use crate::exchange::{Bank, html, markdown};
use crate::page::question::Accepts;

/// Shares of the points that Moodle knows.
pub(in crate::exchange) const KNOWN_SHARES: &[u8] =
    &[0, 5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 100];

/// Writes a bank; gives the bytes and the number of questions.
pub fn write(bank: &Bank, report: &mut Report) -> (Vec<u8>, usize) {
    let mut text = String::new();
    let mut count = 0;
    for sheet in bank.sheets.iter().filter(|sheet| !sheet.items.is_empty()) {
        // A category ends at the end of its line and knows no escapes.
        let _ = writeln!(
            text,
            "$CATEGORY: {}/{}\n",
            bank.title.replace('/', "//"),
            sheet.page
        );
        for placed in &sheet.items {
            let Some(answer) = answer(placed, report) else {
                report.left_out(placed);
                continue;
            };
            losses(placed, report);
            let tags = sheet.tags.iter().map(|tag| format!(" [tag:{tag}]"));
            let _ = writeln!(
                text,
                "// [id:{}]{}",
                placed.item.id,
                tags.collect::<String>()
            );
            let name = html::words(&placed.item.title).replace('\n', " ");
            let _ = writeln!(text, "::{}::[markdown]{answer}\n", escape(&name));
            count += 1;
        }
    }
    (text.into_bytes(), count)
}

fn losses(placed: &Placed, report: &mut Report) {
    let item = &placed.item;
    if item.points != 1 {
        report.lost(placed, Loss::Points);
    }
    if !item.hints.is_empty() {
        report.lost(placed, Loss::Hints);
    }
    if !item.model.is_empty() {
        report.lost(placed, Loss::Model);
    }
}

/// What is asked with its answers; `None` where GIFT has no such question.
fn answer(placed: &Placed, report: &mut Report) -> Option<String> {
    let item = &placed.item;
    let general = general(item);
    let asked = escape(&asked(&item.title, &item.stem));
    let braced = |inner: String| format!("{asked} {{{inner}{general}}}");
    match &item.ask {
        Ask::Choice {
            options,
            true_false: true,
            ..
        } => true_false(placed, options, report).map(braced),
        Ask::Choice {
            options, multiple, ..
        } => {
            if !multiple
                && options
                    .iter()
                    .any(|option| !KNOWN_SHARES.contains(&option.share))
            {
                report.lost(placed, Loss::Shares);
            }
            Some(braced(choices(options, *multiple)))
        }
        Ask::Blanks { texts, gaps } => {
            let [gap] = gaps.as_slice() else { return None };
            // Plain text cannot hide an arrow, which would make a matching of it.
            if matches!(gap, Gap::Typed(texts) if texts.iter().any(|text| text.contains("->"))) {
                return None;
            }
            let inner = format!("{{{}{general}}}", gap_inner(gap, placed, report));
            Some(gapped(&item.title, texts, &inner))
        }
        Ask::Matching {
            head,
            rows,
            choices,
        } => {
            if head != &["1", "2"] {
                report.lost(placed, Loss::Heads);
            }
            Some(braced(pairs(rows, choices, placed, report)))
        }
        Ask::Classify { head, rows } if rows.iter().all(|(_, right)| right.len() == 1) => {
            report.lost(placed, Loss::AsMatching);
            let rows: Vec<_> = rows
                .iter()
                .map(|(name, right)| (name.clone(), right[0]))
                .collect();
            Some(braced(pairs(&rows, &head[1..], placed, report)))
        }
        Ask::Open(criteria) => {
            if !criteria.is_empty() {
                report.lost(placed, Loss::Criteria);
            }
            Some(braced(String::new()))
        }
        Ask::Classify { .. } | Ask::Survey { .. } | Ask::Ordering(_) => None,
    }
}

fn true_false(placed: &Placed, options: &[Choice], report: &mut Report) -> Option<String> {
    if !options.first().is_some_and(|option| is_true(&option.text)) {
        report.lost(placed, Loss::TrueFalseOrder);
    }
    let right = options.iter().find(|option| option.share == 100)?;
    let wrong = options.iter().find(|option| option.share != 100)?;
    let word = if is_true(&right.text) {
        "TRUE"
    } else {
        "FALSE"
    };
    // First what is said to who is wrong; its place is kept where only the other is told.
    let otherwise = if right.feedback.is_some() { "#" } else { "" };
    let wrong = feedback_or(wrong, otherwise);
    Some(format!("{word}{wrong}{}", feedback_or(right, "")))
}

/// The texts around a gap with its answers in it. A gap with nothing around it stands behind the
/// title.
fn gapped(title: &str, texts: &[String], answers: &str) -> String {
    let after = escape(texts[1].trim_end());
    let first = texts[0].trim_start_matches('\n');
    let before = match first.is_empty() && after.is_empty() {
        true => format!("{} ", escape(title)),
        false => escape(&format!("{title}\n\n{first}")),
    };
    format!("{before}{answers}{after}")
}

/// The title with what stands below it.
pub(in crate::exchange) fn asked(title: &str, stem: &str) -> String {
    if stem.is_empty() {
        title.to_owned()
    } else {
        format!("{title}\n\n{stem}")
    }
}

/// What is said to everybody afterwards.
fn general(item: &Item) -> String {
    let text = after(item);
    if text.is_empty() {
        text
    } else {
        format!("####{}", inner(&text))
    }
}

/// Model answers, criteria and explanation, one below the other.
pub(in crate::exchange) fn after(item: &Item) -> String {
    let mut parts = item.model.clone();
    if let Ask::Open(criteria) = &item.ask {
        let lines = criteria
            .iter()
            .map(|one| format!("- {}（{}）", one.text, one.points));
        parts.push(lines.collect::<Vec<_>>().join("\n"));
    }
    parts.extend(item.explanation.iter().cloned());
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

pub(in crate::exchange) fn is_true(text: &str) -> bool {
    matches!(text, "对" | "對" | "True")
}

fn feedback_or(option: &Choice, otherwise: &str) -> String {
    match &option.feedback {
        Some(text) => format!("#{}", inner(text)),
        None => otherwise.to_owned(),
    }
}

fn choices(options: &[Choice], multiple: bool) -> String {
    let right = options.iter().filter(|option| option.share == 100).count();
    let part = 100.0 / right.max(1) as f64;
    let mut text = String::new();
    for option in options {
        let sign = match (multiple, option.share) {
            (false, 100) => "=".to_owned(),
            (false, 0) => "~".to_owned(),
            (false, share) => format!("~%{share}%"),
            (true, 100) => format!("~%{}%", short(part)),
            (true, _) => format!("~%-{}%", short(part)),
        };
        let _ = write!(
            text,
            "\n\t{sign}{}{}",
            inner(&option.text),
            feedback_or(option, "")
        );
    }
    text.push('\n');
    text
}

/// A share with the five digits that Moodle compares.
pub(in crate::exchange) fn short(share: f64) -> String {
    let text = format!("{share:.5}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn gap_inner(gap: &Gap, placed: &Placed, report: &mut Report) -> String {
    match gap {
        Gap::Choices { choices, right } => {
            let sign = |at: usize| if at == *right { '=' } else { '~' };
            let all = choices.iter().enumerate();
            all.map(|(at, choice)| format!("{}{} ", sign(at), inner(&markdown::escape(choice))))
                .collect::<String>()
                .trim_end()
                .to_owned()
        }
        Gap::Typed(written) => {
            if let Some(Accepts::Numbers {
                intervals,
                percent,
                units,
                ..
            }) = gap.numbers()
            {
                if percent || !units.is_empty() {
                    report.lost(placed, Loss::Units);
                }
                let numbers = intervals.iter().map(|one| range(one.min, one.max));
                let numbers: Vec<String> = numbers.collect();
                return match numbers.as_slice() {
                    [one] => format!("#{one}"),
                    several => format!("#={}", several.join(" =")),
                };
            }
            let texts = written.iter().map(|text| format!("={}", escape(text)));
            texts.collect::<Vec<_>>().join(" ")
        }
    }
}

/// Markdown between braces, where an arrow would make a matching of any question.
fn inner(markdown: &str) -> String {
    escape(&markdown.replace("->", "-\\>"))
}

/// Where a number may lie.
fn range(min: f64, max: f64) -> String {
    if min == max {
        return format!("{min}");
    }
    let (middle, slack) = middle(min, max);
    if middle.to_string().len() + slack.to_string().len()
        < min.to_string().len() + max.to_string().len() + 4
    {
        format!("{middle}:{slack}")
    } else {
        format!("{min}..{max}")
    }
}

/// The middle of a range and the way to its ends, without what rounding adds.
pub(in crate::exchange) fn middle(min: f64, max: f64) -> (f64, f64) {
    let round = |value: f64| (value * 1e9).round() / 1e9;
    (round(f64::midpoint(min, max)), round((max - min) / 2.0))
}

fn pairs(
    rows: &[(String, usize)],
    choices: &[String],
    placed: &Placed,
    report: &mut Report,
) -> String {
    let mut text = String::new();
    let mut right = |at: usize| {
        if html::has_markup(&choices[at]) {
            report.lost(placed, Loss::Markup);
        }
        escape(&html::words(&choices[at]).replace('\n', " "))
    };
    for (left, at) in rows {
        let _ = write!(text, "\n\t={} -> {}", inner(left), right(*at));
    }
    for at in (0..choices.len()).filter(|at| rows.iter().all(|(_, used)| used != at)) {
        let _ = write!(text, "\n\t= -> {}", right(at));
    }
    text.push('\n');
    text
}
