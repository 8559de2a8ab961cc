//! From the headings of a page to its questions: which headings ask something, and which block
//! below them is what.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::{Block, Question, Shape, blanks, choice, open, ordering, table};
use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::page::kind::Kind;
use crate::page::{Heading, keywords};
use crate::source::FileId;
use crate::syntax::plain;
use crate::syntax::{Spanned, end_of};

/// What a question is read from.
pub(super) struct Reader<'r> {
    pub(super) file: FileId,
    /// The whole file.
    pub(super) text: &'r str,
    /// Of the whole page.
    pub(super) events: &'r [Spanned<'r>],
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads the questions of a page, and says what is wrong with them.
pub fn questions(
    file: FileId,
    text: &str,
    kind: Kind,
    headings: &[Heading],
    events: &[Spanned<'_>],
) -> (Vec<Question>, Vec<Diagnostic>) {
    let asked = asked(kind, headings);
    if asked.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let starts: Vec<usize> = (0..events.len())
        .filter(|at| matches!(events[*at].0, Event::Start(Tag::Heading { .. })))
        .collect();
    let mut reader = Reader {
        file,
        text,
        events,
        diagnostics: Vec::new(),
    };
    let mut questions = Vec::with_capacity(asked.len());
    for place in asked {
        let body = end_of(events, starts[place]) + 1
            ..starts.get(place + 1).copied().unwrap_or(events.len());
        let end = headings
            .get(place + 1)
            .map_or(text.len(), |next| next.span.start);
        questions.extend(reader.question(&headings[place], place, body, end));
    }
    (questions, reader.diagnostics)
}

/// The headings that ask: every `##` of a quiz page, and elsewhere every heading one level below
/// one that opens a quiz.
fn asked(kind: Kind, headings: &[Heading]) -> Vec<usize> {
    let mut opened = (kind == Kind::Quiz).then_some(1u8);
    let mut asked = Vec::new();
    for (place, heading) in headings.iter().enumerate() {
        if kind != Kind::Quiz {
            if keywords::is_quiz_heading(&heading.text) {
                opened = Some(heading.level);
                continue;
            }
            opened = opened.filter(|quiz| heading.level > *quiz);
        }
        if opened.is_some_and(|quiz| heading.level == quiz + 1) {
            asked.push(place);
        }
    }
    asked
}

/// The parts into which the blocks below a heading fall.
#[derive(Default)]
struct Parts {
    stem: Vec<Block>,
    hints: Vec<Block>,
    model: Vec<Block>,
    explanation: Vec<Block>,
    tasks: Vec<Block>,
    criteria: Vec<Block>,
    order: Vec<Block>,
    tables: Vec<Block>,
}

impl<'r> Reader<'r> {
    /// Notes that something is wrong at some bytes of the file.
    pub(super) fn say(&mut self, code: Code, span: Range<usize>) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::at(code, self.file, span));
        // What was just pushed is there.
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    /// The plain text of some events.
    pub(super) fn plain(&self, block: &Block) -> String {
        plain::text(&self.events[block.clone()])
    }

    /// The bytes of some events in the file, without space around them.
    pub(super) fn span(&self, block: &Block) -> Range<usize> {
        span_of(self.text, &self.events[block.clone()])
    }

    fn question(
        &mut self,
        heading: &Heading,
        place: usize,
        body: Block,
        end: usize,
    ) -> Option<Question> {
        let mut parts = Parts::default();
        let mut at = body.start;
        while at < body.end {
            let block = at..(end_of(self.events, at) + 1).min(body.end);
            at = block.end;
            self.sort(heading, block, &mut parts);
        }
        let shape = self.shape(heading, &parts)?;
        Some(Question {
            heading: place,
            span: heading.span.start..end,
            body,
            points: keywords::points(&heading.text).unwrap_or(1),
            stem: parts.stem,
            hints: parts.hints,
            model: parts.model,
            explanation: parts.explanation,
            shape,
        })
    }

    /// Puts one block where it belongs.
    fn sort(&self, heading: &Heading, block: Block, parts: &mut Parts) {
        let place = match &self.events[block.start].0 {
            // The comment that names the question.
            Event::Start(Tag::HtmlBlock) if self.is_comment(&block) => return,
            Event::Start(Tag::List(None)) if self.has_marker(&block) => &mut parts.tasks,
            Event::Start(Tag::List(_)) if keywords::is_criterion(&self.plain(&block)) => {
                &mut parts.criteria
            }
            Event::Start(Tag::List(Some(_))) if keywords::is_ordering(&heading.text) => {
                &mut parts.order
            }
            Event::Start(Tag::Table(_)) if keywords::is_table_answer(&heading.text) => {
                &mut parts.tables
            }
            Event::Start(Tag::BlockQuote(_)) => {
                let text = self.plain(&block);
                if keywords::is_model(&text) {
                    &mut parts.model
                } else if keywords::is_explanation(&text) {
                    &mut parts.explanation
                } else if keywords::is_hint(&text) {
                    &mut parts.hints
                } else {
                    &mut parts.stem
                }
            }
            _ => &mut parts.stem,
        };
        place.push(block);
    }

    fn is_comment(&self, block: &Block) -> bool {
        self.text[self.span(block)].starts_with("<!--")
    }

    fn has_marker(&self, block: &Block) -> bool {
        self.events[block.clone()]
            .iter()
            .any(|(event, _)| matches!(event, Event::TaskListMarker(_)))
    }

    /// What kind of answer the parts ask for. There has to be one, and no more than one.
    fn shape(&mut self, heading: &Heading, parts: &Parts) -> Option<Shape> {
        let told = self.diagnostics.len();
        let gaps = blanks::find(self, &parts.stem);
        // A gap that cannot be read is what is wrong, not that there is none.
        if self.diagnostics.len() > told {
            return None;
        }
        let found = [
            !parts.tasks.is_empty(),
            !gaps.is_empty(),
            !parts.order.is_empty(),
            !parts.tables.is_empty(),
            !parts.criteria.is_empty() || !parts.model.is_empty(),
        ];
        match found.iter().filter(|found| **found).count() {
            0 => {
                self.say(Code::NoAnswerShape, heading.span.clone());
                return None;
            }
            1 => {}
            // A model answer beside options explains; the options are what is answered.
            _ if found[4] && parts.criteria.is_empty() => {}
            _ => {
                self.say(Code::TwoAnswerShapes, heading.span.clone());
                return None;
            }
        }
        let several = [&parts.tasks, &parts.order, &parts.tables];
        if let Some(second) = several.iter().find_map(|blocks| blocks.get(1)) {
            let span = self.span(second);
            self.say(Code::TwoAnswerShapes, span);
            return None;
        }
        if let Some(list) = parts.tasks.first() {
            choice::read(self, heading, list, !parts.explanation.is_empty())
        } else if !gaps.is_empty() {
            Some(Shape::Blanks(gaps))
        } else if let Some(list) = parts.order.first() {
            ordering::read(self, list)
        } else if let Some(block) = parts.tables.first() {
            table::read(self, heading, block)
        } else {
            Some(open::read(self, &parts.criteria))
        }
    }

    /// The items of a list.
    pub(super) fn items(&self, list: &Block) -> Vec<Block> {
        children(self.events, list)
    }
}

/// The blocks directly inside a block.
pub(super) fn children(events: &[Spanned<'_>], block: &Block) -> Vec<Block> {
    let mut children = Vec::new();
    let mut at = block.start + 1;
    while at + 1 < block.end {
        let end = end_of(events, at) + 1;
        children.push(at..end);
        at = end;
    }
    children
}

/// The bytes that some events stand for, without space around them.
pub(super) fn span_of(text: &str, events: &[Spanned<'_>]) -> Range<usize> {
    let start = events.iter().map(|(_, span)| span.start).min().unwrap_or(0);
    let end = events
        .iter()
        .map(|(_, span)| span.end)
        .max()
        .unwrap_or(start);
    let written = &text[start..end];
    let lead = written.len() - written.trim_start().len();
    start + lead..start + lead.max(written.trim_end().len())
}
