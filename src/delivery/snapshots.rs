//! The snapshot of the current collection, made once for all who need it.

use std::sync::Arc;

use tokio::sync::Mutex;

use super::snapshot::Snapshot;
use crate::collection::Collection;

/// The snapshot of the current collection.
#[derive(Debug, Default)]
pub struct Snapshots(Mutex<Option<Arc<Snapshot>>>);

impl Snapshots {
    /// The snapshot of a collection. A blocking task makes it, because that takes a while. A second caller waits for it.
    pub(super) async fn of(&self, collection: &Arc<Collection>) -> Arc<Snapshot> {
        let mut latest = self.0.lock().await;
        if let Some(latest) = latest.as_ref().filter(|latest| Arc::ptr_eq(latest.collection(), collection)) {
            return Arc::clone(latest);
        }
        let (before, collection) = (latest.take().unwrap_or_default(), Arc::clone(collection));
        let made = tokio::task::spawn_blocking(move || before.followed_by(collection)).await;
        // A panic there would be a bug. An empty snapshot posts and withdraws nothing.
        let made = Arc::new(made.unwrap_or_default());
        *latest = Some(Arc::clone(&made));
        made
    }
}
