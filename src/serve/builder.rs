//! Builds the site whenever it changes: the pages at once, the search behind them.
//!
//! Two threads. One waits for changes, checks and renders, and publishes the pages; the other
//! indexes the newest good site, however long that takes. Neither ever stops for a mistake of an
//! author's: the last good edition stays.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::problems::Problems;
use super::state::{Edition, State};
use super::watch::Watcher;
use crate::config;
use crate::diag::{Diagnostic, Language};
use crate::pipeline::{self, Cache, Options, Run};
use crate::search;
use crate::source::Sources;

/// What happens while a site is served.
pub enum Event<'e> {
    /// The newest text was built, or has errors that are in the run.
    Built {
        /// With everything that is wrong.
        run: &'e Run,
        /// From the change to the pages.
        time: Duration,
    },
    /// The site is good, but its index could not be made; the last one goes on answering.
    NoIndex {
        /// Why.
        problem: &'e Diagnostic,
        /// The site.
        run: &'e Run,
    },
    /// A change may have gone unseen.
    Unwatched(&'e notify::Error),
}

/// Hears of what happens; it is called from several threads.
pub type Listener = Arc<dyn Fn(Event<'_>) + Send + Sync>;

/// Makes editions of a site.
pub struct Builder {
    options: Options,
    language: Language,
    cache: Cache,
    state: Arc<State>,
    listener: Listener,
    indexer: Sender<Arc<Run>>,
}

impl Builder {
    /// A builder that publishes to `state`, with the thread that indexes for it.
    pub fn new(
        options: Options,
        language: Language,
        state: Arc<State>,
        listener: Listener,
    ) -> Self {
        let (indexer, runs) = mpsc::channel();
        let (to, tell) = (Arc::clone(&state), Arc::clone(&listener));
        thread::spawn(move || index_all(&runs, &to, &tell));
        Self {
            options,
            language,
            cache: Cache::default(),
            state,
            listener,
            indexer,
        }
    }

    /// Builds whatever has to be built, and publishes it. Gives what was read.
    fn build(&mut self) -> Arc<Run> {
        let start = Instant::now();
        let mut run = pipeline::check(&self.options, &mut self.cache);
        let before = self.state.edition();
        if let Some(checked) = &run.checked
            && checked.fingerprint == before.version
        {
            if before.problems.is_some() {
                self.state.publish(before.mended());
                (self.listener)(Event::Built {
                    run: &run,
                    time: start.elapsed(),
                });
            }
            return Arc::new(run);
        }
        let (pages, problems) = pipeline::render(&run, self.options.today, &mut self.cache);
        run.diagnostics.extend(problems);
        let run = Arc::new(run);
        match (pages, &run.checked) {
            (Some(pages), Some(checked)) => {
                self.state
                    .publish(Edition::good(checked.fingerprint.clone(), pages));
                // The indexer lives as long as this end of the channel.
                let _ = self.indexer.send(Arc::clone(&run));
            }
            _ => self
                .state
                .publish(before.broken(Problems::of(&run, self.language))),
        }
        (self.listener)(Event::Built {
            run: &run,
            time: start.elapsed(),
        });
        run
    }

    /// Builds the site, and again after every change, for as long as changes can be seen.
    ///
    /// # Errors
    /// Where files cannot be watched.
    pub fn follow(mut self) -> Result<(), notify::Error> {
        // The watch begins before the first build, so that no change falls between the two.
        let mut watcher = Watcher::new(&self.options.root)?;
        let (config, _) = config::load(&self.options.root, &mut Sources::default());
        watcher.follow(&config)?;
        self.catch_up(&mut watcher);
        while let Some(errors) = watcher.wait() {
            errors
                .iter()
                .for_each(|error| (self.listener)(Event::Unwatched(error)));
            self.catch_up(&mut watcher);
        }
        Ok(())
    }

    /// Builds until everything that the newest settings name is watched.
    fn catch_up(&mut self, watcher: &mut Watcher) {
        loop {
            let run = self.build();
            match watcher.follow(&run.config) {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => return (self.listener)(Event::Unwatched(&error)),
            }
        }
    }
}

/// Indexes the newest of the runs that come in, until no more can come.
fn index_all(runs: &Receiver<Arc<Run>>, state: &State, listener: &Listener) {
    while let Ok(run) = runs.recv() {
        let run = runs.try_iter().last().unwrap_or(run);
        if let Err(problem) = index(&run, state) {
            listener(Event::NoIndex {
                problem: &problem,
                run: &run,
            });
        }
    }
}

fn index(run: &Run, state: &State) -> Result<(), Diagnostic> {
    let Some(checked) = &run.checked else {
        return Ok(());
    };
    let (index, files) = pipeline::index(checked, &run.sources)?;
    let engine = search::open(index).map_err(pipeline::search_error)?;
    state.publish_search(engine, files);
    Ok(())
}
