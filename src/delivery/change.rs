//! The one vocabulary of feeds and deliveries. The plan, the outcomes of requests and the decisions of moderators are changes.
//! [`super::ledger::Ledger::apply`] writes them, and [`super::channel_state::ChannelState::apply`] follows in memory. Nothing
//! else changes a delivery or a post.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::identity::TitleIdentity;
use super::reason::DeliveryReason;
use super::record::{DeliveryId, DeliveryState, NewDelivery, Post, PostKey, WithdrawalWord};
use crate::article_key::ArticleKey;
use crate::feed::pause::PauseReason;
use crate::feed::{Feed, FeedId};
use crate::ids::{ChannelId, GuildId};

/// One change of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Stories without a post get their deliveries.
    Record {
        /// [`DeliveryState::Baseline`] or [`DeliveryState::Expired`].
        state: DeliveryState,
        /// The stories.
        deliveries: Vec<NewDelivery>,
        /// When.
        at: Timestamp,
    },
    /// A post is about to be requested. Its stories are `sending`.
    Claim {
        /// The post.
        post: Box<Post>,
        /// Stories that have no delivery yet.
        new: Vec<NewDelivery>,
        /// Deliveries whose stories are posted again. They belong to the feed of this post from now on.
        again: Vec<DeliveryId>,
        /// When.
        at: Timestamp,
    },
    /// A claim is removed. Discord certainly has no such message. Deliveries that are still `sending` are removed, or get
    /// back their state before the claim.
    Unclaim {
        /// The post.
        post: PostKey,
        /// When.
        at: Timestamp,
    },
    /// A claimed post is as it is here.
    Save(Box<Post>),
    /// Deliveries have a state.
    Settle {
        /// The deliveries.
        deliveries: Vec<DeliveryId>,
        /// Their state.
        state: DeliveryState,
        /// Why they have this state. It is in the store only.
        reason: Option<DeliveryReason>,
        /// Since when they have this state.
        since: Timestamp,
    },
    /// A delivery is known by all of these.
    Widen {
        /// The delivery.
        delivery: DeliveryId,
        /// Its hashes, sorted.
        hashes: Box<[u64]>,
        /// Its titles, sorted.
        titles: Box<[TitleIdentity]>,
    },
    /// A moderator decided about withdrawals.
    Decide {
        /// The deliveries.
        deliveries: Vec<DeliveryId>,
        /// The decision.
        word: WithdrawalWord,
    },
    /// A moderator leaves a failed or unknown delivery as it is.
    Dismiss(DeliveryId),
    /// The baseline and expired deliveries of a feed are removed, because the feed may not post in the channel.
    ForgetUnposted(FeedId),
    /// All deliveries and posts of the channel are removed, because the channel is gone, or the bot left its guild long ago.
    ForgetChannel,
    /// A feed changes. A removed feed does not.
    Feed {
        /// The feed.
        feed: FeedId,
        /// What changes.
        change: FeedChange,
    },
    /// A feed is removed. Its deliveries stay, so that its stories are not posted again.
    RemoveFeed(FeedId),
    /// A task of the worker is done.
    Finish(TaskId),
}

/// What only the worker can do, and a command or an event asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "with", rename_all = "snake_case")]
pub enum Task {
    /// Discord deleted a thread. If the thread was a forum post, its stories count as withdrawn.
    ThreadGone {
        /// The guild.
        guild: GuildId,
        /// The thread.
        thread: ChannelId,
    },
    /// A moderator asks to post an article in a feed's channel now, whatever the feed's rules, quiet hours and pauses say. The task
    /// is done when Discord has the post or has refused it for good.
    Post {
        /// The feed.
        feed: FeedId,
        /// The article.
        article: ArticleKey,
    },
}

/// The number of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaskId(pub i64);

/// What changes of a feed. Other columns of its row are left as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedChange {
    /// The feed checked its articles.
    Checked(Timestamp),
    /// The feed has recorded the existing articles.
    Begun,
    /// The time of a digest has passed.
    Digested(Timestamp),
    /// The worker has done its part of a change that moderators or events made.
    Settled,
    /// The feed pauses, unless it is paused for a reason that only a moderator can end.
    Troubled(PauseReason),
    /// The channel belongs to another guild.
    Foreign,
}

impl FeedChange {
    /// This change of a feed.
    #[must_use]
    pub fn of(self, feed: FeedId) -> Change {
        Change::Feed { feed, change: self }
    }

    /// Changes the feed in memory.
    pub fn apply_to(&self, feed: &mut Feed) {
        match self {
            Self::Checked(at) => feed.checked_at = *at,
            Self::Begun => feed.pending_backfill = None,
            Self::Digested(at) => feed.digested_at = *at,
            Self::Settled => feed.pending = None,
            Self::Troubled(reason) if !feed.status.needs_moderator() => {
                feed.status = feed.status.troubled(reason.clone());
            }
            Self::Troubled(_) => {}
            Self::Foreign => feed.status = feed.status.foreign(),
        }
    }
}

/// Gives each new delivery of these changes its number, and counts `next` up.
pub fn number(changes: &mut [Change], next: &mut DeliveryId) {
    for change in changes {
        if let Change::Record { deliveries: new, .. } | Change::Claim { new, .. } = change {
            for delivery in new {
                delivery.id = *next;
                next.0 += 1;
            }
        }
    }
}
