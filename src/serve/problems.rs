//! What is wrong with a site, for the browser: over the last good page, or as a page of its own.

use serde::Serialize;

use super::CLIENT;
use crate::diag::{Language, Severity, print};
use crate::output::content_name;
use crate::pipeline::Run;
use crate::render::body::escape;

/// The problems of one run, told in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problems {
    /// The language as a page's `lang`.
    lang: &'static str,
    /// How many there are.
    title: String,
    /// What happens when they are mended.
    note: &'static str,
    /// On the button that shows the last good page again.
    close: &'static str,
    /// One text each, with its source line.
    texts: Vec<String>,
}

impl Problems {
    /// The problems of a run, each as on a terminal but without colours.
    pub fn of(run: &Run, language: Language) -> Self {
        let texts = run
            .diagnostics
            .iter()
            .map(|one| print::plain(one, &run.sources, language));
        let errors = run
            .diagnostics
            .iter()
            .filter(|one| one.severity() == Severity::Error)
            .count();
        let (lang, title, note, close) = words(language, errors);
        Self {
            lang,
            title,
            note,
            close,
            texts: texts.collect(),
        }
    }

    /// A name for exactly these problems.
    pub fn version(&self) -> String {
        content_name(self.texts.join("\n").as_bytes())
    }

    /// A page that shows them, for a site of which there is no good page yet.
    pub fn page(&self) -> String {
        let Self {
            lang,
            title,
            note,
            texts,
            ..
        } = self;
        let version = self.version();
        let texts: String = texts
            .iter()
            .map(|text| format!("<pre>{}</pre>\n", escape(text)))
            .collect();
        format!(
            "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
             <h1>{title}</h1>\n<p>{note}</p>\n{texts}</main>\n\
             <script src=\"{CLIENT}\" data-version=\"{version}\"></script>\n</body>\n</html>\n"
        )
    }
}

/// The page of problems is no page of the theme: the theme may be what is broken.
const STYLE: &str = ":root{color-scheme:light dark}\
body{margin:0;font:1rem/1.6 system-ui,sans-serif}\
main{max-width:60rem;margin:auto;padding:1.5rem}\
h1{font-size:1.3rem;margin:0}\
pre{overflow:auto;padding:1rem;border:1px solid;border-left-width:4px;font:.875rem/1.5 monospace}";

fn words(language: Language, errors: usize) -> (&'static str, String, &'static str, &'static str) {
    match language {
        Language::Chinese => (
            "zh-Hans",
            format!("有 {errors} 个错误，站点没有更新"),
            "改好并保存，本页会自动刷新。",
            "先看上一次的页面",
        ),
        Language::English => {
            let s = if errors == 1 { "" } else { "s" };
            let title = format!("{errors} error{s}: the site was not updated");
            (
                "en",
                title,
                "Mend and save; this page reloads by itself.",
                "Show the last good page",
            )
        }
    }
}
