//! The one integration binary: what keben promises, room by room.
//!
//! Most cases are files under `tests/fixtures/`, with what is expected written beside the text.

mod anchor;
mod command_line;
mod diagnostics;
mod docs;
mod emphasis;
mod exchange;
mod fix;
mod fixture;
mod grading;
mod house;
mod markdown;
mod output;
mod paper;
mod questions;
mod scenario;
mod serve;
mod shipped;
