//! What a delimiter run may do, judged by the characters around it.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Whether a run may begin a span, end one, do both or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flanking {
    pub(super) can_open: bool,
    pub(super) can_close: bool,
}

/// The text of the line before a run and after it; a side is empty where the line ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Neighbours<'s> {
    pub(super) before: &'s str,
    pub(super) after: &'s str,
}

impl Neighbours<'_> {
    /// Whether the amended rules say something else about this run than stock CommonMark.
    pub(super) fn are_disputed(self, marker: u8, len: usize) -> bool {
        let ascii_before = self.before.bytes().next_back().is_none_or(|b| b.is_ascii());
        let ascii_after = self.after.bytes().next().is_none_or(|b| b.is_ascii());
        if ascii_before && ascii_after {
            return false;
        }
        self.stock(marker, len) != self.amended(marker, len)
    }

    /// The reading of CommonMark as it stands.
    fn stock(self, marker: u8, len: usize) -> Flanking {
        let before = Side::stock(self.before.chars().next_back());
        let after = Side::stock(self.after.chars().next());
        flanking(marker, len, before, after)
    }

    /// The reading of the CJK-friendly amendments.
    pub(super) fn amended(self, marker: u8, len: usize) -> Flanking {
        let before = Side::amended_before(self.before);
        let after = Side::amended(self.after.chars().next());
        flanking(marker, len, before, after)
    }
}

/// The rules proper. With no side known to be CJK they are those of CommonMark.
fn flanking(marker: u8, len: usize, before: Side, after: Side) -> Flanking {
    let left = !after.space && (!after.is_barrier() || before.is_boundary());
    let right = !before.space && (!before.is_barrier() || after.is_boundary());
    match (marker, len) {
        (b'_', _) => Flanking {
            can_open: left && (!right || before.punctuation),
            can_close: right && (!left || after.punctuation),
        },
        // A single tilde cannot attach between letters, of whatever script. That keeps
        // `3~5天，8~10天` what it is.
        (b'~', 1) => Flanking {
            can_open: !after.space && (before.space || before.punctuation),
            can_close: !before.space && (after.space || after.punctuation),
        },
        // This parser lets two tildes open before any character, and refuses longer runs.
        (b'~', 2) => Flanking {
            can_open: !after.space,
            can_close: right,
        },
        (b'~', _) => Flanking {
            can_open: false,
            can_close: false,
        },
        _ => Flanking {
            can_open: left,
            can_close: right,
        },
    }
}

/// What the rules need to know of the character on one side of a run.
#[derive(Debug, Clone, Copy)]
struct Side {
    space: bool,
    punctuation: bool,
    cjk: bool,
}

impl Side {
    /// The side as stock CommonMark sees it. The end of the line counts as a space.
    fn stock(c: Option<char>) -> Self {
        Side {
            space: c.is_none_or(char::is_whitespace),
            punctuation: c.is_some_and(is_punctuation),
            cjk: false,
        }
    }

    fn amended(c: Option<char>) -> Self {
        Side {
            cjk: c.is_some_and(is_cjk),
            ..Side::stock(c)
        }
    }

    /// The side before a run. A variation selector there speaks for the character it modifies.
    fn amended_before(text: &str) -> Self {
        let mut backwards = text.chars().rev();
        let last = backwards.next();
        match last {
            Some(selector @ '\u{FE00}'..='\u{FE0E}') => {
                let modified = backwards.next();
                Side {
                    space: false,
                    cjk: modified.is_some_and(|c| is_cjk(c) || is_fullwidth_form(c, selector)),
                    ..Side::stock(modified)
                }
            }
            // An ideographic variation selector can only follow an ideograph.
            Some('\u{E0100}'..='\u{E01EF}') => Side {
                cjk: true,
                ..Side::stock(last)
            },
            _ => Side::amended(last),
        }
    }

    /// Punctuation that keeps a run from attaching to the text on the other side of it.
    fn is_barrier(self) -> bool {
        self.punctuation && !self.cjk
    }

    /// A character beside which a word may begin or end.
    fn is_boundary(self) -> bool {
        self.space || self.punctuation || self.cjk
    }
}

/// Punctuation in the sense of CommonMark 0.31: the Unicode categories P and S.
fn is_punctuation(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_punctuation(),
        // Ideographs need no look into the table, and they are most of what is asked for.
        '\u{4E00}'..='\u{9FFF}' => false,
        _ => matches!(
            c.general_category_group(),
            GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol
        ),
    }
}

/// Curly quotation marks are shared with Western text; this selector asks for the wide form.
fn is_fullwidth_form(c: char, selector: char) -> bool {
    selector == '\u{FE01}' && matches!(c, '‘' | '’' | '“' | '”')
}

/// Whether the amendments count `c` as Chinese, Japanese or Korean.
fn is_cjk(c: char) -> bool {
    c >= CJK[0].0
        && CJK
            .binary_search_by(|&(first, last)| {
                if last < c {
                    std::cmp::Ordering::Less
                } else if c < first {
                    std::cmp::Ordering::Greater
                } else {
                    std::cmp::Ordering::Equal
                }
            })
            .is_ok()
}

/// Characters whose East Asian Width is W, F or H and that are not emoji by default, and the
/// Hangul script, as of Unicode 17. Ranges run across unassigned code points.
const CJK: [(char, char); 26] = [
    ('\u{1100}', '\u{11FF}'),
    ('\u{20A9}', '\u{20A9}'),
    ('\u{2329}', '\u{232A}'),
    ('\u{2630}', '\u{2637}'),
    ('\u{268A}', '\u{268F}'),
    ('\u{2E80}', '\u{303E}'),
    ('\u{3041}', '\u{3247}'),
    ('\u{3250}', '\u{A4C6}'),
    ('\u{A960}', '\u{A97C}'),
    ('\u{AC00}', '\u{D7FB}'),
    ('\u{F900}', '\u{FAFF}'),
    ('\u{FE10}', '\u{FE19}'),
    ('\u{FE30}', '\u{FE6B}'),
    ('\u{FF01}', '\u{FFEE}'),
    ('\u{16FE0}', '\u{1B2FB}'),
    ('\u{1D300}', '\u{1D356}'),
    ('\u{1D360}', '\u{1D376}'),
    ('\u{1F200}', '\u{1F200}'),
    ('\u{1F202}', '\u{1F219}'),
    ('\u{1F21B}', '\u{1F22E}'),
    ('\u{1F230}', '\u{1F231}'),
    ('\u{1F237}', '\u{1F237}'),
    ('\u{1F23B}', '\u{1F248}'),
    ('\u{1F260}', '\u{1F265}'),
    ('\u{20000}', '\u{2FFFD}'),
    ('\u{30000}', '\u{3FFFD}'),
];
