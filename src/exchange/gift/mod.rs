//! GIFT, the text format of Moodle: a question is a paragraph with its answers in braces.

pub mod answers;
pub mod read;
pub mod write;

/// What stands for itself only behind a backslash.
const SIGNS: &[char] = &['\\', '{', '}', '=', '~', '#', ':'];

/// Escapes a text; lines become `\n`, because an empty line ends a question.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => escaped.push_str("\\n"),
            '\r' => {}
            c => {
                if SIGNS.contains(&c) {
                    escaped.push('\\');
                }
                escaped.push(c);
            }
        }
    }
    escaped
}

/// Undoes [`escape`].
pub fn unescape(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            bare.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => bare.push('\n'),
            Some(sign) if SIGNS.contains(&sign) => bare.push(sign),
            Some(other) => bare.extend(['\\', other]),
            None => bare.push('\\'),
        }
    }
    bare
}

/// The place of the first sign that no backslash stands before.
pub fn find(text: &str, from: usize, is: impl Fn(char) -> bool) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text[from..].char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if is(c) {
            return Some(from + at);
        }
    }
    None
}

/// The place of some signs that no backslash stands before.
pub fn find_text(text: &str, signs: &str) -> Option<usize> {
    let first = signs.chars().next()?;
    let mut from = 0;
    while let Some(at) = find(text, from, |c| c == first) {
        if text[at..].starts_with(signs) {
            return Some(at);
        }
        from = at + first.len_utf8();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{escape, unescape};

    #[test]
    fn signs_are_escaped_and_back() {
        let text = "a{b}=~#:\\ \\n\n乙";
        assert_eq!(unescape(&escape(text)), text);
        assert_eq!(escape("a\n\n:"), "a\\n\\n\\:");
    }
}
