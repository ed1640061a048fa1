//! The ids of the bot and of the guilds. They are fixed: a configuration or a bookmark that names one stays valid.

/// The bot's application; its user has the same id.
pub(crate) const APPLICATION_ID: u64 = 1_100_000_000_000_000_001;
/// The guild; the role @everyone has the same id.
pub(crate) const GUILD_ID: u64 = 1_100_000_000_000_000_100;
/// The second guild; it has the same persons.
pub(crate) const ELSEWHERE_ID: u64 = GUILD_ID + 1_000;
