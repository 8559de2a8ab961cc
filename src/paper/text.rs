//! Markdown for paper: links are words, pictures travel inside the sheet.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bytes::Bytes;
use pulldown_cmark::{Event, Tag, TagEnd, html};

use crate::exchange::html as shared;
use crate::site::url;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Where the texts of a page find their pictures.
#[derive(Clone, Copy)]
pub struct Texts<'t> {
    /// The page's path.
    pub page: &'t str,
    /// The files of the site, by path.
    pub assets: &'t BTreeMap<String, Bytes>,
}

impl Texts<'_> {
    /// Blocks as HTML.
    pub fn blocks(&self, markdown: &str) -> String {
        let events = shared::events(markdown);
        let events = events.into_iter().filter_map(|event| self.event(event));
        let mut text = String::new();
        html::push_html(&mut text, events);
        text.trim().to_owned()
    }

    /// The HTML of what is mostly one line.
    pub fn inline(&self, markdown: &str) -> String {
        shared::unwrapped(self.blocks(markdown))
    }

    fn event<'e>(&self, event: Event<'e>) -> Option<Event<'e>> {
        match event {
            Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link) => None,
            Event::Html(_) | Event::InlineHtml(_) => None,
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                let dest_url = self.picture(&dest_url).map_or(dest_url, Into::into);
                Some(Event::Start(Tag::Image {
                    link_type,
                    dest_url,
                    title,
                    id,
                }))
            }
            event => Some(event),
        }
    }

    /// A picture as a URL that holds it.
    fn picture(&self, dest: &str) -> Option<String> {
        let path = url::join(self.page, dest)?;
        let bytes = self.assets.get(&path)?;
        let kind = match path
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
            .as_str()
        {
            "svg" => "svg+xml",
            "jpg" | "jpeg" => "jpeg",
            "gif" => "gif",
            "webp" => "webp",
            _ => "png",
        };
        let mut data = String::with_capacity(bytes.len() * 4 / 3 + 40);
        let _ = write!(data, "data:image/{kind};base64,");
        base64(bytes, &mut data);
        Some(data)
    }
}

/// Base 64 of RFC 4648.
fn base64(bytes: &[u8], text: &mut String) {
    for three in bytes.chunks(3) {
        let mut number = 0u32;
        for at in 0..3 {
            number = number << 8 | u32::from(three.get(at).copied().unwrap_or(0));
        }
        for at in 0..4 {
            let digit = number >> (18 - 6 * at) & 63;
            text.push(if at <= three.len() {
                char::from(DIGITS[digit as usize])
            } else {
                '='
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            let mut written = String::new();
            base64(bytes.as_bytes(), &mut written);
            assert_eq!(written, text);
        }
    }
}
