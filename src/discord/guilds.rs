//! Which guilds the bot is in. Each shard's session begins with a list of its guilds; a guild that is on none of the lists
//! was left while the bot was away.

use crate::ids::GuildId;
use std::collections::{HashMap, HashSet};

/// The guilds of each shard, kept up to date by events.
#[derive(Debug, Default)]
pub struct Guilds {
    by_shard: HashMap<u32, HashSet<GuildId>>,
}

impl Guilds {
    /// Notes the list with which a shard's session began. Answers with all guilds once each of the `shards` has told its own:
    /// before that a guild may be on the list of another shard.
    pub fn session_begins(
        &mut self,
        shard: u32,
        shards: u32,
        guilds: impl IntoIterator<Item = GuildId>,
    ) -> Option<Vec<GuildId>> {
        // Another count of shards puts guilds elsewhere.
        self.by_shard.retain(|shard, _| *shard < shards);
        self.by_shard.insert(shard, guilds.into_iter().collect());
        let is_complete = usize::try_from(shards).is_ok_and(|shards| self.by_shard.len() >= shards);
        is_complete.then(|| {
            let mut all: Vec<GuildId> = self.by_shard.values().flatten().copied().collect();
            all.sort_unstable();
            all
        })
    }

    /// Whether the bot is in this guild, as far as it was told.
    #[must_use]
    pub fn has(&self, guild: GuildId) -> bool {
        self.by_shard.values().any(|guilds| guilds.contains(&guild))
    }

    /// Notes a guild that a shard says is there; whether it was not on the list with which the session began. Events are
    /// handled side by side, so this may come before the list that names it; then it is no news.
    pub fn joins(&mut self, shard: u32, guild: GuildId) -> bool {
        self.by_shard.get_mut(&shard).is_some_and(|guilds| guilds.insert(guild))
    }

    /// Notes a guild that the bot was removed from.
    pub fn leaves(&mut self, guild: GuildId) {
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
        // A further session begins with a list of its own.
        assert_eq!(guilds.session_begins(0, 1, [1].map(GuildId)), Some(vec![GuildId(1)]));
        assert_eq!(guilds.session_begins(0, 1, []), Some(vec![]));
    }

    #[test]
    fn of_several_shards_all_have_to_tell() {
        let mut guilds = Guilds::default();
        assert!(!guilds.joins(1, GuildId(4)), "an event that overtook its list");
        assert_eq!(guilds.session_begins(0, 3, [1, 2].map(GuildId)), None);
        assert_eq!(guilds.session_begins(2, 3, [5].map(GuildId)), None);
        // What happens in between counts.
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
