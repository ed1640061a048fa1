//! The requests that a plan can propose.

use crate::collection::Position;
use crate::delivery::reason::WithdrawalCause;
use crate::delivery::record::{DeliveryId, PostKey, PostShape};
use crate::feed::FeedId;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A new post.
    Post {
        /// The feed.
        feed: FeedId,
        /// The key of the new post.
        post: PostKey,
        /// The form of the post.
        shape: PostShape,
        /// Positions, hottest first.
        stories: Vec<Position>,
        /// How many due stories have no room in a digest.
        rest: usize,
    },
    /// A post is tried again with the same nonce.
    Retry {
        /// The post.
        post: PostKey,
        /// Positions, in the order of its cards.
        stories: Vec<Position>,
        /// Whether Discord certainly has no such message yet.
        was_certain: bool,
    },
    /// A post of unknown outcome is searched in the channel's history.
    Find {
        /// The post.
        post: PostKey,
    },
    /// A story is withdrawn.
    Withdraw {
        /// The delivery.
        delivery: DeliveryId,
        /// The post of the story.
        post: PostKey,
        /// Positions of the stories that stay in the message.
        others: Vec<Position>,
        /// The cause.
        cause: WithdrawalCause,
    },
    /// A thread is opened at a post.
    Discussion {
        /// The post.
        post: PostKey,
    },
    /// A post is published to following channels.
    Crosspost {
        /// The post.
        post: PostKey,
    },
    /// A post is edited in place.
    Edit {
        /// The post.
        post: PostKey,
        /// Positions, in the order of its cards.
        stories: Vec<Position>,
    },
}

impl Step {
    /// The post of the request.
    #[must_use]
    pub fn post(&self) -> PostKey {
        match self {
            Self::Post { post, .. }
            | Self::Retry { post, .. }
            | Self::Find { post }
            | Self::Withdraw { post, .. }
            | Self::Discussion { post }
            | Self::Crosspost { post }
            | Self::Edit { post, .. } => *post,
        }
    }

    /// The kind, by which Discord limits the step.
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

/// Kinds of steps. Discord limits each kind separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepKind {
    /// A new message, or the search for one.
    Post,
    /// A message is deleted, or a story is removed from it.
    Withdraw,
    /// A thread is opened at a message.
    Discussion,
    /// A message is published.
    Crosspost,
    /// A message is edited.
    Edit,
}
