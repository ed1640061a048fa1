//! Dates in every form that feeds have.
//!
//! RFC 822 with its usual errors, ISO 8601, the output of `asctime`, seconds since 1970, and names of months in several
//! languages. A date without a zone is in UTC, one without a time is midnight. The day of the week is not read, so a
//! wrong one does no harm. What could mean two days (`03/04/2024`) is no date.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use crate::bounds::DATE_CHARS_MAX;
use clock::{Clock, clock_in};
use day::day_in;
use zone::Zone;

mod clock;
mod day;
mod months;
mod zone;

/// Years that are dates. Programs write the year 1 or 1900 where they have none.
const YEARS: std::ops::RangeInclusive<i16> = 1901..=9998;

/// The instant that a text names.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.chars().nth(DATE_CHARS_MAX).is_some() {
        return None;
    }
    let text = text.to_lowercase();
    if text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() >= 9 {
        return of_digits(&text);
    }
    let instant = match clock_in(&text) {
        Some(clock) => on_day(day_in(&clock.day)?, &clock),
        None => on_day(day_in(&text)?, &Clock::midnight()),
    };
    // The zero of Unix time is what programs write for no date.
    instant.filter(|instant| *instant != Timestamp::UNIX_EPOCH)
}

/// Digits alone: `20031231101455`, or seconds or milliseconds since 1970.
fn of_digits(digits: &str) -> Option<Timestamp> {
    match digits.len() {
        9 | 10 => Timestamp::from_second(digits.parse().ok()?).ok(),
        13 => Timestamp::from_millisecond(digits.parse().ok()?).ok(),
        14 => {
            let (day, time) = digits.split_at_checked(8)?;
            on_day(day_in(day)?, &Clock::of_digits(time)?)
        }
        _ => None,
    }
}

fn on_day(day: Date, clock: &Clock) -> Option<Timestamp> {
    if !YEARS.contains(&day.year()) {
        return None;
    }
    let midnight = day.at(0, 0, 0, 0);
    let time = midnight.checked_add(SignedDuration::new(i64::from(clock.seconds), clock.nanoseconds)).ok()?;
    match &clock.zone {
        Zone::Offset(seconds) => Offset::from_seconds(*seconds).ok()?.to_timestamp(time).ok(),
        Zone::Named(zone) => TimeZone::to_timestamp(zone, time).ok(),
    }
}

#[cfg(test)]
mod tests;
