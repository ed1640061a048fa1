//! The ids of the bot and of the guilds. They are fixed: a configuration or a bookmark that names one stays valid.

/// The id of the bot's application and of its user.
pub(crate) const APPLICATION_ID: u64 = 1_100_000_000_000_000_001;
/// The id of the guild and of its role @everyone.
pub(crate) const GUILD_ID: u64 = 1_100_000_000_000_000_100;
/// The id of the direct messages of all persons, without the bot.
pub(crate) const GROUP_ID: u64 = GUILD_ID + 400;
/// The id of the second guild and of its role @everyone. With two shards, each has one of the guilds.
pub(crate) const ELSEWHERE_ID: u64 = GUILD_ID + (1 << 22);
