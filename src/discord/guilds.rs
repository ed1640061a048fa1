//! The guilds of the bot. The session of each shard begins with a list of the shard's guilds. A guild that is on no list was
//! left while the bot was not connected.

use crate::ids::GuildId;
use std::collections::{HashMap, HashSet};

/// The guilds of each shard.
#[derive(Debug, Default)]
pub(super) struct Guilds {
    by_shard: HashMap<u32, HashSet<GuildId>>,
}

impl Guilds {
    /// Records the list of a shard's new session. Returns all guilds of the bot when each of the `shards` has sent its list.
    /// `None` before that, because a guild may be on the list of another shard.
    pub(super) fn session_begins(
        &mut self,
        shard: u32,
        shards: u32,
        guilds: impl IntoIterator<Item = GuildId>,
    ) -> Option<Vec<GuildId>> {
        // With another number of shards, guilds move to other shards.
        self.by_shard.retain(|shard, _| *shard < shards);
        self.by_shard.insert(shard, guilds.into_iter().collect());
        let is_complete = usize::try_from(shards).is_ok_and(|shards| self.by_shard.len() >= shards);
        is_complete.then(|| {
            let mut all: Vec<GuildId> = self.by_shard.values().flatten().copied().collect();
            all.sort_unstable();
            all
        })
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
    fn one_shard_knows_all_guilds_at_once() {
        let mut guilds = Guilds::default();
        assert_eq!(guilds.session_begins(0, 1, [2, 1].map(GuildId)), Some(vec![GuildId(1), GuildId(2)]));
        assert!(!guilds.joins(0, GuildId(2)), "it was on the list");
        assert!(guilds.joins(0, GuildId(3)));
        // The next session begins with its own list.
        assert_eq!(guilds.session_begins(0, 1, [1].map(GuildId)), Some(vec![GuildId(1)]));
        assert_eq!(guilds.session_begins(0, 1, []), Some(vec![]));
    }

    #[test]
    fn every_shard_must_send_its_list_first() {
        let mut guilds = Guilds::default();
        assert!(!guilds.joins(1, GuildId(4)), "the event came before the list");
        assert_eq!(guilds.session_begins(0, 3, [1, 2].map(GuildId)), None);
        assert_eq!(guilds.session_begins(2, 3, [5].map(GuildId)), None);
        // Events between the lists count.
        assert!(guilds.joins(0, GuildId(3)));
        guilds.leaves(GuildId(1));
        assert_eq!(
            guilds.session_begins(1, 3, [4].map(GuildId)),
            Some(vec![GuildId(2), GuildId(3), GuildId(4), GuildId(5)])
        );
        assert_eq!(
            guilds.session_begins(0, 3, [2].map(GuildId)),
            Some(vec![GuildId(2), GuildId(4), GuildId(5)])
        );
    }
}
