//! The maps of all scenarios, as pages and as scripts.

use super::inert;
use super::map::{Drawing, plain_verdict, words};
use crate::page::scenario::Scenario;
use crate::render::body::{Context, escape};
use crate::render::views::{NamedLink, PageContext, PageView};
use crate::render::{File, Renderer};
use crate::site::link::PageId;
use crate::site::url;

/// The address of the map of the scenario at `url`, with another ending for the script that has it.
pub fn address(url: &str, ending: &str) -> String {
    format!("{}-map.{ending}", url.strip_suffix(".html").unwrap_or(url))
}

/// The maps of all scenarios: a page each, for supervisors and for paper, and a script for the
/// player, who shows the map when a play is over.
pub fn all(renderer: &Renderer<'_>) -> Vec<File> {
    let mut files = Vec::new();
    for (id, place) in renderer.site().ids() {
        let Some(scenario) = place.page.scenario.as_deref() else {
            continue;
        };
        let context = renderer.context(id, &place.url);
        let map = Map::of(&context, scenario);
        files.push(page(renderer, id, &map));
        let name = place.page.path.trim_end_matches(".md");
        let quoted = |text: &str| inert(&serde_json::to_string(text).unwrap_or_default());
        let script = format!(
            "(keben.maps ||= {{}})[{}] = {};\n",
            quoted(name),
            quoted(&map.svg)
        );
        files.push(Ok((address(&place.url, "js"), script)));
    }
    files
}

fn page(renderer: &Renderer<'_>, id: PageId, map: &Map) -> File {
    let place = renderer.site().page(id);
    let url = address(&place.url, "html");
    let label = renderer.inputs.theme.string("scenario_map");
    let title = format!("{label} · {}", place.page.title);
    let mut frame = renderer.framer.generated(&title, &url);
    frame.breadcrumbs = renderer.framer.page(id).breadcrumbs;
    frame.breadcrumbs.push(NamedLink {
        title: place.page.title.clone(),
        url: url::encode(&place.url),
    });
    let page = PageView {
        frame: &frame,
        body: &map.html,
    };
    let root = url::root_of(&url);
    let html = renderer.template("map.html", &PageContext { root: &root, page })?;
    Ok((url, html))
}

/// The drawing by itself, and with what is read beside it.
struct Map {
    svg: String,
    html: String,
}

impl Map {
    fn of(context: &Context<'_>, scenario: &Scenario) -> Self {
        let drawing = Drawing::of(scenario, &|ending| plain_verdict(context, ending));
        let endings = scenario.places.iter().filter(|one| one.ending.is_some());
        let about = escape(context.string("scenario_map_about"))
            .replace("{places}", &drawing.nodes.len().to_string())
            .replace("{endings}", &endings.count().to_string());
        let svg = drawing.svg(&about);
        let title = escape(context.string("scenario_map"));
        let hint = escape(context.string("scenario_map_hint"));
        let in_words = escape(context.string("scenario_map_words"));
        let words = words(context, scenario);
        let html = format!(
            "<p>{hint}</p>\n<div class=\"map\" tabindex=\"0\" role=\"group\" aria-label=\"{title}\">{svg}</div>\n\
             <h2>{in_words}</h2>\n{words}"
        );
        Self { svg, html }
    }
}
