//! Written answers, brought to one form: width, case, spaces, punctuation and Traditional
//! characters do not make an answer wrong.

use std::collections::HashMap;

use keben_search_core::Folding;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// A text with width, case and the pairs of `fold` made one: the first of a pair is read as the
/// second.
pub fn fold(text: &str, fold: &str) -> String {
    let map = |c: char| {
        let mut pairs = fold.chars();
        while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
            if from == c {
                return to;
            }
        }
        c
    };
    text.nfkc().flat_map(char::to_lowercase).map(map).collect()
}

/// The form in which an answer is compared: folded, without spaces, punctuation and signs, unless
/// it is nothing else.
pub fn normalise(answer: &str, pairs: &str) -> String {
    let folded = fold(answer, pairs);
    let bare: String = folded.chars().filter(|c| counts(*c)).collect();
    if bare.is_empty() { folded } else { bare }
}

/// Whether a character is more than space, punctuation or a sign.
fn counts(c: char) -> bool {
    !matches!(
        c.general_category_group(),
        GeneralCategoryGroup::Punctuation
            | GeneralCategoryGroup::Symbol
            | GeneralCategoryGroup::Separator
            | GeneralCategoryGroup::Other
    )
}

/// Every character by the Simplified one that it is read as.
#[derive(Debug)]
pub struct Variants(HashMap<char, Vec<char>>);

impl Variants {
    /// Turns the search engine's table around, so that both read Traditional text alike.
    pub fn new() -> Self {
        let folding = Folding::new();
        let mut variants: HashMap<char, Vec<char>> = HashMap::new();
        for from in '\u{3400}'..='\u{9fff}' {
            let to = folding.fold(from);
            if to != from {
                variants.entry(to).or_default().push(from);
            }
        }
        Self(variants)
    }

    /// A text in Simplified characters, normalised, and the pairs that readings of it may need.
    pub fn accept(&self, texts: &[String]) -> (Vec<String>, String) {
        let folding = Folding::new();
        let simplify = |text: String| text.chars().map(|c| folding.fold(c)).collect::<String>();
        let accepted: Vec<String> = texts
            .iter()
            .map(|text| simplify(normalise(text, "")))
            .collect();
        let pairs = self.pairs(&accepted);
        (accepted, pairs)
    }

    /// The Traditional forms of the characters in some texts, each followed by its Simplified one.
    pub fn pairs(&self, texts: &[String]) -> String {
        let mut chars: Vec<char> = texts.iter().flat_map(|text| text.chars()).collect();
        chars.sort_unstable();
        chars.dedup();
        let mut pairs = String::new();
        for to in chars {
            for from in self.0.get(&to).into_iter().flatten() {
                pairs.push(*from);
                pairs.push(to);
            }
        }
        pairs
    }
}

impl Default for Variants {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::{Variants, normalise};

    #[test]
    fn what_readers_take_for_the_same_is_the_same() {
        assert_eq!(normalise(" ＡＢ c。", ""), "abc");
        assert_eq!(normalise("業主", "業业"), "业主");
        assert_eq!(normalise("……", ""), "......");
    }

    #[test]
    fn accepted_texts_carry_the_pairs_that_they_need() {
        let (texts, pairs) = Variants::new().accept(&["業主，您好".to_owned()]);
        assert_eq!(texts, ["业主您好"]);
        assert_eq!(normalise("業主您好", &pairs), texts[0]);
        // A compatibility form is Traditional only after normalisation.
        let (texts, pairs) = Variants::new().accept(&["\u{f902}位".to_owned()]);
        assert_eq!(texts, ["车位"]);
        assert_eq!(normalise("\u{f902}位", &pairs), texts[0]);
        assert!(pairs.len() < 30, "{pairs}");
    }
}
