//! What a plan says: what is to be written down, the next request, when to plan again.

use jiff::Timestamp;

use super::input::Input;
use super::step::Step;
use crate::delivery::identity::Identity;
use crate::delivery::record::{DeliveryId, NewDelivery, PostKey};
use crate::delivery::wait::Wait;
use crate::feed::FeedId;

/// What is to be done in a channel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// What is to be written down first. Where there is anything, there is no step: the next plan has it.
    pub entries: Vec<Entry>,
    /// The next request.
    pub step: Option<Step>,
    /// When to plan again, if nothing happens before.
    pub again_at: Option<Timestamp>,
    /// How each feed does, in their order.
    pub outlooks: Vec<Outlook>,
    /// Articles, by [`article_format::ArticleId::hash64`], whose file is missing since the last load: another load, some seconds
    /// later, is to make sure of it.
    pub doubtful: Vec<u64>,
    /// Whether another load is to make sure that no more articles are arriving.
    pub wants_load: bool,
}

impl Plan {
    pub(super) fn look_again_at(&mut self, at: Timestamp) {
        self.again_at = Some(self.again_at.map_or(at, |already| already.min(at)));
    }

    /// Takes the step, unless the plan has a step already or Discord asked to wait with steps of this kind.
    pub(super) fn propose(&mut self, input: &Input<'_>, step: Step) {
        match input.blocks.get(step.kind(), input.now) {
            Some(wait) => self.look_again_at(wait.until),
            None => {
                self.step.get_or_insert(step);
            }
        }
    }
}

/// Something to write down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A feed begins: all of this came out before it was made.
    Begin {
        /// Which.
        feed: FeedId,
        /// What is not posted.
        known: Vec<NewDelivery>,
        /// Whether that is all; otherwise more may be arriving.
        is_all: bool,
    },
    /// Stories that were due outgrew the age limit.
    Expire {
        /// Of which feed.
        feed: FeedId,
        /// Which.
        outgrown: Vec<NewDelivery>,
    },
    /// Stories are known by more than before: their rows, and all that they are known by now.
    Widen(Vec<(DeliveryId, Vec<Identity>)>),
    /// The time of a digest came, and there was nothing to post.
    DigestPassed {
        /// Of which feed.
        feed: FeedId,
    },
    /// A post that is certainly not there is not to be made now: its stories are due again, or not.
    Unclaim {
        /// Which.
        post: PostKey,
    },
    /// Stories whose message Discord refused are to be posted one by one.
    Apart {
        /// Of which feed.
        feed: FeedId,
        /// Which.
        rows: Vec<DeliveryId>,
    },
    /// A post that is certainly not there outgrew the age limit.
    Outgrown {
        /// Which.
        post: PostKey,
    },
}

/// How a feed does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// Which.
    pub feed: FeedId,
    /// Positions of the stories that are due, hottest first.
    pub due: Vec<usize>,
    /// What the first of them waits for.
    pub wait: Option<Wait>,
    /// Withdrawals that wait for a moderator's word.
    pub withheld: Vec<DeliveryId>,
}
