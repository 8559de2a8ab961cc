//! Tests of the search engine, from the outside.

mod ladder;
