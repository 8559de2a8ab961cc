//! Diagnostics as text: for people on a terminal, for editors one a line, for programs as JSON.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::{Diagnostic, Language, Place, Severity};
use crate::source::Sources;

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With the source line, a mark under the place, and help; with colours.
    Human,
    /// `path:line:column: error[K301]: message`, one a line.
    Short,
    /// One JSON object a line.
    Json,
}

/// A place as editors count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

/// The line and column of a byte of `text`.
pub fn position(text: &str, byte: usize) -> Position {
    let byte = (0..=byte.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let before = &text[..byte];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: 1 + before.matches('\n').count(),
        column: 1 + before[start..].chars().count(),
    }
}

/// Prints one diagnostic, without a line end.
pub fn print(
    diagnostic: &Diagnostic,
    sources: &Sources,
    language: Language,
    format: Format,
) -> String {
    match format {
        Format::Human => human(diagnostic, sources, language, &Renderer::styled()),
        Format::Short => short(diagnostic, sources, language),
        Format::Json => json(diagnostic, sources, language),
    }
}

/// The form for people, without colours: for a web page.
pub fn plain(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> String {
    human(diagnostic, sources, language, &Renderer::plain())
}

fn human(
    diagnostic: &Diagnostic,
    sources: &Sources,
    language: Language,
    renderer: &Renderer,
) -> String {
    let message = diagnostic.message(language);
    let title = level(diagnostic.severity(), language)
        .primary_title(message)
        .id(diagnostic.code.info().id);
    let group = match &diagnostic.place {
        Place::Span(file, span) => {
            let file = sources.file(*file);
            let mark = AnnotationKind::Primary.span(visible(&file.text, span));
            title.element(
                Snippet::source(&file.text)
                    .path(&file.path)
                    .annotation(mark),
            )
        }
        Place::Path(path) => title.element(Origin::path(path)),
        Place::Site => Group::with_title(title),
    };
    let help = diagnostic.help(language);
    let group = match &help {
        Some(help) => group.element(help_level(language).message(help)),
        None => group,
    };
    renderer
        .clone()
        .decor_style(DecorStyle::Ascii)
        .render(&[group])
}

/// The part of a span on its first line: a mark over twenty lines shows nothing.
fn visible(text: &str, span: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let start = span.start.min(text.len());
    let end = span.end.clamp(start, text.len());
    let line_end = text[start..end].find('\n').map_or(end, |at| start + at);
    start..line_end
}

fn level(severity: Severity, language: Language) -> Level<'static> {
    match (severity, language) {
        (Severity::Error, Language::Chinese) => Level::ERROR.with_name("错误"),
        (Severity::Warning, Language::Chinese) => Level::WARNING.with_name("提醒"),
        (Severity::Error, Language::English) => Level::ERROR,
        (Severity::Warning, Language::English) => Level::WARNING,
    }
}

fn help_level(language: Language) -> Level<'static> {
    match language {
        Language::Chinese => Level::HELP.with_name("怎么办"),
        Language::English => Level::HELP,
    }
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// The path, and the position where there is one.
fn location<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> (&'a str, Option<Position>) {
    match &diagnostic.place {
        Place::Span(file, span) => {
            let file = sources.file(*file);
            (&file.path, Some(position(&file.text, span.start)))
        }
        Place::Path(path) => (path, None),
        Place::Site => ("keben.yaml", None),
    }
}

fn short(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> String {
    let (path, position) = location(diagnostic, sources);
    let place = match position {
        Some(Position { line, column }) => format!("{path}:{line}:{column}"),
        None => path.to_owned(),
    };
    let severity = severity_name(diagnostic.severity());
    let code = diagnostic.code.info().id;
    format!(
        "{place}: {severity}[{code}]: {}",
        diagnostic.message(language)
    )
}

/// The JSON form; the fields are documented in `docs/authors/errors.md`.
#[derive(Serialize)]
struct JsonForm<'a> {
    severity: &'static str,
    code: &'static str,
    message: String,
    help: Option<String>,
    path: &'a str,
    #[serde(flatten)]
    position: Option<Position>,
}

fn json(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> String {
    let (path, position) = location(diagnostic, sources);
    let form = JsonForm {
        severity: severity_name(diagnostic.severity()),
        code: diagnostic.code.info().id,
        message: diagnostic.message(language),
        help: diagnostic.help(language),
        path,
        position,
    };
    serde_json::to_string(&form).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Position, position};

    #[test]
    fn counts_characters_not_bytes() {
        assert_eq!(position("甲乙\n丙丁", 10), Position { line: 2, column: 2 });
        assert_eq!(position("甲", 99), Position { line: 1, column: 2 });
    }
}
