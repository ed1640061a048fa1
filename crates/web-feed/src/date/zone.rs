//! Time zones by offset and by name.

use jiff::tz::{TimeZone, TimeZoneDatabase};

/// A time zone.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Zone {
    /// Seconds east of UTC.
    Offset(i32),
    /// One of the time zone database.
    Named(TimeZone),
}

/// Offset from UTC in hours and minutes, by abbreviation. Of those with two meanings, the one that feeds have.
const ABBREVIATIONS: &[(&str, i32, i32)] = &[
    ("gmt", 0, 0),
    ("utc", 0, 0),
    ("ut", 0, 0),
    ("z", 0, 0),
    ("wet", 0, 0),
    ("west", 1, 0),
    ("bst", 1, 0),
    ("ist", 5, 30),
    ("cet", 1, 0),
    ("met", 1, 0),
    ("mez", 1, 0),
    ("cest", 2, 0),
    ("mest", 2, 0),
    ("mesz", 2, 0),
    ("eet", 2, 0),
    ("sast", 2, 0),
    ("eest", 3, 0),
    ("msk", 3, 0),
    ("msd", 4, 0),
    ("pkt", 5, 0),
    ("wib", 7, 0),
    ("ict", 7, 0),
    ("sgt", 8, 0),
    ("hkt", 8, 0),
    ("pht", 8, 0),
    ("awst", 8, 0),
    ("jst", 9, 0),
    ("kst", 9, 0),
    ("acst", 9, 30),
    ("aest", 10, 0),
    ("acdt", 10, 30),
    ("aedt", 11, 0),
    ("nzst", 12, 0),
    ("nzdt", 13, 0),
    ("nst", -3, -30),
    ("ndt", -2, -30),
    ("brt", -3, 0),
    ("art", -3, 0),
    ("at", -4, 0),
    ("ast", -4, 0),
    ("adt", -3, 0),
    ("et", -5, 0),
    ("est", -5, 0),
    ("edt", -4, 0),
    ("ct", -6, 0),
    ("cst", -6, 0),
    ("cdt", -5, 0),
    ("mt", -7, 0),
    ("mst", -7, 0),
    ("mdt", -6, 0),
    ("pt", -8, 0),
    ("pst", -8, 0),
    ("pdt", -7, 0),
    ("akst", -9, 0),
    ("akdt", -8, 0),
    ("hst", -10, 0),
];

/// The zone at the begin of a text of lower case, and what follows. Without one, or with an unknown name, UTC.
pub(super) fn zone_in(text: &str) -> (Zone, &str) {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '('));
    let is_name = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '_');
    let length = text.find(|c: char| !is_name(c)).unwrap_or(text.len());
    let (name, behind) = text.split_at_checked(length).unwrap_or((text, ""));
    let named = zone_of(name);
    let is_utc = name.is_empty() || named == Some(Zone::Offset(0));
    if is_utc && let Some((seconds, rest)) = offset_in(behind.trim_start()) {
        return (Zone::Offset(seconds), rest);
    }
    match named {
        Some(zone) => (zone, behind),
        None => (Zone::Offset(0), text),
    }
}

fn zone_of(name: &str) -> Option<Zone> {
    if let Some((_, hours, minutes)) = ABBREVIATIONS.iter().find(|(abbreviation, ..)| *abbreviation == name) {
        return Some(Zone::Offset(hours * 3600 + minutes * 60));
    }
    let is_place = name.contains('/');
    is_place.then(|| TimeZoneDatabase::bundled().get(name).ok().map(Zone::Named)).flatten()
}

/// `+0200`, `-08:00`, `+2` in seconds, and what follows.
fn offset_in(text: &str) -> Option<(i32, &str)> {
    let (sign, rest) = match text.chars().next()? {
        '+' => (1, text.get(1..)?),
        '-' | '−' => (-1, text.get(text.chars().next()?.len_utf8()..)?),
        _ => return None,
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = rest.split_at_checked(digits)?;
    let (hours, minutes, rest) = match (digits, rest.strip_prefix(':')) {
        (1 | 2, Some(behind)) => {
            let digits = behind.bytes().take_while(u8::is_ascii_digit).take(2).count();
            let (minutes, rest) = behind.split_at_checked(digits)?;
            (number.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?, rest)
        }
        (1 | 2, None) => (number.parse::<i32>().ok()?, 0, rest),
        (3 | 4, _) => {
            let (hours, minutes) = number.split_at_checked(digits - 2)?;
            (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?, rest)
        }
        _ => return None,
    };
    let is_offset = hours <= 18 && minutes < 60;
    is_offset.then_some((sign * (hours * 3600 + minutes * 60), rest))
}
