//! The rows of deliveries.

use sqlx::FromRow;

use super::Ledger;
use super::columns::{Word, known_by_of_column, reason_of_column, time_of_column, unreadable};
use super::error::LedgerError;
use super::statement::{Statement, list};
use crate::article_key::ArticleKey;
use crate::delivery::record::{
    Delivery, DeliveryDetails, DeliveryId, DeliveryState, PostKey, Previous, WithdrawalWord,
};
use crate::feed::FeedId;
use crate::ids::{ChannelId, MessageId};

impl Ledger {
    /// Deliveries as people read them, in the order of the numbers. A missing delivery is left out.
    ///
    /// # Errors
    ///
    /// They cannot be read.
    pub async fn details(&self, deliveries: &[DeliveryId]) -> Result<Vec<DeliveryDetails>, LedgerError> {
        let mut read = self.connection.read().await?;
        let asked = list(deliveries.iter().map(|id| id.0));
        let rows: Vec<DetailsRow> = read.all(Statement::new(DETAILS).bind(asked)).await?;
        Ok(rows.into_iter().filter_map(|row| row.into_details().ok()).collect())
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
                // A row that cannot be read pauses its channel's feeds, which say so.
                found.extend(row.into_details().ok());
            }
        }
        Ok(found)
    }
}

/// The columns of a [`DeliveryRow`].
pub(super) const COLUMNS: &str = "delivery.id, delivery.channel, delivery.feed, state, post, article, since, known_by, \
    withdrawal, is_dismissed, previous_state, previous_post";
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
    pub(super) channel: i64,
    feed: i64,
    state: String,
    pub(super) post: Option<i64>,
    article: i64,
    since: i64,
    known_by: Vec<u8>,
    withdrawal: String,
    is_dismissed: bool,
    previous_state: Option<String>,
    previous_post: Option<i64>,
}

impl DeliveryRow {
    /// The channel and the delivery. An unreadable row is an error: without it the story could be posted
    /// twice.
    pub(super) fn into_delivery(self) -> Result<(ChannelId, Delivery), LedgerError> {
        let unreadable = |column| unreadable("delivery", self.id, column);
        let post = |key: Option<i64>| key.map(|key| PostKey(key.cast_unsigned()));
        let state = |word: &str, column| DeliveryState::from_word(word).ok_or_else(|| unreadable(column));
        let previous =
            self.previous_state.as_deref().map(|word| state(word, "previous_state")).transpose()?;
        let (hashes, titles) = known_by_of_column(&self.known_by).ok_or_else(|| unreadable("known_by"))?;
        let delivery = Delivery {
            id: DeliveryId(self.id),
            feed: FeedId(self.feed),
            state: state(&self.state, "state")?,
            post: post(self.post),
            article: ArticleKey(self.article.cast_unsigned()),
            since: time_of_column(self.since).ok_or_else(|| unreadable("since"))?,
            hashes,
            titles,
            withdrawal: WithdrawalWord::of_column(&self.withdrawal)
                .ok_or_else(|| unreadable("withdrawal"))?,
            is_dismissed: self.is_dismissed,
            previous: previous.map(|state| Previous { state, post: post(self.previous_post) }),
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
