//! Addresses inside a site: always relative, always written out, so that they also work from a
//! folder. `complaints/procedure.md` becomes `complaints/procedure.html`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What may stand in a URL path as it is (RFC 3986, `pchar` without the sub-delimiters that hosts
/// treat differently).
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The file of a page in the built site.
pub fn of_page(path: &str) -> String {
    let stem = path
        .strip_suffix(".md")
        .or_else(|| path.strip_suffix(".MD"));
    format!("{}.html", stem.unwrap_or(path))
}

/// A path or fragment as it stands in a link of a page: letters of every script stay as they are,
/// which HTML allows and which is a third of the length.
pub fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_alphanumeric() {
            encoded.push(c);
        } else {
            encoded.extend(utf8_percent_encode(c.encode_utf8(&mut [0; 4]), PATH));
        }
    }
    encoded
}

/// A path as it stands in what other programs read: feeds, sitemaps, full addresses.
pub fn encode_ascii(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// What an author's percent signs stand for; as written where they are no UTF-8.
pub fn decode(written: &str) -> String {
    percent_decode_str(written)
        .decode_utf8()
        .map_or_else(|_| written.to_owned(), |text| text.into())
}

/// The way from a file of the site to its root: `../` for each folder.
pub fn root_of(url: &str) -> String {
    "../".repeat(url.matches('/').count())
}

/// The path that `relative` means on a page at `from`; `None` where it leads out of the root.
pub fn join(from: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The relative link from a page at `from` to `to`.
pub fn relative(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let to_parts: Vec<&str> = to.split('/').collect();
    let shared = from
        .iter()
        .zip(&to_parts[..to_parts.len() - 1])
        .take_while(|(a, b)| a == b)
        .count();
    format!(
        "{}{}",
        "../".repeat(from.len() - shared),
        to_parts[shared..].join("/")
    )
}

#[cfg(test)]
mod tests {
    use super::{decode, encode, encode_ascii, join, of_page, relative, root_of};

    #[test]
    fn pages_become_files() {
        assert_eq!(of_page("fees/index.md"), "fees/index.html");
        assert_eq!(encode("收费/a b\"-ä_1.html"), "收费/a%20b%22-ä_1.html");
        assert_eq!(
            encode_ascii("收费/a b.html"),
            "%E6%94%B6%E8%B4%B9/a%20b.html"
        );
        assert_eq!(decode("%E6%94%B6"), "收");
    }

    #[test]
    fn links_are_joined_and_made_relative_again() {
        assert_eq!(join("a/b.md", "../c/d.md").as_deref(), Some("c/d.md"));
        assert_eq!(join("a.md", "../c.md"), None);
        assert_eq!(relative("a/b.html", "c/d.html"), "../c/d.html");
        assert_eq!(relative("a/b.html", "a/d.html"), "d.html");
        assert_eq!(relative("index.html", "a/d.html"), "a/d.html");
        assert_eq!(root_of("a/b/c.html"), "../../");
    }
}
