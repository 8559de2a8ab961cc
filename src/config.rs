//! `keben.yaml`: what a site is called and where its parts lie.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::output::content_name;
use crate::source::{self, Problem, ProblemKind, Sources};
use crate::yaml::{KeyCodes, Keys};

/// The name of the settings file at a site's root.
pub const FILE: &str = "keben.yaml";

/// The language of a site's text and interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum SiteLanguage {
    /// Simplified Chinese.
    #[default]
    #[serde(rename = "zh-Hans")]
    Hans,
    /// Traditional Chinese.
    #[serde(rename = "zh-Hant")]
    Hant,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl SiteLanguage {
    /// The BCP 47 tag, which is also the name of the theme's file of interface strings.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Hans => "zh-Hans",
            Self::Hant => "zh-Hant",
            Self::English => "en",
        }
    }
}

/// What becomes of HTML that authors write into pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RawHtml {
    /// Cleaned of everything that could run or deceive.
    #[default]
    Sanitize,
    /// Kept as it stands: for sites whose every author is trusted.
    Trust,
}

/// The settings of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Config {
    /// What learners' records know the site by; it outlives a change of the title.
    pub id: String,
    /// The site's name.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Its language.
    pub language: SiteLanguage,
    /// Where it will be served, ending in `/`; empty where that is not known.
    pub base_url: String,
    /// The folder of the theme below `themes/`, or `default`.
    pub theme: String,
    /// The content folder below the root.
    pub content: String,
    /// The folder that a build writes, below the root.
    pub output: String,
    /// What becomes of HTML in pages.
    pub raw_html: RawHtml,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            id: String::new(),
            title: "keben".to_owned(),
            description: String::new(),
            language: SiteLanguage::default(),
            base_url: String::new(),
            theme: "default".to_owned(),
            content: "content".to_owned(),
            output: "public".to_owned(),
            raw_html: RawHtml::default(),
        }
    }
}

/// Reads the settings below `root`. Where they are broken the defaults stand in, so that the
/// problems of the pages can be told in the same run.
pub fn load(root: &Path, sources: &mut Sources) -> (Config, Vec<Diagnostic>) {
    let text = match source::read_text(&root.join(FILE)) {
        Ok(text) => text,
        Err(ProblemKind::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => {
            return (
                Config::default(),
                vec![Diagnostic::on(Code::NoConfig, FILE)],
            );
        }
        Err(kind) => {
            let problem = Problem {
                path: FILE.to_owned(),
                kind,
            };
            return (Config::default(), vec![Diagnostic::from(&problem)]);
        }
    };
    let file = sources.add(FILE, text);
    let text = sources.text(file);
    let codes = KeyCodes {
        syntax: Code::BadConfig,
        unknown: Code::UnknownConfigKey,
        value: Code::BadConfig,
    };
    match Keys::parse(file, text, 0..text.len(), codes) {
        Ok(keys) => read(keys),
        Err(diagnostic) => (Config::default(), vec![diagnostic]),
    }
}

fn read(mut keys: Keys<'_>) -> (Config, Vec<Diagnostic>) {
    let default = Config::default();
    let mut config = Config {
        id: keys.take("id", "text").unwrap_or_default(),
        title: keys.take("title", "text").unwrap_or(default.title),
        description: keys.take("description", "text").unwrap_or_default(),
        language: keys
            .take("language", "zh-Hans | zh-Hant | en")
            .unwrap_or_default(),
        base_url: keys.take("base_url", BASE_URL).unwrap_or_default(),
        theme: keys.take("theme", FOLDER).unwrap_or(default.theme),
        content: keys.take("content", FOLDER).unwrap_or(default.content),
        output: keys.take("output", FOLDER).unwrap_or(default.output),
        raw_html: keys
            .take("raw_html", "sanitize | trust")
            .unwrap_or_default(),
    };
    if config.id.is_empty() {
        config.id = format!("site-{}", content_name(config.title.as_bytes()));
    }
    if let Err(reason) = normalise_base_url(&mut config.base_url) {
        keys.reject("base_url", BASE_URL, &reason);
        config.base_url.clear();
    }
    let defaults = Config::default();
    for (key, folder, default) in [
        ("theme", &mut config.theme, defaults.theme),
        ("content", &mut config.content, defaults.content),
    ] {
        if !is_folder_name(folder) {
            keys.reject(key, FOLDER, folder);
            *folder = default;
        }
    }
    (config, keys.finish())
}

const BASE_URL: &str = "https://example.org/path/";
const FOLDER: &str = "folder/name";

/// Whether a name stays inside the site's root.
fn is_folder_name(name: &str) -> bool {
    let inside =
        |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(':');
    !name.contains('\\') && name.split('/').all(inside)
}

/// Checks the address of a site and ends it in `/`.
///
/// # Errors
/// Where it is no `http` or `https` address without a query.
pub fn normalise_base_url(url: &mut String) -> Result<(), String> {
    if url.is_empty() {
        return Ok(());
    }
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/@%[]".contains(c);
    match host {
        Some(host) if !host.is_empty() && !host.starts_with('/') && host.chars().all(plain) => {
            if !url.ends_with('/') {
                url.push('/');
            }
            Ok(())
        }
        _ => Err(url.clone()),
    }
}
