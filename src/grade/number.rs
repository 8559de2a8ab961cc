//! Numbers as people write them: digits of either width, Chinese numerals, percent in signs and in
//! words, units behind.

use unicode_normalization::UnicodeNormalization;

/// Signs and words for shares, and what one of them is in percent.
const SHARES: &[(&str, f64)] = &[("%", 1.0), ("‰", 0.1), ("‱", 0.01)];
const SPOKEN: &[(&str, f64)] = &[
    ("百分之", 1.0),
    ("千分之", 0.1),
    ("万分之", 0.01),
    ("萬分之", 0.01),
];

/// Reads a number; `None` where anything else stands around it. Where `percent` is set, the value
/// is in percent whether or not a sign says so; elsewhere `50%` is 0.5.
pub fn read(text: &str, percent: bool, units: &[String]) -> Option<f64> {
    let text: String = text.nfkc().collect();
    let mut text = text.trim();
    for unit in units {
        if let Some(rest) = text.strip_suffix(unit.as_str()) {
            text = rest.trim_end();
            break;
        }
    }
    for (word, share) in SPOKEN {
        if let Some(rest) = text.strip_prefix(word) {
            return plain(rest.trim()).map(|value| in_percent(value * share, percent));
        }
    }
    for (sign, share) in SHARES {
        if let Some(rest) = text.strip_suffix(sign) {
            return plain(rest.trim_end()).map(|value| in_percent(value * share, percent));
        }
    }
    plain(text)
}

fn in_percent(value: f64, percent: bool) -> f64 {
    if percent { value } else { value / 100.0 }
}

/// A number without sign of share and without unit.
fn plain(text: &str) -> Option<f64> {
    let (negative, text) = match text.strip_prefix(['-', '−', '负', '負']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let value = digits(text).or_else(|| chinese(text))?;
    Some(if negative { -value } else { value })
}

/// Digits, with separators between groups of three or none at all.
fn digits(text: &str) -> Option<f64> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split([',', ' ']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest
        .iter()
        .all(|group| group.len() == 3 && is_digits(group));
    let opening = rest.is_empty() || first.len() <= 3;
    if !is_digits(first) || !grouped || !opening || !fraction.is_none_or(is_digits) {
        return None;
    }
    format!("{first}{}.{}", rest.concat(), fraction.unwrap_or("0"))
        .parse()
        .ok()
}

/// Chinese numerals: 三, 十二, 一百零五, 两万三千, 三点五, 二〇二六.
fn chinese(text: &str) -> Option<f64> {
    let (whole, fraction) = match text.split_once(['点', '點']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let whole = cardinal(whole).or_else(|| figures(whole))?;
    let Some(fraction) = fraction else {
        return Some(whole);
    };
    let places = i32::try_from(fraction.chars().count()).ok()?;
    Some(whole + figures(fraction)? / 10f64.powi(places))
}

fn figure(c: char) -> Option<u64> {
    "〇一二三四五六七八九"
        .chars()
        .position(|one| one == c)
        .or(match c {
            '零' => Some(0),
            '两' | '兩' => Some(2),
            _ => None,
        })
        .map(|value| value as u64)
}

/// Figure by figure: 二〇二六.
fn figures(text: &str) -> Option<f64> {
    let values: Option<Vec<u64>> = text.chars().map(figure).collect();
    let values = values.filter(|values| !values.is_empty() && values.len() <= 15)?;
    Some(values.iter().fold(0, |sum, value| sum * 10 + value) as f64)
}

/// By place: tens, hundreds and thousands, in groups of 万 and 亿.
fn cardinal(text: &str) -> Option<f64> {
    let mut total = 0u64;
    let mut group = 0u64;
    let mut pending: Option<u64> = None;
    for c in text.chars() {
        let place = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '万' | '萬' => 10_000,
            '亿' | '億' => 100_000_000,
            '零' | '〇' if pending.is_none() => continue,
            _ if pending.is_some() => return None,
            _ => {
                pending = Some(figure(c)?);
                continue;
            }
        };
        if place >= 10_000 {
            group += pending.take().unwrap_or(0);
            if group == 0 && total == 0 {
                return None;
            }
            total = match place {
                10_000 => total.checked_add(group.checked_mul(place)?)?,
                _ => total.checked_add(group)?.checked_mul(place)?,
            };
            group = 0;
        } else {
            // 十二 leaves out the one.
            let figure = pending.take().or((place == 10).then_some(1))?;
            group += figure * place;
        }
    }
    (!text.is_empty()).then(|| (total + group + pending.unwrap_or(0)) as f64)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn numbers_are_read_in_every_dress() {
        let bare = |text| read(text, false, &["元".to_owned()]);
        for text in [
            "1200",
            "1,200",
            "１２００",
            "1 200.0",
            "一千二百",
            "1200元",
            "+1200 元",
        ] {
            assert_eq!(bare(text), Some(1200.0), "{text}");
        }
        assert_eq!(bare("十二"), Some(12.0));
        assert_eq!(bare("两万三千零五"), Some(23005.0));
        assert_eq!(bare("二〇二六"), Some(2026.0));
        assert_eq!(bare("三点一四"), Some(3.14));
        assert_eq!(bare("三亿五千万"), Some(3.5e8));
        assert_eq!(bare("-5"), Some(-5.0));
        assert_eq!(bare("50%"), Some(0.5));
        for text in ["", "元", "12天", "1,20", "三三十", "1.", ".5", "约3"] {
            assert_eq!(bare(text), None, "{text}");
        }
    }

    #[test]
    fn shares_are_in_percent_where_percent_is_asked() {
        for text in ["0.3%", "0.3", "３‰", "千分之三", "百分之零点三"] {
            let value = read(text, true, &[]).unwrap_or_default();
            assert!((value - 0.3).abs() < 1e-12, "{text}: {value}");
        }
    }
}
