//! "Did you mean …": the names nearest to what an author wrote.

/// At most this many names are offered.
const MOST: usize = 3;
/// Names less alike than this are not worth offering (Jaro–Winkler, 0 to 1).
const ALIKE: f64 = 0.72;

/// The names nearest to `written`, best first; empty where none is near.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let written = written.to_lowercase();
    let mut scored: Vec<_> = names
        .into_iter()
        .map(|name| (score(&written, &name.to_lowercase()), name))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored
        .into_iter()
        .take(MOST)
        .map(|(_, name)| name.to_owned())
        .collect()
}

/// How alike two names are; a path with the right last part is nearer than its letters say.
fn score(written: &str, name: &str) -> f64 {
    let last = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let whole = strsim::jaro_winkler(written, name);
    if name.contains('/') && last(written) == last(name) {
        return whole.max(0.95);
    }
    whole.max(0.98 * strsim::jaro_winkler(&last(written), &last(name)))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn offers_the_nearest_first_and_nothing_far() {
        let keys = ["title", "tags", "summary", "minutes"];
        assert_eq!(nearest("titel", keys), ["title"]);
        assert!(nearest("完全不同", keys).is_empty());
    }

    #[test]
    fn the_right_name_in_another_folder_is_near() {
        let pages = ["fees/law.md", "complaints/procedure.md"];
        assert_eq!(nearest("communication/law.md", pages), ["fees/law.md"]);
    }
}
