//! Names of article files: `2026-11-28-title-in-words.md`.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Identity;

/// Bytes of the words of a name at most. File systems take 255 for the whole name.
const WORDS_BYTES_MAX: usize = 80;

/// Files of one date and title that are numbered. Further ones get a number made of the entry.
const NUMBERED_MAX: usize = 9;

/// The bytes of `2026-11-28`.
const DATE_BYTES: usize = 10;

/// A name that no file has yet. It begins with the date, so it is never hidden and never a name that a system keeps for
/// itself. `is_taken` gets names in lower case.
pub(crate) fn file_name(
    title: &str,
    published_at: Timestamp,
    Identity(identity): Identity,
    is_taken: impl Fn(&str) -> bool,
) -> String {
    let date = date_of(published_at);
    let words = words_of(title);
    let begin = format!("{date}-{}", if words.is_empty() { "entry" } else { &words });
    let numbered = (2..=NUMBERED_MAX).map(|number| format!("{begin}-{number}.md"));
    let mut names = std::iter::once(format!("{begin}.md")).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or_else(|| format!("{begin}-{identity:016x}.md"))
}

/// The day of an instant, in UTC.
pub(crate) fn date_of(instant: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(instant).date()
}

/// The date at the begin of a name.
pub(crate) fn date_in(name: &str) -> Option<Date> {
    name.strip_suffix(".md")?.get(..DATE_BYTES)?.parse().ok()
}

/// Letters and digits in lower case, joined by `-`.
fn words_of(title: &str) -> String {
    let mut words = String::new();
    let mut is_word_end = false;
    for sign in title.chars() {
        // Accents that stand for themselves; the letter before them stays.
        if matches!(sign, '\u{300}'..='\u{36F}' | '\'' | '’') {
            continue;
        }
        if !sign.is_alphanumeric() {
            is_word_end = !words.is_empty();
            continue;
        }
        let letters: String = sign.to_lowercase().filter(|letter| letter.is_alphanumeric()).collect();
        if words.len() + letters.len() + usize::from(is_word_end) > WORDS_BYTES_MAX {
            // The last word may be cut; without it the name reads better.
            if let (false, Some((whole, _))) = (is_word_end, words.rsplit_once('-')) {
                return whole.to_owned();
            }
            return words;
        }
        if std::mem::take(&mut is_word_end) {
            words.push('-');
        }
        words.push_str(&letters);
    }
    words
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn name(title: &str, taken: &[&str]) -> String {
        let published_at = "2026-11-28T23:59:59Z".parse().unwrap();
        file_name(title, published_at, Identity(7), |name| taken.contains(&name))
    }

    #[test]
    fn a_name_is_a_date_and_the_title_in_words() {
        assert_eq!(name("Title, in “Words”!", &[]), "2026-11-28-title-in-words.md");
        assert_eq!(name("It's the Rust 1.94 release", &[]), "2026-11-28-its-the-rust-1-94-release.md");
        assert_eq!(name("Über Größe: 東京の話", &[]), "2026-11-28-über-größe-東京の話.md");
        assert_eq!(name("../../etc/passwd\0", &[]), "2026-11-28-etc-passwd.md");
        assert_eq!(name("!?!", &[]), "2026-11-28-entry.md");
        let long = name(&"long words ".repeat(50), &[]);
        assert!(long.ends_with("-words.md") && long.len() <= 94, "{long}");
        assert_eq!(name(&"x".repeat(200), &[]), format!("2026-11-28-{}.md", "x".repeat(80)));
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        assert_eq!(name("A", &["2026-11-28-a.md"]), "2026-11-28-a-2.md");
        let taken = |name: &str| name.len() < "2026-11-28-a-22.md".len();
        let published_at = "2026-11-28T00:00:00Z".parse().unwrap();
        let expected = "2026-11-28-a-0000000000000007.md";
        assert_eq!(file_name("A", published_at, Identity(7), taken), expected);
    }

    #[test]
    fn the_date_of_a_name_is_read_back() {
        assert_eq!(date_in("2026-11-28-a.md"), Some(jiff::civil::date(2026, 11, 28)));
        for other in ["a.md", "2026-13-28-a.md", "2026-11-28-a.txt", "20261128-a.md", "ä-é-ö-ü-ß-.md"] {
            assert_eq!(date_in(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn any_title_gives_a_safe_name(title in "\\PC{0,200}") {
            let name = name(&title, &[]);
            prop_assert!(name.len() <= 100 && name.starts_with("2026-11-28-") && name.ends_with(".md"));
            prop_assert!(!name.contains(['/', '\\', '\0', ':', ' ']), "{}", name);
            prop_assert_eq!(date_in(&name), Some(jiff::civil::date(2026, 11, 28)));
            let taken: HashSet<String> = std::iter::once(name.to_lowercase()).collect();
            let other = file_name(&title, "2026-11-28T00:00:00Z".parse().unwrap(), Identity(1), |name| taken.contains(&name.to_lowercase()));
            prop_assert_ne!(other, name);
        }
    }
}
