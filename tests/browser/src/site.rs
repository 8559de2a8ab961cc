//! The sites under test, built once by the same function as every build.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use keben::pipeline::{self, Options};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use tempfile::TempDir;

use crate::harness::Outcome;

/// How a site is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From a server on this machine.
    Http,
    /// From a folder, with no server: the USB stick, the shared drive.
    Folder,
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http => "http",
            Self::Folder => "folder",
        })
    }
}

/// What a path may not hold as it is when it becomes an address.
const PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'?');

/// A built site.
pub struct Site {
    folder: TempDir,
    /// Every page that people can open, as paths below the folder, sorted.
    pub pages: Vec<String>,
}

impl Site {
    /// Builds the site whose `keben.yaml` lies in `root`.
    pub fn build(root: &Path) -> Outcome<Self> {
        let folder = tempfile::Builder::new().prefix("keben-site-").tempdir()?;
        let options = Options {
            root: root.to_owned(),
            drafts: false,
            base_url: None,
            today: today(),
        };
        let output = folder.path().join("site");
        let (summary, run) = pipeline::build(&options, &output, &|_| {});
        if summary.is_none() {
            return Err(
                format!("{} does not build: {:#?}", root.display(), run.diagnostics).into(),
            );
        }
        let mut pages = Vec::new();
        collect(&output, &output, &mut pages)?;
        pages.sort();
        Ok(Self { folder, pages })
    }

    /// The folder that was written.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// The text of one of its files.
    pub fn read(&self, path: &str) -> Outcome<String> {
        let file = self.folder().join(path);
        fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()).into())
    }

    /// The kind that a page says it is of, on its body.
    pub fn kind(&self, path: &str) -> Outcome<String> {
        let html = self.read(path)?;
        let (_, rest) = html.split_once("data-kind=\"").unwrap_or_default();
        Ok(rest.split('"').next().unwrap_or_default().to_owned())
    }
}

/// A day on which nothing of the shipped course is due for review, so that tests do not change with the calendar.
fn today() -> jiff::civil::Date {
    jiff::civil::date(2026, 11, 22)
}

/// A path as it stands in an address.
pub fn encode(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

fn collect(root: &Path, folder: &Path, pages: &mut Vec<String>) -> Outcome {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, pages)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "html")
        {
            let path = path
                .strip_prefix(root)?
                .to_str()
                .ok_or("a path that is not UTF-8")?;
            pages.push(path.to_owned());
        }
    }
    Ok(())
}
