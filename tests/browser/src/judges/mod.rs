//! Judges that know nothing of the generator: the browser itself, axe-core, the Nu Html Checker, and the scales.

mod accessibility;
mod markup;
mod weight;
mod wholeness;

use crate::harness::Harness;
use crate::site::Way;

/// Adds every judge.
pub fn add(h: &mut Harness) {
    accessibility::add(h);
    for way in [Way::Http, Way::Folder] {
        h.journey(
            "whole: every page and its images load, and nothing leaves the site",
            way,
            wholeness::every_page,
        );
    }
    h.journey(
        "weight: the first view of every page",
        Way::Http,
        weight::first_views,
    );
    h.check("markup: every page and style is valid", markup::valid);
}
