//! How often a guild may ask for what costs us something.

use crate::ids::GuildId;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// How long a guild waits from one `/reload` to the next, in seconds.
const COOLDOWN_SECONDS: i64 = 10;
/// Guilds that are remembered; at the bound the one that asked longest ago is forgotten.
const GUILDS_MAX: usize = 1_000;

/// When each guild asked last.
#[derive(Debug, Default)]
pub struct Cooldown {
    asked_at: Mutex<HashMap<GuildId, Timestamp>>,
}

impl Cooldown {
    /// Notes that a guild asks now.
    ///
    /// # Errors
    /// How many seconds it has yet to wait; then nothing is noted. A clock that went back ends every wait.
    pub fn ask(&self, guild: GuildId, now: Timestamp) -> Result<(), i64> {
        let wait = SignedDuration::from_secs(COOLDOWN_SECONDS);
        let waits = |asked_at: Timestamp| (asked_at..asked_at + wait).contains(&now);
        let mut asked_at = self.asked_at.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(asked) = asked_at.get(&guild).copied().filter(|asked| waits(*asked)) {
            let left = wait - now.duration_since(asked);
            return Err(left.as_secs() + i64::from(left.subsec_nanos() > 0));
        }
        asked_at.retain(|_, asked| waits(*asked));
        if asked_at.len() >= GUILDS_MAX
            && let Some(oldest) = asked_at.iter().min_by_key(|(_, asked)| **asked).map(|(guild, _)| *guild)
        {
            asked_at.remove(&oldest);
        }
        asked_at.insert(guild, now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_780_000_000_000 + ms).unwrap()
    }

    #[test]
    fn each_guild_waits_for_itself() {
        let cooldown = Cooldown::default();
        assert_eq!(cooldown.ask(GuildId(1), at(0)), Ok(()));
        assert_eq!(cooldown.ask(GuildId(1), at(1)), Err(10));
        assert_eq!(cooldown.ask(GuildId(2), at(1)), Ok(()));
        assert_eq!(cooldown.ask(GuildId(1), at(9_999)), Err(1));
        assert_eq!(cooldown.ask(GuildId(1), at(10_000)), Ok(()));
        assert_eq!(cooldown.ask(GuildId(1), at(9_000)), Ok(()), "a clock that went back locks nobody out");
    }

    #[test]
    fn no_more_guilds_are_remembered_than_may_be() {
        let cooldown = Cooldown::default();
        for guild in 0..=GUILDS_MAX as u64 {
            assert_eq!(cooldown.ask(GuildId(guild), at(i64::try_from(guild).unwrap())), Ok(()));
        }
        assert_eq!(cooldown.asked_at.lock().unwrap().len(), GUILDS_MAX);
        assert_eq!(cooldown.ask(GuildId(0), at(2_000)), Ok(()), "the first was forgotten");
        cooldown.ask(GuildId(7), at(60_000)).unwrap();
        assert_eq!(cooldown.asked_at.lock().unwrap().len(), 1);
    }
}
