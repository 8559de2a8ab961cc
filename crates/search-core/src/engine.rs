//! Opens an index and answers queries.

use tantivy::index::SegmentReader;
use tantivy::schema::Field;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use tantivy::schema::document::{ValueDeserialize, ValueDeserializer};
use tantivy::store::StoreReader;
use tantivy::{DocId, Index};

use crate::analysis::Folding;
use crate::excerpt::{excerpt, mark};
use crate::ladder::{Climb, Hit, climb};
use crate::pages::{PageId, Pages};
use crate::postings::Lists;
use crate::query::{Phrase, Plan};
use crate::schema::{Fields, schema};
use crate::{Bundle, Error, Facet, PageHit, Query, Results, SectionHit, Step};

/// How many sections of a page are shown.
const SECTIONS: usize = 3;

/// The most pages one query answers.
const LARGEST_LIMIT: usize = 200;

/// How many blocks of stored text are kept decoded.
const CACHED_BLOCKS: usize = 16;

/// An open index.
pub struct Engine {
    folding: Folding,
    fields: Fields,
    pages: Pages,
    lists: Lists,
    store: StoreReader,
    sections: u32,
}

impl Engine {
    /// Opens an index.
    pub fn open(bundle: Bundle) -> Result<Self, Error> {
        let (expected, fields) = schema();
        let pages = bundle.pages()?;
        let index = Index::open(bundle)?;
        if index.schema() != expected {
            return Err(Error::Malformed("its fields are others"));
        }
        let segments = index.searchable_segments()?;
        let [segment] = segments.as_slice() else {
            return Err(Error::Malformed("it is not in one piece"));
        };
        let segment = SegmentReader::open(segment)?;
        Ok(Self {
            folding: Folding::new(),
            fields,
            pages,
            lists: Lists::open(&segment, &fields)?,
            store: segment.get_store_reader(CACHED_BLOCKS)?,
            sections: segment.max_doc(),
        })
    }

    /// Answers a query. A text without any letter or digit finds nothing.
    pub fn search(&self, query: &Query) -> Result<Results, Error> {
        let plan = Plan::new(&self.folding, &query.text);
        if plan.words.is_empty() {
            return Ok(Results {
                dropped: plan.excess.into_iter().collect(),
                ..Results::default()
            });
        }
        let filter = Filter::new(&self.pages, query);
        let wanted = |section| filter.passes(&self.pages, self.pages.of(section));
        let climb = climb(&self.lists, &plan, self.sections, wanted)?;
        let (ranked, kinds, modules) = self.rank(&climb.hits, &filter);
        let limit = query.limit.min(LARGEST_LIMIT);
        let shown = ranked.iter().skip(query.offset).take(limit);
        let pages = shown
            .map(|page| self.page(page, &climb))
            .collect::<Result<_, _>>()?;
        let step = ranked.first().map(|page| page.step);
        let mut dropped = climb.missing;
        if step != Some(Step::Phrase) {
            dropped.splice(0..0, plan.asking);
        }
        dropped.extend(plan.excess);
        Ok(Results {
            pages,
            total_pages: ranked.len(),
            kinds,
            modules,
            step,
            dropped,
        })
    }

    /// Groups the hits by page, best page first, and counts the facets.
    fn rank<'a>(
        &self,
        hits: &'a [Hit],
        filter: &Filter,
    ) -> (Vec<Ranked<'a>>, Vec<Facet>, Vec<Facet>) {
        let mut kinds: Vec<_> = self
            .pages
            .kinds
            .iter()
            .map(|kind| facet(kind, kind))
            .collect();
        let mut modules: Vec<_> = self
            .pages
            .modules
            .iter()
            .map(|(id, title)| facet(id, title))
            .collect();
        let mut ranked = Vec::new();
        for hits in
            hits.chunk_by(|left, right| self.pages.of(left.section) == self.pages.of(right.section))
        {
            let page = self.pages.of(hits[0].section);
            let (kind, module) = (self.pages.kind(page), self.pages.module(page));
            kinds[kind].count += usize::from(filter.module_passes(module));
            modules[module].count += usize::from(filter.kind_passes(kind));
            if filter.passes(&self.pages, page) {
                ranked.push(Ranked::new(page, hits));
            }
        }
        ranked.sort_by(|left, right| {
            let order = left
                .step
                .cmp(&right.step)
                .then(right.score.total_cmp(&left.score));
            order.then(left.page.cmp(&right.page))
        });
        (ranked, most_frequent(kinds), most_frequent(modules))
    }

    /// Everything about a page that matches.
    fn page(&self, ranked: &Ranked, climb: &Climb) -> Result<PageHit, Error> {
        let mut best: Vec<&Hit> = ranked.hits.iter().filter(|hit| hit.own).collect();
        best.sort_by(|left, right| {
            let order = left
                .step
                .cmp(&right.step)
                .then(right.score.total_cmp(&left.score));
            order.then(left.section.cmp(&right.section))
        });
        let mut sections: Vec<DocId> = best.iter().take(SECTIONS).map(|hit| hit.section).collect();
        let opening = self.pages.opening(ranked.page);
        if sections.is_empty() {
            sections.push(opening);
        }
        let sections = sections
            .into_iter()
            .map(|section| self.section(section, &climb.found));
        let sections = sections.collect::<Result<_, _>>()?;
        let mut stored = self.stored(opening)?;
        let title = stored.take_one(self.fields.searched[0]);
        let (module, module_title) = self.pages.modules[self.pages.module(ranked.page)].clone();
        Ok(PageHit {
            url: stored.take_one(self.fields.page_url),
            title_spans: mark(&self.folding, &climb.found, &title),
            title,
            kind: self.pages.kinds[self.pages.kind(ranked.page)].clone(),
            module,
            module_title,
            audience: stored.take(self.fields.audience),
            step: ranked.step,
            score: ranked.score,
            sections,
        })
    }

    /// Everything about a section that matches.
    fn section(&self, section: DocId, phrases: &[Phrase]) -> Result<SectionHit, Error> {
        let [_, heading, _, parents, _, body] = self.fields.searched;
        let mut stored = self.stored(section)?;
        let heading = stored.take_one(heading);
        Ok(SectionHit {
            url: stored.take_one(self.fields.url),
            heading_spans: mark(&self.folding, phrases, &heading),
            heading,
            parents: stored.take(parents),
            excerpt: excerpt(&self.folding, phrases, &stored.take_one(body)),
        })
    }

    fn stored(&self, section: DocId) -> Result<Stored, Error> {
        Ok(self.store.get(section)?)
    }
}

/// A page among the answers.
struct Ranked<'a> {
    page: PageId,
    step: Step,
    score: f32,
    hits: &'a [Hit],
}

impl<'a> Ranked<'a> {
    /// A page is as good as its best section.
    fn new(page: PageId, hits: &'a [Hit]) -> Self {
        let step = hits.iter().map(|hit| hit.step).min().unwrap_or(Step::Most);
        let score = hits
            .iter()
            .filter(|hit| hit.step == step)
            .map(|hit| hit.score)
            .fold(0.0, f32::max);
        Self {
            page,
            step,
            score,
            hits,
        }
    }
}

/// What a query asks of a page beside its text. The inner `None` is a name that no page bears.
struct Filter {
    kind: Option<Option<usize>>,
    module: Option<Option<usize>>,
}

impl Filter {
    fn new(pages: &Pages, query: &Query) -> Self {
        let kind = query.kind.as_ref();
        let module = query.module.as_ref();
        Self {
            kind: kind.map(|kind| pages.kinds.iter().position(|known| known == kind)),
            module: module
                .map(|module| pages.modules.iter().position(|(known, _)| known == module)),
        }
    }

    fn kind_passes(&self, kind: usize) -> bool {
        self.kind.is_none_or(|wanted| wanted == Some(kind))
    }

    fn module_passes(&self, module: usize) -> bool {
        self.module.is_none_or(|wanted| wanted == Some(module))
    }

    fn passes(&self, pages: &Pages, page: PageId) -> bool {
        self.kind_passes(pages.kind(page)) && self.module_passes(pages.module(page))
    }
}

fn facet(id: &str, title: &str) -> Facet {
    Facet {
        id: id.to_owned(),
        title: title.to_owned(),
        count: 0,
    }
}

/// The facets that occur, the most frequent first, those of the same number in the order of the site.
fn most_frequent(mut facets: Vec<Facet>) -> Vec<Facet> {
    facets.retain(|facet| facet.count > 0);
    facets.sort_by_key(|facet| std::cmp::Reverse(facet.count));
    facets
}

/// What is stored of a section: all fields are text. tantivy's own document would bring the readers of every other type.
struct Stored(Vec<(Field, String)>);

impl Stored {
    /// Takes out all values of a field.
    fn take(&mut self, field: Field) -> Vec<String> {
        let (taken, rest) = std::mem::take(&mut self.0)
            .into_iter()
            .partition(|(of, _)| *of == field);
        self.0 = rest;
        let taken: Vec<(Field, String)> = taken;
        taken.into_iter().map(|(_, value)| value).collect()
    }

    /// Takes out the only value of a field.
    fn take_one(&mut self, field: Field) -> String {
        self.take(field).pop().unwrap_or_default()
    }
}

impl DocumentDeserialize for Stored {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(
        mut from: D,
    ) -> Result<Self, DeserializeError> {
        let mut values = Vec::with_capacity(from.size_hint());
        while let Some((field, Text(value))) = from.next_field()? {
            values.push((field, value));
        }
        Ok(Self(values))
    }
}

/// A stored value that is text.
struct Text(String);

impl ValueDeserialize for Text {
    fn deserialize<'de, D: ValueDeserializer<'de>>(from: D) -> Result<Self, DeserializeError> {
        from.deserialize_string().map(Self)
    }
}
