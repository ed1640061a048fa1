//! Reading the whole ledger, once, at the start.

use futures_util::TryStreamExt;

use super::Ledger;
use super::deliveries::{self, DeliveryRow};
use super::error::LedgerError;
use super::feeds::{self, FeedRow};
use super::posts::{self, PostRow};
use crate::delivery::record::{Delivery, Post};
use crate::feed::Feed;
use crate::ids::ChannelId;

/// All that planning needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    /// The feeds, as they were made. One whose settings cannot all be read is paused and says so.
    pub feeds: Vec<Feed>,
    /// The channel of each row and the row, as they were made; also of feeds and articles that are gone.
    pub deliveries: Vec<(ChannelId, Delivery)>,
    /// The channel of each post and the post, oldest first.
    pub posts: Vec<(ChannelId, Post)>,
}

impl Ledger {
    /// Reads all of it: some hundred bytes of memory for each row.
    ///
    /// # Errors
    ///
    /// It cannot be read, or a row says what no version of heatwire wrote; the cause names the row.
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
