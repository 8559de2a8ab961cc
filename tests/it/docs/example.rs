//! Examples in the documentation: files that a fenced block names, and the site that they are.
//!
//! A fenced block whose info string holds `file=content/a.md` is that file; a block that also holds
//! `was=content/b.md` replaces that one.

use std::collections::BTreeSet;
use std::fs;

use keben::diag::codes::Code;
use keben::diag::print::{Format, print};
use keben::diag::{Diagnostic, Language};
use keben::pipeline::{Options, check_all};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use tempfile::TempDir;

use super::parser;
use crate::fixture::options;

/// A file of an example's site.
#[derive(Debug)]
pub struct Example {
    pub file: String,
    pub was: Option<String>,
    pub text: String,
}

/// The examples of a chapter, in their order.
pub fn examples(markdown: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut open = false;
    for event in parser(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let word = |key: &str| {
                    info.split(' ')
                        .find_map(|word| word.strip_prefix(key))
                        .map(str::to_owned)
                };
                open = word("file=").is_some();
                let example = |file| Example {
                    file,
                    was: word("was="),
                    text: String::new(),
                };
                examples.extend(word("file=").map(example));
            }
            Event::Text(text) if open => {
                examples
                    .last_mut()
                    .expect("an open example")
                    .text
                    .push_str(&text);
            }
            Event::End(TagEnd::CodeBlock) => open = false,
            _ => {}
        }
    }
    examples
}

/// The site of a chapter's examples. What it needs and no example gives is added.
pub struct Site(pub TempDir);

impl Site {
    pub fn new(all: &[&Example]) -> Self {
        let site = Self(tempfile::tempdir().expect("a temporary folder"));
        for (file, text) in [
            ("keben.yaml", "title: 样例\n"),
            ("content/index.md", "# 首页\n"),
        ] {
            if !all.iter().any(|example| example.file == file) {
                site.put(file, text);
            }
        }
        fs::create_dir_all(site.0.path().join("content")).expect("a content folder");
        site
    }

    fn put(&self, file: &str, text: &str) {
        let target = self.0.path().join(file);
        fs::create_dir_all(target.parent().expect("a parent")).expect("folders are made");
        fs::write(target, text).expect("an example is written");
    }

    pub fn add(&self, example: &Example) {
        if let Some(was) = &example.was {
            fs::remove_file(self.0.path().join(was)).expect("what an example replaces is there");
        }
        self.put(&example.file, &example.text);
    }

    /// What a build says of it: the codes, and the messages for those who mend a chapter.
    pub fn told(&self) -> (BTreeSet<Code>, String) {
        told(&options(self.0.path()))
    }
}

/// What a build with these options says.
pub fn told(options: &Options) -> (BTreeSet<Code>, String) {
    let run = check_all(options);
    let line = |one: &Diagnostic| print(one, &run.sources, Language::English, Format::Short);
    let lines: Vec<_> = run.diagnostics.iter().map(line).collect();
    (
        run.diagnostics.iter().map(|one| one.code).collect(),
        lines.join("\n"),
    )
}
