//! Cuts text into the terms that are indexed and searched; pages and queries go through the same knife.
//!
//! A run of Han characters (or kana, or Hangul) becomes overlapping pairs, and its last character alone besides: 物业费
//! gives 物业, 业费, 费. So every piece of two characters is a term, every longer piece a row of terms, and every single
//! character the beginning of a term. A run of other letters and digits is one word. The rest separates, and takes no
//! place of its own: 您好，请问 stands at 您好 0, 好 1, 请问 2, 问 3.

mod fold;
mod stop;
mod stream;

pub use fold::Folding;
pub use stop::strip_question;
pub use stream::SectionTokenizer;

/// A longer word, which no person wrote, is cut into pieces of this many characters.
const LONGEST_WORD: usize = 64;

/// One term of a text, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// The folded text of the term.
    pub text: String,
    /// Its place in the row of terms.
    pub position: u32,
    /// The bytes of the original text it was cut from.
    pub range: std::ops::Range<usize>,
    /// Whether it is cut from Han, kana or Hangul.
    pub han: bool,
}

/// What a character is to the cutting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Written without spaces: cut into pairs.
    Han,
    /// A letter or digit of a word.
    Word,
    /// Invisible: as if it were not there.
    Invisible,
    /// Everything else.
    Separator,
}

fn class(char: char) -> Class {
    match char {
        'a'..='z' | '0'..='9' => Class::Word,
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => {
            Class::Invisible
        }
        '々' | '〇' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | 'ー' => Class::Han,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => Class::Han,
        '\u{AC00}'..='\u{D7A3}' | '\u{20000}'..='\u{3FFFF}' => Class::Han,
        _ if char.is_alphanumeric() => Class::Word,
        _ => Class::Separator,
    }
}

/// One visible character, folded, with the bytes of the original it stands for.
#[derive(Clone, Copy)]
struct Glyph {
    char: char,
    class: Class,
    start: usize,
    end: usize,
}

/// The terms of one text, in order.
pub struct Terms<'a> {
    folding: &'a Folding,
    rest: std::str::CharIndices<'a>,
    /// The glyph that is read but not yet cut.
    ahead: Option<Glyph>,
    position: u32,
}

impl<'a> Terms<'a> {
    /// Begins to cut a text.
    pub fn new(folding: &'a Folding, text: &'a str) -> Self {
        let mut terms = Self {
            folding,
            rest: text.char_indices(),
            ahead: None,
            position: 0,
        };
        terms.ahead = terms.read();
        terms
    }

    /// The next visible glyph.
    fn read(&mut self) -> Option<Glyph> {
        loop {
            let (start, char) = self.rest.next()?;
            let folded = self.folding.fold(char);
            let class = class(folded);
            if class != Class::Invisible {
                let end = start + char.len_utf8();
                return Some(Glyph {
                    char: folded,
                    class,
                    start,
                    end,
                });
            }
        }
    }

    /// Cuts the next term into `term`, whose memory is used again; `false` at the end of the text.
    pub fn next_into(&mut self, term: &mut Term) -> bool {
        while let Some(glyph) = self.ahead {
            self.ahead = self.read();
            if glyph.class == Class::Separator {
                continue;
            }
            term.text.clear();
            term.text.push(glyph.char);
            term.range = glyph.start..glyph.end;
            term.han = glyph.class == Class::Han;
            if term.han {
                self.pair(term);
            } else {
                self.word(term);
            }
            term.position = self.position;
            self.position += 1;
            return true;
        }
        false
    }

    /// Adds the second character of a pair, which also begins the next one.
    fn pair(&self, term: &mut Term) {
        if let Some(next) = self.ahead.filter(|next| next.class == Class::Han) {
            term.text.push(next.char);
            term.range.end = next.end;
        }
    }

    /// Adds the rest of a word.
    fn word(&mut self, term: &mut Term) {
        let mut length = 1;
        while let Some(next) = self.ahead.filter(|next| next.class == Class::Word) {
            if length == LONGEST_WORD {
                break;
            }
            term.text.push(next.char);
            term.range.end = next.end;
            length += 1;
            self.ahead = self.read();
        }
    }
}

impl Iterator for Terms<'_> {
    type Item = Term;

    fn next(&mut self) -> Option<Term> {
        let mut term = Term::default();
        self.next_into(&mut term).then_some(term)
    }
}
