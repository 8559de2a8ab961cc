//! Where a written link leads.

use super::url;

/// Link schemes that leave the site and are safe to offer.
pub const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "sms"];

/// A page of the site, by its place in [`super::Site::pages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub usize);

/// Where a link leads, once the whole site is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// A page, and a place on it.
    Page(PageId, Option<String>),
    /// A file of the content folder.
    Asset(String),
    /// Out of the site.
    External,
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// No such page, as a path below the content folder.
    Page(String),
    /// No such place on the page.
    Anchor(PageId, String),
    /// No such file, as a path below the content folder.
    File(String),
    /// Above the content folder.
    Outside,
    /// A scheme that is not in [`SCHEMES`].
    Scheme(String),
    /// From the root of the host.
    Absolute,
}

/// The parts of a destination that matter, before anything is looked up.
#[derive(Debug, PartialEq, Eq)]
pub enum Written<'d> {
    /// With a scheme.
    Scheme(&'d str),
    /// From the root of the host.
    Absolute,
    /// Relative to the page, decoded; the path may be empty.
    Relative {
        /// Without query and fragment.
        path: String,
        /// Without `#`.
        fragment: Option<String>,
    },
}

/// Takes a destination apart.
pub fn read(dest: &str) -> Written<'_> {
    if let Some(scheme) = scheme(dest) {
        return Written::Scheme(scheme);
    }
    if dest.starts_with('/') || dest.starts_with('\\') {
        return Written::Absolute;
    }
    let (rest, fragment) = match dest.split_once('#') {
        Some((rest, fragment)) => (rest, Some(url::decode(fragment)).filter(|f| !f.is_empty())),
        None => (dest, None),
    };
    let path = rest.split('?').next().unwrap_or("");
    Written::Relative {
        path: url::decode(path),
        fragment,
    }
}

/// The scheme of a URL (RFC 3986, 3.1), as browsers read it: control characters do not hide it.
fn scheme(dest: &str) -> Option<&str> {
    let (scheme, _) = dest.split_once(':')?;
    let scheme = scheme.trim_matches(|c: char| c.is_control() || c == ' ');
    let body = |c: char| c.is_ascii_alphanumeric() || "+-.\t\n\r".contains(c);
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(body))
        .then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::{Written, read};

    #[test]
    fn schemes_are_seen_through_disguise() {
        assert_eq!(read("https://a.b/c"), Written::Scheme("https"));
        assert_eq!(
            read(" java\tscript:alert(1)"),
            Written::Scheme("java\tscript")
        );
        assert_eq!(read("//host/x"), Written::Absolute);
    }

    #[test]
    fn relative_links_lose_query_and_encoding() {
        let expected = Written::Relative {
            path: "../收费/a.md".to_owned(),
            fragment: Some("第一步".to_owned()),
        };
        assert_eq!(read("../%E6%94%B6费/a.md?x=1#第一步"), expected);
        assert_eq!(
            read("a/b:c.md"),
            Written::Relative {
                path: "a/b:c.md".to_owned(),
                fragment: None
            }
        );
    }
}
