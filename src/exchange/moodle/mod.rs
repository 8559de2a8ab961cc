//! Moodle XML: every question an element, its texts as HTML.

mod answers;
mod cloze;
pub mod read;
pub mod write;
