//! keben (课本) turns a folder of plain markdown into a training site and knowledge base.
//!
//! Data flows one way, and every room is one stage:
//!
//! ```text
//! source → syntax → page → scenario → site → check → render, search → output
//! ```
//!
//! [`pipeline`] holds the stages in order on one screen; `docs/architecture.md` is the plan of the
//! house. A module imports only from those that stand before it in this list.

pub mod source;

pub mod output;

pub mod diag;

pub mod yaml;

pub mod config;

pub mod syntax;

pub mod grade;

pub mod page;

pub mod scenario;

pub mod site;

pub mod bank;

pub mod exchange;

pub mod check;

pub mod fix;

pub mod theme;

pub mod search;

pub mod render;

pub mod paper;

pub mod pipeline;

pub mod serve;

pub mod cli;
