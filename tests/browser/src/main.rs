//! The shipped site as people meet it: in a real Chromium, over http and from a folder, by keyboard, by thumb, in the
//! dark, on paper, without scripts, and in the hands of independent judges of markup and accessibility.
//!
//! Each journey has a fresh tab that shares nothing with the others, and fails when anything it did was met by an error
//! in the console or by a request that left the site. What failed leaves a picture in `target/browser-tests/`.
//!
//! `KEBEN_BENCH=1 cargo test -p keben-browser-tests -- bench` measures pages with 200 questions.
//! `KEBEN_TOUR=DIR cargo test -p keben-browser-tests -- tour` writes pictures of every kind of page for people to look at.

mod bench;
mod hands;
mod harness;
mod journeys;
mod judges;
mod lab;
mod record;
mod server;
mod site;
mod tab;
mod tour;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut harness = harness::Harness::default();
    journeys::add(&mut harness);
    judges::add(&mut harness);
    tour::add(&mut harness);
    bench::add(&mut harness);
    harness.run()
}
