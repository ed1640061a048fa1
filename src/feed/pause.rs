//! Why a feed is paused although no moderator paused it. The database holds each reason as a code with parameters, and
//! the reason becomes words only where people read it.

use serde::{Deserialize, Serialize};

/// Why a feed posts nothing, and no moderator paused it. The names of the variants are codes in the database: a test
/// refuses a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "with", rename_all = "snake_case")]
pub enum PauseReason {
    /// Discord reported that the channel was deleted.
    ChannelDeleted,
    /// Discord reported that the role was deleted that the feed mentions.
    RoleDeleted,
    /// The database holds settings that this version cannot read. The feed has the defaults in their place.
    SettingsUnreadable(Vec<UnreadableSetting>),
    /// The database holds a delivery or a post of the channel that no version of heatwire wrote: the number of its row.
    RowUnreadable(i64),
    /// Discord answered that it knows no such channel (code 10003).
    ChannelUnknown,
    /// The bot is no member of the guild (code 10004).
    NotInGuild,
    /// The bot may not see the channel (code 50001).
    ChannelHidden,
    /// The bot lacks permissions in the channel (code 50013): the bits of those that are known to be missing (Discord's
    /// docs, "Permissions").
    PermissionsMissing(u64),
    /// The bot may not post, and Discord does not say which permission is missing (code 50013).
    PostingForbidden,
    /// The bot may not change its messages, and Discord does not say which permission is missing (code 50013).
    ChangingForbidden,
    /// The same in the posts of a forum.
    ChangingForumPostsForbidden,
    /// The channel is of another kind than when the feed was made (codes 50008, 50024 and 40058).
    ChannelKindChanged,
    /// The forum requires a tag and has none that the bot may set (code 40066).
    NoTagAllowed,
    /// The forum requires a tag and has none with the name of a topic of the article (code 40067).
    NoTagMatches,
    /// The channel is a thread that is locked, and the bot may not write in locked threads (codes 160005 and 50083).
    ThreadLocked,
    /// A reason of another version, as the database holds it. Saving the feed keeps it.
    #[serde(skip)]
    Unknown(Box<str>),
}

impl PauseReason {
    /// Whether only a moderator can end the pause. Any other pause ends when the bot's permissions change: the feed tries
    /// again, and Discord decides.
    #[must_use]
    pub fn needs_moderator(&self) -> bool {
        matches!(
            self,
            Self::ChannelDeleted
                | Self::RoleDeleted
                | Self::SettingsUnreadable(_)
                | Self::RowUnreadable(_)
                | Self::Unknown(_)
        )
    }
}

/// A setting that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadableSetting {
    /// Which setting.
    pub setting: Setting,
    /// The start of what the database holds.
    pub value: Box<str>,
}

/// A setting of a feed that can be unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// The kind of the channel.
    ChannelKind,
    /// An article must have one of these words.
    Words,
    /// The words of which an article must have none.
    Without,
    /// The age limit.
    MaxAge,
    /// How many posts are allowed in an hour.
    PostsPerHour,
    /// The quiet hours.
    QuietHours,
    /// The time zone.
    TimeZone,
    /// The digest.
    Digest,
    /// How many articles are posted at the start.
    Backfill,
    /// Whether the feed posts.
    Status,
    /// When the feed was made, last checked its articles, or had its last digest. A time after all others stands in its place, so
    /// no story counts as new or outgrown by mistake.
    Time,
}
