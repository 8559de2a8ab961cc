//! YAML mappings read key by key, so that every wrong key is told at once and at its place.
//!
//! The settings of a site, the front matter of a page and a theme are such mappings. The table of
//! known keys is nothing but the calls of [`Keys::take`]; what is left over is unknown.

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_yaml::{Mapping, Value};

use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::diag::suggest::nearest;
use crate::source::FileId;

/// Which codes the problems of one kind of mapping have.
#[derive(Debug, Clone, Copy)]
pub struct KeyCodes {
    /// The text is no YAML mapping.
    pub syntax: Code,
    /// A key that nobody takes.
    pub unknown: Code,
    /// A value that does not fit.
    pub value: Code,
}

/// A mapping of which the keys are being taken.
#[derive(Debug)]
pub struct Keys<'t> {
    file: FileId,
    /// The YAML text.
    text: &'t str,
    /// Where it begins in the file, in bytes.
    offset: usize,
    codes: KeyCodes,
    map: Mapping,
    known: Vec<&'static str>,
    diagnostics: Vec<Diagnostic>,
}

impl<'t> Keys<'t> {
    /// Reads `span` of `text` as a mapping; an empty text is an empty mapping.
    ///
    /// # Errors
    /// Where the text is not YAML or no mapping, with line and column in the whole file.
    pub fn parse(
        file: FileId,
        text: &'t str,
        span: Range<usize>,
        codes: KeyCodes,
    ) -> Result<Self, Diagnostic> {
        let (offset, text) = (span.start, &text[span]);
        let map = match serde_yaml::from_str::<Value>(text) {
            Ok(Value::Mapping(map)) => map,
            Ok(Value::Null) => Mapping::new(),
            Ok(_) => {
                return Err(
                    Diagnostic::at(codes.syntax, file, offset..offset + first_line(text))
                        .with("reason", "`key: value`?"),
                );
            }
            Err(error) => {
                let at = offset + error_byte(&error, text);
                return Err(
                    Diagnostic::at(codes.syntax, file, at..at).with("reason", bare_message(&error))
                );
            }
        };
        Ok(Self {
            file,
            text,
            offset,
            codes,
            map,
            known: Vec::new(),
            diagnostics: Vec::new(),
        })
    }

    /// Takes the value of `key`; `None` where it is absent, null, or (with a diagnostic) wrong.
    /// `expected` says in a few words what the key takes.
    pub fn take<T: DeserializeOwned>(&mut self, key: &'static str, expected: &str) -> Option<T> {
        self.known.push(key);
        let value = self.map.remove(key)?;
        if value.is_null() {
            return None;
        }
        match serde_yaml::from_value(value) {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong_value::<T>(key, expected, &error);
                None
            }
        }
    }

    /// Reports that the value of `key` cannot be used, for a reason that its type does not tell.
    pub fn reject(&mut self, key: &str, expected: &str, reason: &str) {
        let diagnostic = Diagnostic::at(self.codes.value, self.file, self.span(key))
            .with("key", key)
            .with("reason", reason)
            .with("expected", expected);
        self.diagnostics.push(diagnostic);
    }

    /// The bytes of the file from `key` to the end of its first line.
    pub fn span(&self, key: &str) -> Range<usize> {
        let entry = self.entry(key);
        let line = entry.start + first_line(&self.text[entry.clone()]);
        self.offset + entry.start..self.offset + line
    }

    /// The bytes of the file of `needle` inside the value of `key`; the key where it is not found.
    pub fn span_of(&self, key: &str, needle: &str) -> Range<usize> {
        let entry = self.entry(key);
        match self.text[entry.clone()].find(needle) {
            Some(at) if !needle.is_empty() => {
                let start = self.offset + entry.start + at;
                start..start + needle.len()
            }
            _ => self.span(key),
        }
    }

    /// Everything that was wrong, the keys that nobody took included.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        let left: Vec<String> = self.map.keys().map(key_text).collect();
        for key in left {
            let diagnostic = Diagnostic::at(self.codes.unknown, self.file, self.span(&key))
                .with("key", key.clone())
                .with("reason", format!("`{key}`?"))
                .suggest(&nearest(&key, self.known.iter().copied()));
            self.diagnostics.push(diagnostic);
        }
        self.diagnostics
    }

    /// Reading the entry alone gives the place inside it, which the value no longer knows.
    fn wrong_value<T: DeserializeOwned>(
        &mut self,
        key: &str,
        expected: &str,
        error: &serde_yaml::Error,
    ) {
        let entry = self.entry(key);
        let alone = &self.text[entry.clone()];
        let exact = serde_yaml::from_str::<std::collections::BTreeMap<String, T>>(alone).err();
        let span = match exact.as_ref().filter(|error| error.location().is_some()) {
            Some(error) => {
                let at = self.offset + entry.start + error_byte(error, alone);
                let line = first_line(&self.text[at - self.offset..]);
                at..at + line
            }
            None => self.span(key),
        };
        let reason = bare_message(exact.as_ref().unwrap_or(error));
        // The message opens with the key, which is told already.
        let reason = reason
            .strip_prefix(&format!("{key}: "))
            .unwrap_or(&reason)
            .to_owned();
        self.diagnostics.push(
            Diagnostic::at(self.codes.value, self.file, span)
                .with("key", key)
                .with("reason", reason)
                .with("expected", expected),
        );
    }

    /// The bytes of the YAML text from `key` to the next key at the margin.
    fn entry(&self, key: &str) -> Range<usize> {
        let mut start = None;
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let margin = line.starts_with(|c: char| !c.is_whitespace() && c != '#' && c != '-');
            match start {
                Some(start) if margin => return start..at,
                None if margin && names(line, key) => start = Some(at),
                _ => {}
            }
            at += line.len();
        }
        start.unwrap_or(0)..self.text.len()
    }
}

/// Whether a line at the margin opens the entry of `key`.
fn names(line: &str, key: &str) -> bool {
    let line = line.trim_start_matches(['"', '\'']);
    line.strip_prefix(key)
        .is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
}

fn key_text(key: &Value) -> String {
    match key {
        Value::String(text) => text.clone(),
        other => serde_yaml::to_string(other)
            .unwrap_or_default()
            .trim()
            .to_owned(),
    }
}

fn first_line(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// The byte of `text` that a YAML error points at.
fn error_byte(error: &serde_yaml::Error, text: &str) -> usize {
    let Some(location) = error.location() else {
        return 0;
    };
    let line_start: usize = text
        .split_inclusive('\n')
        .take(location.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let line = text[line_start.min(text.len())..]
        .lines()
        .next()
        .unwrap_or("");
    let column = location.column().saturating_sub(1);
    line_start.min(text.len()) + line.chars().take(column).map(char::len_utf8).sum::<usize>()
}

/// The message without the ` at line 3 column 5` that the place already says.
fn bare_message(error: &serde_yaml::Error) -> String {
    let message = error.to_string();
    message
        .split(" at line ")
        .next()
        .unwrap_or(&message)
        .to_owned()
}
