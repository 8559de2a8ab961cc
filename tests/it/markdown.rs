//! Markdown as readers get it: examples with their HTML, in files that read well themselves.
//!
//! `KEBEN_BLESS=1 cargo test --test it markdown` writes what is rendered now as what is expected;
//! the change is then to be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use keben::config::{Config, SiteLanguage};
use keben::grade::text::Variants;
use keben::page;
use keben::render::body::{Context, render};
use keben::render::pictures::Pictures;
use keben::site::link::PageId;
use keben::site::resolve::resolve;
use keben::source::Sources;
use keben::syntax::parse;
use keben::theme;

use crate::fixture::fixtures;

const FENCE: &str = "````";

static VARIANTS: LazyLock<Variants> = LazyLock::new(Variants::new);

/// Renders markdown as the page `module/page.md` of a small site.
pub fn html(markdown: &str, strings: &BTreeMap<String, String>) -> String {
    let mut sources = Sources::default();
    let pages = [
        ("index.md", "# 首页\n"),
        ("module/page.md", markdown),
        ("module/other.md", "# 别页\n\n## 第二节\n<!-- id: o-2 -->\n"),
    ];
    let lower = |(path, text): (&str, &str)| {
        let file = sources.add(path, text);
        let (document, _) = parse(file, text);
        Arc::new(page::lower(file, path, text, &document).0)
    };
    let pages = pages.map(lower).to_vec();
    let files = BTreeSet::from(["module/flow.svg".to_owned()]);
    let site = resolve(pages, files, Config::default(), false);
    let svg = Bytes::from_static(b"<svg viewBox=\"0 0 640 360\"></svg>");
    let pictures = Pictures::measure(&BTreeMap::from([("module/flow.svg".to_owned(), svg)]));
    let page = site
        .ids()
        .find(|(_, page)| page.page.path == "module/page.md");
    let PageId(at) = page.expect("the page").0;
    let page = &site.pages[at];
    let text = sources.text(page.page.file);
    render(Context {
        site: &site,
        page,
        from: &page.url,
        text,
        strings,
        pictures: &pictures,
        variants: &VARIANTS,
    })
}

/// Splits a fixture at its fences: even parts are prose, odd ones examples.
fn parts(text: &str) -> Vec<String> {
    text.split(FENCE).map(str::to_owned).collect()
}

/// The interface strings of the default theme in Simplified Chinese.
pub fn strings() -> &'static BTreeMap<String, String> {
    static STRINGS: LazyLock<BTreeMap<String, String>> =
        LazyLock::new(|| strings_of(SiteLanguage::Hans));
    &STRINGS
}

/// The interface strings of the default theme in one language.
pub fn strings_of(language: SiteLanguage) -> BTreeMap<String, String> {
    let none = Path::new("no such site");
    let (theme, _) = theme::load(none, "default", language, &mut Sources::default());
    theme.expect("the default theme").strings
}

/// The examples of a fixture, markdown and HTML.
pub fn examples(text: &str) -> Vec<(String, String)> {
    let bodies = parts(text).into_iter().skip(1).step_by(2);
    let own = |(markdown, html): (&str, &str)| (markdown.to_owned(), html.to_owned());
    bodies.map(|body| own(cut(&body))).collect()
}

/// Cuts an example into its markdown and its HTML.
fn cut(example: &str) -> (&str, &str) {
    let body = example
        .strip_prefix(" example\n")
        .expect("a fence of the kind `example`");
    body.split_once("\n.\n").expect("markdown, a dot, HTML")
}

#[test]
fn examples_are_rendered_as_written() {
    let bless = std::env::var_os("KEBEN_BLESS").is_some();
    let mut wrong = Vec::new();
    for entry in fs::read_dir(fixtures().join("markdown"))
        .expect("fixtures")
        .flatten()
    {
        let text = fs::read_to_string(entry.path()).expect("a fixture");
        let mut parts = parts(&text);
        assert!(parts.len() > 2, "{} has no example", entry.path().display());
        for example in parts.iter_mut().skip(1).step_by(2) {
            let (markdown, expected) = cut(example);
            let rendered = html(markdown, strings());
            if rendered.trim_end() != expected.trim_end() {
                wrong.push(format!(
                    "{markdown}\n--- expected\n{expected}\n--- rendered\n{rendered}"
                ));
            }
            *example = format!(" example\n{markdown}\n.\n{}\n", rendered.trim_end());
        }
        if bless {
            fs::write(entry.path(), parts.join(FENCE)).expect("the fixture is written");
        }
    }
    assert!(bless || wrong.is_empty(), "{}", wrong.join("\n\n"));
}
