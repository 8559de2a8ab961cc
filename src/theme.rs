//! What pages are poured into: templates, styles, scripts and interface strings.
//!
//! The default theme is part of the program. A site's own theme lies over it file by file: a
//! template of the same name replaces the default's (which stays reachable as `default/NAME`), and
//! `styles/custom.css` comes after all other styles. `theme.yaml` says what is joined and what is
//! written alone.

mod lean;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use rust_embed::Embed;
use tera::{ErrorKind, Tera};

use crate::config::SiteLanguage;
use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::output::{Output, content_name};
use crate::source::{FileId, Problem, Sources, read_text};
use crate::yaml::{KeyCodes, Keys};

/// The folder of themes below a site's root.
pub const FOLDER: &str = "themes";
const CUSTOM_STYLE: &str = "styles/custom.css";
const CODES: KeyCodes = KeyCodes {
    syntax: Code::BadTheme,
    unknown: Code::BadTheme,
    value: Code::BadTheme,
};

/// The default theme, as it was when the program was built.
#[derive(Embed)]
#[folder = "themes/default"]
struct Default;

/// A theme, read and joined, ready to render.
#[derive(Debug)]
pub struct Theme {
    /// The templates, parsed.
    pub tera: Tera,
    /// The text of each template, for the places of its errors.
    templates: BTreeMap<String, FileId>,
    /// The interface strings of the site's language.
    pub strings: BTreeMap<String, String>,
    /// The files that every site with this theme has.
    pub output: Output,
    /// The URL of the joined style sheet.
    pub style: String,
    /// The URL of the joined script.
    pub script: String,
    /// The URLs of the files that are written alone, by file name.
    pub files: BTreeMap<String, String>,
    /// The search engine, as WebAssembly.
    pub engine: Bytes,
    /// The script that loads it.
    pub loader: String,
}

/// What `theme.yaml` says.
#[derive(Debug, Default)]
struct Parts {
    styles: Option<Vec<String>>,
    scripts: Option<Vec<String>>,
    files: Option<Vec<String>>,
}

/// Where a theme's files are found: the site's own folder first, then the default theme.
struct Layers<'s> {
    own: Option<PathBuf>,
    name: String,
    sources: &'s mut Sources,
    diagnostics: Vec<Diagnostic>,
}

/// Reads the theme `name` of the site at `root`.
pub fn load(
    root: &Path,
    name: &str,
    language: SiteLanguage,
    sources: &mut Sources,
) -> (Option<Theme>, Vec<Diagnostic>) {
    let own = root.join(FOLDER).join(name);
    let own = own.is_dir().then_some(own);
    if own.is_none() && name != "default" {
        let diagnostic = Diagnostic::site(Code::NoTheme)
            .with("theme", name)
            .suggest(&["default".to_owned()]);
        return (None, vec![diagnostic]);
    }
    let mut layers = Layers {
        own,
        name: name.to_owned(),
        sources,
        diagnostics: Vec::new(),
    };
    let theme = layers.theme(language);
    (theme, layers.diagnostics)
}

impl Layers<'_> {
    fn theme(&mut self, language: SiteLanguage) -> Option<Theme> {
        let parts = self.parts();
        let strings = self.strings(language);
        let mut output = Output::default();
        let style = self.joined(&parts.styles.unwrap_or_default(), "css", &mut output);
        let script = self.joined(&parts.scripts.unwrap_or_default(), "js", &mut output);
        let mut files: BTreeMap<_, _> = parts
            .files
            .unwrap_or_default()
            .iter()
            .filter_map(|path| self.alone(path, &mut output))
            .collect();
        files.extend(SPOKEN.map(|part| spoken(part, &strings, &mut output)));
        let engine = self.bytes("search/engine.wasm").unwrap_or_default();
        let loader = self.text("search/loader.js").unwrap_or_default();
        let (tera, templates) = self.templates()?;
        let engine = Bytes::from(engine);
        Some(Theme {
            tera,
            templates,
            strings,
            output,
            style,
            script,
            files,
            engine,
            loader,
        })
    }

    /// The bytes of a theme's file; a diagnostic where neither layer has it.
    fn bytes(&mut self, path: &str) -> Option<Vec<u8>> {
        let own = self
            .own
            .as_ref()
            .and_then(|own| std::fs::read(own.join(path)).ok());
        let bytes = own.or_else(|| Default::get(path).map(|file| file.data.into_owned()));
        if bytes.is_none() {
            let diagnostic = Diagnostic::on(Code::ThemeFile, self.display("theme.yaml"));
            self.diagnostics.push(diagnostic.with("file", path));
        }
        bytes
    }

    fn text(&mut self, path: &str) -> Option<String> {
        self.bytes(path)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// How people know a theme's file.
    fn display(&self, path: &str) -> String {
        format!("{FOLDER}/{}/{path}", self.name)
    }

    /// What the site's own `theme.yaml` says, and of the rest what the default's says.
    fn parts(&mut self) -> Parts {
        let default = Default::get("theme.yaml").map(|file| file.data);
        let default = default.map(|data| String::from_utf8_lossy(&data).into_owned());
        let own = self.own_text("theme.yaml");
        let default = self.parts_of(default.unwrap_or_default());
        let own = own.map(|text| self.parts_of(text)).unwrap_or_default();
        Parts {
            styles: own.styles.or(default.styles),
            scripts: own.scripts.or(default.scripts),
            files: own.files.or(default.files),
        }
    }

    fn parts_of(&mut self, text: String) -> Parts {
        let file = self.sources.add(self.display("theme.yaml"), text);
        let text = self.sources.text(file);
        match Keys::parse(file, text, 0..text.len(), CODES) {
            Ok(mut keys) => {
                let _: Option<String> = keys.take("name", "“…”");
                let mut list = |key| keys.take(key, "[styles/….css, …]");
                let (styles, scripts, files) = (list("styles"), list("scripts"), list("files"));
                self.diagnostics.extend(keys.finish());
                Parts {
                    styles,
                    scripts,
                    files,
                }
            }
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                Parts::default()
            }
        }
    }

    /// A text of the site's own theme; `None` where it has none, or (with a diagnostic) where it
    /// cannot be read.
    fn own_text(&mut self, path: &str) -> Option<String> {
        let location = self.own.as_ref()?.join(path);
        if !location.is_file() {
            return None;
        }
        let problem = match read_text(&location) {
            Ok(text) => return Some(text),
            Err(kind) => Problem {
                path: self.display(path),
                kind,
            },
        };
        self.diagnostics.push(Diagnostic::from(&problem));
        None
    }

    /// The default theme's strings, with those that the site's own theme says otherwise.
    fn strings(&mut self, language: SiteLanguage) -> BTreeMap<String, String> {
        let path = format!("i18n/{}.yaml", language.tag());
        let default = Default::get(&path)
            .map(|file| file.data)
            .unwrap_or(Cow::Borrowed(b""));
        let mut strings: BTreeMap<String, String> =
            serde_yaml::from_slice(&default).unwrap_or_default();
        let Some(own) = self.own_text(&path) else {
            return strings;
        };
        match serde_yaml::from_str::<BTreeMap<String, String>>(&own) {
            Ok(own) => strings.extend(own),
            Err(error) => {
                let diagnostic = Diagnostic::on(Code::BadTheme, self.display(&path));
                self.diagnostics
                    .push(diagnostic.with("reason", error.to_string()));
            }
        }
        strings
    }

    /// Joins files into one that is named by its content, and gives its URL.
    fn joined(&mut self, paths: &[String], extension: &str, output: &mut Output) -> String {
        let mut joined = String::new();
        for path in paths {
            joined.push_str(&self.text(path).unwrap_or_default());
        }
        joined = match extension {
            "css" => {
                joined.push_str(&self.own_text(CUSTOM_STYLE).unwrap_or_default());
                lean::css(&joined)
            }
            _ => lean::js(&joined),
        };
        let url = format!(
            "assets/site.{}.{extension}",
            content_name(joined.as_bytes())
        );
        output.insert(url.clone(), joined.into_bytes());
        url
    }

    /// A file that is written alone: its name in templates, and its URL.
    fn alone(&mut self, path: &str, output: &mut Output) -> Option<(String, String)> {
        let mut bytes = self.bytes(path)?;
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, "bin"));
        match (extension, std::str::from_utf8(&bytes)) {
            ("css", Ok(text)) => bytes = lean::css(text).into_bytes(),
            ("js", Ok(text)) => bytes = lean::js(text).into_bytes(),
            _ => {}
        }
        let url = format!("assets/{stem}.{}.{extension}", content_name(&bytes));
        output.insert(url.clone(), bytes);
        Some((name, url))
    }

    /// Parses all templates; the default's are also known as `default/NAME`.
    fn templates(&mut self) -> Option<(Tera, BTreeMap<String, FileId>)> {
        let mut texts: BTreeMap<String, (String, String)> = BTreeMap::new();
        for path in Default::iter() {
            if let (Some(name), Some(file)) = (path.strip_prefix("templates/"), Default::get(&path))
            {
                let text = String::from_utf8_lossy(&file.data).into_owned();
                let display = format!("{FOLDER}/default/{path}");
                texts.insert(format!("default/{name}"), (display.clone(), text.clone()));
                texts.insert(name.to_owned(), (display, text));
            }
        }
        for (name, text) in self.own_templates() {
            let display = self.display(&format!("templates/{name}"));
            texts.insert(name, (display, text));
        }
        let mut tera = Tera::default();
        let raw = texts
            .iter()
            .map(|(name, (_, text))| (name.as_str(), text.as_str()));
        let result = tera.add_raw_templates(raw.collect::<Vec<_>>());
        let files: BTreeMap<String, FileId> = texts
            .into_iter()
            .map(|(name, (display, text))| (name, self.sources.add(display, text)))
            .collect();
        match result {
            Ok(()) => Some((tera, files)),
            Err(error) => {
                self.diagnostics.push(template_error(&error, &files));
                None
            }
        }
    }

    fn own_templates(&mut self) -> Vec<(String, String)> {
        let Some(folder) = self.own.as_ref().map(|own| own.join("templates")) else {
            return Vec::new();
        };
        let entries = walkdir::WalkDir::new(&folder)
            .sort_by_file_name()
            .into_iter()
            .flatten();
        let files = entries.filter(|entry| entry.file_type().is_file());
        let name = |entry: walkdir::DirEntry| {
            let name = entry.path().strip_prefix(&folder).ok()?.to_str()?;
            Some(name.replace('\\', "/"))
        };
        let names: Vec<String> = files.filter_map(name).collect();
        let read = |name: String| Some((self.own_text(&format!("templates/{name}"))?, name));
        names
            .into_iter()
            .filter_map(read)
            .map(|(text, name)| (name, text))
            .collect()
    }
}

impl Theme {
    /// An interface string; its key where the theme lacks it, so that the gap is seen.
    pub fn string<'t>(&'t self, key: &'t str) -> &'t str {
        self.strings.get(key).map_or(key, String::as_str)
    }

    /// The template for a kind of page: its own where the theme has one.
    pub fn template_of(&self, kind: &str) -> String {
        let own = format!("kind-{kind}.html");
        if self.templates.contains_key(&own) {
            own
        } else {
            "page.html".to_owned()
        }
    }

    /// Says a rendering error at its place in the template.
    pub fn error(&self, error: &tera::Error) -> Diagnostic {
        template_error(error, &self.templates)
    }

    /// What the theme puts into every page, as bytes: a part of a build's fingerprint.
    pub fn fingerprint(&self, sources: &Sources) -> String {
        let mut hasher = blake3::Hasher::new();
        for (name, file) in &self.templates {
            hasher
                .update(name.as_bytes())
                .update(sources.text(*file).as_bytes());
        }
        for (path, bytes) in self.output.iter() {
            hasher.update(path.as_bytes()).update(bytes);
        }
        for (key, string) in &self.strings {
            hasher.update(key.as_bytes()).update(string.as_bytes());
        }
        hasher.update(&self.engine).update(self.loader.as_bytes());
        hasher.finalize().to_hex().to_string()
    }

    /// The keys of the default theme's strings in a language, for the test that compares them.
    pub fn default_string_keys(language: SiteLanguage) -> BTreeSet<String> {
        let file = Default::get(&format!("i18n/{}.yaml", language.tag()));
        let strings: BTreeMap<String, String> = file
            .and_then(|file| serde_yaml::from_slice(&file.data).ok())
            .unwrap_or_default();
        strings.into_keys().collect()
    }
}

/// The parts of the interface that speak by themselves in the browser: their strings begin with these
/// words and travel in a script that only pages with such a part load.
const SPOKEN: [&str; 2] = ["quiz", "scenario"];

/// The strings of a part: `scenario-strings.js`, which sets `keben.scenarioStrings`.
fn spoken(part: &str, strings: &BTreeMap<String, String>, output: &mut Output) -> (String, String) {
    let own = |key: &str| {
        key.strip_prefix(part)
            .is_some_and(|rest| rest.starts_with('_'))
    };
    let strings: BTreeMap<_, _> = strings.iter().filter(|(key, _)| own(key)).collect();
    let strings = serde_json::json!(strings);
    let script = format!("(window.keben=window.keben||{{}}).{part}Strings={strings};\n");
    let url = format!(
        "assets/{part}-strings.{}.js",
        content_name(script.as_bytes())
    );
    output.insert(url.clone(), script.into_bytes());
    (format!("{part}-strings.js"), url)
}

fn template_error(error: &tera::Error, files: &BTreeMap<String, FileId>) -> Diagnostic {
    let report = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => report,
        other => return Diagnostic::site(Code::Template).with("reason", other.to_string()),
    };
    match files.get(report.filename()) {
        Some(file) => Diagnostic::at(Code::Template, *file, report.span().range.clone()),
        None => Diagnostic::on(Code::Template, report.filename()),
    }
    .with("reason", report.message())
}
