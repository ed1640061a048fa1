//! When a feed posts: the number of posts in an hour, quiet hours, digests. A story that has to wait is never dropped.

use std::fmt;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{Disambiguation, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan, Unit, ZonedDateTime, ZonedDateTimeRound};

/// The default of the most posts in an hour.
pub const POSTS_PER_HOUR_DEFAULT: u16 = 10;
/// The highest value of the most posts in an hour: one post a second.
pub const POSTS_PER_HOUR_MAX: u16 = 3600;
/// The default time of a daily and of a weekly digest.
const DIGEST_AT_DEFAULT: Time = Time::constant(9, 0, 0, 0);

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// When a feed posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pacing {
    /// The most posts in any 60 minutes.
    pub posts_per_hour_max: u16,
    /// When the feed posts nothing.
    pub quiet_hours: Option<QuietHours>,
    /// The time zone of quiet hours and digests.
    pub zone: Zone,
    /// Whether the feed posts articles together.
    pub digest: Digest,
}

impl Default for Pacing {
    fn default() -> Self {
        Self {
            posts_per_hour_max: POSTS_PER_HOUR_DEFAULT,
            quiet_hours: None,
            zone: Zone(TimeZone::UTC),
            digest: Digest::Off,
        }
    }
}

impl Pacing {
    /// The end of the quiet hours. `None` outside of quiet hours.
    #[must_use]
    pub fn quiet_until(&self, now: Timestamp) -> Option<Timestamp> {
        let quiet = self.quiet_hours?;
        let local = now.to_zoned_datetime(self.zone.0.clone());
        if !quiet.contains(local.time()) {
            return None;
        }
        let today = local.date();
        let date = if local.time() < quiet.to { today } else { today.tomorrow().unwrap_or(today) };
        Some(self.zone.next(date.to_datetime(quiet.to), now))
    }

    /// The earliest time of the next post. `posted_at` has the times of earlier posts, in any order.
    #[must_use]
    pub fn free_at(&self, posted_at: &[Timestamp], now: Timestamp) -> Timestamp {
        let mut recent: Vec<Timestamp> = recent(posted_at, now).collect();
        recent.sort_unstable();
        match recent.len().checked_sub(self.count_max()).and_then(|over| recent.get(over)) {
            Some(oldest) => oldest.saturating_add(HOUR).unwrap_or(Timestamp::MAX),
            None => now,
        }
    }

    /// How many posts are allowed now. `posted_at` has the times of earlier posts, in any order.
    #[must_use]
    pub fn room(&self, posted_at: &[Timestamp], now: Timestamp) -> usize {
        self.count_max().saturating_sub(recent(posted_at, now).count())
    }

    fn count_max(&self) -> usize {
        usize::from(self.posts_per_hour_max.max(1))
    }

    /// The time of the first digest after `after`. `None` without digests.
    #[must_use]
    pub fn digest_after(&self, after: Timestamp) -> Option<Timestamp> {
        let local = after.to_zoned_datetime(self.zone.0.clone());
        match self.digest {
            Digest::Off => None,
            Digest::Hourly => Some(next_full_hour(&local).unwrap_or(Timestamp::MAX)),
            Digest::Daily(at) => {
                let tomorrow = local.date().tomorrow();
                Some(self.zone.first(&[local.date(), tomorrow.unwrap_or(Date::MAX)], at, after))
            }
            Digest::Weekly(day, at) => {
                // The day may be today, and its time over.
                let days = local.weekday().until(day);
                let next = local.date().saturating_add(days.days());
                Some(self.zone.first(&[next, next.saturating_add(7.days())], at, after))
            }
        }
    }
}

fn recent(posted_at: &[Timestamp], now: Timestamp) -> impl Iterator<Item = Timestamp> {
    // A time that is further in the future comes from a wrong clock that somebody has corrected since.
    posted_at.iter().copied().filter(move |at| now.duration_since(*at).abs() < HOUR)
}

fn next_full_hour(local: &ZonedDateTime) -> Option<Timestamp> {
    let truncated = ZonedDateTimeRound::new().smallest(Unit::Hour).mode(jiff::RoundMode::Trunc);
    let hour = local.round(truncated).ok()?.timestamp();
    hour.checked_add(SignedDuration::from_hours(1)).ok()
}

/// Why a text is not a setting of [`Pacing`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PacingError {
    /// The text is not of the form `22:00-07:00`.
    #[error("no quiet hours")]
    QuietHours,
    /// The hours begin and end at the same time.
    #[error("quiet hours that begin and end at the same time")]
    EmptyQuietHours,
    /// The text is not a form of [`Digest::parse`].
    #[error("no digest")]
    Digest,
    /// The database of time zones has no zone of this name.
    #[error("no time zone")]
    Zone,
}

/// The hours of the day in which a feed posts nothing. They may pass midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    from: Time,
    to: Time,
}

impl QuietHours {
    /// Reads `22:00-07:00`.
    ///
    /// # Errors
    /// [`PacingError::QuietHours`] and [`PacingError::EmptyQuietHours`].
    pub fn parse(text: &str) -> Result<Self, PacingError> {
        let (from, to) = text.split_once(['-', '–']).ok_or(PacingError::QuietHours)?;
        let time = |text| parse_time(text).ok_or(PacingError::QuietHours);
        let (from, to) = (time(from)?, time(to)?);
        if from == to { Err(PacingError::EmptyQuietHours) } else { Ok(Self { from, to }) }
    }

    fn contains(&self, time: Time) -> bool {
        if self.from < self.to {
            self.from <= time && time < self.to
        } else {
            self.from <= time || time < self.to
        }
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", hour_and_minute(self.from), hour_and_minute(self.to))
    }
}

/// Whether a feed posts articles together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    /// Each article has its own post.
    Off,
    /// At each full hour.
    Hourly,
    /// Once a day.
    Daily(Time),
    /// Once a week.
    Weekly(Weekday, Time),
}

/// The days of the week with their words in [`Digest::parse`].
const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "monday"),
    (Weekday::Tuesday, "tuesday"),
    (Weekday::Wednesday, "wednesday"),
    (Weekday::Thursday, "thursday"),
    (Weekday::Friday, "friday"),
    (Weekday::Saturday, "saturday"),
    (Weekday::Sunday, "sunday"),
];

/// The word of a day, as "monday". It is the same in all languages.
#[must_use]
pub fn weekday_word(day: Weekday) -> &'static str {
    WEEKDAYS.into_iter().find(|(known, _)| *known == day).map_or("", |(_, word)| word)
}

fn parse_weekday(text: &str) -> Option<Weekday> {
    WEEKDAYS.into_iter().find(|(_, word)| *word == text).map(|(day, _)| day)
}

impl Digest {
    /// Reads `off`, `hourly`, `daily`, `daily 18:30`, `weekly`, `weekly friday` or `weekly friday 18:30`.
    ///
    /// # Errors
    /// [`PacingError::Digest`].
    pub fn parse(text: &str) -> Result<Self, PacingError> {
        let folded = text.trim().to_lowercase();
        let words: Vec<&str> =
            folded.split_whitespace().filter(|word| !matches!(*word, "at" | "on")).collect();
        match words.as_slice() {
            ["off"] => Ok(Self::Off),
            ["hourly"] => Ok(Self::Hourly),
            ["daily"] => Ok(Self::Daily(DIGEST_AT_DEFAULT)),
            ["daily", time] => parse_time(time).map(Self::Daily).ok_or(PacingError::Digest),
            ["weekly"] => Ok(Self::Weekly(Weekday::Monday, DIGEST_AT_DEFAULT)),
            ["weekly", day] => {
                let day = parse_weekday(day).ok_or(PacingError::Digest)?;
                Ok(Self::Weekly(day, DIGEST_AT_DEFAULT))
            }
            ["weekly", day, time] => {
                let weekly = parse_weekday(day).zip(parse_time(time));
                weekly.map(|(day, time)| Self::Weekly(day, time)).ok_or(PacingError::Digest)
            }
            _ => Err(PacingError::Digest),
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => formatter.write_str("off"),
            Self::Hourly => formatter.write_str("hourly"),
            Self::Daily(at) => write!(formatter, "daily {}", hour_and_minute(*at)),
            Self::Weekly(day, at) => {
                write!(formatter, "weekly {} {}", weekday_word(*day), hour_and_minute(*at))
            }
        }
    }
}

/// A time zone of the IANA database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// Finds a zone by its name, in any case.
    ///
    /// # Errors
    /// [`PacingError::Zone`].
    pub fn parse(name: &str) -> Result<Self, PacingError> {
        jiff_zone(name.trim()).map(Self).ok_or(PacingError::Zone)
    }

    /// The name in the IANA database.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The first moment after `after` when clocks in the zone show `local`. If a change of the clocks skips that time, the moment is
    /// later by the length of the change. If the time comes twice, the moment is the first one.
    fn next(&self, local: jiff::civil::DateTime, after: Timestamp) -> Timestamp {
        let ambiguous = || self.0.to_ambiguous_zoned_datetime(local);
        let first = ambiguous().disambiguate(Disambiguation::Compatible).map(|zoned| zoned.timestamp());
        let second = || ambiguous().disambiguate(Disambiguation::Later).map(|zoned| zoned.timestamp());
        match first {
            Ok(first) if first > after => first,
            _ => second().unwrap_or(Timestamp::MAX),
        }
    }

    /// The first moment after `after` at which it is `at` on one of these dates, the earliest date first. On a day on which the
    /// clocks show the time twice, only the first moment counts.
    fn first(&self, dates: &[Date], at: Time, after: Timestamp) -> Timestamp {
        let moments = dates.iter().map(|date| self.next(date.to_datetime(at), Timestamp::MIN));
        moments.into_iter().find(|moment| *moment > after).unwrap_or(Timestamp::MAX)
    }
}

/// The names of all zones, for a list to choose from.
#[must_use]
pub fn zone_names() -> Vec<String> {
    jiff::tz::db().available().map(|name| name.to_string()).collect()
}

fn jiff_zone(name: &str) -> Option<TimeZone> {
    // "local" would depend on the machine, so only names of the database are allowed.
    if name.eq_ignore_ascii_case("UTC") { Some(TimeZone::UTC) } else { jiff::tz::db().get(name).ok() }
}

fn parse_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(':')?;
    let number =
        |text: &str| text.parse::<i8>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    Time::new(number(hour)?, number(minute)?, 0, 0).ok()
}

fn hour_and_minute(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn pacing(quiet: Option<&str>, zone: &str, digest: &str) -> Pacing {
        Pacing {
            quiet_hours: quiet.map(|quiet| QuietHours::parse(quiet).unwrap()),
            zone: Zone::parse(zone).unwrap(),
            digest: Digest::parse(digest).unwrap(),
            ..Pacing::default()
        }
    }

    #[test]
    fn quiet_hours_end_by_the_clock_of_their_zone() {
        let check = |quiet: &str, zone: &str, now: &str, expected: Option<&str>| {
            let found = pacing(Some(quiet), zone, "off").quiet_until(at(now));
            assert_eq!(found, expected.map(at), "{quiet} {zone} {now}");
        };
        check("22:00-07:00", "UTC", "2026-06-01T21:59:59Z", None);
        check("22:00-07:00", "UTC", "2026-06-01T22:00:00Z", Some("2026-06-02T07:00:00Z"));
        check("22:00-07:00", "UTC", "2026-06-02T06:59:59Z", Some("2026-06-02T07:00:00Z"));
        check("22:00-07:00", "UTC", "2026-06-02T07:00:00Z", None);
        check("12:00-13:30", "Europe/Berlin", "2026-06-01T10:30:00Z", Some("2026-06-01T11:30:00Z"));
        // The night in which clocks go forward is an hour shorter, the one in which they go back an hour longer.
        check("22:00-07:00", "Europe/Berlin", "2026-03-28T21:00:00Z", Some("2026-03-29T05:00:00Z"));
        check("22:00-07:00", "Europe/Berlin", "2026-10-24T20:00:00Z", Some("2026-10-25T06:00:00Z"));
        // An end that the change skips comes when the clock passes it; one that comes twice is passed twice.
        check("22:00-02:30", "Europe/Berlin", "2026-03-28T23:00:00Z", Some("2026-03-29T01:30:00Z"));
        check("22:00-02:30", "Europe/Berlin", "2026-10-24T23:00:00Z", Some("2026-10-25T00:30:00Z"));
        check("22:00-02:30", "Europe/Berlin", "2026-10-25T01:10:00Z", Some("2026-10-25T01:30:00Z"));
    }

    #[test]
    fn digests_come_at_their_time_once() {
        let check = |digest: &str, zone: &str, after: &str, expected: &str| {
            let found = pacing(None, zone, digest).digest_after(at(after));
            assert_eq!(found, Some(at(expected)), "{digest} {zone} {after}");
        };
        check("hourly", "UTC", "2026-06-01T08:15:00Z", "2026-06-01T09:00:00Z");
        check("hourly", "UTC", "2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z");
        check("hourly", "Asia/Kolkata", "2026-06-01T08:15:00Z", "2026-06-01T08:30:00Z");
        check("hourly", "Europe/Berlin", "2026-10-25T00:10:00Z", "2026-10-25T01:00:00Z");
        check("daily", "UTC", "2026-06-01T08:59:59Z", "2026-06-01T09:00:00Z");
        check("daily", "UTC", "2026-06-01T09:00:00Z", "2026-06-02T09:00:00Z");
        check("daily at 18:30", "America/New_York", "2026-06-01T22:30:00Z", "2026-06-02T22:30:00Z");
        check("daily 02:30", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z");
        check("daily 02:30", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        // 2026-06-01 is a Monday.
        check("weekly", "UTC", "2026-06-01T08:59:59Z", "2026-06-01T09:00:00Z");
        check("weekly", "UTC", "2026-06-01T09:00:00Z", "2026-06-08T09:00:00Z");
        check("weekly on friday at 18:30", "UTC", "2026-06-01T09:00:00Z", "2026-06-05T18:30:00Z");
        check("weekly sunday", "UTC", "2026-06-08T00:00:00Z", "2026-06-14T09:00:00Z");
        check("weekly monday 09:00", "Asia/Tokyo", "2026-05-31T23:00:00Z", "2026-06-01T00:00:00Z");
        // The clock goes forward on Sunday, and back on Sunday.
        check("weekly monday 09:00", "Europe/Berlin", "2026-03-23T08:00:00Z", "2026-03-30T07:00:00Z");
        check("weekly monday 09:00", "Europe/Berlin", "2026-10-19T07:00:00Z", "2026-10-26T08:00:00Z");
        check("weekly sunday 02:30", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z");
        check("weekly sunday 02:30", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-11-01T01:30:00Z");
        assert_eq!(pacing(None, "UTC", "off").digest_after(at("2026-06-01T08:15:00Z")), None);
    }

    #[test]
    fn posts_wait_for_room_in_the_hour() {
        let two = Pacing { posts_per_hour_max: 2, ..Pacing::default() };
        let now = at("2026-06-01T12:00:00Z");
        let check = |posted: &[&str], expected: &str| {
            let posted: Vec<Timestamp> = posted.iter().map(|time| at(time)).collect();
            assert_eq!(two.free_at(&posted, now), at(expected), "{posted:?}");
        };
        check(&[], "2026-06-01T12:00:00Z");
        check(&["2026-06-01T11:59:00Z"], "2026-06-01T12:00:00Z");
        check(&["2026-06-01T11:59:00Z", "2026-06-01T11:30:00Z"], "2026-06-01T12:30:00Z");
        check(
            &["2026-06-01T11:59:00Z", "2026-06-01T11:30:00Z", "2026-06-01T11:00:00Z"],
            "2026-06-01T12:30:00Z",
        );
        check(&["2026-06-01T12:00:10Z", "2026-06-01T11:30:00Z"], "2026-06-01T12:30:00Z");
        check(&["2027-06-01T12:00:00Z", "2027-06-01T11:30:00Z"], "2026-06-01T12:00:00Z");
        check(
            &["2026-06-01T11:59:00Z", "2026-06-01T11:30:00Z", "2026-06-01T11:10:00Z"],
            "2026-06-01T12:30:00Z",
        );
    }

    #[test]
    fn settings_are_read_and_written_alike() {
        for quiet in ["22:00-07:00", "00:30-05:15"] {
            assert_eq!(QuietHours::parse(quiet).unwrap().to_string(), quiet);
        }
        for digest in
            ["off", "hourly", "daily 09:00", "daily 18:30", "weekly monday 09:00", "weekly sunday 23:59"]
        {
            assert_eq!(Digest::parse(digest).unwrap().to_string(), digest);
        }
        for zone in ["UTC", "Europe/Berlin"] {
            assert_eq!(Zone::parse(zone).unwrap().name(), zone);
        }
        assert_eq!(Zone::parse(" europe/berlin ").unwrap().name(), "Europe/Berlin");
        assert_eq!(QuietHours::parse(" 9:00 – 17:30 ").unwrap().to_string(), "09:00-17:30");
        assert!(zone_names().iter().any(|name| name == "Pacific/Auckland"));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        assert_eq!(QuietHours::parse("07:00-07:00"), Err(PacingError::EmptyQuietHours));
        for wrong in ["", "22-7", "22:00", "24:00-07:00", "22:60-07:00", "+2:00-07:00", "a-b"] {
            assert_eq!(QuietHours::parse(wrong), Err(PacingError::QuietHours), "{wrong}");
        }
        for wrong in [
            "",
            "monthly",
            "weekly 09:00",
            "weekly someday 09:00",
            "weekly monday 25:00",
            "daily 25:00",
            "daily 9",
            "daily 09:00 10:00",
        ] {
            assert_eq!(Digest::parse(wrong), Err(PacingError::Digest), "{wrong}");
        }
        for wrong in ["", "Berlin", "+02:00", "local", "../../etc/passwd"] {
            assert_eq!(Zone::parse(wrong), Err(PacingError::Zone), "{wrong}");
        }
    }
}
