//! The site's search: its sections go into one index, which the browser, the dev server and the
//! command line all ask.

pub mod publish;
pub mod sections;

use keben_search_core::{Bundle, Engine, Error};

use crate::check::CheckedSite;
use crate::source::Sources;

/// The index of a site.
#[derive(Debug)]
pub struct Index {
    /// What is published, and what an engine opens.
    pub bytes: Vec<u8>,
    /// How many sections it holds.
    pub sections: usize,
}

/// Indexes a site.
///
/// # Errors
/// Those of the index writer; no text of a page is one.
pub fn index(site: &CheckedSite, sources: &Sources) -> Result<Index, Error> {
    let mut count = 0;
    let sections = sections::of_site(site, sources).inspect(|_| count += 1);
    let bundle = keben_search_core::build(sections)?;
    Ok(Index {
        bytes: bundle.into_bytes(),
        sections: count,
    })
}

/// Opens an index to ask it.
///
/// # Errors
/// Where the bundle is damaged.
pub fn open(index: Index) -> Result<Engine, Error> {
    Engine::open(Bundle::from_vec(index.bytes)?)
}
