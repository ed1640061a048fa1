//! Which troubles the moderators of a guild are told, and when. Nothing here has words or sends anything.
//!
//! [`next`] compares the troubles of now with what was told. All that is new goes into one notice, so a flood is summed up. A guild
//! gets at most [`PER_HOUR_MAX`] notices an hour. What comes in between waits for the next one.
//!
//! A notice is not a delivery. What a notice tells is written down before it is sent, so a crash or a lost answer can lose a
//! notice, and repeats none. `/feed list` and `/status` show the same troubles.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::delivery::record::DeliveryId;
use crate::feed::FeedId;

/// The most notices that a guild gets in an hour.
pub const PER_HOUR_MAX: usize = 6;
/// How many told troubles are remembered. At the bound, further troubles wait until others are over, and troubles that may be over
/// go first.
pub const TOLD_MAX: usize = 500;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// What kind of thing is in trouble. The names of the variants are codes in the database: a test refuses a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A feed that is paused.
    Feed,
    /// The withdrawals of a feed, which wait for a decision.
    Withdrawals,
    /// A delivery that failed or is of unknown outcome.
    Delivery,
    /// A problem of an article file.
    Problem,
    /// A source that fails.
    Source,
    /// The list of sources, which has faults.
    SourceList,
}

/// One thing that can be in trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// Its kind.
    pub kind: Kind,
    /// Its number in the database, or the hash of its name.
    pub number: u64,
}

impl Subject {
    /// A feed.
    #[must_use]
    pub fn feed(feed: FeedId) -> Self {
        Self { kind: Kind::Feed, number: feed.0.cast_unsigned() }
    }

    /// The withdrawals of a feed.
    #[must_use]
    pub fn withdrawals(feed: FeedId) -> Self {
        Self { kind: Kind::Withdrawals, number: feed.0.cast_unsigned() }
    }

    /// The list of sources: there is one.
    #[must_use]
    pub fn source_list() -> Self {
        Self { kind: Kind::SourceList, number: 0 }
    }

    /// A delivery.
    #[must_use]
    pub fn delivery(delivery: DeliveryId) -> Self {
        Self { kind: Kind::Delivery, number: delivery.0.cast_unsigned() }
    }
}

/// The troubles of a guild now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Each thing in trouble, and a number for what is wrong with it. Another number is another trouble.
    pub troubles: BTreeMap<Subject, u64>,
    /// Feeds, sources, and the list of sources, that are well.
    pub well: BTreeSet<Subject>,
    /// Things that were in trouble at the last look. What is not in trouble now may be again in a moment, so nothing is told yet.
    pub unsettled: BTreeSet<Subject>,
    /// The kinds of which some troubles are left out. The absence of such a trouble says nothing.
    pub partial: BTreeSet<Kind>,
}

/// What a guild was told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    troubles: BTreeMap<Subject, u64>,
    /// When notices of the last hour were sent, or tried.
    sent_at: Vec<Timestamp>,
}

/// What a notice tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notice {
    /// Troubles that the guild was not told yet.
    pub troubles: Vec<Subject>,
    /// Told troubles that are over.
    pub recovered: Vec<Subject>,
}

/// The next notice, if one is to be sent now, and what is told then. A trouble that a moderator settled is forgotten, and no notice
/// tells that it is over.
#[must_use]
pub fn next(facts: &Facts, told: &Told, now: Timestamp) -> (Option<Notice>, Told) {
    let is_over = |subject: &Subject| {
        !facts.troubles.contains_key(subject)
            && !facts.unsettled.contains(subject)
            && !facts.partial.contains(&subject.kind)
    };
    // A file has no state of its own: without the problem, it is fixed or gone.
    let is_well = |subject: &Subject| subject.kind == Kind::Problem || facts.well.contains(subject);
    let mut later = told.clone();
    later.sent_at.retain(|at| now.duration_since(*at).abs() < HOUR);
    later.troubles.retain(|subject, _| !is_over(subject) || is_well(subject));
    later.make_room(facts);
    let is_new = |(subject, what): &(&Subject, &u64)| later.troubles.get(subject) != Some(what);
    let room = TOLD_MAX.saturating_sub(later.troubles.len());
    let new: Vec<(Subject, u64)> = facts
        .troubles
        .iter()
        .filter(is_new)
        .scan(room, |room, (subject, what)| {
            let is_known = later.troubles.contains_key(subject);
            *room = if is_known { *room } else { room.checked_sub(1)? };
            Some((*subject, *what))
        })
        .collect();
    let recovered: Vec<Subject> = later.troubles.keys().copied().filter(is_over).collect();
    if (new.is_empty() && recovered.is_empty()) || later.sent_at.len() >= PER_HOUR_MAX {
        return (None, later);
    }
    let troubles = new.iter().map(|(subject, _)| *subject).collect();
    later.troubles.retain(|subject, _| !is_over(subject));
    later.troubles.extend(new);
    later.sent_at.push(now);
    (Some(Notice { troubles, recovered }), later)
}

impl Told {
    /// The same after an attempt at a notice that told nothing for certain. The attempt counts for the hour.
    #[must_use]
    pub fn after_failure(&self, now: Timestamp) -> Self {
        let mut later = self.clone();
        later.sent_at.retain(|at| now.duration_since(*at).abs() < HOUR);
        later.sent_at.push(now);
        later
    }

    /// What may be in trouble again in a moment, by the troubles of the last look. At the first look of a process, all that was told:
    /// the worker has not seen the whole collection yet.
    #[must_use]
    pub fn unsettled_since(&self, before: Option<&BTreeSet<Subject>>) -> BTreeSet<Subject> {
        before.cloned().unwrap_or_else(|| self.troubles.keys().copied().collect())
    }

    /// Whether the guild was told of such a trouble.
    #[must_use]
    pub fn has(&self, kind: Kind) -> bool {
        self.troubles.keys().any(|subject| subject.kind == kind)
    }

    /// Whether a notice was sent or tried in the last hour.
    #[must_use]
    pub fn has_tried_lately(&self, now: Timestamp) -> bool {
        self.sent_at.iter().any(|at| now.duration_since(*at).abs() < HOUR)
    }

    /// Forgets troubles that may be over, where new ones need room.
    fn make_room(&mut self, facts: &Facts) {
        let is_new = |subject: &&Subject| !self.troubles.contains_key(subject);
        let wanted = self.troubles.len() + facts.troubles.keys().filter(is_new).count();
        let absent = self.troubles.keys().filter(|subject| !facts.troubles.contains_key(subject));
        let outdated: Vec<Subject> = absent.copied().take(wanted.saturating_sub(TOLD_MAX)).collect();
        for subject in outdated {
            self.troubles.remove(&subject);
        }
    }

    /// The text for the database. [`Told::of_text`] reads it.
    #[must_use]
    pub fn to_text(&self) -> String {
        let troubles = self.troubles.iter().map(|(subject, what)| (subject.kind, subject.number, *what));
        let sent_at_ms = self.sent_at.iter().map(|at| at.as_millisecond()).collect();
        // Only a map without text keys would fail here.
        serde_json::to_string(&Kept { troubles: troubles.collect(), sent_at_ms }).unwrap_or_default()
    }

    /// What the database holds. A text of another version counts as nothing told: then each trouble is told once more.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let kept: Kept = serde_json::from_str(text).unwrap_or_default();
        let troubles = kept.troubles.into_iter();
        Self {
            troubles: troubles.map(|(kind, number, what)| (Subject { kind, number }, what)).collect(),
            sent_at: kept
                .sent_at_ms
                .into_iter()
                .filter_map(|ms| Timestamp::from_millisecond(ms).ok())
                .collect(),
        }
    }
}

/// The form in the database.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    troubles: Vec<(Kind, u64, u64)>,
    sent_at_ms: Vec<i64>,
}

#[cfg(test)]
mod tests;
