//! Discord's time, by the header `Date` of its answers. The clock of this machine may be wrong by hours, and it may jump. So what
//! Discord decides by time, as the life of a nonce and the ids of messages, is never computed from the clock of this machine.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{DATE, HeaderMap};

/// Discord's time. Unknown before the first answer.
#[derive(Debug, Default)]
pub(super) struct DiscordClock(Mutex<Option<Reading>>);

/// The time that an answer said, in whole seconds, and when it came by a clock that never jumps.
#[derive(Debug, Clone, Copy)]
struct Reading {
    date: Timestamp,
    at: Instant,
}

impl DiscordClock {
    /// Reads the date of an answer that came at this moment. An answer without a readable date changes nothing.
    pub(super) fn note(&self, headers: &HeaderMap, at: Instant) {
        let date = headers.get(DATE).and_then(|date| date.to_str().ok());
        let date = date.and_then(|date| DateTimeParser::new().parse_timestamp(date).ok());
        if let Some(date) = date {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Reading { date, at });
        }
    }

    /// Discord's time now, at most about a second off. While this machine sleeps, the time may stand still.
    pub(super) fn now(&self, at: Instant) -> Option<Timestamp> {
        let reading = (*self.0.lock().unwrap_or_else(PoisonError::into_inner))?;
        let passed = at.saturating_duration_since(reading.at);
        reading.date.checked_add(SignedDuration::try_from(passed).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn headers(date: &str) -> HeaderMap {
        HeaderMap::from_iter([(DATE, date.parse().unwrap())])
    }

    #[test]
    fn the_time_goes_on_from_the_last_readable_date() {
        let (clock, start) = (DiscordClock::default(), Instant::now());
        assert_eq!(clock.now(start), None);
        clock.note(&headers("Mon, 15 Jun 2026 12:00:00 GMT"), start);
        clock.note(&headers("yesterday"), start + Duration::from_secs(5));
        clock.note(&HeaderMap::new(), start + Duration::from_secs(5));
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert_eq!(clock.now(start + Duration::from_secs(90)), Some(at("2026-06-15T12:01:30Z")));
    }
}
