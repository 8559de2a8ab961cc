//! The front matter of a page: every key an author may write, with its type.

use std::fmt;
use std::num::NonZeroU32;
use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::kind::Kind;
use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::source::FileId;
use crate::yaml::{KeyCodes, Keys};

/// What a learner can do afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Names it across the site.
    pub id: String,
    /// How deep: Bloom's levels.
    pub level: Level,
    /// The sentence that completes "you will be able to …".
    pub text: String,
}

/// Bloom's levels of learning (Anderson and Krathwohl's revision, 2001).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Level {
    #[serde(alias = "记忆", alias = "記憶")]
    Remember,
    #[serde(alias = "理解")]
    Understand,
    #[serde(alias = "应用", alias = "應用")]
    Apply,
    #[serde(alias = "分析")]
    Analyze,
    #[serde(alias = "评价", alias = "評價")]
    Evaluate,
    #[serde(alias = "创造", alias = "創造")]
    Create,
}

/// Who a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Somebody in the first days.
    NewHire,
    /// Somebody who trains others.
    Supervisor,
    /// Everybody at work.
    Staff,
}

impl Audience {
    /// Its name in front matter and in the theme's strings (`audience_<id>`, `-` as `_`).
    pub fn id(self) -> &'static str {
        match self {
            Self::NewHire => "new-hire",
            Self::Supervisor => "supervisor",
            Self::Staff => "staff",
        }
    }
}

/// Where a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The law, rule or book.
    pub title: String,
    /// The article or page.
    pub article: Option<String>,
    /// Where to read it.
    pub url: Option<String>,
}

/// A share of a hundred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32")]
pub struct Percent(pub u8);

impl TryFrom<u32> for Percent {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, Self::Error> {
        match u8::try_from(number) {
            Ok(percent @ 0..=100) => Ok(Self(percent)),
            _ => Err(format!("{number} > 100")),
        }
    }
}

/// When a learner is told what was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Feedback {
    /// After each question.
    Each,
    /// When the quiz is handed in.
    End,
}

/// How a quiz is delivered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QuizSettings {
    /// Percent of the points to pass.
    pub pass: Option<Percent>,
    /// Which questions are drawn, and how many; all that the page asks where nothing is said.
    pub draw: Option<Draw>,
    /// Whether the order changes.
    pub shuffle: bool,
    /// How often it may be tried.
    pub attempts: Option<NonZeroU32>,
    /// When feedback is shown.
    pub feedback: Option<Feedback>,
    /// Whether learners say how sure they are.
    pub confidence: bool,
    /// How points are counted.
    pub marking: Marking,
    /// Minutes allowed.
    pub minutes: Option<NonZeroU32>,
    /// What the quiz is for, where it stands before or after a course.
    pub purpose: Option<Purpose>,
}

/// How the points of a quiz are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Marking {
    /// By the answers alone; nothing is worse than no point.
    #[default]
    Points,
    /// By how sure the learner was: being sure and wrong costs points.
    Certainty,
}

/// What a quiz is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// Before a course: shows what is known already.
    Pretest,
    /// After it: shows what was gained.
    Posttest,
}

/// Which questions a quiz draws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Draw {
    /// So many of its own.
    Own(NonZeroU32),
    /// So many of a pool.
    Pool(PoolSpec),
    /// So many of each of several pools.
    Pools(Vec<PoolSpec>),
}

/// Which questions of the site make up a pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolSpec {
    /// How many are drawn.
    pub count: NonZeroU32,
    /// The folder of a module.
    pub module: Option<String>,
    /// A path: the questions of all pages that it links to.
    pub path: Option<String>,
    /// Tags of pages, one of which is enough.
    #[serde(default)]
    pub tags: Vec<String>,
}

impl QuizSettings {
    /// The pools that questions are drawn from.
    pub fn pools(&self) -> &[PoolSpec] {
        match &self.draw {
            Some(Draw::Pool(pool)) => std::slice::from_ref(pool),
            Some(Draw::Pools(pools)) => pools,
            _ => &[],
        }
    }
}

/// One of the three ways in from the home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Door {
    /// For whom.
    pub title: String,
    /// What they would do next.
    pub text: String,
    /// A relative link.
    pub link: String,
}

/// A word in a list: authors write numbers without quotes, and mean their digits.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Word {
    Text(String),
    Number(serde_yaml::Number),
}

impl From<Word> for String {
    fn from(word: Word) -> Self {
        match word {
            Word::Text(text) => text,
            Word::Number(number) => number.to_string(),
        }
    }
}

/// A relative link written in front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontLink {
    /// As written.
    pub dest: String,
    /// Where it is written.
    pub span: Range<usize>,
}

/// The front matter of a page.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct FrontMatter {
    pub kind: Kind,
    pub title: Option<String>,
    pub summary: Option<String>,
    pub also: Vec<String>,
    pub aliases: Vec<FrontLink>,
    pub objectives: Vec<(Objective, Range<usize>)>,
    pub covers: Vec<String>,
    pub requires: Vec<FrontLink>,
    pub next: Vec<FrontLink>,
    pub minutes: Option<NonZeroU32>,
    pub audience: Vec<Audience>,
    pub tags: Vec<String>,
    pub order: Option<i64>,
    pub draft: bool,
    pub owner: Option<String>,
    pub reviewed: Option<Date>,
    /// In days.
    pub review_every: Option<NonZeroU32>,
    pub sources: Vec<Source>,
    pub quiz: Option<(QuizSettings, Range<usize>)>,
    pub doors: Vec<(Door, Range<usize>)>,
}

impl FrontMatter {
    /// The day by which the page is to be reviewed again.
    pub fn due(&self) -> Option<Date> {
        let days = i64::from(self.review_every?.get());
        self.reviewed?.checked_add(days.days()).ok()
    }
}

const CODES: KeyCodes = KeyCodes {
    syntax: Code::BadYaml,
    unknown: Code::UnknownKey,
    value: Code::BadValue,
};

const TEXT: &str = "“…”";
const TEXTS: &str = "[…, …]";
const LINKS: &str = "[page.md, …]";
const QUIZ: &str = "{pass, draw, shuffle, attempts, feedback, confidence, marking, minutes, purpose}; draw: 10 | {module, tags, path, count} | […]";
const NUMBER: &str = "1, 2, 3 …";

/// Reads the YAML at `span` of `text`.
pub fn read(file: FileId, text: &str, span: Range<usize>) -> (FrontMatter, Vec<Diagnostic>) {
    match Keys::parse(file, text, span, CODES) {
        Ok(keys) => take(keys),
        Err(diagnostic) => (FrontMatter::default(), vec![diagnostic]),
    }
}

fn take(mut keys: Keys<'_>) -> (FrontMatter, Vec<Diagnostic>) {
    let front = FrontMatter {
        kind: keys.take("kind", &Kinds.to_string()).unwrap_or_default(),
        title: keys.take::<Word>("title", TEXT).map(String::from),
        summary: keys.take("summary", TEXT),
        also: words(&mut keys, "also"),
        aliases: links(&mut keys, "aliases"),
        objectives: objectives(&mut keys),
        covers: words(&mut keys, "covers"),
        requires: links(&mut keys, "requires"),
        next: links(&mut keys, "next"),
        minutes: keys.take("minutes", NUMBER),
        audience: keys
            .take("audience", "[new-hire, supervisor, staff]")
            .unwrap_or_default(),
        tags: words(&mut keys, "tags"),
        order: keys.take("order", NUMBER),
        draft: keys.take("draft", "true | false").unwrap_or_default(),
        owner: keys.take("owner", TEXT),
        reviewed: keys.take("reviewed", "2026-11-20"),
        review_every: keys.take("review_every", "365"),
        sources: keys
            .take("sources", "[{title, article?, url?}]")
            .unwrap_or_default(),
        quiz: quiz(&mut keys),
        doors: doors(&mut keys),
    };
    (front, keys.finish())
}

fn quiz(keys: &mut Keys<'_>) -> Option<(QuizSettings, Range<usize>)> {
    let settings = keys.take("quiz", QUIZ)?;
    Some((settings, keys.span("quiz")))
}

fn words(keys: &mut Keys<'_>, key: &'static str) -> Vec<String> {
    let written: Vec<Word> = keys.take(key, TEXTS).unwrap_or_default();
    written.into_iter().map(String::from).collect()
}

fn links(keys: &mut Keys<'_>, key: &'static str) -> Vec<FrontLink> {
    let written: Vec<String> = keys.take(key, LINKS).unwrap_or_default();
    let place = |dest: String| FrontLink {
        span: keys.span_of(key, &dest),
        dest,
    };
    written.into_iter().map(place).collect()
}

fn objectives(keys: &mut Keys<'_>) -> Vec<(Objective, Range<usize>)> {
    let written: Vec<Objective> = keys
        .take("objectives", "[{id, level, text}]")
        .unwrap_or_default();
    let place = |one: Objective| {
        let span = keys.span_of("objectives", &one.id);
        (one, span)
    };
    written.into_iter().map(place).collect()
}

fn doors(keys: &mut Keys<'_>) -> Vec<(Door, Range<usize>)> {
    let written: Vec<Door> = keys
        .take("doors", "[{title, text, link}]")
        .unwrap_or_default();
    let place = |one: Door| {
        let span = keys.span_of("doors", &one.link);
        (one, span)
    };
    written.into_iter().map(place).collect()
}

/// The names of all kinds, as help.
struct Kinds;

impl fmt::Display for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = super::kind::KINDS.iter().map(|info| info.id).collect();
        f.write_str(&names.join(" | "))
    }
}
