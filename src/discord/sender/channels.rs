//! What is known of channels for a while: the bot's rights, a forum's tags.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::discord::channel_rights::ChannelFacts;

/// For how long facts are taken for true.
const KEPT: Duration = Duration::from_secs(300);
/// Channels that are remembered; at the bound the oldest facts go.
const CHANNELS_MAX: usize = 5_000;

/// Facts of channels. Its clock is tokio's.
#[derive(Debug, Default)]
pub(super) struct KnownChannels {
    facts: Mutex<HashMap<u64, (Instant, Arc<ChannelFacts>)>>,
}

impl KnownChannels {
    pub(super) fn get(&self, channel: u64) -> Option<Arc<ChannelFacts>> {
        let facts = self.lock();
        let (_, known) = facts.get(&channel).filter(|(since, _)| since.elapsed() < KEPT)?;
        Some(Arc::clone(known))
    }

    pub(super) fn keep(&self, channel: u64, known: Arc<ChannelFacts>) {
        let mut facts = self.lock();
        if facts.len() >= CHANNELS_MAX && !facts.contains_key(&channel) {
            facts.retain(|_, (since, _)| since.elapsed() < KEPT);
            let oldest = facts.iter().min_by_key(|(_, (since, _))| *since).map(|(channel, _)| *channel);
            if let Some(oldest) = oldest.filter(|_| facts.len() >= CHANNELS_MAX) {
                facts.remove(&oldest);
            }
        }
        facts.insert(channel, (Instant::now(), known));
    }

    pub(super) fn forget(&self, channel: u64) {
        self.lock().remove(&channel);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, (Instant, Arc<ChannelFacts>)>> {
        self.facts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(id: u64) -> Arc<ChannelFacts> {
        Arc::new(ChannelFacts {
            id,
            kind: 0,
            name: String::new(),
            rights: 0,
            parent: None,
            requires_tag: false,
            tags: Vec::new(),
        })
    }

    #[tokio::test(start_paused = true)]
    async fn facts_are_kept_for_a_while_and_the_oldest_go_at_the_bound() {
        let known = KnownChannels::default();
        for channel in 0..=CHANNELS_MAX as u64 {
            known.keep(channel, facts(channel));
            tokio::time::advance(Duration::from_millis(1)).await;
        }
        assert_eq!(known.get(0), None);
        assert_eq!(known.get(1).unwrap().id, 1);
        known.forget(1);
        assert_eq!(known.get(1), None);
        assert!(known.get(CHANNELS_MAX as u64).is_some());
        tokio::time::advance(KEPT).await;
        assert_eq!(known.get(CHANNELS_MAX as u64), None);
    }
}
