//! What the worker and the service of one process tell each other. A process without a worker has nobody who reads it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

use super::wait::Wait;
use crate::ids::ChannelId;

/// What the worker and the service of one process tell each other.
#[derive(Debug, Default)]
pub struct Board {
    is_changed: AtomicBool,
    changed: Notify,
    waits: Mutex<Waits>,
    turns: watch::Sender<u64>,
    delivers: AtomicBool,
    do_collections_differ: AtomicBool,
    work: Mutex<Option<Work>>,
}

/// The worker of this process, as its last turn left it.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    /// When the turn ended.
    pub turned_at: Instant,
    /// What the worker last counted.
    pub counts: Counts,
}

/// The feeds and the open deliveries that a worker knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Feeds that post.
    pub active: usize,
    /// Feeds that a moderator paused.
    pub paused_by_moderator: usize,
    /// Feeds that a trouble paused.
    pub paused_by_trouble: usize,
    /// Feeds in channels of other guilds.
    pub foreign: usize,
    /// Feeds of guilds that the bot left.
    pub left: usize,
    /// Stories that are due.
    pub due: usize,
    /// Deliveries with a request under way.
    pub sending: usize,
    /// Deliveries that Discord refused, and that nobody dismissed.
    pub failed: usize,
    /// Deliveries of unknown outcome that nobody dismissed.
    pub unknown: usize,
    /// Since when the channel that waits longest has had due stories, without a break.
    pub due_since: Option<Timestamp>,
}

/// What the worker waits for, besides the rules of feeds. The store does not hold it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waits {
    /// The wait of all channels.
    pub(super) all: Option<Wait>,
    /// The waits of single channels.
    pub(super) channels: HashMap<ChannelId, Wait>,
}

impl Board {
    /// Tells the worker that the store holds a change. The worker makes a turn at once.
    pub fn announce_change(&self) {
        self.is_changed.store(true, Ordering::Release);
        self.changed.notify_one();
    }

    /// Whether a change was announced since the last call.
    pub(super) fn takes_change(&self) -> bool {
        self.is_changed.swap(false, Ordering::AcqRel)
    }

    /// Waits until a change is announced.
    pub(super) async fn change(&self) {
        self.changed.notified().await;
    }

    pub(super) fn set_waits(&self, waits: Waits) {
        *self.waits.lock().unwrap_or_else(PoisonError::into_inner) = waits;
    }

    pub(super) fn waits(&self) -> Waits {
        self.waits.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes whether a worker runs in this process.
    pub fn set_delivers(&self, delivers: bool) {
        self.delivers.store(delivers, Ordering::Release);
    }

    /// Whether a worker runs in this process.
    #[must_use]
    pub fn delivers(&self) -> bool {
        self.delivers.load(Ordering::Acquire)
    }

    /// Notes whether another process has loaded other articles than this one. A change makes the worker plan anew.
    pub fn set_collections_differ(&self, differ: bool) {
        if self.do_collections_differ.swap(differ, Ordering::AcqRel) != differ {
            self.announce_change();
        }
    }

    /// Whether another process has loaded other articles. While they differ, an absent file withdraws nothing.
    pub(super) fn do_collections_differ(&self) -> bool {
        self.do_collections_differ.load(Ordering::Acquire)
    }

    /// Counts a turn of the worker.
    pub(super) fn count_turn(&self) {
        self.turns.send_modify(|turns| *turns += 1);
        self.change_work(|work| work.turned_at = Instant::now());
    }

    pub(super) fn set_counts(&self, counts: Counts) {
        self.change_work(|work| work.counts = counts);
    }

    fn change_work(&self, change: impl FnOnce(&mut Work)) {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        change(work.get_or_insert(Work { turned_at: Instant::now(), counts: Counts::default() }));
    }

    /// Notes that this process has no worker any more.
    pub fn note_end_of_work(&self) {
        *self.work.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The worker; `None` before its first turn and after its end.
    #[must_use]
    pub fn work(&self) -> Option<Work> {
        *self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many turns the worker has made. A worker that is alive makes one at least every 15 seconds.
    #[must_use]
    pub fn turns(&self) -> watch::Receiver<u64> {
        self.turns.subscribe()
    }
}
