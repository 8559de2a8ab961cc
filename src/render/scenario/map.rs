//! The map of a scenario: its places and the ways between them as a drawing, and the same in words.
//!
//! The drawing is made at build time and has no text that moves: a Han character is as wide as the
//! type is high, other letters a little more than half of that. Endings are told apart by shape,
//! colour and words.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, Point, layout};

use super::verdict;
use crate::page::scenario::{Ending, Part, Place, Scenario};
use crate::render::body::{Context, escape};
use crate::site::url;
use crate::syntax::plain::is_wide;

/// The size of the type.
const TYPE: f64 = 14.0;
/// From one line of a label to the next.
const LEADING: f64 = 20.0;
/// The widest line of a label, in Han characters.
const WIDEST: f64 = 9.0;
/// Space around the label in its box, and around the drawing.
const PAD: (f64, f64) = (14.0, 9.0);

/// The box of a place.
pub struct Node {
    place: usize,
    lines: Vec<String>,
    /// The kind of its ending.
    kind: Option<&'static str>,
    size: (f64, f64),
    centre: (f64, f64),
}

/// A way from one box to another.
struct Way {
    from: usize,
    to: usize,
    /// Whether nobody chooses it.
    alone: bool,
    points: Vec<Point>,
}

/// A scenario as nodes and ways, laid out.
pub struct Drawing {
    /// One for each place.
    pub nodes: Vec<Node>,
    ways: Vec<Way>,
    size: (f64, f64),
}

impl Drawing {
    /// Lays out a scenario; `verdict` says how an ending is named.
    pub fn of(scenario: &Scenario, verdict: &dyn Fn(&Ending) -> String) -> Self {
        let places = scenario.places.iter().enumerate();
        let places = places.filter(|(_, place)| place.part != Part::Rest);
        let nodes = places
            .map(|(at, place)| Node::of(at, place, verdict))
            .collect();
        let mut drawing = Self {
            nodes,
            ways: ways(scenario),
            size: (0.0, 0.0),
        };
        drawing.lay_out();
        drawing
    }

    /// Layers from the start down to the endings, with as few crossings as the method finds.
    fn lay_out(&mut self) {
        let mut graph: Graph<NodeLabel, EdgeLabel> = Graph::with_options(GraphOptions {
            directed: true,
            multigraph: true,
            compound: true,
        });
        for one in &self.nodes {
            let (width, height) = one.size;
            let label = NodeLabel {
                width,
                height,
                ..NodeLabel::default()
            };
            graph.set_node(one.place.to_string(), Some(label));
        }
        for way in &self.ways {
            let label = Some(EdgeLabel::default());
            graph.set_edge(way.from.to_string(), way.to.to_string(), label, None);
        }
        layout(
            &mut graph,
            Some(LayoutOptions {
                nodesep: 26.0,
                ranksep: 44.0,
                edgesep: 14.0,
                marginx: 12.0,
                marginy: 12.0,
                ..LayoutOptions::default()
            }),
        );
        for one in &mut self.nodes {
            if let Some(label) = graph.node(&one.place.to_string()) {
                one.centre = (label.x.unwrap_or(0.0), label.y.unwrap_or(0.0));
                let far = (
                    one.centre.0 + one.size.0 / 2.0,
                    one.centre.1 + one.size.1 / 2.0,
                );
                self.size = (self.size.0.max(far.0), self.size.1.max(far.1));
            }
        }
        for way in &mut self.ways {
            if let Some(label) = graph.edge(&way.from.to_string(), &way.to.to_string(), None) {
                way.points.clone_from(&label.points);
                for point in &way.points {
                    self.size = (self.size.0.max(point.x), self.size.1.max(point.y));
                }
            }
        }
        self.size = (self.size.0 + 12.0, self.size.1 + 12.0);
    }

    /// As SVG, which says of itself what it is about.
    pub fn svg(&self, about: &str) -> String {
        let (width, height) = (self.size.0.ceil(), self.size.1.ceil());
        let mut svg = format!(
            "<svg role=\"img\" aria-label=\"{about}\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" font-size=\"{TYPE}\">\n\
             <defs><marker id=\"map-arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" \
             markerHeight=\"7\" orient=\"auto-start-reverse\"><path d=\"M0 0 8 4 0 8z\"/></marker></defs>\n"
        );
        for way in self.ways.iter().filter(|way| way.points.len() > 1) {
            let class = if way.alone { "edge alone" } else { "edge" };
            let _ = writeln!(
                svg,
                "<path class=\"{class}\" data-from=\"{}\" data-to=\"{}\" marker-end=\"url(#map-arrow)\" d=\"{}\"/>",
                way.from,
                way.to,
                curve(&way.points)
            );
        }
        self.nodes.iter().for_each(|one| one.write(&mut svg));
        svg.push_str("</svg>");
        svg
    }
}

impl Node {
    fn of(at: usize, place: &Place, verdict: &dyn Fn(&Ending) -> String) -> Self {
        let mut lines = wrapped(&place.title);
        let kind = place.ending.as_ref().map(|ending| ending.kind.id());
        if let Some(ending) = &place.ending {
            lines.push(verdict(ending));
        }
        let widest = lines.iter().map(|line| width(line)).fold(3.0, f64::max);
        let size = (
            widest * TYPE + 2.0 * PAD.0,
            lines.len() as f64 * LEADING + 2.0 * PAD.1,
        );
        Self {
            place: at,
            lines,
            kind,
            size,
            centre: (0.0, 0.0),
        }
    }

    fn write(&self, svg: &mut String) {
        let kind = self
            .kind
            .map(|kind| format!(" data-kind=\"{kind}\""))
            .unwrap_or_default();
        let _ = write!(
            svg,
            "<g class=\"node\" data-place=\"{}\"{kind}>",
            self.place
        );
        let _ = write!(svg, "<path d=\"{}\"/>", self.outline());
        let top = self.centre.1 - (self.lines.len() as f64 - 1.0) * LEADING / 2.0;
        for (at, line) in self.lines.iter().enumerate() {
            let last = at + 1 == self.lines.len() && self.kind.is_some();
            let class = if last { " class=\"verdict\"" } else { "" };
            let _ = write!(
                svg,
                "<text{class} x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" dominant-baseline=\"central\">{}</text>",
                self.centre.0,
                top + at as f64 * LEADING,
                escape(line)
            );
        }
        svg.push_str("</g>\n");
    }

    /// Round where all is well, with cut corners where it could be better, square where it is not.
    fn outline(&self) -> String {
        let (w, h) = (self.size.0 / 2.0, self.size.1 / 2.0);
        let (l, t, r, b) = (
            self.centre.0 - w,
            self.centre.1 - h,
            self.centre.0 + w,
            self.centre.1 + h,
        );
        let c = match self.kind {
            Some("good") => h.min(18.0),
            Some("mixed") => 11.0,
            Some(_) => 0.0,
            None => 6.0,
        };
        let corner = |x: f64, y: f64| match self.kind {
            Some("mixed") => format!("L{x:.1} {y:.1}"),
            _ => format!("A{c} {c} 0 0 1 {x:.1} {y:.1}"),
        };
        if c == 0.0 {
            return format!("M{l:.1} {t:.1}H{r:.1}V{b:.1}H{l:.1}Z");
        }
        format!(
            "M{:.1} {t:.1}H{:.1}{}V{:.1}{}H{:.1}{}V{:.1}{}Z",
            l + c,
            r - c,
            corner(r, t + c),
            b - c,
            corner(r - c, b),
            l + c,
            corner(l, b - c),
            t + c,
            corner(l + c, t)
        )
    }
}

/// Every way once, by where it begins; what goes on from an answer begins at the question.
fn ways(scenario: &Scenario) -> Vec<Way> {
    let whole = |at: usize| match scenario.places[at].part {
        Part::Rest => at.saturating_sub(1),
        Part::Whole | Part::Question => at,
    };
    let mut ways: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    for (at, place) in scenario.places.iter().enumerate() {
        let choices = place.choices.iter().map(|one| (one.to.place, false));
        let branches = place.branches.iter().map(|one| (one.to.place, true));
        for (to, alone) in choices.chain(branches) {
            let Some(to) = to else { continue };
            let inner = place.part == Part::Question && scenario.places[to].part == Part::Rest;
            if !inner {
                *ways.entry((whole(at), whole(to))).or_insert(true) &= alone;
            }
        }
    }
    let way = |((from, to), alone)| Way {
        from,
        to,
        alone,
        points: Vec::new(),
    };
    ways.into_iter().map(way).collect()
}

/// A line through points, rounded at each: the points between are where it bends.
fn curve(points: &[Point]) -> String {
    let mut path = format!("M{:.1} {:.1}", points[0].x, points[0].y);
    for pair in points.windows(2).skip(1) {
        let (bend, next) = (&pair[0], &pair[1]);
        let (x, y) = ((bend.x + next.x) / 2.0, (bend.y + next.y) / 2.0);
        let _ = write!(path, "Q{:.1} {:.1} {x:.1} {y:.1}", bend.x, bend.y);
    }
    if let Some(last) = points.last() {
        let _ = write!(path, "L{:.1} {:.1}", last.x, last.y);
    }
    path
}

/// How wide a text is, in units of the type's size.
fn width(text: &str) -> f64 {
    text.chars()
        .map(|c| if is_wide(c) { 1.0 } else { 0.58 })
        .sum()
}

/// A title in lines of even length; words of other scripts are not cut.
fn wrapped(title: &str) -> Vec<String> {
    let lines = (width(title) / WIDEST).ceil().max(1.0);
    let most = (width(title) / lines).ceil().max(3.0) + 0.6;
    let mut wrapped = vec![String::new()];
    for word in words_of(title) {
        let full = wrapped
            .last()
            .is_some_and(|line| !line.is_empty() && width(line) + width(word.trim_end()) > most);
        if full && wrapped.len() < 4 {
            wrapped.push(String::new());
        }
        if let Some(line) = wrapped.last_mut() {
            line.push_str(word);
        }
    }
    wrapped.iter().map(|line| line.trim().to_owned()).collect()
}

/// Where a line may be broken: after a Han character or a space, not before punctuation.
fn words_of(title: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in title.char_indices() {
        let after = before.is_some_and(|before| before == ' ' || is_wide(before) || is_wide(c));
        let closes = is_wide(c) && !c.is_alphanumeric();
        if at > start && after && !closes {
            words.push(&title[start..at]);
            start = at;
        }
        before = Some(c);
    }
    words.push(&title[start..]);
    words
}

/// How an ending is named in its box.
pub fn plain_verdict(context: &Context<'_>, ending: &Ending) -> String {
    let (kind, points) = verdict(context, ending);
    format!("{kind} {points}")
}

/// The map as a list: every place, and where it leads.
pub fn words(context: &Context<'_>, scenario: &Scenario) -> String {
    let page = url::encode(context.page.url.rsplit('/').next().unwrap_or_default());
    let link = |at: usize| {
        let place = &scenario.places[at];
        format!(
            "<a href=\"{page}#{}\">{}</a>",
            url::encode(&place.anchor),
            escape(&place.title)
        )
    };
    let ways = ways(scenario);
    let mut list = String::from("<ul>\n");
    for (at, place) in scenario.places.iter().enumerate() {
        if place.part == Part::Rest {
            continue;
        }
        let to: Vec<String> = ways
            .iter()
            .filter(|way| way.from == at)
            .map(|way| link(way.to))
            .collect();
        let end = place
            .ending
            .as_ref()
            .map(|ending| escape(&plain_verdict(context, ending)));
        let rest = end.unwrap_or_else(|| format!("→ {}", to.join(context.string("comma"))));
        let _ = writeln!(list, "<li>{} {rest}</li>", link(at));
    }
    list.push_str("</ul>\n");
    list
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::{Drawing, wrapped};
    use crate::page::lower;
    use crate::page::scenario::Scenario;
    use crate::source::Sources;
    use crate::syntax::parse;

    #[test]
    fn titles_are_cut_evenly_and_between_words() {
        assert_eq!(wrapped("电话响了"), ["电话响了"]);
        assert_eq!(
            wrapped("安静了，也只是安静了"),
            ["安静了，也", "只是安静了"]
        );
        assert_eq!(
            wrapped("The supervisor calls back at midnight"),
            ["The supervisor", "calls back at", "midnight"]
        );
    }

    /// A scenario of so many places, each with up to four ways to anywhere.
    fn any(places: usize, seed: u64) -> Scenario {
        let mut state = seed;
        let mut roll = |sides: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) as usize % sides
        };
        let mut text = String::from("---\nkind: scenario\ntitle: x\n---\n");
        for place in 0..places {
            let _ = write!(text, "\n### p{place}\n\n");
            for _ in 0..roll(5) {
                let arrow = if roll(4) == 0 { "→ " } else { "" };
                let _ = writeln!(text, "- {arrow}[go](#p{})", roll(places));
            }
        }
        text.push_str("\n### end\n\n**Ending: success, 1 points.**\n");
        let file = Sources::default().add("a.md", text.as_str());
        let (document, _) = parse(file, &text);
        let (page, _) = lower(file, "a.md", &text, &document);
        page.scenario.map(|one| *one).unwrap_or_default()
    }

    #[test]
    fn any_scenario_is_drawn_and_no_box_covers_another() {
        for seed in 0..60 {
            let scenario = any(1 + seed as usize % 14, seed);
            let drawing = Drawing::of(&scenario, &|_| "1".to_owned());
            assert_eq!(
                drawing.svg("x"),
                Drawing::of(&scenario, &|_| "1".to_owned()).svg("x")
            );
            for (at, one) in drawing.nodes.iter().enumerate() {
                for other in &drawing.nodes[at + 1..] {
                    let apart = |a: f64, b: f64, sizes: f64| (a - b).abs() + 0.1 >= sizes / 2.0;
                    assert!(
                        apart(one.centre.0, other.centre.0, one.size.0 + other.size.0)
                            || apart(one.centre.1, other.centre.1, one.size.1 + other.size.1),
                        "{seed}: {} covers {}",
                        one.place,
                        other.place
                    );
                }
            }
        }
    }
}
