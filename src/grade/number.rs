//! Numbers as people write them: digits of either width, Chinese numerals, both together (1.5万),
//! percent in signs and in words, units behind.

use super::text;

const DIGITS: &str = "零一二三四五六七八九";
/// The places of Chinese numerals, from the highest.
const PLACES: &[(char, u64)] = &[
    ('亿', 100_000_000),
    ('万', 10_000),
    ('千', 1000),
    ('百', 100),
    ('十', 10),
];
/// Other ways to write the same, in pairs.
const VARIANTS: &str = "〇零两二兩二萬万億亿點点負负";
/// Signs for shares and the characters before 分之, each with the whole that it is a share of.
const WHOLES: &[(char, f64)] = &[
    ('百', 100.0),
    ('%', 100.0),
    ('千', 1000.0),
    ('‰', 1000.0),
    ('万', 1e4),
    ('‱', 1e4),
];

/// Reads a number; `None` where anything else stands around it. Where `percent` is set, the value
/// is in percent whether or not a sign says so; elsewhere `50%` is 0.5. `fold` is read as in
/// [`text::normalise`].
pub fn read(written: &str, percent: bool, units: &[String], fold: &str) -> Option<f64> {
    let form = |one: &str| {
        let folded = text::fold(&text::fold(one, fold), VARIANTS);
        folded.trim().to_owned()
    };
    let written = form(written);
    let mut rest = written.as_str();
    let units = units.iter().map(|unit| form(unit));
    let unit = units
        .filter(|unit| !unit.is_empty() && rest.ends_with(unit))
        .max_by_key(String::len);
    if let Some(unit) = unit {
        rest = rest.strip_suffix(&unit)?.trim_end();
    }
    let (negative, rest) = match rest.strip_prefix(['-', '−', '负']) {
        Some(after) => (true, after),
        None => (false, rest.strip_prefix('+').unwrap_or(rest)),
    };
    let (whole, body) = share(rest.strip_prefix(' ').unwrap_or(rest))?;
    let value = number(body)?;
    let value = match whole {
        Some(whole) if percent => value * 100.0 / whole,
        Some(whole) => value / whole,
        None => value,
    };
    Some(if negative { -value } else { value })
}

/// The whole that a number is a share of, and the number; `None` where it is said twice.
fn share(text: &str) -> Option<(Option<f64>, &str)> {
    let whole = |sign: char| {
        let known = WHOLES.iter().find(|(one, _)| *one == sign);
        known.map(|(_, whole)| *whole)
    };
    let mut chars = text.chars();
    let spoken = chars
        .next()
        .filter(|one| "百千万".contains(*one))
        .and_then(whole);
    let (before, rest) = match (spoken, chars.as_str().strip_prefix("分之")) {
        (Some(whole), Some(rest)) => (Some(whole), rest.strip_prefix(' ').unwrap_or(rest)),
        _ => (None, text),
    };
    let (after, rest) = match rest.strip_suffix(['%', '‰', '‱']) {
        Some(body) => (
            rest.chars().next_back().and_then(whole),
            body.strip_suffix(' ').unwrap_or(body),
        ),
        None => (None, rest),
    };
    match (before, after) {
        (Some(_), Some(_)) => None,
        (before, after) => Some((before.or(after), rest)),
    }
}

/// A number in figures, in Chinese, or in both, without sign, share and unit.
fn number(text: &str) -> Option<f64> {
    let body = text.trim_end_matches(is_place);
    let places = text[body.len()..].chars();
    let size = |product: f64, place: char| product * value_of(place).unwrap_or(1) as f64;
    let scale = || places.clone().fold(1.0, size);
    if let Some(value) = arabic(body.strip_suffix(' ').unwrap_or(body)) {
        return Some(value * scale());
    }
    match text.split_once('点') {
        Some((whole, _)) => {
            let (_, fraction) = body.split_once('点')?;
            let fraction = figures(fraction)?;
            let whole = spoken(whole, false)?;
            let value: f64 = format!("{whole}.{fraction}").parse().ok()?;
            Some(value * scale())
        }
        None => spoken(text, false).map(|value| value as f64),
    }
}

fn is_place(c: char) -> bool {
    value_of(c).is_some()
}

fn value_of(place: char) -> Option<u64> {
    let known = PLACES.iter().find(|(one, _)| *one == place);
    known.map(|(_, value)| *value)
}

/// Digits, with separators between groups of three or none at all.
fn arabic(text: &str) -> Option<f64> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = whole.split([',', ' ']).collect();
    let sound = match groups.as_slice() {
        [""] => fraction.is_some(),
        [only] => is_digits(only),
        [first, rest @ ..] => {
            let is_group = |group: &&str| group.len() == 3 && is_digits(group);
            is_digits(first) && first.len() <= 3 && rest.iter().all(is_group)
        }
        [] => false,
    };
    if !sound || !fraction.is_none_or(is_digits) {
        return None;
    }
    let whole = format!("0{}", groups.concat());
    format!("{whole}.{}", fraction.unwrap_or("0")).parse().ok()
}

/// Chinese figures as Arabic ones: 二零二六.
fn figures(text: &str) -> Option<String> {
    let figure = |c: char| DIGITS.chars().position(|one| one == c);
    let digits: Option<String> = text
        .chars()
        .map(|c| figure(c).map(|digit| digit.to_string()))
        .collect();
    digits.filter(|digits| !digits.is_empty())
}

/// A whole number in Chinese. 一百零五 is 105, 一百五 is 150, and 二零二六, figure by figure, 2026; but
/// figures do not stand beside places: 二三十 is no number.
fn spoken(text: &str, inner: bool) -> Option<u64> {
    for (place, size) in PLACES {
        let Some((left, right)) = text.split_once(*place) else {
            continue;
        };
        let many = if left.is_empty() {
            1
        } else {
            spoken(left, true)?
        };
        let last = match right.trim_start_matches('零') {
            "" => 0,
            rest => spoken(rest, true)?,
        };
        let short = right.chars().count() == 1 && *size > 10;
        let rest = if short { last * size / 10 } else { last };
        let sound = many > 0
            && (many < 10 || *size >= 10_000)
            && rest < *size
            && (rest > 0 || right.is_empty());
        return sound
            .then(|| many.checked_mul(*size)?.checked_add(rest))
            .flatten();
    }
    if inner && text.chars().count() > 1 {
        return None;
    }
    figures(text)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn numbers_are_read_in_every_dress() {
        let bare = |text| read(text, false, &["元".to_owned()], "");
        for text in [
            "1200",
            "1,200",
            "１２００",
            "1 200.0",
            "一千二",
            "一千二百",
            "1200元",
            "+1200 元",
            "1.2千",
        ] {
            assert_eq!(bare(text), Some(1200.0), "{text}");
        }
        assert_eq!(bare("两万三千零五"), Some(23005.0));
        assert_eq!(bare("二〇二六"), Some(2026.0));
        assert_eq!(bare("三点二五"), Some(3.25));
        assert_eq!(bare("三亿五千万"), Some(3.5e8));
        assert_eq!(bare("50%"), Some(0.5));
        for text in ["", "元", "12天", "1,20", "三三十", "1.", "约3"] {
            assert_eq!(bare(text), None, "{text}");
        }
    }

    #[test]
    fn shares_are_in_percent_where_percent_is_asked() {
        for text in ["0.3%", "0.3", "３‰", "千分之三", "百分之零点三"] {
            let value = read(text, true, &[], "").unwrap_or_default();
            assert!((value - 0.3).abs() < 1e-12, "{text}: {value}");
        }
    }
}
