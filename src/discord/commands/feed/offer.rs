//! The choices for the settings of a feed while a moderator types.

use jiff::civil::{Time, Weekday};

use super::words::weekday;
use crate::card::text;
use crate::collection::Collection;
use crate::collection::fold::fold;
use crate::discord::choices;
use crate::discord::reply::{CHOICE_CHARACTERS_MAX, CHOICES_MAX, Choice};
use crate::feed::pacing::{Digest, QuietHours, Zone, zone_names};
use crate::messages::{Words, say};

/// The zones before the moderator types anything, from west to east after UTC.
const ZONES: [&str; 12] = [
    "UTC",
    "America/Los_Angeles",
    "America/Chicago",
    "America/New_York",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Berlin",
    "Africa/Johannesburg",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
];
const QUIET_HOURS: [&str; 4] = ["22:00-07:00", "23:00-08:00", "20:00-08:00", "18:00-09:00"];
const DIGESTS: [Digest; 7] = [
    Digest::Off,
    Digest::Hourly,
    Digest::Daily(Time::constant(9, 0, 0, 0)),
    Digest::Daily(Time::constant(12, 0, 0, 0)),
    Digest::Daily(Time::constant(18, 0, 0, 0)),
    Digest::Weekly(Weekday::Monday, Time::constant(9, 0, 0, 0)),
    Digest::Weekly(Weekday::Friday, Time::constant(17, 0, 0, 0)),
];

/// The choices for an option.
pub(super) fn offered(option: &str, typed: &str, collection: &Collection, words: &Words) -> Vec<Choice> {
    let mut choices = match option {
        "topic" => choices::of_names(collection.topics().names(), typed),
        "type" => choices::of_names(collection.kinds().names(), typed),
        "source" => choices::of_names(collection.sources().names(), typed),
        "quiet_hours" => quiet_hours(typed),
        "digest" => digests(typed, words),
        "timezone" => zones(typed),
        _ => Vec::new(),
    };
    choices.truncate(CHOICES_MAX);
    choices
}

/// The typed quiet hours in their usual form, then the common ones that begin with the typed text.
fn quiet_hours(typed: &str) -> Vec<Choice> {
    let read = QuietHours::parse(typed).ok().map(|quiet| quiet.to_string());
    let further = QUIET_HOURS.iter().filter(|text| begins(text, typed)).map(|text| (*text).to_owned());
    let further = further.filter(|text| read.as_ref() != Some(text));
    read.iter().cloned().chain(further).map(same).collect()
}

/// As [`quiet_hours`]. The typed text may be the start of a digest's value or of its name.
fn digests(typed: &str, words: &Words) -> Vec<Choice> {
    let named = |digest: Digest| choice(&digest_name(digest, words), digest.to_string());
    let read = [typed.to_owned(), format!("daily {typed}"), format!("weekly {typed}")];
    let read = read.iter().find_map(|text| Digest::parse(text).ok());
    let further = DIGESTS.into_iter().filter(|digest| read != Some(*digest)).map(named);
    let further = further.filter(|choice| begins(&choice.value, typed) || begins(&choice.name, typed));
    read.map(named).into_iter().chain(further).collect()
}

fn digest_name(digest: Digest, words: &Words) -> String {
    match digest {
        Digest::Off => say!(words, "choice-digest-off"),
        Digest::Hourly => say!(words, "choice-digest-hourly"),
        Digest::Daily(at) => say!(words, "choice-digest-daily", time = at.strftime("%H:%M").to_string()),
        Digest::Weekly(day, at) => {
            let (day, time) = (weekday(day, words), at.strftime("%H:%M").to_string());
            say!(words, "choice-digest-weekly", day = day, time = time)
        }
    }
}

/// The zones whose name contains the typed text. Zones with a part that begins with the text come first.
fn zones(typed: &str) -> Vec<Choice> {
    let wanted = fold(typed);
    if wanted.is_empty() {
        let known = ZONES.iter().filter(|name| Zone::parse(name).is_ok());
        return known.map(|name| same((*name).to_owned())).collect();
    }
    let mut found: Vec<(bool, String)> = zone_names()
        .into_iter()
        // Some systems have copies of all zones for other ways of counting seconds.
        .filter(|name| !name.starts_with("posix/") && !name.starts_with("right/"))
        .filter_map(|name| {
            let folded = fold(&name);
            let begins =
                folded.split('/').any(|part| part.starts_with(&wanted)) || folded.starts_with(&wanted);
            folded.contains(&wanted).then_some((!begins, name))
        })
        .collect();
    found.sort();
    found.into_iter().take(CHOICES_MAX).map(|(_, name)| same(name)).collect()
}

fn begins(text: &str, typed: &str) -> bool {
    fold(text).starts_with(&fold(typed))
}

fn same(text: String) -> Choice {
    Choice { name: text.clone(), value: text }
}

fn choice(name: &str, value: String) -> Choice {
    Choice { name: text::plain(name, CHOICE_CHARACTERS_MAX), value }
}
