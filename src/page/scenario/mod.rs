//! A scenario as its author wrote it: places, what is said there, and the choices that lead on.
//!
//! [`read::read`] takes a page apart and returns a [`Scenario`] beside everything that is wrong with
//! it. The value knows where each of its parts is written and what it means; how it is played is the
//! business of the room `scenario`, and how it looks of the renderer.
//!
//! Variables, competencies and places are referred to by their index.

pub mod choices;
mod code;
mod lex;
pub mod lines;
pub mod read;
mod sections;
mod tables;

use std::ops::Range;

use crate::syntax::plain::Length;

/// A conversation with choices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scenario {
    /// What changes while it is played.
    pub variables: Vec<Variable>,
    /// What a choice may train.
    pub competencies: Vec<Competency>,
    /// Where it plays; the first is where it begins.
    pub places: Vec<Place>,
    /// How many choices and places are marked as possible only once.
    pub once: usize,
    /// Whether all of it could be read.
    pub sound: bool,
}

/// An integer or a yes-or-no that changes while the scenario is played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// As it is written in effects and conditions.
    pub name: String,
    /// The cell that names it; empty for the variable that every question sets.
    pub span: Range<usize>,
    /// What it can be.
    pub domain: Domain,
    /// Its first value.
    pub start: i32,
    /// What it means, in the author's words.
    pub meaning: String,
}

/// The values that a variable can have. A yes is 1, a no is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    /// Yes or no.
    Flag,
    /// A number between two others, both included.
    Number {
        /// The smallest.
        least: i32,
        /// The largest.
        most: i32,
    },
}

impl Domain {
    /// The smallest and the largest value.
    pub fn bounds(self) -> (i32, i32) {
        match self {
            Self::Flag => (0, 1),
            Self::Number { least, most } => (least, most),
        }
    }
}

/// A skill that choices train or neglect. It is counted for the learner and never decides anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competency {
    /// As it is written beside choices.
    pub name: String,
    /// The cell that names it.
    pub span: Range<usize>,
    /// What it means, in the author's words.
    pub meaning: String,
}

/// Words of the author's: where they stand and how they read without markup.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// The markdown, without the paragraph around it.
    pub span: Range<usize>,
    /// The same, plain.
    pub plain: String,
}

/// A moment of the conversation.
///
/// A place with a question is two places: one where it is asked and one that goes on from the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Names it within its page and stays the same from build to build.
    pub id: String,
    /// The fragment of its heading.
    pub anchor: String,
    /// Its heading.
    pub title: String,
    /// Its heading in the file.
    pub span: Range<usize>,
    /// Everything from its heading to the next place.
    pub extent: Range<usize>,
    /// How long it is to read.
    pub length: Length,
    /// Whether it asks or goes on from an answer.
    pub part: Part,
    /// The number of its mark, where it can be visited only once.
    pub once: Option<usize>,
    /// What happens and is said there, in order.
    pub blocks: Vec<Block>,
    /// How long one may think.
    pub limit: Option<Limit>,
    /// What one may do.
    pub choices: Vec<Choice>,
    /// Where it leads by itself: the first whose condition holds.
    pub branches: Vec<Branch>,
    /// Where the scenario ends.
    pub ending: Option<Ending>,
}

/// Which part of a section a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// A question: the choices are its options.
    Question,
    /// What follows the question.
    Rest,
}

/// One thing that happens at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Somebody speaks.
    Line(Line),
    /// What one sees: a block of markdown as it is.
    Stage(Range<usize>),
}

/// What somebody says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Who; nobody for a letter or a notice.
    pub speaker: Option<String>,
    /// In which mood.
    pub mood: Option<String>,
    /// What.
    pub text: Text,
}

/// A time limit on the choices of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// How many seconds.
    pub seconds: u32,
    /// Where it is written.
    pub span: Range<usize>,
}

/// One thing that one may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Names it within its page and stays the same from build to build.
    pub id: String,
    /// The whole list item.
    pub span: Range<usize>,
    /// What one does or says.
    pub label: Text,
    /// Where it leads.
    pub to: Destination,
    /// When it is offered.
    pub when: Option<Condition>,
    /// What it changes, in order.
    pub effects: Vec<Effect>,
    /// What it trains.
    pub gains: Vec<Gain>,
    /// The number of its mark, where it can be taken only once.
    pub once: Option<usize>,
    /// Whether it is taken when time runs out.
    pub timeout: bool,
    /// Whether it is the right answer; `None` where it is no answer.
    pub answer: Option<bool>,
    /// What follows at once.
    pub then: Vec<Block>,
    /// What an expert says of it.
    pub remark: Vec<Text>,
}

/// Where a choice or a branch leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The place, where there is one.
    pub place: Option<usize>,
    /// As written.
    pub dest: String,
    /// The link.
    pub span: Range<usize>,
}

/// One way on that nobody chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The whole list item.
    pub span: Range<usize>,
    /// When it is taken; always, where there is none.
    pub when: Option<Condition>,
    /// Where it leads.
    pub to: Destination,
}

/// What a choice changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The code span.
    pub span: Range<usize>,
    /// Of which variable.
    pub variable: usize,
    /// How.
    pub change: Change,
}

impl Effect {
    /// As it is written, in the plainest form.
    pub fn written(&self, variable: &Variable) -> String {
        match self.change {
            Change::Add(by) => format!("{} {by:+}", variable.name),
            Change::Set(to) => format!("{} = {to}", variable.name),
        }
    }
}

/// How a variable changes. The result is kept within the bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// By so much.
    Add(i32),
    /// To a value.
    Set(i32),
}

impl Change {
    /// The value that follows, before it is kept within the bounds.
    pub fn of(self, value: i32) -> i32 {
        match self {
            Self::Add(by) => value.saturating_add(by),
            Self::Set(to) => to,
        }
    }
}

/// What a choice trains or neglects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gain {
    /// The code span.
    pub span: Range<usize>,
    /// Which competency.
    pub competency: usize,
    /// How much.
    pub by: i32,
}

/// When something is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// All of them hold.
    All(Vec<Condition>),
    /// One of them holds.
    Any(Vec<Condition>),
    /// The other does not hold.
    Not(Box<Condition>),
    /// Two values compare.
    Compare(Operand, Comparison, Operand),
}

/// A value in a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operand {
    /// That of a variable.
    Variable(usize),
    /// A constant.
    Number(i32),
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Comparison {
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
}

impl Comparison {
    /// Whether two values compare so.
    pub fn holds(self, left: i32, right: i32) -> bool {
        match self {
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::GreaterOrEqual => left >= right,
            Self::Greater => left > right,
        }
    }

    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::GreaterOrEqual => ">=",
            Self::Greater => ">",
        }
    }
}

impl Condition {
    /// Whether it holds for these values.
    pub fn holds(&self, values: &[i32]) -> bool {
        let value = |operand: &Operand| match operand {
            Operand::Variable(at) => values[*at],
            Operand::Number(number) => *number,
        };
        match self {
            Self::All(all) => all.iter().all(|one| one.holds(values)),
            Self::Any(any) => any.iter().any(|one| one.holds(values)),
            Self::Not(other) => !other.holds(values),
            Self::Compare(left, comparison, right) => comparison.holds(value(left), value(right)),
        }
    }

    /// Every variable that it reads.
    pub fn reads(&self, read: &mut impl FnMut(usize)) {
        match self {
            Self::All(all) | Self::Any(all) => all.iter().for_each(|one| one.reads(read)),
            Self::Not(other) => other.reads(read),
            Self::Compare(left, _, right) => {
                for operand in [left, right] {
                    if let Operand::Variable(at) = operand {
                        read(*at);
                    }
                }
            }
        }
    }
}

/// How a scenario ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The sentence in bold that says so.
    pub span: Range<usize>,
    /// Good or bad.
    pub kind: EndingKind,
    /// Of a hundred points.
    pub score: i32,
    /// What to learn from it: the rest of the section.
    pub debrief: Range<usize>,
    /// Where the debrief leads: lessons, scripts, the next scenario.
    pub links: Vec<Text>,
}

/// Whether an ending is one to wish for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndingKind {
    /// One to wish for.
    Good,
    /// One to live with.
    Mixed,
    /// One to regret.
    Bad,
}

impl EndingKind {
    /// Its name in data and in the theme's strings (`ending_<id>`).
    pub fn id(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Mixed => "mixed",
            Self::Bad => "bad",
        }
    }
}
