//! Reads the whole ledger, once, at the start.

use super::Ledger;
use super::deliveries::{self, DeliveryRow};
use super::error::LedgerError;
use super::feeds::{self, FeedRow};
use super::posts::{self, PostRow};
use super::statement::{Row, Statement};
use crate::delivery::record::{Delivery, Post};
use crate::feed::Feed;
use crate::ids::ChannelId;

/// How many rows are read at a time.
const PAGE_ROWS: i64 = 5_000;

/// The data for planning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    /// The feeds, the oldest first. A feed with an unreadable setting is paused and names the setting.
    pub feeds: Vec<Feed>,
    /// The deliveries with their channels, the oldest first. Deliveries of removed feeds and missing articles
    /// are among them.
    pub deliveries: Vec<(ChannelId, Delivery)>,
    /// The posts with their channels, the oldest first.
    pub posts: Vec<(ChannelId, Post)>,
    /// The last number that a delivery was given. Removed deliveries count.
    pub last_delivery: i64,
}

impl Ledger {
    /// Reads everything. Each row takes some hundred bytes of memory.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or a row is one that no version of heatwire wrote. The cause names the
    /// row.
    pub async fn load(&self) -> Result<Loaded, LedgerError> {
        let mut loaded = Loaded::default();
        self.pages(feeds::PAGE, |row: FeedRow| {
            let id = row.id;
            loaded.feeds.push(row.into_feed()?);
            Ok(id)
        })
        .await?;
        self.pages(deliveries::PAGE, |row: DeliveryRow| {
            let id = row.id;
            loaded.deliveries.push(row.into_delivery()?);
            Ok(id)
        })
        .await?;
        self.pages(posts::PAGE, |row: PostRow| {
            let key = row.key;
            loaded.posts.push(row.into_post()?);
            Ok(key)
        })
        .await?;
        loaded.posts.sort_by_key(|(_, post)| (post.first_tried_at, post.key.0.cast_signed()));
        loaded.last_delivery = self.connection.read().await?.last_number("delivery").await?;
        Ok(loaded)
    }

    /// Hands over all rows of a table, by pages in the order of their numbers, so that no statement takes long and others have
    /// their turn in between. `take` returns the number of its row.
    async fn pages<R: Row>(
        &self,
        page: &'static str,
        mut take: impl FnMut(R) -> Result<i64, LedgerError> + Send,
    ) -> Result<(), LedgerError> {
        let mut next = Some(i64::MIN);
        while let Some(first) = next.take() {
            let (mut count, mut last) = (0, first);
            let statement = Statement::new(page).bind(first).bind(PAGE_ROWS);
            let take = |row| {
                (count, last) = (count + 1, take(row)?);
                Ok(())
            };
            self.connection.read().await?.each(statement, take).await?;
            if count == PAGE_ROWS {
                next = last.checked_add(1);
            }
        }
        Ok(())
    }
}
