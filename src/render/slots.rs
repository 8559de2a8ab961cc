//! Placeholders in scripts: `{称呼|业主}` is a gap to fill, with what to say when it is unknown.

use super::body::escape;

/// Marks the placeholders of a text; `None` where it has none.
pub fn render(text: &str) -> Option<String> {
    let mut html = String::new();
    let mut rest = text;
    while let Some((before, name, default, after)) = next(rest) {
        html.push_str(&escape(before));
        let default = default.map(|text| format!(" data-default=\"{}\"", escape(text)));
        let default = default.unwrap_or_default();
        html.push_str(&format!(
            "<span class=\"slot\"{default}>{}</span>",
            escape(name)
        ));
        rest = after;
    }
    if html.is_empty() {
        return None;
    }
    html.push_str(&escape(rest));
    Some(html)
}

/// The first placeholder: what is before it, its name, its default, and what is after it.
fn next(text: &str) -> Option<(&str, &str, Option<&str>, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (inside, after) = rest.split_once('}')?;
    let (name, default) = match inside.split_once('|') {
        Some((name, default)) => (name, Some(default)),
        None => (inside, None),
    };
    let plain = !name.trim().is_empty() && !inside.contains(['{', '\n']);
    plain.then_some((before, name.trim(), default.map(str::trim), after))
}

#[cfg(test)]
mod tests {
    use super::render;

    #[test]
    fn placeholders_become_slots() {
        let html = render("{称呼|业主}您好，我是<{项目}>").unwrap_or_default();
        let expected = "<span class=\"slot\" data-default=\"业主\">称呼</span>您好，我是&lt;\
                        <span class=\"slot\">项目</span>&gt;";
        assert_eq!(html, expected);
    }

    #[test]
    fn other_braces_are_text() {
        assert_eq!(render("a { b"), None);
        assert_eq!(render("{}"), None);
    }
}
