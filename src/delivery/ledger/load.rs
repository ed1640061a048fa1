//! Reads the whole ledger, once, at the start.

use futures_util::TryStreamExt;

use super::Ledger;
use super::deliveries::{self, DeliveryRow};
use super::error::LedgerError;
use super::feeds::{self, FeedRow};
use super::posts::{self, PostRow};
use crate::delivery::record::{Delivery, Post};
use crate::feed::Feed;
use crate::ids::ChannelId;

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
}

impl Ledger {
    /// Reads everything. Each row takes some hundred bytes of memory.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or a row is one that no version of heatwire wrote. The cause names the
    /// row.
    pub async fn load(&self) -> Result<Loaded, LedgerError> {
        let mut read = self.connection.read().await;
        let mut loaded = Loaded::default();
        let mut feeds = sqlx::query_as::<_, FeedRow>(feeds::ALL).fetch(&mut *read);
        while let Some(row) = feeds.try_next().await? {
            loaded.feeds.push(row.into_feed()?);
        }
        drop(feeds);
        let mut deliveries = sqlx::query_as::<_, DeliveryRow>(deliveries::ALL).fetch(&mut *read);
        while let Some(row) = deliveries.try_next().await? {
            loaded.deliveries.push(row.into_delivery()?);
        }
        drop(deliveries);
        let mut posts = sqlx::query_as::<_, PostRow>(posts::ALL).fetch(&mut *read);
        while let Some(row) = posts.try_next().await? {
            loaded.posts.push(row.into_post()?);
        }
        drop(posts);
        Ok(loaded)
    }
}
