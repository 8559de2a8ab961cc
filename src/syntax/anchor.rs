//! Heading anchors: the fragment after `#` in a link to a heading.
//!
//! The rule is the one github.com applies to rendered markdown, so that a link written against the
//! preview there also works on the published site, and Chinese headings keep their characters.

use std::collections::HashMap;

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// The anchor of a heading whose plain text is `text`, without regard to other headings.
///
/// Letters are lowercased and kept in every script, as are marks, decimal digits, `_` and its
/// kin, and `-`. An ASCII space becomes `-`. Everything else is removed, including punctuation of
/// both widths, emoji and the ideographic space. The result may be empty.
pub fn slug(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter(|&c| is_kept(c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

fn is_kept(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_');
    }
    c.is_alphabetic()
        || c.general_category_group() == GeneralCategoryGroup::Mark
        || matches!(
            c.general_category(),
            GeneralCategory::DecimalNumber | GeneralCategory::ConnectorPunctuation
        )
}

/// Gives each heading of one page an anchor of its own.
///
/// The second heading with the same slug gets `-1`, the third `-2`. A number whose anchor is
/// already taken by another heading is skipped, so no anchor is ever given twice.
#[derive(Debug, Clone, Default)]
pub struct Slugger {
    /// Each anchor given so far, with the last number that was appended to it.
    given: HashMap<String, usize>,
}

impl Slugger {
    /// A slugger for a page on which no anchor has been given.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next free anchor for a heading whose plain text is `text`.
    pub fn anchor(&mut self, text: &str) -> String {
        let base = slug(text);
        let mut number = self.given.get(&base).copied().unwrap_or(0);
        let mut anchor = base.clone();
        while self.given.contains_key(&anchor) {
            number += 1;
            anchor = format!("{base}-{number}");
        }
        if anchor != base {
            self.given.insert(base, number);
        }
        self.given.insert(anchor.clone(), 0);
        anchor
    }
}
