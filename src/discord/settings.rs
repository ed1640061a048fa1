//! The settings of the connection to Discord.

use crate::ids::GuildId;
use std::fmt;

use secrecy::SecretString;

use crate::shards::Shards;

/// The settings of the connection to Discord.
#[derive(Clone)]
pub struct Settings {
    /// The bot's token.
    pub token: SecretString,
    /// The guild where the commands are registered. With `None`, they are registered globally.
    pub guild_id: Option<GuildId>,
    /// The base address of the API in place of discord.com: a proxy that keeps the rate limits, or a sandbox.
    pub api_url: Option<String>,
    /// The shards of this process.
    pub shards: Shards,
}

/// Leaves out the address of the API, because its path may hold a secret of a proxy.
impl fmt::Debug for Settings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Settings").field("guild_id", &self.guild_id).finish_non_exhaustive()
    }
}
