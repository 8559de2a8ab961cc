//! The index as bytes: the same every time, and never trusted blindly.

use keben_search_core::{Bundle, Engine, Error, build};
use proptest::prelude::{any, proptest};

use crate::site::{search, sections};

fn bytes() -> Vec<u8> {
    build(sections()).expect("the index is built").to_bytes()
}

#[test]
fn the_same_sections_give_the_same_bytes() {
    assert_eq!(bytes(), bytes());
}

#[test]
fn bytes_survive_the_way_to_a_file_and_back() {
    let engine = Engine::open(Bundle::from_bytes(&bytes()).expect("the bytes are a bundle"))
        .expect("it opens");
    assert_eq!(
        search(&engine, "投诉处理"),
        search(&crate::site::engine(), "投诉处理")
    );
}

#[test]
fn a_site_without_pages_answers_with_nothing() {
    let engine = crate::site::open(Vec::new());
    assert_eq!(search(&engine, "投诉").total_pages, 0);
}

#[test]
fn every_way_of_cutting_it_short_is_an_error() {
    let bytes = bytes();
    for length in (0..bytes.len()).step_by(97).chain(0..64) {
        assert!(
            Bundle::from_bytes(&bytes[..length]).is_err(),
            "{length} bytes"
        );
    }
}

#[test]
fn every_altered_byte_is_an_error() {
    let bytes = bytes();
    for place in (0..bytes.len()).step_by(61).chain(0..64) {
        let mut altered = bytes.clone();
        altered[place] ^= 0x20;
        assert!(Bundle::from_bytes(&altered).is_err(), "byte {place}");
    }
}

#[test]
fn pages_must_hold_together() {
    let mut sections = sections();
    let first = sections.remove(0);
    sections.push(first);
    assert!(matches!(build(sections), Err(Error::Scattered(url)) if url == "fees/refusal/"));
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        assert!(Bundle::from_bytes(&bytes).is_err());
        assert!(Bundle::from_bytes(&[b"keben-1\n".as_slice(), &bytes].concat()).is_err());
    }
}
