//! The only reader of the author's files.
//!
//! [`load`] walks a content folder once and returns every page as text and every other file as a
//! name with a size, together with what could not be read. It never parses, never writes, and
//! never stops at the first problem.

pub mod text;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use text::{DecodeError, decode};

/// A page larger than this is a mistake (an export, a log, a picture with a wrong name), in bytes.
pub const MAX_PAGE_BYTES: u64 = 4 * 1024 * 1024;
/// A linked file larger than this does not belong on a training site, in bytes.
pub const MAX_ASSET_BYTES: u64 = 64 * 1024 * 1024;
/// Folders nested deeper than this are taken for a mistake, so that a hostile tree ends.
const MAX_DEPTH: usize = 32;

/// Names one text that a diagnostic can point into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// One text with the path that people know it by.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Relative to the site's root, with `/` between folders.
    pub path: String,
    /// UTF-8 without a byte-order mark, lines ended by `\n`.
    pub text: String,
}

/// Every text that was read, in the order of reading.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a text and names it.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile {
            path: path.into(),
            text: text.into(),
        });
        id
    }

    /// The file of a name that [`Sources::add`] gave.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The text behind a name.
    pub fn text(&self, id: FileId) -> &str {
        &self.file(id).text
    }
}

/// A page's file, not yet parsed.
#[derive(Debug, Clone)]
pub struct SourcePage {
    /// Its text in [`SourceSet::sources`].
    pub file: FileId,
    /// Relative to the content folder, with `/`: `complaints/procedure.md`.
    pub path: String,
}

/// A file beside the pages: a picture, a sheet. It is read only when a page uses it.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Relative to the content folder, with `/`.
    pub path: String,
    /// Where it lies.
    pub location: PathBuf,
    /// In bytes.
    pub size: u64,
}

/// What a content folder holds, sorted by path.
#[derive(Debug, Clone, Default)]
pub struct SourceSet {
    /// Every text, pages and others.
    pub sources: Sources,
    /// The pages, by path.
    pub pages: Vec<SourcePage>,
    /// Everything else, by path.
    pub assets: Vec<Asset>,
}

/// Why a file or folder could not be taken.
#[derive(Debug)]
pub struct Problem {
    /// Relative to the site's root.
    pub path: String,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// The ways in which reading fails.
#[derive(Debug)]
pub enum ProblemKind {
    /// The content folder is not there.
    NoContent,
    /// There is not one page in the content folder.
    Empty,
    /// The bytes are not UTF-8.
    Encoding(DecodeError),
    /// A link between folders that leads back into itself.
    SymlinkLoop,
    /// A symbolic link that leads out of the content folder.
    SymlinkOut,
    /// Larger than [`MAX_PAGE_BYTES`] or [`MAX_ASSET_BYTES`].
    TooLarge {
        /// In bytes.
        size: u64,
        /// In bytes.
        limit: u64,
    },
    /// A name that is no text, so that no URL can be made of it.
    Name,
    /// The system would not let us.
    Io(io::Error),
}

/// What the walk found, before anything was read.
enum Found {
    Page(String, PathBuf),
    Asset(Asset),
}

/// Reads the content folder `content` below `root`, adding its pages to the texts that are already
/// known. What could not be read is in the second value.
pub fn load(root: &Path, content: &str, sources: Sources) -> (SourceSet, Vec<Problem>) {
    let folder = root.join(content);
    let mut set = SourceSet {
        sources,
        ..SourceSet::default()
    };
    if !folder.is_dir() {
        return (
            set,
            vec![Problem {
                path: content.to_owned(),
                kind: ProblemKind::NoContent,
            }],
        );
    }
    let (found, mut problems) = walk(&folder, content);
    let texts: Vec<_> = found
        .par_iter()
        .filter_map(|found| match found {
            Found::Page(path, location) => Some((path, read_page(location))),
            Found::Asset(_) => None,
        })
        .collect();
    for (path, text) in texts {
        match text {
            Ok(text) => {
                let file = set.sources.add(format!("{content}/{path}"), text);
                set.pages.push(SourcePage {
                    file,
                    path: path.clone(),
                });
            }
            Err(kind) => problems.push(Problem {
                path: format!("{content}/{path}"),
                kind,
            }),
        }
    }
    set.assets = found
        .into_iter()
        .filter_map(|found| {
            if let Found::Asset(asset) = found {
                Some(asset)
            } else {
                None
            }
        })
        .collect();
    if set.pages.is_empty() && problems.is_empty() {
        problems.push(Problem {
            path: content.to_owned(),
            kind: ProblemKind::Empty,
        });
    }
    (set, problems)
}

/// Reads one text of the site that is no page: the configuration, a template.
pub fn read_text(location: &Path) -> Result<String, ProblemKind> {
    read_page(location)
}

/// Reads a text that another program wrote, which may be as large as a linked file.
///
/// # Errors
/// Where the system refuses, or the file is too large or no UTF-8.
pub fn read_foreign(location: &Path) -> Result<String, ProblemKind> {
    read_limited(location, MAX_ASSET_BYTES)
}

/// The bytes of a file that a page uses.
pub fn read_asset(asset: &Asset) -> Result<Vec<u8>, ProblemKind> {
    if asset.size > MAX_ASSET_BYTES {
        return Err(ProblemKind::TooLarge {
            size: asset.size,
            limit: MAX_ASSET_BYTES,
        });
    }
    fs::read(&asset.location).map_err(ProblemKind::Io)
}

fn read_page(location: &Path) -> Result<String, ProblemKind> {
    read_limited(location, MAX_PAGE_BYTES)
}

fn read_limited(location: &Path, limit: u64) -> Result<String, ProblemKind> {
    let size = fs::metadata(location).map_err(ProblemKind::Io)?.len();
    if size > limit {
        return Err(ProblemKind::TooLarge { size, limit });
    }
    decode(fs::read(location).map_err(ProblemKind::Io)?).map_err(ProblemKind::Encoding)
}

/// Lists what lies below `folder`, following links that stay inside it. Hidden files are left out.
fn walk(folder: &Path, content: &str) -> (Vec<Found>, Vec<Problem>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    let inside = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let mut entries = WalkDir::new(folder)
        .follow_links(true)
        .max_depth(MAX_DEPTH)
        .sort_by_file_name()
        .into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Ok(entry) if entry.depth() > 0 && is_hidden(&entry) => {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            }
            Ok(entry) => match classify(&entry, folder, &inside) {
                Ok(None) => {}
                Ok(Some(item)) => found.push(item),
                Err(kind) => {
                    problems.push(Problem {
                        path: display(entry.path(), folder, content),
                        kind,
                    });
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
            },
            Err(error) => problems.push(walk_problem(error, folder, content)),
        }
    }
    (found, problems)
}

fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    entry
        .file_name()
        .to_str()
        .is_some_and(|name| name.starts_with('.'))
}

/// Says what one entry of the walk is; `None` for a folder.
fn classify(
    entry: &walkdir::DirEntry,
    folder: &Path,
    inside: &Path,
) -> Result<Option<Found>, ProblemKind> {
    if entry.path_is_symlink() {
        let target = entry.path().canonicalize().map_err(ProblemKind::Io)?;
        if !target.starts_with(inside) {
            return Err(ProblemKind::SymlinkOut);
        }
    }
    if !entry.file_type().is_file() {
        return Ok(None);
    }
    let path = relative(entry.path(), folder).ok_or(ProblemKind::Name)?;
    let location = entry.path().to_owned();
    if path.to_ascii_lowercase().ends_with(".md") {
        return Ok(Some(Found::Page(path, location)));
    }
    let size = entry
        .metadata()
        .map_err(|error| ProblemKind::Io(error.into()))?
        .len();
    Ok(Some(Found::Asset(Asset {
        path,
        location,
        size,
    })))
}

fn walk_problem(error: walkdir::Error, folder: &Path, content: &str) -> Problem {
    let path = display(error.path().unwrap_or(folder), folder, content);
    let kind = if error.loop_ancestor().is_some() {
        ProblemKind::SymlinkLoop
    } else {
        let cause = error.into_io_error();
        ProblemKind::Io(cause.unwrap_or_else(|| io::ErrorKind::Other.into()))
    };
    Problem { path, kind }
}

/// The path below `folder` with `/` between its parts; `None` where a name is not Unicode.
fn relative(path: &Path, folder: &Path) -> Option<String> {
    let parts: Option<Vec<_>> = path
        .strip_prefix(folder)
        .ok()?
        .iter()
        .map(|part| part.to_str())
        .collect();
    Some(parts?.join("/"))
}

fn display(path: &Path, folder: &Path, content: &str) -> String {
    match path.strip_prefix(folder) {
        Ok(rest) if rest.as_os_str().is_empty() => content.to_owned(),
        Ok(rest) => format!("{content}/{}", rest.to_string_lossy().replace('\\', "/")),
        Err(_) => path.to_string_lossy().into_owned(),
    }
}
