//! How commands and Discord's events change feeds. Each call is one transaction, and counts the version of each changed feed up. The
//! worker notices the new version before it claims anything for the feed.

use super::Ledger;
use super::apply;
use super::columns::{Word, time_column};
use super::database::Database;
use super::error::LedgerError;
use super::feeds::{self, FeedRow};
use super::statement::{Statement, list};
use crate::delivery::change::{Change, Task, TaskId};
use crate::delivery::record::DeliveryId;
use crate::feed::{Feed, FeedId};
use crate::ids::{ChannelId, GuildId};

/// Some of the feeds.
#[derive(Debug, Clone, Copy)]
pub enum FeedsOf<'a> {
    /// Every feed.
    All,
    /// The feeds of a guild.
    Guild(GuildId),
    /// The feeds of these channels.
    Channels(&'a [ChannelId]),
    /// One feed.
    Feed(FeedId),
}

impl FeedsOf<'_> {
    /// The rows, in the order of their numbers. `lock` is the database's word for a lock on them.
    fn statement(self, lock: &str) -> Statement {
        let select = |condition: &str| {
            Statement::composed(format!("SELECT * FROM feed {condition} ORDER BY id{lock}"))
        };
        match self {
            Self::All => select(""),
            Self::Guild(guild) => select("WHERE guild = $1").bind(guild.0.cast_signed()),
            Self::Channels(channels) => select("WHERE channel IN (SELECT value FROM json_each($1))")
                .bind(list(channels.iter().map(|channel| channel.0.cast_signed()))),
            Self::Feed(feed) => select("WHERE id = $1").bind(feed.0),
        }
    }

    async fn read(self, database: &mut Database, lock: &str) -> Result<Vec<Feed>, LedgerError> {
        let rows: Vec<FeedRow> = database.all(self.statement(lock)).await?;
        Ok(rows.into_iter().map(FeedRow::into_feed).collect())
    }
}

impl Ledger {
    /// The feeds as they are now, the oldest first. Removed feeds are among them until the worker has finished their removal.
    ///
    /// # Errors
    ///
    /// They cannot be read.
    pub async fn feeds(&self, of: FeedsOf<'_>) -> Result<Vec<Feed>, LedgerError> {
        let mut read = self.connection.read().await?;
        of.read(&mut read, "").await
    }

    /// Changes feeds. `changed` returns the feed as it becomes; it may be called twice. Returns the feeds that changed.
    ///
    /// # Errors
    ///
    /// Nothing was changed.
    pub async fn change_feeds(
        &self,
        of: FeedsOf<'_>,
        changed: impl Fn(&Feed) -> Feed + Send + Sync,
    ) -> Result<Vec<Feed>, LedgerError> {
        // Most events change nothing, and need no transaction.
        if self.feeds(of).await?.iter().all(|feed| changed(feed) == *feed) {
            return Ok(Vec::new());
        }
        let mut write = self.connection.write().await?;
        let (lock, mut all) = (write.row_lock(), Vec::new());
        for feed in of.read(&mut write, lock).await? {
            let new = changed(&feed);
            if new != feed {
                update(&mut write, &feed, &new).await?;
                all.push(Feed { version: count_up(&mut write, feed.id).await?, ..new });
            }
        }
        write.announce().await?;
        write.commit().await?;
        Ok(all)
    }

    /// The number, the channel and the version of every feed.
    ///
    /// # Errors
    ///
    /// They cannot be read.
    pub async fn feed_versions(&self) -> Result<Vec<(FeedId, ChannelId, i64)>, LedgerError> {
        let mut read = self.connection.read().await?;
        let rows: Vec<(i64, i64, i64)> =
            read.all(Statement::new("SELECT id, channel, version FROM feed")).await?;
        let row = |(id, channel, version): (i64, i64, i64)| {
            (FeedId(id), ChannelId(channel.cast_unsigned()), version)
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Writes a moderator's decision about deliveries of a feed's channel. Nothing is written, and the result is `false`, if the
    /// delivery `open` does not wait for a decision any more.
    ///
    /// # Errors
    ///
    /// Nothing was written.
    pub async fn decide(
        &self,
        (channel, feed): (ChannelId, FeedId),
        open: Option<DeliveryId>,
        changes: &[Change],
    ) -> Result<bool, LedgerError> {
        let mut write = self.connection.write().await?;
        // The lock on the feed makes two decisions about one delivery follow one another.
        count_up(&mut write, feed).await?;
        if let Some(open) = open {
            let statement = "SELECT id FROM delivery WHERE id = $1 AND state IN ('failed', 'unknown') AND NOT is_dismissed";
            if write.one::<(i64,)>(Statement::new(statement).bind(open.0)).await?.is_none() {
                return Ok(false);
            }
        }
        for change in changes {
            apply::apply(&mut write, channel, change).await?;
        }
        write.announce().await?;
        write.commit().await?;
        Ok(true)
    }

    /// Adds a task for the worker.
    ///
    /// # Errors
    ///
    /// Nothing was added.
    pub async fn add_task(&self, task: &Task) -> Result<(), LedgerError> {
        let mut write = self.connection.write().await?;
        // Only a map without text keys would fail here, and no task is one.
        let work = serde_json::to_string(task).unwrap_or_default();
        write.execute(Statement::new("INSERT INTO task (work) VALUES ($1)").bind(work)).await?;
        write.announce().await?;
        write.commit().await
    }

    /// The tasks of the worker, the oldest first. `None` is a task of another version.
    ///
    /// # Errors
    ///
    /// They cannot be read.
    pub async fn tasks(&self) -> Result<Vec<(TaskId, Option<Task>)>, LedgerError> {
        let mut read = self.connection.read().await?;
        let rows: Vec<(i64, String)> =
            read.all(Statement::new("SELECT id, work FROM task ORDER BY id")).await?;
        Ok(rows.into_iter().map(|(id, work)| (TaskId(id), serde_json::from_str(&work).ok())).collect())
    }

    /// Whether a post of this feed is under way, or waits for its next attempt.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn is_sending(&self, feed: FeedId) -> Result<bool, LedgerError> {
        let statement = "SELECT id FROM delivery WHERE feed = $1 AND state = 'sending' LIMIT 1";
        let mut read = self.connection.read().await?;
        Ok(read.one::<(i64,)>(Statement::new(statement).bind(feed.0)).await?.is_some())
    }
}

async fn count_up(database: &mut Database, feed: FeedId) -> Result<i64, LedgerError> {
    let statement = Statement::new("UPDATE feed SET version = version + 1 WHERE id = $1 RETURNING version");
    let version: Option<(i64,)> = database.one(statement.bind(feed.0)).await?;
    Ok(version.map_or(0, |(version,)| version))
}

/// Writes what differs. Settings that this version cannot read stay as they are, unless a moderator sets them.
async fn update(database: &mut Database, old: &Feed, new: &Feed) -> Result<(), LedgerError> {
    let mut updates = Vec::new();
    if new.settings != old.settings {
        updates.push(feeds::with_settings(Statement::new(feeds::UPDATE), &new.settings));
    }
    if new.status != old.status {
        updates.push(feeds::with_status(Statement::new(feeds::UPDATE_STATUS), &new.status));
    }
    if new.channel_kind != old.channel_kind {
        let update = Statement::new("UPDATE feed SET channel_kind = $1 WHERE id = $2");
        updates.push(update.bind(new.channel_kind.column()));
    }
    if new.digested_at != old.digested_at {
        let update = Statement::new("UPDATE feed SET digested_at = $1 WHERE id = $2");
        updates.push(update.bind(time_column(new.digested_at)));
    }
    if new.pending_backfill != old.pending_backfill {
        let update = Statement::new("UPDATE feed SET pending_backfill = $1 WHERE id = $2");
        updates.push(update.bind(new.pending_backfill.map(i64::from)));
    }
    if new.pending != old.pending {
        let update = Statement::new("UPDATE feed SET pending = $1 WHERE id = $2");
        updates.push(update.bind(feeds::pending_column(new.pending.as_ref())));
    }
    for update in updates {
        database.execute(update.bind(new.id.0)).await?;
    }
    Ok(())
}
