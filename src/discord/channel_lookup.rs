//! What commands have to know of a guild's channels and roles, and how Discord is asked for it.

use jiff::Timestamp;

use super::channel_permissions::{self, ChannelFacts};
use super::failure;
use super::sender::requests::Requests;
use crate::delivery::send::Outcome;
use crate::ids::{ChannelId, GuildId, RoleId};

/// `Unknown Channel` (Discord's docs, "JSON Error Codes").
const UNKNOWN_CHANNEL: u32 = 10_003;
/// `Missing Access`: a channel that the bot may not view.
const MISSING_ACCESS: u32 = 50_001;

/// What came of a look at a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChannelLookup {
    /// It is a channel of the guild, and this is known of it.
    Found(ChannelFacts),
    /// It is no channel of the guild, but one of another or of direct messages.
    Elsewhere,
    /// The bot may not view it, so no more is known.
    Hidden,
    /// It is not there.
    Gone,
    /// Discord did not say: the cause, in words for the log.
    Unknown(String),
}

/// Looks at channels and roles.
#[serenity::async_trait]
pub trait Channels: Sync {
    /// Looks at a channel of a guild, once.
    async fn look(&self, guild: GuildId, channel: ChannelId) -> ChannelLookup;

    /// The ids of a guild's roles; the cause, in words for the log, where Discord does not say.
    async fn roles(&self, guild: GuildId) -> Result<Vec<RoleId>, String>;
}

/// Asks Discord, at this time.
#[derive(Debug)]
pub struct DiscordChannels<'a> {
    /// How to ask.
    pub requests: &'a Requests,
    /// Tells whether the bot is still timed out.
    pub now: Timestamp,
}

#[serenity::async_trait]
impl Channels for DiscordChannels<'_> {
    async fn look(&self, guild: GuildId, channel: ChannelId) -> ChannelLookup {
        match channel_permissions::look(self.requests, guild, channel, self.now).await {
            Ok(facts) if facts.guild == Some(guild) => ChannelLookup::Found(facts),
            Ok(_) => ChannelLookup::Elsewhere,
            Err(Outcome::Refused(refusal)) if refusal.code == UNKNOWN_CHANNEL => ChannelLookup::Gone,
            Err(Outcome::Refused(refusal)) if refusal.code == MISSING_ACCESS => ChannelLookup::Hidden,
            Err(outcome) => ChannelLookup::Unknown(failure::in_words(&outcome)),
        }
    }

    async fn roles(&self, guild: GuildId) -> Result<Vec<RoleId>, String> {
        channel_permissions::roles(self.requests, guild).await.map_err(|outcome| failure::in_words(&outcome))
    }
}
