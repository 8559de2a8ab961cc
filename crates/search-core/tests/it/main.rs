//! Tests of the search engine, from the outside.

mod bundle;
mod cases;
mod filters;
mod site;
mod substrings;
mod twins;
mod weird;
