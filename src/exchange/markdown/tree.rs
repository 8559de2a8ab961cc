//! A tree of the elements of some HTML, built from its tokens: enough for the fragments that people
//! write, with the ends that they leave out.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Elements that hold nothing.
const VOID: &[&str] = &[
    "br", "hr", "img", "input", "col", "source", "wbr", "embed", "track",
];
/// Elements that end a paragraph.
pub(super) const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "pre",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dl",
    "dt",
    "dd",
    "figure",
    "center",
    "html",
    "body",
    "tbody",
    "thead",
    "tfoot",
];

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) link: String,
    pub(super) alt: String,
    pub(super) children: Vec<Node>,
}

/// A text or an element.
#[derive(Debug)]
pub(super) enum Node {
    Text(String),
    Element(Element),
}

/// Builds a tree of what the tokenizer tells: enough for the fragments that people write.
#[derive(Default)]
struct Builder(RefCell<Vec<Element>>);

impl TokenSink for Builder {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut open = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => add(&mut open, Node::Text(text.to_string())),
            Token::TagToken(tag) => {
                let name = tag.name.to_string();
                match tag.kind {
                    TagKind::StartTag => {
                        close_before(&mut open, &name);
                        let value = |key: &str| {
                            let mut attrs = tag.attrs.iter();
                            let found = attrs.find(|attr| &*attr.name.local == key);
                            found.map_or(String::new(), |attr| attr.value.to_string())
                        };
                        let link = if name == "a" {
                            value("href")
                        } else {
                            value("src")
                        };
                        let alt = value("alt");
                        let element = Element {
                            name,
                            link,
                            alt,
                            children: Vec::new(),
                        };
                        if VOID.contains(&element.name.as_str()) || tag.self_closing {
                            add(&mut open, Node::Element(element));
                        } else {
                            open.push(element);
                        }
                    }
                    TagKind::EndTag => {
                        if let Some(at) = open.iter().skip(1).rposition(|one| one.name == name) {
                            close_to(&mut open, at + 1);
                        }
                    }
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn add(open: &mut [Element], node: Node) {
    let Some(children) = open.last_mut().map(|last| &mut last.children) else {
        return;
    };
    // The tokenizer tells a text in pieces.
    match (children.last_mut(), node) {
        (Some(Node::Text(before)), Node::Text(text)) => before.push_str(&text),
        (_, node) => children.push(node),
    }
}

/// Closes everything from the element at `at` on.
fn close_to(open: &mut Vec<Element>, at: usize) {
    while open.len() > at.max(1) {
        if let Some(element) = open.pop() {
            add(open, Node::Element(element));
        }
    }
}

/// A block ends the paragraph that it stands in, an item the item before it.
fn close_before(open: &mut Vec<Element>, name: &str) {
    let (closes, within): (&[&str], &[&str]) = match name {
        "li" => (&["li"], &["ul", "ol"]),
        "tr" => (&["tr"], &["table"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        name if BLOCKS.contains(&name) => (&["p"], &["li", "td", "th", "blockquote", "div"]),
        _ => return,
    };
    let mut found = None;
    for (at, element) in open.iter().enumerate().skip(1).rev() {
        let name = element.name.as_str();
        if closes.contains(&name) {
            found = Some(at);
            break;
        }
        if within.contains(&name) {
            break;
        }
    }
    if let Some(at) = found {
        close_to(open, at);
    }
}

/// The nodes of some HTML.
pub(super) fn of(html: &str) -> Vec<Node> {
    let builder = Builder(RefCell::new(vec![Element::default()]));
    let tokenizer = Tokenizer::new(builder, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut open = tokenizer.sink.0.into_inner();
    close_to(&mut open, 1);
    open.pop().unwrap_or_default().children
}
