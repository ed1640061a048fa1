//! What commands have to know of a server's channels and roles, and how Discord is asked for it.

use jiff::Timestamp;

use super::channel_rights::{self, ChannelFacts};
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
pub enum Look {
    /// It is a channel of the server, and this is known of it.
    Seen(ChannelFacts),
    /// It is no channel of the server, but one of another or of direct messages.
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
    /// Looks at a channel of a server, once.
    async fn look(&self, server: GuildId, channel: ChannelId) -> Look;

    /// The ids of a server's roles; the cause, in words for the log, where Discord does not say.
    async fn roles(&self, server: GuildId) -> Result<Vec<RoleId>, String>;
}

/// Asks Discord, at this time.
#[derive(Debug)]
pub struct ThroughDiscord<'a> {
    /// How to ask.
    pub requests: &'a Requests,
    /// Tells whether the bot is still timed out.
    pub now: Timestamp,
}

#[serenity::async_trait]
impl Channels for ThroughDiscord<'_> {
    async fn look(&self, server: GuildId, channel: ChannelId) -> Look {
        match channel_rights::look(self.requests, server, channel, self.now).await {
            Ok(facts) if facts.server == Some(server) => Look::Seen(facts),
            Ok(_) => Look::Elsewhere,
            Err(Outcome::Refused(refusal)) if refusal.code == UNKNOWN_CHANNEL => Look::Gone,
            Err(Outcome::Refused(refusal)) if refusal.code == MISSING_ACCESS => Look::Hidden,
            Err(outcome) => Look::Unknown(failure::in_words(&outcome)),
        }
    }

    async fn roles(&self, server: GuildId) -> Result<Vec<RoleId>, String> {
        channel_rights::roles(self.requests, server).await.map_err(|outcome| failure::in_words(&outcome))
    }
}
