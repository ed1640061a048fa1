//! Changes on their way to the ledger, and from the ledger to memory.

use jiff::Timestamp;

use super::running::Running;
use crate::delivery::ledger::Unclaimed;
use crate::delivery::reason::DeliveryReason;
use crate::delivery::record::{Delivery, DeliveryId, DeliveryState, Post, PostKey};
use crate::feed::{Feed, FeedId};

/// An outcome that has to be written. Memory has it already.
#[derive(Debug, Clone)]
pub(super) enum Write {
    /// The outcome of a post and of its stories.
    Outcome {
        /// The post with the outcome.
        post: Box<Post>,
        /// The new state of the stories.
        state: DeliveryState,
        /// The reason of the state.
        reason: Option<DeliveryReason>,
        /// The stories.
        deliveries: Vec<DeliveryId>,
        /// When it happened.
        at: Timestamp,
    },
    /// A post changed, and its stories did not.
    Post(Box<Post>),
    /// A post changed, and its stories got a reason.
    Note {
        /// The post with the change.
        post: Box<Post>,
        /// The reason.
        reason: DeliveryReason,
    },
    /// A claim is removed, because Discord certainly has no such message. Only the ledger knows the previous
    /// state of its deliveries.
    Unclaim(PostKey),
    /// A feed changed. Its state at the time of the write is saved.
    Feed(FeedId),
    /// A feed turned out to belong to another guild than its channel.
    Foreign(FeedId),
}

/// A change that was written. Memory takes it after the commit.
pub(super) enum Kept {
    /// The first outcome of the channel is written.
    Written,
    /// Deliveries to add or replace.
    Rows(Vec<Delivery>),
    /// Deliveries to remove.
    Forgotten(Vec<DeliveryId>),
    /// A post to add or replace.
    Post(Box<Post>),
    /// A feed to replace.
    Feed(Box<Feed>),
    /// A removed claim, and its deliveries.
    Unclaimed(PostKey, Unclaimed),
    /// A request to make.
    Ready(Box<Running>),
}
