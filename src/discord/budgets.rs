//! A budget for each person or each guild.

use std::hash::Hash;

use jiff::{SignedDuration, Timestamp};
use moka::Entry;
use moka::ops::compute::Op;
use moka::policy::EvictionPolicy;
use moka::sync::Cache;

use super::budget::Budget;

/// The most users that are remembered. At the bound, the one goes that asked longest ago, and has its whole budget again.
const USERS_MAX: u64 = 10_000;

/// The same budget for each user: a person or a guild.
#[derive(Debug)]
pub(super) struct Budgets<K: Hash + Eq + Send + Sync + 'static> {
    budget: Budget,
    /// For each user, when its budget is whole again.
    whole_at: Cache<K, Timestamp>,
}

impl<K: Hash + Eq + Send + Sync + 'static> Budgets<K> {
    /// Nobody has used anything.
    pub(super) fn new(budget: Budget) -> Self {
        let cache = Cache::builder().max_capacity(USERS_MAX).eviction_policy(EvictionPolicy::lru());
        Self { budget, whole_at: cache.build() }
    }

    /// Takes one use now.
    ///
    /// # Errors
    /// The whole seconds until a use comes back, at least 1. Then nothing is taken.
    pub(super) fn take(&self, user: K, now: Timestamp) -> Result<(), i64> {
        let mut wait = None;
        self.whole_at.entry(user).and_compute_with(|whole_at| {
            match self.budget.take(whole_at.map(Entry::into_value), now) {
                Ok(whole_at) => Op::Put(whole_at),
                Err(left) => {
                    wait = Some(left);
                    Op::Nop
                }
            }
        });
        wait.map_or(Ok(()), |left: SignedDuration| Err(left.as_secs() + i64::from(left.subsec_nanos() > 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Budget = Budget { at_once: 1, one_each: SignedDuration::from_secs(10) };

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_780_000_000_000 + ms).unwrap()
    }

    #[test]
    fn each_user_has_its_own_wait_in_whole_seconds() {
        let budgets = Budgets::new(ONE);
        assert_eq!(budgets.take(1, at(0)), Ok(()));
        assert_eq!(budgets.take(1, at(1)), Err(10));
        assert_eq!(budgets.take(2, at(1)), Ok(()));
        assert_eq!(budgets.take(1, at(9_999)), Err(1));
        assert_eq!(budgets.take(1, at(10_000)), Ok(()));
        assert_eq!(budgets.take(1, at(9_000)), Ok(()), "a clock that went back blocks nobody");
    }

    #[test]
    fn the_number_of_users_is_bounded() {
        let budgets = Budgets::new(ONE);
        for user in 0..=USERS_MAX {
            assert_eq!(budgets.take(user, at(0)), Ok(()));
        }
        budgets.whole_at.run_pending_tasks();
        assert_eq!(budgets.whole_at.entry_count(), USERS_MAX);
        assert_eq!(budgets.take(0, at(0)), Ok(()), "the first user is forgotten");
        assert_eq!(budgets.take(7, at(0)), Err(10));
    }
}
