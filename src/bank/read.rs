//! From a page to its items: the markdown of each part, lifted out of the quotes, lists and tables
//! that hold it.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::{Ask, Card, Choice, Criterion, Gap, Item, Placed};
use crate::page::card::{self, Card as PlacedCard};
use crate::page::question::{Accepts, Blank, Block, Question, Shape, choice_text, is_marker};
use crate::page::{Page, keywords};
use crate::syntax::{self, Spanned};

/// The items and cards of a page whose whole file is `text`.
pub fn page(page: &Page, text: &str) -> (Vec<Placed>, Vec<Card>) {
    let events = syntax::events(text, page.body.clone());
    let reader = Reader {
        page,
        text,
        events: &events,
    };
    let place = |question: &Question| Placed {
        item: reader.item(question),
        file: page.file,
        span: page.headings[question.heading].span.clone(),
    };
    let items = page.questions.iter().map(place).collect();
    let cards = card::cards(page.front.kind, &events);
    (items, cards.iter().map(|card| reader.card(card)).collect())
}

struct Reader<'r> {
    page: &'r Page,
    /// The whole file.
    text: &'r str,
    /// Of the whole page.
    events: &'r [Spanned<'r>],
}

impl Reader<'_> {
    fn item(&self, question: &Question) -> Item {
        let is_gapped = matches!(question.shape, Shape::Blanks(_));
        let quotes = |blocks: &[Block]| -> Vec<String> {
            let quotes = blocks.iter().map(|block| self.quote(&inside(block)));
            let bare = quotes.map(|text| keywords::without_label(&text).to_owned());
            bare.filter(|text| !text.is_empty()).collect()
        };
        Item {
            id: self.page.question_id(question),
            title: self.title(question),
            points: question.points,
            stem: if is_gapped {
                String::new()
            } else {
                self.stem(question)
            },
            hints: quotes(&question.hints),
            model: quotes(&question.model),
            explanation: quotes(&question.explanation),
            ask: self.ask(question),
        }
    }

    fn title(&self, question: &Question) -> String {
        let heading = self.heading(question.heading);
        let title = keywords::without_notes(heading);
        let says_shape = matches!(
            question.shape,
            Shape::Ordering(_) | Shape::Matching(_) | Shape::Classify(_)
        );
        if says_shape {
            keywords::without_shape(&title).to_owned()
        } else {
            title
        }
    }

    /// The markdown of a heading.
    fn heading(&self, at: usize) -> &str {
        let written = self.text[self.page.headings[at].span.clone()].trim();
        let line = written.lines().next().unwrap_or_default();
        let line = line.trim_start_matches('#').trim();
        let bare = line.trim_end_matches('#');
        // Closing marks stand behind a space; `C#` is a word.
        if bare.ends_with(' ') {
            bare.trim_end()
        } else {
            line
        }
    }

    fn stem(&self, question: &Question) -> String {
        let blocks = question.stem.iter().map(|block| self.slice(block));
        blocks.collect::<Vec<_>>().join("\n\n")
    }

    fn ask(&self, question: &Question) -> Ask {
        match &question.shape {
            Shape::Choice {
                options,
                multiple,
                true_false,
            } => Ask::Choice {
                options: options.iter().map(|option| self.option(option)).collect(),
                multiple: *multiple,
                true_false: *true_false,
            },
            Shape::Survey { options, multiple } => Ask::Survey {
                options: options.iter().map(|option| self.option(option)).collect(),
                multiple: *multiple,
            },
            Shape::Blanks(blanks) => self.blanks(question, blanks),
            Shape::Ordering(items) => {
                Ask::Ordering(items.iter().map(|item| self.entry(item)).collect())
            }
            Shape::Matching(matching) => {
                let left = matching.left.iter().map(|cell| self.cell(cell));
                let head = |at: usize| {
                    matching
                        .head
                        .get(at)
                        .map_or(String::new(), |c| self.cell(c))
                };
                Ask::Matching {
                    head: [head(0), head(1)],
                    rows: left.zip(matching.right.iter().copied()).collect(),
                    choices: matching.choices.iter().map(|c| self.cell(c)).collect(),
                }
            }
            Shape::Classify(classify) => {
                let rows = classify.rows.iter().map(|cell| self.cell(cell));
                Ask::Classify {
                    head: classify.head.iter().map(|cell| self.cell(cell)).collect(),
                    rows: rows.zip(classify.right.iter().cloned()).collect(),
                }
            }
            Shape::Open(criteria) => {
                let criterion = |one: &crate::page::question::Criterion| {
                    let text = self.entry(&one.text);
                    let bare = keywords::criterion(&text).map(|(_, text)| text.to_owned());
                    Criterion {
                        points: one.points,
                        text: bare.unwrap_or(text),
                    }
                };
                Ask::Open(criteria.iter().map(criterion).collect())
            }
        }
    }

    fn option(&self, option: &crate::page::question::Choice) -> Choice {
        let events = &self.events[option.text.clone()];
        let marker = events.iter().find(|(event, _)| is_marker(event));
        let span = self.span(&option.text);
        let start = marker.map_or(span.start, |(_, marker)| marker.end.max(span.start));
        let indent = column(self.text, option.span.start) + 2;
        let text = dedent(self.text[start..span.end.max(start)].trim(), indent);
        let text = if option.share < 100 {
            choice_text(&text).trim().to_owned()
        } else {
            text
        };
        let feedback = option.feedback.as_ref().map(|block| self.quote(block));
        Choice {
            text,
            share: option.share,
            feedback: feedback.filter(|text| !text.is_empty()),
        }
    }

    fn blanks(&self, question: &Question, blanks: &[Blank]) -> Ask {
        let mut texts = vec![String::new()];
        let mut blanks_left = blanks.iter().peekable();
        for (nth, block) in question.stem.iter().enumerate() {
            let span = self.span(block);
            let mut at = span.start;
            if nth > 0 {
                push(&mut texts, "\n\n");
            }
            while let Some(blank) = blanks_left.next_if(|blank| blank.span.start < span.end) {
                push(&mut texts, &self.text[at..blank.span.start]);
                texts.push(String::new());
                at = blank.span.end;
            }
            push(&mut texts, &self.text[at..span.end]);
        }
        let gap = |blank: &Blank| match &blank.accepts {
            Accepts::Texts(written) | Accepts::Numbers { written, .. } => {
                Gap::Typed(written.clone())
            }
            Accepts::Choices { choices, right } => Gap::Choices {
                choices: choices.clone(),
                right: *right,
            },
        };
        Ask::Blanks {
            texts,
            gaps: blanks.iter().map(gap).collect(),
        }
    }

    fn card(&self, card: &PlacedCard) -> Card {
        let situation = card.situation.as_ref().map(|cell| self.cell(cell));
        let title = self.heading(card.heading);
        let is_quote =
            |block: &Block| matches!(self.events[block.start].0, Event::Start(Tag::BlockQuote(_)));
        let back = card.answer.iter().map(|block| match is_quote(block) {
            true => self.quote(&inside(block)),
            false => self.slice(block).to_owned(),
        });
        Card {
            id: self.page.heading_id(card.heading),
            front: match situation {
                Some(situation) => format!("**{title}**\n\n{situation}"),
                None => title.to_owned(),
            },
            back: back.collect::<Vec<_>>().join("\n\n"),
            file: self.page.file,
            span: self.page.headings[card.heading].span.clone(),
        }
    }

    /// The bytes of some events; a backslash before the first belongs to it.
    fn span(&self, block: &Block) -> Range<usize> {
        let spans = self.events[block.clone()].iter().map(|(_, span)| span);
        let Some(mut start) = spans.clone().map(|span| span.start).min() else {
            return 0..0;
        };
        let end = spans.map(|span| span.end).max().unwrap_or(start);
        if self.text[..start].ends_with('\\') {
            start -= 1;
        }
        let written = &self.text[start..end];
        start += written.len() - written.trim_start().len();
        start..start + written.trim().len()
    }

    fn slice(&self, block: &Block) -> &str {
        &self.text[self.span(block)]
    }

    /// The inside of a list item.
    fn entry(&self, block: &Block) -> String {
        let span = self.span(block);
        dedent(&self.text[span.clone()], column(self.text, span.start))
    }

    /// The inside of a table's cell.
    fn cell(&self, block: &Block) -> String {
        self.slice(block).replace("\\|", "|")
    }

    /// The inside of a quote, without the marks at the start of its lines.
    fn quote(&self, block: &Block) -> String {
        let mut lines = self.slice(block).lines();
        let mut text = lines.next().unwrap_or_default().to_owned();
        for line in lines {
            let bare = line.trim_start();
            let bare = bare.strip_prefix('>').unwrap_or(bare);
            text.push('\n');
            text.push_str(bare.strip_prefix(' ').unwrap_or(bare));
        }
        text
    }
}

fn push(texts: &mut [String], text: &str) {
    if let Some(last) = texts.last_mut() {
        last.push_str(text);
    }
}

/// The inside of a block such as a quote.
fn inside(block: &Block) -> Block {
    block.start + 1..block.end - 1
}

/// How many bytes stand before a place on its line.
fn column(text: &str, at: usize) -> usize {
    at - text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// A text without the spaces that put its later lines into a list item.
fn dedent(text: &str, indent: usize) -> String {
    let mut lines = text.lines();
    let mut bare = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        bare.push('\n');
        bare.push_str(&line[spaces.min(indent)..]);
    }
    bare
}
