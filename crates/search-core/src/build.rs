//! Writes the index: one segment, in the order the sections come.

use tantivy::directory::RamDirectory;
use tantivy::store::Compressor;
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{Index, IndexSettings, TantivyDocument};

use crate::analysis::SectionTokenizer;
use crate::bundle::Bundle;
use crate::pages::PagesBuilder;
use crate::schema::{Fields, TOKENIZER, schema};
use crate::{Error, Section};

/// How much memory the table of terms starts from; it grows with the text.
const TABLE_BYTES: usize = 16 << 20;

/// Builds the index of a site. Each section is dropped as soon as it is written.
///
/// The same sections in the same order give the same bytes, whatever the machine.
pub fn build(sections: impl IntoIterator<Item = Section>) -> Result<Bundle, Error> {
    let (schema, fields) = schema();
    let directory = RamDirectory::create();
    let mut writer = Index::builder()
        .schema(schema)
        .settings(settings())
        .tokenizers(tokenizers())
        .single_segment_index_writer(directory.clone(), TABLE_BYTES)?;
    let mut pages = PagesBuilder::default();
    for section in sections {
        pages.add(&section)?;
        writer.add_document(document(&fields, &section))?;
    }
    let index = writer.finalize()?;
    Bundle::pack(&index, &directory, &pages.finish())
}

/// The text is stored as it is: the bundle is compressed as a whole, and the engine in the browser carries no codec.
fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::new();
    manager.register(TOKENIZER, TextAnalyzer::from(SectionTokenizer::new()));
    manager
}

/// A section in the shape tantivy takes.
fn document(fields: &Fields, section: &Section) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    let one = std::slice::from_ref::<String>;
    let searched = [
        one(&section.page_title),
        one(&section.heading),
        &section.also,
        &section.parents,
        &section.tags,
        one(&section.body),
    ];
    for (field, values) in fields.searched.into_iter().zip(searched) {
        for value in values {
            document.add_text(field, value);
        }
    }
    document.add_text(fields.url, &section.url);
    document.add_text(fields.page_url, &section.page_url);
    for audience in &section.audience {
        document.add_text(fields.audience, audience);
    }
    document
}
