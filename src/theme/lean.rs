//! Styles and scripts as browsers get them: without comments, and scripts without the room between
//! words either. Both are for those who change them.

/// A style sheet without its comments.
pub fn css(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quote = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
            continue;
        }
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
        if !(c == '\n' && (out.is_empty() || out.ends_with('\n'))) {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// A script without comments, indentation and the spaces that separate nothing; as it is where it
/// cannot be read. Lines are joined only where no semicolon could be inserted between them.
pub fn js(text: &str) -> String {
    squeeze(text).unwrap_or_else(|| text.to_owned())
}

/// What stands between two tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
}

fn squeeze(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut gap = Gap::None;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let comment = comment(rest)?;
        if c.is_whitespace() || comment > 0 {
            let length = comment.max(c.len_utf8());
            let line = rest[..length].contains('\n');
            gap = gap.max(if line { Gap::Line } else { Gap::Space });
            at += length;
            continue;
        }
        let length = token(rest, &out)?;
        if let Some(between) = between(&out, c, gap) {
            out.push(between);
        }
        out.push_str(&rest[..length]);
        gap = Gap::None;
        at += length;
    }
    out.push('\n');
    Some(out)
}

/// The length of the comment that begins here, 0 where none does; `None` if it never ends.
fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        Some(rest.find('\n').unwrap_or(rest.len()))
    } else if rest.starts_with("/*") {
        rest.find("*/").map(|end| end + 2)
    } else {
        Some(0)
    }
}

/// The length of the token that begins here, after what was written so far.
fn token(rest: &str, before: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    match first {
        '"' | '\'' => string(rest, first),
        '`' => template(rest),
        '/' if regex_may_follow(before) => regex(rest),
        _ if is_word(first) => Some(rest.find(|c| !is_word(c)).unwrap_or(rest.len())),
        _ => Some(first.len_utf8()),
    }
}

fn string(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return None,
            _ if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// A template's text is kept to the letter, and what is put into it too.
fn template(rest: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        let c = rest[at..].chars().next()?;
        match c {
            '`' => return Some(at + 1),
            '\\' => at += 1 + rest[at + 1..].chars().next()?.len_utf8(),
            '$' if rest[at + 1..].starts_with('{') => at += 2 + inserted(&rest[at + 2..])?,
            _ => at += c.len_utf8(),
        }
    }
}

/// The length of an expression in a template, with the brace that ends it.
fn inserted(rest: &str) -> Option<usize> {
    let mut depth = 1;
    let mut at = 0;
    while depth > 0 {
        let c = rest[at..].chars().next()?;
        depth += i32::from(c == '{') - i32::from(c == '}');
        let here = &rest[at..];
        at += match comment(here)? {
            0 => token(here, &rest[..at])?,
            length => length,
        };
    }
    Some(at)
}

fn regex(rest: &str) -> Option<usize> {
    let (mut escaped, mut class) = (false, false);
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\n' => return None,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '/' if !class => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Whether a slash opens a regular expression: where a value is wanted rather than divided.
fn regex_may_follow(before: &str) -> bool {
    const WORDS: [&str; 9] = [
        "return", "typeof", "case", "in", "of", "void", "delete", "throw", "await",
    ];
    let before = before.trim_end();
    let Some(last) = before.chars().next_back() else {
        return true;
    };
    if is_word(last) {
        let start = before.rfind(|c| !is_word(c)).map_or(0, |at| at + 1);
        return before
            .get(start..)
            .is_some_and(|word| WORDS.contains(&word));
    }
    "(,=:[!&|?{;+-*%~^<>".contains(last)
}

/// What must stay between what was written and what begins with `next`.
fn between(out: &str, next: char, gap: Gap) -> Option<char> {
    let last = out.chars().next_back()?;
    let apart = (is_word(last) && is_word(next))
        || matches!(
            (last, next),
            ('+', '+') | ('-', '-' | '>') | ('/', _) | ('<', '!') | ('0'..='9', '.')
        );
    match gap {
        Gap::None => None,
        // Nothing ends here: no semicolon is inserted after an operator, nor before one.
        Gap::Line if apart => Some('\n'),
        Gap::Line if "{([,;=?:&|*".contains(last) || "})],;.?:&|=*".contains(next) => None,
        Gap::Line => Some('\n'),
        Gap::Space => apart.then_some(' '),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::{css, js};

    #[test]
    fn comments_of_styles_go_and_strings_stay() {
        let text = "/* head */\na { content: \"/* kept */\" }\n\n/* tail */\nb { }\n";
        assert_eq!(css(text), "a { content: \"/* kept */\" }\nb { }\n");
    }

    #[test]
    fn scripts_lose_comments_and_room() {
        let text = "// head\n(() => {\n  /** @type {x} */\n  const a = [1, 2]; // two\n\n  b(a, /* c */ 3);\n})();\n";
        assert_eq!(js(text), "(()=>{const a=[1,2];b(a,3);})();\n");
    }

    #[test]
    fn what_is_quoted_stays_to_the_letter() {
        for kept in [
            "a = \"x  // y /* z */ \\\" = 1\"",
            "a = 'it\\'s  = b'",
            "a = `x  ${ f(`${ b }  c`, \"}\") }  // d`",
            "a = `one\n  // two\n  three`",
            "a = /^([+-]?) ?([^/ ]*)\\/ = \"/u",
        ] {
            let lean = js(kept);
            let value = kept.trim_start_matches("a = ");
            assert_eq!(lean, format!("a={value}\n"), "{kept}");
        }
    }

    #[test]
    fn what_needs_room_keeps_it() {
        for (text, lean) in [
            ("return  a in b", "return a in b\n"),
            ("a + +b", "a+ +b\n"),
            ("a - -b", "a- -b\n"),
            ("a / b / c", "a/ b/ c\n"),
            ("return /x y/ in b", "return/x y/ in b\n"),
            ("1 .x", "1 .x\n"),
            ("a < !--b", "a< !--b\n"),
            ("a--\n> b", "a--\n>b\n"),
        ] {
            assert_eq!(js(text), lean);
        }
    }

    #[test]
    fn lines_stay_apart_where_a_semicolon_may_be_meant() {
        assert_eq!(
            js("let a = b\nlet c\nreturn\nd\n"),
            "let a=b\nlet c\nreturn\nd\n"
        );
        assert_eq!(js("a\n++b"), "a\n++b\n");
        assert_eq!(js("f(\n  a,\n  b\n)"), "f(a,b)\n");
        assert_eq!(js("a\n  ? b\n  : c &&\n  d\n"), "a?b:c&&d\n");
        assert_eq!(js("{\n  a\n  .b\n}\n[1]"), "{a.b}\n[1]\n");
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        for text in ["a = \"x\n y = 1", "a = `x  y", "a  /* b", "a = /x  y"] {
            assert_eq!(js(text), text);
        }
    }

    #[test]
    fn once_is_enough() {
        let text = include_str!("../../themes/default/scripts/question.js");
        let lean = js(text);
        assert!(lean.len() * 4 < text.len() * 3, "a quarter goes at least");
        assert_eq!(js(&lean), lean);
    }
}
