//! The shards of a process (Discord's docs, "Sharding"). The events of a guild come to one shard.

use std::collections::BTreeSet;
use std::fmt;

use crate::ids::GuildId;

/// The most shards of one process.
pub const SHARDS_MAX: u32 = 16;

/// `DISCORD_SHARDS`: the shards of this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shards {
    /// As many as Discord recommends, all in this process.
    #[default]
    Recommended,
    /// These. Other processes run the others.
    Own(ShardRange),
}

impl Shards {
    /// Whether one of these shards has a guild.
    #[must_use]
    pub fn have(self, guild: GuildId) -> bool {
        match self {
            Self::Recommended => true,
            Self::Own(ShardRange { first, count, total }) => {
                (first..first + count).any(|number| Shard { number, total }.has(guild))
            }
        }
    }
}

/// Some of the bot's shards, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShardRange {
    /// The first one.
    pub first: u32,
    /// How many: from 1 to [`SHARDS_MAX`].
    pub count: u32,
    /// How many the bot has in all.
    pub total: u32,
}

impl ShardRange {
    /// Reads `0-15/64` or `3/64`. `None` for another form, an impossible range, or more than [`SHARDS_MAX`] shards.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (range, total) = text.split_once('/')?;
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let number = |text: &str| text.trim().parse::<u32>().ok();
        let (first, last, total) = (number(first)?, number(last)?, number(total)?);
        let count = last.checked_sub(first)?.checked_add(1)?;
        (last < total && count <= SHARDS_MAX).then_some(Self { first, count, total })
    }
}

impl ShardRange {
    /// The buckets of these shards. Of each bucket one shard at a time may begin a session (Discord's docs, "Sharding", "Max
    /// Concurrency").
    #[must_use]
    pub fn buckets(self, max_concurrency: u32) -> BTreeSet<u32> {
        (self.first..self.first + self.count).map(|number| number % max_concurrency.max(1)).collect()
    }
}

impl fmt::Display for ShardRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.first + self.count.saturating_sub(1);
        match self.count {
            1 => write!(formatter, "{}/{}", self.first, self.total),
            _ => write!(formatter, "{}-{last}/{}", self.first, self.total),
        }
    }
}

/// One of the bot's shards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Its number, from 0.
    pub number: u32,
    /// How many the bot has in all.
    pub total: u32,
}

impl Shard {
    /// Whether the events of a guild come to this shard.
    #[must_use]
    pub fn has(self, guild: GuildId) -> bool {
        (guild.0 >> 22) % u64::from(self.total.max(1)) == u64::from(self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_and_written() {
        for (text, range) in [
            ("0-15/64", Some((0, 16, 64))),
            ("3/4", Some((3, 1, 4))),
            ("0/1", Some((0, 1, 1))),
            (" 2 - 3 / 4 ", Some((2, 2, 4))),
            ("4/4", None),
            ("2-1/4", None),
            ("0-16/64", None),
            ("0-15", None),
            ("-1/4", None),
            ("0-4294967295/1", None),
            ("auto", None),
            ("", None),
        ] {
            let read = ShardRange::parse(text);
            assert_eq!(read.map(|range| (range.first, range.count, range.total)), range, "{text}");
            if let Some(read) = read {
                assert_eq!(ShardRange::parse(&read.to_string()), Some(read));
            }
        }
    }

    #[test]
    fn shards_share_the_buckets_that_discord_gives() {
        let range = ShardRange { first: 14, count: 4, total: 64 };
        for (max_concurrency, buckets) in
            [(1, vec![0]), (2, vec![0, 1]), (16, vec![0, 1, 14, 15]), (0, vec![0])]
        {
            assert_eq!(range.buckets(max_concurrency), buckets.into_iter().collect());
        }
    }

    #[test]
    fn each_guild_has_one_shard() {
        let guild = GuildId(197_038_439_483_310_086);
        let has = |total| (0..total).filter(|number| Shard { number: *number, total }.has(guild)).count();
        assert_eq!([1, 2, 16, 64].map(has), [1; 4]);
    }
}
