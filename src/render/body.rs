//! A page's markdown as HTML.
//!
//! The events of the source are turned into events that pulldown's own HTML writer can write:
//! links become targets, headings get their anchors, and what readers of Chinese, of small screens
//! and of screen readers need is added.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, Event, Tag, TagEnd, html};

use super::footnotes::Footnotes;
use super::pictures::Pictures;
use super::{question, scenario, scripts, slots, terms};
use crate::grade::text::Variants;
use crate::page::Heading;
use crate::page::card::Card;
use crate::page::kind::Kind;
use crate::page::question::Question;
use crate::site::link::Target;
use crate::site::{Site, SitePage};
use crate::syntax::plain::{self, is_wide, joins};
use crate::syntax::{self, Spanned};

/// What is needed to render one page's text.
#[derive(Clone, Copy)]
pub struct Context<'c> {
    /// For the targets of links.
    pub site: &'c Site,
    /// The page.
    pub page: &'c SitePage,
    /// The file that the HTML is for, which links are relative to; empty for the site's root.
    pub from: &'c str,
    /// Its whole source.
    pub text: &'c str,
    /// The interface strings.
    pub strings: &'c BTreeMap<String, String>,
    /// The sizes of pictures.
    pub pictures: &'c Pictures,
    /// For the keys of questions.
    pub variants: &'c Variants,
}

impl<'c> Context<'c> {
    /// An interface string; its key where the theme lacks it.
    pub fn string(&self, key: &'c str) -> &'c str {
        self.strings.get(key).map_or(key, String::as_str)
    }
}

/// The HTML of a page's text.
pub fn render(context: Context<'_>) -> String {
    let events = syntax::events(context.text, context.page.page.body.clone());
    let events = scripts::rearrange(context.page.page.front.kind, events);
    let events = terms::rearrange(context.page.page.front.kind, events);
    let events = question::rearrange(&context, events);
    let events = scenario::rearrange(&context, events);
    write(context, &events)
}

/// The HTML of one question, without its page; `events` are the whole page's.
pub fn question(context: Context<'_>, events: &[Spanned<'_>], question: &Question) -> String {
    write(context, &question::alone(&context, events, question))
}

/// The HTML of one card, in the form of a question that asks to remember.
pub fn card(context: Context<'_>, events: &[Spanned<'_>], card: &Card) -> String {
    write(context, &question::card(&context, events, card))
}

/// The HTML of some events of a page, among which is no heading.
fn write(context: Context<'_>, events: &[Spanned<'_>]) -> String {
    let mut writer = Writer::new(context, events);
    for at in 0..events.len() {
        writer.event(at);
    }
    writer.finish()
}

/// Escapes text for HTML.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut escaped, text);
    escaped
}

struct Writer<'e, 'c> {
    context: Context<'c>,
    events: &'e [Spanned<'e>],
    out: Vec<Event<'e>>,
    headings: std::slice::Iter<'c, Heading>,
    /// The heading that is being written.
    heading: Option<&'c Heading>,
    /// What each open link is closed with.
    alignments: Vec<Alignment>,
    in_table_head: bool,
    cell: usize,
    /// How each open list item, quote or figure is closed.
    closers: Vec<&'static str>,
    footnotes: Footnotes<'e>,
    /// Events before this one are already written.
    skip_to: usize,
    last_char: Option<char>,
}

impl<'e, 'c> Writer<'e, 'c> {
    fn new(context: Context<'c>, events: &'e [Spanned<'e>]) -> Self {
        Self {
            context,
            events,
            out: Vec::with_capacity(events.len() + 16),
            headings: context.page.page.headings.iter(),
            heading: None,
            alignments: Vec::new(),
            in_table_head: false,
            cell: 0,
            closers: Vec::new(),
            footnotes: Footnotes::default(),
            skip_to: 0,
            last_char: None,
        }
    }

    fn finish(mut self) -> String {
        let mut body = String::with_capacity(self.events.len() * 40);
        let out = std::mem::take(&mut self.out);
        html::push_html(&mut body, out.into_iter());
        body.push_str(&self.footnotes.section(self.context));
        body
    }

    fn html(&mut self, html: impl Into<CowStr<'e>>) {
        let event = Event::Html(html.into());
        self.emit(event);
    }

    fn emit(&mut self, event: Event<'e>) {
        match self.footnotes.open() {
            Some(note) => note.push(event),
            None => self.out.push(event),
        }
    }

    fn event(&mut self, at: usize) {
        if at < self.skip_to {
            return;
        }
        let (event, span) = &self.events[at];
        match event {
            Event::Start(tag) => self.start(tag, span, at),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.text(text),
            Event::Code(code) => {
                self.last_char = code.chars().last();
                self.emit(event.clone());
            }
            Event::SoftBreak => {
                if !joins(self.last_char, self.next_char(at)) {
                    self.emit(Event::SoftBreak);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(html),
            Event::FootnoteReference(name) => {
                let reference = self.footnotes.reference(name, self.context);
                self.html(reference);
            }
            Event::TaskListMarker(done) => self.task(*done),
            other => self.emit(other.clone()),
        }
    }

    fn start(&mut self, tag: &'e Tag<'e>, span: &Range<usize>, at: usize) {
        if !plain::is_inline(tag) {
            self.last_char = None;
        }
        match tag {
            Tag::Heading { .. } => self.open_heading(at),
            Tag::Paragraph if self.figure(at) => {}
            Tag::Link {
                title, dest_url, ..
            } => self.open_link(span, dest_url, title),
            Tag::Image {
                title, dest_url, ..
            } => self.image(span, dest_url, title, at),
            Tag::Table(alignments) => self.open_table(alignments),
            Tag::TableHead => {
                self.in_table_head = true;
                self.cell = 0;
                self.html("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.html("<tr>");
            }
            Tag::TableCell => self.open_cell(at),
            Tag::BlockQuote(kind) => self.open_quote(*kind),
            Tag::List(None) if self.is_task_list(at) => {
                self.closers.push("</ul>\n");
                self.html("<ul class=\"tasks\">\n");
            }
            Tag::List(None) => {
                self.closers.push("</ul>\n");
                self.html("<ul>\n");
            }
            Tag::FootnoteDefinition(name) => self.footnotes.begin(name),
            Tag::CodeBlock(_) => self.emit(Event::Start(tag.clone())),
            Tag::HtmlBlock => {}
            other => self.emit(Event::Start(other.clone())),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::Link => self.html("</a>"),
            TagEnd::Table => self.html("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_table_head = false;
                self.html("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.html("</tr>\n"),
            TagEnd::TableCell => self.html(if self.in_table_head { "</th>" } else { "</td>" }),
            TagEnd::BlockQuote(_) | TagEnd::List(false) => {
                let closer = self.closers.pop().unwrap_or_default();
                self.html(closer);
            }
            TagEnd::FootnoteDefinition => self.footnotes.end(),
            TagEnd::HtmlBlock => {}
            other => self.emit(Event::End(other)),
        }
        if !plain::is_inline_end(tag) {
            self.last_char = None;
        }
    }

    fn text(&mut self, text: &'e CowStr<'e>) {
        let after_mark = self
            .last_char
            .is_some_and(|c| is_wide(c) && !c.is_alphanumeric());
        self.last_char = text.chars().last().or(self.last_char);
        // `**解析：** 先听完`: the space that closes the emphasis in the source is none in Chinese.
        if after_mark
            && let Some(rest) = text.strip_prefix(' ')
            && rest.starts_with(is_wide)
        {
            self.emit(Event::Text(rest.into()));
            return;
        }
        if self.context.page.page.front.kind == Kind::Scripts
            && let Some(html) = slots::render(text)
        {
            self.emit(Event::InlineHtml(html.into()));
        } else {
            self.emit(Event::Text(text.clone()));
        }
    }

    /// The first character that follows a line break in the same block.
    fn next_char(&self, at: usize) -> Option<char> {
        match &self.events.get(at + 1)?.0 {
            Event::Text(text) | Event::Code(text) => text.chars().next(),
            Event::Start(_) => match &self.events.get(at + 2)?.0 {
                Event::Text(text) => text.chars().next(),
                _ => None,
            },
            _ => None,
        }
    }

    /// Comments are for authors; other HTML is kept here and cleaned as a whole page.
    fn raw_html(&mut self, html: &'e CowStr<'e>) {
        let trimmed = html.trim();
        if !(trimmed.starts_with("<!--") && trimmed.ends_with("-->")) {
            self.emit(Event::Html(html.clone()));
        }
    }

    fn open_heading(&mut self, at: usize) {
        let Some(heading) = self.headings.next() else {
            return;
        };
        let page = &self.context.page.page;
        let is_title = page.title_in_body && heading == &page.headings[0];
        let id = heading
            .id
            .as_ref()
            .map(|(id, _)| format!("<span id=\"{}\"></span>", escape(id)));
        let id = id.unwrap_or_default();
        if is_title {
            // The template writes the title; what points at it still finds its place.
            self.html(format!(
                "<span id=\"{}\"></span>{id}",
                escape(&heading.anchor)
            ));
            self.skip_to = self.end_of(at) + 1;
            return;
        }
        self.heading = Some(heading);
        let level = heading.level.max(2);
        self.html(format!("{id}<h{level} id=\"{}\">", escape(&heading.anchor)));
    }

    fn close_heading(&mut self) {
        let Some(heading) = self.heading.take() else {
            return;
        };
        let level = heading.level.max(2);
        self.html(format!("</h{level}>\n"));
    }

    fn href(&self, span: &Range<usize>) -> Option<String> {
        let target = self.context.page.targets.get(&span.start)?;
        self.context.site.href(self.context.from, target)
    }

    fn open_link(&mut self, span: &Range<usize>, dest: &str, title: &str) {
        let mut html = String::from("<a href=\"");
        match self.href(span) {
            Some(href) => {
                let _ = write!(html, "{href}\"");
            }
            None => {
                let mail = if dest.contains('@') && !dest.contains(':') {
                    "mailto:"
                } else {
                    ""
                };
                let _ = write!(html, "{mail}{}\" rel=\"external noopener\"", escape(dest));
            }
        }
        if !title.is_empty() {
            let _ = write!(html, " title=\"{}\"", escape(title));
        }
        html.push('>');
        self.emit(Event::InlineHtml(html.into()));
    }

    fn image(&mut self, span: &Range<usize>, dest: &str, title: &str, at: usize) {
        let end = self.end_of(at);
        let alt = plain::text(&self.events[at + 1..end]);
        let src = self.href(span).unwrap_or_else(|| escape(dest));
        let mut html = format!("<img src=\"{src}\" alt=\"{}\"", escape(&alt));
        if let Some(Target::Asset(path)) = self.context.page.targets.get(&span.start)
            && let Some((width, height)) = self.context.pictures.size(path)
        {
            let _ = write!(html, " width=\"{width}\" height=\"{height}\"");
        }
        if !title.is_empty() {
            let _ = write!(html, " title=\"{}\"", escape(title));
        }
        html.push_str(" loading=\"lazy\">");
        self.emit(Event::InlineHtml(html.into()));
        self.skip_to = end + 1;
    }

    /// A paragraph that is one picture becomes a figure, its title the caption.
    fn figure(&mut self, at: usize) -> bool {
        let Some((
            Event::Start(Tag::Image {
                dest_url, title, ..
            }),
            span,
        )) = self.events.get(at + 1)
        else {
            return false;
        };
        let end = self.end_of(at);
        if self.end_of(at + 1) + 1 != end {
            return false;
        }
        self.html("<figure>");
        self.image(span, dest_url, "", at + 1);
        if !title.is_empty() {
            self.html(format!("<figcaption>{}</figcaption>", escape(title)));
        }
        self.html("</figure>\n");
        self.skip_to = end + 1;
        true
    }

    fn open_table(&mut self, alignments: &[Alignment]) {
        self.alignments = alignments.to_vec();
        let label = escape(self.context.string("table_label"));
        self.html(format!(
            "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\"><table>"
        ));
    }

    fn open_cell(&mut self, at: usize) {
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"center\"",
            _ => "",
        };
        self.cell += 1;
        let empty = matches!(
            self.events.get(at + 1),
            Some((Event::End(TagEnd::TableCell), _))
        );
        match (self.in_table_head, empty) {
            // An empty heading names nothing: to a screen reader it is a plain cell.
            (true, true) => {
                self.html("<td></td>");
                self.skip_to = at + 2;
            }
            (true, false) => self.html(format!("<th scope=\"col\"{class}>")),
            (false, _) => self.html(format!("<td{class}>")),
        }
    }

    fn open_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            self.closers.push("</blockquote>\n");
            self.html("<blockquote>\n");
            return;
        };
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let title = self.context.strings.get(&format!("alert_{name}"));
        let title = escape(title.map_or(name, String::as_str));
        self.closers.push("</div>\n");
        self.html(format!(
            "<div class=\"alert alert-{name}\" role=\"note\"><p class=\"alert-title\">{title}</p>\n"
        ));
    }

    fn is_task_list(&self, at: usize) -> bool {
        self.events[at + 1..]
            .iter()
            .take(3)
            .any(|(event, _)| matches!(event, Event::TaskListMarker(_)))
    }

    fn task(&mut self, done: bool) {
        let checked = if done { " checked" } else { "" };
        let key = if done { "task_done" } else { "task_open" };
        let label = escape(self.context.string(key));
        let html = format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> ");
        self.emit(Event::InlineHtml(html.into()));
    }

    /// The event that ends what starts at `at`.
    fn end_of(&self, at: usize) -> usize {
        syntax::end_of(self.events, at)
    }
}
