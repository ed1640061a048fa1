//! The rows of deliveries.

use std::collections::HashMap;

use jiff::Timestamp;
use sqlx::FromRow;

use super::Ledger;
use super::columns::{
    Word, as_kept, bits_column, known_by_column, known_by_of_column, reason_column, reason_of_column,
    time_column, time_of_column, unreadable,
};
use super::database::Database;
use super::error::LedgerError;
use super::feeds;
use super::statement::{Statement, Value, list, several};
use crate::article_key::ArticleKey;
use crate::delivery::identity::{Identity, id_hash};
use crate::delivery::reason::DeliveryReason;
use crate::delivery::record::{
    Delivery, DeliveryDetails, DeliveryId, DeliveryState, NewDelivery, PostKey, WithdrawalWord,
};
use crate::feed::{Feed, FeedId};
use crate::ids::{ChannelId, MessageId};

impl Ledger {
    /// Creates deliveries without a post: baseline and expired ones. `feed` is saved with them.
    ///
    /// # Errors
    ///
    /// Nothing was changed.
    pub async fn record(
        &self,
        channel: ChannelId,
        state: DeliveryState,
        deliveries: &[NewDelivery],
        reason: Option<&DeliveryReason>,
        feed: Option<&Feed>,
        now: Timestamp,
    ) -> Result<Vec<Delivery>, LedgerError> {
        let mut write = self.connection.write().await?;
        if let Some(feed) = feed {
            feeds::save(&mut write, feed).await?;
        }
        let place = Row { channel, state, post: None, reason, since: as_kept(now) };
        let made = insert(&mut write, &place, deliveries).await?;
        write.commit().await?;
        Ok(made)
    }

    /// Sets the state of deliveries.
    ///
    /// # Errors
    ///
    /// Nothing was changed.
    pub async fn mark(
        &self,
        deliveries: &[DeliveryId],
        state: DeliveryState,
        reason: Option<&DeliveryReason>,
        now: Timestamp,
    ) -> Result<(), LedgerError> {
        let mut write = self.connection.write().await?;
        set_state(&mut write, deliveries, state, reason, now).await?;
        write.commit().await
    }

    /// Adds identities to deliveries, up to the bounds of [`Delivery::widen`].
    ///
    /// # Errors
    ///
    /// Nothing was changed.
    pub async fn widen(&self, changes: &[(DeliveryId, Vec<Identity>)]) -> Result<(), LedgerError> {
        let mut write = self.connection.write().await?;
        for (id, identities) in changes {
            let row: Option<DeliveryRow> = write.one(Statement::new(BY_ID).bind(id.0)).await?;
            let Some((_, mut delivery)) = row.map(DeliveryRow::into_delivery).transpose()? else { continue };
            if delivery.widen(identities) {
                let widened = Statement::new("UPDATE delivery SET known_by = $1 WHERE id = $2")
                    .bind(known_by_column(&delivery.hashes, &delivery.titles))
                    .bind(id.0);
                write.execute(widened).await?;
            }
        }
        write.commit().await
    }

    /// Stores a moderator's decision about withdrawals.
    ///
    /// # Errors
    ///
    /// Nothing was changed.
    pub async fn set_withdrawal_word(
        &self,
        deliveries: &[DeliveryId],
        word: WithdrawalWord,
    ) -> Result<(), LedgerError> {
        let mut write = self.connection.write().await?;
        let statement = "UPDATE delivery SET withdrawal = $1 WHERE id IN (SELECT value FROM json_each($2))";
        let rows = list(deliveries.iter().map(|id| id.0));
        write.execute(Statement::new(statement).bind(word.column()).bind(rows)).await?;
        write.commit().await
    }

    /// Takes a failed or unknown delivery off the list.
    ///
    /// # Errors
    ///
    /// Nothing was changed.
    pub async fn dismiss(&self, delivery: DeliveryId) -> Result<(), LedgerError> {
        let mut write = self.connection.write().await?;
        let statement = "UPDATE delivery SET is_dismissed = TRUE WHERE id = $1";
        write.execute(Statement::new(statement).bind(delivery.0)).await?;
        write.commit().await
    }

    /// Removes the baseline and expired deliveries of a feed that may not post in its channel. Returns their numbers.
    ///
    /// # Errors
    ///
    /// Nothing was changed.
    pub async fn forget_unposted(&self, feed: FeedId) -> Result<Vec<DeliveryId>, LedgerError> {
        let mut write = self.connection.write().await?;
        let delete = Statement::new(
            "DELETE FROM delivery WHERE feed = $1 AND state IN ('baseline', 'expired') AND post IS NULL RETURNING id",
        );
        let gone: Vec<(i64,)> = write.all(delete.bind(feed.0)).await?;
        write.commit().await?;
        Ok(gone.into_iter().map(|(id,)| DeliveryId(id)).collect())
    }

    /// Deliveries as people read them, in the order of the numbers. A missing delivery is left out.
    ///
    /// # Errors
    ///
    /// They cannot be read.
    pub async fn details(&self, deliveries: &[DeliveryId]) -> Result<Vec<DeliveryDetails>, LedgerError> {
        let mut read = self.connection.read().await?;
        let asked = list(deliveries.iter().map(|id| id.0));
        let rows: Vec<DetailsRow> = read.all(Statement::new(DETAILS).bind(asked)).await?;
        rows.into_iter().map(DetailsRow::into_details).collect()
    }

    /// The deliveries of these feeds that wait for a moderator's decision: unknown, then failed, the newest
    /// first, at most `count_max_each` of each. In these channels also the deliveries of removed feeds, if
    /// they have no message.
    ///
    /// # Errors
    ///
    /// They cannot be read.
    pub async fn open_rows(
        &self,
        feeds: &[FeedId],
        channels: &[ChannelId],
        count_max_each: usize,
    ) -> Result<Vec<DeliveryDetails>, LedgerError> {
        let mut read = self.connection.read().await?;
        let mut found = Vec::new();
        for state in [DeliveryState::Unknown, DeliveryState::Failed] {
            let open = Statement::new(OPEN)
                .bind(list(feeds.iter().map(|feed| feed.0)))
                .bind(state.word())
                .bind(list(channels.iter().map(|channel| channel.0.cast_signed())))
                .bind(i64::try_from(count_max_each).unwrap_or(i64::MAX));
            for row in read.all::<DetailsRow>(open).await? {
                found.push(row.into_details()?);
            }
        }
        Ok(found)
    }
}

/// The common values of new rows.
pub(super) struct Row<'a> {
    pub(super) channel: ChannelId,
    pub(super) state: DeliveryState,
    pub(super) post: Option<PostKey>,
    pub(super) reason: Option<&'a DeliveryReason>,
    /// Rounded as the ledger rounds it.
    pub(super) since: Timestamp,
}

/// Runs within a transaction of the caller.
pub(super) async fn insert(
    database: &mut Database,
    row: &Row<'_>,
    deliveries: &[NewDelivery],
) -> Result<Vec<Delivery>, LedgerError> {
    let mut made = Vec::with_capacity(deliveries.len());
    for new in several(deliveries) {
        let mut deliveries: Vec<Delivery> = new.iter().map(|new| delivery(row, new)).collect();
        let values = new.iter().zip(&deliveries).map(|(new, made)| -> Vec<Value> {
            vec![
                row.channel.0.cast_signed().into(),
                made.feed.0.into(),
                made.state.word().into(),
                bits_column(made.post.map(|key| key.0)).into(),
                made.article.0.cast_signed().into(),
                (&*new.article_id).into(),
                (&*new.title).into(),
                row.reason.map(reason_column).into(),
                time_column(made.since).into(),
                known_by_column(&made.hashes, &made.titles).into(),
                made.withdrawal.column().into(),
                made.is_dismissed.into(),
            ]
        });
        let insert = Statement::new(INSERT).rows(values).then(" RETURNING id, article");
        let ids: Vec<(i64, i64)> = database.all(insert).await?;
        // No database promises an order of the returned rows. The article identifies each row, because a channel
        // has one row for each article.
        let ids: HashMap<u64, i64> =
            ids.into_iter().map(|(id, article)| (article.cast_unsigned(), id)).collect();
        for delivery in &mut deliveries {
            let id = ids.get(&delivery.article.0).copied();
            delivery.id = DeliveryId(id.ok_or_else(|| unreadable("delivery", 0, "id"))?);
        }
        made.extend(deliveries);
    }
    Ok(made)
}

fn delivery(row: &Row<'_>, new: &NewDelivery) -> Delivery {
    let mut delivery = Delivery {
        // The database gives the number.
        id: DeliveryId(0),
        feed: new.feed,
        state: row.state,
        post: row.post,
        article: new.article,
        since: row.since,
        // The hash of the id comes first, so that a story with a thousand addresses keeps it.
        hashes: [id_hash(&new.article_id)].into(),
        titles: Box::default(),
        withdrawal: WithdrawalWord::None,
        is_dismissed: false,
    };
    delivery.widen(&new.identity);
    delivery
}

/// Runs within a transaction of the caller. The previous state of a row that was sent again is forgotten.
pub(super) async fn set_state(
    database: &mut Database,
    deliveries: &[DeliveryId],
    state: DeliveryState,
    reason: Option<&DeliveryReason>,
    now: Timestamp,
) -> Result<(), LedgerError> {
    let update = Statement::new(
        "UPDATE delivery SET state = $1, reason = $2, since = $3, previous_state = NULL, previous_reason = NULL, \
         previous_post = NULL WHERE id IN (SELECT value FROM json_each($4))",
    )
    .bind(state.word())
    .bind(reason.map(reason_column))
    .bind(time_column(now))
    .bind(list(deliveries.iter().map(|id| id.0)));
    database.execute(update).await?;
    Ok(())
}

const INSERT: &str = "INSERT INTO delivery (channel, feed, state, post, article, article_id, title, reason, since, known_by, \
    withdrawal, is_dismissed) ";
/// The rows from a number on, as [`DeliveryRow`].
pub(super) const PAGE: &str = "SELECT id, channel, feed, state, post, article, since, known_by, withdrawal, \
    is_dismissed FROM delivery WHERE id >= $1 ORDER BY id LIMIT $2";
const BY_ID: &str = "SELECT id, channel, feed, state, post, article, since, known_by, withdrawal, is_dismissed \
    FROM delivery WHERE id = $1";
/// The rows with these numbers, in the order of the numbers.
pub(super) const BY_IDS: &str = "SELECT delivery.id, channel, feed, state, post, article, since, known_by, withdrawal, \
    is_dismissed FROM json_each($1) asked JOIN delivery ON delivery.id = asked.value ORDER BY asked.key";
const DETAILS: &str = "SELECT delivery.id, delivery.feed, delivery.channel, state, article_id, title, reason, since, message, \
    CASE shape WHEN 'forum_post' THEN thread END AS thread FROM json_each($1) asked \
    JOIN delivery ON delivery.id = asked.value LEFT JOIN post ON post.key = delivery.post ORDER BY asked.key";
const OPEN: &str = "SELECT id, delivery.feed, delivery.channel, state, article_id, title, reason, since, message, \
    CASE shape WHEN 'forum_post' THEN thread END AS thread FROM delivery LEFT JOIN post ON post.key = delivery.post \
    WHERE (delivery.feed IN (SELECT value FROM json_each($1)) \
    OR delivery.channel IN (SELECT value FROM json_each($3)) AND message IS NULL) \
    AND state = $2 AND state IN ('failed', 'unknown') AND NOT is_dismissed ORDER BY since DESC, id DESC LIMIT $4";

/// A row as the table holds it.
#[derive(FromRow)]
pub(super) struct DeliveryRow {
    pub(super) id: i64,
    channel: i64,
    feed: i64,
    state: String,
    post: Option<i64>,
    article: i64,
    since: i64,
    known_by: Vec<u8>,
    withdrawal: String,
    is_dismissed: bool,
}

impl DeliveryRow {
    /// The channel and the delivery. An unreadable row is an error: without it the story could be posted
    /// twice.
    pub(super) fn into_delivery(self) -> Result<(ChannelId, Delivery), LedgerError> {
        let unreadable = |column| unreadable("delivery", self.id, column);
        let (hashes, titles) = known_by_of_column(&self.known_by).ok_or_else(|| unreadable("known_by"))?;
        let delivery = Delivery {
            id: DeliveryId(self.id),
            feed: FeedId(self.feed),
            state: DeliveryState::from_word(&self.state).ok_or_else(|| unreadable("state"))?,
            post: self.post.map(|key| PostKey(key.cast_unsigned())),
            article: ArticleKey(self.article.cast_unsigned()),
            since: time_of_column(self.since).ok_or_else(|| unreadable("since"))?,
            hashes,
            titles,
            withdrawal: WithdrawalWord::of_column(&self.withdrawal)
                .ok_or_else(|| unreadable("withdrawal"))?,
            is_dismissed: self.is_dismissed,
        };
        Ok((ChannelId(self.channel.cast_unsigned()), delivery))
    }
}

/// A row as people read it, before its values are checked.
#[derive(FromRow)]
struct DetailsRow {
    id: i64,
    feed: i64,
    channel: i64,
    state: String,
    article_id: String,
    title: String,
    reason: Option<String>,
    since: i64,
    message: Option<i64>,
    thread: Option<i64>,
}

impl DetailsRow {
    fn into_details(self) -> Result<DeliveryDetails, LedgerError> {
        let unreadable = |column| unreadable("delivery", self.id, column);
        Ok(DeliveryDetails {
            id: DeliveryId(self.id),
            feed: FeedId(self.feed),
            channel: ChannelId(self.channel.cast_unsigned()),
            state: DeliveryState::from_word(&self.state).ok_or_else(|| unreadable("state"))?,
            since: time_of_column(self.since).ok_or_else(|| unreadable("since"))?,
            article_id: self.article_id.into(),
            title: self.title.into(),
            reason: self.reason.as_deref().map(reason_of_column),
            message: self.message.map(|message| MessageId(message.cast_unsigned())),
            thread: self.thread.map(|thread| ChannelId(thread.cast_unsigned())),
        })
    }
}
