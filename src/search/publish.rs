//! The search of a built site as files: the engine, the index, and the list of both.
//!
//! Both are scripts that hold compressed bytes as text, since a site that is opened from a folder
//! may fetch nothing else; the engine, which is the larger part of a small site, is also there as
//! plain compressed bytes for a server. Their names hold their content's hash, so that a browser
//! may keep them for ever; the list itself is the one file whose name stays.

use std::collections::BTreeMap;

use flate2::Compression;
use serde_json::json;

use super::Index;
use crate::output::packed::{encode, gzip};
use crate::output::{Output, content_name};
use crate::theme::Theme;

/// Interface strings with these prefixes travel to the search box.
const STRINGS: &[&str] = &["search_", "kind_"];

/// The files that every site with this theme has for searching: they change with the program.
#[derive(Debug)]
pub struct Engine {
    output: Output,
    files: serde_json::Value,
}

impl Engine {
    /// Packs the engine of a theme.
    pub fn of(theme: &Theme) -> Self {
        let mut output = Output::default();
        let packed = gzip(&theme.engine, Compression::best());
        let hash = content_name(&theme.engine);
        let file = format!("engine.{hash}.wasm.gz");
        let twin = script(&mut output, "engine", &hash, &packed);
        output.insert(format!("search/{file}"), packed);
        let files = json!({ "file": file, "twin": twin });
        output.insert("search/loader.js", theme.loader.clone().into_bytes());
        Self { output, files }
    }
}

/// An index, compressed and named.
#[derive(Debug)]
pub struct Packed {
    bytes: Vec<u8>,
    hash: String,
}

impl Packed {
    /// Compresses an index, which is not needed for publishing any longer.
    pub fn of(index: &Index) -> Self {
        Self {
            bytes: gzip(&index.bytes, Compression::default()),
            hash: content_name(&index.bytes),
        }
    }
}

/// Everything that the browser needs to search a site.
pub fn publish(engine: &Engine, index: &Packed, theme: &Theme) -> Output {
    let mut output = engine.output.clone();
    let twin = script(&mut output, "index", &index.hash, &index.bytes);
    let strings: BTreeMap<_, _> = theme
        .strings
        .iter()
        .filter(|(key, _)| STRINGS.iter().any(|prefix| key.starts_with(prefix)))
        .collect();
    let manifest = json!({
        "base": "search/",
        "engine": engine.files,
        "index": { "twin": twin },
        "strings": strings,
    });
    let script = format!("(window.keben=window.keben||{{}}).searchManifest={manifest};\n");
    output.insert("search/manifest.js", script.into_bytes());
    output
}

/// Writes bytes as a script that hands them to the loader, and says how it is called.
fn script(output: &mut Output, name: &str, hash: &str, packed: &[u8]) -> String {
    let file = format!("{name}.{hash}.js");
    let text = format!("keben.search.receive(\"{name}\",\"{}\");\n", encode(packed));
    output.insert(format!("search/{file}"), text.into_bytes());
    file
}
