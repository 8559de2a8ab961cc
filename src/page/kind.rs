//! The kinds of page: one row each. A new kind is a row here and a label in the theme's strings.

use serde::{Deserialize, Serialize};

/// What a page is for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Five to ten minutes of reading.
    #[default]
    Lesson,
    /// Questions.
    Quiz,
    /// A conversation with choices.
    Scenario,
    /// Sentences to say.
    Scripts,
    /// Something that happened, and what it teaches.
    Case,
    /// A plan for a supervisor's session.
    Session,
    /// Pages in the order in which to learn them.
    Path,
    /// Something to look up.
    Reference,
    /// Terms.
    Glossary,
}

/// How the build treats pages of one kind.
#[derive(Debug)]
pub struct KindInfo {
    /// The kind.
    pub kind: Kind,
    /// Its name in front matter, in URLs and in the theme's strings (`kind_<id>`).
    pub id: &'static str,
    /// Whether every `##` section is an entry of its own that people look up by name.
    pub entries: bool,
    /// Whether the text of the sections may be searched; a quiz would give its answers away.
    pub searchable_body: bool,
}

/// The table, in the order in which kinds are listed to readers.
pub const KINDS: &[KindInfo] = &[
    KindInfo {
        kind: Kind::Lesson,
        id: "lesson",
        entries: false,
        searchable_body: true,
    },
    KindInfo {
        kind: Kind::Scripts,
        id: "scripts",
        entries: true,
        searchable_body: true,
    },
    KindInfo {
        kind: Kind::Scenario,
        id: "scenario",
        entries: false,
        searchable_body: true,
    },
    KindInfo {
        kind: Kind::Quiz,
        id: "quiz",
        entries: false,
        searchable_body: false,
    },
    KindInfo {
        kind: Kind::Case,
        id: "case",
        entries: false,
        searchable_body: true,
    },
    KindInfo {
        kind: Kind::Reference,
        id: "reference",
        entries: false,
        searchable_body: true,
    },
    KindInfo {
        kind: Kind::Session,
        id: "session",
        entries: false,
        searchable_body: true,
    },
    KindInfo {
        kind: Kind::Path,
        id: "path",
        entries: false,
        searchable_body: true,
    },
    KindInfo {
        kind: Kind::Glossary,
        id: "glossary",
        entries: true,
        searchable_body: true,
    },
];

impl Kind {
    /// The row of this kind.
    pub fn info(self) -> &'static KindInfo {
        KINDS
            .iter()
            .find(|info| info.kind == self)
            .unwrap_or(&KINDS[0])
    }

    /// Its name in front matter and URLs.
    pub fn id(self) -> &'static str {
        self.info().id
    }
}

#[cfg(test)]
mod tests {
    use super::{KINDS, Kind};

    #[test]
    fn every_kind_has_one_row_and_the_name_that_front_matter_uses() {
        for info in KINDS {
            assert_eq!(
                KINDS.iter().filter(|other| other.kind == info.kind).count(),
                1
            );
            assert_eq!(serde_yaml::from_str::<Kind>(info.id).ok(), Some(info.kind));
        }
    }
}
