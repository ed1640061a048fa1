//! A feed: a channel that receives new articles, with its rules. [`AppliedRules`] decides which rule holds an article back, for
//! the worker and for `/why`.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::collection::facet::Facet;
use crate::collection::{Collection, Position};
use crate::ids::{ChannelId, GuildId, RoleId};
use article_format::Article;

pub mod pacing;
pub mod pause;
pub mod phrases;

use pacing::{Digest, Pacing};
use pause::PauseReason;
use phrases::Phrases;

/// The most feeds of a guild.
pub const FEEDS_PER_GUILD_MAX: usize = 25;
/// The most stories that a new feed posts at its start.
pub const BACKFILL_MAX: u8 = 10;

/// The number of a feed. The number of a removed feed is never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FeedId(pub i64);

impl fmt::Display for FeedId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

/// A channel that receives new articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The number of the feed.
    pub id: FeedId,
    /// The guild of the channel.
    pub guild: GuildId,
    /// The channel, a forum included.
    pub channel: ChannelId,
    /// The kind of the channel when the feed was made, or later when Discord reported a change.
    pub channel_kind: ChannelKind,
    /// The choices of moderators.
    pub settings: FeedSettings,
    /// Whether the feed posts.
    pub status: FeedStatus,
    /// How many of the hottest existing articles the feed will post. `None` when the feed has started: then it has recorded the
    /// existing articles. A feed starts with a complete load that has articles, from a folder that has settled.
    pub pending_backfill: Option<u8>,
    /// When the feed was made.
    pub created_at: Timestamp,
    /// When the feed last checked its articles. An article that was new then and is too old now has expired.
    pub checked_at: Timestamp,
    /// The time of the last digest, also if it was empty.
    pub digested_at: Timestamp,
    /// How often moderators and Discord's events changed the feed or its deliveries. The worker claims only for the version that
    /// it knows.
    pub version: i64,
    /// What the worker still has to do about such a change.
    pub pending: Option<PendingWork>,
}

impl Feed {
    /// Whether a moderator removed the feed, and the worker has not finished the removal.
    #[must_use]
    pub fn is_removed(&self) -> bool {
        self.pending == Some(PendingWork::Removed)
    }

    /// When the age limit counts. While a story waits for a digest, it does not outgrow the limit.
    #[must_use]
    pub fn age_at(&self, last_digest: Timestamp, now: Timestamp) -> Timestamp {
        if self.settings.pacing.digest == Digest::Off { now } else { last_digest.min(now) }
    }
}

/// What the worker still has to do about a change of a feed. The change itself holds as soon as it is committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "with", rename_all = "snake_case")]
pub enum PendingWork {
    /// The stories that the new rules let in become baseline, except the hottest.
    Edited {
        /// The rules before the change.
        rules: Rules,
        /// How many of the hottest stories are posted.
        backfill: u8,
    },
    /// The channel turned out to belong to another guild. The channel's own feeds do not take over the stories that waited.
    Separated,
    /// A moderator removed the feed. Its deliveries stay, so that its stories are not posted again.
    Removed,
}

/// The feed that a moderator adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFeed {
    /// The guild of the channel.
    pub guild: GuildId,
    /// The channel.
    pub channel: ChannelId,
    /// The kind of the channel.
    pub channel_kind: ChannelKind,
    /// The choices of the moderator.
    pub settings: FeedSettings,
    /// How many of the hottest existing articles the feed posts at its start.
    pub backfill: u8,
}

/// The choices of moderators with `/feed add` and `/feed edit`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedSettings {
    /// Which articles the feed takes.
    pub rules: Rules,
    /// When the feed posts.
    pub pacing: Pacing,
    /// The role that each post mentions.
    pub mention: Option<RoleId>,
    /// Whether posts notify nobody.
    pub is_silent: bool,
    /// Whether the bot opens a thread for each post.
    pub opens_thread: bool,
    /// Whether the bot publishes each post of an announcement channel to the channels that follow it.
    pub crossposts: bool,
}

/// The settings of a new feed, where the moderator gives none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedDefaults {
    /// `NEWS_MIN_QUALITY`: the lowest quality.
    pub quality_min: i64,
    /// `NEWS_MAX_AGE_DAYS`: an older article is not new. 0 means no limit.
    pub max_age_days: u16,
}

impl Default for FeedDefaults {
    fn default() -> Self {
        Self { quality_min: 60, max_age_days: 7 }
    }
}

impl FeedDefaults {
    /// The settings of a feed with these defaults.
    #[must_use]
    pub fn settings(self) -> FeedSettings {
        let rules =
            Rules { quality_min: self.quality_min, max_age_days: self.max_age_days, ..Rules::default() };
        let pacing = Pacing::default();
        FeedSettings {
            rules,
            pacing,
            mention: None,
            is_silent: false,
            opens_thread: false,
            crossposts: false,
        }
    }
}

/// The kinds of channels that can have a feed (Discord's docs, "Channel Types").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelKind {
    /// Type 0.
    Text,
    /// Type 5. Its messages can be published to channels that follow it.
    Announcement,
    /// Type 15. Each post is a thread with a first message.
    Forum,
    /// Types 10, 11 and 12: an existing thread. Its posts are messages in the thread.
    Thread,
}

impl ChannelKind {
    /// From the number of the channel's type. `None` for types that can have no feed.
    #[must_use]
    pub fn of_discord(kind: u8) -> Option<Self> {
        match kind {
            0 => Some(Self::Text),
            5 => Some(Self::Announcement),
            15 => Some(Self::Forum),
            10..=12 => Some(Self::Thread),
            _ => None,
        }
    }
}

/// Whether a feed posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedStatus {
    /// The feed posts.
    Active,
    /// A moderator paused the feed.
    PausedByModerator,
    /// The bot paused the feed because of a trouble, as a refusal of Discord or a deleted channel.
    Paused(PauseReason),
    /// Both paused the feed. When the trouble ends, the pause of the moderator goes on.
    PausedByBoth(PauseReason),
    /// The channel belongs to another guild than the feed. The feed never posts again, and a moderator can only remove it.
    ForeignChannel,
    /// The bot left the guild.
    Left {
        /// When the bot left.
        since: Timestamp,
        /// The earlier status. The feed gets it back when the bot comes back.
        before: Box<FeedStatus>,
    },
}

impl FeedStatus {
    /// Whether a trouble paused the feed.
    #[must_use]
    pub fn is_troubled(&self) -> bool {
        matches!(self, Self::Paused(_) | Self::PausedByBoth(_) | Self::ForeignChannel)
    }

    /// Whether the database holds settings of the feed that cannot be read. The bot changes no setting of such a feed by itself, so
    /// that its row stays as it is.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        match self {
            Self::Paused(reason) | Self::PausedByBoth(reason) => {
                matches!(reason, PauseReason::SettingsUnreadable(_))
            }
            Self::Left { before, .. } => before.is_unreadable(),
            Self::Active | Self::PausedByModerator | Self::ForeignChannel => false,
        }
    }

    /// Whether only a moderator can end the trouble, also in a guild that the bot left.
    #[must_use]
    pub fn needs_moderator(&self) -> bool {
        match self {
            Self::Paused(reason) | Self::PausedByBoth(reason) => reason.needs_moderator(),
            Self::ForeignChannel => true,
            Self::Active | Self::PausedByModerator => false,
            Self::Left { before, .. } => before.needs_moderator(),
        }
    }

    /// The status after a moderator paused the feed.
    #[must_use]
    pub fn paused_by_moderator(self) -> Self {
        match self {
            Self::Paused(reason) | Self::PausedByBoth(reason) => Self::PausedByBoth(reason),
            Self::Active | Self::PausedByModerator => Self::PausedByModerator,
            Self::ForeignChannel => Self::ForeignChannel,
            Self::Left { since, before } => {
                Self::Left { since, before: Box::new(before.paused_by_moderator()) }
            }
        }
    }

    /// The status with this trouble. In a guild that the bot left, the trouble changes the earlier status.
    #[must_use]
    pub fn troubled(&self, reason: PauseReason) -> Self {
        match self {
            Self::PausedByModerator | Self::PausedByBoth(_) => Self::PausedByBoth(reason),
            Self::Active | Self::Paused(_) => Self::Paused(reason),
            Self::ForeignChannel => Self::ForeignChannel,
            Self::Left { since, before } => {
                Self::Left { since: *since, before: Box::new(before.troubled(reason)) }
            }
        }
    }

    /// The status after the channel turned out to belong to another guild.
    #[must_use]
    pub fn foreign(&self) -> Self {
        match self {
            Self::Left { since, before } => Self::Left { since: *since, before: Box::new(before.foreign()) },
            _ => Self::ForeignChannel,
        }
    }

    /// Whether the channel belongs to another guild.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        match self {
            Self::Left { before, .. } => before.is_foreign(),
            other => *other == Self::ForeignChannel,
        }
    }

    /// The status after the cause of a pause may be gone.
    #[must_use]
    pub fn tried_again(&self) -> Self {
        if self.needs_moderator() { self.clone() } else { self.untroubled() }
    }

    /// The status after the bot left the guild.
    #[must_use]
    pub fn left(&self, since: Timestamp) -> Self {
        match self {
            Self::Left { .. } => self.clone(),
            before => Self::Left { since, before: Box::new(before.clone()) },
        }
    }

    /// The status after the bot came back to the guild.
    #[must_use]
    pub fn rejoined(&self) -> Self {
        match self {
            Self::Left { before, .. } => before.tried_again(),
            other => other.clone(),
        }
    }

    /// The status after the trouble ended.
    #[must_use]
    pub fn untroubled(&self) -> Self {
        match self {
            Self::Paused(_) => Self::Active,
            Self::PausedByBoth(_) => Self::PausedByModerator,
            other => other.clone(),
        }
    }
}

/// Which articles a feed takes. The default takes all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rules {
    /// The name of a topic. Its child topics are included.
    pub topic: Option<Box<str>>,
    /// The article's `type`.
    pub kind: Option<Box<str>>,
    /// The name of the article's provider.
    pub source: Option<Box<str>>,
    /// The title or the excerpt has one of these. Empty for no condition.
    pub words: Phrases,
    /// Neither the title nor the excerpt has one of these.
    pub without: Phrases,
    /// The lowest quality. An article without quality counts as 0.
    pub quality_min: i64,
    /// The lowest heat.
    pub heat_min: Option<i64>,
    /// An article that is older than this many times 24 hours is not new. 0 means no limit.
    pub max_age_days: u16,
}

/// Why a rule holds an article back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hold {
    /// `published: false`.
    Unpublished,
    /// `removed: true`.
    Removed,
    /// `draft: true`.
    Draft,
    /// The date of the article is in the future.
    NotYet(Timestamp),
    /// The article has no link.
    NoLink,
    /// The link is longer than Discord allows.
    LinkTooLong,
    /// `announce: false`: the feed posts the article only on request.
    NotAnnounced,
    /// The feed's topic does not exist in the collection.
    UnknownTopic,
    /// The article has neither the feed's topic nor a child of this topic.
    OtherTopic,
    /// The article has another type.
    OtherKind,
    /// The article has another provider.
    OtherSource,
    /// The quality is too low.
    Quality {
        /// The quality of the article.
        quality: Option<i64>,
        /// The lowest quality of the feed.
        quality_min: i64,
    },
    /// The heat is too low.
    Heat {
        /// The heat of the article.
        heat: i64,
        /// The lowest heat of the feed.
        heat_min: i64,
    },
    /// The feed has an age limit, and the article has no date.
    Undated,
    /// The article is older than the age limit.
    TooOld {
        /// The date of the article.
        published_at: Timestamp,
    },
    /// Neither the title nor the excerpt has one of the feed's words.
    NoWord,
    /// The title or the excerpt has a word that the feed excludes: the word as the moderator typed it.
    ExcludedWord(Box<str>),
}

impl Rules {
    /// These rules for one collection.
    #[must_use]
    pub fn applied_to<'a>(&'a self, collection: &'a Collection) -> AppliedRules<'a> {
        let topics = collection.topics();
        let topic = self.topic.as_deref().map(|topic| topics.names().exact(topic));
        let of_facet = |facet: &'a Facet, name: &str| {
            facet.names().exact(name).map_or(&[][..], |value| facet.articles(value))
        };
        AppliedRules {
            rules: self,
            collection,
            topic_is_unknown: topic == Some(None),
            of_topic: topic.map(|topic| topic.map_or(&[][..], |topic| topics.articles(topic))),
            of_kind: self.kind.as_deref().map(|kind| of_facet(collection.kinds(), kind)),
            of_source: self.source.as_deref().map(|source| of_facet(collection.sources(), source)),
            age_at: None,
        }
    }

    /// An article from before this time is not new. `None` without an age limit.
    #[must_use]
    pub fn new_since(&self, now: Timestamp) -> Option<Timestamp> {
        let age = SignedDuration::from_hours(24 * i64::from(self.max_age_days));
        // The subtraction saturates at the end of the calendar, which no clock reaches.
        (self.max_age_days > 0).then(|| now.saturating_sub(age).unwrap_or(Timestamp::MIN))
    }
}

/// [`Rules`] with the positions of their articles in one collection.
#[derive(Debug)]
pub struct AppliedRules<'a> {
    rules: &'a Rules,
    collection: &'a Collection,
    topic_is_unknown: bool,
    /// Positions, ascending. `None` for any topic.
    of_topic: Option<&'a [Position]>,
    /// Positions, ascending. `None` for any type.
    of_kind: Option<&'a [Position]>,
    /// Positions, ascending. `None` for any source.
    of_source: Option<&'a [Position]>,
    /// When the age limit counts. `None` for now.
    age_at: Option<Timestamp>,
}

impl AppliedRules<'_> {
    /// The same rules, with the age that articles have at this time. Other rules count as they are now.
    #[must_use]
    pub fn with_age_at(self, at: Timestamp) -> Self {
        Self { age_at: Some(at), ..self }
    }

    /// The positions of all articles that no rule holds back now, hottest first.
    #[must_use]
    pub fn passing(&self, now: Timestamp) -> Vec<Position> {
        self.collection.positions().filter(|&position| self.passes(position, now)).collect()
    }

    /// Whether no rule holds an article back now.
    #[must_use]
    pub fn passes(&self, position: Position, now: Timestamp) -> bool {
        self.hold_but_for_topic(position, now).is_none() && self.is_of_topic(position)
    }

    /// Whether an article may be posted on request: no rule holds it back, or only its `announce: false` does.
    #[must_use]
    pub fn passes_on_request(&self, position: Position, now: Timestamp) -> bool {
        matches!(self.hold_but_for_topic(position, now), None | Some(Hold::NotAnnounced))
            && self.is_of_topic(position)
    }

    fn is_of_topic(&self, position: Position) -> bool {
        self.of_topic.is_none_or(|positions| contains(positions, position))
    }

    /// Whether an article became too old between `from` and `now`, and no other rule holds it back.
    #[must_use]
    pub fn is_outgrown(&self, position: Position, from: Timestamp, now: Timestamp) -> bool {
        let dates = self.collection.dates();
        let age_at = self.age_at.unwrap_or(now);
        let (Some(since), Some(before)) = (self.rules.new_since(from), self.rules.new_since(age_at)) else {
            return false;
        };
        let has_words = |article: &Article| self.rules.hold_by_words(article).is_none();
        dates.is_published_since(position, since)
            && !dates.is_published_since(position, before)
            && matches!(self.hold(position, now), Some(Hold::TooOld { .. }))
            && self.collection.article(position).is_some_and(has_words)
    }

    /// The first rule that holds back the article at this position. `None` if no rule does.
    #[must_use]
    pub fn hold(&self, position: Position, now: Timestamp) -> Option<Hold> {
        let article = self.collection.article(position)?;
        let of_topic = || match self.of_topic {
            Some(_) if self.topic_is_unknown => Some(Hold::UnknownTopic),
            Some(positions) => (!contains(positions, position)).then_some(Hold::OtherTopic),
            None => None,
        };
        hidden_or_without_link(article, now)
            .or_else(of_topic)
            .or_else(|| self.hold_but_for_topic(position, now))
    }

    fn hold_but_for_topic(&self, position: Position, now: Timestamp) -> Option<Hold> {
        if self.of_kind.is_some_and(|positions| !contains(positions, position)) {
            return Some(Hold::OtherKind);
        }
        if self.of_source.is_some_and(|positions| !contains(positions, position)) {
            return Some(Hold::OtherSource);
        }
        let article = self.collection.article(position)?;
        self.rules
            .hold_by_numbers(article, self.age_at.unwrap_or(now))
            .or_else(|| hidden_or_without_link(article, now))
            // Texts take the most time, so they come last.
            .or_else(|| self.rules.hold_by_words(article))
    }
}

impl Rules {
    fn hold_by_numbers(&self, article: &Article, age_at: Timestamp) -> Option<Hold> {
        let quality_min = self.quality_min;
        if article.quality.unwrap_or(0) < quality_min {
            return Some(Hold::Quality { quality: article.quality, quality_min });
        }
        if let Some(heat_min) = self.heat_min.filter(|heat_min| article.heat < *heat_min) {
            return Some(Hold::Heat { heat: article.heat, heat_min });
        }
        let since = self.new_since(age_at)?;
        match article.published_at {
            None => Some(Hold::Undated),
            Some(published_at) if published_at < since => Some(Hold::TooOld { published_at }),
            Some(_) => None,
        }
    }
}

impl Rules {
    fn hold_by_words(&self, article: &Article) -> Option<Hold> {
        if !self.words.is_empty() && self.words.found_in(article).is_none() {
            return Some(Hold::NoWord);
        }
        self.without.found_in(article).map(|word| Hold::ExcludedWord(word.into()))
    }
}

fn contains(positions: &[Position], position: Position) -> bool {
    positions.binary_search(&position).is_ok()
}

fn hidden_or_without_link(article: &Article, now: Timestamp) -> Option<Hold> {
    if article.is_removed {
        return Some(Hold::Removed);
    }
    if article.is_draft {
        return Some(Hold::Draft);
    }
    match article.visible_from() {
        None => Some(Hold::Unpublished),
        Some(from) if from > now => Some(Hold::NotYet(from)),
        Some(_) if article.link.is_none() => Some(Hold::NoLink),
        Some(_) if article.usable_link().is_none() => Some(Hold::LinkTooLong),
        Some(_) => (!article.is_announced).then_some(Hold::NotAnnounced),
    }
}

#[cfg(test)]
mod tests;
