//! What was learned of channels and guilds, remembered for a while.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// For how long it is taken for true.
const KEPT: Duration = Duration::from_secs(300);
/// Channels, or guilds, that are remembered; at the bound the oldest goes.
const ENTRIES_MAX: usize = 5_000;

/// Something by an id. Its clock is tokio's.
#[derive(Debug)]
pub(super) struct Known<K, T> {
    entries: Mutex<Entries<K, T>>,
}

type Entries<K, T> = HashMap<K, (Instant, Arc<T>)>;

impl<K, T> Default for Known<K, T> {
    fn default() -> Self {
        Self { entries: Mutex::default() }
    }
}

impl<K: Copy + Eq + Hash, T> Known<K, T> {
    pub(super) fn get(&self, id: K) -> Option<Arc<T>> {
        let entries = self.lock();
        let (_, known) = entries.get(&id).filter(|(since, _)| since.elapsed() < KEPT)?;
        Some(Arc::clone(known))
    }

    /// What was known last, also where that may have changed.
    pub(super) fn last(&self, id: K) -> Option<Arc<T>> {
        self.lock().get(&id).map(|(_, known)| Arc::clone(known))
    }

    pub(super) fn keep(&self, id: K, known: T) -> Arc<T> {
        let known = Arc::new(known);
        let mut entries = self.lock();
        if entries.len() >= ENTRIES_MAX && !entries.contains_key(&id) {
            entries.retain(|_, (since, _)| since.elapsed() < KEPT);
            let oldest = entries.iter().min_by_key(|(_, (since, _))| *since).map(|(id, _)| *id);
            if let Some(oldest) = oldest.filter(|_| entries.len() >= ENTRIES_MAX) {
                entries.remove(&oldest);
            }
        }
        entries.insert(id, (Instant::now(), Arc::clone(&known)));
        known
    }

    /// What was known, which is so no longer.
    pub(super) fn forget(&self, id: K) -> Option<Arc<T>> {
        self.lock().remove(&id).map(|(_, known)| known)
    }

    fn lock(&self) -> MutexGuard<'_, Entries<K, T>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_is_kept_for_a_while_and_the_oldest_goes_at_the_bound() {
        let known = Known::default();
        for id in 0..=ENTRIES_MAX as u64 {
            known.keep(id, id);
            tokio::time::advance(Duration::from_millis(1)).await;
        }
        assert_eq!(known.get(0), None);
        assert_eq!(known.get(1).as_deref(), Some(&1));
        assert_eq!(known.forget(1).as_deref(), Some(&1));
        assert_eq!(known.get(1), None);
        assert!(known.get(ENTRIES_MAX as u64).is_some());
        tokio::time::advance(KEPT).await;
        assert_eq!(known.get(ENTRIES_MAX as u64), None);
        assert_eq!(known.last(ENTRIES_MAX as u64).as_deref(), Some(&(ENTRIES_MAX as u64)));
    }
}
