//! From the text of a value to its meaning: numbers, booleans, dates, addresses, durations.
//!
//! YAML readers disagree about `yes`, `0x10` or `1e3`. Here the key decides what its text means. Each value has one
//! written form, so all programs that read these files agree.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::DateTime;
use url::Url;

use super::ordinary_address::ordinary_halves;

/// Why a text is refused as a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// Completes “heat is ...”.
    pub(crate) what: &'static str,
    /// How to fix it.
    pub(crate) remedy: &'static str,
}

/// An address with user info (RFC 3986, 3.2.1): a name or a password before the host. The user info may be a secret, or
/// it may make one host look like another, as in `https://example.com@evil.example/`.
pub(crate) const USER_INFO: Refusal = Refusal {
    what: "an address with a user name or a password before the host",
    remedy: "delete everything between “//” and “@”, and the “@”",
};

/// Seconds in the units of ISO 8601 durations. Years and months vary in length. A course of “P1M” takes a usual month.
const YEAR_SECONDS: i64 = 365 * DAY_SECONDS;
const MONTH_SECONDS: i64 = 30 * DAY_SECONDS;
const WEEK_SECONDS: i64 = 7 * DAY_SECONDS;
const DAY_SECONDS: i64 = 24 * HOUR_SECONDS;
const HOUR_SECONDS: i64 = 60 * MINUTE_SECONDS;
const MINUTE_SECONDS: i64 = 60;

/// Digits of a fraction of a second that count. The rest is less than a nanosecond.
const FRACTION_DIGITS_MAX: usize = 9;

/// The length of a date and time up to its seconds.
const SECOND_BYTES: usize = "YYYY-MM-DDTHH:MM:SS".len();

/// A date and time from here on may be after the last instant, depending on its offset.
const LAST_DAY: DateTime = jiff::civil::date(9999, 12, 30).at(0, 0, 0, 0);

/// Days from March 1st of year 0 to January 1st 1970.
const DAYS_BEFORE_1970: i64 = 719_468;

/// A whole number: digits, with or without a sign.
///
/// # Errors
/// Anything else, and what 64 bits cannot hold.
pub(crate) fn integer(text: &str) -> Result<i64, Refusal> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal { what: "not a whole number", remedy: "write digits, for example 73" });
    }
    text.parse().map_err(|_| Refusal {
        what: "out of range",
        remedy: "write a whole number between -9223372036854775808 and 9223372036854775807",
    })
}

/// A whole number of pixels.
///
/// # Errors
/// Text that is not a whole number, a negative number, or more than 32 bits.
pub(crate) fn pixels(text: &str) -> Result<u32, Refusal> {
    u32::try_from(integer(text)?).map_err(|_| Refusal {
        what: "not a size in pixels",
        remedy: "write a whole number from 0 to 4294967295, for example 620",
    })
}

/// A count.
///
/// # Errors
/// Text that is not a whole number, or a negative number.
pub(crate) fn count(text: &str) -> Result<u64, Refusal> {
    u64::try_from(integer(text)?)
        .map_err(|_| Refusal { what: "negative", remedy: "write a number of 0 or more, for example 12" })
}

/// A decimal number without an exponent. The text itself is kept.
///
/// # Errors
/// Anything else.
pub(crate) fn decimal(text: &str) -> Result<&str, Refusal> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(whole) && is_digits(fraction) {
        Ok(text)
    } else {
        Err(Refusal {
            what: "not a decimal number",
            remedy: "write digits and at most one point, for example 4.7",
        })
    }
}

/// True or false, in the words and the three cases of YAML 1.1. Its `y` and `n` are refused, because they are mostly
/// slips.
///
/// # Errors
/// Anything else.
pub(crate) fn boolean(text: &str) -> Result<bool, Refusal> {
    match text {
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Ok(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Ok(false),
        _ => Err(Refusal { what: "neither true nor false", remedy: "write true or false" }),
    }
}

/// An instant as RFC 3339 writes it: date, `T`, time and offset.
///
/// # Errors
/// Anything else, and dates that no calendar has.
pub(crate) fn date(text: &str) -> Result<Timestamp, Refusal> {
    const REMEDY: &str = "write for example 2023-05-26T09:00:00Z or 2023-05-26T09:00:00+02:00";
    match shape_of_date(text.as_bytes()) {
        DateShape::Other => {
            Err(Refusal { what: "not a date and time in the form of RFC 3339", remedy: REMEDY })
        }
        DateShape::WithoutOffset => Err(Refusal {
            what: "a date without a time or without an offset from UTC",
            remedy: "write date, time and offset, for example 2023-05-26T09:00:00Z (Z means UTC)",
        }),
        DateShape::Complete => {
            if let Some(instant) = date_in_utc(text.as_bytes()) {
                return Ok(instant);
            }
            instant(text).ok_or(Refusal { what: "a date or time that does not exist", remedy: REMEDY })
        }
    }
}

/// The instant of a text in the form of RFC 3339, to the nanosecond. A date after the last instant (the evening of
/// 9999-12-30 in UTC) becomes the last instant: some people write 9999-12-31 for “never”.
fn instant(text: &str) -> Option<Timestamp> {
    let fraction = text.find('.').map_or(text.len(), |point| point + 1);
    let digits = text.bytes().skip(fraction).take_while(u8::is_ascii_digit).count();
    let kept = fraction + digits.min(FRACTION_DIGITS_MAX);
    let text = [text.get(..kept)?, text.get(fraction + digits..)?].concat();
    if let Ok(instant) = text.parse() {
        return Some(instant);
    }
    let date_time: DateTime = text.get(..SECOND_BYTES)?.parse().ok()?;
    (date_time >= LAST_DAY).then_some(Timestamp::MAX)
}

/// Forms of `@` in an address: the character, its escape, and two characters that international names map to it.
const AT_SIGNS: [&str; 4] = ["@", "%40", "\u{FF20}", "\u{FE6B}"];

/// Whether the text of an address may hold user info. Problems never repeat such a text.
pub(crate) fn may_have_user_info(text: &str) -> bool {
    // One search for the first bytes of all forms: nearly all addresses have none of them.
    let has_first_byte = memchr::memchr3(b'@', b'%', 0xEF, text.as_bytes()).is_some();
    has_first_byte && AT_SIGNS.iter().any(|sign| text.contains(sign))
}

/// Whether the text of an address has user info, in any form that a browser or the `url` crate may accept: with slashes
/// or backslashes, with any number of them, without a scheme, or with an empty name.
pub(crate) fn has_user_info(text: &str) -> bool {
    if !may_have_user_info(text) {
        return false;
    }
    // Browsers ignore these characters in an address.
    let text: String = text.chars().filter(|character| !matches!(character, '\t' | '\n' | '\r')).collect();
    let is_scheme = |scheme: &&str| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    };
    let (scheme, behind) = match text.split_once(':') {
        Some((scheme, behind)) if is_scheme(&scheme) => (scheme, behind),
        _ => ("", text.as_str()),
    };
    let authority = behind.trim_start_matches(['/', '\\']);
    let slashes = behind.len() - authority.len();
    let authority = authority.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let is_authority = slashes >= 2 || ["http", "https"].iter().any(|web| web.eq_ignore_ascii_case(scheme));
    is_authority && may_have_user_info(authority)
}

/// An absolute http or https address with a host and without user info, in the form of the `url` crate.
///
/// # Errors
/// Anything else.
pub(crate) fn address(text: &str) -> Result<Cow<'_, str>, Refusal> {
    const REMEDY: &str = "write the whole address, for example https://example.com/story";
    if ordinary_halves(text).is_some() {
        return Ok(Cow::Borrowed(text));
    }
    let starts_with =
        |prefix: &str| text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    if has_user_info(text) {
        return Err(USER_INFO);
    }
    // `Url` would correct `https:example.com` and backslashes, but other programs would not.
    if !starts_with("http://") && !starts_with("https://") {
        return Err(Refusal { what: "not an http or https address", remedy: REMEDY });
    }
    match Url::parse(text) {
        Ok(url) if !url.username().is_empty() || url.password().is_some() => Err(USER_INFO),
        Ok(url) if url.has_host() => Ok(Cow::Owned(url.into())),
        _ => Err(Refusal { what: "not a valid address", remedy: REMEDY }),
    }
}

/// An ISO 8601 duration in whole seconds, without fractions. A year has 365 days, and a month has 30.
///
/// # Errors
/// Anything else, and a negative duration.
pub(crate) fn duration_seconds(text: &str) -> Result<u64, Refusal> {
    const REMEDY: &str = "write for example P1M (a month), P2W (weeks), P1DT2H (days and hours) or PT9M7S (minutes and seconds)";
    let refused = Refusal { what: "not an ISO 8601 duration", remedy: REMEDY };
    let span = jiff::fmt::temporal::SpanParser::new().parse_span(text).map_err(|_| refused)?;
    let parts = [
        (i64::from(span.get_years()), YEAR_SECONDS),
        (i64::from(span.get_months()), MONTH_SECONDS),
        (i64::from(span.get_weeks()), WEEK_SECONDS),
        (i64::from(span.get_days()), DAY_SECONDS),
        (i64::from(span.get_hours()), HOUR_SECONDS),
        (span.get_minutes(), MINUTE_SECONDS),
        (span.get_seconds(), 1),
    ];
    let seconds = parts
        .iter()
        .try_fold(0_i64, |sum, (number, unit_seconds)| sum.checked_add(number.checked_mul(*unit_seconds)?));
    match seconds {
        Some(_) if span.is_negative() => Err(Refusal { what: "a negative duration", remedy: REMEDY }),
        Some(seconds) => u64::try_from(seconds).map_err(|_| refused),
        None => Err(refused),
    }
}

/// The instant of `YYYY-MM-DDTHH:MM:SSZ`, the form of nearly all dates. `None` for every other form, and for dates that
/// may not exist.
pub(crate) fn date_in_utc(text: &[u8]) -> Option<Timestamp> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', n1, n2, b':', s1, s2, b'Z'] = text
    else {
        return None;
    };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2, h1, h2, n1, n2, s1, s2];
    if !digits.iter().fold(true, |are, digit| are & digit.is_ascii_digit()) {
        return None;
    }
    let number = |digits: &[u8]| digits.iter().fold(0_i64, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let (year, month, day) = (number(&[y1, y2, y3, y4]), number(&[m1, m2]), number(&[d1, d2]));
    let (hour, minute, second) = (number(&[h1, h2]), number(&[n1, n2]), number(&[s1, s2]));
    // Every month has 28 days. For later days, `None` leaves the decision to the calendar.
    let exists =
        (1..=12).contains(&month) && (1..=28).contains(&day) && hour < 24 && minute < 60 && second < 60;
    if !exists {
        return None;
    }
    // In years that begin in March, the leap day is the last day.
    let (shifted_year, shifted_month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = shifted_year.div_euclid(4) - shifted_year.div_euclid(100) + shifted_year.div_euclid(400);
    let days = shifted_year * 365 + leap_days + (153 * shifted_month + 2) / 5 + day - 1 - DAYS_BEFORE_1970;
    Timestamp::from_second(days * DAY_SECONDS + hour * HOUR_SECONDS + minute * MINUTE_SECONDS + second).ok()
}

enum DateShape {
    Complete,
    WithoutOffset,
    Other,
}

/// Compares a text with the form `YYYY-MM-DDTHH:MM:SS`, with an optional fraction and an offset. The calendar checks
/// the numbers later.
fn shape_of_date(text: &[u8]) -> DateShape {
    const PATTERN: &[u8] = b"dddd-dd-ddtdd:dd:dd";
    let fits = |pattern: &[u8], text: &[u8]| {
        pattern.len() == text.len()
            && pattern.iter().zip(text).all(|(expected, byte)| match expected {
                b'd' => byte.is_ascii_digit(),
                other => other.eq_ignore_ascii_case(byte),
            })
    };
    if fits(b"dddd-dd-dd", text) {
        return DateShape::WithoutOffset;
    }
    let Some((start, rest)) = text.split_at_checked(PATTERN.len()) else { return DateShape::Other };
    if !fits(PATTERN, start) {
        return DateShape::Other;
    }
    let offset = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits == 0 {
                return DateShape::Other;
            }
            fraction.get(digits..).unwrap_or_default()
        }
        other => other,
    };
    match offset {
        b"" => DateShape::WithoutOffset,
        b"Z" | b"z" => DateShape::Complete,
        [b'+' | b'-', offset @ ..] if fits(b"dd:dd", offset) => {
            // The order of such texts is the order of the times.
            let (hours, minutes) = offset.split_at_checked(b"hh:".len()).unwrap_or_default();
            if hours < b"24".as_slice() && minutes < b"60".as_slice() {
                DateShape::Complete
            } else {
                DateShape::Other
            }
        }
        _ => DateShape::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_digits() {
        let check = |text: &str, expected: Option<i64>| assert_eq!(integer(text).ok(), expected, "{text:?}");
        check("73", Some(73));
        check("-1", Some(-1));
        check("+7", Some(7));
        check("007", Some(7));
        check("9223372036854775807", Some(i64::MAX));
        check("-9223372036854775808", Some(i64::MIN));
        for wrong in ["", "-", "73.5", "1_000", "0x10", "1e3", "hot", " 7", "7 ", "٣", "9223372036854775808"]
        {
            check(wrong, None);
        }
        assert_eq!(integer("99999999999999999999").unwrap_err().what, "out of range");
        assert_eq!(pixels("4294967295"), Ok(u32::MAX));
        assert_eq!(pixels("-1").unwrap_err().what, "not a size in pixels");
        assert_eq!(pixels("4294967296").unwrap_err().what, "not a size in pixels");
        assert_eq!(count("-1").unwrap_err().what, "negative");
    }

    #[test]
    fn decimals_keep_their_text() {
        for right in ["5", "4.63", "4.7182484", "0.0"] {
            assert_eq!(decimal(right), Ok(right));
        }
        for wrong in ["", ".5", "5.", "-1", "1.2.3", "1e3", "NaN", "4,7"] {
            assert!(decimal(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn booleans_are_words() {
        for word in ["true", "True", "TRUE", "yes", "on"] {
            assert_eq!(boolean(word), Ok(true));
        }
        for word in ["false", "False", "FALSE", "no", "off"] {
            assert_eq!(boolean(word), Ok(false));
        }
        for wrong in ["", "tRue", "y", "n", "1", "0", "maybe"] {
            assert!(boolean(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn dates_are_rfc_3339() {
        let check = |text: &str, expected: &str| match date(text) {
            Ok(instant) => assert_eq!(instant.to_string(), expected, "{text}"),
            Err(refusal) => assert!(refusal.what.contains(expected), "{text}: {}", refusal.what),
        };
        check("2023-05-26T09:00:00Z", "2023-05-26T09:00:00Z");
        check("2023-05-26t09:00:00z", "2023-05-26T09:00:00Z");
        check("2023-05-26T09:00:00+02:00", "2023-05-26T07:00:00Z");
        check("2023-05-26T09:00:00.123-00:30", "2023-05-26T09:30:00.123Z");
        check("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z");
        check("2023-05-26T09:00:00.1234567890129-00:30", "2023-05-26T09:30:00.123456789Z");
        check("2023-05-26T09:00:00.000000000000Z", "2023-05-26T09:00:00Z");
        for never in ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59.9999999-23:59"] {
            check(never, &Timestamp::MAX.to_string());
        }
        for text in ["2023-05-26", "2023-05-26T09:00:00", "2023-05-26T09:00:00.5"] {
            check(text, "without an offset");
        }
        for text in
            ["2023-02-29T00:00:00Z", "2023-13-01T00:00:00Z", "2023-05-26T24:00:01Z", "9999-12-32T00:00:00Z"]
        {
            check(text, "does not exist");
        }
        for text in [
            "",
            "yesterday",
            "26.05.2023",
            "2023-05-26 09:00:00Z",
            "2023-05-26T09:00Z",
            "2023-05-26T09:00:00+0200",
            "2023-05-26T09:00:00.Z",
            "2023-05-26T09:00:00Z[UTC]",
            "+002023-05-26T09:00:00Z",
            "2023-05-26T09:00:00+99:00",
            "2023-05-26T09:00:00+24:00",
            "9999-12-31T09:00:00+23:60",
        ] {
            check(text, "RFC 3339");
        }
    }

    #[test]
    fn usual_dates_agree_with_the_calendar() {
        for year in [0, 1, 4, 100, 400, 1582, 1899, 1900, 1969, 1970, 1999, 2000, 2023, 2024, 2100, 9999] {
            for month in 0..=13 {
                for day in [0, 1, 27, 28, 29, 31] {
                    for time in ["00:00:00", "23:59:59", "09:05:07", "24:00:00", "12:60:00", "12:00:60"] {
                        let text = format!("{year:04}-{month:02}-{day:02}T{time}Z");
                        if let Some(instant) = date_in_utc(text.as_bytes()) {
                            assert_eq!(text.parse::<Timestamp>().ok(), Some(instant), "{text}");
                        }
                    }
                }
            }
        }
        assert!(date_in_utc(b"2023-05-26T09:00:00Z").is_some());
        assert!(date_in_utc(b"2023-05-26T09:00:00.5Z").is_none());
    }

    #[test]
    fn addresses_are_http_with_a_host() {
        let check = |text: &str, expected: &str| match address(text) {
            Ok(address) => assert_eq!(address, expected),
            Err(refusal) => assert_eq!(refusal.what, expected, "{text}"),
        };
        check("https://example.com", "https://example.com/");
        check("HTTP://Example.COM/Path?q=1#f", "http://example.com/Path?q=1#f");
        check("https://münchen.example/ä b", "https://xn--mnchen-3ya.example/%C3%A4%20b");
        for text in [
            "ftp://example.com/",
            "javascript:alert(1)",
            "/relative",
            "//example.com",
            "https:example.com",
            "",
        ] {
            check(text, "not an http or https address");
        }
        for text in ["https://", "https://exa mple.com/", "https://[::1", "http://example.com:99999/"] {
            check(text, "not a valid address");
        }
    }

    #[test]
    fn user_info_is_refused_in_every_form() {
        for text in [
            "https://news.example@other.example/story",
            "https://ann:hidden@example.com/",
            "https://ann:@example.com/",
            "https://:hidden@example.com/",
            "https://@example.com/",
            "https://:@example.com",
            "HTTPS://ann@example.com",
            "https:///ann@example.com/",
            "https:\\\\ann@example.com",
            "https:ann@example.com",
            "https:/ann@example.com",
            "https://\\ann@example.com",
            "https://ann%40example.com/",
            "https://ann%40work@example.com/",
            "https://a\tnn\n@example.com/",
            "https:/\n/ann@example.com/",
            "https://ann＠example.com/",
            "//ann@example.com/",
            "ftp://ann:hidden@example.com/",
            "https://ann@example.com?x",
            "https://ann@example.com#x",
            "https://ann:hidden@[::1",
        ] {
            assert_eq!(address(text), Err(USER_INFO), "{text}");
        }
        for text in [
            "https://example.com/@ann",
            "https://example.com/a:b@c",
            "https://example.com?to=ann@example.com",
            "https://example.com/#@ann",
            "https://example.com/%40ann/i@2x.png",
        ] {
            assert!(address(text).is_ok(), "{text}");
            assert!(!has_user_info(text), "{text}");
        }
        assert!(!has_user_info("/images/i@2x.png") && !has_user_info("i@2x.png"));
    }

    #[test]
    fn durations_are_whole_seconds() {
        let check =
            |text: &str, expected: Option<u64>| assert_eq!(duration_seconds(text).ok(), expected, "{text:?}");
        check("PT9M7S", Some(547));
        check("PT0S", Some(0));
        check("P1DT2H", Some(93_600));
        check("P2W", Some(1_209_600));
        check("P1M", Some(30 * 86_400));
        check("P1Y", Some(365 * 86_400));
        check("P2Y3M1W4DT5H", Some((730 + 90 + 7 + 4) * 86_400 + 5 * 3600));
        check("P1MT1M", Some(30 * 86_400 + 60));
        check("PT1.9S", Some(1));
        check("PT90M", Some(5400));
        for wrong in [
            "",
            "P",
            "PT",
            "9m 7s",
            "9:07",
            "1M",
            "P1.5M",
            "-P1M",
            "-PT1M",
            "PT-1M",
            "PT99999999999999999999S",
        ] {
            check(wrong, None);
        }
    }
}
