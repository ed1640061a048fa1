//! How a process acquires, keeps and loses the lease of a server's database.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::error::{LedgerError, LedgerErrorKind};
use super::lease::{HeldUntil, IfTaken, LEASE, Lease, superseded};
use super::open_error::OpenError;
use super::postgres::Server;
use super::statement::Statement;

/// How often a process that has no lease looks whether it is free.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// How long the outcome of a commit is looked for.
const LOOK_UP_MAX: Duration = Duration::from_secs(30);
/// How long is waited before the outcome is looked for again.
const LOOK_UP_AGAIN: Duration = Duration::from_millis(250);

impl Server {
    /// Acquires the lease. While another process has it, this waits or refuses.
    pub(super) async fn acquire(
        &mut self,
        if_taken: IfTaken,
    ) -> Result<watch::Receiver<HeldUntil>, OpenError> {
        let (mut is_told, mut has_trouble) = (false, false);
        loop {
            let asked_at = Instant::now();
            match self.try_acquire().await {
                Ok(Some((epoch, commits))) => {
                    let (hold, followed) = watch::channel(HeldUntil::Until(asked_at + LEASE));
                    self.lease = Some(Lease { epoch, commits, is_committing: false, hold });
                    if is_told {
                        tracing::info!("the lease is free; this process delivers from now on");
                    }
                    return Ok(followed);
                }
                Ok(None) if if_taken == IfTaken::Refuse => return Err(OpenError::Leased(self.place.clone())),
                Ok(None) => {
                    if !is_told {
                        tracing::info!(
                            "another heatwire uses this database; this process delivers when that one ends"
                        );
                    }
                    (is_told, has_trouble) = (true, false);
                }
                // The server was there a moment ago.
                Err(error) => {
                    if !has_trouble {
                        tracing::warn!(cause = %error, "{}; trying again", error.kind().words());
                    }
                    has_trouble = true;
                }
            }
            sleep(LOOK_AGAIN).await;
        }
    }

    /// The epoch and the count of commits, if the lease was free.
    async fn try_acquire(&mut self) -> Result<Option<(i64, i64)>, LedgerError> {
        self.connect().await?;
        let owner = format!("process {}", std::process::id());
        self.one(
            Statement::new(
                "UPDATE lease SET owner = $1, epoch = epoch + 1, \
                 expires_at = clock_timestamp() + $2 * INTERVAL '1 millisecond' \
                 WHERE name = 'delivery' AND expires_at <= clock_timestamp() RETURNING epoch, commits",
            )
            .bind(owner)
            .bind(lease_column()),
        )
        .await
    }

    /// Gives the lease back, so that another process need not wait for its end.
    pub(super) async fn release(&mut self) -> Result<(), LedgerError> {
        let Some(lease) = self.lease.take() else { return Ok(()) };
        lease.hold.send_replace(HeldUntil::Lost);
        self.connect().await?;
        self.execute(
            Statement::new(
                "UPDATE lease SET expires_at = '-infinity' WHERE name = 'delivery' AND epoch = $1",
            )
            .bind(lease.epoch),
        )
        .await?;
        Ok(())
    }

    /// Makes sure that this process may write.
    pub(super) async fn settle_lease(&mut self) -> Result<(), LedgerError> {
        let Some(lease) = &self.lease else { return Err(superseded("this process has no lease")) };
        if *lease.hold.borrow() == HeldUntil::Lost {
            return Err(superseded("the lease was lost before"));
        }
        if lease.is_committing {
            // The caller of that commit is gone, so both answers are right: the transaction is there, or it is not.
            self.is_committed().await?;
        }
        Ok(())
    }

    /// Ends a transaction, if this process still has the lease.
    pub(super) async fn commit_with_lease(&mut self) -> Result<(), LedgerError> {
        let began_at = Instant::now();
        let Some(lease) = &self.lease else { return Err(superseded("this process has no lease")) };
        let (epoch, commits) = (lease.epoch, lease.commits);
        let checked = self
            .execute(
                Statement::new(
                    "UPDATE lease SET commits = commits + 1, \
                     expires_at = clock_timestamp() + $3 * INTERVAL '1 millisecond' \
                     WHERE name = 'delivery' AND epoch = $1 AND commits = $2",
                )
                .bind(epoch)
                .bind(commits)
                .bind(lease_column()),
            )
            .await?;
        if checked == 0 {
            return Err(
                self.lose("another heatwire has taken over, or the database has lost what was written")
            );
        }
        self.set_committing(true);
        let committed = match self.command("COMMIT").await {
            Err(error) if error.kind() == LedgerErrorKind::Unreachable => match self.is_committed().await? {
                true => Ok(()),
                false => Err(error),
            },
            other => {
                self.set_committing(false);
                other.map(|()| self.count_commit())
            }
        };
        if committed.is_ok()
            && let Some(lease) = &self.lease
        {
            lease.hold.send_replace(HeldUntil::Until(began_at + LEASE));
        }
        committed
    }

    fn set_committing(&mut self, is_committing: bool) {
        if let Some(lease) = &mut self.lease {
            lease.is_committing = is_committing;
        }
    }

    fn count_commit(&mut self) {
        if let Some(lease) = &mut self.lease {
            lease.commits += 1;
        }
    }

    fn lose(&mut self, cause: &'static str) -> LedgerError {
        if let Some(lease) = &self.lease {
            lease.hold.send_replace(HeldUntil::Lost);
        }
        superseded(cause)
    }

    /// Whether a commit that was sent without an answer has happened. The row is locked until the server has decided.
    async fn is_committed(&mut self) -> Result<bool, LedgerError> {
        let deadline = Instant::now() + LOOK_UP_MAX;
        loop {
            match self.stored_commits().await {
                Ok(stored) => {
                    self.set_committing(false);
                    let known = self.lease.as_ref().map(|lease| lease.commits);
                    if stored.is_some() && stored == known.map(|known| known + 1) {
                        self.count_commit();
                        return Ok(true);
                    }
                    if stored.is_some() && stored == known {
                        return Ok(false);
                    }
                    return Err(
                        self.lose("another heatwire has taken over after a commit of unknown outcome")
                    );
                }
                Err(error) if Instant::now() >= deadline => {
                    tracing::error!(cause = %error, "nobody knows whether the last commit is in the database");
                    return Err(self.lose("the server does not tell the outcome of a commit"));
                }
                Err(_) => sleep(LOOK_UP_AGAIN).await,
            }
        }
    }

    async fn stored_commits(&mut self) -> Result<Option<i64>, LedgerError> {
        let Some(epoch) = self.lease.as_ref().map(|lease| lease.epoch) else { return Ok(None) };
        self.connect().await?;
        let statement = "SELECT commits FROM lease WHERE name = 'delivery' AND epoch = $1 FOR UPDATE";
        let stored: Option<(i64,)> = self.one(Statement::new(statement).bind(epoch)).await?;
        Ok(stored.map(|(commits,)| commits))
    }
}

fn lease_column() -> i64 {
    i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX)
}
