//! How often a guild may use `/reload`.

use jiff::{SignedDuration, Timestamp};
use moka::ops::compute::Op;
use moka::policy::EvictionPolicy;
use moka::sync::Cache;

use crate::ids::GuildId;

/// How long a guild waits from one `/reload` to the next.
const COOLDOWN: SignedDuration = SignedDuration::from_secs(10);
/// The most guilds in the cache. At the bound, the guild that asked longest ago goes, and may ask again at once.
const GUILDS_MAX: u64 = 1_000;

/// When each guild last asked.
#[derive(Debug)]
pub(super) struct Cooldown {
    asked_at: Cache<GuildId, Timestamp>,
}

impl Default for Cooldown {
    fn default() -> Self {
        let cache = Cache::builder().max_capacity(GUILDS_MAX).eviction_policy(EvictionPolicy::lru());
        Self { asked_at: cache.build() }
    }
}

impl Cooldown {
    /// Records that a guild asks now.
    ///
    /// # Errors
    /// The seconds that the guild still has to wait. Then nothing is recorded. A clock that went back ends every wait.
    pub(super) fn ask(&self, guild: GuildId, now: Timestamp) -> Result<(), i64> {
        let mut wait = None;
        self.asked_at.entry(guild).and_compute_with(|last| {
            let asked_at = last.map(moka::Entry::into_value).filter(|asked_at| *asked_at <= now);
            let left = asked_at.map(|asked_at| COOLDOWN - now.duration_since(asked_at));
            wait = left.filter(SignedDuration::is_positive);
            if wait.is_some() { Op::Nop } else { Op::Put(now) }
        });
        wait.map_or(Ok(()), |left| Err(left.as_secs() + i64::from(left.subsec_nanos() > 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_780_000_000_000 + ms).unwrap()
    }

    #[test]
    fn each_guild_has_its_own_wait() {
        let cooldown = Cooldown::default();
        assert_eq!(cooldown.ask(GuildId(1), at(0)), Ok(()));
        assert_eq!(cooldown.ask(GuildId(1), at(1)), Err(10));
        assert_eq!(cooldown.ask(GuildId(2), at(1)), Ok(()));
        assert_eq!(cooldown.ask(GuildId(1), at(9_999)), Err(1));
        assert_eq!(cooldown.ask(GuildId(1), at(10_000)), Ok(()));
        assert_eq!(cooldown.ask(GuildId(1), at(9_000)), Ok(()), "a clock that went back blocks nobody");
    }

    #[test]
    fn the_number_of_guilds_is_bounded() {
        let cooldown = Cooldown::default();
        for guild in 0..=GUILDS_MAX {
            assert_eq!(cooldown.ask(GuildId(guild), at(0)), Ok(()));
        }
        cooldown.asked_at.run_pending_tasks();
        assert_eq!(cooldown.asked_at.entry_count(), GUILDS_MAX);
        assert_eq!(cooldown.ask(GuildId(0), at(0)), Ok(()), "the first guild is forgotten");
        assert_eq!(cooldown.ask(GuildId(7), at(0)), Err(10));
    }
}
