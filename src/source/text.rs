//! From bytes to text: UTF-8 only, but with a good guess at what else a file may be.

use encoding_rs::Encoding;

/// Bytes that are not UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// The name of the encoding that the bytes look like, e.g. `GBK`.
    pub looks_like: &'static str,
    /// The line of the first bad byte, from 1.
    pub line: usize,
}

/// Decodes UTF-8, leaves out a byte-order mark and makes every line end in `\n`.
///
/// # Errors
/// Where the bytes are not UTF-8, with the encoding that they look like.
pub fn decode(bytes: Vec<u8>) -> Result<String, DecodeError> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let line = 1 + bytes[..valid].iter().filter(|byte| **byte == b'\n').count();
        DecodeError {
            looks_like: guess(&bytes),
            line,
        }
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    Ok(text)
}

/// UTF-16 shows itself by its mark; everything else is guessed from how its letters fall.
fn guess(bytes: &[u8]) -> &'static str {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.name();
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector
        .guess(Some(b"cn"), chardetng::Utf8Detection::Deny)
        .name()
}

#[cfg(test)]
mod tests {
    use super::{DecodeError, decode};

    #[test]
    fn strips_the_mark_and_unifies_line_ends() {
        assert_eq!(
            decode("\u{feff}甲\r\n乙\r丙\n".into()),
            Ok("甲\n乙\n丙\n".to_owned())
        );
    }

    #[test]
    fn names_gbk_and_the_line() {
        let mut bytes = b"---\n".to_vec();
        let (gbk, _, _) = encoding_rs::GBK.encode("物业客服培训课程，投诉处理与收费技巧");
        bytes.extend_from_slice(&gbk);
        assert_eq!(
            decode(bytes),
            Err(DecodeError {
                looks_like: "GBK",
                line: 2
            })
        );
    }

    #[test]
    fn names_utf_16() {
        let bytes = [0xff, 0xfe, 0x69, 0x72];
        assert_eq!(
            decode(bytes.to_vec()).map_err(|e| e.looks_like),
            Err("UTF-16LE")
        );
    }
}
