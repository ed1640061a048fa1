//! Which servers the bot is in. Each shard's session begins with a list of its servers; a server that is on none of the lists
//! was left while the bot was away.

use crate::ids::GuildId;
use std::collections::{HashMap, HashSet};

/// The servers of each shard, kept up to date by events.
#[derive(Debug, Default)]
pub struct Servers {
    by_shard: HashMap<u32, HashSet<GuildId>>,
}

impl Servers {
    /// Notes the list with which a shard's session began. Answers with all servers once each of the `shards` has told its own:
    /// before that a server may be on the list of another shard.
    pub fn session_begins(
        &mut self,
        shard: u32,
        shards: u32,
        servers: impl IntoIterator<Item = GuildId>,
    ) -> Option<Vec<GuildId>> {
        // Another count of shards puts servers elsewhere.
        self.by_shard.retain(|shard, _| *shard < shards);
        self.by_shard.insert(shard, servers.into_iter().collect());
        let is_complete = usize::try_from(shards).is_ok_and(|shards| self.by_shard.len() >= shards);
        is_complete.then(|| {
            let mut all: Vec<GuildId> = self.by_shard.values().flatten().copied().collect();
            all.sort_unstable();
            all
        })
    }

    /// Whether the bot is in this server, as far as it was told.
    #[must_use]
    pub fn has(&self, server: GuildId) -> bool {
        self.by_shard.values().any(|servers| servers.contains(&server))
    }

    /// Notes a server that a shard says is there; whether it was not on the list with which the session began. Events are
    /// handled side by side, so this may come before the list that names it; then it is no news.
    pub fn joins(&mut self, shard: u32, server: GuildId) -> bool {
        self.by_shard.get_mut(&shard).is_some_and(|servers| servers.insert(server))
    }

    /// Notes a server that the bot was removed from.
    pub fn leaves(&mut self, server: GuildId) {
        for servers in self.by_shard.values_mut() {
            servers.remove(&server);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_shard_knows_all_servers_at_once() {
        let mut servers = Servers::default();
        assert_eq!(servers.session_begins(0, 1, [2, 1].map(GuildId)), Some(vec![GuildId(1), GuildId(2)]));
        assert!(!servers.joins(0, GuildId(2)), "it was on the list");
        assert!(servers.joins(0, GuildId(3)));
        // A further session begins with a list of its own.
        assert_eq!(servers.session_begins(0, 1, [1].map(GuildId)), Some(vec![GuildId(1)]));
        assert_eq!(servers.session_begins(0, 1, []), Some(vec![]));
    }

    #[test]
    fn of_several_shards_all_have_to_tell() {
        let mut servers = Servers::default();
        assert!(!servers.joins(1, GuildId(4)), "an event that overtook its list");
        assert_eq!(servers.session_begins(0, 3, [1, 2].map(GuildId)), None);
        assert_eq!(servers.session_begins(2, 3, [5].map(GuildId)), None);
        // What happens in between counts.
        assert!(servers.joins(0, GuildId(3)));
        servers.leaves(GuildId(1));
        assert_eq!(
            servers.session_begins(1, 3, [4].map(GuildId)),
            Some(vec![GuildId(2), GuildId(3), GuildId(4), GuildId(5)])
        );
        assert_eq!(
            servers.session_begins(0, 3, [2].map(GuildId)),
            Some(vec![GuildId(2), GuildId(4), GuildId(5)])
        );
    }
}
