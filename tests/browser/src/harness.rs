//! Turns journeys into tests that `cargo test` and `cargo nextest` list, filter and count like any other.

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};

use crate::lab::{Lab, Which};
use crate::site::Way;
use crate::tab::Tab;

/// What a test ends with.
pub type Outcome<T = ()> = Result<T, Failed>;

/// The tests, and what they share.
#[derive(Default)]
pub struct Harness {
    lab: Arc<Lab>,
    trials: Vec<Trial>,
}

impl Harness {
    /// A test with a tab of its own, in which the shipped site is reached one way.
    pub fn journey<J>(&mut self, name: &str, way: Way, journey: J)
    where
        J: AsyncFnOnce(&Tab) -> Outcome + Send + 'static,
    {
        self.journey_in(Which::Shipped, name, way, journey);
    }

    /// A journey through the site with a question of every type, over http.
    pub fn with_quizzes<J>(&mut self, name: &str, journey: J)
    where
        J: AsyncFnOnce(&Tab) -> Outcome + Send + 'static,
    {
        self.journey_in(Which::Quiz, name, Way::Http, journey);
    }

    /// A journey through the site with a scenario that uses every construct, over http.
    pub fn with_scenario<J>(&mut self, name: &str, journey: J)
    where
        J: AsyncFnOnce(&Tab) -> Outcome + Send + 'static,
    {
        self.journey_in(Which::Scenario, name, Way::Http, journey);
    }

    /// A journey in one of the sites.
    pub fn journey_in<J>(&mut self, which: Which, name: &str, way: Way, journey: J)
    where
        J: AsyncFnOnce(&Tab) -> Outcome + Send + 'static,
    {
        let lab = Arc::clone(&self.lab);
        let name = format!("{name} ({way})");
        let test = name.clone();
        self.trials.push(Trial::test(name, move || {
            lab.run(&test, which, way, journey)
        }));
    }

    /// The same journey over http and from a folder.
    pub fn both_ways<J>(&mut self, name: &str, journey: J)
    where
        J: AsyncFnOnce(&Tab) -> Outcome + Send + Copy + 'static,
    {
        self.journey(name, Way::Http, journey);
        self.journey(name, Way::Folder, journey);
    }

    /// A test that needs no browser.
    pub fn check(&mut self, name: &str, check: impl FnOnce(&Lab) -> Outcome + Send + 'static) {
        let lab = Arc::clone(&self.lab);
        self.trials.push(Trial::test(name, move || check(&lab)));
    }

    /// Runs what the command line asks for.
    pub fn run(self) -> ExitCode {
        let conclusion = libtest_mimic::run(&Arguments::from_args(), self.trials);
        if let Some(lab) = Arc::into_inner(self.lab) {
            lab.close();
        }
        conclusion.exit_code()
    }
}
