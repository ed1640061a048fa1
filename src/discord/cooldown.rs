//! How often a server may ask for what costs us something.

use crate::ids::GuildId;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// How long a server waits from one `/reload` to the next, in seconds.
const COOLDOWN_SECONDS: i64 = 10;
/// Servers that are remembered; at the bound the one that asked longest ago is forgotten.
const SERVERS_MAX: usize = 1_000;

/// When each server asked last.
#[derive(Debug, Default)]
pub struct Cooldown {
    asked_at: Mutex<HashMap<GuildId, Timestamp>>,
}

impl Cooldown {
    /// Notes that a server asks now.
    ///
    /// # Errors
    /// How many seconds it has yet to wait; then nothing is noted. A clock that went back ends every wait.
    pub fn ask(&self, server: GuildId, now: Timestamp) -> Result<(), i64> {
        let wait = SignedDuration::from_secs(COOLDOWN_SECONDS);
        let waits = |asked_at: Timestamp| (asked_at..asked_at + wait).contains(&now);
        let mut asked_at = self.asked_at.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(asked) = asked_at.get(&server).copied().filter(|asked| waits(*asked)) {
            let left = wait - now.duration_since(asked);
            return Err(left.as_secs() + i64::from(left.subsec_nanos() > 0));
        }
        asked_at.retain(|_, asked| waits(*asked));
        if asked_at.len() >= SERVERS_MAX
            && let Some(oldest) = asked_at.iter().min_by_key(|(_, asked)| **asked).map(|(server, _)| *server)
        {
            asked_at.remove(&oldest);
        }
        asked_at.insert(server, now);
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
    fn each_server_waits_for_itself() {
        let cooldown = Cooldown::default();
        assert_eq!(cooldown.ask(GuildId(1), at(0)), Ok(()));
        assert_eq!(cooldown.ask(GuildId(1), at(1)), Err(10));
        assert_eq!(cooldown.ask(GuildId(2), at(1)), Ok(()));
        assert_eq!(cooldown.ask(GuildId(1), at(9_999)), Err(1));
        assert_eq!(cooldown.ask(GuildId(1), at(10_000)), Ok(()));
        assert_eq!(cooldown.ask(GuildId(1), at(9_000)), Ok(()), "a clock that went back locks nobody out");
    }

    #[test]
    fn no_more_servers_are_remembered_than_may_be() {
        let cooldown = Cooldown::default();
        for server in 0..=SERVERS_MAX as u64 {
            assert_eq!(cooldown.ask(GuildId(server), at(i64::try_from(server).unwrap())), Ok(()));
        }
        assert_eq!(cooldown.asked_at.lock().unwrap().len(), SERVERS_MAX);
        assert_eq!(cooldown.ask(GuildId(0), at(2_000)), Ok(()), "the first was forgotten");
        cooldown.ask(GuildId(7), at(60_000)).unwrap();
        assert_eq!(cooldown.asked_at.lock().unwrap().len(), 1);
    }
}
