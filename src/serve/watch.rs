//! Tells when a file that a site is made of has changed.
//!
//! Only what the site is made of is watched: `keben.yaml`, the content folder and the themes. The
//! output folder cannot lie in any of them, so that a build beside the server goes unnoticed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::event::ModifyKind;
use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{
    DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer,
};

use crate::config::{self, Config};
use crate::theme;

/// Editors write a file in several steps; the steps of one saving are one change. An author waits
/// for it every time, so that it is no longer than it must be.
const DEBOUNCE: Duration = Duration::from_millis(20);
const TICK: Duration = Duration::from_millis(5);

/// Watches the files of one site.
pub struct Watcher {
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    batches: Receiver<DebounceEventResult>,
    root: PathBuf,
    /// What the site is made of: a file, and folders with all that is in them.
    parts: Vec<PathBuf>,
    /// What the system watches for us.
    watched: BTreeMap<PathBuf, RecursiveMode>,
}

impl Watcher {
    /// Begins to watch the site at `root`, of which nothing but the folder is known.
    ///
    /// # Errors
    /// Where the system does not let us.
    pub fn new(root: &Path) -> notify::Result<Self> {
        let root = root.canonicalize()?;
        let (sender, batches) = mpsc::channel();
        let debouncer = new_debouncer(DEBOUNCE, Some(TICK), sender)?;
        Ok(Self {
            debouncer,
            batches,
            root,
            parts: Vec::new(),
            watched: BTreeMap::new(),
        })
    }

    /// Watches what a site with these settings is made of. Says whether any of it was not watched
    /// before: what happened there until now is not known.
    ///
    /// # Errors
    /// Where the system does not let us.
    pub fn follow(&mut self, config: &Config) -> notify::Result<bool> {
        let (content, themes) = (
            self.root.join(&config.content),
            self.root.join(theme::FOLDER),
        );
        let wanted = self.wanted(&content, &themes);
        self.parts = vec![self.root.join(config::FILE), content, themes];
        let unwanted = |path: &&PathBuf| !wanted.contains_key(*path);
        let unwanted: Vec<PathBuf> = self.watched.keys().filter(unwanted).cloned().collect();
        unwanted.iter().for_each(|path| self.forget(path));
        let mut new = false;
        for (path, mode) in wanted {
            if !self.watched.contains_key(&path) {
                self.debouncer.watch(&path, mode)?;
                self.watched.insert(path, mode);
                new = true;
            }
        }
        Ok(new)
    }

    /// Waits for the next change of the site, and gives what went wrong with watching. `None` when
    /// there is nothing left to wait for.
    pub fn wait(&mut self) -> Option<Vec<notify::Error>> {
        loop {
            let first = self.batches.recv().ok()?;
            let batches: Vec<_> = [first].into_iter().chain(self.batches.try_iter()).collect();
            let mut errors = Vec::new();
            let mut changed = false;
            for batch in batches {
                match batch {
                    Ok(events) => changed |= self.is_change(&events),
                    Err(some) => errors.extend(some),
                }
            }
            if changed || !errors.is_empty() {
                return Some(errors);
            }
        }
    }

    /// What to watch. The folders above are watched too, but not deeply: that a folder was
    /// replaced can be seen only from there.
    fn wanted(&self, content: &Path, themes: &Path) -> BTreeMap<PathBuf, RecursiveMode> {
        let above = content.parent().unwrap_or(&self.root);
        let mut wanted = BTreeMap::from([
            (self.root.clone(), RecursiveMode::NonRecursive),
            (above.to_owned(), RecursiveMode::NonRecursive),
            (content.to_owned(), RecursiveMode::Recursive),
            (themes.to_owned(), RecursiveMode::Recursive),
        ]);
        wanted.retain(|path, _| path.is_dir());
        wanted
    }

    fn forget(&mut self, path: &Path) {
        self.watched.remove(path);
        // A folder that was removed is no longer watched anyway.
        let _ = self.debouncer.unwatch(path);
    }

    /// Whether any event is about the site. A watched folder that was itself replaced is forgotten,
    /// so that [`Watcher::follow`] takes up the new one.
    fn is_change(&mut self, events: &[DebouncedEvent]) -> bool {
        let mut changed = false;
        for event in events.iter().filter(|event| !event.kind.is_access()) {
            changed |= event.need_rescan();
            for path in &event.paths {
                if is_replacement(event.kind) && self.watched.contains_key(path) {
                    self.forget(path);
                }
                changed |= self.is_part(path);
            }
        }
        changed
    }

    /// Whether a path is part of the site.
    fn is_part(&self, path: &Path) -> bool {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        self.parts.iter().any(|part| path.starts_with(part)) && !is_passing(inside)
    }
}

/// Whether something came, went or took another's place.
fn is_replacement(kind: EventKind) -> bool {
    let renamed = matches!(kind, EventKind::Modify(ModifyKind::Name(_)));
    renamed || kind.is_create() || kind.is_remove()
}

/// What editors leave for a moment, and what no build reads: hidden files and backups.
fn is_passing(path: &Path) -> bool {
    let hidden = path
        .iter()
        .any(|part| part.to_string_lossy().starts_with('.'));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ends = ["~", ".swp", ".swx", ".tmp", ".bak", ".crdownload", "___"];
    let begins = ["#", "~$"];
    // Vim tries whether it may write a folder with a file of this name.
    let probe = name == "4913";
    hidden
        || probe
        || ends.iter().any(|end| name.ends_with(end))
        || begins.iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::is_passing;
    use std::path::Path;

    #[test]
    fn what_editors_leave_for_a_moment_is_no_change() {
        for path in [
            "content/.a.md.swp",
            "content/a.md~",
            "content/4913",
            ".git/HEAD",
            "content/#a.md#",
        ] {
            assert!(is_passing(Path::new(path)), "{path}");
        }
        for path in [
            "content/a.md",
            "content/图/一.png",
            "keben.yaml",
            "themes/own/theme.yaml",
        ] {
            assert!(!is_passing(Path::new(path)), "{path}");
        }
    }
}
