//! A tree of HTML as markdown.

use super::tree::{BLOCKS, Element, Node};
use super::{escape, one_line};

/// Elements whose inside is no text for readers.
const SILENT: &[&str] = &[
    "script", "style", "object", "video", "audio", "iframe", "svg", "math",
];
/// Elements that say nothing that is missed.
const QUIET: &[&str] = &[
    "span", "font", "small", "big", "html", "body", "tbody", "thead", "tfoot", "wbr", "label",
];

/// Nodes as blocks of markdown; `missed` is told what has no sign.
pub(super) fn blocks(nodes: &[Node], missed: &mut dyn FnMut(&str)) -> String {
    Writer { missed }.blocks(nodes)
}

struct Writer<'w> {
    missed: &'w mut dyn FnMut(&str),
}

impl Writer<'_> {
    /// Nodes as blocks with an empty line between them.
    fn blocks(&mut self, nodes: &[Node]) -> String {
        self.joined(nodes, "\n\n")
    }

    fn joined(&mut self, nodes: &[Node], between: &str) -> String {
        let mut blocks: Vec<String> = Vec::new();
        let mut run: Vec<&Node> = Vec::new();
        for node in nodes {
            match node {
                Node::Element(element) if BLOCKS.contains(&element.name.as_str()) => {
                    blocks.push(self.paragraph(&std::mem::take(&mut run)));
                    blocks.push(self.block(element));
                }
                node => run.push(node),
            }
        }
        blocks.push(self.paragraph(&run));
        blocks.retain(|block| !block.is_empty());
        blocks.join(between)
    }

    fn block(&mut self, element: &Element) -> String {
        let children = &element.children;
        match element.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let refs: Vec<&Node> = children.iter().collect();
                let text = self.paragraph(&refs);
                if text.is_empty() {
                    text
                } else {
                    format!("**{text}**")
                }
            }
            "ul" | "ol" => self.list(element),
            "blockquote" => lines(&self.blocks(children), "> ", "> "),
            "pre" => format!("```\n{}\n```", raw(children).trim_end_matches('\n')),
            "hr" => "---".to_owned(),
            "table" => self.table(element),
            _ => self.blocks(children),
        }
    }

    fn list(&mut self, list: &Element) -> String {
        let mut items = Vec::new();
        for node in &list.children {
            let Node::Element(item) = node else { continue };
            let is_paragraph = |node: &Node| matches!(node, Node::Element(one) if one.name == "p");
            // In an item without paragraphs, a list follows its line at once.
            let between = if item.children.iter().any(is_paragraph) {
                "\n\n"
            } else {
                "\n"
            };
            let text = self.joined(&item.children, between);
            let marker = if list.name == "ol" {
                format!("{}. ", items.len() + 1)
            } else {
                "- ".to_owned()
            };
            let indent = " ".repeat(marker.len());
            items.push(lines(&text, &marker, &indent));
        }
        items.join("\n")
    }

    fn table(&mut self, table: &Element) -> String {
        let mut rows = Vec::new();
        self.rows(table, &mut rows);
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut text = Vec::new();
        for (at, row) in rows.iter_mut().enumerate() {
            row.resize(width, String::new());
            text.push(format!("| {} |", row.join(" | ")));
            if at == 0 {
                text.push(format!("|{}", " --- |".repeat(width)));
            }
        }
        text.join("\n")
    }

    fn rows(&mut self, within: &Element, rows: &mut Vec<Vec<String>>) {
        for node in &within.children {
            let Node::Element(element) = node else {
                continue;
            };
            match element.name.as_str() {
                "tr" => {
                    let mut row = Vec::new();
                    for cell in &element.children {
                        if let Node::Element(cell) = cell {
                            row.push(one_line(&self.blocks(&cell.children)));
                        }
                    }
                    rows.push(row);
                }
                "thead" | "tbody" | "tfoot" => self.rows(element, rows),
                name => (self.missed)(name),
            }
        }
    }

    /// Inline nodes as one paragraph, without space around it.
    fn paragraph(&mut self, nodes: &[&Node]) -> String {
        let mut text = String::new();
        self.inline(nodes.iter().copied(), &mut text);
        let text = text.trim_matches([' ', '\n']);
        text.trim_end_matches("\\\n").trim_end().to_owned()
    }

    fn inline<'n>(&mut self, nodes: impl Iterator<Item = &'n Node>, text: &mut String) {
        for node in nodes {
            match node {
                Node::Text(words) => push_words(words, text),
                Node::Element(element) => self.element(element, text),
            }
        }
    }

    fn element(&mut self, element: &Element, text: &mut String) {
        match element.name.as_str() {
            "b" | "strong" => self.around("**", element, text),
            "i" | "em" | "cite" | "dfn" => self.around("*", element, text),
            "del" | "s" | "strike" => self.around("~~", element, text),
            "code" | "kbd" | "samp" | "tt" => {
                let code = raw(&element.children);
                let fence = if code.contains('`') { "``" } else { "`" };
                text.push_str(&format!("{fence}{code}{fence}"));
            }
            "br" => text.push_str("\\\n"),
            "a" if !element.link.is_empty() => {
                let mut inner = String::new();
                self.inline(element.children.iter(), &mut inner);
                let link = element
                    .link
                    .replace(' ', "%20")
                    .replace('(', "%28")
                    .replace(')', "%29");
                text.push_str(&format!("[{}]({link})", inner.trim()));
            }
            "img" => {
                (self.missed)(&format!("img {}", element.link));
                push_words(&element.alt, text);
            }
            name if SILENT.contains(&name) => (self.missed)(name),
            name => {
                if !QUIET.contains(&name) && !BLOCKS.contains(&name) && name != "a" {
                    (self.missed)(name);
                }
                self.inline(element.children.iter(), text);
            }
        }
    }

    /// Some words between signs; the space around them stays outside.
    fn around(&mut self, sign: &str, element: &Element, text: &mut String) {
        let mut inner = String::new();
        self.inline(element.children.iter(), &mut inner);
        let words = inner.trim();
        if words.is_empty() {
            text.push_str(&inner);
            return;
        }
        let lead = inner.len() - inner.trim_start().len();
        text.push_str(&inner[..lead]);
        text.push_str(&format!("{sign}{words}{sign}"));
        text.push_str(&inner[lead + words.len()..]);
    }
}

/// Adds words, with every run of white space as one space.
fn push_words(words: &str, text: &mut String) {
    let starts = words.starts_with(|c: char| c.is_ascii_whitespace());
    let ends = words.ends_with(|c: char| c.is_ascii_whitespace());
    let bare = words.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    if starts && !text.is_empty() && !text.ends_with([' ', '\n']) {
        text.push(' ');
    }
    if bare.is_empty() {
        return;
    }
    // Only what opens a line may need a sign less there.
    let opens = text.is_empty() || text.ends_with('\n');
    let escaped = if opens {
        escape(&bare)
    } else {
        escape(&format!("x{bare}")).split_off(1)
    };
    text.push_str(&escaped);
    if ends {
        text.push(' ');
    }
}

/// The text of nodes as it stands.
fn raw(nodes: &[Node]) -> String {
    let mut text = String::new();
    for node in nodes {
        match node {
            Node::Text(words) => text.push_str(words),
            Node::Element(element) if element.name == "br" => text.push('\n'),
            Node::Element(element) => text.push_str(&raw(&element.children)),
        }
    }
    text
}

/// A text with something before its first line and something before its others.
fn lines(text: &str, first: &str, other: &str) -> String {
    let mut moved = String::new();
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            moved.push('\n');
        }
        let before = if at == 0 { first } else { other };
        moved.push_str(if line.is_empty() {
            before.trim_end()
        } else {
            before
        });
        moved.push_str(line);
    }
    moved
}
