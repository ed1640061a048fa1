//! The sessions of this process with Discord's gateway, as serenity knows them now.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use serenity::all::{ConnectionStage, ShardId, ShardManager};

use crate::shards::ShardRange;

/// How long a look may take. serenity holds the list of its shards while a shard ends.
const LOOK_MAX: Duration = Duration::from_secs(1);

/// The shards of this process; none before the bot connects.
#[derive(Default)]
pub(crate) struct Gateway(ArcSwapOption<Running>);

struct Running {
    shards: Arc<ShardManager>,
    own: ShardRange,
}

/// How the shards are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct GatewayState {
    /// The shards of this process.
    pub(crate) shards: usize,
    /// Those that have a session.
    pub(crate) connected: usize,
    /// How long the slowest shard waited for the answer to a heartbeat. `None` before the first one.
    pub(crate) latency: Option<Duration>,
}

impl Gateway {
    pub(super) fn runs(&self, shards: Arc<ShardManager>, own: ShardRange) {
        self.0.store(Some(Arc::new(Running { shards, own })));
    }

    /// How long the gateway takes to answer a heartbeat of a shard. `None` before the first one.
    pub(super) async fn latency(&self, shard: ShardId) -> Option<Duration> {
        let running = self.0.load_full()?;
        running.shards.runners.lock().await.get(&shard)?.latency
    }

    /// How the shards are now. `None` before the bot connects.
    pub(crate) async fn state(&self) -> Option<GatewayState> {
        let running = self.0.load_full()?;
        let shards = usize::try_from(running.own.count).unwrap_or(usize::MAX);
        let looked = tokio::time::timeout(LOOK_MAX, running.shards.runners.lock()).await;
        let Ok(runners) = looked else { return Some(GatewayState { shards, ..GatewayState::default() }) };
        Some(GatewayState {
            shards,
            connected: runners.values().filter(|runner| runner.stage == ConnectionStage::Connected).count(),
            latency: runners.values().filter_map(|runner| runner.latency).max(),
        })
    }
}

impl fmt::Debug for Gateway {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Gateway").finish_non_exhaustive()
    }
}
