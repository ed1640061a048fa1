//! A bounded cache of what Discord answered about channels and guilds.

use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use moka::policy::EvictionPolicy;
use moka::sync::Cache;
use tokio::time::Instant;

/// How long an entry is fresh.
const FRESH_FOR: Duration = Duration::from_secs(300);
/// The most entries. At the bound, the least recently used entry goes.
const ENTRIES_MAX: u64 = 5_000;

/// Values by id. The age of an entry is measured by tokio's clock, which tests can move. moka's own expiry follows the clock of
/// the system, so it is not used.
pub(super) struct LookupCache<K, T>(Cache<K, (Instant, Arc<T>)>);

impl<K: Copy + Eq + Hash + Send + Sync + 'static, T: Send + Sync + 'static> Default for LookupCache<K, T> {
    fn default() -> Self {
        let cache = Cache::builder().max_capacity(ENTRIES_MAX).eviction_policy(EvictionPolicy::lru());
        Self(cache.build())
    }
}

impl<K: Copy + Eq + Hash + Send + Sync + 'static, T: Send + Sync + 'static> LookupCache<K, T> {
    /// The value, if it is fresh.
    pub(super) fn fresh(&self, id: K) -> Option<Arc<T>> {
        self.0.get(&id).filter(|(since, _)| since.elapsed() < FRESH_FOR).map(|(_, value)| value)
    }

    /// The value, also if it is not fresh.
    pub(super) fn last(&self, id: K) -> Option<Arc<T>> {
        self.0.get(&id).map(|(_, value)| value)
    }

    pub(super) fn insert(&self, id: K, value: T) -> Arc<T> {
        let value = Arc::new(value);
        self.0.insert(id, (Instant::now(), Arc::clone(&value)));
        value
    }

    /// Removes the value, and returns it.
    pub(super) fn remove(&self, id: K) -> Option<Arc<T>> {
        self.0.remove(&id).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn entries_are_fresh_for_a_while_and_the_least_recently_used_goes_at_the_bound() {
        let cache = LookupCache::default();
        for id in 0..=ENTRIES_MAX {
            cache.insert(id, id);
        }
        cache.0.run_pending_tasks();
        assert_eq!(cache.0.entry_count(), ENTRIES_MAX);
        assert_eq!(cache.last(0), None);
        assert_eq!(cache.fresh(1).as_deref(), Some(&1));
        assert_eq!(cache.remove(1).as_deref(), Some(&1));
        assert_eq!(cache.fresh(1), None);
        tokio::time::advance(FRESH_FOR).await;
        assert_eq!(cache.fresh(ENTRIES_MAX), None);
        assert_eq!(cache.last(ENTRIES_MAX).as_deref(), Some(&ENTRIES_MAX));
    }
}
