//! The question bank in the formats of others: GIFT, Aiken, Moodle XML, QTI 2.1 and Anki.
//!
//! Reading gives a page in our own format and says what it could not keep; writing gives bytes and
//! says, question by question, what the format cannot hold. Nothing is dropped in silence. Nothing
//! here reads or writes files.

pub mod aiken;
pub mod anki;
pub mod archive;
pub mod gift;
pub mod html;
pub mod import;
pub mod loss;
pub mod markdown;
pub mod moodle;
pub mod portable;
pub mod qti;

use crate::bank::Sheet;
use crate::diag::Diagnostic;
use loss::Report;

/// What is written for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Moodle's text format.
    Gift,
    /// Moodle's own format.
    MoodleXml,
    /// A content package of IMS Question and Test Interoperability 2.1.
    Qti21,
    /// A deck of flash cards for Anki.
    Anki,
}

impl Format {
    /// How people know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gift => "GIFT",
            Self::MoodleXml => "Moodle XML",
            Self::Qti21 => "QTI 2.1",
            Self::Anki => "Anki",
        }
    }

    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Gift => "gift",
            Self::MoodleXml => "xml",
            Self::Qti21 => "zip",
            Self::Anki => "apkg",
        }
    }

    /// Whether its files are text, which a terminal can show.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Gift | Self::MoodleXml)
    }
}

/// A bank on its way to another format.
#[derive(Debug, Clone)]
pub struct Bank {
    /// What the site is called.
    pub title: String,
    /// What it is known by.
    pub id: String,
    /// The day of the export, in seconds since 1970: a later export is newer.
    pub day: i64,
    /// Page by page, with nothing that only our pages can hold.
    pub sheets: Vec<Sheet>,
}

/// What writing gave.
#[derive(Debug)]
pub struct Exported {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many questions and cards it holds.
    pub count: usize,
    /// What the format could not hold.
    pub diagnostics: Vec<Diagnostic>,
}

/// Writes a bank in a format.
///
/// # Errors
/// Where a library refuses to make the file, in its own words.
pub fn export(mut bank: Bank, format: Format) -> Result<Exported, String> {
    let mut report = Report::new(format.name());
    portable::make(&mut bank.sheets, &mut report);
    let (bytes, count) = match format {
        Format::Gift => gift::write::write(&bank, &mut report),
        Format::MoodleXml => moodle::write::write(&bank, &mut report),
        Format::Qti21 => qti::write(&bank, &mut report)?,
        Format::Anki => anki::write(&bank, &mut report)?,
    };
    Ok(Exported {
        bytes,
        count,
        diagnostics: report.finish(),
    })
}
