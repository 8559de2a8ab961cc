//! From the events of a page to its scenario.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::choices::{Item, Shape, items, split};
use super::code::{self, Clause, Scope};
use super::lex::{Name, Names};
use super::lines::{self, Quote, blocks};
use super::sections::{Section, is_list, playable, sections};
use super::tables::Declared;
use super::{Block, Choice, Domain, Ending, EndingKind, Limit, Part, Place, Scenario, Variable};
use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::page::Heading;
use crate::page::keywords::scenario as words;
use crate::source::FileId;
use crate::syntax::Spanned;
use crate::syntax::plain::{self, Length};

/// Reads the scenario of a page whose headings are known.
pub fn read(
    file: FileId,
    events: &[Spanned<'_>],
    headings: &[Heading],
) -> (Scenario, Vec<Diagnostic>) {
    let sections = sections(&blocks(events));
    let mut declared = Declared::default();
    for block in sections.iter().flat_map(|section| &section.blocks) {
        if matches!(block[0].0, Event::Start(Tag::Table(_))) {
            declared.table(file, block);
        }
    }
    let Declared {
        mut variables,
        competencies,
        mut diagnostics,
    } = declared;
    let playable = playable(&sections);
    let questions = playable.iter().any(|section| section.has(Shape::Option));
    let names = names(&mut variables, &competencies, questions);
    let scope = Scope {
        file,
        names,
        variables: &variables,
        competencies: &competencies,
    };
    let mut reader = Reader {
        scope: &scope,
        diagnostics: &mut diagnostics,
        places: Vec::new(),
    };
    for section in playable {
        reader.section(section, headings);
    }
    let places = reader.places;
    if places.is_empty() {
        diagnostics.push(Diagnostic::at(Code::ScenarioEmpty, file, 0..0));
    }
    let mut scenario = Scenario {
        variables,
        competencies,
        places,
        once: 0,
        sound: diagnostics.is_empty(),
    };
    link(&mut scenario, headings);
    (scenario, diagnostics)
}

/// All names; a page with a question also has the variable that tells whether it was answered.
fn names(
    variables: &mut Vec<Variable>,
    competencies: &[super::Competency],
    questions: bool,
) -> Names {
    let mut names: Vec<(String, Name)> = Vec::new();
    if questions {
        let at = variables.len();
        names.extend(
            words::ANSWERED
                .iter()
                .map(|word| ((*word).to_owned(), Name::Variable(at))),
        );
        variables.push(Variable {
            name: words::ANSWERED[0].to_owned(),
            span: 0..0,
            domain: Domain::Flag,
            start: 0,
            meaning: String::new(),
        });
    }
    let of_variable = |(at, one): (usize, &Variable)| (one.name.clone(), Name::Variable(at));
    let declared = variables
        .iter()
        .enumerate()
        .filter(|(_, one)| !one.span.is_empty());
    names.extend(declared.map(of_variable));
    let competencies = competencies.iter().enumerate();
    names.extend(competencies.map(|(at, one)| (one.name.clone(), Name::Competency(at))));
    Names::new(names)
}

struct Reader<'r> {
    scope: &'r Scope<'r>,
    diagnostics: &'r mut Vec<Diagnostic>,
    places: Vec<Place>,
}

impl Reader<'_> {
    fn section(&mut self, section: Section<'_, '_>, headings: &[Heading]) {
        let Some((_, heading)) = section.heading else {
            return;
        };
        let span = heading[0].1.clone();
        let Some(known) = headings.iter().find(|one| one.span == span) else {
            return;
        };
        let end = section.blocks.iter().map(|block| block[0].1.end).max();
        let place = Place {
            id: known
                .id
                .as_ref()
                .map_or(&known.anchor, |(id, _)| id)
                .clone(),
            anchor: known.anchor.clone(),
            title: known.text.clone(),
            extent: span.start..end.unwrap_or(span.end).max(span.end),
            span,
            length: Length::default(),
            part: Part::Whole,
            once: None,
            blocks: Vec::new(),
            limit: None,
            choices: Vec::new(),
            branches: Vec::new(),
            ending: None,
        };
        let first = self.places.len();
        self.places.push(place);
        for (at, block) in section.blocks.iter().enumerate() {
            if let Some(verdict) = lines::verdict(block) {
                self.ending(verdict, &section.blocks[at..]);
                break;
            }
            self.block(block);
        }
        for at in first..self.places.len() {
            self.check_limit(at);
        }
    }

    fn here(&mut self) -> Option<&mut Place> {
        self.places.last_mut()
    }

    fn block(&mut self, block: &[Spanned<'_>]) {
        let text = plain::text(block);
        if let Some(place) = self.here() {
            let length = Length::of(&text);
            place.length.han += length.han;
            place.length.words += length.words;
        }
        let blocks = match &block[0].0 {
            Event::Start(Tag::HtmlBlock) => Vec::new(),
            Event::Start(Tag::Table(_)) if Declared::default().table(self.scope.file, block) => {
                Vec::new()
            }
            Event::Start(Tag::Paragraph) if self.marks(block) => Vec::new(),
            Event::Start(Tag::BlockQuote(None)) => {
                let mut quote = Quote::default();
                quote.read(block);
                quote.lines.into_iter().map(Block::Line).collect()
            }
            Event::Start(Tag::List(_)) if self.list(block) => Vec::new(),
            _ => vec![Block::Stage(block[0].1.clone())],
        };
        if let Some(place) = self.here() {
            place.blocks.extend(blocks);
        }
    }

    /// A paragraph of nothing but marks: `一次`, `限时 20 秒`.
    fn marks(&mut self, block: &[Spanned<'_>]) -> bool {
        let inner = &block[1..block.len().max(2) - 1];
        let is_mark = |(event, _): &Spanned<'_>| match event {
            Event::Code(_) | Event::SoftBreak => true,
            Event::Text(text) => text.trim().is_empty(),
            _ => false,
        };
        if inner.is_empty() || !inner.iter().all(is_mark) {
            return false;
        }
        let codes = inner.iter().filter_map(|(event, span)| match event {
            Event::Code(code) => Some((code.to_string(), span.clone())),
            _ => None,
        });
        let read =
            |(text, span): (String, Range<usize>)| (code::read(&text, &span, self.scope), span);
        let clauses: Vec<_> = codes.map(read).collect();
        let is_ours = |clause: &Clause| matches!(clause, Clause::Once | Clause::Limit(_));
        if !clauses
            .iter()
            .any(|(clause, _)| clause.as_ref().is_ok_and(is_ours))
        {
            return false;
        }
        for (clause, span) in clauses {
            match (clause, self.places.last_mut()) {
                (Ok(Clause::Once), Some(place)) => place.once = Some(0),
                (Ok(Clause::Limit(seconds)), Some(place)) => {
                    place.limit = Some(Limit { seconds, span });
                }
                (Err(diagnostic), _) => self.diagnostics.push(diagnostic),
                _ => {
                    let mark = Diagnostic::at(Code::ScenarioMark, self.scope.file, span);
                    self.diagnostics.push(mark);
                }
            }
        }
        true
    }

    /// Whether a list leads on or asks. Markdown joins a task list to the choices right below it.
    fn list(&mut self, block: &[Spanned<'_>]) -> bool {
        let items = items(block);
        let (options, ways) = split(&items);
        if !options.is_empty() {
            self.question(options);
        }
        let leads_on = |item: &Item<'_, '_>| matches!(item.shape(), Shape::Choice | Shape::Branch);
        if ways.iter().any(leads_on) || !(options.is_empty() || ways.is_empty()) {
            self.ways(ways);
        } else if options.is_empty() {
            return false;
        }
        true
    }

    fn ways(&mut self, items: &[Item<'_, '_>]) {
        for item in items {
            let Some(place) = self.places.last_mut() else {
                return;
            };
            match item.shape() {
                Shape::Choice => {
                    let id = format!("{}/{}", place.id, place.choices.len() + 1);
                    place
                        .choices
                        .extend(item.choice(id, self.scope, self.diagnostics));
                }
                Shape::Branch => place
                    .branches
                    .extend(item.branch(self.scope, self.diagnostics)),
                Shape::Option | Shape::Other => {
                    self.diagnostics.push(item.misplaced(self.scope));
                }
            }
        }
    }

    /// Cuts the place in two: the question, and what goes on from its answer.
    fn question(&mut self, items: &[Item<'_, '_>]) {
        let scope = self.scope;
        let Some(Name::Variable(answered)) = scope.names.get(words::ANSWERED[0]) else {
            return;
        };
        let next = self.places.len();
        let Some(place) = self.places.last_mut() else {
            return;
        };
        if place.part != Part::Whole || !(place.choices.is_empty() && place.branches.is_empty()) {
            self.diagnostics
                .extend(items.first().map(|item| item.misplaced(scope)));
            return;
        }
        let rest = Place {
            id: format!("{}:2", place.id),
            part: Part::Rest,
            once: None,
            blocks: Vec::new(),
            length: Length::default(),
            limit: None,
            ..place.clone()
        };
        place.part = Part::Question;
        for item in items {
            let id = format!("{}?{}", place.id, place.choices.len() + 1);
            let mut option = item.option(id, answered, scope, self.diagnostics);
            option.to.place = Some(next);
            place.choices.push(option);
        }
        let answers = |right| place.choices.iter().any(|one| one.answer == Some(right));
        if !(answers(true) && answers(false)) {
            self.diagnostics
                .extend(items.first().map(|item| item.misplaced(scope)));
        }
        self.places.push(rest);
    }

    fn ending(&mut self, verdict: lines::Verdict, rest: &[&[Spanned<'_>]]) {
        let file = self.scope.file;
        if verdict.verdict.is_none() {
            let diagnostic = Diagnostic::at(Code::ScenarioEnding, file, verdict.span.clone());
            self.diagnostics.push(diagnostic);
        }
        let leads_on = |block: &&&[Spanned<'_>]| {
            let shape = |item: Item<'_, '_>| matches!(item.shape(), Shape::Choice | Shape::Branch);
            is_list(block) && items(block).into_iter().any(shape)
        };
        let ways = rest.iter().find(leads_on).map(|block| block[0].1.clone());
        let Some(place) = self.places.last_mut() else {
            return;
        };
        let (kind, score) = verdict.verdict.unwrap_or((EndingKind::Mixed, 0));
        let text: String = rest
            .iter()
            .map(|block| plain::text(*block) + "\n")
            .collect();
        let length = Length::of(&text);
        place.length.han += length.han;
        place.length.words += length.words;
        place.ending = Some(Ending {
            span: verdict.span.clone(),
            kind,
            score,
            debrief: verdict.rest..place.extent.end,
            links: rest.iter().flat_map(|block| lines::links(block)).collect(),
        });
        let goes_on = !(place.choices.is_empty() && place.branches.is_empty());
        if goes_on || ways.is_some() {
            let at = ways.unwrap_or(verdict.span);
            self.diagnostics
                .push(Diagnostic::at(Code::ScenarioGoesOn, file, first_line(at)));
        }
    }

    /// A time limit has one default, which is always there to be taken.
    fn check_limit(&mut self, at: usize) {
        let place = &self.places[at];
        let defaults: Vec<&Choice> = place.choices.iter().filter(|one| one.timeout).collect();
        let sound = match (&place.limit, defaults.as_slice()) {
            (None, []) => true,
            (Some(_), [one]) => one.when.is_none() && one.once.is_none(),
            _ => false,
        };
        if !sound {
            let limit = place.limit.as_ref().map(|limit| limit.span.clone());
            let span = limit.or_else(|| defaults.first().map(|one| one.label.span.clone()));
            let span = span.unwrap_or_default();
            self.diagnostics
                .push(Diagnostic::at(Code::ScenarioLimit, self.scope.file, span));
        }
    }
}

fn first_line(span: Range<usize>) -> Range<usize> {
    span.start..span.start
}

/// Finds the place of every link, and numbers what is possible only once.
fn link(scenario: &mut Scenario, headings: &[Heading]) {
    let mut by_anchor: HashMap<String, usize> = HashMap::new();
    for (at, place) in scenario.places.iter().enumerate() {
        if place.part == Part::Rest {
            continue;
        }
        by_anchor.insert(place.anchor.clone(), at);
        let heading = headings.iter().find(|heading| heading.span == place.span);
        if let Some((id, _)) = heading.and_then(|heading| heading.id.as_ref()) {
            by_anchor.insert(id.clone(), at);
        }
    }
    let find = |dest: &str| by_anchor.get(&decode(dest)).copied();
    let mut once = 0;
    let mut number = |mark: &mut Option<usize>| {
        if mark.is_some() {
            *mark = Some(once);
            once += 1;
        }
    };
    for place in &mut scenario.places {
        number(&mut place.once);
        for choice in &mut place.choices {
            number(&mut choice.once);
            choice.to.place = choice.to.place.or_else(|| find(&choice.to.dest));
        }
        for branch in &mut place.branches {
            branch.to.place = find(&branch.to.dest);
        }
    }
    scenario.once = once;
}

/// The anchor in a link to a place of the same page.
fn decode(dest: &str) -> String {
    let anchor = dest.strip_prefix('#').unwrap_or(dest);
    percent_encoding::percent_decode_str(anchor)
        .decode_utf8_lossy()
        .into_owned()
}
