//! The guilds of the bot. The session of each shard begins with a list of the shard's guilds.

use std::collections::{HashMap, HashSet};

use crate::ids::GuildId;
use crate::shards::Shard;

/// The guilds of each shard of this process.
#[derive(Debug, Default)]
pub(super) struct Guilds {
    by_shard: HashMap<u32, HashSet<GuildId>>,
}

impl Guilds {
    /// Records the list of a shard's new session. A guild of the shard that is not on the list was left while the bot was not
    /// connected.
    pub(super) fn session_begins(&mut self, shard: Shard, guilds: impl IntoIterator<Item = GuildId>) {
        self.by_shard.insert(shard.number, guilds.into_iter().collect());
    }

    /// Whether a list or an event names this guild.
    #[must_use]
    pub(super) fn has(&self, guild: GuildId) -> bool {
        self.by_shard.values().any(|guilds| guilds.contains(&guild))
    }

    /// Records a guild of a shard. Returns whether the guild is new: it was not on the list of the session. Events run in
    /// parallel, so this event may come before the list. Then the guild does not count as new.
    pub(super) fn joins(&mut self, shard: u32, guild: GuildId) -> bool {
        self.by_shard.get_mut(&shard).is_some_and(|guilds| guilds.insert(guild))
    }

    /// Records that the bot left a guild.
    pub(super) fn leaves(&mut self, guild: GuildId) {
        for guilds in self.by_shard.values_mut() {
            guilds.remove(&guild);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_replaces_the_guilds_of_its_shard() {
        let mut guilds = Guilds::default();
        let shard = |number| Shard { number, total: 2 };
        assert!(!guilds.joins(1, GuildId(4)), "the event came before the list");
        guilds.session_begins(shard(0), [2, 1].map(GuildId));
        guilds.session_begins(shard(1), [4].map(GuildId));
        assert!(!guilds.joins(0, GuildId(2)), "it was on the list");
        assert!(guilds.joins(0, GuildId(3)));
        guilds.leaves(GuildId(1));
        assert_eq!([1, 2, 3, 4].map(|guild| guilds.has(GuildId(guild))), [false, true, true, true]);
        guilds.session_begins(shard(0), []);
        assert_eq!([1, 2, 3, 4].map(|guild| guilds.has(GuildId(guild))), [false, false, false, true]);
    }
}
