//! The rows of guilds: what moderators chose with `/settings`, and what the bot told them.

use jiff::{SignedDuration, Timestamp};

use super::Ledger;
use super::columns::{bits_column, reason_column, reason_of_column, time_column};
use super::database::Database;
use super::error::LedgerError;
use super::statement::{Statement, list};
use crate::feed::pause::PauseReason;
use crate::ids::{ChannelId, GuildId};
use crate::messages::Language;
use crate::notices::Told;
use crate::shards::Shard;

/// How many days the choices of a guild are kept after the bot left the guild, as its feeds are.
const LEFT_DAYS_MAX: i64 = 30;

/// What the moderators of a guild chose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GuildChoices {
    /// The channel where the bot reports troubles.
    pub notices: Option<ChannelId>,
    /// Why the bot cannot write in this channel.
    pub notices_fault: Option<PauseReason>,
    /// The language of posts. `None`: the guild's own.
    pub language: Option<Language>,
}

/// Reads and writes the choices of guilds, on the connection of its [`Ledger`].
#[derive(Debug, Clone)]
pub struct GuildStore(Ledger);

impl Ledger {
    /// The choices of guilds.
    #[must_use]
    pub fn guilds(&self) -> GuildStore {
        GuildStore(self.clone())
    }
}

/// A guild with a channel for notices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoticesRow {
    pub(crate) guild: GuildId,
    pub(crate) channel: ChannelId,
    /// Why the last notice was not sent.
    pub(crate) fault: Option<PauseReason>,
    /// What was told in this channel.
    pub(crate) told: Told,
}

/// Notices, their fault, language.
type ChoicesRow = (Option<i64>, Option<String>, Option<String>);
/// Guild, notices, their fault, what was told.
type NoticesColumns = (i64, i64, Option<String>, Option<String>);

impl GuildStore {
    /// The languages that guilds chose.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn languages(&self) -> Result<Vec<(GuildId, Language)>, LedgerError> {
        let mut read = self.0.connection.read().await?;
        let chosen = Statement::new("SELECT id, language FROM guild WHERE language IS NOT NULL");
        let rows: Vec<(i64, String)> = read.all(chosen).await?;
        let language =
            |(id, tag): (i64, String)| Some((GuildId(id.cast_unsigned()), Language::of_tag(&tag)?));
        Ok(rows.into_iter().filter_map(language).collect())
    }

    /// The choices of a guild.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn of(&self, guild: GuildId) -> Result<GuildChoices, LedgerError> {
        choices(&mut *self.0.connection.read().await?, guild).await
    }

    /// Changes the choices of a guild. Returns the choices after the change. In another channel nothing was told yet.
    ///
    /// # Errors
    /// Nothing was changed.
    pub async fn choose(
        &self,
        guild: GuildId,
        change: impl FnOnce(&mut GuildChoices) + Send,
    ) -> Result<GuildChoices, LedgerError> {
        let mut write = self.0.connection.write().await?;
        let before = choices(&mut write, guild).await?;
        let mut chosen = before.clone();
        change(&mut chosen);
        if chosen.notices != before.notices {
            let forget = Statement::new("UPDATE guild SET told = NULL WHERE id = $1");
            write.execute(forget.bind(guild.0.cast_signed())).await?;
        }
        let statement = if chosen.notices.is_none() && chosen.language.is_none() {
            Statement::new("DELETE FROM guild WHERE id = $1").bind(guild.0.cast_signed())
        } else {
            Statement::new(
                "INSERT INTO guild (id, notices, notices_fault, language) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (id) DO UPDATE SET notices = $2, notices_fault = $3, language = $4, left_at = NULL",
            )
            .bind(guild.0.cast_signed())
            .bind(bits_column(chosen.notices.map(|channel| channel.0)))
            .bind(chosen.notices_fault.as_ref().map(reason_column))
            .bind(chosen.language.map(Language::tag))
        };
        write.execute(statement).await?;
        write.commit().await?;
        Ok(chosen)
    }

    /// The guilds with a channel for notices that the bot is in.
    ///
    /// # Errors
    /// The database cannot be read.
    pub(crate) async fn with_notices(&self) -> Result<Vec<NoticesRow>, LedgerError> {
        let mut read = self.0.connection.read().await?;
        let chosen = "SELECT id, notices, notices_fault, told FROM guild \
            WHERE notices IS NOT NULL AND left_at IS NULL ORDER BY id";
        let rows: Vec<NoticesColumns> = read.all(Statement::new(chosen)).await?;
        let row = |(guild, channel, fault, told): NoticesColumns| NoticesRow {
            guild: GuildId(guild.cast_unsigned()),
            channel: ChannelId(channel.cast_unsigned()),
            fault: fault.as_deref().map(reason_of_column),
            told: told.as_deref().map(Told::of_text).unwrap_or_default(),
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Writes what was told in a channel, and the fault. Returns whether this is still the channel for notices.
    ///
    /// # Errors
    /// Nothing was written.
    pub(crate) async fn tell(&self, row: &NoticesRow) -> Result<bool, LedgerError> {
        let mut write = self.0.connection.write().await?;
        let update =
            Statement::new("UPDATE guild SET told = $3, notices_fault = $4 WHERE id = $1 AND notices = $2")
                .bind(row.guild.0.cast_signed())
                .bind(row.channel.0.cast_signed())
                .bind(row.told.to_text())
                .bind(row.fault.as_ref().map(reason_column));
        let count = write.execute(update).await?;
        write.commit().await?;
        Ok(count > 0)
    }

    /// The bot is in this guild.
    ///
    /// # Errors
    /// Nothing was changed.
    pub async fn joined(&self, guild: GuildId) -> Result<(), LedgerError> {
        let mut write = self.0.connection.write().await?;
        let back = Statement::new("UPDATE guild SET left_at = NULL WHERE id = $1");
        write.execute(back.bind(guild.0.cast_signed())).await?;
        write.commit().await
    }

    /// The bot left this guild.
    ///
    /// # Errors
    /// Nothing was changed.
    pub async fn left(&self, guild: GuildId, now: Timestamp) -> Result<(), LedgerError> {
        let mut write = self.0.connection.write().await?;
        let left = Statement::new("UPDATE guild SET left_at = $2 WHERE id = $1 AND left_at IS NULL");
        write.execute(left.bind(guild.0.cast_signed()).bind(time_column(now))).await?;
        write.commit().await
    }

    /// Of the guilds of a shard, the bot is in exactly these ones.
    ///
    /// # Errors
    /// Nothing was changed.
    pub async fn are(&self, shard: Shard, guilds: &[GuildId], now: Timestamp) -> Result<(), LedgerError> {
        let mut write = self.0.connection.write().await?;
        let back = "UPDATE guild SET left_at = NULL WHERE id IN (SELECT value FROM json_each($1))";
        let there = list(guilds.iter().map(|guild| guild.0.cast_signed()));
        write.execute(Statement::new(back).bind(there)).await?;
        let known: Vec<(i64,)> =
            write.all(Statement::new("SELECT id FROM guild WHERE left_at IS NULL")).await?;
        let known = known.into_iter().map(|(id,)| GuildId(id.cast_unsigned()));
        let left = known.filter(|guild| shard.has(*guild) && !guilds.contains(guild));
        let left = list(left.map(|guild| guild.0.cast_signed()));
        let leave = "UPDATE guild SET left_at = $2 WHERE id IN (SELECT value FROM json_each($1))";
        write.execute(Statement::new(leave).bind(left).bind(time_column(now))).await?;
        write.commit().await
    }

    /// Removes the choices of guilds that the bot left long ago.
    ///
    /// # Errors
    /// Nothing was removed.
    pub async fn forget_left(&self, now: Timestamp) -> Result<(), LedgerError> {
        let kept_for = SignedDuration::from_hours(24 * LEFT_DAYS_MAX);
        let before = now.saturating_sub(kept_for).unwrap_or(Timestamp::MIN);
        let mut write = self.0.connection.write().await?;
        let outdated = Statement::new("DELETE FROM guild WHERE left_at < $1");
        write.execute(outdated.bind(time_column(before))).await?;
        write.commit().await
    }
}

/// A language of another version counts as no choice.
async fn choices(database: &mut Database, guild: GuildId) -> Result<GuildChoices, LedgerError> {
    let statement = Statement::new("SELECT notices, notices_fault, language FROM guild WHERE id = $1");
    let row: Option<ChoicesRow> = database.one(statement.bind(guild.0.cast_signed())).await?;
    let (notices, fault, language) = row.unwrap_or_default();
    Ok(GuildChoices {
        notices: notices.map(|channel| ChannelId(channel.cast_unsigned())),
        notices_fault: fault.as_deref().map(reason_of_column),
        language: language.as_deref().and_then(Language::of_tag),
    })
}
