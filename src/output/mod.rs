//! The built site as a value: a map from path to bytes, and the only writer of it.
//!
//! The disk writer ([`mod@write`]) and the dev server read the same [`Output`], so that what is served
//! while writing is what is published.

pub mod manifest;
pub mod packed;
pub mod replace;
pub mod write;

use std::collections::BTreeMap;

use bytes::Bytes;

/// Every file of a built site by its path, with `/` between folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    files: BTreeMap<String, Bytes>,
}

impl Output {
    /// Adds a file. The checks of the site see to it that no path is given twice.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Bytes>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// The bytes at a path.
    pub fn get(&self, path: &str) -> Option<&Bytes> {
        self.files.get(path)
    }

    /// All files in the order of their paths.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Bytes)> {
        self.files
            .iter()
            .map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// Takes in the files of another output.
    pub fn extend(&mut self, other: Self) {
        self.files.extend(other.files);
    }

    /// The size of everything, in bytes.
    pub fn size(&self) -> u64 {
        self.files.values().map(|bytes| bytes.len() as u64).sum()
    }
}

/// A short name for some bytes, the same on every machine: what content-named files carry.
pub fn content_name(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..12].to_owned()
}
