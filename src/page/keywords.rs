//! The words inside a page that mean something to the build, in every language, in one place.

/// A heading that opens a quiz inside another page.
const QUIZ_HEADING: &[&str] = &["测验：", "測驗：", "Quiz:"];
/// A paragraph that lists what else people call the thing.
const ALSO: &[&str] = &["也叫：", "Also:"];
/// A labelled quote below a question that gives the answer away.
const ANSWER: &[&str] = &[
    "解析：",
    "参考：",
    "參考：",
    "Explanation:",
    "Model answer:",
];
/// A labelled quote below a question that helps without telling.
const HINT: &[&str] = &["提示：", "Hint:"];
/// A list item by which a learner judges an open answer.
const CRITERION: &[&str] = &["评分", "評分", "Score"];
/// A heading whose answer is the order of a list.
const ORDERING: &[&str] = &["排序", "Order"];
/// A heading whose answer is a table.
const TABLE_ANSWER: &[&str] = &["配对", "配對", "归类", "歸類", "Match", "Classify"];

fn starts(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

fn contains(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Whether a heading opens a quiz.
pub fn is_quiz_heading(text: &str) -> bool {
    starts(text, QUIZ_HEADING)
}

/// The names listed in a paragraph that says what else a thing is called.
pub fn also(paragraph: &str) -> Option<Vec<String>> {
    let list = ALSO.iter().find_map(|word| paragraph.strip_prefix(word))?;
    let names = list
        .split(['、', ',', '，', '；'])
        .map(|name| name.trim().trim_end_matches('。'));
    Some(
        names
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
    )
}

/// Whether a quote gives the answer of a question away.
pub fn is_answer(text: &str) -> bool {
    starts(text, ANSWER)
}

/// Whether a quote is a hint.
pub fn is_hint(text: &str) -> bool {
    starts(text, HINT)
}

/// Whether a list item is a criterion of an open answer.
pub fn is_criterion(item: &str) -> bool {
    starts(item, CRITERION)
}

/// Whether the list below a question is its answer.
pub fn is_ordering(heading: &str) -> bool {
    contains(heading, ORDERING)
}

/// Whether the table below a question is its answer.
pub fn is_table_answer(heading: &str) -> bool {
    contains(heading, TABLE_ANSWER)
}

#[cfg(test)]
mod tests {
    use super::also;

    #[test]
    fn other_names_are_listed() {
        assert_eq!(
            also("也叫：催费、欠费，滞纳金。"),
            Some(vec!["催费".into(), "欠费".into(), "滞纳金".into()])
        );
        assert_eq!(also("你也叫我小陈：好"), None);
    }
}
