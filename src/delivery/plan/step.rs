//! The requests that a plan can ask for.

use crate::delivery::reason::WithdrawalCause;
use crate::delivery::record::{DeliveryId, PostKey, PostShape};
use crate::feed::FeedId;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A new post.
    Post {
        /// Of which feed.
        feed: FeedId,
        /// How its stories stand in it.
        shape: PostShape,
        /// Positions, hottest first.
        stories: Vec<usize>,
        /// How many more are due in a digest that has no room for them.
        rest: usize,
    },
    /// A post is tried again, with the same nonce.
    Retry {
        /// Which.
        post: PostKey,
        /// Positions, in the order of its cards.
        stories: Vec<usize>,
    },
    /// A post of which nobody knows is looked for.
    Find {
        /// Which.
        post: PostKey,
    },
    /// A story is taken back.
    Withdraw {
        /// Which.
        delivery: DeliveryId,
        /// The message that carries it.
        post: PostKey,
        /// Positions of the others that stay in that message.
        others: Vec<usize>,
        /// Why.
        cause: WithdrawalCause,
    },
    /// A thread is opened at a post.
    Discussion {
        /// Which.
        post: PostKey,
    },
    /// A post is published to following channels.
    Crosspost {
        /// Which.
        post: PostKey,
    },
    /// A post is edited in place.
    Edit {
        /// Which.
        post: PostKey,
        /// Positions, in the order of its cards.
        stories: Vec<usize>,
    },
}

impl Step {
    /// By which limit it goes.
    #[must_use]
    pub fn kind(&self) -> StepKind {
        match self {
            Self::Post { .. } | Self::Retry { .. } | Self::Find { .. } => StepKind::Post,
            Self::Withdraw { .. } => StepKind::Withdraw,
            Self::Discussion { .. } => StepKind::Discussion,
            Self::Crosspost { .. } => StepKind::Crosspost,
            Self::Edit { .. } => StepKind::Edit,
        }
    }
}

/// Kinds of steps. Discord limits each apart from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepKind {
    /// A new message, or the search for one.
    Post,
    /// A message is deleted, or a story taken out of it.
    Withdraw,
    /// A thread is opened at a message.
    Discussion,
    /// A message is published.
    Crosspost,
    /// A message is edited.
    Edit,
}
