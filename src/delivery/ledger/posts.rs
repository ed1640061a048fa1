//! The rows of posts: claimed before the request, saved after each attempt, finished with an outcome or
//! unclaimed.

use jiff::Timestamp;
use sqlx::FromRow;

use super::Ledger;
use super::columns::{Word, as_kept, bits_column, time_column, time_of_column, unreadable};
use super::database::Database;
use super::deliveries::{self, BY_IDS, DeliveryRow, Row};
use super::error::{LedgerError, LedgerErrorKind};
use super::statement::{Statement, list};
use crate::delivery::reason::DeliveryReason;
use crate::delivery::record::{
    Delivery, DeliveryId, DeliveryState, FollowUp, NewDelivery, Post, PostKey, PostShape,
};
use crate::feed::FeedId;
use crate::ids::{ChannelId, MessageId};

/// The deliveries of an unclaimed post.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unclaimed {
    /// Deliveries that are gone. Their stories are due again.
    pub gone: Vec<DeliveryId>,
    /// Deliveries that were to be sent again. They have their previous state.
    pub restored: Vec<Delivery>,
}

impl Ledger {
    /// Claims a post before its request: stores the post, its `new` deliveries, and the `resent` deliveries
    /// that it posts again. All of them become `sending` and belong to the post's feed. Returns the new
    /// deliveries, then the resent ones.
    ///
    /// # Errors
    ///
    /// Nothing was stored, and the request must not be made.
    pub async fn claim(
        &self,
        channel: ChannelId,
        post: &Post,
        new: &[NewDelivery],
        resent: &[DeliveryId],
        now: Timestamp,
    ) -> Result<Vec<Delivery>, LedgerError> {
        let mut write = self.connection.write().await?;
        insert(&mut write, channel, post).await?;
        let state = DeliveryState::Sending;
        let row = Row { channel, state, post: Some(post.key), reason: None, since: as_kept(now) };
        let mut claimed = deliveries::insert(&mut write, &row, new).await?;
        if resent.is_empty() {
            write.commit().await?;
            return Ok(claimed);
        }
        let resent = list(resent.iter().map(|id| id.0));
        let update = Statement::new(
            "UPDATE delivery SET previous_state = state, previous_reason = reason, previous_post = post, state = $1, \
             reason = NULL, feed = $5, post = $2, since = $3, withdrawal = 'none', is_dismissed = FALSE \
             WHERE id IN (SELECT value FROM json_each($4))",
        )
        .bind(state.word())
        .bind(post.key.0.cast_signed())
        .bind(time_column(now))
        .bind(&*resent)
        .bind(post.feed.0);
        write.execute(update).await?;
        claimed.extend(rows(&mut write, &resent).await?);
        write.commit().await?;
        Ok(claimed)
    }

    /// Saves a claimed post.
    ///
    /// # Errors
    ///
    /// Nothing was changed. A missing post is an error too.
    pub async fn save_post(&self, post: &Post) -> Result<(), LedgerError> {
        let mut write = self.connection.write().await?;
        save(&mut write, post).await?;
        write.commit().await
    }

    /// Saves a claimed post, and sets the state of these deliveries.
    ///
    /// # Errors
    ///
    /// Nothing was changed. A missing post is an error too.
    pub async fn record_outcome(
        &self,
        post: &Post,
        state: DeliveryState,
        reason: Option<&DeliveryReason>,
        deliveries: &[DeliveryId],
        now: Timestamp,
    ) -> Result<(), LedgerError> {
        let mut write = self.connection.write().await?;
        save(&mut write, post).await?;
        deliveries::set_state(&mut write, deliveries, state, reason, now).await?;
        write.commit().await
    }

    /// Removes a claim of which it is certain that Discord has no such message. Deliveries that are still
    /// `sending` are removed, or get back the state before they were sent again. The post is removed with
    /// them.
    ///
    /// # Errors
    ///
    /// Nothing was changed.
    pub async fn unclaim(&self, key: PostKey, now: Timestamp) -> Result<Unclaimed, LedgerError> {
        let mut write = self.connection.write().await?;
        let key = key.0.cast_signed();
        let delete = Statement::new(
            "DELETE FROM delivery WHERE post = $1 AND state = 'sending' AND previous_state IS NULL RETURNING id",
        );
        let gone: Vec<(i64,)> = write.all(delete.bind(key)).await?;
        let restore = Statement::new(
            "UPDATE delivery SET state = previous_state, reason = previous_reason, post = previous_post, since = $2, \
             previous_state = NULL, previous_reason = NULL, previous_post = NULL \
             WHERE post = $1 AND state = 'sending' RETURNING id",
        )
        .bind(key)
        .bind(time_column(now));
        let restored: Vec<(i64,)> = write.all(restore).await?;
        let delete = Statement::new(
            "DELETE FROM post WHERE key = $1 \
             AND NOT EXISTS (SELECT 1 FROM delivery WHERE post = $1 OR previous_post = $1)",
        );
        write.execute(delete.bind(key)).await?;
        let restored = rows(&mut write, &list(restored.into_iter().map(|(id,)| id))).await?;
        write.commit().await?;
        let mut gone: Vec<DeliveryId> = gone.into_iter().map(|(id,)| DeliveryId(id)).collect();
        gone.sort_unstable();
        Ok(Unclaimed { gone, restored })
    }
}

async fn rows(database: &mut Database, ids: &str) -> Result<Vec<Delivery>, LedgerError> {
    let rows: Vec<DeliveryRow> = database.all(Statement::new(BY_IDS).bind(ids)).await?;
    rows.into_iter().map(|row| row.into_delivery().map(|(_, delivery)| delivery)).collect()
}

async fn insert(database: &mut Database, channel: ChannelId, post: &Post) -> Result<(), LedgerError> {
    database.execute(with_values(INSERT, post).bind(channel.0.cast_signed())).await?;
    Ok(())
}

async fn save(database: &mut Database, post: &Post) -> Result<(), LedgerError> {
    match database.execute(with_values(UPDATE, post)).await? {
        1 => Ok(()),
        _ => Err(LedgerError::new(LedgerErrorKind::Other, format!("there is no post {}", post.key.0))),
    }
}

const INSERT: &str = "INSERT INTO post (key, feed, shape, uncertain_since, first_tried_at, attempts, message, thread, \
    sent_at, edited_at, displayed, displayed_with_heat, is_without_pictures, discussion, crosspost, channel) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
const UPDATE: &str = "UPDATE post SET feed = $2, shape = $3, uncertain_since = $4, first_tried_at = $5, attempts = $6, \
    message = $7, thread = $8, sent_at = $9, edited_at = $10, displayed = $11, displayed_with_heat = $12, \
    is_without_pictures = $13, discussion = $14, crosspost = $15 WHERE key = $1";

/// The statement with the values of all columns except the channel, which never changes.
fn with_values(statement: &'static str, post: &Post) -> Statement {
    Statement::new(statement)
        .bind(post.key.0.cast_signed())
        .bind(post.feed.0)
        .bind(post.shape.column())
        .bind(post.uncertain_since.map(time_column))
        .bind(time_column(post.first_tried_at))
        .bind(i64::from(post.attempts))
        .bind(bits_column(post.message.map(|message| message.0)))
        .bind(bits_column(post.thread.map(|thread| thread.0)))
        .bind(post.sent_at.map(time_column))
        .bind(post.edited_at.map(time_column))
        .bind(post.displayed.cast_signed())
        .bind(post.displayed_with_heat.cast_signed())
        .bind(post.is_without_pictures)
        .bind(post.discussion.column())
        .bind(post.crosspost.column())
}

/// The posts from a key on, as [`PostRow`].
pub(super) const PAGE: &str = "SELECT key, channel, feed, shape, uncertain_since, first_tried_at, attempts, message, \
    thread, sent_at, edited_at, displayed, displayed_with_heat, is_without_pictures, discussion, crosspost FROM post \
    WHERE key >= $1 ORDER BY key LIMIT $2";

/// A post as the table holds it.
#[derive(FromRow)]
pub(super) struct PostRow {
    pub(super) key: i64,
    channel: i64,
    feed: i64,
    shape: String,
    uncertain_since: Option<i64>,
    first_tried_at: i64,
    attempts: i64,
    message: Option<i64>,
    thread: Option<i64>,
    sent_at: Option<i64>,
    edited_at: Option<i64>,
    displayed: i64,
    displayed_with_heat: i64,
    is_without_pictures: bool,
    discussion: String,
    crosspost: String,
}

impl PostRow {
    /// The channel and the post.
    pub(super) fn into_post(self) -> Result<(ChannelId, Post), LedgerError> {
        let unreadable = |column| unreadable("post", self.key, column);
        let time = |value, column| time_of_column(value).ok_or_else(|| unreadable(column));
        let time_if_any = |value: Option<i64>, column| value.map(|value| time(value, column)).transpose();
        let follow_up = |word: &str, column| FollowUp::of_column(word).ok_or_else(|| unreadable(column));
        let post = Post {
            key: PostKey(self.key.cast_unsigned()),
            feed: FeedId(self.feed),
            shape: PostShape::of_column(&self.shape).ok_or_else(|| unreadable("shape"))?,
            uncertain_since: time_if_any(self.uncertain_since, "uncertain_since")?,
            first_tried_at: time(self.first_tried_at, "first_tried_at")?,
            attempts: self.attempts.try_into().map_err(|_| unreadable("attempts"))?,
            message: self.message.map(|message| MessageId(message.cast_unsigned())),
            thread: self.thread.map(|thread| ChannelId(thread.cast_unsigned())),
            sent_at: time_if_any(self.sent_at, "sent_at")?,
            edited_at: time_if_any(self.edited_at, "edited_at")?,
            displayed: self.displayed.cast_unsigned(),
            displayed_with_heat: self.displayed_with_heat.cast_unsigned(),
            is_without_pictures: self.is_without_pictures,
            discussion: follow_up(&self.discussion, "discussion")?,
            crosspost: follow_up(&self.crosspost, "crosspost")?,
        };
        Ok((ChannelId(self.channel.cast_unsigned()), post))
    }
}
