//! From what a moderator gave to the settings of a feed, or to every fault in it, in words.

use super::given::{Bounds, Given};
use crate::card::text;
use crate::collection::Collection;
use crate::collection::names::{Names, fold};
use crate::discord::choices;
use crate::discord::commands::feed::definition::CLEARABLE;
use crate::feed::pacing::{Digest, QuietHours, Zone};
use crate::feed::{ChannelKind, FeedSettings};
use crate::query::Wanted;

/// The word by which `/feed edit` takes a condition away.
pub(super) const NONE: &str = "none";
/// What a moderator typed is repeated up to this many characters.
const TYPED_CHARACTERS_MAX: usize = 60;

/// Where a feed posts, as far as its settings depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) server: u64,
    pub(super) channel: u64,
    pub(super) kind: ChannelKind,
}

/// Settings that can be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) settings: FeedSettings,
    pub(super) backfill: u8,
}

/// The `base` with all that was given in its place.
///
/// # Errors
/// Every fault: cause and remedy.
pub(super) fn choose(
    given: &Given,
    base: FeedSettings,
    target: Target,
    collection: &Collection,
) -> Result<Chosen, Vec<String>> {
    let mut settings = base;
    let mut faults = Vec::new();
    let mut note = |fault: String| faults.push(fault);
    let topics = collection.topics().names();
    named(given.topic.as_deref(), "topic", topics, &mut settings.rules.topic, &mut note);
    named(given.kind.as_deref(), "type", collection.kinds().names(), &mut settings.rules.kind, &mut note);
    let mut backfill = 0;
    let rules = &mut settings.rules;
    number(given.quality_min, "min_quality", Bounds::QUALITY, &mut rules.quality_min, &mut note);
    let mut heat_min = rules.heat_min.unwrap_or_default();
    if number(given.heat_min, "min_heat", Bounds::HEAT, &mut heat_min, &mut note) {
        rules.heat_min = Some(heat_min);
    }
    number(given.max_age_days, "max_age_days", Bounds::AGE_DAYS, &mut rules.max_age_days, &mut note);
    let pacing = &mut settings.pacing;
    let per_hour = &mut pacing.posts_per_hour_max;
    number(given.posts_per_hour_max, "max_per_hour", Bounds::PER_HOUR, per_hour, &mut note);
    number(given.backfill, "backfill", Bounds::BACKFILL, &mut backfill, &mut note);
    match given.quiet_hours.as_deref().map(|typed| (is_none(typed), QuietHours::parse(typed))) {
        Some((true, _)) => pacing.quiet_hours = None,
        Some((false, Ok(quiet))) => pacing.quiet_hours = Some(quiet),
        Some((false, Err(fault))) => note(format!("{fault}.")),
        None => {}
    }
    read(given.zone.as_deref().map(Zone::parse), &mut pacing.zone, &mut note);
    read(given.digest.as_deref().map(Digest::parse), &mut pacing.digest, &mut note);
    extras(given, &mut settings, target, &mut note);
    if faults.is_empty() { Ok(Chosen { settings, backfill }) } else { Err(faults) }
}

/// Mention, thread, crosspost, and what is taken away.
fn extras(given: &Given, settings: &mut FeedSettings, target: Target, note: &mut impl FnMut(String)) {
    if let Some(role) = given.mention {
        if role.id == target.server {
            note("I never mention @everyone; choose another role for `mention`.".to_owned());
        }
        settings.mention = Some(role.id);
    }
    let channel = target.channel;
    if given.opens_thread == Some(true) && target.kind == ChannelKind::Forum {
        note(format!("In the forum <#{channel}> each post is a thread already; leave `thread` out."));
    }
    if given.crossposts == Some(true) && target.kind != ChannelKind::Announcement {
        note(format!(
            "Only posts of announcement channels can be published, and <#{channel}> is none: leave `crosspost` out, or turn \
             the channel into one."
        ));
    }
    settings.opens_thread = given.opens_thread.unwrap_or(settings.opens_thread);
    settings.crossposts = given.crossposts.unwrap_or(settings.crossposts);
    match given.clear.as_deref() {
        Some("mention") if given.mention.is_none() => settings.mention = None,
        Some("min_heat") if given.heat_min.is_none() => settings.rules.heat_min = None,
        Some(name) if CLEARABLE.iter().any(|(value, _)| *value == name) => {
            note(format!("`{name}` is given, and `clear` is to take it away; leave one of them out."));
        }
        Some(other) => {
            note(format!("`clear` does not know “{}”; choose from what is offered.", shown(other)));
        }
        None => {}
    }
}

/// Whether this is the word that takes a condition away.
pub(super) fn is_none(typed: &str) -> bool {
    fold(typed) == NONE
}

/// A name that exists: chosen from what was offered, or typed outright. What a feed posts for months is not guessed.
fn named(
    given: Option<&str>,
    option: &str,
    names: &Names,
    setting: &mut Option<Box<str>>,
    note: &mut impl FnMut(String),
) {
    let Some(typed) = given else { return };
    if is_none(typed) {
        *setting = None;
        return;
    }
    let found = match choices::wanted(typed) {
        Wanted::Hash(hash) => names.by_hash64(hash).ok_or_else(|| {
            format!("The {option} that you chose is gone from the articles since; choose another one.")
        }),
        Wanted::Typed(typed) => {
            names.known(&typed).map_err(|nearest| unknown(&typed, option, &nearest, names))
        }
    };
    match found {
        Ok(index) => *setting = Some(names.text(index).into()),
        Err(fault) => note(fault),
    }
}

fn unknown(typed: &str, option: &str, nearest: &[usize], names: &Names) -> String {
    let typed = shown(typed);
    if nearest.is_empty() {
        return format!(
            "There is no {option} “{typed}”, nor any other: no article names one. Leave `{option}` out."
        );
    }
    let nearest: Vec<String> = nearest
        .iter()
        .map(|&index| format!("**{}**", text::escaped(names.text(index), TYPED_CHARACTERS_MAX)))
        .collect();
    format!("There is no {option} “{typed}”; the nearest there are: {}.", nearest.join(", "))
}

/// Sets a number if one was given and it is within its bounds; whether it was set.
fn number<T: TryFrom<i64>>(
    given: Option<i64>,
    option: &str,
    bounds: Bounds,
    setting: &mut T,
    note: &mut impl FnMut(String),
) -> bool {
    let Some(given) = given else { return false };
    let fitting = Some(given).filter(|given| (bounds.min..=bounds.max).contains(given));
    match fitting.and_then(|given| T::try_from(given).ok()) {
        Some(fitting) => {
            *setting = fitting;
            true
        }
        None => {
            note(format!(
                "`{option}` is {given}; give a whole number from {} to {}.",
                bounds.min, bounds.max
            ));
            false
        }
    }
}

fn read<T>(parsed: Option<Result<T, String>>, setting: &mut T, note: &mut impl FnMut(String)) {
    match parsed {
        Some(Ok(parsed)) => *setting = parsed,
        Some(Err(fault)) => note(format!("{fault}.")),
        None => {}
    }
}

fn shown(typed: &str) -> String {
    text::escaped(typed, TYPED_CHARACTERS_MAX)
}
