//! A feed: a channel that receives new articles, with its rules. Which rule holds an article back is decided here,
//! for the worker and for `/why` alike.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use crate::collection::Collection;
use crate::ids::{ChannelId, GuildId, RoleId};
use article_format::Article;

pub mod pacing;
pub mod pause;

use pacing::Pacing;
use pause::PauseReason;

/// How many feeds a server may have (the contract, `/feed`).
pub const FEEDS_PER_GUILD_MAX: usize = 25;
/// How many stories a feed may post at its start (the contract, `/feed add`).
pub const BACKFILL_MAX: u8 = 10;

/// The number of a feed, never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedId(pub i64);

impl fmt::Display for FeedId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

/// A channel that receives new articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its number.
    pub id: FeedId,
    /// The server's id.
    pub guild: GuildId,
    /// The channel's id.
    pub channel: ChannelId,
    /// What kind of channel that is.
    pub channel_kind: ChannelKind,
    /// What moderators choose.
    pub settings: FeedSettings,
    /// Whether it posts.
    pub status: FeedStatus,
    /// Set until all that came out before the feed was made has been taken as known, which takes a complete load that has
    /// articles, and a folder that has settled: how many of the hottest are posted all the same.
    pub pending_backfill: Option<u8>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its articles were last looked through. What was new then and is too old now has expired.
    pub checked_at: Timestamp,
    /// The last time of a digest that was posted, or had nothing to post.
    pub digested_at: Timestamp,
}

/// A feed that a moderator wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFeed {
    /// The server's id.
    pub guild: GuildId,
    /// The channel's id.
    pub channel: ChannelId,
    /// What kind of channel it is.
    pub channel_kind: ChannelKind,
    /// What the moderator chose.
    pub settings: FeedSettings,
    /// How many of the hottest are posted at once.
    pub backfill: u8,
}

/// What moderators choose with `/feed add` and `/feed edit`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedSettings {
    /// Which articles it takes.
    pub rules: Rules,
    /// When it posts them.
    pub pacing: Pacing,
    /// The role that each post mentions.
    pub mention: Option<RoleId>,
    /// Whether each post gets a thread to discuss it.
    pub opens_thread: bool,
    /// Whether each post in an announcement channel is published to the channels that follow it.
    pub crossposts: bool,
}

/// What feeds are made with where moderators say nothing (the contract, "Running it").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedDefaults {
    /// `NEWS_MIN_QUALITY`: the least quality.
    pub quality_min: i64,
    /// `NEWS_MAX_AGE_DAYS`: an article older than this is not new; 0 is no limit.
    pub max_age_days: u16,
}

impl Default for FeedDefaults {
    fn default() -> Self {
        Self { quality_min: 60, max_age_days: 7 }
    }
}

impl FeedDefaults {
    /// The settings of a feed of which nothing else is said.
    #[must_use]
    pub fn settings(self) -> FeedSettings {
        let rules = Rules {
            topic: None,
            kind: None,
            quality_min: self.quality_min,
            heat_min: None,
            max_age_days: self.max_age_days,
        };
        let pacing = Pacing::default();
        FeedSettings { rules, pacing, mention: None, opens_thread: false, crossposts: false }
    }
}

/// What kind of channel a feed posts to (Discord's docs, "Channel Types").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelKind {
    /// Type 0.
    Text,
    /// Type 5: its messages can be crossposted.
    Announcement,
    /// Type 15: each post is a thread with a first message.
    Forum,
}

impl ChannelKind {
    /// By the number of the channel's type; `None` for those in which no feed can post.
    #[must_use]
    pub fn of_discord(kind: u8) -> Option<Self> {
        match kind {
            0 => Some(Self::Text),
            5 => Some(Self::Announcement),
            15 => Some(Self::Forum),
            _ => None,
        }
    }
}

/// Whether a feed posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedStatus {
    /// It does.
    Active,
    /// A moderator paused it.
    PausedByModerator,
    /// Discord refused, the channel is gone, or the like.
    Paused(PauseReason),
    /// Both: when the trouble ends, the moderator's pause goes on.
    PausedByBoth(PauseReason),
    /// Its channel belongs to another server than the feed: it never posts again, and can only be removed.
    ForeignChannel,
    /// The bot is not in the server any more.
    Left {
        /// Since then.
        since: Timestamp,
        /// What it was before, and is again if the bot comes back.
        before: Box<FeedStatus>,
    },
}

impl FeedStatus {
    /// Whether it is paused, and no moderator paused it.
    #[must_use]
    pub fn is_troubled(&self) -> bool {
        matches!(self, Self::Paused(_) | Self::PausedByBoth(_) | Self::ForeignChannel)
    }

    /// Whether only a moderator can end what stops it, also in a guild that the bot left.
    #[must_use]
    pub fn needs_moderator(&self) -> bool {
        match self {
            Self::Paused(reason) | Self::PausedByBoth(reason) => reason.needs_moderator(),
            Self::ForeignChannel => true,
            Self::Active | Self::PausedByModerator => false,
            Self::Left { before, .. } => before.needs_moderator(),
        }
    }

    /// What it is once a moderator has paused it.
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

    /// What it is with this trouble. One that is left has it when the bot comes back.
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

    /// What it is once its channel is known to belong to another server.
    #[must_use]
    pub fn foreign(&self) -> Self {
        match self {
            Self::Left { since, before } => Self::Left { since: *since, before: Box::new(before.foreign()) },
            _ => Self::ForeignChannel,
        }
    }

    /// Whether its channel is known to belong to another server.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        match self {
            Self::Left { before, .. } => before.is_foreign(),
            other => *other == Self::ForeignChannel,
        }
    }

    /// What it is when its trouble has ended.
    #[must_use]
    pub fn untroubled(&self) -> Self {
        match self {
            Self::Paused(_) => Self::Active,
            Self::PausedByBoth(_) => Self::PausedByModerator,
            other => other.clone(),
        }
    }
}

/// Which articles a feed takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// A topic's name; its children count as well.
    pub topic: Option<Box<str>>,
    /// The article's `type`.
    pub kind: Option<Box<str>>,
    /// The least quality. An article without quality meets no bar above 0.
    pub quality_min: i64,
    /// The least heat.
    pub heat_min: Option<i64>,
    /// An article older than this many times 24 hours is not new; 0 is no limit.
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
    /// It is dated in the future.
    NotYet(Timestamp),
    /// It has no address.
    NoLink,
    /// Each of its addresses is longer than Discord takes.
    LinkTooLong,
    /// `announce: false`: it is posted only on request.
    NotAnnounced,
    /// The feed's topic does not exist in the collection.
    UnknownTopic,
    /// It is not on the feed's topic or a child of it.
    OtherTopic,
    /// It is of another type.
    OtherKind,
    /// Its quality is below the bar.
    Quality {
        /// The article's.
        quality: Option<i64>,
        /// The bar.
        quality_min: i64,
    },
    /// Its heat is below the bar.
    Heat {
        /// The article's.
        heat: i64,
        /// The bar.
        heat_min: i64,
    },
    /// There is an age limit, and it has no date.
    Undated,
    /// It came out before the age limit.
    TooOld {
        /// When it came out.
        published_at: Timestamp,
    },
}

impl Rules {
    /// The rules as they apply to one collection.
    #[must_use]
    pub fn applied_to<'a>(&'a self, collection: &'a Collection) -> AppliedRules<'a> {
        let (topics, kinds) = (collection.topics(), collection.kinds());
        let topic = self.topic.as_deref().map(|topic| topics.names().exact(topic));
        let kind = self.kind.as_deref().map(|kind| kinds.names().exact(kind));
        AppliedRules {
            rules: self,
            collection,
            topic_is_unknown: topic == Some(None),
            of_topic: topic.map(|topic| topic.map_or(&[][..], |topic| topics.articles(topic))),
            of_kind: kind.map(|kind| kind.map_or(&[][..], |kind| kinds.articles(kind))),
        }
    }

    /// What came out before this is not new; `None` without a limit.
    #[must_use]
    pub fn new_since(&self, now: Timestamp) -> Option<Timestamp> {
        let age = SignedDuration::from_hours(24 * i64::from(self.max_age_days));
        // Saturates at the calendar's ends, which no clock reaches.
        (self.max_age_days > 0).then(|| now.saturating_sub(age).unwrap_or(Timestamp::MIN))
    }
}

/// [`Rules`] with the positions of the topic's articles looked up.
#[derive(Debug)]
pub struct AppliedRules<'a> {
    rules: &'a Rules,
    collection: &'a Collection,
    topic_is_unknown: bool,
    /// Positions, ascending; `None` where any topic will do.
    of_topic: Option<&'a [u32]>,
    /// Positions, ascending; `None` where any type will do.
    of_kind: Option<&'a [u32]>,
}

impl AppliedRules<'_> {
    /// The positions of all articles that no rule holds back now, hottest first.
    #[must_use]
    pub fn passing(&self, now: Timestamp) -> Vec<usize> {
        self.passing_if(|position| self.hold_but_for_topic(position, now).is_none())
    }

    /// Those of [`AppliedRules::passing`], and those that only lack an announcement: what may be posted on request.
    #[must_use]
    pub fn passing_on_request(&self, now: Timestamp) -> Vec<usize> {
        self.passing_if(|position| {
            matches!(self.hold_but_for_topic(position, now), None | Some(Hold::NotAnnounced))
        })
    }

    fn passing_if(&self, passes: impl Fn(usize) -> bool) -> Vec<usize> {
        let passes = |position: &usize| passes(*position);
        match self.of_topic.or(self.of_kind) {
            Some(positions) => positions.iter().map(|&position| position as usize).filter(passes).collect(),
            None => (0..self.collection.articles().len()).filter(passes).collect(),
        }
    }

    /// The positions of all articles that were new enough at `from`, are not now, and that nothing else holds back.
    #[must_use]
    pub fn outgrown(&self, from: Timestamp, now: Timestamp) -> Vec<usize> {
        let (Some(since), Some(before)) = (self.rules.new_since(from), self.rules.new_since(now)) else {
            return Vec::new();
        };
        let dates = self.collection.dates();
        let candidates = (0..self.collection.articles().len())
            .filter(|&at| dates.is_published_since(at, since) && !dates.is_published_since(at, before));
        candidates.filter(|&at| matches!(self.hold(at, now), Some(Hold::TooOld { .. }))).collect()
    }

    /// The first rule that holds the article at this position back.
    #[must_use]
    pub fn hold(&self, position: usize, now: Timestamp) -> Option<Hold> {
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

    fn hold_but_for_topic(&self, position: usize, now: Timestamp) -> Option<Hold> {
        if self.of_kind.is_some_and(|positions| !contains(positions, position)) {
            return Some(Hold::OtherKind);
        }
        let article = self.collection.article(position)?;
        self.rules.hold_by_numbers(article, now).or_else(|| hidden_or_without_link(article, now))
    }
}

impl Rules {
    fn hold_by_numbers(&self, article: &Article, now: Timestamp) -> Option<Hold> {
        let quality_min = self.quality_min;
        if article.quality.unwrap_or(0) < quality_min {
            return Some(Hold::Quality { quality: article.quality, quality_min });
        }
        if let Some(heat_min) = self.heat_min.filter(|heat_min| article.heat < *heat_min) {
            return Some(Hold::Heat { heat: article.heat, heat_min });
        }
        let since = self.new_since(now)?;
        match article.published_at {
            None => Some(Hold::Undated),
            Some(published_at) if published_at < since => Some(Hold::TooOld { published_at }),
            Some(_) => None,
        }
    }
}

fn contains(positions: &[u32], position: usize) -> bool {
    u32::try_from(position).is_ok_and(|position| positions.binary_search(&position).is_ok())
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
