//! Hands the terms of a text to tantivy's indexer.

use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::{Folding, Term, Terms};

/// The tokenizer of every text field. tantivy clones it, so the folding table is shared.
#[derive(Clone)]
pub struct SectionTokenizer {
    folding: Arc<Folding>,
}

impl SectionTokenizer {
    /// A tokenizer with its own folding table.
    pub fn new() -> Self {
        Self {
            folding: Arc::new(Folding::new()),
        }
    }
}

impl Tokenizer for SectionTokenizer {
    type TokenStream<'a> = SectionTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> SectionTokens<'a> {
        SectionTokens {
            terms: Terms::new(&self.folding, text),
            term: Term::default(),
            token: Token::default(),
        }
    }
}

/// The terms of one text, in the shape tantivy reads.
pub struct SectionTokens<'a> {
    terms: Terms<'a>,
    term: Term,
    token: Token,
}

impl TokenStream for SectionTokens<'_> {
    fn advance(&mut self) -> bool {
        if !self.terms.next_into(&mut self.term) {
            return false;
        }
        std::mem::swap(&mut self.token.text, &mut self.term.text);
        self.token.position = self.term.position as usize;
        self.token.offset_from = self.term.range.start;
        self.token.offset_to = self.term.range.end;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
