//! What can go wrong, said so that a person can act on it.

/// Why an index could not be built, opened or asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes are not an index of this version: cut short, altered, or written by another version.
    #[error("this is not a search index of this version: {0}; build the site again")]
    Malformed(&'static str),
    /// A section came after those of another page; a page is known by its sections following one another.
    #[error("the sections of {0} do not follow one another")]
    Scattered(String),
    /// The index itself failed.
    #[error("the search index failed: {0}")]
    Index(#[from] tantivy::TantivyError),
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Index(error.into())
    }
}
