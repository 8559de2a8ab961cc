//! Every stage in order, on one screen: what `keben build`, `check`, `serve`, the tests and the
//! benches all run.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use jiff::civil::Date;
use keben_search_core::Engine;
use rayon::prelude::*;

use crate::check::{self, CheckedSite};
use crate::config::{self, Config};
use crate::diag::codes::Code;
use crate::diag::{self, Diagnostic, has_errors};
use crate::output::write::{check_target, write};
use crate::output::{Output, manifest::Manifest};
use crate::page::{self, Page};
use crate::render;
use crate::search::publish::{self, Packed};
use crate::search::{self, Index};
use crate::site::SitePage;
use crate::site::resolve::resolve;
use crate::source::{self, Problem, SourcePage, SourceSet, Sources};
use crate::syntax;
use crate::theme::{self, Theme};

/// What a run is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// The site's folder, which holds `keben.yaml`.
    pub root: PathBuf,
    /// Whether drafts are pages like others.
    pub drafts: bool,
    /// Where the site will be served, instead of what `keben.yaml` says.
    pub base_url: Option<String>,
    /// The day for which reviews are due or not.
    pub today: Date,
}

/// A site that passed every check, with all that is needed to render it.
pub struct Checked {
    /// The pages.
    pub site: CheckedSite,
    /// What they are poured into.
    pub theme: Theme,
    /// The files that they use, by path.
    pub assets: BTreeMap<String, Bytes>,
    /// A hash of everything that goes into the output.
    pub fingerprint: String,
}

/// What reading and checking a site gave.
pub struct Run {
    /// Every text, for the places of diagnostics.
    pub sources: Sources,
    /// The settings, or the defaults where they are broken.
    pub config: Config,
    /// Everything that is wrong, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// `None` where an error keeps the site from being rendered.
    pub checked: Option<Checked>,
}

/// What an earlier run of the same process may spare the next one.
#[derive(Debug, Default)]
pub struct Cache {
    /// By path, each with the hash of its text.
    pages: HashMap<String, (blake3::Hash, Arc<Page>)>,
    rendered: render::Cache,
}

/// Reads and checks a site: all of a build that writes nothing.
pub fn check(options: &Options, cache: &mut Cache) -> Run {
    let mut sources = Sources::default();
    let (mut config, mut diagnostics) = config::load(&options.root, &mut sources);
    if let Some(base_url) = &options.base_url {
        config.base_url.clone_from(base_url);
    }
    let (theme, problems) =
        theme::load(&options.root, &config.theme, config.language, &mut sources);
    diagnostics.extend(problems);
    let (set, problems) = source::load(&options.root, &config.content, sources);
    diagnostics.extend(problems.iter().map(Diagnostic::from));
    let (pages, problems) = pages(&set, cache);
    diagnostics.extend(problems);

    let files = set.assets.iter().map(|asset| asset.path.clone()).collect();
    let site = resolve(pages, files, config.clone(), options.drafts);
    let (assets, problems) = assets(&set, &site.assets, &config.content);
    diagnostics.extend(problems.iter().map(Diagnostic::from));
    let (site, problems) = check::run(site, &diagnostics);
    diagnostics.extend(problems);

    diag::sort(&mut diagnostics, &set.sources);
    let checked = site.zip(theme).map(|(site, theme)| {
        let fingerprint = fingerprint(options, &config, &set.sources, &theme, &assets, &site);
        Checked {
            site,
            theme,
            assets,
            fingerprint,
        }
    });
    Run {
        sources: set.sources,
        config,
        diagnostics,
        checked,
    }
}

/// Renders a checked site; a template may still fail.
pub fn render(run: &Run, today: Date, cache: &mut Cache) -> (Option<Output>, Vec<Diagnostic>) {
    let Some(checked) = &run.checked else {
        return (None, Vec::new());
    };
    let Checked {
        site,
        theme,
        assets,
        fingerprint,
    } = checked;
    let inputs = render::Inputs {
        site,
        theme,
        sources: &run.sources,
        assets,
        today,
        build: fingerprint,
    };
    let (output, mut diagnostics) = render::render(inputs, &mut cache.rendered);
    diag::sort(&mut diagnostics, &run.sources);
    (
        Some(output).filter(|_| !has_errors(&diagnostics)),
        diagnostics,
    )
}

/// Reads, checks and renders a site in memory: everything that a build could find wrong.
pub fn check_all(options: &Options) -> Run {
    let mut cache = Cache::default();
    let mut run = check(options, &mut cache);
    let (_, problems) = render(&run, options.today, &mut cache);
    run.diagnostics.extend(problems);
    run
}

/// The search engine of a checked site, opened.
///
/// # Errors
/// Where the index could not be made.
pub fn engine(checked: &Checked, sources: &Sources) -> Result<Engine, Diagnostic> {
    let index = search::index(&checked.site, sources).map_err(search_error)?;
    search::open(index).map_err(search_error)
}

/// Says an error of the index like any other.
pub fn search_error(error: keben_search_core::Error) -> Diagnostic {
    Diagnostic::site(Code::Search).with("reason", error.to_string())
}

/// Indexes a checked site, and packs the index with its engine.
///
/// # Errors
/// Where the index could not be made.
pub fn index(checked: &Checked, sources: &Sources) -> Result<(Index, Output), Diagnostic> {
    let index = search::index(&checked.site, sources).map_err(search_error)?;
    let output = publish_index(checked, &Packed::of(&index));
    Ok((index, output))
}

/// Indexes a checked site for its visitors only: the index itself is let go before it is written
/// out, since that of a large site is as large as its pages.
fn search_files(checked: &Checked, sources: &Sources) -> Result<Output, Diagnostic> {
    let index = search::index(&checked.site, sources).map_err(search_error)?;
    let packed = Packed::of(&index);
    drop(index);
    Ok(publish_index(checked, &packed))
}

fn publish_index(checked: &Checked, packed: &Packed) -> Output {
    let engine = publish::Engine::of(&checked.theme);
    publish::publish(&engine, packed, &checked.theme)
}

/// What a build did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Pages that authors wrote.
    pub pages: usize,
    /// Their length, in words.
    pub words: usize,
    /// Files written.
    pub files: usize,
    /// Of everything written, in bytes.
    pub size: u64,
    /// Of the index as it is published, in bytes.
    pub index_size: u64,
    /// Whether the site was already as it should be.
    pub unchanged: bool,
}

/// A build's stages, for those who show progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading and checking.
    Check,
    /// Templates, and the index beside them.
    Render,
    /// The disk.
    Write,
}

/// Builds a site into `dir`, telling `progress` of each stage.
///
/// The first value is `None` where the site was not written; the reasons are in the run.
pub fn build(options: &Options, dir: &Path, progress: &dyn Fn(Stage)) -> (Option<Summary>, Run) {
    progress(Stage::Check);
    let mut cache = Cache::default();
    let mut run = check(options, &mut cache);
    let name = dir.display().to_string();
    let target = match check_target(dir, &options.root, &own_folders(options, &run.config)) {
        Ok(target) => target,
        Err(error) => {
            run.diagnostics.push(diag::write_error(&error, &name));
            return (None, run);
        }
    };
    let Some(checked) = &run.checked else {
        return (None, run);
    };
    let length = |page: &SitePage| page.page.length.total();
    let words = checked.site.pages.iter().map(length).sum();
    let pages = checked.site.pages.len();
    if let Some(known) = Manifest::read(&target)
        .filter(|known| known.fingerprint == checked.fingerprint && known.is_intact(&target))
    {
        return (Some(summary(pages, words, &known, true)), run);
    }

    progress(Stage::Render);
    let (rendered, index) = rayon::join(
        || render(&run, options.today, &mut cache),
        || search_files(checked, &run.sources),
    );
    let (output, mut problems) = rendered;
    let search = index.map_err(|problem| problems.push(problem)).ok();
    let fingerprint = checked.fingerprint.clone();
    run.diagnostics.extend(problems);
    let (Some(mut output), Some(search)) = (output, search) else {
        return (None, run);
    };
    output.extend(search);

    progress(Stage::Write);
    match write(&output, &target, &fingerprint) {
        Ok(manifest) => (Some(summary(pages, words, &manifest, false)), run),
        Err(error) => {
            run.diagnostics.push(diag::write_error(&error, &name));
            (None, run)
        }
    }
}

/// The folders that a site may not be written into.
fn own_folders(options: &Options, config: &Config) -> Vec<PathBuf> {
    vec![
        options.root.join(&config.content),
        options.root.join(theme::FOLDER),
    ]
}

fn summary(pages: usize, words: usize, manifest: &Manifest, unchanged: bool) -> Summary {
    let size = |path: &String, entry: &crate::output::manifest::Entry| {
        let index = path.starts_with("search/index.");
        if index { entry.size } else { 0 }
    };
    Summary {
        pages,
        words,
        files: manifest.files.len(),
        size: manifest.files.values().map(|entry| entry.size).sum(),
        index_size: manifest
            .files
            .iter()
            .map(|(path, entry)| size(path, entry))
            .sum(),
        unchanged,
    }
}

/// Parses every page, taking from `cache` those whose text has not changed.
fn pages(set: &SourceSet, cache: &mut Cache) -> (Vec<Arc<Page>>, Vec<Diagnostic>) {
    let known = std::mem::take(&mut cache.pages);
    let parse = |source: &SourcePage| {
        let text = set.sources.text(source.file);
        let hash = blake3::hash(text.as_bytes());
        if let Some((known, page)) = known.get(&source.path)
            && *known == hash
            && page.file == source.file
        {
            return (hash, Arc::clone(page), Vec::new());
        }
        let (document, mut diagnostics) = syntax::parse(source.file, text);
        let (page, problems) = page::lower(source.file, &source.path, text, &document);
        diagnostics.extend(problems);
        (hash, Arc::new(page), diagnostics)
    };
    let parsed: Vec<_> = set.pages.par_iter().map(parse).collect();
    let mut pages = Vec::with_capacity(parsed.len());
    let mut all = Vec::new();
    for (hash, page, diagnostics) in parsed {
        // A page with a problem is read again, so that the problem is told again.
        if diagnostics.is_empty() {
            cache
                .pages
                .insert(page.path.clone(), (hash, Arc::clone(&page)));
        }
        pages.push(page);
        all.extend(diagnostics);
    }
    (pages, all)
}

/// Reads the files that pages use.
fn assets(
    set: &SourceSet,
    used: &std::collections::BTreeSet<String>,
    content: &str,
) -> (BTreeMap<String, Bytes>, Vec<Problem>) {
    let mut assets = BTreeMap::new();
    let mut problems = Vec::new();
    for asset in set.assets.iter().filter(|asset| used.contains(&asset.path)) {
        match source::read_asset(asset) {
            Ok(bytes) => {
                assets.insert(asset.path.clone(), Bytes::from(bytes));
            }
            Err(kind) => {
                let path = format!("{content}/{}", asset.path);
                problems.push(Problem { path, kind });
            }
        }
    }
    (assets, problems)
}

/// A hash of everything that goes into the output.
fn fingerprint(
    options: &Options,
    config: &Config,
    sources: &Sources,
    theme: &Theme,
    assets: &BTreeMap<String, Bytes>,
    site: &CheckedSite,
) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(concat!("keben ", env!("CARGO_PKG_VERSION")).as_bytes());
    hasher.update(serde_json::to_string(config).unwrap_or_default().as_bytes());
    hasher.update(&[u8::from(options.drafts)]);
    hasher.update(theme.fingerprint(sources).as_bytes());
    let text = |page: &SitePage| blake3::hash(sources.text(page.page.file).as_bytes());
    let texts: Vec<blake3::Hash> = site.pages.par_iter().map(text).collect();
    for (page, text) in site.pages.iter().zip(texts) {
        hasher
            .update(page.page.path.as_bytes())
            .update(&[0])
            .update(text.as_bytes());
        hasher.update(&[u8::from(is_due(&page.page, options.today))]);
    }
    for (path, bytes) in assets {
        hasher.update(path.as_bytes()).update(&[0]).update(bytes);
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

fn is_due(page: &Page, today: Date) -> bool {
    page.front.due().is_some_and(|due| due < today)
}
