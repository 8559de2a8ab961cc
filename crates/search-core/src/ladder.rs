//! Decides which sections answer: those that hold the whole phrase, else every word, else most terms.

use tantivy::DocId;

use crate::postings::{Lists, Match};
use crate::query::{Phrase, Plan};
use crate::{Error, Step};

/// A section that answers needs at least this share of what the best one holds of the terms, by their weight.
const MOST: f32 = 0.6;

/// A section that answers.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// The section.
    pub section: DocId,
    /// The rung it stands on.
    pub step: Step,
    /// What orders the hits of one rung.
    pub score: f32,
    /// Whether the section itself matches, not only its page.
    pub own: bool,
}

/// What the ladder found.
#[derive(Debug, Default)]
pub struct Climb {
    /// The sections that answer, in the order of the site.
    pub hits: Vec<Hit>,
    /// The phrases they were found by.
    pub found: Vec<Phrase>,
    /// The words that no page holds any part of.
    pub missing: Vec<String>,
}

/// Climbs down the rungs until one holds a section that is wanted.
pub fn climb(
    lists: &Lists,
    plan: &Plan,
    sections: u32,
    wanted: impl Fn(DocId) -> bool,
) -> Result<Climb, Error> {
    let closely = strict(lists, plan, sections)?;
    if closely.hits.iter().any(|hit| wanted(hit.section)) {
        return Ok(closely);
    }
    most(lists, plan, sections, wanted)
}

/// The upper rungs: the whole phrase, and every word.
fn strict(lists: &Lists, plan: &Plan, sections: u32) -> Result<Climb, Error> {
    let whole = lists.find(&plan.whole)?;
    let mut hits = Vec::new();
    if let Some((first, rest)) = plan.words.split_first() {
        let mut every = weigh(lists.find(first)?, sections);
        for word in rest {
            every = intersect(&every, &weigh(lists.find(word)?, sections));
        }
        hits.extend(every.iter().map(|found| hit(found, Step::All)));
    }
    hits.extend(
        weigh(whole, sections)
            .iter()
            .map(|found| hit(found, Step::Phrase)),
    );
    hits.sort_by_key(|hit| (hit.section, hit.step));
    hits.dedup_by(|next, first| {
        let same = next.section == first.section;
        if same {
            first.score += next.score;
            first.own |= next.own;
        }
        same
    });
    let mut found = vec![plan.whole.clone()];
    found.extend(
        plan.words
            .iter()
            .filter(|word| **word != plan.whole)
            .cloned(),
    );
    Ok(Climb {
        hits,
        found,
        missing: Vec::new(),
    })
}

fn hit(found: &Match, step: Step) -> Hit {
    Hit {
        section: found.section,
        step,
        score: found.worth + found.exact,
        own: found.own,
    }
}

/// The lowest rung: the sections that hold most of the terms, by weight.
fn most(
    lists: &Lists,
    plan: &Plan,
    sections: u32,
    wanted: impl Fn(DocId) -> bool,
) -> Result<Climb, Error> {
    let mut shares: Vec<Share> = Vec::new();
    let mut climb = Climb::default();
    for word in &plan.words {
        let before = climb.found.len();
        for term in word.split() {
            if climb.found.contains(&term) {
                continue;
            }
            let matches = lists.find(&term)?;
            if matches.is_empty() {
                continue;
            }
            let weight = rarity(matches.len(), sections);
            shares.extend(weigh(matches, sections).iter().map(|found| Share {
                found: *found,
                weight,
            }));
            climb.found.push(term);
        }
        let held = word.split().any(|term| climb.found.contains(&term));
        if climb.found.len() == before && !held {
            climb.missing.push(word.text.clone());
        }
    }
    shares.sort_by_key(|share| share.found.section);
    shares.dedup_by(|next, first| {
        let same = next.found.section == first.found.section;
        if same {
            first.add(next);
        }
        same
    });
    let held = |share: &&Share| wanted(share.found.section);
    let best = shares
        .iter()
        .filter(held)
        .map(|share| share.weight)
        .fold(0.0, f32::max);
    shares.retain(|share| share.weight >= best * MOST);
    climb
        .hits
        .extend(shares.iter().map(|share| hit(&share.found, Step::Most)));
    for (hit, share) in climb.hits.iter_mut().zip(&shares) {
        hit.score *= share.weight / best;
    }
    Ok(climb)
}

/// What a section holds of the terms.
#[derive(Clone, Copy)]
struct Share {
    found: Match,
    /// The weight of the terms it holds.
    weight: f32,
}

impl Share {
    fn add(&mut self, other: &Self) {
        self.found.worth += other.found.worth;
        self.found.own |= other.found.own;
        self.weight += other.weight;
    }
}

/// Makes rare phrases worth more than frequent ones.
fn weigh(mut matches: Vec<Match>, sections: u32) -> Vec<Match> {
    let weight = rarity(matches.len(), sections);
    for found in &mut matches {
        found.worth *= weight;
    }
    matches
}

/// The sections in both lists; what they are worth adds up.
fn intersect(left: &[Match], right: &[Match]) -> Vec<Match> {
    let mut right = right.iter().peekable();
    let mut both = Vec::new();
    for found in left {
        while right
            .next_if(|other| other.section < found.section)
            .is_some()
        {}
        if let Some(other) = right.next_if(|other| other.section == found.section) {
            both.push(Match {
                worth: found.worth + other.worth,
                own: found.own || other.own,
                ..*found
            });
        }
    }
    both
}

/// How much a phrase says that so many of all sections hold: the inverse document frequency of BM25.
fn rarity(holding: usize, sections: u32) -> f32 {
    let holding = holding as f32;
    let others = (sections as f32 - holding).max(0.0);
    log2(1.0 + (others + 0.5) / (holding + 0.5))
}

/// The logarithm, drawn straight between the powers of two. The mathematical library of a browser may differ from that
/// of a server in the last digit, and the two must order the same hits in the same way.
fn log2(number: f32) -> f32 {
    let bits = number.to_bits();
    let exponent = (bits >> 23) as f32 - 127.0;
    let mantissa = (bits & 0x7F_FFFF) as f32 / 8_388_608.0;
    exponent + mantissa
}
