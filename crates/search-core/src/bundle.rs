//! The index as one string of bytes, the same for the same sections.
//!
//! tantivy names the files of a segment by a random number; here they lie under fixed names, in a fixed order:
//! `MAGIC`, the CRC-32 of all that follows, the number of files, then for each file its name and its bytes, each behind
//! its length. Numbers are 32 bits, little-endian; lengths of bytes 64. tantivy trusts what it reads, so nothing is
//! handed to it before the checksum has been compared.

use std::path::Path;
use std::sync::Arc;

use tantivy::Index;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, RamDirectory, WatchCallback,
    WatchHandle, WritePtr,
};
use tantivy::index::SegmentComponent;

use crate::Error;
use crate::pages::Pages;

/// What a bundle begins with; the digit is the version of everything in it.
const MAGIC: &[u8; 8] = b"keben-1\n";

/// The file tantivy keeps its description of the index in.
const META: &str = "meta.json";

/// The table of pages, which tantivy does not know of.
const PAGES: &str = "pages.json";

/// The name all segments go by, as files and inside the description.
const SEGMENT: &str = "00000000000000000000000000000000";
const SEGMENT_ID: &str = "00000000-0000-0000-0000-000000000000";

/// The files of a segment.
const COMPONENTS: [SegmentComponent; 6] = [
    SegmentComponent::Terms,
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::FieldNorms,
    SegmentComponent::FastFields,
    SegmentComponent::Store,
];

/// An index, ready to be written to a file or opened by an [`Engine`](crate::Engine). Cloning it copies no data.
#[derive(Clone, Debug)]
pub struct Bundle {
    files: Vec<(String, OwnedBytes)>,
}

impl Bundle {
    /// Packs what the indexer wrote.
    pub(crate) fn pack(
        index: &Index,
        directory: &RamDirectory,
        pages: &Pages,
    ) -> Result<Self, Error> {
        let mut files = vec![(PAGES.to_owned(), OwnedBytes::new(pages.to_bytes()?))];
        let mut meta =
            String::from_utf8_lossy(&directory.atomic_read(Path::new(META)).map_err(broken)?)
                .into_owned();
        for segment in index.searchable_segment_metas()? {
            meta = meta.replace(&hyphenated(&segment.id().uuid_string()), SEGMENT_ID);
            for component in COMPONENTS {
                let path = segment.relative_path(component.clone());
                let bytes = directory.open_read(&path).map_err(broken)?.read_bytes()?;
                files.push((format!("{SEGMENT}.{component}"), bytes));
            }
        }
        files.push((META.to_owned(), OwnedBytes::new(meta.into_bytes())));
        files.sort_by(|(left, _), (right, _)| left.cmp(right));
        Ok(Self { files })
    }

    /// The bundle as bytes, to be kept in a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.clone().into_bytes()
    }

    /// The bundle as bytes, each part let go as soon as it is copied, so that a large one is not in memory twice.
    pub fn into_bytes(self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.size());
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&[0; 4]);
        out.extend_from_slice(&(self.files.len() as u32).to_le_bytes());
        for (name, bytes) in self.files {
            out.extend_from_slice(&(name.len() as u32).to_le_bytes());
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
            out.extend_from_slice(&bytes);
        }
        let sum = crc32fast::hash(&out[12..]);
        out[8..12].copy_from_slice(&sum.to_le_bytes());
        out
    }

    fn size(&self) -> usize {
        let file = |(name, bytes): &(String, OwnedBytes)| 12 + name.len() + bytes.len();
        16 + self.files.iter().map(file).sum::<usize>()
    }

    /// Reads a bundle from bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Self::from_vec(bytes.to_vec())
    }

    /// Reads a bundle from bytes it takes over, so that a large one is not in memory twice.
    pub fn from_vec(bytes: Vec<u8>) -> Result<Self, Error> {
        let mut reader = Reader {
            rest: OwnedBytes::new(bytes),
        };
        if reader.take(MAGIC.len())?.as_slice() != MAGIC {
            return Err(Error::Malformed("it begins otherwise"));
        }
        if reader.number()? != crc32fast::hash(&reader.rest) {
            return Err(Error::Malformed("its checksum is wrong"));
        }
        let count = reader.number()?;
        let mut files = Vec::new();
        for _ in 0..count {
            files.push(reader.file()?);
        }
        Ok(Self { files })
    }

    /// The table of pages.
    pub(crate) fn pages(&self) -> Result<Pages, Error> {
        Pages::from_bytes(
            self.file(Path::new(PAGES))
                .ok_or(Error::Malformed("it has no table of pages"))?,
        )
    }

    fn file(&self, path: &Path) -> Option<&OwnedBytes> {
        self.files
            .iter()
            .find(|(name, _)| Path::new(name) == path)
            .map(|(_, bytes)| bytes)
    }
}

/// The identifier as the description of the index writes it.
fn hyphenated(id: &str) -> String {
    match (
        id.get(..8),
        id.get(8..12),
        id.get(12..16),
        id.get(16..20),
        id.get(20..),
    ) {
        (Some(a), Some(b), Some(c), Some(d), Some(e)) => format!("{a}-{b}-{c}-{d}-{e}"),
        _ => id.to_owned(),
    }
}

/// An error of the directory as one of the index.
fn broken(error: OpenReadError) -> Error {
    Error::Index(error.into())
}

/// Reads the parts of a bundle one after another.
struct Reader {
    rest: OwnedBytes,
}

impl Reader {
    fn take(&mut self, length: usize) -> Result<OwnedBytes, Error> {
        if length > self.rest.len() {
            return Err(Error::Malformed("it is cut short"));
        }
        let (taken, rest) = self.rest.clone().split(length);
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, Error> {
        let bytes = self.take(4)?;
        Ok(bytes
            .iter()
            .rev()
            .fold(0, |number, &byte| number << 8 | u32::from(byte)))
    }

    fn file(&mut self) -> Result<(String, OwnedBytes), Error> {
        let length = self.number()? as usize;
        let name = String::from_utf8_lossy(&self.take(length)?).into_owned();
        let (low, high) = (self.number()?, self.number()?);
        let length = u64::from(high) << 32 | u64::from(low);
        let length = usize::try_from(length).map_err(|_| Error::Malformed("it is too large"))?;
        Ok((name, self.take(length)?))
    }
}

/// A bundle is a directory that can only be read.
impl Directory for Bundle {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        match self.file(path) {
            Some(bytes) => Ok(Arc::new(bytes.clone())),
            None => Err(OpenReadError::FileDoesNotExist(path.to_owned())),
        }
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.file(path).is_some())
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        match self.file(path) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => Err(OpenReadError::FileDoesNotExist(path.to_owned())),
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError {
            io_error: Arc::new(read_only()),
            filepath: path.to_owned(),
        })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::IoError {
            io_error: Arc::new(read_only()),
            filepath: path.to_owned(),
        })
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> std::io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> std::io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Err(LockError::IoError(Arc::new(read_only())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

fn read_only() -> std::io::Error {
    std::io::ErrorKind::ReadOnlyFilesystem.into()
}
