//! A small site in one text file, and the folder it is unpacked into.
//!
//! A line `=== path` begins a file. After the path may stand `gbk` (written in that encoding),
//! `-> target` (a symbolic link), `N bytes` (so many letters), `folder`, `not-unicode` (a name that
//! is no text), or `nothing` (only for the expectations below it). Lines that start with `^ ` are no
//! part of the file: they say what is expected of the line before them.

use std::fs;
use std::path::{Path, PathBuf};

use keben::pipeline::Options;
use tempfile::TempDir;

/// An expectation beside a line: `^ K301 3`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expected {
    pub path: String,
    /// From 1; 0 for a file as a whole.
    pub line: usize,
    /// Of the code, and the column where there is a line: `K301 3`.
    pub what: String,
}

/// A site in one text.
pub struct Fixture {
    pub name: String,
    files: Vec<File>,
}

struct File {
    path: String,
    how: String,
    lines: Vec<String>,
    expected: Vec<(usize, String)>,
}

impl Fixture {
    /// Reads a fixture; a line before the first file is a comment.
    pub fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("a fixture is readable");
        let mut files: Vec<File> = Vec::new();
        for line in text.lines() {
            if let Some(head) = line.strip_prefix("=== ") {
                let (path, how) = head.split_once(' ').unwrap_or((head, ""));
                let (path, how) = (path.to_owned(), how.to_owned());
                files.push(File {
                    path,
                    how,
                    lines: Vec::new(),
                    expected: Vec::new(),
                });
            } else if let Some(file) = files.last_mut() {
                match line.strip_prefix("^ ") {
                    Some(what) => file.expected.push((file.lines.len(), what.to_owned())),
                    None => file.lines.push(line.to_owned()),
                }
            }
        }
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        Self { name, files }
    }

    /// All fixtures of a folder, by name.
    pub fn all(folder: &str) -> Vec<Self> {
        let folder = fixtures().join(folder);
        let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
            .expect("the folder of fixtures")
            .flatten()
            .map(|e| e.path())
            .collect();
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    /// Unpacks the site; a `keben.yaml` is added where the fixture has none.
    pub fn unpack(&self) -> TempDir {
        let dir = tempfile::tempdir().expect("a temporary folder");
        fs::write(dir.path().join("keben.yaml"), "title: 样例\n").expect("keben.yaml is written");
        for file in self.files.iter().filter(|file| file.how != "nothing") {
            let target = dir.path().join(&file.path);
            fs::create_dir_all(target.parent().expect("a parent")).expect("folders are made");
            file.write(&target);
        }
        dir
    }

    /// What the fixture expects, sorted.
    pub fn expected(&self) -> Vec<Expected> {
        let of_file = |file: &File| {
            let expected = file.expected.iter().map(|(line, what)| Expected {
                path: file.path.clone(),
                line: if what.contains(' ') { *line } else { 0 },
                what: what.clone(),
            });
            expected.collect::<Vec<_>>()
        };
        let mut all: Vec<_> = self.files.iter().flat_map(of_file).collect();
        all.sort();
        all
    }
}

impl File {
    fn write(&self, target: &Path) {
        let text = self
            .lines
            .iter()
            .fold(String::new(), |text, line| text + line + "\n");
        match self.how.as_str() {
            "gbk" => fs::write(target, encoding_rs::GBK.encode(&text).0),
            how if how.starts_with("-> ") => link(&how[3..], target),
            how if how.ends_with(" bytes") => {
                let count = how
                    .trim_end_matches(" bytes")
                    .parse()
                    .expect("a number of bytes");
                fs::write(target, vec![b'a'; count])
            }
            "not-unicode" => write_unnamed(target),
            "folder" => fs::create_dir_all(target),
            _ => fs::write(target, text),
        }
        .expect("a file of the fixture is written");
    }
}

/// Writes a page whose name has a byte that is no UTF-8, beside `target`.
#[cfg(unix)]
fn write_unnamed(target: &Path) -> std::io::Result<()> {
    use std::os::unix::ffi::OsStrExt;
    fs::write(
        target.with_file_name(std::ffi::OsStr::from_bytes(b"\xff.md")),
        "# x\n",
    )
}

#[cfg(not(unix))]
fn write_unnamed(_: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(unix)]
fn link(to: &str, at: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

#[cfg(not(unix))]
fn link(_: &str, _: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// The folder of all fixtures.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The day on which tests are run, so that reviews are due or not whatever the calendar says.
pub fn options(root: &Path) -> Options {
    Options {
        root: root.to_owned(),
        drafts: false,
        base_url: None,
        today: jiff::civil::date(2026, 11, 22),
    }
}
