//! The answers of Moodle's types of questions.

use roxmltree::Node;

use super::cloze;
use super::read::{NAME, Reader, raw_text};
use crate::bank::{Ask, Choice, Criterion, Gap};
use crate::exchange::gift::answers::{match_pairs, shares, true_false};
use crate::exchange::import::Draft;
use crate::exchange::{html, markdown};
use crate::page::keywords;

impl<'d> Reader<'_, 'd> {
    /// How a question of a type is answered; `None` where we have none like it, which is told.
    pub(super) fn ask(&mut self, kind: &str, draft: &mut Draft) -> Option<Ask> {
        match kind {
            "multichoice" => self.multichoice(),
            "truefalse" => self.true_false(),
            "shortanswer" => {
                let gap = self.short_answer()?;
                Some(gapped(std::mem::take(&mut draft.text), gap))
            }
            "numerical" => {
                let gap = self.numerical()?;
                Some(gapped(std::mem::take(&mut draft.text), gap))
            }
            "cloze" | "multianswer" => self.cloze(draft),
            "gapselect" | "ddwtos" => self.gap_select(kind, draft),
            "matching" | "match" => self.matching(),
            "ordering" => {
                let items = self.elements("answer").into_iter();
                let items: Vec<String> = items
                    .map(|node| markdown::one_line(&self.text(node)))
                    .collect();
                Some(Ask::Ordering(items))
            }
            "essay" => {
                let info = self.child("graderinfo");
                let (model, criteria) = self.criteria(&info);
                draft.model.push(model);
                let template = self.child("responsetemplate");
                if !template.is_empty() {
                    self.notes
                        .not_kept(self.span.clone(), format!("responsetemplate {template}"));
                }
                Some(Ask::Open(criteria))
            }
            other => {
                self.notes.no_counterpart(self.span.clone(), other);
                None
            }
        }
    }

    /// The percent of the points that an answer earns.
    fn fraction(node: Node<'d, 'd>) -> f64 {
        node.attribute("fraction")
            .and_then(|share| share.parse().ok())
            .unwrap_or(0.0)
    }

    fn feedback(&mut self, answer: Node<'d, 'd>) -> Option<String> {
        let node = answer
            .children()
            .find(|node| node.has_tag_name("feedback"))?;
        Some(self.text(node)).filter(|text| !text.is_empty())
    }

    fn multichoice(&mut self) -> Option<Ask> {
        let answers = self.elements("answer");
        let worths: Vec<f64> = answers.iter().map(|node| Self::fraction(*node)).collect();
        let Some((mut shares, mut multiple, mut exact)) = shares(&worths) else {
            self.notes
                .expected(self.span.clone(), NAME, "fraction=\"100\"");
            return None;
        };
        if self.value("single") == "false" && !multiple {
            multiple = true;
            exact = worths.iter().all(|worth| worth.abs() > 99.99);
            shares = worths
                .iter()
                .map(|worth| if *worth > 0.0 { 100 } else { 0 })
                .collect();
        }
        if !exact {
            let written: Vec<String> = worths.iter().map(|worth| format!("{worth}%")).collect();
            self.notes
                .not_kept(self.span.clone(), format!("fraction {}", written.join(" ")));
        }
        let mut options = Vec::new();
        for (node, share) in answers.into_iter().zip(shares) {
            options.push(Choice {
                text: self.text(node),
                share,
                feedback: self.feedback(node),
            });
        }
        let names: Vec<String> = options
            .iter()
            .map(|option| html::words(&option.text))
            .collect();
        let true_false = !multiple && keywords::is_true_false(&names);
        Some(Ask::Choice {
            options,
            multiple,
            true_false,
        })
    }

    fn true_false(&mut self) -> Option<Ask> {
        let mut right = None;
        let mut feedback = [None, None];
        for node in self.elements("answer") {
            let is_true =
                raw_text(node).is_some_and(|text| text.trim().eq_ignore_ascii_case("true"));
            feedback[usize::from(!is_true)] = self.feedback(node);
            if Self::fraction(node) > 99.0 {
                right = Some(is_true);
            }
        }
        let Some(right) = right else {
            self.notes
                .expected(self.span.clone(), NAME, "fraction=\"100\"");
            return None;
        };
        Some(true_false(right, feedback, self.language))
    }

    /// The answers that earn all points, as written; the others are not kept.
    fn full_answers(&mut self) -> Vec<Node<'d, 'd>> {
        let mut full = Vec::new();
        for node in self.elements("answer") {
            let share = Self::fraction(node);
            if share < 99.99 {
                let text = raw_text(node).unwrap_or_default().trim().to_owned();
                self.notes
                    .not_kept(self.place(node), format!("{share}% {text}"));
                continue;
            }
            if let Some(feedback) = self.feedback(node) {
                self.notes
                    .not_kept(self.place(node), format!("feedback {feedback}"));
            }
            full.push(node);
        }
        if full.is_empty() {
            self.notes
                .expected(self.span.clone(), NAME, "fraction=\"100\"");
        }
        full
    }

    fn short_answer(&mut self) -> Option<Gap> {
        if self.value("usecase") == "1" {
            self.notes.not_kept(self.span.clone(), "usecase 1");
        }
        let mut texts = Vec::new();
        for node in self.full_answers() {
            let text = raw_text(node).unwrap_or_default().trim();
            if text.replace("\\*", "").contains('*') {
                self.notes.not_kept(self.place(node), format!("* {text}"));
            }
            texts.push(text.replace("\\*", "*"));
        }
        (!texts.is_empty()).then_some(Gap::Typed(texts))
    }

    fn numerical(&mut self) -> Option<Gap> {
        let mut units: Vec<(String, f64)> = Vec::new();
        for unit in self
            .elements("units")
            .into_iter()
            .flat_map(|units| units.children())
        {
            if unit.has_tag_name("unit") {
                let part = |name: &str| {
                    let node = unit.children().find(|node| node.has_tag_name(name));
                    node.and_then(|node| node.text())
                        .unwrap_or_default()
                        .trim()
                        .to_owned()
                };
                units.push((part("unit_name"), part("multiplier").parse().unwrap_or(1.0)));
            }
        }
        for (name, multiplier) in &units {
            if (*multiplier - 1.0).abs() > 1e-9 {
                self.notes
                    .not_kept(self.span.clone(), format!("unit {name} × {multiplier}"));
            }
        }
        let unit = units
            .iter()
            .find(|(_, multiplier)| (multiplier - 1.0).abs() < 1e-9);
        let unit = unit.map(|(name, _)| name.as_str()).unwrap_or_default();
        let mut written = Vec::new();
        for node in self.full_answers() {
            let tolerance = node.children().find(|node| node.has_tag_name("tolerance"));
            let tolerance = tolerance.and_then(|node| node.text()).unwrap_or("0").trim();
            let value = raw_text(node).unwrap_or_default().trim();
            let Some(number) = cloze::interval(&format!("{value}:{tolerance}")) else {
                self.notes.expected(self.place(node), NAME, "3.14");
                return None;
            };
            written.push(with_unit(&number, unit));
        }
        (!written.is_empty()).then_some(Gap::Typed(written))
    }

    fn cloze(&mut self, draft: &mut Draft) -> Option<Ask> {
        let node = self.elements("questiontext").into_iter().next()?;
        let mut missed = Vec::new();
        let raw = raw_text(node).unwrap_or_default();
        let cloze = match cloze::read(raw, &mut |name| missed.push(name.to_owned())) {
            Ok(cloze) if !cloze.gaps.is_empty() => cloze,
            Ok(_) => {
                self.notes
                    .expected(self.place(node), NAME, "{1:SHORTANSWER:=…}");
                return None;
            }
            Err(gap) => {
                self.notes
                    .no_counterpart(self.place(node), format!("{{{gap}}}"));
                return None;
            }
        };
        for what in missed.into_iter().chain(cloze.dropped) {
            self.notes.not_kept(self.place(node), what);
        }
        draft.points = Some(cloze.weights.iter().sum());
        Some(Ask::Blanks {
            texts: cloze.texts,
            gaps: cloze.gaps,
        })
    }

    /// Words to choose or to drag into `[[1]]`: gaps with the choices of their group.
    fn gap_select(&mut self, kind: &str, draft: &mut Draft) -> Option<Ask> {
        let name = if kind == "ddwtos" {
            "dragbox"
        } else {
            "selectoption"
        };
        let mut options = Vec::new();
        for node in self.elements(name) {
            let group = node.children().find(|node| node.has_tag_name("group"));
            let group = group
                .and_then(|node| node.text())
                .unwrap_or("1")
                .trim()
                .to_owned();
            options.push((html::words(&self.text(node)), group));
        }
        let text = std::mem::take(&mut draft.text);
        let (mut texts, mut gaps) = (vec![String::new()], Vec::new());
        let mut rest = text.as_str();
        // The reader of HTML has escaped the brackets.
        while let Some((before, after)) = rest.split_once("\\[\\[") {
            let Some((number, after)) = after.split_once("]]") else {
                break;
            };
            let Some((word, group)) = number
                .parse::<usize>()
                .ok()
                .and_then(|at| options.get(at.wrapping_sub(1)))
            else {
                self.notes.expected(self.span.clone(), NAME, "[[1]]");
                return None;
            };
            let choices: Vec<String> = options
                .iter()
                .filter(|(_, one)| one == group)
                .map(|(word, _)| word.clone())
                .collect();
            let right = choices.iter().position(|one| one == word)?;
            gaps.push(Gap::Choices { choices, right });
            if let Some(last) = texts.last_mut() {
                last.push_str(before);
            }
            texts.push(String::new());
            rest = after;
        }
        if let Some(last) = texts.last_mut() {
            last.push_str(rest);
        }
        if gaps.is_empty() {
            self.notes.expected(self.span.clone(), NAME, "[[1]]");
            return None;
        }
        Some(Ask::Blanks { texts, gaps })
    }

    fn matching(&mut self) -> Option<Ask> {
        let mut pairs = Vec::new();
        for node in self.elements("subquestion") {
            let answer = node.children().find(|node| node.has_tag_name("answer"));
            let right = answer
                .and_then(raw_text)
                .unwrap_or_default()
                .trim()
                .to_owned();
            pairs.push((self.text(node), markdown::of_plain(&right)));
        }
        Some(match_pairs(pairs))
    }

    /// What graders are told: a model answer, and criteria where it ends in a list of them.
    fn criteria(&self, info: &str) -> (String, Vec<Criterion>) {
        let mut criteria = Vec::new();
        let mut model = Vec::new();
        for block in info.split("\n\n") {
            let items: Option<Vec<Criterion>> = block
                .lines()
                .map(|line| {
                    let (points, text) = keywords::criterion(line.strip_prefix("- ")?)?;
                    Some(Criterion {
                        points,
                        text: text.to_owned(),
                    })
                })
                .collect();
            match items {
                Some(items) if !items.is_empty() => criteria.extend(items),
                _ => model.push(block),
            }
        }
        (model.join("\n\n"), criteria)
    }
}

/// A number in our form with a unit behind it.
fn with_unit(number: &str, unit: &str) -> String {
    match unit {
        "" => number.to_owned(),
        "%" | "％" => match number.split_once(" ± ") {
            Some((middle, slack)) => format!("{middle}% ± {slack}%"),
            None => format!("{number}%"),
        },
        unit => format!("{number} {unit}"),
    }
}

fn gapped(text: String, gap: Gap) -> Ask {
    let mut texts = vec![text, String::new()];
    if let Some(at) = texts[0].find("\\_\\_\\_\\_\\_") {
        let rest = texts[0].split_off(at);
        texts[1] = rest.trim_start_matches(['\\', '_']).to_owned();
    }
    Ask::Blanks {
        texts,
        gaps: vec![gap],
    }
}
