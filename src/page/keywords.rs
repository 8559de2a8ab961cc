//! The words inside a page that mean something to the build, in every language, in one place.

use crate::config::SiteLanguage;

/// A heading that opens a quiz inside another page.
const QUIZ_HEADING: &[&str] = &["测验：", "測驗：", "Quiz:"];
/// A paragraph that lists what else people call the thing.
const ALSO: &[&str] = &["也叫：", "Also:"];
/// A labelled quote below a question that says why.
const EXPLANATION: &[&str] = &["解析：", "Explanation:"];
/// A labelled quote below a question that holds a model answer.
const MODEL: &[&str] = &["参考：", "參考：", "Model answer:"];
/// A labelled quote below a question that helps without telling.
const HINT: &[&str] = &["提示：", "Hint:"];
/// A list item by which a learner judges an open answer.
const CRITERION: &[&str] = &["评分", "評分", "Score"];
/// A heading whose answer is the order of a list.
const ORDERING: &[&str] = &["排序", "Order"];
/// A heading whose answer is a table of what belongs together.
const MATCHING: &[&str] = &["配对", "配對", "Match"];
/// A heading whose answer is a table of marks.
const CLASSIFY: &[&str] = &["归类", "歸類", "Classify"];
/// In a heading: several options are right.
const MULTIPLE: &[&str] = &["多选", "多選", "choose all", "multiple"];
/// In a heading: no option is right.
const SURVEY: &[&str] = &["调查", "調查", "survey"];
/// The two options of a question of true or false.
const TRUE_FALSE: &[[&str; 2]] = &[["对", "错"], ["對", "錯"], ["True", "False"]];
/// What a right answer earns, behind a number in a heading's parentheses.
const POINTS: &[&str] = &["分", "points", "point"];
/// The most that one question or criterion earns.
const MOST_POINTS: u32 = 100;
/// What may stand behind a number.
const UNITS: &[&str] = &[
    "平方米",
    "立方米",
    "工作日",
    "小时",
    "小時",
    "分钟",
    "分鐘",
    "个月",
    "個月",
    "元",
    "角",
    "天",
    "日",
    "周",
    "週",
    "月",
    "年",
    "时",
    "時",
    "分",
    "秒",
    "次",
    "声",
    "聲",
    "个",
    "個",
    "户",
    "戶",
    "人",
    "件",
    "项",
    "項",
    "条",
    "條",
    "份",
    "张",
    "張",
    "层",
    "層",
    "倍",
    "步",
    "米",
    "㎡",
    "度",
    "吨",
    "噸",
    "yuan",
    "days",
    "day",
    "hours",
    "hour",
    "minutes",
    "minute",
    "months",
    "month",
    "years",
    "year",
    "rings",
    "ring",
    "times",
    "kg",
    "km",
    "m²",
    "m",
];

/// Words of scenarios, every list in Simplified Chinese, Traditional Chinese and English.
pub mod scenario {
    /// What heads the first column of the table of variables.
    pub const VARIABLE: &[&str] = &["变量", "變數", "變量", "Variable"];
    /// What heads the first column of the table of competencies.
    pub const COMPETENCY: &[&str] = &["能力", "Competency"];
    /// The column with a variable's first value.
    pub const START: &[&str] = &["初值", "Start"];
    /// The column that says what a variable or a competency means.
    pub const MEANING: &[&str] = &["说明", "說明", "Meaning"];
    /// The column with the smallest value.
    pub const LEAST: &[&str] = &["最小", "Least", "Min"];
    /// The column with the largest value.
    pub const MOST: &[&str] = &["最大", "Most", "Max"];
    /// A yes.
    pub const YES: &[&str] = &["是", "yes", "true"];
    /// A no.
    pub const NO: &[&str] = &["否", "no", "false"];
    /// What opens a condition.
    pub const IF: &[&str] = &["若", "如果", "if"];
    /// The condition of what is left.
    pub const ELSE: &[&str] = &["否则", "否則", "else"];
    /// Both.
    pub const AND: &[&str] = &["且", "并且", "並且", "and", "&&"];
    /// One or both.
    pub const OR: &[&str] = &["或", "或者", "or", "||"];
    /// The opposite.
    pub const NOT: &[&str] = &["非", "不", "未", "没有", "沒有", "not", "!"];
    /// A choice that is taken, or a place that is visited, once only.
    pub const ONCE: &[&str] = &["一次", "once"];
    /// A choice that is taken when time runs out.
    pub const TIMEOUT: &[&str] = &["超时", "超時", "timeout"];
    /// How long a learner may think.
    pub const LIMIT: &[&str] = &["限时", "限時", "within"];
    /// What follows the number of a time limit.
    pub const SECONDS: &[&str] = &["秒", "seconds", "second", "s"];
    /// Whether the question of a place was answered rightly.
    pub const ANSWERED: &[&str] = &["答对", "答對", "answered"];
    /// What opens an expert's remark.
    pub const REMARK: &[&str] = &["点评：", "點評：", "Remark:"];
    /// What opens an ending.
    pub const ENDING: &[&str] = &["结局：", "結局：", "Ending:"];
    /// An ending that one wishes for.
    pub const GOOD: &[&str] = &["成功", "Success", "Good"];
    /// An ending that one can live with.
    pub const MIXED: &[&str] = &["一般", "Mixed", "Fair"];
    /// An ending that one regrets.
    pub const BAD: &[&str] = &["失败", "失敗", "Failure", "Bad"];
}

/// The words of one language, for those who write pages instead of reading them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Words {
    pub explanation: &'static str,
    pub model: &'static str,
    pub hint: &'static str,
    /// Before the points of a criterion.
    pub criterion: &'static str,
    pub ordering: &'static str,
    pub matching: &'static str,
    pub classify: &'static str,
    pub multiple: &'static str,
    pub survey: &'static str,
    pub points: &'static str,
    /// The two options of a question of true or false.
    pub true_false: [&'static str; 2],
    /// Between a label and what it is for.
    pub colon: &'static str,
    /// Around a note in a heading.
    pub brackets: [&'static str; 2],
}

/// The words of a language.
pub fn words(language: SiteLanguage) -> Words {
    let [at, last] = match language {
        SiteLanguage::Hans => [0, 0],
        SiteLanguage::Hant => [1, 0],
        SiteLanguage::English => [2, 1],
    };
    let english = language == SiteLanguage::English;
    Words {
        explanation: EXPLANATION[last],
        model: MODEL[at],
        hint: HINT[last],
        criterion: CRITERION[at],
        ordering: ORDERING[last],
        matching: MATCHING[at],
        classify: CLASSIFY[at],
        multiple: MULTIPLE[if english { 3 } else { at }],
        survey: SURVEY[at],
        points: POINTS[last],
        true_false: TRUE_FALSE[at],
        colon: if english { ": " } else { "：" },
        brackets: if english { [" (", ")"] } else { ["（", "）"] },
    }
}

/// The markdown of a labelled quote without its label, which may be bold.
pub fn without_label(markdown: &str) -> &str {
    let labels = [EXPLANATION, MODEL, HINT];
    for label in labels.into_iter().flatten() {
        let bare = markdown.strip_prefix("**").unwrap_or(markdown);
        let Some(rest) = bare.strip_prefix(label) else {
            continue;
        };
        return if bare.len() == markdown.len() {
            rest.trim_start()
        } else {
            rest.strip_prefix("**").unwrap_or(rest).trim_start()
        };
    }
    markdown
}

/// A heading without a last note that only says that its answer is an order or a table.
pub fn without_shape(heading: &str) -> &str {
    for word in [ORDERING, MATCHING, CLASSIFY].into_iter().flatten() {
        let rest = heading
            .strip_suffix(['）', ')'])
            .and_then(|rest| rest.strip_suffix(word))
            .and_then(|rest| rest.strip_suffix(['（', '(']));
        if let Some(rest) = rest.map(str::trim_end).filter(|rest| !rest.is_empty()) {
            return rest;
        }
    }
    heading
}

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

/// Whether a quote says why an answer is right.
pub fn is_explanation(text: &str) -> bool {
    starts(text, EXPLANATION)
}

/// Whether a quote is a model answer.
pub fn is_model(text: &str) -> bool {
    starts(text, MODEL)
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
    is_matching(heading) || contains(heading, CLASSIFY)
}

/// Whether the table below a question says what belongs together.
pub fn is_matching(heading: &str) -> bool {
    contains(heading, MATCHING)
}

/// Whether several options are right.
pub fn is_multiple(heading: &str) -> bool {
    notes(heading).any(|note| MULTIPLE.contains(&note))
}

/// Whether no option is right.
pub fn is_survey(heading: &str) -> bool {
    notes(heading).any(|note| SURVEY.contains(&note))
}

/// Whether some options are those of a question of true or false.
pub fn is_true_false(options: &[String]) -> bool {
    TRUE_FALSE
        .iter()
        .any(|pair| options == pair || options.iter().rev().eq(pair))
}

/// The points that a heading promises: `（2 分）`.
pub fn points(heading: &str) -> Option<u32> {
    notes(heading).find_map(|note| {
        let word = POINTS.iter().find(|word| note.ends_with(**word))?;
        let number = note.strip_suffix(word)?.trim();
        number
            .parse()
            .ok()
            .filter(|points| (1..=MOST_POINTS).contains(points))
    })
}

/// A heading without the notes in parentheses that say how it is answered.
pub fn without_notes(heading: &str) -> String {
    let mut kept = heading.to_owned();
    for note in notes(heading) {
        let means = MULTIPLE.contains(&note) || SURVEY.contains(&note) || points_note(note);
        if means && let Some(at) = kept.find(note) {
            let open = kept[..at]
                .char_indices()
                .next_back()
                .map_or(at, |(at, _)| at);
            let after = at + note.len();
            let close = kept[after..].chars().next().map_or(0, char::len_utf8);
            kept.replace_range(open..after + close, "");
        }
    }
    kept.trim().to_owned()
}

fn points_note(note: &str) -> bool {
    points(&format!("（{note}）")).is_some()
}

/// What stands in parentheses in a heading.
fn notes(heading: &str) -> impl Iterator<Item = &str> {
    heading
        .split(['（', '('])
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(['）', ')'])?.0.trim()))
}

/// The points of a criterion and what it says: `评分 2：先致歉`.
pub fn criterion(item: &str) -> Option<(u32, &str)> {
    let rest = CRITERION.iter().find_map(|word| item.strip_prefix(word))?;
    let (points, text) = rest.split_once(['：', ':'])?;
    let points = match points.trim() {
        "" => 1,
        number => number
            .parse()
            .ok()
            .filter(|points| *points <= MOST_POINTS)?,
    };
    Some((points, text.trim()))
}

/// A number and the unit behind it.
pub fn split_unit(text: &str) -> Option<(&str, &str)> {
    UNITS.iter().find_map(|unit| {
        let number = text.strip_suffix(unit)?.trim_end();
        // A unit that is all there is to the number is a word.
        (!number.is_empty()).then_some((number, *unit))
    })
}

#[cfg(test)]
mod tests {
    use super::{also, criterion, is_multiple, points, without_notes};

    #[test]
    fn other_names_are_listed() {
        assert_eq!(
            also("也叫：催费、欠费，滞纳金。"),
            Some(vec!["催费".into(), "欠费".into(), "滞纳金".into()])
        );
        assert_eq!(also("你也叫我小陈：好"), None);
    }

    #[test]
    fn notes_in_headings_say_how_to_answer() {
        assert!(is_multiple("哪几件？（多选）"));
        assert!(!is_multiple("多选一份合同？"));
        assert_eq!(points("算一算（2 分）"), Some(2));
        assert_eq!(points("算一算（2）"), None);
        assert_eq!(without_notes("哪几件？（多选）（2分）"), "哪几件？");
        assert_eq!(without_notes("维修（公共）"), "维修（公共）");
        assert_eq!(criterion("评分 2：先致歉"), Some((2, "先致歉")));
        assert_eq!(criterion("评分：先致歉"), Some((1, "先致歉")));
        assert_eq!(criterion("评分标准见下"), None);
    }
}
