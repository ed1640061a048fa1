//! What handlers answer from.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use crate::collection::Collection;
use crate::collection::incremental::Clock;
use crate::discord::cooldown::Cooldown;
use crate::reload::Reloads;

/// Shared by all handlers. A reload swaps the collection; a handler keeps the one it began with.
pub struct State {
    reloads: Reloads,
    clock: Clock,
    started_at: Timestamp,
    reload_cooldown: Cooldown,
}

impl State {
    /// Answers from this collection, which no folder stands behind.
    #[must_use]
    pub fn new(collection: Collection, clock: Clock) -> Self {
        Self::following(Reloads::detached(Arc::new(collection)), clock)
    }

    /// Answers from the collection that these loads leave.
    #[must_use]
    pub fn following(reloads: Reloads, clock: Clock) -> Self {
        Self { reloads, started_at: clock(), clock, reload_cooldown: Cooldown::default() }
    }

    /// The collection as it is now.
    #[must_use]
    pub fn collection(&self) -> Arc<Collection> {
        self.reloads.collection()
    }

    /// From now on answers come from this collection: what a reload does, without a folder.
    #[cfg(test)]
    pub(crate) fn replace(&self, collection: Collection) {
        self.reloads.replace(Arc::new(collection));
    }

    /// Whom to ask for a load, and what came of the last.
    #[must_use]
    pub fn reloads(&self) -> &Reloads {
        &self.reloads
    }

    /// How often a server may have the folder read.
    #[must_use]
    pub fn reload_cooldown(&self) -> &Cooldown {
        &self.reload_cooldown
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// When the bot was started.
    #[must_use]
    pub fn started_at(&self) -> Timestamp {
        self.started_at
    }
}

impl fmt::Debug for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("State").field("articles", &self.collection().articles().len()).finish()
    }
}
