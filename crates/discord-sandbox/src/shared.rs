//! What the tasks of one sandbox share.

use std::fs::File;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::options::SandboxOptions;
use crate::state::World;

/// The world behind its lock, and the signals beside it.
pub(crate) struct Shared {
    world: Mutex<World>,
    pub(crate) address: SocketAddr,
    /// Cancelled when the sandbox stops.
    pub(crate) shutdown: CancellationToken,
    /// Wakes the task that fails interactions nobody answered.
    pub(crate) interaction_started: Notify,
}

impl Shared {
    pub(crate) fn new(options: SandboxOptions, address: SocketAddr, recording: Option<File>) -> Self {
        Self {
            world: Mutex::new(World::new(options, address.to_string(), recording)),
            address,
            shutdown: CancellationToken::new(),
            interaction_started: Notify::new(),
        }
    }

    /// The world, to be held briefly and never across an `await`. A panic elsewhere leaves it as it
    /// was at a whole request's end or in its middle; a test that goes on shall see what is there.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fails interactions whose time is over, until the sandbox stops.
    pub(crate) async fn watch_deadlines(&self) {
        loop {
            let next = self.world().expire_interactions();
            let deadline = async {
                match next {
                    Some(left) => tokio::time::sleep(left).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = self.shutdown.cancelled() => return,
                () = self.interaction_started.notified(), if next.is_none() => {}
                () = deadline => {}
            }
        }
    }
}
