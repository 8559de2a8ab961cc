//! The inline content of one block, taken apart into text and delimiter runs and put together.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::Spanned;
use super::delimiter::{self, Kind, Run, Span};
use super::flanking::Neighbours;

/// Reads the emphasis in one container anew. `None` if nothing comes of it.
pub(super) fn reread<'a>(source: &'a str, events: &[Spanned<'a>]) -> Option<Vec<Spanned<'a>>> {
    let mut content = Content::read(source, events)?;
    if !content.judge() {
        return None;
    }
    for scope in &content.scopes {
        delimiter::pair_up(&mut content.runs, scope);
    }
    (!content.is_as_before()).then(|| content.into_events())
}

/// What an inline container consists of, in source order.
enum Piece<'a> {
    /// Text that is found in the source exactly so.
    Text(Range<usize>),
    /// The delimiter run at this place in [`Content::runs`].
    Run(usize),
    /// Anything else, passed on as it came.
    Other(Spanned<'a>),
}

struct Content<'a> {
    source: &'a str,
    pieces: Vec<Piece<'a>>,
    runs: Vec<Run>,
    /// The spans that the parser found, in source order.
    before: Vec<Span>,
    /// For each scope, the runs in it: first the container itself, then every link and image.
    scopes: Vec<Vec<usize>>,
    /// The scope that is being read.
    scope: usize,
    /// The scopes around it, the innermost last.
    around: Vec<usize>,
    /// How many events have started and not ended.
    depth: usize,
    /// Whether reading is inside an autolink or the like, whose text has no markup.
    verbatim: bool,
    /// Where the last piece ended. A byte between pieces is markup that has been used up.
    end: usize,
}

impl<'a> Content<'a> {
    /// Takes the events apart. `None` if they are not what the parser would make of the source,
    /// and so are better left alone.
    fn read(source: &'a str, events: &[Spanned<'a>]) -> Option<Self> {
        let mut content = Content {
            source,
            pieces: Vec::with_capacity(events.len()),
            runs: Vec::new(),
            before: Vec::new(),
            scopes: vec![Vec::new()],
            scope: 0,
            around: Vec::new(),
            depth: 0,
            verbatim: false,
            end: 0,
        };
        for (event, range) in events {
            content.read_event(event, range)?;
        }
        (content.depth == 0).then_some(content)
    }

    fn read_event(&mut self, event: &Event<'a>, range: &Range<usize>) -> Option<()> {
        match event {
            Event::Text(text) => self.read_text(text, range),
            Event::Start(tag) => {
                self.depth += 1;
                match kind(&tag.to_end()) {
                    Some(kind) => self.read_opener(kind, range)?,
                    None => self.enter_scope(tag, range),
                }
            }
            Event::End(tag) => {
                self.depth = self.depth.checked_sub(1)?;
                match kind(tag) {
                    Some(kind) => self.read_closer(kind, range)?,
                    None => self.leave_scope(*tag, range)?,
                }
            }
            _ => self.push_other(event.clone(), range),
        }
        Some(())
    }

    /// Splits text into delimiter runs and what lies between them.
    fn read_text(&mut self, text: &CowStr<'a>, range: &Range<usize>) {
        // Entities and smart punctuation stand for something else than the source says.
        if self.verbatim || self.source.get(range.clone()) != Some(&**text) {
            self.push_other(Event::Text(text.clone()), range);
            return;
        }
        let bytes = &self.source.as_bytes()[..range.end];
        let mut at = range.start;
        // A backslash that belongs to no piece has been used up to escape what follows.
        let mut plain = usize::from(self.end < at && bytes[at - 1] == b'\\');
        while at < range.end {
            plain += bytes[at + plain..]
                .iter()
                .position(|&b| delimiter::is_marker(b))
                .unwrap_or(range.end - at - plain);
            if plain > 0 {
                self.push(Piece::Text(at..at + plain), at + plain);
            }
            at += plain;
            plain = 0;
            if at < range.end {
                let len = delimiter::run_length(&bytes[at..]);
                self.push_run(at..at + len);
                at += len;
            }
        }
    }

    /// Reads the delimiter at the beginning of a span, as part of a run that may hold more.
    fn read_opener(&mut self, kind: Kind, range: &Range<usize>) -> Option<()> {
        let width = self.delimiter_width(kind, range)?;
        self.push_run(range.start..range.start + width);
        self.before.push(Span {
            kind,
            range: range.clone(),
        });
        Some(())
    }

    /// Reads the delimiter at the end of a span.
    fn read_closer(&mut self, kind: Kind, range: &Range<usize>) -> Option<()> {
        let width = self.delimiter_width(kind, range)?;
        self.push_run(range.end - width..range.end);
        Some(())
    }

    /// How wide the delimiters of a span are, if there are such on both sides of it.
    fn delimiter_width(&self, kind: Kind, range: &Range<usize>) -> Option<usize> {
        let span = self.source.as_bytes().get(range.clone())?;
        let marker = *span.first().filter(|&&b| delimiter::is_marker(b))?;
        let width = match kind {
            Kind::Emphasis => 1,
            Kind::Strong => 2,
            Kind::Strikethrough => delimiter::run_length(span).min(2),
        };
        let both = span.len() >= 2 * width
            && span[..width].iter().all(|&b| b == marker)
            && span[span.len() - width..].iter().all(|&b| b == marker);
        both.then_some(width)
    }

    fn enter_scope(&mut self, tag: &Tag<'a>, range: &Range<usize>) {
        self.verbatim |= is_verbatim(tag);
        self.around.push(self.scope);
        self.scope = self.scopes.len();
        self.scopes.push(Vec::new());
        // The range takes in the content, so nothing but the start of it has been read.
        let start = Event::Start(tag.clone());
        self.push(Piece::Other((start, range.clone())), range.start);
    }

    fn leave_scope(&mut self, tag: TagEnd, range: &Range<usize>) -> Option<()> {
        self.verbatim = false;
        self.scope = self.around.pop()?;
        self.push_other(Event::End(tag), range);
        Some(())
    }

    fn push(&mut self, piece: Piece<'a>, end: usize) {
        self.pieces.push(piece);
        self.end = end;
    }

    fn push_other(&mut self, event: Event<'a>, range: &Range<usize>) {
        self.push(Piece::Other((event, range.clone())), range.end);
    }

    /// Adds a run, or lengthens the last one if this is more of the same.
    fn push_run(&mut self, range: Range<usize>) {
        let end = range.end;
        let marker = self.source.as_bytes()[range.start];
        if let Some(Piece::Run(last)) = self.pieces.last() {
            let run = &mut self.runs[*last];
            if run.marker == marker && run.range.end == range.start {
                run.range.end = end;
                run.rest.end = end;
                self.end = end;
                return;
            }
        }
        let index = self.runs.len();
        self.runs.push(Run::new(marker, range));
        self.scopes[self.scope].push(index);
        self.push(Piece::Run(index), end);
    }

    /// Tells every run what it may do. Returns whether any of them was disputed.
    fn judge(&mut self) -> bool {
        let mut disputed = false;
        for (place, piece) in self.pieces.iter().enumerate() {
            let Piece::Run(index) = *piece else { continue };
            let run = &mut self.runs[index];
            // The source before a line is the frame of the block: `>`, `|`, indentation.
            let starts_line = match place.checked_sub(1).map(|before| &self.pieces[before]) {
                Some(Piece::Other((event, _))) => {
                    matches!(event, Event::SoftBreak | Event::HardBreak)
                }
                other => other.is_none(),
            };
            let ends_block = place + 1 == self.pieces.len();
            let neighbours = Neighbours {
                before: if starts_line {
                    ""
                } else {
                    &self.source[..run.range.start]
                },
                after: if ends_block {
                    ""
                } else {
                    &self.source[run.range.end..]
                },
            };
            run.flanking = neighbours.amended(run.marker, run.range.len());
            disputed |= neighbours.are_disputed(run.marker, run.range.len());
        }
        disputed
    }

    /// Whether the runs have been paired just as the parser did.
    fn is_as_before(&self) -> bool {
        let spans = self.runs.iter().flat_map(|run| run.opens.iter().rev());
        spans.eq(&self.before)
    }

    /// The events of the container, with its runs as they have been paired.
    fn into_events(self) -> Vec<Spanned<'a>> {
        let mut output = Output {
            source: self.source,
            events: Vec::with_capacity(self.pieces.len()),
            text: 0..0,
        };
        for piece in self.pieces {
            match piece {
                Piece::Text(range) => output.text(range),
                Piece::Run(index) => output.run(&self.runs[index]),
                Piece::Other(event) => output.event(event),
            }
        }
        output.flush();
        output.events
    }
}

/// Whether the text in this link is taken from the source as it is.
fn is_verbatim(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Link {
            link_type: LinkType::Autolink
                | LinkType::Email
                | LinkType::WikiLink { has_pothole: false },
            ..
        }
    )
}

/// Events on their way out, with adjoining text put together.
struct Output<'a> {
    source: &'a str,
    events: Vec<Spanned<'a>>,
    /// Text that has not been written yet.
    text: Range<usize>,
}

impl<'a> Output<'a> {
    fn text(&mut self, range: Range<usize>) {
        if self.text.end == range.start {
            self.text.end = range.end;
        } else {
            self.flush();
            self.text = range;
        }
    }

    fn run(&mut self, run: &Run) {
        for Span { kind, range } in &run.closes {
            self.event((Event::End(tag(*kind).to_end()), range.clone()));
        }
        if !run.rest.is_empty() {
            self.text(run.rest.clone());
        }
        for Span { kind, range } in run.opens.iter().rev() {
            self.event((Event::Start(tag(*kind)), range.clone()));
        }
    }

    fn event(&mut self, event: Spanned<'a>) {
        self.flush();
        self.events.push(event);
    }

    fn flush(&mut self) {
        let range = std::mem::replace(&mut self.text, 0..0);
        if !range.is_empty() {
            let text = CowStr::Borrowed(&self.source[range.clone()]);
            self.events.push((Event::Text(text), range));
        }
    }
}

fn kind(tag: &TagEnd) -> Option<Kind> {
    match tag {
        TagEnd::Emphasis => Some(Kind::Emphasis),
        TagEnd::Strong => Some(Kind::Strong),
        TagEnd::Strikethrough => Some(Kind::Strikethrough),
        _ => None,
    }
}

fn tag(kind: Kind) -> Tag<'static> {
    match kind {
        Kind::Emphasis => Tag::Emphasis,
        Kind::Strong => Tag::Strong,
        Kind::Strikethrough => Tag::Strikethrough,
    }
}
