//! What is served at this moment: an edition of the pages, and the newest search that is ready.
//!
//! Both are values that are replaced whole, so that a request sees either the old or the new and
//! never a mixture. Pages and search are replaced apart, because an author waits for the page.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use keben_search_core::Engine;
use serde_json::json;
use tokio::sync::watch;

use super::problems::Problems;
use crate::output::Output;

/// A request that comes before the first build, or the first index, is done waits so long at most.
const PATIENCE: Duration = Duration::from_secs(30);

/// The pages at one moment, and what is wrong with the newest text of them.
#[derive(Debug, Clone, Default)]
pub struct Edition {
    /// Names what a browser shows: it reloads when this changes.
    pub version: String,
    /// The last good site; `None` until there was one.
    pub pages: Option<Arc<Output>>,
    /// Why the newest text is not what is served.
    pub problems: Option<Arc<Problems>>,
}

impl Edition {
    /// A site in which nothing is wrong.
    pub fn good(version: String, pages: Output) -> Self {
        Self {
            version,
            pages: Some(Arc::new(pages)),
            problems: None,
        }
    }

    /// The same pages, under what is wrong with the new ones. Where there are no pages yet, the
    /// problems are the site.
    #[must_use]
    pub fn broken(&self, problems: Problems) -> Self {
        let version = if self.pages.is_some() {
            self.version.clone()
        } else {
            problems.version()
        };
        Self {
            version,
            pages: self.pages.clone(),
            problems: Some(Arc::new(problems)),
        }
    }

    /// The same pages, which are good again: somebody took back what was wrong.
    #[must_use]
    pub fn mended(&self) -> Self {
        Self {
            problems: None,
            ..self.clone()
        }
    }

    /// Whether there was a build at all.
    pub fn is_built(&self) -> bool {
        !self.version.is_empty()
    }

    /// What a browser is told of this edition. Where the page itself shows the problems, there is
    /// nothing to show over it.
    pub fn message(&self) -> String {
        let shown = self.problems.as_deref().filter(|_| self.pages.is_some());
        json!({ "version": self.version, "problems": shown }).to_string()
    }
}

/// A search that is ready to be asked, here and in the browser.
pub struct Search {
    /// Answers the server's own queries.
    pub engine: Engine,
    /// The engine and the index as the browser fetches them.
    pub files: Arc<Output>,
    /// Those of the search before: a page that was opened with them may still fetch them.
    pub before: Arc<Output>,
}

/// Everything that a request may see.
#[derive(Clone, Default)]
pub struct Served {
    /// The port that the server listens on.
    pub port: u16,
    /// The pages.
    pub edition: Edition,
    /// The search; `None` until the first one is ready.
    pub search: Option<Arc<Search>>,
}

impl Served {
    /// A file of the site. There is no way out of this map, whatever the path says.
    pub fn file(&self, path: &str) -> Option<&Bytes> {
        let search = || {
            let search = self.search.as_deref()?;
            search.files.get(path).or_else(|| search.before.get(path))
        };
        self.edition.pages.as_deref()?.get(path).or_else(search)
    }
}

/// The one place where the builder puts its work and the requests find it.
pub struct State {
    port: u16,
    edition: watch::Sender<Edition>,
    search: watch::Sender<Option<Arc<Search>>>,
}

impl State {
    /// Nothing is served yet.
    pub fn new(port: u16) -> Self {
        let edition = watch::Sender::new(Edition::default());
        Self {
            port,
            edition,
            search: watch::Sender::new(None),
        }
    }

    /// The port that the server listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What is served, as soon as there is anything to serve.
    pub async fn served(&self, needs_search: bool) -> Served {
        let ready = async {
            // Only the end of the server ends the waiting with an error.
            let _ = self.edition.subscribe().wait_for(Edition::is_built).await;
            if needs_search && self.edition.borrow().pages.is_some() {
                let _ = self.search.subscribe().wait_for(Option::is_some).await;
            }
        };
        let _ = tokio::time::timeout(PATIENCE, ready).await;
        let (edition, search) = (self.edition.borrow().clone(), self.search.borrow().clone());
        Served {
            port: self.port,
            edition,
            search,
        }
    }

    /// The edition now, and each one after it.
    pub fn editions(&self) -> watch::Receiver<Edition> {
        self.edition.subscribe()
    }

    /// The edition now.
    pub fn edition(&self) -> Edition {
        self.edition.borrow().clone()
    }

    /// Puts an edition in the place of the last.
    pub fn publish(&self, edition: Edition) {
        self.edition.send_replace(edition);
    }

    /// Puts a search in the place of the last, whose files go on answering.
    pub fn publish_search(&self, engine: Engine, files: Output) {
        let before = self
            .search
            .borrow()
            .as_ref()
            .map(|search| Arc::clone(&search.files));
        let before = before.unwrap_or_default();
        self.search.send_replace(Some(Arc::new(Search {
            engine,
            files: Arc::new(files),
            before,
        })));
    }
}
