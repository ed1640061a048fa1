//! Runs the loads of the articles folder. Requests that arrive together share one load.
//!
//! Readers get the collection here and never wait: a load builds the next collection and then swaps it in.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use arc_swap::{ArcSwap, ArcSwapOption};
use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot, watch};

use crate::collection::Collection;
use crate::collection::incremental::{COARSEST_TICK_SECONDS, Clock, Loader, Reloaded};
use crate::collection::load_error::{LoadError, place_of};
use crate::collection::orders::HalfLife;
use crate::collection::watch::Watch;
use crate::ops::metrics;

mod log;
mod report;

pub use report::Report;

/// The most requests in the queue for the next load. A further request waits for a free place.
const ASKERS_MAX: usize = 64;

/// The outcome of a load that panicked.
const PANICKED: &str =
    "reading the articles folder failed because of an error in heatwire; please report this";

/// The collection after a load, for the followers of all loads.
#[derive(Debug, Clone)]
pub struct Current {
    /// The same collection as before where nothing changed.
    pub collection: Arc<Collection>,
    /// When the load ended.
    pub at: Timestamp,
    /// As in [`Report::is_complete`].
    pub is_complete: bool,
    /// When a load last found new articles.
    pub arrived_at: Timestamp,
}

impl Current {
    fn after(&self, collection: Arc<Collection>, report: &Report) -> Self {
        let has_new_articles =
            report.outcome.as_ref().is_ok_and(|difference| difference.articles.added.count > 0);
        let arrived_at = if has_new_articles { report.at } else { self.arrived_at };
        Self { collection, at: report.at, is_complete: report.is_complete, arrived_at }
    }
}

/// No load runs any more, because the bot is stopping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the bot is stopping and loads no more files")]
pub struct Stopped;

/// Requests loads, and gives access to their results. All clones share one loader. When the last is dropped, loading ends.
#[derive(Clone)]
pub struct Reloads {
    shared: Arc<Shared>,
    asks: mpsc::Sender<Ask>,
}

struct Shared {
    collection: ArcSwap<Collection>,
    last: ArcSwapOption<Report>,
    last_change: ArcSwapOption<Report>,
    current: watch::Sender<Current>,
}

impl Shared {
    fn note(&self, report: &Arc<Report>) {
        let outcome = match &report.outcome {
            Ok(difference) if difference.is_empty() => "unchanged",
            Ok(_) => "changed",
            Err(_) => "failed",
        };
        metrics::reload(outcome, report.took);
        self.last.store(Some(Arc::clone(report)));
        if report.outcome.as_ref().is_ok_and(|difference| !difference.is_empty()) {
            self.last_change.store(Some(Arc::clone(report)));
        }
        self.current.send_modify(|current| *current = current.after(self.collection.load_full(), report));
    }
}

/// A request for a load; `None` when nobody waits for the report.
type Ask = Option<oneshot::Sender<Arc<Report>>>;

impl Reloads {
    /// Reads the folder, and from then on reads it again for each request. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// When the folder cannot be read at all.
    pub async fn start(root: PathBuf, half_life: HalfLife, clock: Clock) -> Result<Self, LoadError> {
        let started_at = Instant::now();
        let mut loader = Loader::new(root, Arc::clone(&clock)).with_half_life(half_life);
        let (loader, first) = run_blocking(move || {
            let first = loader.reload();
            (loader, first)
        })
        .await
        .ok_or_else(|| LoadError::Unreadable(std::io::Error::other(PANICKED)))?;
        let first = first?;
        let reloads = Self::detached(Arc::clone(&first.collection));
        let is_unsettled = first.is_unsettled;
        let report = report(Ok(first), started_at.elapsed(), clock());
        log::log(&report, "", None, reloads.collection().as_ref());
        if reloads.collection().articles().is_empty() {
            tracing::warn!("the articles folder has no articles, so members see none yet");
        }
        reloads.shared.note(&Arc::new(report));
        let (asks, asked) = mpsc::channel(ASKERS_MAX);
        let shared = Arc::clone(&reloads.shared);
        let service = Service {
            root: loader.root().to_owned(),
            loader: Arc::new(Mutex::new(loader)),
            clock,
            shared,
            is_unsettled,
        };
        tokio::spawn(service.serve(asked));
        Ok(Self { asks, ..reloads })
    }

    /// A fixed collection without a folder.
    #[must_use]
    pub fn detached(collection: Arc<Collection>) -> Self {
        let current = Current {
            collection: Arc::clone(&collection),
            at: Timestamp::UNIX_EPOCH,
            is_complete: false,
            arrived_at: Timestamp::UNIX_EPOCH,
        };
        let shared = Shared {
            current: watch::Sender::new(current),
            collection: ArcSwap::new(collection),
            last: ArcSwapOption::empty(),
            last_change: ArcSwapOption::empty(),
        };
        // The receiver is dropped, so a request fails with `Stopped`.
        let (asks, _) = mpsc::channel(1);
        Self { shared: Arc::new(shared), asks }
    }

    /// The current collection.
    #[must_use]
    pub fn collection(&self) -> Arc<Collection> {
        self.shared.collection.load_full()
    }

    /// Follows the loads. A slow follower may miss a load, but never the latest one.
    #[must_use]
    pub fn follow(&self) -> watch::Receiver<Current> {
        self.shared.current.subscribe()
    }

    /// Replaces the collection until the next load.
    #[cfg(test)]
    pub(crate) fn replace(&self, collection: Arc<Collection>) {
        self.shared.collection.store(collection);
    }

    /// The report of the last load.
    #[must_use]
    pub fn last(&self) -> Option<Arc<Report>> {
        self.shared.last.load_full()
    }

    /// The report of the last load that changed anything.
    #[must_use]
    pub fn last_change(&self) -> Option<Arc<Report>> {
        self.shared.last_change.load_full()
    }

    /// Waits for a load that begins after this call. A running load may have passed the changed file already.
    ///
    /// # Errors
    /// When the bot is stopping.
    pub async fn reload(&self) -> Result<Arc<Report>, Stopped> {
        let (answer, answered) = oneshot::channel();
        self.asks.send(Some(answer)).await.map_err(|_| Stopped)?;
        answered.await.map_err(|_| Stopped)
    }

    /// Loads the folder whenever it changes, until the watch is dropped.
    ///
    /// # Errors
    /// When the system refuses a new thread.
    pub fn watch(&self, root: PathBuf) -> std::io::Result<Watch> {
        let reloads = self.clone();
        Watch::start(root, move || reloads.nudge())
    }

    /// Requests a load without waiting for it. Returns false when loading has ended.
    #[must_use]
    pub fn nudge(&self) -> bool {
        // If the queue is full, a load begins soon anyway.
        !matches!(self.asks.try_send(None), Err(mpsc::error::TrySendError::Closed(_)))
    }
}

struct Service {
    /// Locked by one load at a time. A load that panics does not lose it.
    loader: Arc<Mutex<Loader>>,
    root: PathBuf,
    clock: Clock,
    shared: Arc<Shared>,
    /// As in [`Reloaded::is_unsettled`].
    is_unsettled: bool,
}

impl Service {
    async fn serve(mut self, mut asked: mpsc::Receiver<Ask>) {
        loop {
            let wait = Duration::from_secs(COARSEST_TICK_SECONDS.into()) + Duration::from_millis(100);
            let mut askers = Vec::new();
            match self.is_unsettled {
                true => match tokio::time::timeout(wait, asked.recv()).await {
                    Ok(None) => return,
                    Ok(Some(ask)) => askers.extend(ask),
                    Err(_nobody_asked) => {}
                },
                false => match asked.recv().await {
                    None => return,
                    Some(ask) => askers.extend(ask),
                },
            }
            // All requests so far share this load, which begins after them.
            while let Ok(ask) = asked.try_recv() {
                askers.extend(ask);
            }
            let report = self.load().await;
            for asker in askers {
                // An asker may be gone by now.
                let _is_gone = asker.send(Arc::clone(&report));
            }
        }
    }

    async fn load(&mut self) -> Arc<Report> {
        let started_at = Instant::now();
        let loader = Arc::clone(&self.loader);
        let work = move || loader.lock().unwrap_or_else(PoisonError::into_inner).reload();
        let mut place = String::new();
        let reloaded = match run_blocking(work).await {
            Some(reloaded) => reloaded.map_err(|error| {
                place = place_of(&self.root, &error);
                error.to_string()
            }),
            None => Err(PANICKED.to_owned()),
        };
        // A failed load does not settle files.
        if let Ok(reloaded) = &reloaded {
            self.is_unsettled = reloaded.is_unsettled;
            self.shared.collection.store(Arc::clone(&reloaded.collection));
        }
        let report = Arc::new(report(reloaded, started_at.elapsed(), (self.clock)()));
        let before = self.shared.last.load();
        log::log(&report, &place, before.as_deref(), &self.shared.collection.load());
        self.shared.note(&report);
        report
    }
}

fn report(reloaded: Result<Reloaded, String>, took: Duration, at: Timestamp) -> Report {
    match reloaded {
        Ok(Reloaded { difference, files_read, is_complete, .. }) => {
            Report { at, took, files_read, outcome: Ok(difference), is_complete }
        }
        Err(cause) => Report { at, took, files_read: 0, outcome: Err(cause), is_complete: false },
    }
}

/// Runs blocking work on a thread for it. `None` if the work panicked.
async fn run_blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

#[cfg(test)]
mod tests;
