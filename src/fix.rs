//! What a check can mend by itself: ids that authors left out, as edits.
//!
//! Nothing is written here. An edit is a value; [`apply`] gives the bytes of a file with its edits
//! in them and everything else as it was, line ends included.

use std::collections::{BTreeMap, HashSet};

use crate::check::CheckedSite;
use crate::page::{Heading, Page};
use crate::source::{FileId, Sources};

/// A line that is missing in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The page's text.
    pub file: FileId,
    /// The line below which it belongs, from 1.
    pub line: usize,
    /// What stands before the heading there, blanks only.
    pub indent: String,
    /// The id that the heading lacks.
    pub id: String,
}

/// The ids that headings of questions and entries lack, in the order of the pages.
pub fn missing_ids(site: &CheckedSite, sources: &Sources) -> Vec<Edit> {
    let mut taken: HashSet<String> = HashSet::new();
    for (_, place) in site.ids() {
        let page = &place.page;
        taken.extend(page.anchors().map(str::to_owned));
        let objectives = page.front.objectives.iter();
        taken.extend(objectives.map(|(objective, _)| objective.id.clone()));
    }
    let mut edits = Vec::new();
    for (_, place) in site.ids() {
        let page = &place.page;
        let text = sources.text(page.file);
        for heading in named(page).filter(|heading| heading.id.is_none()) {
            let Some((line, indent)) = below(text, heading) else {
                continue;
            };
            let id = new_id(page, heading, &taken);
            taken.insert(id.clone());
            edits.push(Edit {
                file: page.file,
                line,
                indent: indent.to_owned(),
                id,
            });
        }
    }
    edits
}

/// The headings that something outside the page may be kept by: questions, and the entries of
/// scripts and glossaries.
fn named(page: &Page) -> impl Iterator<Item = &Heading> {
    let asked: HashSet<usize> = page.questions.iter().map(|one| one.heading).collect();
    let entries = page.front.kind.info().entries;
    let headings = page.headings.iter().enumerate();
    headings
        .filter(move |(at, heading)| asked.contains(at) || (entries && heading.level == 2))
        .map(|(_, heading)| heading)
}

/// The last line of a heading and what stands before it; `None` where a line below it would not
/// belong to the heading, as in a quote or a list.
fn below<'t>(text: &'t str, heading: &Heading) -> Option<(usize, &'t str)> {
    let start = text[..heading.span.start]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let indent = &text[start..heading.span.start];
    let written = text[heading.span.clone()].trim_end();
    let end = heading.span.start + written.len();
    let line = text[..end].matches('\n').count() + 1;
    indent.trim().is_empty().then_some((line, indent))
}

/// An id that tells where it is from and that nothing else has: `quiz-3f2a`.
fn new_id(page: &Page, heading: &Heading, taken: &HashSet<String>) -> String {
    let stem = stem(page);
    let hash = blake3::hash(format!("{}\n{}", page.path, heading.text).as_bytes()).to_hex();
    // Four digits are enough for most sites; the whole hash and a number always are.
    let short = (4..=hash.len()).map(|length| format!("{stem}-{}", &hash[..length]));
    let numbered = (2..).map(|number| format!("{stem}-{}-{number}", &hash[..4]));
    let mut ids = short.chain(numbered);
    ids.find(|id| !taken.contains(id)).unwrap_or(stem)
}

/// The page's name without what may not stand in an id.
fn stem(page: &Page) -> String {
    let name = page.id();
    let name = name.strip_suffix("/index").unwrap_or(name);
    let name = name.rsplit('/').next().unwrap_or(name);
    let parts = name.split(|c: char| !c.is_alphanumeric());
    let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

/// The edits of each file.
pub fn by_file(edits: Vec<Edit>) -> BTreeMap<FileId, Vec<Edit>> {
    let mut files: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    for edit in edits {
        files.entry(edit.file).or_default().push(edit);
    }
    files
}

/// The bytes of a file with the lines of some edits in them. Each new line ends as the one above it
/// does; a file whose last line has no end keeps none.
pub fn apply(bytes: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + edits.len() * 32);
    let mut usual: &[u8] = b"\n";
    for (at, (line, end)) in lines(bytes).enumerate() {
        out.extend_from_slice(line);
        if !end.is_empty() {
            usual = end;
        }
        for edit in edits.iter().filter(|edit| edit.line == at + 1) {
            out.extend_from_slice(usual);
            out.extend_from_slice(edit.comment().as_bytes());
        }
        out.extend_from_slice(end);
    }
    out
}

impl Edit {
    fn comment(&self) -> String {
        format!("{}<!-- id: {} -->", self.indent, self.id)
    }
}

/// The lines of a file, each with its end: `\n`, `\r\n`, `\r`, or nothing at the end of the file.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let at = rest.iter().position(is_end).unwrap_or(rest.len());
        let (line, after) = rest.split_at(at);
        let length = match after {
            [b'\r', b'\n', ..] => 2,
            [] => 0,
            _ => 1,
        };
        let (end, after) = after.split_at(length);
        rest = after;
        Some((line, end))
    })
}

#[cfg(test)]
mod tests {
    use super::{Edit, apply};
    use crate::source::Sources;

    fn edit(line: usize) -> Edit {
        Edit {
            file: Sources::default().add("a.md", ""),
            line,
            indent: String::new(),
            id: "a-1".to_owned(),
        }
    }

    #[test]
    fn lines_end_as_those_around_them() {
        let mend = |text: &str, line| {
            String::from_utf8(apply(text.as_bytes(), &[edit(line)])).unwrap_or_default()
        };
        assert_eq!(mend("## 甲\n乙\n", 1), "## 甲\n<!-- id: a-1 -->\n乙\n");
        assert_eq!(
            mend("\u{feff}## 甲\r\n乙\r\n", 1),
            "\u{feff}## 甲\r\n<!-- id: a-1 -->\r\n乙\r\n"
        );
        assert_eq!(mend("## 甲\r乙", 1), "## 甲\r<!-- id: a-1 -->\r乙");
        assert_eq!(
            mend("# 一\r\n## 甲", 2),
            "# 一\r\n## 甲\r\n<!-- id: a-1 -->"
        );
        assert_eq!(mend("甲\n\n===\n乙", 3), "甲\n\n===\n<!-- id: a-1 -->\n乙");
    }
}
