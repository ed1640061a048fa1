//! How the bot reaches Discord.

use crate::ids::GuildId;
use std::fmt;

use secrecy::SecretString;

/// How to reach Discord.
#[derive(Clone)]
pub struct Settings {
    /// The bot's token.
    pub token: SecretString,
    /// Where the commands are registered; everywhere if `None`.
    pub guild_id: Option<GuildId>,
    /// Who is asked instead of discord.com and keeps the rate limits.
    pub api_url: Option<String>,
}

/// Without the address of the API: what stands below its host may be a secret of a proxy's.
impl fmt::Debug for Settings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Settings").field("guild_id", &self.guild_id).finish_non_exhaustive()
    }
}
