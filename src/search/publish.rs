//! The search of a built site as files: the engine, the index, and the list of both.
//!
//! Each of the two is written twice: compressed bytes for a server, and a script with the same
//! bytes in base 64 for a site that is opened from a folder, where nothing may be fetched. Their
//! names hold their content's hash, so that a browser may keep them for ever; the list itself is
//! the one file whose name stays.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use super::Index;
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
        let files = pack(&mut output, "engine", ".wasm", &theme.engine, Compression::best());
        output.insert("search/loader.js", theme.loader.clone().into_bytes());
        Self { output, files }
    }
}

/// Everything that the browser needs to search a site.
pub fn publish(engine: &Engine, index: &Index, theme: &Theme) -> Output {
    let mut output = engine.output.clone();
    let files = pack(&mut output, "index", "", &index.bundle.to_bytes(), Compression::default());
    let strings: BTreeMap<_, _> = theme
        .strings
        .iter()
        .filter(|(key, _)| STRINGS.iter().any(|prefix| key.starts_with(prefix)))
        .collect();
    let manifest = json!({
        "base": "search/",
        "engine": engine.files,
        "index": files,
        "strings": strings,
    });
    let script = format!("(window.keben=window.keben||{{}}).searchManifest={manifest};\n");
    output.insert("search/manifest.js", script.into_bytes());
    output
}

/// Writes one payload in both forms, and says how they are called.
fn pack(
    output: &mut Output,
    name: &str,
    extension: &str,
    bytes: &[u8],
    level: Compression,
) -> serde_json::Value {
    let packed = gzip(bytes, level);
    let hash = content_name(bytes);
    let file = format!("{name}.{hash}{extension}.gz");
    let twin = format!("{name}.{hash}.js");
    let script = format!("keben.search.receive(\"{name}\",\"{}\");\n", base64(&packed));
    output.insert(format!("search/{twin}"), script.into_bytes());
    output.insert(format!("search/{file}"), packed);
    json!({ "file": file, "twin": twin })
}

/// Compresses with no time or name inside, so that equal bytes give equal files.
fn gzip(bytes: &[u8], level: Compression) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), level);
    // Writing to memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
