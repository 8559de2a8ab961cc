//! A scenario on a page that is only read: places as sections, what is said as lines, choices as
//! links to follow, and below it all what the player needs.
//!
//! Everything that the player shows stands in the page already; the elements are numbered as in the
//! data ([`crate::scenario::data`]).

pub mod atlas;
mod map;
mod ways;

use std::ops::Range;

use pulldown_cmark::{Event, Tag};
use serde::Serialize;

use super::body::{Context, escape};
use crate::page::scenario::lines::{Quote, blocks};
use crate::page::scenario::{Ending, EndingKind, Line, Part, Place, Scenario, Text};
use crate::scenario::data::{Data, data};
use crate::site::url::encode;
use crate::syntax::Spanned;
use crate::syntax::plain::is_wide;

/// Arranges the places of a scenario. Pages of other kinds stay as they are.
pub fn rearrange<'e>(context: &Context<'_>, events: Vec<Spanned<'e>>) -> Vec<Spanned<'e>> {
    let Some(scenario) = context.page.page.scenario.as_deref() else {
        return events;
    };
    let mut stage = Stage {
        context,
        scenario,
        here: None,
        in_ending: false,
        out: Vec::with_capacity(events.len()),
    };
    for block in blocks(&events) {
        stage.block(block);
    }
    stage.leave();
    stage.out
}

/// What stands below the text: the way to the map, and the data for the player.
pub fn after(context: &Context<'_>) -> String {
    let Some(scenario) = context.page.page.scenario.as_deref() else {
        return String::new();
    };
    #[derive(Serialize)]
    struct PageData<'p> {
        page: &'p str,
        #[serde(flatten)]
        data: Data<'p>,
    }
    let path = context.page.page.path.as_str();
    let page = PageData {
        page: path.strip_suffix(".md").unwrap_or(path),
        data: data(scenario),
    };
    let json = serde_json::to_string(&page).unwrap_or_default();
    let file = |ending| {
        let address = atlas::address(&context.page.url, ending);
        encode(address.rsplit('/').next().unwrap_or_default())
    };
    let label = escape(context.string("scenario_map"));
    let map = format!(
        "<p class=\"scenario-map\"><a href=\"{}\" data-map=\"{}\">{label}</a></p>\n",
        file("html"),
        file("js")
    );
    format!(
        "{map}<script type=\"application/json\" class=\"scenario-data\">{}</script>\n",
        inert(&json)
    )
}

/// JSON that no HTML parser takes for anything else.
fn inert(json: &str) -> String {
    let mut inert = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                inert.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => inert.push(c),
        }
    }
    inert
}

/// Where the arranging is.
struct Stage<'r, 'e> {
    context: &'r Context<'r>,
    scenario: &'r Scenario,
    /// The place whose section is open.
    here: Option<usize>,
    /// Whether the card of its ending is open.
    in_ending: bool,
    out: Vec<Spanned<'e>>,
}

impl<'r, 'e> Stage<'r, 'e> {
    fn html(&mut self, html: impl Into<String>) {
        self.out.push((Event::Html(html.into().into()), 0..0));
    }

    fn place(&self) -> Option<&'r Place> {
        self.here.map(|at| &self.scenario.places[at])
    }

    fn block(&mut self, block: &[Spanned<'e>]) {
        let span = &block[0].1;
        if self
            .place()
            .is_some_and(|place| span.start >= place.extent.end)
        {
            self.leave();
        }
        let is_start = |place: &Place| place.part != Part::Rest && place.span == *span;
        if let Some(at) = self.scenario.places.iter().position(is_start) {
            self.leave();
            self.enter(at);
            self.out.extend_from_slice(block);
            return;
        }
        match (&block[0].0, self.place()) {
            (Event::Start(Tag::Table(_)), _) => self.table(block),
            (_, None) => self.out.extend_from_slice(block),
            (Event::Start(Tag::BlockQuote(None)), Some(_)) => self.quote(block),
            (Event::Start(Tag::List(_)), Some(place)) => self.list(place, block),
            (Event::Start(Tag::Paragraph), Some(place)) => self.paragraph(place, block),
            _ => self.out.extend_from_slice(block),
        }
    }

    fn enter(&mut self, at: usize) {
        self.here = Some(at);
        self.html(format!("<section class=\"place\" data-place=\"{at}\">\n"));
    }

    fn leave(&mut self) {
        if self.here.take().is_some() {
            let ending = std::mem::take(&mut self.in_ending);
            self.html(if ending {
                "</div></div>\n</section>\n"
            } else {
                "</section>\n"
            });
        }
    }

    /// The tables that declare something are for those who look after the page.
    fn table(&mut self, block: &[Spanned<'e>]) {
        let within = |span: &Range<usize>| {
            !span.is_empty() && block[0].1.start <= span.start && span.end <= block[0].1.end
        };
        let variables = self.scenario.variables.iter().any(|one| within(&one.span));
        let competencies = self
            .scenario
            .competencies
            .iter()
            .any(|one| within(&one.span));
        let class = match (variables, competencies) {
            (true, _) => "declared variables",
            (_, true) => "declared competencies",
            _ => {
                self.out.extend_from_slice(block);
                return;
            }
        };
        self.html(format!("<div class=\"{class}\">"));
        self.out.extend_from_slice(block);
        self.html("</div>\n");
    }

    fn paragraph(&mut self, place: &'r Place, block: &[Spanned<'e>]) {
        let limit = place.limit.as_ref().map(|limit| limit.span.start);
        if let Some(ending) = place.ending.as_ref().filter(|one| one.span == block[1].1) {
            self.ending(ending, block);
        } else if limit.is_some_and(|limit| block[0].1.contains(&limit)) {
            self.html("<p class=\"limit\">");
            self.out.extend_from_slice(&block[1..block.len() - 1]);
            self.html("</p>\n");
        } else {
            self.out.extend_from_slice(block);
        }
    }

    /// The verdict as a card, the debrief below it: the rest of the section.
    fn ending(&mut self, ending: &Ending, block: &[Spanned<'e>]) {
        self.in_ending = true;
        let kind = ending.kind.id();
        let (label, points) = verdict(self.context, ending);
        let score = format!("<b>{}</b>", ending.score);
        let points = escape(&points).replace(&ending.score.to_string(), &score);
        let label = escape(label);
        self.html(format!(
            "<div class=\"ending\" data-kind=\"{kind}\"><p class=\"verdict\">{label} {points}</p>\n\
             <div class=\"debrief\">\n"
        ));
        let inline = inline(block, &(ending.debrief.start..block[0].1.end));
        if !inline.is_empty() {
            self.html("<p>");
            self.out.extend(inline);
            self.html("</p>\n");
        }
    }

    fn quote(&mut self, block: &[Spanned<'e>]) {
        let mut quote = Quote::default();
        quote.read(block);
        for line in &quote.lines {
            self.line(line, block);
        }
    }

    /// What somebody says, or a notice that nobody says.
    fn line(&mut self, line: &Line, events: &[Spanned<'e>]) {
        let attribute = |name: &str, value: &Option<String>| {
            value
                .as_deref()
                .map(|value| format!(" data-{name}=\"{}\"", escape(value)))
        };
        let speaker = attribute("speaker", &line.speaker).unwrap_or_default();
        let mood = attribute("mood", &line.mood).unwrap_or_default();
        self.html(format!("<blockquote class=\"line\"{speaker}{mood}>\n"));
        let block = blocks(&events[1..events.len().max(2) - 1]);
        let whole = block
            .into_iter()
            .find(|block| block[0].1.start == line.text.span.start);
        match whole.filter(|block| !matches!(block[0].0, Event::Start(Tag::Paragraph))) {
            Some(block) => self.out.extend_from_slice(block),
            None => {
                self.html(format!("<p>{}", who(line)));
                self.out.extend(inline(events, &line.text.span));
                self.html("</p>\n");
            }
        }
        self.html("</blockquote>\n");
    }

    fn remark(&mut self, remark: &[Text], events: &[Spanned<'e>]) {
        if remark.is_empty() {
            return;
        }
        let label = escape(self.context.string("scenario_remark"));
        self.html(format!(
            "<details class=\"remark\"><summary>{label}</summary>\n"
        ));
        for text in remark {
            self.html("<p>");
            self.out.extend(inline(events, &text.span));
            self.html("</p>\n");
        }
        self.html("</details>\n");
    }
}

/// The kind and the points of an ending, in words.
fn verdict<'c>(context: &'c Context<'_>, ending: &Ending) -> (&'c str, String) {
    let label = match ending.kind {
        EndingKind::Good => context.string("ending_good"),
        EndingKind::Mixed => context.string("ending_mixed"),
        EndingKind::Bad => context.string("ending_bad"),
    };
    let points = context.string("ending_points");
    (label, points.replace("{n}", &ending.score.to_string()))
}

/// Who speaks and how, as one writes it in a play.
fn who(line: &Line) -> String {
    let mut who = String::new();
    let wide = |text: &str| text.chars().last().is_some_and(is_wide);
    if let Some(speaker) = &line.speaker {
        let colon = if wide(speaker) { "：" } else { ": " };
        who.push_str(&format!(
            "<b class=\"speaker\">{}{colon}</b>",
            escape(speaker)
        ));
    }
    if let Some(mood) = &line.mood {
        let (open, close) = if wide(mood) {
            ("（", "）")
        } else {
            ("(", ") ")
        };
        who.push_str(&format!(
            "<span class=\"mood\">{open}{}{close}</span>",
            escape(mood)
        ));
    }
    who
}

/// The inline events between two bytes; a text that begins before them is cut.
fn inline<'e>(events: &[Spanned<'e>], span: &Range<usize>) -> Vec<Spanned<'e>> {
    let mut inner: Vec<Spanned<'e>> = Vec::new();
    let is_block = |event: &Event<'_>| match event {
        Event::Start(tag) => !crate::syntax::plain::is_inline(tag),
        Event::End(tag) => !crate::syntax::plain::is_inline_end(*tag),
        _ => false,
    };
    for (event, place) in events {
        if place.start >= span.end || place.end <= span.start || is_block(event) {
            continue;
        }
        let cut = span.start.saturating_sub(place.start);
        match event {
            Event::Text(text) if cut > 0 || inner.is_empty() => {
                let rest = text.get(cut..).unwrap_or(text).trim_start();
                if !rest.is_empty() {
                    inner.push((Event::Text(rest.to_owned().into()), place.clone()));
                }
            }
            _ if cut > 0 => {}
            Event::SoftBreak if inner.is_empty() => {}
            _ => inner.push((event.clone(), place.clone())),
        }
    }
    inner
}
