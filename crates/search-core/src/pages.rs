//! Which page a section belongs to, and what the pages are filtered by.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use tantivy::DocId;

use crate::{Error, Section};

/// The place of a page in the order of the site.
pub type PageId = usize;

/// The pages of the index. It is small, and loaded whole.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Pages {
    /// The first section of every page, ascending.
    first: Vec<DocId>,
    /// The kind of every page, as a place in `kinds`.
    kind: Vec<usize>,
    /// The module of every page, as a place in `modules`.
    module: Vec<usize>,
    /// The kinds there are.
    pub kinds: Vec<String>,
    /// The modules there are: folder and title.
    pub modules: Vec<(String, String)>,
}

impl Pages {
    /// Reads the table, and makes sure that every later look-up will succeed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let pages: Self = serde_json::from_slice(bytes)
            .map_err(|_| Error::Malformed("its table of pages is broken"))?;
        let lengths =
            pages.kind.len() == pages.first.len() && pages.module.len() == pages.first.len();
        let names = pages.kind.iter().all(|&kind| kind < pages.kinds.len())
            && pages
                .module
                .iter()
                .all(|&module| module < pages.modules.len());
        let order = pages.first.is_sorted() && pages.first.first().is_none_or(|&doc| doc == 0);
        if lengths && names && order {
            Ok(pages)
        } else {
            Err(Error::Malformed("its table of pages is broken"))
        }
    }

    /// The table as bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        serde_json::to_vec(self).map_err(|error| std::io::Error::from(error).into())
    }

    /// The number of pages.
    pub fn len(&self) -> usize {
        self.first.len()
    }

    /// The page a section belongs to.
    pub fn of(&self, section: DocId) -> PageId {
        self.first
            .partition_point(|&first| first <= section)
            .saturating_sub(1)
    }

    /// The section a page opens with.
    pub fn opening(&self, page: PageId) -> DocId {
        self.first[page]
    }

    /// The place of the kind of a page in `kinds`.
    pub fn kind(&self, page: PageId) -> usize {
        self.kind[page]
    }

    /// The place of the module of a page in `modules`.
    pub fn module(&self, page: PageId) -> usize {
        self.module[page]
    }
}

/// Collects the pages while their sections go by.
#[derive(Default)]
pub struct PagesBuilder {
    pages: Pages,
    urls: HashMap<String, PageId>,
    kinds: HashMap<String, usize>,
    modules: HashMap<String, usize>,
    sections: DocId,
}

impl PagesBuilder {
    /// Takes note of the next section.
    pub fn add(&mut self, section: &Section) -> Result<(), Error> {
        let page = self.urls.get(&section.page_url).copied();
        match page {
            Some(page) if page + 1 == self.pages.len() => {}
            Some(_) => return Err(Error::Scattered(section.page_url.clone())),
            None => self.open(section),
        }
        self.sections += 1;
        Ok(())
    }

    /// Begins a page with its first section.
    fn open(&mut self, section: &Section) {
        self.urls.insert(section.page_url.clone(), self.pages.len());
        self.pages.first.push(self.sections);
        let kind = *self.kinds.entry(section.kind.clone()).or_insert_with(|| {
            self.pages.kinds.push(section.kind.clone());
            self.pages.kinds.len() - 1
        });
        self.pages.kind.push(kind);
        let module = *self
            .modules
            .entry(section.module.clone())
            .or_insert_with(|| {
                let title = section.module_title.clone();
                self.pages.modules.push((section.module.clone(), title));
                self.pages.modules.len() - 1
            });
        self.pages.module.push(module);
    }

    /// The table, when all sections have gone by.
    pub fn finish(self) -> Pages {
        self.pages
    }
}
