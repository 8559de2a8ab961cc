//! Other people's texts as our markdown: plain text is escaped, HTML becomes what markdown has a
//! sign for, and what it has none for is named.

mod tree;
mod writer;

/// Plain text as markdown that says just that; lines stay lines.
pub fn of_plain(text: &str) -> String {
    let paragraphs = text
        .split("\n\n")
        .map(str::trim)
        .filter(|one| !one.is_empty());
    let lines = |paragraph: &str| {
        let lines = paragraph.lines().map(|line| escape(line.trim()));
        lines.collect::<Vec<_>>().join("\\\n")
    };
    paragraphs.map(lines).collect::<Vec<_>>().join("\n\n")
}

/// Whether a text of unknown form is HTML.
pub fn is_html(text: &str) -> bool {
    let opens = |rest: &str| {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        rest.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.contains('>')
    };
    text.split('<').skip(1).any(opens)
}

/// HTML as markdown; `missed` is told the name of everything that markdown has no sign for.
pub fn of_html(html: &str, missed: &mut dyn FnMut(&str)) -> String {
    if !html.contains(['<', '&']) {
        return of_plain(&html.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    writer::blocks(&tree::of(html), missed)
}

/// Escapes what markdown would read as a sign, on one line.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let sign = match c {
            '\\' => after.is_none_or(|c| c.is_ascii_punctuation()),
            '*' | '`' | '[' => true,
            '_' => !(word(before) && word(after)),
            '~' => after == Some('~') || before == Some('~'),
            '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '&' => after.is_some_and(|c| c.is_ascii_alphabetic() || c == '#'),
            '#' | '>' | '+' | '-' | '=' | ':' | '|' => escaped.trim().is_empty(),
            '.' | ')' => {
                let number = escaped.trim_start();
                !number.is_empty() && number.chars().all(|c| c.is_ascii_digit())
            }
            _ => false,
        };
        if sign {
            escaped.push('\\');
        }
        escaped.push(*c);
    }
    // A heading would close with such a mark.
    if escaped.ends_with('#') && !escaped.ends_with("\\#") {
        escaped.insert(escaped.len() - 1, '\\');
    }
    escaped
}

/// Markdown on one line, for a cell or a heading.
pub fn one_line(markdown: &str) -> String {
    markdown
        .replace("\\\n", " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::{of_html, of_plain};
    use crate::exchange::html;

    fn back(markdown: &str) -> String {
        of_html(&html::blocks(markdown), &mut |name| {
            panic!("{name} is missed")
        })
    }

    #[test]
    fn what_we_write_is_read_back() {
        for markdown in [
            "先**听完**，再说。",
            "一\n\n二 `x < y` 三",
            "- 甲\n- 乙\n  - 丙",
            "1. 甲\n2. 乙",
            "见[第二步](https://example.org/a.html#b)",
            "> 引\n> 用",
            "| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |",
            "~~不要~~\\\n第二行",
        ] {
            let again = back(markdown);
            assert_eq!(html::blocks(&again), html::blocks(markdown), "{again}");
        }
    }

    #[test]
    fn html_of_others_is_read() {
        let mut missed = Vec::new();
        let html = "<p>a&nbsp;&amp;<b>b </b>c<p>d<br>e<img src=x.png alt='图'><u>f</u>";
        let text = of_html(html, &mut |name| missed.push(name.to_owned()));
        assert_eq!(text, "a\u{a0}&**b** c\n\nd\\\ne图f");
        assert_eq!(missed, ["img x.png", "u"]);
    }

    #[test]
    fn plain_text_stays_what_it_is() {
        for text in [
            "1. 先", "- a", "a*b*c", "x_y", "<b>", "[x]", "# a", "C#", "a\\b", "&lt;", "a|b",
            "~~x~~",
        ] {
            assert_eq!(html::words(&of_plain(text)), text);
        }
    }
}
