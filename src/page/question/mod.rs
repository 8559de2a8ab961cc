//! Questions: what stands under a heading of a quiz, and how it is to be answered.
//!
//! What a question is follows from its shape: a task list is a choice, `[[…]]` a gap, a list under
//! a heading that says 排序 an order. Each type is one file here and one row of [`TYPES`].
//!
//! A question holds places among the events of its page, not copies of them; the page is parsed
//! again when it is rendered, and gives the same events.

mod blanks;
mod choice;
pub mod key;
mod open;
mod ordering;
mod read;
mod table;

use std::ops::Range;

pub use blanks::{Accepts, Blank, numbers};
pub use choice::{Choice, is_marker, without_share as choice_text};
pub use open::Criterion;
pub use read::questions;
pub use table::{Classify, Matching};

/// Places among the events of a page: a block, several, or a part of one.
pub type Block = Range<usize>;

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Its heading, by its place in [`super::Page::headings`].
    pub heading: usize,
    /// From its heading to the next, in the file.
    pub span: Range<usize>,
    /// The events below its heading.
    pub body: Block,
    /// What a right answer earns.
    pub points: u32,
    /// What is asked, without options and answers; gaps are still in it.
    pub stem: Vec<Block>,
    /// One after another, each telling more.
    pub hints: Vec<Block>,
    /// A model answer.
    pub model: Vec<Block>,
    /// Why, and where it is taught.
    pub explanation: Vec<Block>,
    /// How it is answered.
    pub shape: Shape,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// By choosing.
    Choice {
        /// In the order of the text.
        options: Vec<Choice>,
        /// Whether several are right.
        multiple: bool,
        /// Whether the options are 对 and 错.
        true_false: bool,
    },
    /// By choosing, where nothing is right.
    Survey {
        /// In the order of the text.
        options: Vec<Choice>,
        /// Whether several may be chosen.
        multiple: bool,
    },
    /// By filling gaps.
    Blanks(Vec<Blank>),
    /// By putting items, given in their right order, into order.
    Ordering(Vec<Block>),
    /// By finding what belongs together.
    Matching(Matching),
    /// By sorting into columns.
    Classify(Classify),
    /// By writing.
    Open(Vec<Criterion>),
}

/// A type of question, as authors know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Type {
    /// Its name in the theme's strings (`quiz_type_<id>`) and in exchanges.
    pub id: &'static str,
    /// A question of it, under its heading.
    pub example: &'static str,
}

/// Every type.
pub const TYPES: &[Type] = &[
    Type {
        id: "single",
        example: "## 先做什么？\n\n- [x] 听\n- [ ] 说\n",
    },
    Type {
        id: "multiple",
        example: "## 做哪几件？（多选）\n\n- [x] 听\n- [x] 记\n- [ ] 猜\n",
    },
    Type {
        id: "true_false",
        example: "## 先听再说。\n\n- [x] 对\n- [ ] 错\n",
    },
    Type {
        id: "fill",
        example: "## 填空\n\n先[[听 | 倾听]]再说。\n",
    },
    Type {
        id: "numeric",
        example: "## 几天？\n\n[[3 ± 1 天]]\n",
    },
    Type {
        id: "cloze",
        example: "## 选词\n\n[[(听) | 说]]在先。\n",
    },
    Type {
        id: "ordering",
        example: "## 排序\n\n1. 听\n2. 记\n3. 回\n",
    },
    Type {
        id: "matching",
        example: "## 配对\n\n| 事 | 办法 |\n| --- | --- |\n| 漏水 | 关阀 |\n| 停电 | 查闸 |\n|  | 等 |\n",
    },
    Type {
        id: "classify",
        example: "## 归类\n\n| 事 | 急 | 缓 |\n| --- | --- | --- |\n| 漏水 | x |  |\n| 换卡 |  | x |\n",
    },
    Type {
        id: "open",
        example: "## 写第一句\n\n> **参考：** 您请讲。\n\n- 评分 2：没有争辩\n",
    },
    Type {
        id: "survey",
        example: "## 哪课最有用？（调查）\n\n- [ ] 倾听\n- [ ] 电话\n",
    },
];

impl Question {
    /// The name of its type.
    pub fn type_id(&self) -> &'static str {
        match &self.shape {
            Shape::Choice {
                true_false: true, ..
            } => "true_false",
            Shape::Choice { multiple: true, .. } => "multiple",
            Shape::Choice { .. } => "single",
            Shape::Survey { .. } => "survey",
            Shape::Blanks(blanks) => match blanks.first().map(|blank| &blank.accepts) {
                Some(Accepts::Numbers { .. }) => "numeric",
                Some(Accepts::Choices { .. }) => "cloze",
                _ => "fill",
            },
            Shape::Ordering(_) => "ordering",
            Shape::Matching(_) => "matching",
            Shape::Classify(_) => "classify",
            Shape::Open(_) => "open",
        }
    }

    /// Whether it only asks what people think.
    pub fn is_survey(&self) -> bool {
        matches!(self.shape, Shape::Survey { .. })
    }

    /// Whether an answer to it earns points.
    pub fn is_graded(&self) -> bool {
        match &self.shape {
            Shape::Survey { .. } => false,
            // Without criteria there is nothing to judge by; the learner only compares.
            Shape::Open(criteria) => criteria.iter().any(|one| one.points > 0),
            _ => true,
        }
    }

    /// The most that an answer can earn, in points.
    pub fn reachable(&self) -> u32 {
        if self.is_graded() { self.points } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::TYPES;
    use crate::page::lower;
    use crate::source::Sources;
    use crate::syntax::parse;

    #[test]
    fn every_example_is_of_its_type() {
        for kind in TYPES {
            let text = format!("---\nkind: quiz\n---\n# 测验\n\n{}", kind.example);
            let mut sources = Sources::default();
            let file = sources.add("quiz.md", text);
            let text = sources.text(file);
            let (document, _) = parse(file, text);
            let (page, problems) = lower(file, "quiz.md", text, &document);
            assert!(
                problems
                    .iter()
                    .all(|one| one.severity() > crate::diag::Severity::Error),
                "{}: {problems:?}",
                kind.id
            );
            let types: Vec<_> = page
                .questions
                .iter()
                .map(super::Question::type_id)
                .collect();
            assert_eq!(types, [kind.id]);
        }
        let ids: BTreeSet<_> = TYPES.iter().map(|kind| kind.id).collect();
        assert_eq!(ids.len(), TYPES.len());
    }
}
