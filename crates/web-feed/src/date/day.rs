//! The day in a date.

use jiff::ToSpan;
use jiff::civil::Date;

use super::months::month_of;

/// A number as it is written: `04` is not `4`, nor `2004`.
#[derive(Debug, Clone, Copy)]
struct Number {
    value: i16,
    digits: usize,
}

/// The numbers and words of a text.
#[derive(Debug, Default)]
struct Parts {
    numbers: Vec<Number>,
    /// The last word that names a month. An earlier one is a day of the week: `mar., 12 nov.` is a Tuesday.
    month: Option<i8>,
    /// The character behind the first number.
    separator: Option<char>,
}

/// The day that a text of lower case names. Words that name no month are passed over.
pub(super) fn day_in(text: &str) -> Option<Date> {
    let parts = parts_of(text)?;
    match (parts.month, parts.numbers.as_slice()) {
        (Some(month), numbers) => with_month(month, numbers),
        (None, [year, month, day, ..]) if year.digits >= 4 => date(year.value, month.value, day.value),
        (None, [first, second, year, ..]) if year.digits == 4 => {
            day_and_month(first.value, second.value, parts.separator, year.value)
        }
        (None, [year, month, day]) if year.digits == 2 && parts.separator == Some('-') => {
            date(full_year(*year), month.value, day.value)
        }
        (None, [year, ordinal]) if year.digits == 4 && ordinal.digits == 3 => {
            nth_day(year.value, ordinal.value)
        }
        (None, [year, month]) if year.digits == 4 => date(year.value, month.value, 1),
        (None, [year]) if year.digits == 4 => date(year.value, 1, 1),
        (None, []) => of_digits(text.trim()),
        _ => None,
    }
}

/// Splits a text. Numbers of more than four digits are none; a text with a colon left has a time that cannot be.
fn parts_of(text: &str) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_alike = |c: &char| match first {
            '0'..='9' => c.is_ascii_digit(),
            _ => c.is_alphabetic() && first.is_alphabetic(),
        };
        let length: usize = rest.chars().take_while(is_alike).map(char::len_utf8).sum();
        let (part, behind) = rest.split_at_checked(length.max(first.len_utf8()))?;
        rest = behind;
        if first == ':' {
            return None;
        }
        if first.is_ascii_digit() && part.len() <= 4 {
            if parts.numbers.is_empty() {
                parts.separator = behind.chars().next();
            }
            parts.numbers.push(Number { value: part.parse().ok()?, digits: part.len() });
        } else if let Some(month) = month_of(part) {
            parts.month = Some(month);
        }
    }
    Some(parts)
}

/// `1 Jan 2004`, `Jan 1, 2004`, `2004 Jan 1`, `Jan 2004`.
fn with_month(month: i8, numbers: &[Number]) -> Option<Date> {
    let month = i16::from(month);
    match numbers {
        [year, day, ..] if year.digits >= 3 => date(full_year(*year), month, day.value),
        [day, year, ..] => date(full_year(*year), month, day.value),
        [year] if year.digits == 4 => date(year.value, month, 1),
        _ => None,
    }
}

/// Dots are European, where the day comes first. With other separators the order is known only from a number above 12.
fn day_and_month(first: i16, second: i16, separator: Option<char>, year: i16) -> Option<Date> {
    let is_day_first = separator == Some('.') || first > 12 || first == second;
    match (is_day_first, second > 12) {
        (true, _) => date(year, second, first),
        (false, true) => date(year, first, second),
        (false, false) => None,
    }
}

/// Digits without separators: `20031231`, `031231`, `2003365`, `03365`.
fn of_digits(digits: &str) -> Option<Date> {
    let part = |begin: usize, end: usize| digits.get(begin..end)?.parse::<i16>().ok();
    let century = |year: i16| full_year(Number { value: year, digits: 2 });
    match digits.len() {
        8 => date(part(0, 4)?, part(4, 6)?, part(6, 8)?),
        7 => nth_day(part(0, 4)?, part(4, 7)?),
        6 => date(century(part(0, 2)?), part(2, 4)?, part(4, 6)?),
        5 => nth_day(century(part(0, 2)?), part(2, 5)?),
        _ => None,
    }
}

/// RFC 2822: two digits up to 49 are of this century, and three digits count from 1900.
fn full_year(year: Number) -> i16 {
    match year.digits {
        0..=2 if year.value < 50 => year.value + 2000,
        0..=3 => year.value + 1900,
        _ => year.value,
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn nth_day(year: i16, ordinal: i16) -> Option<Date> {
    let first = date(year, 1, 1)?;
    let day = first.checked_add((i64::from(ordinal) - 1).days()).ok()?;
    (ordinal > 0 && day.year() == year).then_some(day)
}
