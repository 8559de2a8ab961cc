//! The list of what a build wrote, kept beside it: how the next build knows what is its own.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Output, content_name};

/// The name of the list in the output folder.
pub const FILE: &str = ".keben-manifest.json";

/// One written file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// In bytes.
    pub size: u64,
    /// Of its content.
    pub hash: String,
}

/// What a build wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The program and its version.
    pub generator: String,
    /// Of everything that went into the build.
    pub fingerprint: String,
    /// By path.
    pub files: BTreeMap<String, Entry>,
}

impl Manifest {
    /// The manifest of an output.
    pub fn of(output: &Output, fingerprint: &str) -> Self {
        let entry = |bytes: &[u8]| Entry {
            size: bytes.len() as u64,
            hash: content_name(bytes),
        };
        Self {
            generator: concat!("keben ", env!("CARGO_PKG_VERSION")).to_owned(),
            fingerprint: fingerprint.to_owned(),
            files: output
                .iter()
                .map(|(path, bytes)| (path.to_owned(), entry(bytes)))
                .collect(),
        }
    }

    /// Reads the manifest of an output folder; `None` where there is none that can be read.
    pub fn read(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(FILE)).ok()?).ok()
    }

    /// Writes it into an output folder.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        fs::write(folder.join(FILE), serde_json::to_vec_pretty(self)?)
    }

    /// Whether every file is still there in its size.
    pub fn is_intact(&self, folder: &Path) -> bool {
        self.files.iter().all(|(path, entry)| {
            fs::metadata(folder.join(path)).is_ok_and(|file| file.len() == entry.size)
        })
    }
}
