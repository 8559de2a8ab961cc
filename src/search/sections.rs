//! Pages as search sees them: one section for each heading, so that a hit lands on its place.

use keben_search_core::Section;
use pulldown_cmark::{Event, Tag, TagEnd};

use crate::check::CheckedSite;
use crate::page::kind::Kind;
use crate::page::{Heading, Page, keywords};
use crate::site::link::PageId;
use crate::site::url::encode;
use crate::source::Sources;
use crate::syntax::plain::PlainText;
use crate::syntax::{self, Spanned};

/// The sections of all pages, in reading order, each page's together.
pub fn of_site<'s>(
    site: &'s CheckedSite,
    sources: &'s Sources,
) -> impl Iterator<Item = Section> + 's {
    site.ids().flat_map(|(id, _)| of_page(site, sources, id))
}

/// The sections of one page.
fn of_page(site: &CheckedSite, sources: &Sources, id: PageId) -> Vec<Section> {
    let place = site.page(id);
    let page = &place.page;
    let module = place.module.map(|module| site.module(module));
    let url = encode(&place.url);
    let template = Section {
        page_url: url.clone(),
        url,
        page_title: page.title.clone(),
        kind: page.front.kind.id().to_owned(),
        module: module.map(|module| module.id.clone()).unwrap_or_default(),
        module_title: module
            .map(|module| module.title.clone())
            .unwrap_or_default(),
        audience: page
            .front
            .audience
            .iter()
            .map(|one| one.id().to_owned())
            .collect(),
        tags: page.front.tags.clone(),
        ..Section::default()
    };
    let events = syntax::events(sources.text(page.file), page.body.clone());
    Cutter::new(page, template).cut(&events)
}

/// Cuts a page at its headings.
struct Cutter<'p> {
    page: &'p Page,
    /// What all sections of the page share.
    template: Section,
    sections: Vec<Section>,
    current: Section,
    text: PlainText,
    /// The headings above, with their levels.
    above: Vec<(u8, String)>,
    /// The level of the heading that opened a quiz, while it lasts.
    quiz: Option<u8>,
}

impl<'p> Cutter<'p> {
    fn new(page: &'p Page, template: Section) -> Self {
        let mut current = template.clone();
        current.also.clone_from(&page.front.also);
        let mut text = PlainText::default();
        text.push(&Event::Text(page.summary.as_str().into()));
        text.push(&Event::HardBreak);
        let quiz = (page.front.kind == Kind::Quiz).then_some(1);
        Self {
            page,
            template,
            sections: Vec::new(),
            current,
            text,
            above: Vec::new(),
            quiz,
        }
    }

    fn cut(mut self, events: &[Spanned<'_>]) -> Vec<Section> {
        let mut headings = self.page.headings.iter();
        let mut in_heading = false;
        let mut paragraph: Option<PlainText> = None;
        for (event, _) in events {
            match event {
                Event::Start(Tag::Heading { .. }) => {
                    in_heading = true;
                    if let Some(heading) = headings.next() {
                        self.open(heading);
                    }
                }
                Event::End(TagEnd::Heading(_)) => in_heading = false,
                _ if in_heading => {}
                Event::Start(Tag::Paragraph) => paragraph = Some(PlainText::default()),
                Event::End(TagEnd::Paragraph) => self.close(paragraph.take()),
                other => match &mut paragraph {
                    Some(paragraph) => paragraph.push(other),
                    None if self.may_show() => self.text.push(other),
                    None => {}
                },
            }
        }
        self.finish_section();
        self.sections
    }

    /// Questions may be found by what they ask, never by what answers them.
    fn may_show(&self) -> bool {
        self.quiz
            .is_none_or(|quiz| self.above.last().is_none_or(|(level, _)| *level <= quiz))
    }

    fn open(&mut self, heading: &Heading) {
        if self.page.title_in_body && heading == &self.page.headings[0] {
            return;
        }
        self.finish_section();
        self.above.retain(|(level, _)| *level < heading.level);
        self.current.heading.clone_from(&heading.text);
        self.current.parents = self.above.iter().map(|(_, text)| text.clone()).collect();
        let anchor = heading.id.as_ref().map_or(&heading.anchor, |(id, _)| id);
        self.current.url = format!("{}#{}", self.template.page_url, encode(anchor));
        self.above.push((heading.level, heading.text.clone()));
        if self.page.front.kind != Kind::Quiz {
            let inside = self.quiz.filter(|quiz| heading.level > *quiz);
            self.quiz =
                inside.or(keywords::is_quiz_heading(&heading.text).then_some(heading.level));
        }
    }

    /// A paragraph is text, or says what else the thing is called.
    fn close(&mut self, paragraph: Option<PlainText>) {
        let paragraph = paragraph.map(PlainText::finish).unwrap_or_default();
        match keywords::also(&paragraph) {
            Some(names) => self.current.also.extend(names),
            None if self.may_show() => {
                self.text.push(&Event::HardBreak);
                self.text.push(&Event::Text(paragraph.into()));
                self.text.push(&Event::HardBreak);
            }
            None => {}
        }
    }

    fn finish_section(&mut self) {
        let mut section = std::mem::replace(&mut self.current, self.template.clone());
        section.body = std::mem::take(&mut self.text).finish();
        self.sections.push(section);
    }
}
