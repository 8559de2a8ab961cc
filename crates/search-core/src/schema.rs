//! What the index holds of a section, and what a match in each part is worth.

use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};

/// The name under which the index knows our analysis. It is tantivy's own for whatever names none, because the writer
/// asks for a tokenizer even of fields that are only stored.
pub const TOKENIZER: &str = "default";

/// A part of a section that is searched.
pub struct Searched {
    /// The name of the field.
    pub name: &'static str,
    /// What a match is worth beside one in the body.
    pub weight: f32,
    /// How much a long text weakens a match: 0 not at all, 1 in proportion.
    pub length: f32,
    /// What it is worth that the query is all of this text.
    pub exact: f32,
    /// Whether it belongs to the section, not to the whole page.
    pub own: bool,
}

/// Everything that is searched. The order is that of the fields in the index.
pub const SEARCHED: [Searched; 6] = [
    Searched {
        name: "title",
        weight: 6.0,
        length: 0.8,
        exact: 1000.0,
        own: false,
    },
    Searched {
        name: "heading",
        weight: 4.0,
        length: 0.8,
        exact: 20.0,
        own: true,
    },
    Searched {
        name: "also",
        weight: 5.0,
        length: 0.2,
        exact: 0.0,
        own: true,
    },
    Searched {
        name: "parents",
        weight: 1.0,
        length: 0.5,
        exact: 0.0,
        own: true,
    },
    Searched {
        name: "tags",
        weight: 2.0,
        length: 0.3,
        exact: 0.0,
        own: false,
    },
    Searched {
        name: "body",
        weight: 1.0,
        length: 0.6,
        exact: 0.0,
        own: true,
    },
];

/// The fields of the index.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// Those of [`SEARCHED`], in its order. They are stored too.
    pub searched: [Field; SEARCHED.len()],
    /// Stored only.
    pub url: Field,
    /// Stored only.
    pub page_url: Field,
    /// Stored only, one value for each audience.
    pub audience: Field,
}

/// The schema of the index, and its fields.
pub fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default()
        .set_indexing_options(indexing)
        .set_stored();
    let fields = Fields {
        searched: SEARCHED.map(|field| builder.add_text_field(field.name, text.clone())),
        url: builder.add_text_field("url", STORED),
        page_url: builder.add_text_field("page_url", STORED),
        audience: builder.add_text_field("audience", STORED),
    };
    (builder.build(), fields)
}
