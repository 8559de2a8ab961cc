//! From a question to the key by which it is graded.

use super::{Accepts, Blank, Question, Shape};
use crate::grade::text::Variants;
use crate::grade::{self, Key};

impl Question {
    /// What grading needs to know of the question.
    pub fn key(&self, variants: &Variants) -> Key {
        match &self.shape {
            Shape::Choice {
                options,
                multiple,
                true_false,
            } => Key::Choice {
                shares: options.iter().map(|option| option.share).collect(),
                multiple: *multiple,
                true_false: *true_false,
            },
            Shape::Survey { options, multiple } => Key::Survey {
                options: options.len(),
                multiple: *multiple,
            },
            Shape::Blanks(blanks) => blanks_key(blanks, variants),
            Shape::Ordering(items) => Key::Ordering { count: items.len() },
            Shape::Matching(matching) => Key::Matching {
                right: matching.right.clone(),
                choices: matching.choices.len(),
            },
            Shape::Classify(classify) => Key::Classify {
                right: classify.right.clone(),
                columns: classify.head.len() - 1,
            },
            Shape::Open(criteria) => Key::Open {
                criteria: criteria.iter().map(|one| one.points).collect(),
            },
        }
    }
}

fn blanks_key(blanks: &[Blank], variants: &Variants) -> Key {
    let mut pairs = String::new();
    let blank = |blank: &Blank| match &blank.accepts {
        Accepts::Texts(texts) => {
            let (texts, fold) = variants.accept(texts);
            pairs.push_str(&fold);
            grade::Blank::Texts { texts }
        }
        Accepts::Numbers {
            intervals,
            percent,
            units,
            ..
        } => {
            pairs.push_str(&variants.pairs(units));
            grade::Blank::Numbers {
                numbers: intervals.clone(),
                percent: *percent,
                units: units.clone(),
            }
        }
        Accepts::Choices { choices, right } => grade::Blank::Choices {
            choices: choices.len(),
            right: *right,
        },
    };
    let blanks = blanks.iter().map(blank).collect();
    Key::Blanks {
        blanks,
        fold: pairs,
    }
}
