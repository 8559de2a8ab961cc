//! Delimiter runs and how they pair up, as CommonMark's appendix on parsing describes it.

use std::ops::Range;

use super::flanking::Flanking;

/// Whether the byte can be part of a delimiter run.
pub(super) fn is_marker(byte: u8) -> bool {
    matches!(byte, b'*' | b'_' | b'~')
}

/// How many times the first byte stands at the beginning of `bytes`.
pub(super) fn run_length(bytes: &[u8]) -> usize {
    let same = |b: &&u8| Some(*b) == bytes.first();
    bytes.iter().take_while(same).count()
}

/// What a pair of delimiters makes of the text between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Emphasis,
    Strong,
    Strikethrough,
}

/// A stretch of text between two delimiters, which are part of its range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

/// The same character, one or more times in a row.
///
/// A closing span takes characters from the front of the run and an opening span from its back,
/// so that what is left over as text lies in the middle.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) marker: u8,
    pub(super) range: Range<usize>,
    pub(super) flanking: Flanking,
    /// The part of the run that no span has taken.
    pub(super) rest: Range<usize>,
    /// Spans that end here, from the inside out.
    pub(super) closes: Vec<Span>,
    /// Spans that begin here, from the inside out.
    pub(super) opens: Vec<Span>,
}

impl Run {
    /// A run that nothing is known about but its place.
    pub(super) fn new(marker: u8, range: Range<usize>) -> Self {
        Run {
            marker,
            rest: range.clone(),
            range,
            flanking: Flanking {
                can_open: false,
                can_close: false,
            },
            closes: Vec::new(),
            opens: Vec::new(),
        }
    }

    fn is_both(&self) -> bool {
        self.flanking.can_open && self.flanking.can_close
    }

    /// Whether a span may begin at `self` and end at `closer`.
    fn fits(&self, closer: &Run) -> bool {
        let (own, other) = (self.range.len(), closer.range.len());
        if self.marker != closer.marker {
            return false;
        }
        if self.marker == b'~' {
            return own == other;
        }
        // The "rule of three" keeps `*foo**bar*` one span.
        let ambiguous = self.is_both() || closer.is_both();
        !ambiguous || (own + other) % 3 != 0 || own % 3 == 0
    }
}

/// Pairs the runs of one scope, given in source order by their place in `runs`.
///
/// Links, images and the like are scopes of their own: no span crosses their border.
pub(super) fn pair_up(runs: &mut [Run], scope: &[usize]) {
    let mut openers: Vec<usize> = Vec::new();
    let mut searched = Searched::default();
    for &closer in scope {
        while runs[closer].flanking.can_close && !runs[closer].rest.is_empty() {
            let bottom = searched.bottom(&runs[closer]);
            let first = openers.partition_point(|opener| opener < bottom);
            let fitting = |&opener: &usize| runs[opener].fits(&runs[closer]);
            let Some(place) = openers[first..].iter().rposition(fitting) else {
                *bottom = closer;
                break;
            };
            let depth = first + place;
            // What opened in between and is still open can never close: spans do not overlap.
            openers.truncate(depth + 1);
            pair(runs, openers[depth], closer);
            if runs[openers[depth]].rest.is_empty() {
                openers.pop();
            }
        }
        if runs[closer].flanking.can_open && !runs[closer].rest.is_empty() {
            openers.push(closer);
        }
    }
}

/// Makes one span between two runs that fit, as wide as both allow.
fn pair(runs: &mut [Run], opener: usize, closer: usize) {
    let width = runs[opener].rest.len().min(runs[closer].rest.len()).min(2);
    let start = runs[opener].rest.end - width;
    let end = runs[closer].rest.start + width;
    let kind = match (runs[opener].marker, width) {
        (b'~', _) => Kind::Strikethrough,
        (_, 2) => Kind::Strong,
        _ => Kind::Emphasis,
    };
    let span = Span {
        kind,
        range: start..end,
    };
    runs[opener].rest.end = start;
    runs[opener].opens.push(span.clone());
    runs[closer].rest.start = end;
    runs[closer].closes.push(span);
}

/// For each kind of closing run, the first opener that is still worth a look. Without it, a long
/// row of runs that never match would be searched again and again.
#[derive(Debug, Default)]
struct Searched([[[usize; 3]; 2]; 3]);

impl Searched {
    fn bottom(&mut self, closer: &Run) -> &mut usize {
        let marker = match closer.marker {
            b'*' => 0,
            b'_' => 1,
            _ => 2,
        };
        let both = usize::from(closer.flanking.can_open);
        &mut self.0[marker][both][closer.range.len() % 3]
    }
}
