//! Markdown events as plain text: titles, search text, alternative texts, word counts.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Spanned;

/// Whether a character is of a script that is written without spaces between words.
pub fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3000}'..='\u{30ff}' | '\u{3100}'..='\u{312f}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}'
        | '“' | '”' | '‘' | '’' | '—' | '…')
}

/// Whether the line break between two pieces of text is only a break in the source. Between two
/// Han characters a browser would show it as a space that nobody wrote.
pub fn joins(before: Option<char>, after: Option<char>) -> bool {
    matches!((before, after), (Some(a), Some(b)) if is_wide(a) && is_wide(b))
}

/// Gathers the text of events; blocks are separated by line ends, pictures by their words.
#[derive(Debug, Default)]
pub struct PlainText {
    text: String,
    /// A break whose form depends on what follows it.
    pending: Option<char>,
}

impl PlainText {
    /// Takes one event in.
    pub fn push(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.add(text),
            Event::SoftBreak => self.pending = self.pending.or(Some(' ')),
            Event::HardBreak | Event::Rule => self.pending = Some('\n'),
            Event::Start(tag) if !is_inline(tag) => self.pending = Some('\n'),
            Event::End(tag) if !is_inline_end(*tag) => self.pending = Some('\n'),
            _ => {}
        }
    }

    /// The text so far, without space around it.
    pub fn finish(self) -> String {
        self.text.trim().to_owned()
    }

    fn add(&mut self, text: &str) {
        if let Some(pending) = self.pending.take() {
            let joined = pending == ' ' && joins(self.text.chars().last(), text.chars().next());
            if !joined && !self.text.is_empty() {
                self.text.push(pending);
            }
        }
        self.text.push_str(text);
    }
}

/// The plain text of some events.
pub fn text<'e, 's: 'e>(events: impl IntoIterator<Item = &'e Spanned<'s>>) -> String {
    let mut plain = PlainText::default();
    for (event, _) in events {
        plain.push(event);
    }
    plain.finish()
}

/// Whether a tag stands inside a line of text.
pub fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

/// Whether the end of a tag stands inside a line of text.
pub fn is_inline_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// How long a text is to read: every Han character is a word, as is every run of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Length {
    /// Han characters and their punctuation aside.
    pub han: usize,
    /// Runs of other letters and digits.
    pub words: usize,
}

impl Length {
    /// Counts a text.
    pub fn of(text: &str) -> Self {
        let mut length = Self::default();
        let mut in_word = false;
        for c in text.chars() {
            let han = is_wide(c) && c.is_alphabetic();
            length.han += usize::from(han);
            let letter = c.is_alphanumeric() && !han;
            length.words += usize::from(letter && !in_word);
            in_word = letter;
        }
        length
    }

    /// Everything that is read.
    pub fn total(self) -> usize {
        self.han + self.words
    }

    /// Minutes of quiet reading, at least one: 350 characters or 200 words a minute.
    pub fn minutes(self) -> usize {
        (self.han * 200 + self.words * 350)
            .div_ceil(350 * 200)
            .max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Length, text};
    use crate::syntax::events;

    fn plain(markdown: &str) -> String {
        text(&events(markdown, 0..markdown.len()))
    }

    #[test]
    fn a_break_between_han_is_no_space() {
        assert_eq!(plain("先听完，\n再回答"), "先听完，再回答");
        assert_eq!(plain("see the\nlesson"), "see the lesson");
    }

    #[test]
    fn blocks_stand_on_lines_of_their_own() {
        assert_eq!(plain("# 题\n\n- 甲\n- **乙**丙\n"), "题\n甲\n乙丙");
    }

    #[test]
    fn counts_han_and_words() {
        assert_eq!(
            Length::of("三声铃响，ring ring 110"),
            Length { han: 4, words: 3 }
        );
    }
}
