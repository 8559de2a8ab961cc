//! From GIFT to drafts.

use std::ops::Range;

use super::answers::{self, Body};
use super::{find, find_text, unescape};
use crate::bank::{Ask, Gap};
use crate::config::SiteLanguage;
use crate::exchange::import::{Draft, Notes};
use crate::exchange::{html, markdown};
use crate::source::FileId;

pub(super) const NAME: &str = "GIFT";

/// Reads a file.
pub fn read(file: FileId, text: &str, language: SiteLanguage) -> (Vec<Draft>, Notes) {
    let mut notes = Notes {
        file,
        diagnostics: Vec::new(),
    };
    let mut drafts = Vec::new();
    for block in blocks(text) {
        drafts.extend(question(&Block::new(text, block), language, &mut notes));
    }
    (drafts, notes)
}

/// The paragraphs of a file. An empty line inside braces that are closed later ends none.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut start = None;
    let mut open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if line.trim().is_empty() {
            let closes = open
                && find(text, end, |c| matches!(c, '{' | '}'))
                    .is_some_and(|next| text[next..].starts_with('}'));
            if !closes {
                blocks.extend(start.take().map(|start| start..at));
                open = false;
            }
        } else {
            start.get_or_insert(at);
            if !line.trim_start().starts_with("//") {
                let mut from = 0;
                while let Some(sign) = find(line, from, |c| matches!(c, '{' | '}')) {
                    open = line[sign..].starts_with('{');
                    from = sign + 1;
                }
            }
        }
        at = end;
    }
    blocks.extend(start.map(|start| start..text.len()));
    blocks
}

/// A paragraph without its comments, and where its parts stand in the file.
pub(super) struct Block {
    /// What is left.
    pub(super) text: String,
    comments: Vec<String>,
    /// Of each line: where it begins here, and where in the file.
    lines: Vec<(usize, usize)>,
    end: usize,
}

impl Block {
    fn new(file: &str, range: Range<usize>) -> Self {
        let mut block = Self {
            text: String::new(),
            comments: Vec::new(),
            lines: Vec::new(),
            end: range.end,
        };
        let mut at = range.start;
        for line in file[range].split_inclusive('\n') {
            if let Some(comment) = line.trim_start().strip_prefix("//") {
                block.comments.push(comment.trim().to_owned());
            } else {
                block.lines.push((block.text.len(), at));
                block.text.push_str(line);
            }
            at += line.len();
        }
        block
    }

    /// The place in the file of a place in the text.
    pub(super) fn place(&self, at: usize) -> usize {
        let line = self.lines.partition_point(|(here, _)| *here <= at);
        let (here, there) = self
            .lines
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or((0, self.end));
        there + (at - here)
    }

    /// The bytes in the file of the line from a place on.
    pub(super) fn span(&self, at: usize) -> Range<usize> {
        let end = self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |end| at + end);
        self.place(at)..self.place(end.max(at))
    }

    /// The values of `[key:value]` in comments.
    fn marks<'b>(&'b self, key: &'b str) -> impl Iterator<Item = String> + 'b {
        let of = move |comment: &'b String| {
            comment
                .split(key)
                .skip(1)
                .filter_map(|rest| rest.split_once(']'))
                .map(|(value, _)| value.trim().to_owned())
        };
        self.comments.iter().flat_map(of)
    }
}

/// In which form texts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As Moodle guesses: text, or HTML.
    Auto,
    Plain,
    Html,
    Markdown,
}

/// Takes a form such as `[html]` off the front of a text.
pub(super) fn form(text: &str, otherwise: Form) -> (Form, &str) {
    let text = text.trim_start();
    for (mark, form) in [
        ("[html]", Form::Html),
        ("[markdown]", Form::Markdown),
        ("[plain]", Form::Plain),
        ("[moodle]", Form::Auto),
    ] {
        if let Some(rest) = text.strip_prefix(mark) {
            return (form, rest);
        }
    }
    (otherwise, text)
}

/// A text of a form as markdown.
pub(super) fn to_markdown(text: &str, form: Form, missed: &mut dyn FnMut(&str)) -> String {
    match form {
        Form::Markdown => text.trim().to_owned(),
        Form::Html => markdown::of_html(text, missed),
        Form::Auto if markdown::is_html(text) => {
            markdown::of_html(&text.trim().replace('\n', "<br>"), missed)
        }
        Form::Auto | Form::Plain => markdown::of_plain(text),
    }
}

fn question(block: &Block, language: SiteLanguage, notes: &mut Notes) -> Option<Draft> {
    let start = past_categories(block, notes)?;
    let span = block.span(start);
    let (name, at) = name(block, start, notes)?;
    let braces = braces(block, start, at, notes)?;
    let (form, before) = form(&block.text[at..braces.start - 1], Form::Auto);
    let mut missed = Vec::new();
    let (before, after) = around(
        &unescape(before),
        unescape(&block.text[braces.end + 1..]).trim_end(),
        form,
        &mut |name| missed.push(name.to_owned()),
    );
    let answers = answers::read(block, braces, form, notes)?;
    for name in missed {
        notes.not_kept(span.clone(), name);
    }
    // Where nothing is compared, what is said afterwards is what to compare with.
    let said: Vec<String> = answers.general.into_iter().collect();
    let (model, explanation) = match answers.body {
        Body::Ask(Ask::Open(_)) => (said, Vec::new()),
        _ => (Vec::new(), said),
    };
    let draft = Draft {
        name,
        id: block.marks("[id:").next(),
        text: before,
        points: None,
        hints: Vec::new(),
        model,
        explanation,
        tags: block.marks("[tag:").collect(),
        ask: Ask::Open(Vec::new()),
        span,
    };
    Some(placed(draft, answers.body, after, language))
}

/// The place behind the lines that name a category; `None` where nothing else stands there.
fn past_categories(block: &Block, notes: &mut Notes) -> Option<usize> {
    let mut at = skip_space(&block.text, 0);
    while block.text[at..].starts_with("$CATEGORY") {
        let span = block.span(at);
        let end = at + span.len();
        notes.not_kept(span, block.text[at..end].trim());
        at = skip_space(&block.text, end);
    }
    (at < block.text.len()).then_some(at)
}

/// The name between colons, if there is one, and the place behind it.
fn name(block: &Block, at: usize, notes: &mut Notes) -> Option<(String, usize)> {
    let Some(rest) = block.text[at..].strip_prefix("::") else {
        return Some((String::new(), at));
    };
    let Some(end) = find_text(rest, "::") else {
        notes.expected(block.span(at), NAME, "::");
        return None;
    };
    Some((unescape(rest[..end].trim()), at + end + 4))
}

/// What stands between the braces. There have to be two of them, and no more.
fn braces(block: &Block, start: usize, at: usize, notes: &mut Notes) -> Option<Range<usize>> {
    let is_brace = |c| matches!(c, '{' | '}');
    let text = &block.text;
    let Some(open) = find(text, at, |c| c == '{') else {
        notes.no_counterpart(block.span(start), "description");
        return None;
    };
    let close = find(text, open + 1, is_brace).filter(|at| text[*at..].starts_with('}'));
    let Some(close) = close else {
        notes.expected(block.span(open), NAME, "}");
        return None;
    };
    if let Some(second) = find(text, close + 1, is_brace) {
        notes.expected(block.span(second), NAME, "\\n");
        return None;
    }
    Some(open + 1..close)
}

/// The texts on both sides of a gap; the space beside the gap is kept.
fn around(before: &str, after: &str, form: Form, missed: &mut dyn FnMut(&str)) -> (String, String) {
    let space = |text: &str| if text.is_empty() { "" } else { " " };
    let lead = &before[before.trim_end().len()..];
    let tail = &after[..after.len() - after.trim_start().len()];
    let keep = |text: &str, gap: &str| {
        if gap.contains('\n') {
            gap.to_owned()
        } else {
            space(text).to_owned()
        }
    };
    let tail = keep(tail, tail);
    let lead = keep(lead, lead);
    (
        format!("{}{lead}", to_markdown(before, form, missed)),
        format!("{tail}{}", to_markdown(after, form, missed)),
    )
}

fn skip_space(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

/// Puts the answers to what is asked.
fn placed(mut draft: Draft, body: Body, after: String, language: SiteLanguage) -> Draft {
    let gap = match body {
        Body::Ask(ask) => {
            draft.ask = match (ask, after.trim().is_empty()) {
                // Words behind the answers: the answer is chosen for a gap.
                (
                    Ask::Choice {
                        options,
                        multiple: false,
                        ..
                    },
                    false,
                ) => {
                    let right = options
                        .iter()
                        .position(|option| option.share == 100)
                        .unwrap_or(0);
                    let choices = options
                        .iter()
                        .map(|option| html::words(&option.text))
                        .collect();
                    gapped(&mut draft, Gap::Choices { choices, right }, after)
                }
                (ask, true) => ask,
                (ask, false) => {
                    draft.text = format!("{} ＿＿ {}", draft.text.trim(), after.trim());
                    ask
                }
            };
            return draft;
        }
        Body::TrueFalse { right, feedback } => {
            draft.ask = answers::true_false(right, feedback, language);
            return draft;
        }
        Body::Gap(gap) => gap,
    };
    draft.ask = gapped(&mut draft, gap, after);
    draft
}

fn gapped(draft: &mut Draft, gap: Gap, after: String) -> Ask {
    let mut texts = vec![std::mem::take(&mut draft.text), after];
    // Moodle shows where a word is missing by a line of its own.
    if texts[1].trim().is_empty()
        && let Some(at) = texts[0].find("\\_\\_\\_\\_\\_")
    {
        let rest = texts[0].split_off(at);
        texts[1] = rest.trim_start_matches(['\\', '_']).to_owned();
    }
    Ask::Blanks {
        texts,
        gaps: vec![gap],
    }
}
