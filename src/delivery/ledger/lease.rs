//! The lease of PostgreSQL: one process at a time may write.
//!
//! It is a row with an owner, an epoch, a count of commits and an end by the server's clock. Each transaction checks epoch and
//! count last of all, counts itself, and puts off the end. So a process whose lease was taken over writes nothing more, and
//! whether a commit of unknown outcome is there is read from the count.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use super::error::{LedgerError, LedgerErrorKind};

/// How long a lease lasts after its last renewal.
pub(super) const LEASE: Duration = Duration::from_secs(20);
/// How often a lease is renewed, if nothing else is written.
pub(super) const RENEWAL: Duration = Duration::from_secs(5);

/// How long this process may do what only one process may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeldUntil {
    /// As long as it runs: no other process can open the database.
    Always,
    /// Until then, and longer if the lease is renewed.
    Until(Instant),
    /// No more: another process has taken over, or what this one knows is not what the database has.
    Lost,
}

/// What a process does that finds the lease taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IfTaken {
    Wait,
    Refuse,
}

/// The lease of this process.
#[derive(Debug)]
pub(super) struct Lease {
    pub(super) epoch: i64,
    /// How many transactions were committed under any lease, as far as this process knows.
    pub(super) commits: i64,
    /// A commit was sent, and its caller did not wait for the answer.
    pub(super) is_committing: bool,
    pub(super) hold: watch::Sender<HeldUntil>,
}

pub(super) fn superseded(cause: &'static str) -> LedgerError {
    LedgerError::new(LedgerErrorKind::Superseded, cause)
}
