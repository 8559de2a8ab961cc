//! From a checked site to its files: every page through its template, in parallel.
//!
//! Rendering cannot meet an author's error in a page, for the check let none through; what can
//! still fail is a template, and that is told like any other error.

pub mod banks;
pub mod body;
pub mod delivery;
pub mod feeds;
mod footnotes;
pub mod frame;
pub mod lists;
pub mod pictures;
mod question;
pub mod sanitize;
mod scenario;
mod scripts;
mod slots;
mod terms;
pub mod views;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::Bytes;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Tera};

use crate::check::CheckedSite;
use crate::config::RawHtml;
use crate::diag::Diagnostic;
use crate::grade::text::Variants;
use crate::output::Output;
use crate::site::link::PageId;
use crate::site::url;
use crate::source::Sources;
use crate::theme::Theme;
use frame::Framer;
use pictures::Pictures;
use views::{AssetsView, Frame, KindView, ModuleView, PageContext, PageView, SiteView};

/// What is rendered, and with what.
#[derive(Clone, Copy)]
pub struct Inputs<'r> {
    /// The pages.
    pub site: &'r CheckedSite,
    /// What they are poured into.
    pub theme: &'r Theme,
    /// Their texts.
    pub sources: &'r Sources,
    /// The files that they use, by path.
    pub assets: &'r BTreeMap<String, Bytes>,
    /// The day for which reviews are due or not.
    pub today: Date,
    /// Names this build, in what learners record.
    pub build: &'r str,
}

/// Pages of an earlier build, by URL, each with the hash of all that went into it.
#[derive(Debug, Default)]
pub struct Cache {
    pages: HashMap<String, (u64, Bytes)>,
    banks: banks::Cache,
}

/// One rendering: the inputs with what is derived from them once.
pub struct Renderer<'r> {
    inputs: Inputs<'r>,
    tera: Tera,
    framer: Framer<'r>,
    pictures: Pictures,
    variants: Variants,
    /// Of everything that is in every page.
    globals: u64,
}

/// Renders the whole site, taking from `cache` what has not changed since.
pub fn render(inputs: Inputs<'_>, cache: &mut Cache) -> (Output, Vec<Diagnostic>) {
    let renderer = Renderer::new(inputs);
    let ids: Vec<PageId> = inputs.site.ids().map(|(id, _)| id).collect();
    let pages = || {
        ids.par_iter()
            .map(|id| renderer.page(*id, cache))
            .collect::<Vec<_>>()
    };
    let lists = || {
        lists::all(&renderer)
            .into_iter()
            .chain(feeds::all(&renderer))
            .chain(scenario::atlas::all(&renderer))
    };
    let (pages, lists) = rayon::join(pages, || lists().collect::<Vec<File>>());
    let mut output = inputs.theme.output.clone();
    let mut diagnostics = Vec::new();
    let mut next = Cache::default();
    let mut keys = Vec::with_capacity(pages.len());
    for page in pages {
        keys.push(page.as_ref().map_or(0, |(_, key, _)| *key));
        match page {
            Ok((url, key, bytes)) => {
                output.insert(url.clone(), bytes.clone());
                next.pages.insert(url, (key, bytes));
            }
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    for (path, bytes) in inputs.assets {
        output.insert(path.clone(), bytes.clone());
    }
    for file in lists {
        match file {
            Ok((url, text)) => output.insert(url, text),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    next.banks = std::mem::take(&mut cache.banks);
    output.extend(banks::all(&renderer, &keys, &mut next.banks));
    *cache = next;
    (output, diagnostics)
}

/// A file of the site and its text, or why it could not be made.
pub type File = Result<(String, String), Diagnostic>;

impl<'r> Renderer<'r> {
    fn new(inputs: Inputs<'r>) -> Self {
        let Inputs {
            site, theme, today, ..
        } = inputs;
        let framer = Framer { site, theme, today };
        let mut tera = theme.tera.clone();
        let globals = Globals::of(&inputs, framer);
        globals.share(tera.global_context());
        let mut hasher = DefaultHasher::new();
        theme.fingerprint(inputs.sources).hash(&mut hasher);
        serde_json::to_string(&globals)
            .unwrap_or_default()
            .hash(&mut hasher);
        let pictures = Pictures::measure(inputs.assets);
        Self {
            inputs,
            tera,
            framer,
            pictures,
            variants: Variants::new(),
            globals: hasher.finish(),
        }
    }

    fn site(&self) -> &'r CheckedSite {
        self.inputs.site
    }

    /// Renders one page, or takes it from the cache.
    fn page(&self, id: PageId, cache: &Cache) -> Result<(String, u64, Bytes), Diagnostic> {
        let place = self.site().page(id);
        let frame = self.framer.page(id);
        let special = lists::special(self, id);
        let key = self.key(id, &frame, &special);
        if let Some((known, bytes)) = cache.pages.get(&place.url)
            && *known == key
        {
            return Ok((place.url.clone(), key, bytes.clone()));
        }
        let body = self.body(id);
        let root = url::root_of(&place.url);
        let page = PageView {
            frame: &frame,
            body: &body,
        };
        let html = match special {
            Some(special) => special.render(self, &root, page),
            None => {
                let template = self.inputs.theme.template_of(frame.kind);
                self.template(&template, &PageContext { root: &root, page })
            }
        }?;
        Ok((
            place.url.clone(),
            key,
            Bytes::from(html.into_bytes().into_boxed_slice()),
        ))
    }

    /// A hash of all that a page is made of.
    fn key(&self, id: PageId, frame: &Frame, special: &Option<lists::Special>) -> u64 {
        let place = self.site().page(id);
        let mut hasher = DefaultHasher::new();
        self.globals.hash(&mut hasher);
        frame.hash(&mut hasher);
        special.hash(&mut hasher);
        self.inputs.sources.text(place.page.file).hash(&mut hasher);
        for drawn in delivery::drawn_from(place) {
            let page = self.site().page(drawn);
            self.inputs.sources.text(page.page.file).hash(&mut hasher);
        }
        for link in &place.page.links {
            let target = place.targets.get(&link.span.start);
            target
                .and_then(|target| self.site().href(&place.url, target))
                .hash(&mut hasher);
            if let Some(crate::site::link::Target::Asset(path)) = target {
                self.pictures.size(path).hash(&mut hasher);
            }
        }
        hasher.finish()
    }

    fn body(&self, id: PageId) -> String {
        let place = self.site().page(id);
        let context = self.context(id, &place.url);
        let mut html = self.clean(id, body::render(context));
        html.push_str(&delivery::first_draw(self, id));
        html.push_str(&scenario::after(&context));
        html
    }

    /// What is needed to render the text of a page, for the file at `from`.
    fn context<'c>(&'c self, id: PageId, from: &'c str) -> body::Context<'c> {
        let place = self.site().page(id);
        body::Context {
            site: self.site(),
            page: place,
            from,
            text: self.inputs.sources.text(place.page.file),
            strings: &self.inputs.theme.strings,
            pictures: &self.pictures,
            variants: &self.variants,
        }
    }

    /// HTML of a page, cleaned where the page's author wrote some of it.
    fn clean(&self, id: PageId, html: String) -> String {
        let page = &self.site().page(id).page;
        if !page.has_raw_html || self.site().config.raw_html == RawHtml::Trust {
            return html;
        }
        let ids: HashSet<String> = page.anchors().map(str::to_owned).collect();
        sanitize::sanitize(&html, &ids)
    }

    /// Renders a template, saying its error at its place.
    fn template(&self, name: &str, context: &impl Serialize) -> Result<String, Diagnostic> {
        Context::from_serialize(context)
            .and_then(|context| self.tera.render(name, &context))
            .map_err(|error| self.inputs.theme.error(&error))
    }
}

/// What every template of the site may use.
#[derive(Serialize)]
struct Globals<'g> {
    site: SiteView,
    t: &'g BTreeMap<String, String>,
    assets: AssetsView<'g>,
    modules: Vec<ModuleView>,
    kinds: Vec<KindView>,
}

impl<'g> Globals<'g> {
    fn of(inputs: &Inputs<'g>, framer: Framer<'g>) -> Self {
        let Inputs { site, theme, .. } = *inputs;
        Self {
            site: SiteView {
                id: site.config.id.clone(),
                title: site.config.title.clone(),
                description: site.config.description.clone(),
                language: site.config.language.tag(),
                base_url: site.config.base_url.clone(),
                generator: concat!("keben ", env!("CARGO_PKG_VERSION")),
                feed: feeds::has_feed(site),
            },
            t: &theme.strings,
            assets: AssetsView {
                style: &theme.style,
                script: &theme.script,
                files: &theme.files,
            },
            modules: lists::modules(site),
            kinds: lists::kinds(site, framer),
        }
    }

    /// Converted once: a template then shares them instead of copying them page by page.
    fn share(&self, context: &mut Context) {
        context.insert("site", &self.site);
        context.insert("t", &self.t);
        context.insert("assets", &self.assets);
        context.insert("modules", &self.modules);
        context.insert("kinds", &self.kinds);
    }
}
