//! The result of a plan: changes, the next request, and when to plan again.

use jiff::Timestamp;

use super::input::Input;
use super::step::Step;
use crate::article_key::ArticleKey;
use crate::collection::Position;
use crate::delivery::identity::Identity;
use crate::delivery::record::{DeliveryId, NewDelivery, PostKey};
use crate::delivery::wait::Wait;
use crate::feed::FeedId;

/// The result of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The changes. With any change there is no step: the next plan has the step.
    pub entries: Vec<Entry>,
    /// The next request.
    pub step: Option<Step>,
    /// When to plan again, if nothing happens before.
    pub again_at: Option<Timestamp>,
    /// The forecast of each feed, in the order of the feeds.
    pub forecasts: Vec<Forecast>,
    /// Articles whose file is missing since the last load. Another load, some seconds later, has to confirm that.
    pub doubtful: Vec<ArticleKey>,
    /// Whether another load has to confirm that no more articles arrive.
    pub wants_load: bool,
}

impl Plan {
    pub(super) fn wake_at(&mut self, at: Timestamp) {
        self.again_at = Some(self.again_at.map_or(at, |already| already.min(at)));
    }

    /// Takes the step, unless the plan has a step already or Discord asked to wait with steps of this kind.
    pub(super) fn propose(&mut self, input: &Input<'_>, step: Step) {
        match input.blocks.get(step.kind(), input.now) {
            Some(wait) => self.wake_at(wait.until),
            None => {
                self.step.get_or_insert(step);
            }
        }
    }
}

/// A change of the channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A feed begins.
    Begin {
        /// The feed.
        feed: FeedId,
        /// The baseline.
        known: Vec<NewDelivery>,
        /// Whether the baseline is complete. Otherwise more articles may arrive.
        is_all: bool,
    },
    /// Due stories outgrew the age limit.
    Expire {
        /// The feed.
        feed: FeedId,
        /// The stories.
        outgrown: Vec<NewDelivery>,
    },
    /// Deliveries have further identities.
    Widen(Vec<(DeliveryId, Vec<Identity>)>),
    /// The time of a digest came, and no story was due.
    DigestPassed {
        /// The feed.
        feed: FeedId,
    },
    /// A claim is removed. Discord certainly has no such message, and the post must not be made now.
    Unclaim {
        /// The post.
        post: PostKey,
    },
    /// The stories of a refused message are claimed again, one by one.
    SplitRefused {
        /// The feed.
        feed: FeedId,
        /// The deliveries.
        rows: Vec<DeliveryId>,
    },
    /// A claimed post outgrew the age limit. Discord certainly has no such message.
    Outgrown {
        /// The post.
        post: PostKey,
    },
}

/// The near future of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The feed.
    pub feed: FeedId,
    /// Positions of the stories that are due, hottest first.
    pub due: Vec<Position>,
    /// What the first of them waits for.
    pub wait: Option<Wait>,
    /// Withdrawals that wait for a moderator's decision.
    pub withheld: Vec<DeliveryId>,
}
