//! Reads what memory needs: at the start what is open, and later the rows of stories that a plan has to look at.

use std::collections::HashSet;

use jiff::Timestamp;

use super::Ledger;
use super::columns::time_column;
use super::database::Database;
use super::deliveries::{self, DeliveryRow};
use super::error::LedgerError;
use super::feed_changes::FeedsOf;
use super::posts::{self, PostRow};
use super::statement::{Statement, Value, list};
use crate::article_key::ArticleKey;
use crate::delivery::record::{Delivery, DeliveryId, DeliveryState, Post};
use crate::feed::{Feed, FeedId};
use crate::ids::ChannelId;

/// How many pairs of a channel and a hash one statement looks up.
const PAIRS_MAX: usize = 50_000;
/// How many hashes or articles one statement looks up.
const HASHES_MAX: usize = 5_000;

/// Deliveries and posts with their channels. The posts of the deliveries are among them, with all deliveries of each post.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    /// The deliveries.
    pub deliveries: Vec<(ChannelId, Delivery)>,
    /// The posts.
    pub posts: Vec<(ChannelId, Post)>,
    /// Rows that no version of heatwire wrote: the number, and words for the log, as `row 7 of delivery: state cannot be read`. They
    /// stay as they are.
    pub unreadable: Vec<(ChannelId, i64, Box<str>)>,
}

/// What a worker begins with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    /// The feeds, the oldest first. A feed with an unreadable setting is paused and names the setting.
    pub feeds: Vec<Feed>,
    /// What is open, and the posts that may still be corrected.
    pub rows: Rows,
    /// The last number that a delivery was given. Removed deliveries count.
    pub last_delivery: i64,
}

impl Ledger {
    /// Reads the feeds, the deliveries that are not final, and the posts since this time.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn load(&self, since: Timestamp) -> Result<Loaded, LedgerError> {
        let feeds = self.feeds(FeedsOf::All).await?;
        let rows = self.open_and_young(&feeds, since, None).await?;
        let mut read = self.connection.read().await?;
        Ok(Loaded { feeds, rows, last_delivery: read.last_number("delivery").await? })
    }

    /// The deliveries that are not final, and the posts since this time, of all channels or of these ones. `feeds` are the feeds of
    /// the channels.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn open_and_young(
        &self,
        feeds: &[Feed],
        since: Timestamp,
        channels: Option<&[ChannelId]>,
    ) -> Result<Rows, LedgerError> {
        let mut read = self.connection.read().await?;
        let of_channels = |channels: &[ChannelId]| list(channels.iter().map(|id| id.0.cast_signed()));
        let channels = channels.map(of_channels);
        // For some channels, they are the last value.
        let within = |text: String, column: &str, values: Vec<Value>| {
            let place = values.len() + 1;
            let within = format!("{text} AND {column} IN (SELECT value FROM json_each(${place}))");
            let text = if channels.is_some() { within } else { text };
            let values = values.into_iter().chain(channels.clone().map(Value::from));
            values.fold(Statement::composed(text), Statement::bind)
        };
        let young = || vec![Value::from(time_column(since))];
        let mut rows = Rows::default();
        let posts =
            format!("SELECT {} FROM post WHERE COALESCE(sent_at, first_tried_at) >= $1", posts::COLUMNS);
        read.each(within(posts, "channel", young()), |post: PostRow| {
            rows.add_post(post);
            Ok(())
        })
        .await?;
        let of_young = format!(
            "SELECT {} FROM post JOIN delivery ON delivery.post = post.key \
             WHERE COALESCE(sent_at, first_tried_at) >= $1",
            deliveries::COLUMNS
        );
        read.each(within(of_young, "post.channel", young()), |row: DeliveryRow| {
            rows.add_delivery(row);
            Ok(())
        })
        .await?;
        // A feed that has not begun counts what it posted.
        let beginning = feeds.iter().filter(|feed| feed.pending_backfill.is_some()).map(|feed| feed.id.0);
        let beginning = vec![Value::from(list(beginning))];
        let open = [
            ("WHERE state = 'sending'", Vec::new()),
            ("WHERE state IN ('failed', 'unknown') AND NOT is_dismissed", Vec::new()),
            ("WHERE feed IN (SELECT value FROM json_each($1)) AND state <> 'baseline'", beginning),
        ];
        let open = open.map(|(condition, values)| within(selected(condition), "channel", values));
        for statement in open {
            let found = read.all(statement).await?;
            rows.add(&mut read, found).await?;
        }
        Ok(rows)
    }

    /// The deliveries of a channel that are open, and these deliveries whatever their state is.
    ///
    /// # Errors
    ///
    /// As of [`Ledger::known`].
    pub async fn again(&self, channel: ChannelId, deliveries: &[DeliveryId]) -> Result<Rows, LedgerError> {
        let statement = Statement::composed(selected(
            "WHERE channel = $1 AND (id IN (SELECT value FROM json_each($2)) OR state = 'sending' \
             OR state IN ('failed', 'unknown') AND NOT is_dismissed)",
        ));
        let statement =
            statement.bind(channel.0.cast_signed()).bind(list(deliveries.iter().map(|delivery| delivery.0)));
        let mut rows = Rows::default();
        let mut read = self.connection.read().await?;
        let found = read.all(statement).await?;
        rows.add(&mut read, found).await?;
        Ok(rows)
    }

    /// The pairs of these channels and hashes for which there is no delivery.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn unknown(
        &self,
        channels: &[ChannelId],
        hashes: &[u64],
    ) -> Result<Vec<(ChannelId, u64)>, LedgerError> {
        let mut unknown = Vec::new();
        for (channels, hashes) in pairs(channels, hashes) {
            let statement = Statement::new(
                "SELECT c.value, h.value FROM json_each($1) c CROSS JOIN json_each($2) h WHERE NOT EXISTS \
                 (SELECT 1 FROM identity WHERE channel = c.value AND hash = h.value)",
            );
            let mut read = self.connection.read().await?;
            read.each(statement.bind(channels).bind(hashes), |(channel, hash): (i64, i64)| {
                unknown.push((ChannelId(channel.cast_unsigned()), hash.cast_unsigned()));
                Ok(())
            })
            .await?;
        }
        Ok(unknown)
    }

    /// The deliveries of these channels that are known by one of these hashes.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn known(&self, channels: &[ChannelId], hashes: &[u64]) -> Result<Rows, LedgerError> {
        let mut rows = Rows::default();
        for (channels, hashes) in pairs(channels, hashes) {
            let statement = Statement::composed(format!(
                "SELECT {} FROM json_each($1) c CROSS JOIN json_each($2) h \
                 JOIN identity ON identity.channel = c.value AND identity.hash = h.value \
                 JOIN delivery ON delivery.id = identity.delivery",
                deliveries::COLUMNS
            ));
            let mut read = self.connection.read().await?;
            let found = read.all(statement.bind(channels).bind(hashes)).await?;
            rows.add(&mut read, found).await?;
        }
        Ok(rows)
    }

    /// The sent deliveries of these articles, in all channels.
    ///
    /// # Errors
    ///
    /// As of [`Ledger::known`].
    pub async fn sent_of(&self, articles: &[ArticleKey]) -> Result<Rows, LedgerError> {
        let mut rows = Rows::default();
        for articles in articles.chunks(HASHES_MAX) {
            let sent = "WHERE state = 'sent' AND article IN (SELECT value FROM json_each($1))";
            let articles = list(articles.iter().map(|article| article.0.cast_signed()));
            let mut read = self.connection.read().await?;
            let found = read.all(Statement::composed(selected(sent)).bind(articles)).await?;
            rows.add(&mut read, found).await?;
        }
        Ok(rows)
    }

    /// The delivery of an article in a channel.
    ///
    /// # Errors
    ///
    /// As of [`Ledger::known`].
    pub async fn of_article(&self, channel: ChannelId, article: ArticleKey) -> Result<Rows, LedgerError> {
        let mut rows = Rows::default();
        let statement = Statement::composed(selected("WHERE channel = $1 AND article = $2"))
            .bind(channel.0.cast_signed())
            .bind(article.0.cast_signed());
        let mut read = self.connection.read().await?;
        let found = read.all(statement).await?;
        rows.add(&mut read, found).await?;
        Ok(rows)
    }

    /// The deliveries of the post that has this thread.
    ///
    /// # Errors
    ///
    /// As of [`Ledger::known`].
    pub async fn of_thread(&self, thread: ChannelId) -> Result<Rows, LedgerError> {
        let mut rows = Rows::default();
        let mut read = self.connection.read().await?;
        let statement = selected("WHERE post IN (SELECT key FROM post WHERE thread = $1)");
        let found = read.all(Statement::composed(statement).bind(thread.0.cast_signed())).await?;
        rows.add(&mut read, found).await?;
        Ok(rows)
    }

    /// How many deliveries of each state these feeds have. A state without a delivery is left out.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn counts(&self, feeds: &[FeedId]) -> Result<Vec<(FeedId, DeliveryState, usize)>, LedgerError> {
        let statement = "SELECT feed, state, COUNT(*) FROM delivery \
            WHERE feed IN (SELECT value FROM json_each($1)) GROUP BY feed, state";
        let mut read = self.connection.read().await?;
        let feeds = list(feeds.iter().map(|feed| feed.0));
        let found: Vec<(i64, String, i64)> = read.all(Statement::new(statement).bind(feeds)).await?;
        let counts = found.into_iter().filter_map(|(feed, state, count)| {
            Some((FeedId(feed), DeliveryState::from_word(&state)?, usize::try_from(count).ok()?))
        });
        Ok(counts.collect())
    }
}

fn selected(condition: &str) -> String {
    format!("SELECT {} FROM delivery {condition}", deliveries::COLUMNS)
}

/// All pairs of channels and hashes, in parts that one statement takes.
fn pairs<'a>(channels: &'a [ChannelId], hashes: &'a [u64]) -> impl Iterator<Item = (String, String)> + 'a {
    hashes.chunks(HASHES_MAX).flat_map(move |hashes| {
        let together = (PAIRS_MAX / hashes.len()).max(1);
        channels.chunks(together).map(move |channels| {
            let channels = list(channels.iter().map(|channel| channel.0.cast_signed()));
            (channels, list(hashes.iter().map(|hash| hash.cast_signed())))
        })
    })
}

impl Rows {
    /// Adds deliveries with their posts, and the other deliveries of these posts.
    async fn add(&mut self, database: &mut Database, found: Vec<DeliveryRow>) -> Result<(), LedgerError> {
        let mut keys = HashSet::new();
        for row in found {
            keys.extend(row.post);
            self.add_delivery(row);
        }
        if keys.is_empty() {
            return Ok(());
        }
        let keys = list(keys);
        let of_keys = "WHERE post IN (SELECT value FROM json_each($1))";
        let of_keys = Statement::composed(selected(of_keys)).bind(keys.clone());
        for row in database.all::<DeliveryRow>(of_keys).await? {
            self.add_delivery(row);
        }
        let posts =
            format!("SELECT {} FROM post WHERE key IN (SELECT value FROM json_each($1))", posts::COLUMNS);
        for post in database.all::<PostRow>(Statement::composed(posts).bind(keys)).await? {
            self.add_post(post);
        }
        Ok(())
    }

    fn add_delivery(&mut self, row: DeliveryRow) {
        let (channel, number) = (ChannelId(row.channel.cast_unsigned()), row.id);
        match row.into_delivery() {
            Ok(row) => self.deliveries.push(row),
            Err(error) => self.add_unreadable(channel, number, error),
        }
    }

    fn add_post(&mut self, post: PostRow) {
        let (channel, number) = (ChannelId(post.channel.cast_unsigned()), post.key);
        match post.into_post() {
            Ok(post) => self.posts.push(post),
            Err(error) => self.add_unreadable(channel, number, error),
        }
    }

    fn add_unreadable(&mut self, channel: ChannelId, number: i64, error: LedgerError) {
        let named = (channel, number, error.into_cause().to_string().into());
        if !self.unreadable.contains(&named) {
            self.unreadable.push(named);
        }
    }
}
