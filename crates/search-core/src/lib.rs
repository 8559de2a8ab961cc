//! The search engine of keben.
//!
//! [`build`] turns the heading sections of a site into a [`Bundle`]: one tantivy index as one string of bytes, the same
//! for the same sections. An [`Engine`] opens a bundle and answers a [`Query`]. The same code runs natively, behind the
//! command line and the server, and as WebAssembly in the browser; so it touches no file, no clock, no thread and no
//! random number.
//!
//! The way of a text through the crate, one module a step:
//!
//! - `analysis` cuts text, of a page or of a query, into terms: overlapping pairs of Han characters, and words;
//! - `schema` says which parts of a section are indexed, and what a match in each is worth;
//! - `build` writes the index, `bundle` packs it;
//! - `query` reads what was asked: the phrase, its words, its terms, and what may be left out;
//! - `postings` finds terms and phrases in the index;
//! - `ladder` decides which sections answer: the phrase, else every word, else most terms;
//! - `excerpt` cuts out and marks the place that answers;
//! - `engine` puts the steps together and groups the hits by page.

mod analysis;
mod build;
mod bundle;
mod engine;
mod error;
mod excerpt;
mod ladder;
mod pages;
mod postings;
mod query;
mod results;
mod schema;
mod section;

pub use analysis::Folding;
pub use build::build;
pub use bundle::Bundle;
pub use engine::Engine;
pub use error::Error;
pub use query::Query;
pub use results::{Facet, PageHit, Results, SectionHit, Span, Step};
pub use section::Section;
