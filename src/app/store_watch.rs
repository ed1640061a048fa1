//! Tries the database again and again, for `/readyz`. A request would wait for the database, and many requests would load it.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::delivery::ledger::{Ledger, LedgerErrorKind};

/// The pause between two trials.
const TRIAL_PAUSE: Duration = Duration::from_secs(5);

/// The last trial that ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct StoreState {
    /// When it ended; the start of the watch before the first trial.
    pub(super) at: Instant,
    /// What was wrong; `None` if reading and writing work.
    pub(super) fault: Option<LedgerErrorKind>,
}

/// Tries reading and writing until `stop`. The database was opened a moment ago, so it counts as usable at first.
pub(super) fn watch_store(ledger: Ledger, stop: CancellationToken) -> watch::Receiver<StoreState> {
    let (state, seen) = watch::channel(StoreState { at: Instant::now(), fault: None });
    tokio::spawn(async move {
        loop {
            tokio::select! {
                () = tokio::time::sleep(TRIAL_PAUSE) => {}
                () = stop.cancelled() => return,
            }
            // A trial is never cut off: the outcome of a commit would be unknown.
            let fault = ledger.try_out().await.err().map(|error| error.kind());
            state.send_replace(StoreState { at: Instant::now(), fault });
        }
    });
    seen
}
