//! Posts: claimed before the request, saved after each try, settled or unclaimed at the end.

use jiff::Timestamp;
use sqlx::query_builder::Separated;
use sqlx::sqlite::SqliteConnection;
use sqlx::{FromRow, QueryBuilder};

use super::Ledger;
use super::columns::{Word, as_kept, bits_column, time_column, time_of_column, unreadable};
use super::connection::{list, several};
use super::deliveries::{self, BY_IDS, DeliveryRow, Row};
use super::error::{LedgerError, LedgerErrorKind};
use crate::delivery::reason::DeliveryReason;
use crate::delivery::record::{
    Aftermath, Delivery, DeliveryId, DeliveryState, NewDelivery, Post, PostKey, PostShape,
};
use crate::feed::FeedId;
use crate::ids::{ChannelId, MessageId};

/// What became of the rows of a post that is certain not to be there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unclaimed {
    /// They had no row before the post, and have none again: they are due.
    pub gone: Vec<DeliveryId>,
    /// They were to be sent again, and stand as before.
    pub restored: Vec<Delivery>,
}

/// What became of a post and of rows that it carries.
#[derive(Debug, Clone, Copy)]
pub struct Settled<'a> {
    /// As it is now.
    pub post: &'a Post,
    /// Where the rows stand now.
    pub state: DeliveryState,
    /// Why.
    pub reason: Option<&'a DeliveryReason>,
    /// Which rows.
    pub deliveries: &'a [DeliveryId],
    /// Since when.
    pub at: Timestamp,
}

impl Ledger {
    /// Keeps what is about to be posted, before it is: the post, its new rows, and `resent` rows that are sent again with it.
    /// All are `sending` from here on, and of the post's feed. Gives the new rows, then the resent ones, as they are now.
    ///
    /// # Errors
    ///
    /// Nothing was kept, and nothing may be posted.
    pub async fn claim(
        &self,
        channel: ChannelId,
        post: &Post,
        new: &[NewDelivery],
        resent: &[DeliveryId],
        now: Timestamp,
    ) -> Result<Vec<Delivery>, LedgerError> {
        let mut write = self.connection.write().await?;
        insert(&mut write, channel, &[post]).await?;
        let state = DeliveryState::Sending;
        let row = Row { channel, state, post: Some(post.key), reason: None, since: as_kept(now) };
        let mut claimed = deliveries::insert(&mut write, &row, new).await?;
        if resent.is_empty() {
            write.commit().await?;
            return Ok(claimed);
        }
        let resent = list(resent.iter().map(|id| id.0));
        sqlx::query(
            "UPDATE delivery SET previous_state = state, previous_reason = reason, previous_post = post, state = $1, \
             reason = NULL, feed = $5, post = $2, since = $3, withdrawal = 'none', is_dismissed = 0 \
             WHERE id IN (SELECT value FROM json_each($4))",
        )
        .bind(state.word())
        .bind(post.key.0.cast_signed())
        .bind(time_column(now))
        .bind(&resent)
        .bind(post.feed.0)
        .execute(&mut *write)
        .await?;
        claimed.extend(rows(&mut write, &resent).await?);
        write.commit().await?;
        Ok(claimed)
    }

    /// The same for several posts, each with its new rows. Gives all of these, in the order of their posts.
    ///
    /// # Errors
    ///
    /// Nothing was kept, and nothing may be posted.
    pub async fn claim_each(
        &self,
        channel: ChannelId,
        claims: &[(Post, Vec<NewDelivery>)],
        now: Timestamp,
    ) -> Result<Vec<Delivery>, LedgerError> {
        let mut write = self.connection.write().await?;
        let posts: Vec<&Post> = claims.iter().map(|(post, _)| post).collect();
        insert(&mut write, channel, &posts).await?;
        let (state, since) = (DeliveryState::Sending, as_kept(now));
        let row = |post: &Post| Row { channel, state, post: Some(post.key), reason: None, since };
        let rows: Vec<Row<'_>> = posts.iter().map(|post| row(post)).collect();
        let new = rows.iter().zip(claims).flat_map(|(row, (_, new))| new.iter().map(move |new| (row, new)));
        let claimed = deliveries::insert_each(&mut write, &new.collect::<Vec<_>>()).await?;
        write.commit().await?;
        Ok(claimed)
    }

    /// Keeps a claimed post as it is now.
    ///
    /// # Errors
    ///
    /// Nothing was changed; also where there is no such post.
    pub async fn save_post(&self, post: &Post) -> Result<(), LedgerError> {
        let mut write = self.connection.write().await?;
        save(&mut write, &[post]).await?;
        write.commit().await
    }

    /// Keeps a claimed post as it is now, and where these rows of it stand.
    ///
    /// # Errors
    ///
    /// Nothing was changed; also where there is no such post.
    pub async fn settle(
        &self,
        post: &Post,
        state: DeliveryState,
        reason: Option<&DeliveryReason>,
        deliveries: &[DeliveryId],
        now: Timestamp,
    ) -> Result<(), LedgerError> {
        self.settle_each(&[Settled { post, state, reason, deliveries, at: now }]).await
    }

    /// The same for several posts, of which none is named twice.
    ///
    /// # Errors
    ///
    /// Nothing was changed; also where one of the posts is not there.
    pub async fn settle_each(&self, settled: &[Settled<'_>]) -> Result<(), LedgerError> {
        let mut write = self.connection.write().await?;
        save(&mut write, &settled.iter().map(|settled| settled.post).collect::<Vec<_>>()).await?;
        let rows = settled.iter().flat_map(|&Settled { state, reason, deliveries, at, .. }| {
            deliveries.iter().map(move |id| (*id, state, reason, at))
        });
        deliveries::set_state_each(&mut write, &rows.collect::<Vec<_>>()).await?;
        write.commit().await
    }

    /// Takes a claim back, when it is certain that there is no such message: its rows that are still `sending` go away, or are
    /// again what they were before they were sent again, and the post goes with them.
    ///
    /// # Errors
    ///
    /// Nothing was changed.
    pub async fn unclaim(&self, key: PostKey, now: Timestamp) -> Result<Unclaimed, LedgerError> {
        let mut write = self.connection.write().await?;
        let key = key.0.cast_signed();
        let gone: Vec<i64> = sqlx::query_scalar(
            "DELETE FROM delivery WHERE post = $1 AND state = 'sending' AND previous_state IS NULL RETURNING id",
        )
        .bind(key)
        .fetch_all(&mut *write)
        .await?;
        let restored: Vec<i64> = sqlx::query_scalar(
            "UPDATE delivery SET state = previous_state, reason = previous_reason, post = previous_post, since = $2, \
             previous_state = NULL, previous_reason = NULL, previous_post = NULL \
             WHERE post = $1 AND state = 'sending' RETURNING id",
        )
        .bind(key)
        .bind(time_column(now))
        .fetch_all(&mut *write)
        .await?;
        sqlx::query(
            "DELETE FROM post WHERE key = $1 \
             AND NOT EXISTS (SELECT 1 FROM delivery WHERE post = $1 OR previous_post = $1)",
        )
        .bind(key)
        .execute(&mut *write)
        .await?;
        let restored = rows(&mut write, &list(restored)).await?;
        write.commit().await?;
        let mut gone: Vec<DeliveryId> = gone.into_iter().map(DeliveryId).collect();
        gone.sort_unstable();
        Ok(Unclaimed { gone, restored })
    }
}

async fn rows(connection: &mut SqliteConnection, ids: &str) -> Result<Vec<Delivery>, LedgerError> {
    let rows: Vec<DeliveryRow> = sqlx::query_as(BY_IDS).bind(ids).fetch_all(connection).await?;
    rows.into_iter().map(|row| row.into_delivery().map(|(_, delivery)| delivery)).collect()
}

async fn insert(
    connection: &mut SqliteConnection,
    channel: ChannelId,
    posts: &[&Post],
) -> Result<(), LedgerError> {
    for posts in several(posts) {
        let mut insert = QueryBuilder::new(INSERT);
        insert.push_values(posts, |mut values, post| {
            push(&mut values, post);
            values.push_bind(channel.0.cast_signed());
        });
        insert.build().execute(&mut *connection).await?;
    }
    Ok(())
}

async fn save(connection: &mut SqliteConnection, posts: &[&Post]) -> Result<(), LedgerError> {
    for posts in several(posts) {
        let mut update = QueryBuilder::new(UPDATE);
        update.push_values(posts, |mut values, post| push(&mut values, post));
        update.push(") AS told WHERE post.key = told.column1");
        let saved = update.build().execute(&mut *connection).await?;
        if saved.rows_affected() != posts.len() as u64 {
            let keys: Vec<u64> = posts.iter().map(|post| post.key.0).collect();
            return Err(LedgerError::new(LedgerErrorKind::Other, format!("there is no post among {keys:?}")));
        }
    }
    Ok(())
}

const INSERT: &str = "INSERT INTO post (key, feed, shape, uncertain_since, first_tried_at, attempts, message, thread, \
    sent_at, edited_at, shown, shown_with_heat, is_without_pictures, discussion, crosspost, channel) ";
const UPDATE: &str = "UPDATE post SET feed = told.column2, shape = told.column3, uncertain_since = told.column4, \
    first_tried_at = told.column5, attempts = told.column6, message = told.column7, thread = told.column8, \
    sent_at = told.column9, edited_at = told.column10, shown = told.column11, shown_with_heat = told.column12, \
    is_without_pictures = told.column13, discussion = told.column14, crosspost = told.column15 FROM (";

/// The values of all columns but the channel, which never changes.
fn push(values: &mut Separated<'_, sqlx::Sqlite, &'static str>, post: &Post) {
    values
        .push_bind(post.key.0.cast_signed())
        .push_bind(post.feed.0)
        .push_bind(post.shape.column())
        .push_bind(post.uncertain_since.map(time_column))
        .push_bind(time_column(post.first_tried_at))
        .push_bind(i64::from(post.attempts))
        .push_bind(bits_column(post.message.map(|message| message.0)))
        .push_bind(bits_column(post.thread.map(|thread| thread.0)))
        .push_bind(post.sent_at.map(time_column))
        .push_bind(post.edited_at.map(time_column))
        .push_bind(post.shown.cast_signed())
        .push_bind(post.shown_with_heat.cast_signed())
        .push_bind(post.is_without_pictures)
        .push_bind(post.discussion.column())
        .push_bind(post.crosspost.column());
}

/// Every post, as [`PostRow`].
pub(super) const ALL: &str = "SELECT key, channel, feed, shape, uncertain_since, first_tried_at, attempts, message, \
    thread, sent_at, edited_at, shown, shown_with_heat, is_without_pictures, discussion, crosspost FROM post \
    ORDER BY first_tried_at, key";

/// A post as it stands in the table, before it is checked.
#[derive(FromRow)]
pub(super) struct PostRow {
    key: i64,
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
    shown: i64,
    shown_with_heat: i64,
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
        let aftermath = |word: &str, column| Aftermath::of_column(word).ok_or_else(|| unreadable(column));
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
            shown: self.shown.cast_unsigned(),
            shown_with_heat: self.shown_with_heat.cast_unsigned(),
            is_without_pictures: self.is_without_pictures,
            discussion: aftermath(&self.discussion, "discussion")?,
            crosspost: aftermath(&self.crosspost, "crosspost")?,
        };
        Ok((ChannelId(self.channel.cast_unsigned()), post))
    }
}
