//! HTML that authors wrote, cleaned: courses are written by many hands.
//!
//! The whole text of a page is cleaned at once, since an element may open in one block and close
//! in another. What the generator itself writes passes; scripts, styles, frames, forms and event
//! handlers do not, and an `id` only where it is one of the page's own, so that no element can
//! pose as a part of the frame.

use std::collections::HashSet;

use ammonia::Builder;

/// Elements beyond ammonia's own list that the generator writes.
const TAGS: &[&str] = &[
    "section",
    "input",
    "figure",
    "figcaption",
    "details",
    "summary",
];
/// Attributes that may stand on any element.
const ATTRIBUTES: &[&str] = &[
    "id",
    "class",
    "role",
    "tabindex",
    "aria-label",
    "aria-labelledby",
    "lang",
    "title",
];
/// Attributes of single elements.
const OF_TAG: &[(&str, &[&str])] = &[
    ("section", &["data-question", "data-place"]),
    ("span", &["data-default", "data-blank", "data-choices"]),
    (
        "li",
        &["data-item", "data-choice", "data-option", "data-branch"],
    ),
    ("tr", &["data-row"]),
    ("blockquote", &["data-speaker", "data-mood"]),
    ("div", &["data-kind"]),
    ("input", &["type", "disabled", "checked"]),
    ("img", &["loading", "width", "height"]),
    ("details", &["open"]),
    ("th", &["scope", "colspan", "rowspan"]),
    ("ol", &["start"]),
];

/// Cleans the HTML of a page; `ids` are the places that the page has.
pub fn sanitize(html: &str, ids: &HashSet<String>) -> String {
    let ids = ids.clone();
    let mut builder = Builder::default();
    builder
        .add_tags(TAGS)
        .add_generic_attributes(ATTRIBUTES)
        .link_rel(None)
        .add_tag_attributes("a", ["rel"])
        .url_schemes(crate::site::link::SCHEMES.iter().copied().collect())
        .attribute_filter(move |tag, attribute, value| match (tag, attribute) {
            (_, "id") => ids.contains(value).then_some(value.into()),
            // The only controls are the boxes of task lists.
            ("input", "type") => Some("checkbox".into()),
            _ => Some(value.into()),
        });
    for (tag, attributes) in OF_TAG {
        builder.add_tag_attributes(tag, *attributes);
    }
    builder.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::sanitize;

    #[test]
    fn what_runs_or_poses_is_removed() {
        let ids = HashSet::from(["第一步".to_owned()]);
        let clean = |html| sanitize(html, &ids);
        assert_eq!(clean("<script>alert(1)</script>字"), "字");
        assert_eq!(
            clean("<p onclick=\"x()\" style=\"color:red\">字</p>"),
            "<p>字</p>"
        );
        assert_eq!(clean("<a href=\"javascript:x()\">字</a>"), "<a>字</a>");
        assert_eq!(clean("<b id=\"keben\">字</b>"), "<b>字</b>");
        assert_eq!(clean("<iframe src=\"//x\"></iframe>"), "");
    }

    #[test]
    fn what_the_generator_writes_passes() {
        let ids = HashSet::from(["第一步".to_owned()]);
        let html = "<h2 id=\"第一步\">一<a class=\"anchor\" href=\"#x\" aria-label=\"y\">#</a></h2>\
                    <kbd>Ctrl</kbd><details open=\"\"><summary>看</summary>字</details>";
        assert_eq!(sanitize(html, &ids), html);
    }
}
