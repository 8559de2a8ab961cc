//! What surrounds a page's text: its facts, its neighbours, and who cites it.

use std::num::NonZeroU32;

use jiff::civil::Date;

use super::delivery;
use super::views::{
    AudienceView, ContentsEntry, Frame, ModuleFrame, NamedLink, NavModule, Neighbour,
    ObjectiveView, PageEntry, PageLink, SourceView, TagLink,
};
use crate::page::front::{FrontMatter, Level};
use crate::page::kind::Kind;
use crate::site::link::PageId;
use crate::site::url::{encode, encode_ascii};
use crate::site::{Module, ModuleId, Site, SitePage};
use crate::theme::Theme;

/// So many pages of a module are shown beside a page; navigation must not grow with the site.
pub const NEIGHBOURS: usize = 9;
/// So many modules are shown beside a page, for the same reason.
pub const MODULES: usize = 6;
/// So many citing pages are named on a page.
const BACKLINKS: usize = 8;

/// Builds frames for the pages of one site.
#[derive(Clone, Copy)]
pub struct Framer<'f> {
    /// The site.
    pub site: &'f Site,
    /// For the labels.
    pub theme: &'f Theme,
    /// The day on which the site is built.
    pub today: Date,
}

impl Framer<'_> {
    /// The frame of a page.
    pub fn page(&self, id: PageId) -> Frame {
        let place = self.site.page(id);
        let (page, front) = (&place.page, &place.page.front);
        let due = front.due();
        let kind = self.kind_name(id);
        Frame {
            id: page.id().to_owned(),
            title: page.title.clone(),
            summary: front.summary.clone(),
            description: Some(page.summary.clone()).filter(|summary| !summary.is_empty()),
            kind,
            kind_label: self.label("kind", kind),
            url: encode(&place.url),
            canonical: self.canonical(&place.url),
            minutes: front.minutes.map(NonZeroU32::get),
            reading_minutes: page.length.minutes(),
            words: page.length.total(),
            objectives: self.objectives(front),
            audience: self.audience(front),
            tags: self.tags(front),
            owner: front.owner.clone(),
            reviewed: front.reviewed.map(|date| date.to_string()),
            due: due.map(|due| due.to_string()),
            stale: due.is_some_and(|due| due < self.today),
            sources: sources(front),
            contents: contents(place),
            breadcrumbs: self.breadcrumbs(id),
            module: self.module(id),
            nav: self.nav(place.module),
            previous: place.previous.map(|id| self.link(id)),
            next: place.next.map(|id| self.link(id)),
            requires: place.requires.iter().map(|id| self.link(*id)).collect(),
            next_up: place.next_up.iter().map(|id| self.link(*id)).collect(),
            backlinks: place
                .cited_by
                .iter()
                .take(BACKLINKS)
                .map(|id| self.link(*id))
                .collect(),
            backlinks_total: place.cited_by.len(),
            draft: front.draft,
            source_path: format!("{}/{}", self.site.config.content, page.path),
            questions: delivery::shown(place),
            quiz: delivery::delivery(self.site, id),
        }
    }

    /// The frame of a page that the generator writes itself.
    pub fn generated(&self, title: &str, url: &str) -> Frame {
        Frame {
            id: String::new(),
            title: title.to_owned(),
            summary: None,
            description: None,
            kind: "list",
            kind_label: String::new(),
            url: encode(url),
            canonical: self.canonical(url),
            minutes: None,
            reading_minutes: 0,
            words: 0,
            objectives: Vec::new(),
            audience: Vec::new(),
            tags: Vec::new(),
            owner: None,
            reviewed: None,
            due: None,
            stale: false,
            sources: Vec::new(),
            contents: Vec::new(),
            breadcrumbs: self.home_crumb(),
            module: None,
            nav: self.nav(None),
            previous: None,
            next: None,
            requires: Vec::new(),
            next_up: Vec::new(),
            backlinks: Vec::new(),
            backlinks_total: 0,
            draft: false,
            source_path: String::new(),
            questions: 0,
            quiz: None,
        }
    }

    /// The frame of a module that has no page of its own.
    pub fn bare_module(&self, module: &Module) -> Frame {
        let mut frame = self.generated(&module.title, &module.url);
        frame.kind = "module";
        frame.kind_label = self.label("kind", "module");
        frame.module = Some(self.module_frame(module, None));
        frame
    }

    /// A link to a page.
    pub fn link(&self, id: PageId) -> PageLink {
        let entry = self.entry(id);
        PageLink {
            title: entry.title,
            url: entry.url,
            kind: entry.kind,
            kind_label: entry.kind_label,
            module_title: entry.module_title,
        }
    }

    /// A page as it stands in a list.
    pub fn entry(&self, id: PageId) -> PageEntry {
        let place = self.site.page(id);
        let kind = self.kind_name(id);
        let module = place
            .module
            .map(|module| self.site.module(module).title.clone());
        PageEntry {
            title: place.page.title.clone(),
            url: encode(&place.url),
            summary: Some(place.page.summary.clone()).filter(|summary| !summary.is_empty()),
            minutes: place.page.front.minutes.map(NonZeroU32::get),
            kind,
            kind_label: self.label("kind", kind),
            module_title: module.unwrap_or_default(),
        }
    }

    /// An interface string of the form `group_name`.
    pub fn label(&self, group: &str, name: &str) -> String {
        let key = format!("{group}_{}", name.replace('-', "_"));
        self.theme.string(&key).to_owned()
    }

    /// The home page and the first page of a module are what they are, not lessons.
    fn kind_name(&self, id: PageId) -> &'static str {
        let place = self.site.page(id);
        if place.page.path == "index.md" {
            return "home";
        }
        let index = place
            .module
            .is_some_and(|module| self.site.module(module).index == Some(id));
        if index && place.page.front.kind == Kind::Lesson {
            "module"
        } else {
            place.page.front.kind.id()
        }
    }

    fn canonical(&self, url: &str) -> Option<String> {
        let base = &self.site.config.base_url;
        let short = url.strip_suffix("index.html").unwrap_or(url);
        (!base.is_empty()).then(|| format!("{base}{}", encode_ascii(short)))
    }

    fn objectives(&self, front: &FrontMatter) -> Vec<ObjectiveView> {
        let view = |objective: &crate::page::front::Objective| ObjectiveView {
            id: objective.id.clone(),
            level: self.label("level", level_name(objective.level)),
            text: objective.text.clone(),
        };
        front
            .objectives
            .iter()
            .map(|(objective, _)| view(objective))
            .collect()
    }

    fn audience(&self, front: &FrontMatter) -> Vec<AudienceView> {
        let view = |id: &'static str| AudienceView {
            id,
            label: self.label("audience", id),
        };
        front
            .audience
            .iter()
            .map(|audience| view(audience.id()))
            .collect()
    }

    fn tags(&self, front: &FrontMatter) -> Vec<TagLink> {
        let link = |name: &String| {
            let tag = self
                .site
                .tags
                .binary_search_by(|tag| tag.name.as_str().cmp(name))
                .ok()?;
            Some(TagLink {
                name: name.clone(),
                url: encode(&self.site.tags[tag].url),
            })
        };
        front.tags.iter().filter_map(link).collect()
    }

    fn home_crumb(&self) -> Vec<NamedLink> {
        let title = self.theme.string("home").to_owned();
        vec![NamedLink {
            title,
            url: "index.html".to_owned(),
        }]
    }

    fn breadcrumbs(&self, id: PageId) -> Vec<NamedLink> {
        let mut crumbs = self.home_crumb();
        if let Some(module) = self
            .site
            .page(id)
            .module
            .map(|module| self.site.module(module))
            && module.index != Some(id)
        {
            crumbs.push(NamedLink {
                title: module.title.clone(),
                url: encode(&module.url),
            });
        }
        crumbs
    }

    /// The modules around one, as many as a page shows.
    fn nav(&self, current: Option<ModuleId>) -> Vec<NavModule> {
        let at = current.map_or(0, |module| module.0);
        let last_start = self.site.modules.len().saturating_sub(MODULES);
        let start = at.saturating_sub(MODULES / 2).min(last_start);
        let view = |module: &Module| NavModule {
            id: module.id.clone(),
            title: module.title.clone(),
            url: encode(&module.url),
        };
        self.site
            .modules
            .iter()
            .skip(start)
            .take(MODULES)
            .map(view)
            .collect()
    }

    fn module(&self, id: PageId) -> Option<ModuleFrame> {
        let module = self.site.module(self.site.page(id).module?);
        Some(self.module_frame(module, Some(id)))
    }

    /// A module as it is seen from one of its pages: a window of neighbours around it.
    fn module_frame(&self, module: &Module, current: Option<PageId>) -> ModuleFrame {
        let at = current
            .and_then(|id| module.pages.iter().position(|page| *page == id))
            .unwrap_or(0);
        let last_start = module.pages.len().saturating_sub(NEIGHBOURS);
        let start = at.saturating_sub(NEIGHBOURS / 2).min(last_start);
        let window = module.pages.iter().skip(start).take(NEIGHBOURS);
        let neighbour = |id: &PageId| {
            let link = self.link(*id);
            Neighbour {
                title: link.title,
                url: link.url,
                kind: link.kind,
                kind_label: link.kind_label,
                current: Some(*id) == current,
            }
        };
        ModuleFrame {
            id: module.id.clone(),
            title: module.title.clone(),
            url: encode(&module.url),
            total: module.pages.len(),
            pages: window.map(neighbour).collect(),
        }
    }
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Remember => "remember",
        Level::Understand => "understand",
        Level::Apply => "apply",
        Level::Analyze => "analyze",
        Level::Evaluate => "evaluate",
        Level::Create => "create",
    }
}

fn sources(front: &FrontMatter) -> Vec<SourceView> {
    let view = |source: &crate::page::front::Source| SourceView {
        title: source.title.clone(),
        article: source.article.clone(),
        url: source.url.clone(),
    };
    front.sources.iter().map(view).collect()
}

/// The headings of the second and third level.
fn contents(place: &SitePage) -> Vec<ContentsEntry> {
    let page = &place.page;
    let skip = usize::from(page.title_in_body);
    let entry = |heading: &crate::page::Heading| ContentsEntry {
        level: heading.level,
        title: heading.text.clone(),
        anchor: encode(&heading.anchor),
    };
    if page.initials.len() > 1 {
        let letter = |(letter, at): &(char, usize)| ContentsEntry {
            title: letter.to_string(),
            ..entry(&page.headings[*at])
        };
        return page.initials.iter().map(letter).collect();
    }
    // A question in a lesson is long, and one below the heading of its quiz; on a page of questions
    // they are all that there is.
    let asks = |at: usize| {
        let mut questions = page.questions.iter();
        page.front.kind != Kind::Quiz && questions.any(|question| question.heading == at)
    };
    let shown = page.headings.iter().enumerate().skip(skip);
    shown
        .filter(|(at, heading)| matches!(heading.level, 2 | 3) && !asks(*at))
        .map(|(_, heading)| entry(heading))
        .collect()
}
