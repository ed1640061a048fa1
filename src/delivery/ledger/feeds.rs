//! The rows of feeds.

use jiff::Timestamp;
use sqlx::FromRow;

use super::Ledger;
use super::columns::{
    Word, as_kept, bits_column, reason_column, reason_of_column, time_column, time_of_column, unreadable,
};
use super::database::Database;
use super::error::LedgerError;
use super::statement::Statement;
use crate::card::text;
use crate::feed::pacing::{Digest, Pacing, QuietHours, Zone};
use crate::feed::pause::{PauseReason, Setting, UnreadableSetting};
use crate::feed::phrases::Phrases;
use crate::feed::{ChannelKind, Feed, FeedId, FeedSettings, FeedStatus, NewFeed, PendingWork, Rules};
use crate::ids::{ChannelId, GuildId, RoleId};

/// The age limit of a feed whose own limit is unreadable: the contract's default.
const MAX_AGE_DAYS_OTHERWISE: u16 = 7;
/// How many characters of an unreadable setting people see.
const VALUE_CHARACTERS_MAX: usize = 40;

impl Ledger {
    /// Creates a feed. It has not begun yet.
    ///
    /// # Errors
    ///
    /// No feed was created.
    pub async fn add_feed(&self, new: &NewFeed, now: Timestamp) -> Result<Feed, LedgerError> {
        let mut write = self.connection.write().await?;
        let feed = insert(&mut write, new, now).await?;
        write.announce().await?;
        write.commit().await?;
        Ok(feed)
    }

    /// Creates a feed, unless a feed was created under this name before. A feed that was removed stays
    /// removed.
    ///
    /// # Errors
    ///
    /// No feed was created, and the name is still free.
    pub async fn add_feed_once(
        &self,
        name: &str,
        new: &NewFeed,
        now: Timestamp,
    ) -> Result<Option<Feed>, LedgerError> {
        let mut write = self.connection.write().await?;
        let first =
            Statement::new("INSERT INTO done_once (name) VALUES ($1) ON CONFLICT DO NOTHING").bind(name);
        if write.execute(first).await? == 0 {
            return Ok(None);
        }
        let feed = insert(&mut write, new, now).await?;
        write.announce().await?;
        write.commit().await?;
        Ok(Some(feed))
    }

    /// Whether a feed was created under this name.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn was_done_once(&self, name: &str) -> Result<bool, LedgerError> {
        let mut read = self.connection.read().await?;
        let known = Statement::new("SELECT name FROM done_once WHERE name = $1").bind(name);
        Ok(read.one::<(String,)>(known).await?.is_some())
    }
}

const INSERT: &str = "INSERT INTO feed (topic, article_kind, source, words, without, quality_min, heat_min, \
    max_age_days, posts_per_hour_max, quiet_hours, zone, digest, mention, is_silent, opens_thread, crossposts, \
    status, status_reason, left_at, guild, channel, channel_kind, pending_backfill, created_at, checked_at, \
    digested_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
    $19, $20, $21, $22, $23, $24, $25, $26, $27) RETURNING id";
/// The settings of [`with_settings`].
pub(super) const UPDATE: &str = "UPDATE feed SET topic = $1, article_kind = $2, source = $3, words = $4, without = \
    $5, quality_min = $6, heat_min = $7, max_age_days = $8, posts_per_hour_max = $9, quiet_hours = $10, zone = $11, \
    digest = $12, mention = $13, is_silent = $14, opens_thread = $15, crossposts = $16 WHERE id = $17";
/// The status of [`with_status`].
pub(super) const UPDATE_STATUS: &str =
    "UPDATE feed SET status = $1, status_reason = $2, left_at = $3 WHERE id = $4";

async fn insert(database: &mut Database, new: &NewFeed, now: Timestamp) -> Result<Feed, LedgerError> {
    let now = as_kept(now);
    let mut feed = Feed {
        id: FeedId(0),
        guild: new.guild,
        channel: new.channel,
        channel_kind: new.channel_kind,
        settings: new.settings.clone(),
        status: FeedStatus::Active,
        pending_backfill: Some(new.backfill),
        created_at: now,
        checked_at: now,
        digested_at: now,
        version: 1,
        pending: None,
    };
    let values = with_settings(Statement::new(INSERT), &feed.settings);
    let values = with_status(values, &feed.status)
        .bind(feed.guild.0.cast_signed())
        .bind(feed.channel.0.cast_signed())
        .bind(feed.channel_kind.column())
        .bind(feed.pending_backfill.map(i64::from))
        .bind(time_column(feed.created_at))
        .bind(time_column(feed.checked_at))
        .bind(time_column(feed.digested_at))
        .bind(feed.version);
    let id: Option<(i64,)> = database.one(values).await?;
    feed.id = FeedId(id.ok_or_else(|| unreadable("feed", 0, "id"))?.0);
    Ok(feed)
}

pub(super) fn with_settings(statement: Statement, settings: &FeedSettings) -> Statement {
    let (rules, pacing) = (&settings.rules, &settings.pacing);
    statement
        .bind(rules.topic.as_deref())
        .bind(rules.kind.as_deref())
        .bind(rules.source.as_deref())
        .bind(phrases_column(&rules.words))
        .bind(phrases_column(&rules.without))
        .bind(rules.quality_min)
        .bind(rules.heat_min)
        .bind(i64::from(rules.max_age_days))
        .bind(i64::from(pacing.posts_per_hour_max))
        .bind(pacing.quiet_hours.map(|quiet| quiet.to_string()))
        .bind(pacing.zone.name())
        .bind(pacing.digest.to_string())
        .bind(bits_column(settings.mention.map(|role| role.0)))
        .bind(settings.is_silent)
        .bind(settings.opens_thread)
        .bind(settings.crossposts)
}

fn phrases_column(phrases: &Phrases) -> Option<String> {
    (!phrases.is_empty()).then(|| phrases.to_string())
}

/// With the word, the reason, and when the bot left.
pub(super) fn with_status(statement: Statement, status: &FeedStatus) -> Statement {
    let (word, reason, left_at) = match status {
        FeedStatus::Left { since, before } => match status_columns(before) {
            ("active", _) => (LEFT.to_owned(), None, Some(time_column(*since))),
            (word, reason) => (format!("{LEFT}_{word}"), reason, Some(time_column(*since))),
        },
        other => {
            let (word, reason) = status_columns(other);
            (word.to_owned(), reason, None)
        }
    };
    statement.bind(word).bind(reason).bind(left_at)
}

/// The word of a feed whose guild the bot left. The word of the status before follows it.
const LEFT: &str = "left";

/// The word and the reason of a status that is not [`FeedStatus::Left`].
fn status_columns(status: &FeedStatus) -> (&'static str, Option<String>) {
    match status {
        // A feed is never left twice.
        FeedStatus::Active | FeedStatus::Left { .. } => ("active", None),
        FeedStatus::PausedByModerator => ("paused_by_moderator", None),
        FeedStatus::Paused(reason) => ("paused", Some(reason_column(reason))),
        FeedStatus::PausedByBoth(reason) => ("paused_by_both", Some(reason_column(reason))),
        FeedStatus::ForeignChannel => ("foreign_channel", None),
    }
}

/// What the worker still has to do. [`FeedRow::into_feed`] reads it.
pub(super) fn pending_column(pending: Option<&PendingWork>) -> Option<String> {
    // Only a map without text keys would fail here, and no work is one.
    pending.map(|pending| serde_json::to_string(pending).unwrap_or_default())
}

/// A feed as the table holds it.
#[derive(FromRow)]
pub(super) struct FeedRow {
    pub(super) id: i64,
    guild: i64,
    channel: i64,
    channel_kind: String,
    topic: Option<String>,
    article_kind: Option<String>,
    source: Option<String>,
    words: Option<String>,
    without: Option<String>,
    quality_min: i64,
    heat_min: Option<i64>,
    max_age_days: i64,
    posts_per_hour_max: i64,
    quiet_hours: Option<String>,
    zone: String,
    digest: String,
    mention: Option<i64>,
    is_silent: bool,
    opens_thread: bool,
    crossposts: bool,
    status: String,
    status_reason: Option<String>,
    left_at: Option<i64>,
    pending_backfill: Option<i64>,
    created_at: i64,
    checked_at: i64,
    digested_at: i64,
    version: i64,
    pending: Option<String>,
}

/// The unreadable settings of a feed.
#[derive(Default)]
struct Unreadable(Vec<UnreadableSetting>);

impl Unreadable {
    fn note(&mut self, setting: Setting, value: &str) {
        let value = text::plain(value, VALUE_CHARACTERS_MAX).into();
        self.0.push(UnreadableSetting { setting, value });
    }

    fn time(&mut self, column: i64) -> Timestamp {
        time_of_column(column).unwrap_or_else(|| {
            self.note(Setting::Time, &column.to_string());
            Timestamp::MAX
        })
    }

    fn phrases(&mut self, setting: Setting, column: Option<&str>) -> Phrases {
        let Some(text) = column else { return Phrases::default() };
        Phrases::parse(text).unwrap_or_else(|_| {
            self.note(setting, text);
            Phrases::default()
        })
    }

    fn number<T: TryFrom<i64>>(&mut self, setting: Setting, value: i64, otherwise: T) -> T {
        value.try_into().unwrap_or_else(|_| {
            self.note(setting, &value.to_string());
            otherwise
        })
    }
}

impl FeedRow {
    /// The feed. An unreadable setting (an unknown time zone, a word of another version) does not lose the
    /// feed: the feed pauses with the default in place of the setting, and names the setting. The row stays as it is.
    pub(super) fn into_feed(self) -> Feed {
        let mut unread = Unreadable::default();
        let [created_at, checked_at, digested_at] =
            [self.created_at, self.checked_at, self.digested_at].map(|column| unread.time(column));
        let settings = FeedSettings {
            rules: Rules {
                topic: self.topic.as_deref().map(Box::from),
                kind: self.article_kind.as_deref().map(Box::from),
                source: self.source.as_deref().map(Box::from),
                words: unread.phrases(Setting::Words, self.words.as_deref()),
                without: unread.phrases(Setting::Without, self.without.as_deref()),
                quality_min: self.quality_min,
                heat_min: self.heat_min,
                max_age_days: unread.number(Setting::MaxAge, self.max_age_days, MAX_AGE_DAYS_OTHERWISE),
            },
            pacing: self.pacing(&mut unread),
            mention: self.mention.map(|role| RoleId(role.cast_unsigned())),
            is_silent: self.is_silent,
            opens_thread: self.opens_thread,
            crossposts: self.crossposts,
        };
        let channel_kind = ChannelKind::of_column(&self.channel_kind).unwrap_or_else(|| {
            unread.note(Setting::ChannelKind, &self.channel_kind);
            ChannelKind::Text
        });
        let pending = self
            .pending
            .as_deref()
            .and_then(|text| serde_json::from_str(text).map_err(|_| unread.note(Setting::Status, text)).ok());
        Feed {
            id: FeedId(self.id),
            guild: GuildId(self.guild.cast_unsigned()),
            channel: ChannelId(self.channel.cast_unsigned()),
            channel_kind,
            settings,
            pending_backfill: self.pending_backfill.map(|count| unread.number(Setting::Backfill, count, 0)),
            status: self.status(unread),
            created_at,
            checked_at,
            digested_at,
            version: self.version,
            pending,
        }
    }

    fn pacing(&self, unread: &mut Unreadable) -> Pacing {
        let default = Pacing::default();
        let quiet_hours = self
            .quiet_hours
            .as_deref()
            .map(|text| QuietHours::parse(text).map_err(|_| unread.note(Setting::QuietHours, text)).ok());
        Pacing {
            quiet_hours: quiet_hours.flatten(),
            posts_per_hour_max: unread.number(
                Setting::PostsPerHour,
                self.posts_per_hour_max,
                default.posts_per_hour_max,
            ),
            zone: Zone::parse(&self.zone).unwrap_or_else(|_| {
                unread.note(Setting::TimeZone, &self.zone);
                default.zone
            }),
            digest: Digest::parse(&self.digest).unwrap_or_else(|_| {
                unread.note(Setting::Digest, &self.digest);
                default.digest
            }),
        }
    }

    fn status(&self, mut unread: Unreadable) -> FeedStatus {
        let reason = || reason_of_column(self.status_reason.as_deref().unwrap_or_default());
        let of_word = |word: &str| match word {
            "active" => Some(FeedStatus::Active),
            "paused_by_moderator" => Some(FeedStatus::PausedByModerator),
            "paused" => Some(FeedStatus::Paused(reason())),
            "paused_by_both" => Some(FeedStatus::PausedByBoth(reason())),
            "foreign_channel" => Some(FeedStatus::ForeignChannel),
            _ => None,
        };
        let left_at = self.left_at.and_then(time_of_column);
        let status = match (self.status.strip_prefix(LEFT), left_at) {
            (Some(""), Some(since)) => Some(FeedStatus::Left { since, before: Box::new(FeedStatus::Active) }),
            (Some(before), Some(since)) => before
                .strip_prefix('_')
                .and_then(of_word)
                .map(|before| FeedStatus::Left { since, before: Box::new(before) }),
            _ => of_word(&self.status),
        };
        let status = status.unwrap_or_else(|| {
            unread.note(Setting::Status, &self.status);
            FeedStatus::Active
        });
        if unread.0.is_empty() {
            return status;
        }
        status.troubled(PauseReason::SettingsUnreadable(unread.0))
    }
}
