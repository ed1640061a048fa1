//! The state that the tasks of one sandbox share.

use std::fs::File;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::options::SandboxOptions;
use crate::state::World;

/// The world behind its lock, and the signals of the sandbox.
pub(crate) struct Shared {
    world: Mutex<World>,
    pub(crate) address: SocketAddr,
    /// Cancelled when the sandbox stops.
    pub(crate) shutdown: CancellationToken,
    /// Wakes the task that fails interactions without an answer.
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

    /// Locks the world. Callers hold it briefly and never across an `await`. After a panic in another task the world
    /// stays usable as it is: a test that continues sees the state of that moment.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fails each interaction at its deadline, until the sandbox stops.
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
