//! Bytes inside a script, compressed: a page that is opened from a folder may fetch nothing else.
//!
//! The text holds seven bits a character, so that it is a seventh longer than the bytes (base 64 is
//! a third longer). Every character below 128 that may stand in a string literal stands for itself;
//! the five that may not are written as `À` to `Ä`, which JavaScript engines keep as one byte each.
//! `keben.unpack` in `themes/default/scripts/site.js` reads it.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

/// The values that cannot stand in a string literal of every tool on the way, in the order of the
/// characters that stand for them: NUL, line feed, carriage return, quote, backslash.
const ESCAPED: [u8; 5] = [0, b'\n', b'\r', b'"', b'\\'];
/// The character for the first of them.
const FIRST: u32 = 0xc0;

/// Compresses with no time or name inside, so that equal bytes give equal files.
pub fn gzip(bytes: &[u8], level: Compression) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), level);
    // Writing to memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// Writes bytes as the inside of a string literal.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 7 + bytes.len() / 16 + 2);
    let (mut held, mut bits) = (0u32, 0);
    for byte in bytes {
        held = (held << 8 | u32::from(*byte)) & 0x7fff;
        bits += 8;
        while bits >= 7 {
            bits -= 7;
            text.push(character((held >> bits & 0x7f) as u8));
        }
    }
    if bits > 0 {
        text.push(character((held << (7 - bits) & 0x7f) as u8));
    }
    text
}

fn character(value: u8) -> char {
    let escaped = ESCAPED.iter().position(|one| *one == value);
    let escaped = escaped.and_then(|at| char::from_u32(FIRST + at as u32));
    escaped.unwrap_or(char::from(value))
}

#[cfg(test)]
mod tests {
    use super::{ESCAPED, FIRST, encode};

    /// As the loader reads it.
    fn decode(text: &str) -> Vec<u8> {
        let (mut bytes, mut held, mut bits) = (Vec::new(), 0u32, 0);
        for c in text.chars() {
            let code = u32::from(c);
            let value = if code < 128 {
                code
            } else {
                ESCAPED[(code - FIRST) as usize].into()
            };
            held = (held << 7 | value) & 0x7fff;
            bits += 7;
            if bits >= 8 {
                bits -= 8;
                bytes.push((held >> bits & 0xff) as u8);
            }
        }
        bytes
    }

    proptest::proptest! {
        #[test]
        fn bytes_come_back(bytes: Vec<u8>) {
            let text = encode(&bytes);
            proptest::prop_assert_eq!(decode(&text), bytes);
            proptest::prop_assert!(!text.contains(['\0', '\n', '\r', '"', '\\']));
        }
    }
}
