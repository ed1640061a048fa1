//! The rows of the processes that share a server's database.

use super::Ledger;
use super::error::LedgerError;
use super::statement::{Statement, list};
use crate::ids::GuildId;
use crate::messages::Language;

/// A process, as it reports itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessReport {
    /// A random number.
    pub id: i64,
    /// Its shards, as `DISCORD_SHARDS` has them.
    pub shards: String,
    /// How many articles it has loaded.
    pub articles: usize,
    /// A hash of these articles.
    pub collection: u64,
    /// Whether it delivers and fetches.
    pub delivers: bool,
}

/// A row: number, shards, articles, hash of the articles, whether it delivers.
type ProcessRow = (i64, String, i64, i64, bool);

impl Ledger {
    /// Reports this process. Returns all processes that reported themselves in the last 20 s, and how often moderators asked for a
    /// load. Only for a database of a server.
    ///
    /// # Errors
    ///
    /// Nothing was reported.
    pub async fn report_process(
        &self,
        own: &ProcessReport,
    ) -> Result<(Vec<ProcessReport>, i64), LedgerError> {
        let mut write = self.connection.write().await?;
        let report = "INSERT INTO process (id, shards, articles, collection, delivers, seen_at) \
            VALUES ($1, $2, $3, $4, $5, clock_timestamp()) ON CONFLICT (id) DO UPDATE \
            SET shards = $2, articles = $3, collection = $4, delivers = $5, seen_at = clock_timestamp()";
        let report = Statement::new(report)
            .bind(own.id)
            .bind(&*own.shards)
            .bind(i64::try_from(own.articles).unwrap_or(i64::MAX))
            .bind(own.collection.cast_signed())
            .bind(own.delivers);
        write.execute(report).await?;
        let forget = "DELETE FROM process WHERE seen_at < clock_timestamp() - INTERVAL '60 seconds'";
        write.execute(Statement::new(forget)).await?;
        let alive = "SELECT id, shards, articles, collection, delivers FROM process \
            WHERE seen_at > clock_timestamp() - INTERVAL '20 seconds' ORDER BY shards, id";
        let rows: Vec<ProcessRow> = write.all(Statement::new(alive)).await?;
        let count: Option<(i64,)> = write.one(Statement::new("SELECT count FROM load_count")).await?;
        write.commit().await?;
        let process = |(id, shards, articles, collection, delivers): ProcessRow| ProcessReport {
            id,
            shards,
            articles: usize::try_from(articles).unwrap_or(0),
            collection: collection.cast_unsigned(),
            delivers,
        };
        Ok((rows.into_iter().map(process).collect(), count.map_or(0, |(count,)| count)))
    }

    /// Replaces the languages that this process reports for the guilds that it answers, and returns those of all guilds. `reported` is
    /// what it reported before. Only for a database of a server.
    ///
    /// # Errors
    ///
    /// Nothing was reported.
    pub async fn report_languages(
        &self,
        reported: &[(GuildId, Language)],
        own: &[(GuildId, Language)],
    ) -> Result<Vec<(GuildId, Language)>, LedgerError> {
        let mut write = self.connection.write().await?;
        let gone = reported.iter().filter(|before| !own.contains(before));
        let gone = list(gone.map(|(guild, _)| guild.0.cast_signed()));
        let delete = "DELETE FROM guild_language WHERE id IN (SELECT value FROM json_each($1))";
        write.execute(Statement::new(delete).bind(gone)).await?;
        for (guild, language) in own.iter().filter(|own| !reported.contains(own)) {
            let insert = "INSERT INTO guild_language (id, language) VALUES ($1, $2) \
                ON CONFLICT (id) DO UPDATE SET language = $2";
            let insert = Statement::new(insert).bind(guild.0.cast_signed()).bind(language.tag());
            write.execute(insert).await?;
        }
        let all: Vec<(i64, String)> =
            write.all(Statement::new("SELECT id, language FROM guild_language")).await?;
        write.commit().await?;
        let language =
            |(id, tag): (i64, String)| Some((GuildId(id.cast_unsigned()), Language::of_tag(&tag)?));
        Ok(all.into_iter().filter_map(language).collect())
    }

    /// Asks all processes for a load. Returns how often that was asked for. Only for a database of a server.
    ///
    /// # Errors
    ///
    /// Nobody was asked.
    pub async fn ask_for_loads(&self) -> Result<i64, LedgerError> {
        let mut write = self.connection.write().await?;
        let ask = Statement::new("UPDATE load_count SET count = count + 1 RETURNING count");
        let count: Option<(i64,)> = write.one(ask).await?;
        write.commit().await?;
        Ok(count.map_or(0, |(count,)| count))
    }

    /// Forgets a process that ends.
    ///
    /// # Errors
    ///
    /// The row was not removed. Another process removes it within a minute.
    pub async fn forget_process(&self, id: i64) -> Result<(), LedgerError> {
        let mut write = self.connection.write().await?;
        write.execute(Statement::new("DELETE FROM process WHERE id = $1").bind(id)).await?;
        write.commit().await
    }
}
