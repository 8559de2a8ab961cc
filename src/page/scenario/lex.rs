//! The words of a code span beside a choice.
//!
//! Chinese puts no space between words, so the declared names are looked for first, the longest of
//! them, and only then the keywords: `若已记录且信任>=40` reads as it is meant, and a variable may
//! even begin with a keyword. Full-width signs and digits count as their ASCII twins.

use super::Comparison;
use crate::page::keywords::scenario as words;

/// Numbers beyond this are no scores of a conversation.
pub const LARGEST: i32 = 1_000_000;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// A variable, by its index.
    Variable(usize),
    /// A competency, by its index.
    Competency(usize),
}

/// All names that a code span may use, the longest first.
#[derive(Debug, Default)]
pub struct Names(Vec<(String, Name)>);

impl Names {
    /// Takes names in.
    pub fn new(mut names: Vec<(String, Name)>) -> Self {
        names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        Self(names)
    }

    /// Every name.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// What a name stands for.
    pub fn get(&self, name: &str) -> Option<Name> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, name)| *name)
    }
}

/// A word or sign.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Token {
    Name(Name),
    Number(i32),
    Flag(bool),
    Compare(Comparison),
    Plus,
    Minus,
    And,
    Or,
    Not,
    If,
    Else,
    Once,
    Timeout,
    Limit,
    Seconds,
    Open,
    Close,
    Comma,
    /// What nobody declared.
    Unknown(String),
}

/// The keywords, each with what it means.
const KEYWORDS: &[(&[&str], Token)] = &[
    (words::IF, Token::If),
    (words::ELSE, Token::Else),
    (words::AND, Token::And),
    (words::OR, Token::Or),
    (words::NOT, Token::Not),
    (words::YES, Token::Flag(true)),
    (words::NO, Token::Flag(false)),
    (words::ONCE, Token::Once),
    (words::TIMEOUT, Token::Timeout),
    (words::LIMIT, Token::Limit),
    (words::SECONDS, Token::Seconds),
];

/// The signs, the longer before those that they begin with.
const SIGNS: &[(&str, Token)] = &[
    (">=", Token::Compare(Comparison::GreaterOrEqual)),
    ("≥", Token::Compare(Comparison::GreaterOrEqual)),
    ("<=", Token::Compare(Comparison::LessOrEqual)),
    ("≤", Token::Compare(Comparison::LessOrEqual)),
    ("!=", Token::Compare(Comparison::NotEqual)),
    ("≠", Token::Compare(Comparison::NotEqual)),
    ("==", Token::Compare(Comparison::Equal)),
    ("=", Token::Compare(Comparison::Equal)),
    (">", Token::Compare(Comparison::Greater)),
    ("<", Token::Compare(Comparison::Less)),
    ("+", Token::Plus),
    ("-", Token::Minus),
    ("(", Token::Open),
    (")", Token::Close),
    (",", Token::Comma),
    (";", Token::Comma),
];

/// Takes a code span apart.
pub fn tokens(code: &str, names: &Names) -> Vec<Token> {
    let code: Vec<char> = code.trim().chars().collect();
    let plain: Vec<char> = code.iter().copied().map(narrow).collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < code.len() {
        if plain[at].is_whitespace() {
            at += 1;
            continue;
        }
        let (token, length) = next(&code[at..], &plain[at..], plain[..at].last(), names);
        tokens.push(token);
        at += length.max(1);
    }
    tokens
}

/// The next token and how many characters it takes.
fn next(code: &[char], plain: &[char], before: Option<&char>, names: &Names) -> (Token, usize) {
    let after_letter = before.is_some_and(|c| is_letter(*c));
    for (name, meaning) in &names.0 {
        let starts = begins(code, name) && !(after_letter && name.starts_with(is_letter));
        if let Some(length) = starts.then(|| name.chars().count())
            && ends_word(plain, length)
        {
            return (Token::Name(*meaning), length);
        }
    }
    if plain[0].is_ascii_digit() {
        return number(plain);
    }
    let longest = KEYWORDS
        .iter()
        .flat_map(|(spellings, token)| spellings.iter().map(move |word| (*word, token)))
        .filter(|(word, _)| begins_folded(plain, word) && ends_word(plain, word.chars().count()))
        .max_by_key(|(word, _)| word.len());
    let sign = || SIGNS.iter().find(|(sign, _)| begins(plain, sign));
    match (longest, sign()) {
        // `!=` is longer than the `!` of a negation.
        (Some((word, _)), Some((sign, token))) if sign.len() > word.len() => {
            (token.clone(), sign.chars().count())
        }
        (Some((word, token)), _) => (token.clone(), word.chars().count()),
        (None, Some((sign, token))) => (token.clone(), sign.chars().count()),
        (None, None) => unknown(code, plain),
    }
}

fn number(plain: &[char]) -> (Token, usize) {
    let digits: String = plain.iter().take_while(|c| c.is_ascii_digit()).collect();
    let value = digits.parse().unwrap_or(i32::MAX).min(LARGEST + 1);
    (Token::Number(value), digits.len())
}

/// Everything up to a space or a sign.
fn unknown(code: &[char], plain: &[char]) -> (Token, usize) {
    let is_end = |at: &usize| {
        let rest = &plain[*at..];
        rest[0].is_whitespace() || SIGNS.iter().any(|(sign, _)| begins(rest, sign))
    };
    let length = (1..plain.len()).find(is_end).unwrap_or(plain.len());
    (Token::Unknown(code[..length].iter().collect()), length)
}

fn begins(text: &[char], word: &str) -> bool {
    let mut letters = word.chars();
    let all = text.iter().zip(letters.by_ref()).all(|(a, b)| *a == b);
    all && letters.next().is_none() && word.chars().count() <= text.len()
}

fn begins_folded(text: &[char], word: &str) -> bool {
    let length = word.chars().count();
    length <= text.len()
        && text
            .iter()
            .zip(word.chars())
            .all(|(a, b)| a.eq_ignore_ascii_case(&b))
}

/// Whether a word of that length ends there: no letter may follow an ASCII letter.
fn ends_word(plain: &[char], length: usize) -> bool {
    let pair = (
        length.checked_sub(1).and_then(|at| plain.get(at)),
        plain.get(length),
    );
    !matches!(pair, (Some(last), Some(next)) if is_letter(*last) && is_letter(*next))
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The ASCII twin of a full-width character, and one kind of dash.
pub fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '−' | '–' | '—' => '-',
        '、' => ',',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{Name, Names, Token, tokens};
    use crate::page::scenario::Comparison;

    fn names() -> Names {
        Names::new(vec![
            ("信任".into(), Name::Variable(0)),
            ("已记录".into(), Name::Variable(1)),
            ("不满".into(), Name::Variable(2)),
            ("order".into(), Name::Variable(3)),
        ])
    }

    #[test]
    fn words_need_no_spaces() {
        let expected = [
            Token::If,
            Token::Name(Name::Variable(1)),
            Token::And,
            Token::Name(Name::Variable(0)),
            Token::Compare(Comparison::GreaterOrEqual),
            Token::Number(40),
        ];
        assert_eq!(tokens("若已记录且信任>=40", &names()), expected);
        assert_eq!(tokens("若 已记录　且 信任 ＞＝ ４０", &names()), expected);
        assert_eq!(tokens("IF 已记录 and 信任 ≥ 40", &names()), expected);
    }

    #[test]
    fn a_name_is_found_before_the_keyword_that_it_begins_with() {
        let expected = [Token::Not, Token::Name(Name::Variable(2))];
        assert_eq!(tokens("不 不满", &names()), expected);
        assert_eq!(tokens("不不满", &names()), expected);
        let expected = [Token::Name(Name::Variable(3)), Token::Or];
        assert_eq!(tokens("order or", &names()), expected);
    }

    #[test]
    fn what_is_not_declared_is_one_word() {
        let expected = [
            Token::Unknown("信仰".into()),
            Token::Plus,
            Token::Number(20),
        ];
        assert_eq!(tokens("信仰 +20", &names()), expected);
        assert_eq!(
            tokens("ordering", &names()),
            [Token::Unknown("ordering".into())]
        );
        assert_eq!(tokens("", &names()), []);
    }

    #[test]
    fn signs_of_a_kind() {
        let names = names();
        assert_eq!(tokens("−", &names), [Token::Minus]);
        assert_eq!(tokens("!=", &names), [Token::Compare(Comparison::NotEqual)]);
        assert_eq!(tokens("!", &names), [Token::Not]);
    }
}
