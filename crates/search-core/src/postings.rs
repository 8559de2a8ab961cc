//! Finds terms and phrases in the index, and weighs where they stand.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED, Term};

use crate::Error;
use crate::query::{Phrase, PhraseTerm};
use crate::schema::{Fields, SEARCHED, Searched};

/// How fast more occurrences stop counting; the customary k1 of BM25.
const SATURATION: f32 = 1.2;

/// A section in which a phrase stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// The section.
    pub section: DocId,
    /// What the occurrences are worth, by field, number and length.
    pub worth: f32,
    /// Added for a title or heading that is this phrase and nothing else.
    pub exact: f32,
    /// Whether the section itself holds it, not only the title or the tags of its page.
    pub own: bool,
}

/// The posting lists of every field that is searched.
pub struct Lists {
    fields: Vec<FieldLists>,
}

/// The posting lists of one field.
struct FieldLists {
    searched: &'static Searched,
    field: tantivy::schema::Field,
    inverted: Arc<InvertedIndexReader>,
    lengths: FieldNormReader,
    average: f32,
}

impl Lists {
    /// Opens the lists of a segment.
    pub fn open(segment: &SegmentReader, fields: &Fields) -> Result<Self, Error> {
        let sections = segment.max_doc().max(1) as f32;
        let open = |(searched, &field)| {
            let inverted = segment.inverted_index(field)?;
            let average = (inverted.total_num_tokens() as f32 / sections).max(1.0);
            let lengths = segment.get_fieldnorms_reader(field)?;
            Ok(FieldLists {
                searched,
                field,
                inverted,
                lengths,
                average,
            })
        };
        let fields = SEARCHED
            .iter()
            .zip(&fields.searched)
            .map(open)
            .collect::<Result<_, Error>>()?;
        Ok(Self { fields })
    }

    /// Every section in which the phrase stands in at least one field, in order.
    pub fn find(&self, phrase: &Phrase) -> Result<Vec<Match>, Error> {
        let mut matches = Vec::new();
        for field in &self.fields {
            field.find(phrase, &mut matches)?;
        }
        matches.sort_by_key(|found| found.section);
        matches.dedup_by(|next, first| {
            let same = next.section == first.section;
            if same {
                first.worth += next.worth;
                first.exact += next.exact;
                first.own |= next.own;
            }
            same
        });
        Ok(matches)
    }
}

impl FieldLists {
    /// Adds the sections in which the phrase stands in this field.
    fn find(&self, phrase: &Phrase, matches: &mut Vec<Match>) -> Result<(), Error> {
        let mut lists = Vec::with_capacity(phrase.terms.len());
        for term in &phrase.terms {
            match self.list(term)? {
                Some(list) => lists.push(Placed {
                    list,
                    offset: term.offset,
                }),
                None => return Ok(()),
            }
        }
        let mut meeting = Meeting::new(lists);
        while let Some((section, places)) = meeting.next() {
            let count = places.len() as f32;
            let exact =
                places.first() == Some(&0) && self.lengths.fieldnorm(section) == phrase.length;
            matches.push(Match {
                section,
                worth: self.worth(section, count),
                exact: if exact { self.searched.exact } else { 0.0 },
                own: self.searched.own,
            });
        }
        Ok(())
    }

    /// What so many occurrences in a section are worth.
    fn worth(&self, section: DocId, count: f32) -> f32 {
        let length = self.lengths.fieldnorm(section) as f32 / self.average;
        let length = 1.0 - self.searched.length + self.searched.length * length;
        self.searched.weight * count / (count + SATURATION * length)
    }

    /// The sections a term stands in.
    fn list(&self, term: &PhraseTerm) -> Result<Option<Box<dyn Postings>>, Error> {
        if term.prefix {
            return Ok(Union::new(self.beginning(&term.text)?).map(|union| Box::new(union) as _));
        }
        let key = Term::from_field_text(self.field, &term.text);
        let list = self
            .inverted
            .read_postings(&key, IndexRecordOption::WithFreqsAndPositions)?;
        Ok(list.map(|list| Box::new(list) as _))
    }

    /// The lists of all terms that begin so.
    fn beginning(&self, prefix: &str) -> Result<Vec<SegmentPostings>, Error> {
        let mut terms = self.inverted.terms().range().ge(prefix).into_stream()?;
        let mut lists = Vec::new();
        while let Some((term, info)) = terms.next() {
            if !term.starts_with(prefix.as_bytes()) {
                break;
            }
            let option = IndexRecordOption::WithFreqsAndPositions;
            lists.push(self.inverted.read_postings_from_terminfo(info, option)?);
        }
        Ok(lists)
    }
}

/// A list, and how far its term stands behind the beginning of the phrase.
struct Placed {
    list: Box<dyn Postings>,
    offset: u32,
}

/// Walks through the sections that all lists share, and keeps those where the terms stand as in the phrase.
struct Meeting {
    /// The shortest list leads.
    lists: Vec<Placed>,
    /// Where the phrase begins in the current section.
    places: Vec<u32>,
    /// Where one term stands in it.
    positions: Vec<u32>,
    started: bool,
}

impl Meeting {
    fn new(mut lists: Vec<Placed>) -> Self {
        lists.sort_by_key(|placed| placed.list.size_hint());
        Self {
            lists,
            places: Vec::new(),
            positions: Vec::new(),
            started: false,
        }
    }

    /// The next section and where the phrase begins in it.
    fn next(&mut self) -> Option<(DocId, &[u32])> {
        loop {
            let section = self.agree()?;
            self.place();
            if !self.places.is_empty() {
                return Some((section, &self.places));
            }
        }
    }

    /// Moves all lists to the next section they share.
    fn agree(&mut self) -> Option<DocId> {
        let (leader, others) = self.lists.split_first_mut()?;
        let mut section = if self.started {
            leader.list.advance()
        } else {
            leader.list.doc()
        };
        self.started = true;
        'candidates: while section != TERMINATED {
            for other in others.iter_mut() {
                let reached = if other.list.doc() < section {
                    other.list.seek(section)
                } else {
                    other.list.doc()
                };
                if reached != section {
                    section = leader.list.seek(reached);
                    continue 'candidates;
                }
            }
            return Some(section);
        }
        None
    }

    /// Finds where the phrase begins in the section all lists stand at.
    fn place(&mut self) {
        self.places.clear();
        for (index, placed) in self.lists.iter_mut().enumerate() {
            placed.list.positions(&mut self.positions);
            let offset = placed.offset;
            if index == 0 {
                self.places.extend(
                    self.positions
                        .iter()
                        .filter_map(|place| place.checked_sub(offset)),
                );
            } else {
                self.places
                    .retain(|place| self.positions.binary_search(&(place + offset)).is_ok());
            }
            if self.places.is_empty() {
                return;
            }
        }
    }
}

/// Several terms read as one: all that begin in the same way.
struct Union {
    /// The sections, each with where its positions begin.
    sections: Vec<(DocId, usize)>,
    positions: Vec<u32>,
    at: usize,
}

impl Union {
    /// Reads the lists together; `None` when there is nothing in them.
    fn new(lists: Vec<SegmentPostings>) -> Option<Self> {
        let mut places = Vec::new();
        let mut positions = Vec::new();
        for mut list in lists {
            while list.doc() != TERMINATED {
                list.positions(&mut positions);
                places.extend(positions.iter().map(|&position| (list.doc(), position)));
                list.advance();
            }
        }
        places.sort_unstable();
        let mut sections: Vec<(DocId, usize)> = Vec::new();
        for (index, &(section, _)) in places.iter().enumerate() {
            if sections.last().is_none_or(|&(last, _)| last != section) {
                sections.push((section, index));
            }
        }
        let positions = places.into_iter().map(|(_, position)| position).collect();
        (!sections.is_empty()).then_some(Self {
            sections,
            positions,
            at: 0,
        })
    }

    /// The positions in the current section.
    fn here(&self) -> &[u32] {
        let begin = self
            .sections
            .get(self.at)
            .map_or(self.positions.len(), |&(_, begin)| begin);
        let end = self
            .sections
            .get(self.at + 1)
            .map_or(self.positions.len(), |&(_, begin)| begin);
        &self.positions[begin..end]
    }
}

impl DocSet for Union {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.sections.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.sections[self.at..].partition_point(|&(section, _)| section < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.sections
            .get(self.at)
            .map_or(TERMINATED, |&(section, _)| section)
    }

    fn size_hint(&self) -> u32 {
        self.sections.len() as u32
    }
}

impl Postings for Union {
    fn term_freq(&self) -> u32 {
        self.here().len() as u32
    }

    fn append_positions_with_offset(&mut self, offset: u32, output: &mut Vec<u32>) {
        output.extend(self.here().iter().map(|position| position + offset));
    }
}
