//! What handlers answer from.

use std::fmt;
use std::sync::Arc;

use arc_swap::ArcSwap;
use jiff::Timestamp;

use crate::collection::Collection;

/// Tells the time; tests have one that stands still.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Shared by all handlers. A reload swaps the collection; a handler keeps the one it began with.
pub struct State {
    collection: ArcSwap<Collection>,
    clock: Clock,
}

impl State {
    /// Answers from this collection.
    #[must_use]
    pub fn new(collection: Collection, clock: Clock) -> Self {
        Self { collection: ArcSwap::from_pointee(collection), clock }
    }

    /// The collection as it is now.
    #[must_use]
    pub fn collection(&self) -> Arc<Collection> {
        self.collection.load_full()
    }

    /// From now on answers come from this collection.
    pub fn replace(&self, collection: Collection) {
        self.collection.store(Arc::new(collection));
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }
}

impl fmt::Debug for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("State").field("articles", &self.collection.load().articles().len()).finish()
    }
}
