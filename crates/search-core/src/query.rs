//! Reads what was asked: the whole phrase, its words, and what may be left out.

use serde::{Deserialize, Serialize};

use crate::analysis::{Folding, Terms, strip_question};

/// More than anybody types; the rest of a longer text is left out, and said to be.
const LONGEST_QUERY: usize = 120;

/// What somebody is looking for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// The text as typed.
    pub text: String,
    /// How many pages to answer.
    pub limit: usize,
    /// How many of the best pages to pass over.
    pub offset: usize,
    /// Only pages of this kind.
    pub kind: Option<String>,
    /// Only pages of the module in this folder.
    pub module: Option<String>,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            text: String::new(),
            limit: 10,
            offset: 0,
            kind: None,
            module: None,
        }
    }
}

impl Query {
    /// A query for a text, everywhere, ten pages.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// A query, understood.
#[derive(Debug)]
pub struct Plan {
    /// Everything that was typed, as one phrase.
    pub whole: Phrase,
    /// What was typed word by word, without the parts that only ask.
    pub words: Vec<Phrase>,
    /// The parts that only ask; they count in the whole phrase alone.
    pub asking: Vec<String>,
    /// What is too long to be read.
    pub excess: Option<String>,
}

/// Terms that follow one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The folded text.
    pub text: String,
    /// The terms in order, none twice at one place.
    pub terms: Vec<PhraseTerm>,
    /// How many places a text takes that is this phrase and nothing else.
    pub length: u32,
}

/// A term and its place in the phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseTerm {
    /// The term itself, or what it begins with.
    pub text: String,
    /// The place after that of the first term.
    pub offset: u32,
    /// Whether every term that begins so is meant.
    pub prefix: bool,
}

impl Plan {
    /// Understands a text.
    pub fn new(folding: &Folding, text: &str) -> Self {
        let folded: String = text.chars().map(|char| folding.fold(char)).collect();
        let folded = folded.trim_start();
        let (asked, excess) = match folded.char_indices().nth(LONGEST_QUERY) {
            Some((end, _)) => folded.split_at(end),
            None => (folded, ""),
        };
        let mut asking = Vec::new();
        let mut words = Vec::new();
        let typed: Vec<&str> = asked
            .split(is_separator)
            .filter(|word| !word.is_empty())
            .collect();
        for word in &typed {
            let (kept, stopped) = strip_question(word);
            asking.extend(stopped.into_iter().map(str::to_owned));
            words.extend(kept);
        }
        if words.is_empty() {
            words = typed;
            asking.clear();
        }
        let mut phrases: Vec<Phrase> = Vec::new();
        for (index, word) in words.iter().enumerate() {
            let last = index + 1 == words.len() && asked.ends_with(word);
            let phrase = Phrase::new(folding, word, last);
            if !phrase.terms.is_empty() && !phrases.contains(&phrase) {
                phrases.push(phrase);
            }
        }
        Self {
            whole: Phrase::new(folding, asked, true),
            words: phrases,
            asking,
            excess: (!excess.is_empty()).then(|| excess.to_owned()),
        }
    }
}

/// What stands between words as people type them.
fn is_separator(char: char) -> bool {
    char.is_whitespace() || (!char.is_alphanumeric() && !('\u{200B}'..='\u{200D}').contains(&char))
}

impl Phrase {
    /// The phrase of a text. When it is `open`, it may still be being typed: its last word may be a beginning.
    pub fn new(folding: &Folding, text: &str, open: bool) -> Self {
        let cut: Vec<_> = Terms::new(folding, text).collect();
        let mut terms = Vec::with_capacity(cut.len());
        for (index, term) in cut.iter().enumerate() {
            let last = index + 1 == cut.len();
            let single = term.han && term.text.chars().nth(1).is_none();
            // The last character of a run is already the second of the pair before it.
            let paired = single && index > 0 && cut[index - 1].range.end == term.range.end;
            if !paired {
                let prefix = single || (!term.han && last && open);
                terms.push(PhraseTerm {
                    text: term.text.clone(),
                    offset: term.position,
                    prefix,
                });
            }
        }
        Self {
            text: text.to_owned(),
            terms,
            length: cut.len() as u32,
        }
    }

    /// Each of its terms as a phrase of its own.
    pub fn split(&self) -> impl Iterator<Item = Self> + '_ {
        self.terms.iter().map(|term| Self {
            text: term.text.clone(),
            terms: vec![PhraseTerm {
                offset: 0,
                ..term.clone()
            }],
            length: 1,
        })
    }
}
