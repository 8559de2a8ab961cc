//! The phrases that make a sentence a question and say nothing of what it asks about.

/// Left out at the end of a word, again and again until none is left.
const AT_THE_END: &[&str] = &[
    "怎么跟业主说",
    "怎么跟业主解释",
    "怎么处理",
    "怎么回答",
    "怎么回复",
    "怎么应对",
    "怎么解释",
    "怎么办",
    "怎么说",
    "怎么做",
    "如何处理",
    "如何回答",
    "如何回复",
    "如何应对",
    "如何解释",
    "是什么意思",
    "什么意思",
    "是什么",
    "怎么样",
    "吗",
    "呢",
    "吧",
    "啊",
    "呀",
    "嘛",
];

/// Left out wherever they stand. A longer phrase stands before the one it begins with.
const ANYWHERE: &[&str] = &[
    "为什么",
    "怎么样",
    "怎么",
    "如何",
    "什么",
    "请问",
    "是不是",
    "能不能",
    "可不可以",
    "有没有",
    "应该",
];

/// The parts of a folded word that say what it is about, and the parts that only ask.
pub fn strip_question(word: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut kept, mut dropped) = (Vec::new(), Vec::new());
    let mut body = word;
    while let Some((rest, tail)) = AT_THE_END.iter().find_map(|tail| ending(body, tail)) {
        body = rest;
        dropped.insert(0, tail);
    }
    let mut begin = 0;
    let mut at = 0;
    while let Some(char) = body[at..].chars().next() {
        match ANYWHERE.iter().find(|stop| body[at..].starts_with(**stop)) {
            Some(stop) => {
                kept.push(&body[begin..at]);
                dropped.insert(0, &body[at..at + stop.len()]);
                at += stop.len();
                begin = at;
            }
            None => at += char.len_utf8(),
        }
    }
    kept.push(&body[begin..]);
    kept.retain(|part| !part.is_empty());
    (kept, dropped)
}

/// The word without its ending, and the ending, if it has this one.
fn ending<'a>(word: &'a str, tail: &str) -> Option<(&'a str, &'a str)> {
    word.ends_with(tail)
        .then(|| word.split_at(word.len() - tail.len()))
}
