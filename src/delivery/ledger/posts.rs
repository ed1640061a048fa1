//! The rows of posts.

use sqlx::FromRow;

use super::columns::{Word, bits_column, time_column, time_of_column, unreadable};
use super::database::Database;
use super::error::{LedgerError, LedgerErrorKind};
use super::statement::Statement;
use crate::delivery::record::{AttemptTime, FollowUp, Post, PostKey, PostShape};
use crate::feed::FeedId;
use crate::ids::{ChannelId, MessageId};

pub(super) async fn insert(
    database: &mut Database,
    channel: ChannelId,
    post: &Post,
) -> Result<(), LedgerError> {
    database.execute(with_values(INSERT, post).bind(channel.0.cast_signed())).await?;
    Ok(())
}

pub(super) async fn save(database: &mut Database, post: &Post) -> Result<(), LedgerError> {
    match database.execute(with_values(UPDATE, post)).await? {
        1 => Ok(()),
        _ => Err(LedgerError::new(LedgerErrorKind::Other, format!("there is no post {}", post.key.0))),
    }
}

const INSERT: &str = "INSERT INTO post (key, feed, shape, uncertain_since, uncertain_since_discord, first_tried_at, attempts, message, thread, \
    sent_at, edited_at, displayed, displayed_with_heat, is_without_pictures, discussion, crosspost, fingerprint_version, channel) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
const UPDATE: &str = "UPDATE post SET feed = $2, shape = $3, uncertain_since = $4, uncertain_since_discord = $5, first_tried_at = $6, \
    attempts = $7, message = $8, thread = $9, sent_at = $10, edited_at = $11, displayed = $12, displayed_with_heat = $13, \
    is_without_pictures = $14, discussion = $15, crosspost = $16, fingerprint_version = $17 WHERE key = $1";

/// The statement with the values of all columns except the channel, which never changes.
fn with_values(statement: &'static str, post: &Post) -> Statement {
    Statement::new(statement)
        .bind(post.key.0.cast_signed())
        .bind(post.feed.0)
        .bind(post.shape.column())
        .bind(post.uncertain_since.map(|since| time_column(since.host)))
        .bind(post.uncertain_since.and_then(|since| since.discord).map(time_column))
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
        .bind(i64::from(post.fingerprint_version))
}

/// The columns of a [`PostRow`].
pub(super) const COLUMNS: &str = "key, post.channel, post.feed, shape, uncertain_since, uncertain_since_discord, first_tried_at, attempts, message, \
    thread, sent_at, edited_at, fingerprint_version, displayed, displayed_with_heat, is_without_pictures, discussion, crosspost";

/// A post as the table holds it.
#[derive(FromRow)]
pub(super) struct PostRow {
    pub(super) key: i64,
    pub(super) channel: i64,
    feed: i64,
    shape: String,
    uncertain_since: Option<i64>,
    uncertain_since_discord: Option<i64>,
    first_tried_at: i64,
    attempts: i64,
    message: Option<i64>,
    thread: Option<i64>,
    sent_at: Option<i64>,
    edited_at: Option<i64>,
    fingerprint_version: i64,
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
            uncertain_since: match time_if_any(self.uncertain_since, "uncertain_since")? {
                Some(host) => {
                    let discord = time_if_any(self.uncertain_since_discord, "uncertain_since_discord")?;
                    Some(AttemptTime { host, discord })
                }
                None => None,
            },
            first_tried_at: time(self.first_tried_at, "first_tried_at")?,
            attempts: self.attempts.try_into().map_err(|_| unreadable("attempts"))?,
            message: self.message.map(|message| MessageId(message.cast_unsigned())),
            thread: self.thread.map(|thread| ChannelId(thread.cast_unsigned())),
            sent_at: time_if_any(self.sent_at, "sent_at")?,
            edited_at: time_if_any(self.edited_at, "edited_at")?,
            // A version that does not fit is none of ours: nothing can be compared with it.
            fingerprint_version: self.fingerprint_version.try_into().unwrap_or(0),
            displayed: self.displayed.cast_unsigned(),
            displayed_with_heat: self.displayed_with_heat.cast_unsigned(),
            is_without_pictures: self.is_without_pictures,
            discussion: follow_up(&self.discussion, "discussion")?,
            crosspost: follow_up(&self.crosspost, "crosspost")?,
        };
        Ok((ChannelId(self.channel.cast_unsigned()), post))
    }
}
