//! What all tests share, made when the first of them needs it: the built sites and one browser.

use std::fs;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use chromiumoxide::browser::{Browser, BrowserConfig};
use chromiumoxide::error::CdpError;
use futures_util::{FutureExt, StreamExt};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::bench;
use crate::harness::Outcome;
use crate::site::{Site, Way};
use crate::tab::Tab;

/// Nothing but the site's own server can be reached, and nothing of the browser's own wants to.
const FLAGS: [&str; 6] = [
    "disable-gpu",
    "disable-quic",
    "disable-component-update",
    "disable-domain-reliability",
    "no-first-run",
    "no-pings",
];
const NAMES: (&str, &str) = ("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");

/// The messages of the browser that records are made of. A browser newer than its driver sends others that the driver
/// does not know; of these, not one may be lost.
const READ: [&str; 4] = [
    "Network.requestWillBeSent\"",
    "Runtime.consoleAPICalled",
    "Runtime.exceptionThrown",
    "Log.entryAdded",
];

/// The site of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The course in this repository.
    Shipped,
    /// A small site with a page that has earlier addresses, which the shipped one lacks.
    Moved,
    /// A small site with a question of every type and a quiz of every kind.
    Quiz,
    /// Pages with 200 questions, for the bench.
    Many,
    /// A small site with a scenario that uses every construct.
    Scenario,
}

/// The lab; empty until the first test.
#[derive(Default)]
pub struct Lab {
    shipped: OnceLock<Result<Arc<Site>, String>>,
    moved: OnceLock<Result<Arc<Site>, String>>,
    quiz: OnceLock<Result<Arc<Site>, String>>,
    many: OnceLock<Result<Arc<Site>, String>>,
    scenario: OnceLock<Result<Arc<Site>, String>>,
    room: OnceLock<Result<Room, String>>,
}

/// What a journey needs beside the site.
struct Room {
    runtime: Runtime,
    browser: Browser,
    /// What a record needs and the driver could not read.
    unread: Arc<Mutex<Vec<String>>>,
    _profile: TempDir,
}

impl Lab {
    /// A site, built.
    pub fn site(&self, which: Which) -> Outcome<Arc<Site>> {
        let (place, root) = match which {
            Which::Shipped => (&self.shipped, repository()),
            Which::Moved => (&self.moved, beside("moved-site")),
            Which::Quiz => (&self.quiz, beside("quiz-site")),
            Which::Many => (&self.many, bench::site()?),
            Which::Scenario => (&self.scenario, beside("scenario-site")),
        };
        let build = || {
            Site::build(&root)
                .map(Arc::new)
                .map_err(|failed| message(&failed))
        };
        place.get_or_init(build).clone().map_err(Into::into)
    }

    /// Runs a journey in a tab of its own; on failure a picture of where it ended is kept.
    pub fn run<J>(&self, name: &str, which: Which, way: Way, journey: J) -> Outcome
    where
        J: AsyncFnOnce(&Tab) -> Outcome,
    {
        let site = self.site(which)?;
        let room = self.room()?;
        room.runtime.block_on(async {
            let tab = Tab::open(&room.browser, site, way).await?;
            let walked = AssertUnwindSafe(journey(&tab)).catch_unwind().await;
            let walked = walked.unwrap_or_else(|panic| Err(panic_message(&*panic).into()));
            let outcome = walked
                .and_then(|()| tab.verdict())
                .and_then(|()| room.verdict());
            if let Err(failed) = &outcome {
                return Err(tab.explain(name, &message(failed)).await.into());
            }
            tab.close(&room.browser).await?;
            outcome
        })
    }

    fn room(&self) -> Outcome<&Room> {
        let room = self
            .room
            .get_or_init(|| Room::open().map_err(|failed| message(&failed)));
        room.as_ref().map_err(|error| error.as_str().into())
    }

    /// Ends the browser, if one was started, and waits for it, so that its folder can be removed.
    pub fn close(self) {
        let Some(Ok(mut room)) = self.room.into_inner() else {
            return;
        };
        let closed = room.runtime.block_on(async {
            room.browser.close().await?;
            room.browser.wait().await?;
            Ok::<_, CdpError>(())
        });
        if let Err(error) = closed {
            eprintln!("the browser did not close: {error}");
        }
    }
}

impl Room {
    fn open() -> Outcome<Self> {
        let runtime = Runtime::new()?;
        let profile = tempfile::Builder::new()
            .prefix("keben-browser-")
            .tempdir()?;
        let unread = Arc::new(Mutex::new(Vec::new()));
        let browser = runtime.block_on(async {
            let (browser, mut events) = Browser::launch(config(profile.path())?).await?;
            let notes = Arc::clone(&unread);
            tokio::spawn(async move {
                while let Some(event) = events.next().await {
                    if let Err(CdpError::InvalidMessage(text, _)) = event
                        && READ.iter().any(|method| text.contains(method))
                    {
                        notes
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push(text);
                    }
                }
            });
            Ok::<_, libtest_mimic::Failed>(browser)
        })?;
        Ok(Self {
            runtime,
            browser,
            unread,
            _profile: profile,
        })
    }

    fn verdict(&self) -> Outcome {
        let unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        if unread.is_empty() {
            Ok(())
        } else {
            Err(format!("messages not understood: {unread:#?}").into())
        }
    }
}

fn config(profile: &Path) -> Outcome<BrowserConfig> {
    let config = BrowserConfig::builder()
        .new_headless_mode()
        .no_sandbox()
        .surface_invalid_messages()
        .viewport(None)
        .launch_timeout(Duration::from_secs(60))
        .request_timeout(Duration::from_secs(60))
        .user_data_dir(profile)
        .args(FLAGS)
        .arg(NAMES)
        .build();
    config.map_err(|error| format!("{error}. scripts/setup.sh installs Chromium").into())
}

/// A site that only the tests build.
fn beside(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The repository's folder: its root holds the shipped course.
pub fn repository() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own).to_owned()
}

/// Where failures leave their pictures.
pub fn pictures() -> std::io::Result<PathBuf> {
    let folder = repository().join("target/browser-tests");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn message(failed: &libtest_mimic::Failed) -> String {
    failed.message().unwrap_or("failed").to_owned()
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("panicked")
        .to_owned()
}
