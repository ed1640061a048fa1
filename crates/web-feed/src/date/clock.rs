//! The time of day in a date, and the zone behind it.

use super::zone::{Zone, zone_in};

/// A time of day, and what the text says beside it.
#[derive(Debug)]
pub(super) struct Clock {
    /// Since midnight.
    pub(super) seconds: i32,
    pub(super) nanoseconds: i32,
    pub(super) zone: Zone,
    /// The text without the time and the zone.
    pub(super) day: String,
}

impl Clock {
    pub(super) fn midnight() -> Self {
        Self { seconds: 0, nanoseconds: 0, zone: Zone::Offset(0), day: String::new() }
    }

    /// The time of digits alone: `101455` or `1014`, in UTC.
    pub(super) fn of_digits(digits: &str) -> Option<Self> {
        let pair = |at: usize| digits.get(at..at + 2).map_or(Some(0), |digits| digits.parse::<i32>().ok());
        let seconds = seconds_of(pair(0)?, pair(2)?, pair(4)?, HalfOfDay::None)?;
        Some(Self { seconds, ..Self::midnight() })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HalfOfDay {
    None,
    Morning,
    Afternoon,
}

/// The clock in a text of lower case. A text with a time that cannot be has one whose day cannot be read.
pub(super) fn clock_in(text: &str) -> Option<Clock> {
    with_colons(text).or_else(|| without_colons(text))
}

/// `10:14`, `10:14:55.5`, also with a zone, `pm` or words for it.
fn with_colons(text: &str) -> Option<Clock> {
    let colon = text.find(':')?;
    let before = text.get(..colon)?;
    let hour_digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let begin = colon - hour_digits;
    let (hour, _) = leading_number(text.get(begin..)?, 2)?;
    let (minute, mut rest) = leading_number(text.get(colon + 1..)?, 2)?;
    let mut second = 0;
    let mut nanoseconds = 0;
    if let Some(behind) = rest.strip_prefix(':') {
        (second, rest) = leading_number(behind, 2)?;
    }
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, behind) = fraction.split_at_checked(digits)?;
        nanoseconds = nanoseconds_of(digits);
        rest = behind;
    }
    let day = text.get(..begin)?;
    let (half, day, rest) = match take_half_of_day(day, HALVES_BEFORE) {
        (HalfOfDay::None, day) => {
            let (half, rest) = take_half_of_day(rest, HALVES_BEHIND);
            (half, day, rest)
        }
        (half, day) => (half, day, rest.to_owned()),
    };
    let seconds = seconds_of(hour, minute, second, half);
    let (zone, rest) = zone_in(&rest);
    // The `T` between day and time.
    let day = day.trim_end();
    let day = day.strip_suffix('t').filter(|day| day.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(day);
    Some(Clock { seconds: seconds?, nanoseconds, zone, day: format!("{day} {rest}") })
}

/// `20031231T101455Z`: basic ISO 8601.
fn without_colons(text: &str) -> Option<Clock> {
    let (day, rest) = text.split_once('t')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (time, rest) = rest.split_at_checked(digits)?;
    if !day.ends_with(|c: char| c.is_ascii_digit()) || !matches!(time.len(), 4 | 6) {
        return None;
    }
    let (zone, _) = zone_in(rest);
    Some(Clock { zone, day: day.to_owned(), ..Clock::of_digits(time)? })
}

/// The number of at most so many digits at the begin of a text, and what follows.
fn leading_number(text: &str, digits_max: usize) -> Option<(i32, &str)> {
    let text = text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > digits_max {
        return None;
    }
    let (number, rest) = text.split_at_checked(digits)?;
    Some((number.parse().ok()?, rest))
}

fn nanoseconds_of(digits: &str) -> i32 {
    let nine: String = digits.chars().chain(std::iter::repeat('0')).take(9).collect();
    nine.parse().unwrap_or(0)
}

/// Second 60 is a leap second, hour 24 the end of a day.
fn seconds_of(hour: i32, minute: i32, second: i32, half: HalfOfDay) -> Option<i32> {
    let hour = match half {
        HalfOfDay::Morning if hour == 12 => 0,
        HalfOfDay::Afternoon if hour < 12 => hour + 12,
        _ => hour,
    };
    let is_end_of_day = hour == 24 && minute == 0 && second == 0;
    let is_time = (hour < 24 || is_end_of_day) && minute < 60 && second <= 60;
    is_time.then_some(hour * 3600 + minute * 60 + second.min(59))
}

/// Words that stand before the time.
const HALVES_BEFORE: &[(&str, HalfOfDay)] = &[
    ("午前", HalfOfDay::Morning),
    ("午後", HalfOfDay::Afternoon),
    ("上午", HalfOfDay::Morning),
    ("下午", HalfOfDay::Afternoon),
    ("오전", HalfOfDay::Morning),
    ("오후", HalfOfDay::Afternoon),
];

/// Words that stand behind the time.
const HALVES_BEHIND: &[(&str, HalfOfDay)] = &[
    ("a.m.", HalfOfDay::Morning),
    ("p.m.", HalfOfDay::Afternoon),
    ("am", HalfOfDay::Morning),
    ("pm", HalfOfDay::Afternoon),
];

/// Takes a word for a half of the day out of a text.
fn take_half_of_day(text: &str, words: &[(&str, HalfOfDay)]) -> (HalfOfDay, String) {
    let is_whole_word = |at: usize, word: &str| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + word.len()..).and_then(|behind| behind.chars().next());
        !before.is_some_and(char::is_alphabetic) && !behind.is_some_and(char::is_alphabetic)
    };
    for (word, half) in words {
        if text.find(word).is_some_and(|at| is_whole_word(at, word)) {
            return (*half, text.replacen(word, " ", 1));
        }
    }
    (HalfOfDay::None, text.to_owned())
}
