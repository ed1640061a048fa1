//! What is written down, and what memory learns when it is on the disk.

use jiff::Timestamp;

use super::running::Running;
use crate::delivery::ledger::Unclaimed;
use crate::delivery::reason::DeliveryReason;
use crate::delivery::record::{Delivery, DeliveryId, DeliveryState, Post, PostKey};
use crate::feed::{Feed, FeedId};

/// Something that happened, and has to be written down. Memory knows it already.
#[derive(Debug, Clone)]
pub(super) enum Write {
    /// What became of a post and of the stories that it carries.
    Settle {
        /// As it is now.
        post: Box<Post>,
        /// What the stories are now.
        state: DeliveryState,
        /// Why.
        reason: Option<DeliveryReason>,
        /// Which stories.
        deliveries: Vec<DeliveryId>,
        /// When it happened.
        at: Timestamp,
    },
    /// A post changed; its stories did not.
    Post(Box<Post>),
    /// A post changed, and its stories stand as before.
    Note {
        /// As it is now.
        post: Box<Post>,
        /// What Discord refused.
        reason: DeliveryReason,
    },
    /// It is certain that a post is not there: its stories are due again. What they were before is known to the ledger alone.
    Unclaim(PostKey),
    /// A feed changed: it is saved as it is by then.
    Feed(FeedId),
}

/// What the ledger was given, and memory learns when it is on the disk.
pub(super) enum Kept {
    /// The first of what happened is written down.
    Written,
    /// Rows are as here.
    Rows(Vec<Delivery>),
    /// A post is as here.
    Post(Box<Post>),
    /// A feed is as here.
    Feed(Box<Feed>),
    /// A post is not there, and what its rows are now.
    Unclaimed(PostKey, Unclaimed),
    /// A request may be made.
    Ready(Box<Running>),
}
