//! How a scenario is played, and what can be proved of all its plays.
//!
//! [`play`] is the one definition of what a choice does; the browser's player runs the same vectors
//! (`tests/vectors/scenario.json`). [`explore`] visits every state that a play can reach, [`proof`] and
//! [`stats`] read off that graph what no single play shows, and [`data`] is what the browser is given.
//!
//! Nothing here knows of files, pages or HTML.

pub mod data;
pub mod explore;
pub mod graph;
pub mod pack;
pub mod play;
pub mod proof;
pub mod stats;
