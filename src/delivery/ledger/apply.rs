//! Writes changes: the only way in which deliveries, posts and the marks of feeds change.

use jiff::Timestamp;

use super::Ledger;
use super::columns::{Word, bits_column, known_by_column, known_by_of_column, reason_column, time_column};
use super::database::Database;
use super::error::LedgerError;
use super::feeds::{self, FeedRow};
use super::posts;
use super::statement::{Statement, Value, list, several};
use crate::delivery::change::{Change, FeedChange};
use crate::delivery::identity::TitleIdentity;
use crate::delivery::record::{Delivery, DeliveryId, DeliveryState, NewDelivery, Post, PostKey};
use crate::feed::FeedId;
use crate::ids::ChannelId;

/// A channel, with the number and the version of each of its feeds.
pub type KnownFeeds = (ChannelId, Vec<(FeedId, i64)>);

/// What became of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// They are written.
    Written,
    /// A feed is another than the changes were planned for. Nothing was written.
    FeedsChanged,
}

impl Ledger {
    /// Writes changes in one transaction, in their order. `known` has the channels whose changes were planned, with the feeds that
    /// the plan knew: if a moderator or an event has changed one of them, nothing is written.
    ///
    /// # Errors
    ///
    /// Nothing was changed, and no request that needs a change of these may be made.
    pub async fn apply(
        &self,
        changes: &[(ChannelId, &Change)],
        known: &[KnownFeeds],
    ) -> Result<Applied, LedgerError> {
        if changes.is_empty() {
            return Ok(Applied::Written);
        }
        let mut write = self.connection.write().await?;
        if !are_feeds_as_known(&mut write, known).await? {
            return Ok(Applied::FeedsChanged);
        }
        for (channel, change) in changes {
            apply(&mut write, *channel, change).await?;
        }
        write.commit().await?;
        Ok(Applied::Written)
    }
}

async fn are_feeds_as_known(database: &mut Database, known: &[KnownFeeds]) -> Result<bool, LedgerError> {
    if known.is_empty() {
        return Ok(true);
    }
    let select =
        "SELECT id, version FROM feed WHERE channel IN (SELECT value FROM json_each($1)) ORDER BY id";
    // The lock lasts until the commit, so a pause that is committed after it finds the claim.
    let select = Statement::composed(format!("{select}{}", database.shared_row_lock()));
    let channels = list(known.iter().map(|(channel, _)| channel.0.cast_signed()));
    let stored: Vec<(i64, i64)> = database.all(select.bind(channels)).await?;
    let mut known: Vec<(i64, i64)> =
        known.iter().flat_map(|(_, feeds)| feeds).map(|(feed, version)| (feed.0, *version)).collect();
    known.sort_unstable();
    Ok(stored == known)
}

/// How many outdated deliveries are removed at a time.
const OUTDATED_MAX: i64 = 1_000;

impl Ledger {
    /// Removes baseline and expired deliveries of removed feeds from before this time, at most 1,000. Returns how many. Memory
    /// holds none of them.
    ///
    /// # Errors
    ///
    /// Nothing was removed.
    pub async fn forget_outdated(&self, before: Timestamp) -> Result<usize, LedgerError> {
        let mut write = self.connection.write().await?;
        // `known` has each feed of a delivery once, and finds it in the index. So nobody reads the rows of feeds that exist.
        let outdated = "DELETE FROM delivery WHERE id IN (\
            WITH RECURSIVE known (feed) AS (SELECT MIN(feed) FROM delivery UNION ALL \
            SELECT (SELECT MIN(feed) FROM delivery WHERE feed > known.feed) FROM known WHERE known.feed IS NOT NULL) \
            SELECT id FROM delivery WHERE feed IN (SELECT feed FROM known WHERE feed NOT IN (SELECT id FROM feed)) \
            AND state IN ('baseline', 'expired') AND post IS NULL AND since < $1 LIMIT $2) \
            RETURNING id, channel, known_by";
        let delete = Statement::new(outdated).bind(time_column(before)).bind(OUTDATED_MAX);
        let count = forget(&mut write, delete).await?;
        write.commit().await?;
        Ok(count)
    }
}

pub(super) async fn apply(
    database: &mut Database,
    channel: ChannelId,
    change: &Change,
) -> Result<(), LedgerError> {
    match change {
        Change::Record { state, deliveries, at } => {
            insert(database, channel, deliveries, *state, None, *at).await
        }
        Change::Claim { post, new, again, at } => {
            posts::insert(database, channel, post).await?;
            insert(database, channel, new, DeliveryState::Sending, Some(post.key), *at).await?;
            claim_again(database, post, again, *at).await
        }
        Change::Unclaim { post, at } => unclaim(database, *post, *at).await,
        Change::Save(post) => posts::save(database, post).await,
        Change::Settle { deliveries, state, reason, since } => {
            let update = Statement::new(
                "UPDATE delivery SET state = $1, reason = $2, since = $3, previous_state = NULL, previous_reason = NULL, \
                 previous_post = NULL WHERE id IN (SELECT value FROM json_each($4))",
            )
            .bind(state.word())
            .bind(reason.as_ref().map(reason_column))
            .bind(time_column(*since))
            .bind(list_of(deliveries));
            database.execute(update).await.map(drop)
        }
        Change::Widen { delivery, hashes, titles } => {
            let update = Statement::new("UPDATE delivery SET known_by = $1 WHERE id = $2")
                .bind(known_by_column(hashes, titles))
                .bind(delivery.0);
            database.execute(update).await?;
            identify(database, &identities(channel, *delivery, hashes, titles).collect::<Vec<_>>()).await
        }
        Change::Decide { deliveries, word } => {
            let update = "UPDATE delivery SET withdrawal = $1 WHERE id IN (SELECT value FROM json_each($2))";
            let update = Statement::new(update).bind(word.column()).bind(list_of(deliveries));
            database.execute(update).await.map(drop)
        }
        Change::Dismiss(delivery) => {
            let update = Statement::new("UPDATE delivery SET is_dismissed = TRUE WHERE id = $1");
            database.execute(update.bind(delivery.0)).await.map(drop)
        }
        Change::ForgetUnposted(feed) => {
            let delete = Statement::new(
                "DELETE FROM delivery WHERE feed = $1 AND state IN ('baseline', 'expired') AND post IS NULL \
                 RETURNING id, channel, known_by",
            );
            forget(database, delete.bind(feed.0)).await.map(drop)
        }
        Change::ForgetChannel => {
            for delete in [
                "DELETE FROM identity WHERE channel = $1",
                "DELETE FROM delivery WHERE channel = $1",
                "DELETE FROM post WHERE channel = $1",
            ] {
                database.execute(Statement::new(delete).bind(channel.0.cast_signed())).await?;
            }
            Ok(())
        }
        Change::Feed { feed, change } => change_feed(database, *feed, change).await,
        Change::RemoveFeed(feed) => {
            database.execute(Statement::new("DELETE FROM feed WHERE id = $1").bind(feed.0)).await.map(drop)
        }
        Change::Finish(task) => {
            database.execute(Statement::new("DELETE FROM task WHERE id = $1").bind(task.0)).await.map(drop)
        }
    }
}

fn list_of(deliveries: &[DeliveryId]) -> String {
    list(deliveries.iter().map(|id| id.0))
}

async fn insert(
    database: &mut Database,
    channel: ChannelId,
    new: &[NewDelivery],
    state: DeliveryState,
    post: Option<PostKey>,
    at: Timestamp,
) -> Result<(), LedgerError> {
    for part in several(new) {
        let values = part.iter().map(|new| -> Vec<Value> {
            let made = Delivery::new(new, state, post, at);
            vec![
                made.id.0.into(),
                channel.0.cast_signed().into(),
                made.feed.0.into(),
                made.state.word().into(),
                bits_column(made.post.map(|key| key.0)).into(),
                made.article.0.cast_signed().into(),
                (&*new.article_id).into(),
                (&*new.title).into(),
                time_column(made.since).into(),
                known_by_column(&made.hashes, &made.titles).into(),
                made.withdrawal.column().into(),
                made.is_dismissed.into(),
            ]
        });
        database.execute(Statement::new(INSERT).rows(values)).await?;
        let mut of_part: Vec<Identified> = Vec::new();
        for made in part.iter().map(|new| Delivery::new(new, state, post, at)) {
            of_part.extend(identities(channel, made.id, &made.hashes, &made.titles));
        }
        identify(database, &of_part).await?;
    }
    match new.iter().map(|new| new.id.0).max() {
        Some(last) => database.note_last_number("delivery", last).await,
        None => Ok(()),
    }
}

const INSERT: &str = "INSERT INTO delivery (id, channel, feed, state, post, article, article_id, title, since, known_by, \
    withdrawal, is_dismissed) ";

/// A delivery of a channel, and a hash by which it is known.
pub(super) type Identified = (ChannelId, u64, DeliveryId);

/// The rows of a delivery's identities.
pub(super) fn identities<'a>(
    channel: ChannelId,
    delivery: DeliveryId,
    hashes: &'a [u64],
    titles: &'a [TitleIdentity],
) -> impl Iterator<Item = Identified> + 'a {
    let titles = titles.iter().map(|title| title.hash);
    hashes.iter().copied().chain(titles).map(move |hash| (channel, hash, delivery))
}

pub(super) async fn identify(database: &mut Database, rows: &[Identified]) -> Result<(), LedgerError> {
    for part in several(rows) {
        let values = part.iter().map(|(channel, hash, delivery)| -> Vec<Value> {
            vec![channel.0.cast_signed().into(), hash.cast_signed().into(), delivery.0.into()]
        });
        let insert = Statement::new("INSERT INTO identity (channel, hash, delivery) ").rows(values);
        database.execute(insert.then(" ON CONFLICT DO NOTHING")).await?;
    }
    Ok(())
}

/// Removes deliveries with their identities. Returns how many.
async fn forget(database: &mut Database, delete: Statement) -> Result<usize, LedgerError> {
    let gone: Vec<(i64, i64, Vec<u8>)> = database.all(delete).await?;
    let count = gone.len();
    for (id, channel, known_by) in gone {
        let (hashes, titles) = known_by_of_column(&known_by).unwrap_or_default();
        let titles = titles.iter().map(|title| title.hash);
        let hashes = hashes.iter().copied().chain(titles).map(u64::cast_signed);
        let delete = Statement::new(
            "DELETE FROM identity WHERE channel = $1 AND delivery = $2 AND hash IN (SELECT value FROM json_each($3))",
        );
        database.execute(delete.bind(channel).bind(id).bind(list(hashes))).await?;
    }
    Ok(count)
}

async fn claim_again(
    database: &mut Database,
    post: &Post,
    again: &[DeliveryId],
    at: Timestamp,
) -> Result<(), LedgerError> {
    if again.is_empty() {
        return Ok(());
    }
    let update = Statement::new(
        "UPDATE delivery SET previous_state = state, previous_reason = reason, previous_post = post, state = 'sending', \
         reason = NULL, feed = $1, post = $2, since = $3, withdrawal = 'none', is_dismissed = FALSE \
         WHERE id IN (SELECT value FROM json_each($4))",
    )
    .bind(post.feed.0)
    .bind(post.key.0.cast_signed())
    .bind(time_column(at))
    .bind(list_of(again));
    database.execute(update).await.map(drop)
}

async fn unclaim(database: &mut Database, key: PostKey, at: Timestamp) -> Result<(), LedgerError> {
    let key = key.0.cast_signed();
    let gone = "DELETE FROM delivery WHERE post = $1 AND state = 'sending' AND previous_state IS NULL \
        RETURNING id, channel, known_by";
    forget(database, Statement::new(gone).bind(key)).await?;
    let restored = Statement::new(
        "UPDATE delivery SET state = previous_state, reason = previous_reason, post = previous_post, since = $2, \
         previous_state = NULL, previous_reason = NULL, previous_post = NULL WHERE post = $1 AND state = 'sending'",
    );
    database.execute(restored.bind(key).bind(time_column(at))).await?;
    let unused = "DELETE FROM post WHERE key = $1 \
        AND NOT EXISTS (SELECT 1 FROM delivery WHERE post = $1 OR previous_post = $1)";
    database.execute(Statement::new(unused).bind(key)).await.map(drop)
}

async fn change_feed(database: &mut Database, feed: FeedId, change: &FeedChange) -> Result<(), LedgerError> {
    let update = match change {
        FeedChange::Checked(at) => {
            Statement::new("UPDATE feed SET checked_at = $1 WHERE id = $2").bind(time_column(*at))
        }
        FeedChange::Begun => {
            Statement::new("UPDATE feed SET pending_backfill = $1 WHERE id = $2").bind(None::<i64>)
        }
        FeedChange::Digested(at) => {
            Statement::new("UPDATE feed SET digested_at = $1 WHERE id = $2").bind(time_column(*at))
        }
        FeedChange::Settled => {
            Statement::new("UPDATE feed SET pending = $1 WHERE id = $2").bind(None::<&str>)
        }
        FeedChange::Troubled(_) | FeedChange::Foreign => {
            // A moderator or an event may have changed the status since the worker read it.
            let statement = format!("SELECT * FROM feed WHERE id = $1{}", database.row_lock());
            let row: Option<FeedRow> = database.one(Statement::composed(statement).bind(feed.0)).await?;
            let Some(mut known) = row.map(FeedRow::into_feed) else { return Ok(()) };
            change.apply_to(&mut known);
            feeds::with_status(Statement::new(feeds::UPDATE_STATUS), &known.status)
        }
    };
    database.execute(update.bind(feed.0)).await.map(drop)
}
