//! One question on paper: what is asked, where the answer is written, and what is right.

use serde::Serialize;

use super::deal::Dealer;
use super::text::Texts;
use crate::bank::{Ask, Choice, Criterion, Gap, Item};
use crate::exchange::html::escape;
use crate::theme::Theme;

/// What stands for a gap.
const GAP: &str = "<span class=\"gap\"></span>";
/// Lines for an open answer.
const OPEN_LINES: usize = 6;

/// A question as the templates see it; all texts are HTML.
#[derive(Debug, Serialize)]
pub struct View {
    number: usize,
    /// A type of [`crate::page::question::TYPES`], for the style and the hint.
    kind: &'static str,
    title: String,
    stem: String,
    /// What an answer earns; nothing where none is right.
    pub points: u32,
    /// To choose from, by letter.
    options: Vec<Lettered>,
    /// To be matched or sorted, by number.
    rows: Vec<String>,
    /// What the rows of a table are.
    corner: String,
    /// The heads of a table to be ticked.
    columns: Vec<String>,
    /// How many gaps or places there are to fill on the answer sheet.
    places: usize,
    /// How many lines an open answer gets.
    lines: usize,
    /// The right answer.
    answer: String,
    /// What earns points in an open answer.
    criteria: Vec<String>,
    explanation: String,
}

/// Something with its letter.
#[derive(Debug, Serialize)]
struct Lettered {
    letter: String,
    html: String,
}

fn letter(at: usize) -> String {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    letters
        .get(at..=at)
        .map_or_else(|| (at + 1).to_string(), str::to_owned)
}

/// A question as it stands on one form.
pub fn view(
    number: usize,
    item: &Item,
    texts: Texts<'_>,
    dealer: &mut Dealer,
    theme: &Theme,
) -> View {
    let mut view = View {
        number,
        kind: kind(&item.ask),
        title: texts.inline(&item.title),
        stem: texts.blocks(&item.stem),
        points: if matches!(item.ask, Ask::Survey { .. }) {
            0
        } else {
            item.points
        },
        options: Vec::new(),
        rows: Vec::new(),
        corner: String::new(),
        columns: Vec::new(),
        places: 0,
        lines: 0,
        answer: String::new(),
        criteria: Vec::new(),
        explanation: texts.blocks(&item.explanation.join("\n\n")),
    };
    match &item.ask {
        Ask::Choice {
            options,
            true_false,
            ..
        } => {
            let order = match true_false {
                true => (0..options.len()).collect(),
                false => dealer.order(options.len()),
            };
            view.choose(options, &order, texts);
        }
        Ask::Survey { options, .. } => {
            view.choose(options, &(0..options.len()).collect::<Vec<_>>(), texts);
        }
        Ask::Blanks {
            texts: around,
            gaps,
        } => view.gaps(around, gaps, texts),
        Ask::Ordering(items) => view.order(items, texts, dealer),
        Ask::Matching { rows, choices, .. } => view.pair(rows, choices, texts, dealer),
        Ask::Classify { head, rows } => view.classify(head, rows, texts, dealer),
        Ask::Open(criteria) => view.open(&item.model, criteria, texts, theme),
    }
    view
}

fn kind(ask: &Ask) -> &'static str {
    match ask {
        Ask::Choice {
            true_false: true, ..
        } => "true_false",
        Ask::Choice { multiple: true, .. } => "multiple",
        Ask::Choice { .. } => "single",
        Ask::Survey { multiple: true, .. } => "survey_multiple",
        Ask::Survey { .. } => "survey",
        Ask::Blanks { .. } => "blanks",
        Ask::Ordering(_) => "ordering",
        Ask::Matching { .. } => "matching",
        Ask::Classify { .. } => "classify",
        Ask::Open(_) => "open",
    }
}

fn lettered(items: impl Iterator<Item = String>) -> Vec<Lettered> {
    let letter = |(at, html)| Lettered {
        letter: letter(at),
        html,
    };
    items.enumerate().map(letter).collect()
}

impl View {
    fn choose(&mut self, options: &[Choice], order: &[usize], texts: Texts<'_>) {
        self.options = lettered(order.iter().map(|at| texts.inline(&options[*at].text)));
        let right = order
            .iter()
            .enumerate()
            .filter(|(_, at)| options[**at].share == 100);
        let mut answer = right
            .map(|(place, _)| letter(place))
            .collect::<Vec<_>>()
            .join(" ");
        for (place, at) in order.iter().enumerate() {
            let share = options[*at].share;
            if (1..100).contains(&share) {
                answer.push_str(&format!("　{} {share}%", letter(place)));
            }
        }
        self.answer = answer;
    }

    fn gaps(&mut self, around: &[String], gaps: &[Gap], texts: Texts<'_>) {
        let mut html = texts.blocks(&around.join("\u{f8ff}"));
        let mut answers = Vec::new();
        for (at, gap) in gaps.iter().enumerate() {
            let (shown, right) = match gap {
                Gap::Typed(written) => (GAP.to_owned(), written.join(" / ")),
                Gap::Choices { choices, right } => {
                    let choices: Vec<String> =
                        choices.iter().map(|choice| escape(choice)).collect();
                    (
                        format!("{GAP}（{}）", choices.join(" / ")),
                        gap_choice(gap, *right),
                    )
                }
            };
            html = html.replacen('\u{f8ff}', &shown, 1);
            let number = if gaps.len() > 1 {
                format!("{}. ", at + 1)
            } else {
                String::new()
            };
            answers.push(format!("{number}{}", escape(&right)));
        }
        self.stem = html;
        self.places = gaps.len();
        self.answer = answers.join("　");
    }

    fn order(&mut self, items: &[String], texts: Texts<'_>, dealer: &mut Dealer) {
        let order = dealer.disorder(items.len());
        self.options = lettered(order.iter().map(|at| texts.inline(&items[*at])));
        self.places = items.len();
        let place = |at: usize| order.iter().position(|one| *one == at).map(letter);
        let right: Vec<String> = (0..items.len()).filter_map(place).collect();
        self.answer = right.join(" → ");
    }

    fn pair(
        &mut self,
        rows: &[(String, usize)],
        choices: &[String],
        texts: Texts<'_>,
        dealer: &mut Dealer,
    ) {
        let order = dealer.order(choices.len());
        self.options = lettered(order.iter().map(|at| texts.inline(&choices[*at])));
        let right = rows.iter().enumerate().filter_map(|(row, (_, right))| {
            let at = order.iter().position(|one| one == right)?;
            Some(format!("{}–{}", row + 1, letter(at)))
        });
        self.answer = right.collect::<Vec<_>>().join("　");
        self.rows = rows.iter().map(|(left, _)| texts.inline(left)).collect();
    }

    fn open(&mut self, model: &[String], criteria: &[Criterion], texts: Texts<'_>, theme: &Theme) {
        self.lines = OPEN_LINES;
        self.answer = texts.blocks(&model.join("\n\n"));
        let points = theme.string("quiz_points");
        let criterion = |one: &Criterion| {
            let points = points.replace("{n}", &one.points.to_string());
            format!("{} {}", texts.inline(&one.text), escape(&points))
        };
        self.criteria = criteria.iter().map(criterion).collect();
    }

    fn classify(
        &mut self,
        head: &[String],
        rows: &[(String, Vec<usize>)],
        texts: Texts<'_>,
        dealer: &mut Dealer,
    ) {
        let order = dealer.order(rows.len());
        self.corner = texts.inline(&head[0]);
        self.columns = head[1..].iter().map(|cell| texts.inline(cell)).collect();
        self.rows = order.iter().map(|at| texts.inline(&rows[*at].0)).collect();
        let right = order.iter().enumerate().map(|(place, at)| {
            let columns: Vec<&str> = rows[*at]
                .1
                .iter()
                .map(|column| self.columns[*column].as_str())
                .collect();
            format!("{}–{}", place + 1, columns.join("、"))
        });
        self.answer = right.collect::<Vec<_>>().join("　");
    }
}

fn gap_choice(gap: &Gap, right: usize) -> String {
    match gap {
        Gap::Choices { choices, .. } => choices[right].clone(),
        Gap::Typed(_) => String::new(),
    }
}
