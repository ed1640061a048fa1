//! How a command looks up a channel or the roles of a guild, and sends a message in a channel.

use jiff::Timestamp;

use super::channel_permissions::{self, ChannelFacts};
use super::failure;
use super::message;
use super::reply::Reply;
use super::sender::requests::Requests;
use crate::delivery::send::Outcome;
use crate::ids::{ChannelId, GuildId, RoleId};

/// `Unknown Channel` (Discord's docs, "JSON Error Codes").
const UNKNOWN_CHANNEL: u32 = 10_003;
/// `Missing Access`: the bot may not view the channel.
const MISSING_ACCESS: u32 = 50_001;

/// The result of the lookup of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChannelLookup {
    /// A channel of the guild.
    Found(ChannelFacts),
    /// A channel of another guild, or of direct messages.
    Elsewhere,
    /// The bot may not view the channel, so its guild and type are unknown.
    Hidden,
    /// The channel does not exist.
    Gone,
    /// The request failed. The cause is for the log.
    Unknown(String),
}

/// Looks up channels and roles, and sends messages. Tests use a double.
#[serenity::async_trait]
pub trait Channels: Sync {
    /// Looks up a channel of a guild.
    async fn look_up(&self, guild: GuildId, channel: ChannelId) -> ChannelLookup;

    /// The ids of a guild's roles. The error is the cause, for the log.
    async fn roles(&self, guild: GuildId) -> Result<Vec<RoleId>, String>;

    /// Sends a message in a channel, once.
    async fn send(&self, channel: ChannelId, reply: Reply) -> Outcome;
}

/// Makes requests to Discord.
#[derive(Debug)]
pub(super) struct DiscordChannels<'a> {
    pub(super) requests: &'a Requests,
    pub(super) now: Timestamp,
}

#[serenity::async_trait]
impl Channels for DiscordChannels<'_> {
    async fn look_up(&self, guild: GuildId, channel: ChannelId) -> ChannelLookup {
        match channel_permissions::fetch_channel(self.requests, guild, channel, self.now).await {
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

    async fn send(&self, channel: ChannelId, reply: Reply) -> Outcome {
        self.requests.post(channel, &message::in_channel(reply)).await
    }
}
