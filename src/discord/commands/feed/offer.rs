//! What to offer for the settings of a feed while a moderator types.

use super::choose::{NONE, is_none};
use crate::collection::Collection;
use crate::collection::names::{Names, fold};
use crate::discord::choices;
use crate::discord::reply::{CHOICES_MAX, Choice};
use crate::feed::pacing::{Digest, QuietHours, Zone, zone_names};

/// Zones to offer before anything is typed, from west to east.
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
const DIGESTS: [&str; 5] = ["off", "hourly", "daily 09:00", "daily 12:00", "daily 18:00"];

/// Choices for an option; with `none` where the option can be cleared.
pub(super) fn offered(option: &str, typed: &str, can_clear: bool, collection: &Collection) -> Vec<Choice> {
    let none = |words: &str| {
        let is_meant = can_clear && NONE.starts_with(fold(typed).as_str());
        is_meant.then(|| Choice { name: format!("{NONE} ({words})"), value: NONE.to_owned() })
    };
    let (none, choices) = match option {
        "topic" => (none("any topic"), of_names(collection.topics().names(), typed)),
        "type" => (none("any type"), of_names(collection.kinds().names(), typed)),
        "quiet_hours" => {
            let read = QuietHours::parse(typed).ok().map(|quiet| quiet.to_string());
            (none("it posts at any time"), of_texts(typed, read, &QUIET_HOURS))
        }
        "digest" => {
            let read = [typed.to_owned(), format!("daily {typed}")];
            let read = read.iter().find_map(|text| Digest::parse(text).ok()).map(|digest| digest.to_string());
            (None, of_texts(typed, read, &DIGESTS))
        }
        "timezone" => (None, zones(typed)),
        _ => (None, Vec::new()),
    };
    none.into_iter().chain(choices).take(CHOICES_MAX).collect()
}

/// A name that reads as the word for nothing travels as its hash.
fn of_names(names: &Names, typed: &str) -> Vec<Choice> {
    let mut choices = choices::of_names(names, typed);
    for choice in choices.iter_mut().filter(|choice| is_none(&choice.value)) {
        if let Some(index) = names.exact(NONE) {
            choice.value = choices::hash_value(names.hash64(index));
        }
    }
    choices
}

/// What was typed, as it is read, then those of the usual ones that go on from it.
fn of_texts(typed: &str, read: Option<String>, usual: &[&str]) -> Vec<Choice> {
    let begins = |text: &&&str| fold(text).starts_with(&fold(typed));
    let further = usual.iter().filter(begins).map(|text| (*text).to_owned());
    let further = further.filter(|text| read.as_ref() != Some(text));
    read.iter().cloned().chain(further).map(same).collect()
}

/// Zones whose name holds what was typed; those of which a part begins so come first.
fn zones(typed: &str) -> Vec<Choice> {
    let wanted = fold(typed);
    if wanted.is_empty() {
        let known = ZONES.iter().filter(|name| Zone::parse(name).is_ok());
        return known.map(|name| same((*name).to_owned())).collect();
    }
    let mut found: Vec<(bool, String)> = zone_names()
        .into_iter()
        // Copies of all zones for other ways of counting seconds, as some systems have them.
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

fn same(text: String) -> Choice {
    Choice { name: text.clone(), value: text }
}
