//! What is wrong, where, and what to do: the values that every stage returns beside its result.
//!
//! A diagnostic is data (a code, a place, named words); it becomes text only in [`mod@print`], in the
//! reader's language. Nothing here reads or writes anything.

pub mod codes;
pub mod print;
pub mod suggest;

use std::ops::Range;

use crate::output::write::WriteError;
use crate::source::{FileId, Problem, ProblemKind, Sources};
use codes::Code;

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is rendered.
    Error,
    /// The site is built, but somebody should look.
    Warning,
}

/// The language in which diagnostics are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese.
    Chinese,
    /// English.
    English,
}

/// Where a diagnostic points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Bytes of a text that was read.
    Span(FileId, Range<usize>),
    /// A file or folder as a whole.
    Path(String),
    /// The whole site.
    Site,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// The words that fill the message, by name.
    pub words: Vec<(&'static str, String)>,
}

impl Diagnostic {
    /// A diagnostic that points at bytes of a text.
    pub fn at(code: Code, file: FileId, span: Range<usize>) -> Self {
        Self {
            code,
            place: Place::Span(file, span),
            words: Vec::new(),
        }
    }

    /// A diagnostic about a file or folder as a whole.
    pub fn on(code: Code, path: impl Into<String>) -> Self {
        Self {
            code,
            place: Place::Path(path.into()),
            words: Vec::new(),
        }
    }

    /// A diagnostic about the whole site.
    pub fn site(code: Code) -> Self {
        Self {
            code,
            place: Place::Site,
            words: Vec::new(),
        }
    }

    /// Fills `{name}` in the message or the help.
    #[must_use]
    pub fn with(mut self, name: &'static str, word: impl Into<String>) -> Self {
        self.words.push((name, word.into()));
        self
    }

    /// Fills `{suggestions}` with the names nearest to what was written, if any are near.
    #[must_use]
    pub fn suggest(self, nearest: &[String]) -> Self {
        if nearest.is_empty() {
            return self;
        }
        let quoted: Vec<_> = nearest.iter().map(|name| format!("`{name}`")).collect();
        self.with("suggestions", quoted.join(" / "))
    }

    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.code.info().severity
    }

    /// The message in `language`.
    pub fn message(&self, language: Language) -> String {
        self.fill(self.code.info().wording(language).message)
    }

    /// What to do, in `language`; `None` where a word of it is not known.
    pub fn help(&self, language: Language) -> Option<String> {
        let template = self.code.info().wording(language).help;
        let known = |name: &str| self.words.iter().any(|(word, _)| *word == name);
        placeholders(template)
            .all(known)
            .then(|| self.fill(template))
    }

    fn fill(&self, template: &str) -> String {
        self.words
            .iter()
            .fold(template.to_owned(), |text, (name, word)| {
                text.replace(&format!("{{{name}}}"), word)
            })
    }

    /// The order in which diagnostics are told: by file, then by place, then by code.
    fn key<'a>(
        &'a self,
        sources: &'a Sources,
    ) -> (&'a str, usize, Code, &'a [(&'static str, String)]) {
        match &self.place {
            Place::Span(file, span) => (
                &sources.file(*file).path,
                span.start,
                self.code,
                &self.words,
            ),
            Place::Path(path) => (path, 0, self.code, &self.words),
            Place::Site => ("", 0, self.code, &self.words),
        }
    }
}

/// Sorts diagnostics by place and removes the ones said twice.
pub fn sort(diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
    diagnostics.sort_by(|a, b| a.key(sources).cmp(&b.key(sources)));
    diagnostics.dedup();
}

/// Whether anything here keeps the site from being rendered.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity() == Severity::Error)
}

/// Says a reading problem in the words of the table.
impl From<&Problem> for Diagnostic {
    fn from(problem: &Problem) -> Self {
        let on = |code| Self::on(code, problem.path.clone());
        match &problem.kind {
            ProblemKind::NoContent => on(Code::NoContent).with("path", problem.path.clone()),
            ProblemKind::Empty => on(Code::EmptyContent).with("path", problem.path.clone()),
            ProblemKind::Encoding(error) => on(Code::NotUtf8)
                .with("encoding", error.looks_like)
                .with("line", error.line.to_string()),
            ProblemKind::SymlinkLoop => on(Code::SymlinkLoop),
            ProblemKind::SymlinkOut => on(Code::SymlinkOut),
            ProblemKind::TooLarge { size, limit } => on(Code::FileTooLarge)
                .with("size", mebibytes(*size))
                .with("limit", mebibytes(*limit)),
            ProblemKind::Name => on(Code::BadFileName),
            ProblemKind::Io(error) => on(Code::Unreadable).with("reason", error.to_string()),
        }
    }
}

/// Says why a site was not written to `path`.
pub fn write_error(error: &WriteError, path: &str) -> Diagnostic {
    let on = |code| Diagnostic::on(code, path).with("path", path);
    match error {
        WriteError::Foreign(files) => on(Code::ForeignFiles).with("files", files.join(", ")),
        WriteError::Forbidden(own) => on(Code::BadOutput).with("reason", own.display().to_string()),
        WriteError::NoFolder => on(Code::BadOutput).with("reason", path),
        WriteError::Busy => on(Code::BadOutput).with("reason", "keben build …"),
        WriteError::Io(error) => on(Code::WriteFailed).with("reason", error.to_string()),
    }
}

/// The names between braces in a template of the table.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
}

fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / f64::from(1 << 20))
}
