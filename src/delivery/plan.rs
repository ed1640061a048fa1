//! What is to be done next in one channel: decided from a snapshot, its feeds, its book and the clock, and from nothing else.
//!
//! A plan never remembers. Whatever happened since (a reload, a refusal, a crash) is in what the next one is made from.

use std::collections::HashMap;

use jiff::Timestamp;

use super::book::Book;
use super::identity::Identity;
use super::reason::WithdrawalCause;
use super::record::{DeliveryId, NewDelivery, PostKey, PostShape};
use super::snapshot::{Loaded, Snapshot};
use super::wait::Wait;
use crate::feed::{Feed, FeedId, FeedStatus};

mod ahead;
mod apart;
mod correct;
mod due;
mod post;
mod sending;
pub mod standing;
mod withdraw;

pub use ahead::{CLAIM_SECONDS_MAX, CLAIMS_MAX};
pub(crate) use due::new_delivery;
pub use due::{has_begun, left_behind, newly_let_in};

/// How far apart two loads have to be of which the second makes sure of the first: that a file is gone, that no more come.
pub const LOOK_AGAIN_SECONDS: i64 = 10;

/// What a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The articles.
    pub snapshot: &'a Snapshot,
    /// The last load that could be made; it may be a later one than made the snapshot, where nothing changed since.
    pub loaded: Loaded,
    /// The clock.
    pub now: Timestamp,
    /// The channel's feeds, in the order of their numbers.
    pub feeds: &'a [&'a Feed],
    /// The channel's rows.
    pub book: &'a Book,
    /// What Discord asked to wait for.
    pub blocks: &'a Blocks,
    /// By [`article_format::ArticleId::hash64`]: since when a file that carried a sent story is missing.
    pub missing_since: &'a HashMap<u64, Timestamp>,
    /// Posts that are claimed and whose outcome will be told: it is not unknown. They count as posted.
    pub under_way: &'a [PostKey],
}

impl<'a> Input<'a> {
    fn feed(&self, id: FeedId) -> Option<&'a Feed> {
        self.feeds.iter().copied().find(|feed| feed.id == id)
    }

    /// A feed whose messages are still looked after. One that was removed leaves them as they are, one that Discord keeps out
    /// cannot help it.
    fn kept_feed(&self, id: FeedId) -> Option<&'a Feed> {
        self.feed(id).filter(|feed| matches!(feed.status, FeedStatus::Active | FeedStatus::PausedByModerator))
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

/// What Discord, or the database, asked to wait for, by kind of step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocks(HashMap<StepKind, Wait>);

impl Blocks {
    /// No step of this kind before that; what was to be waited for longer already stays.
    pub fn set(&mut self, kind: StepKind, wait: Wait) {
        if self.0.get(&kind).is_none_or(|known| known.until < wait.until) {
            self.0.insert(kind, wait);
        }
    }

    /// What steps of this kind wait for now.
    #[must_use]
    pub fn get(&self, kind: StepKind, now: Timestamp) -> Option<&Wait> {
        self.0.get(&kind).filter(|wait| wait.until > now)
    }
}

/// What is to be done in a channel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// What is to be written down first. Where there is anything, there is no step: the next plan has it.
    pub entries: Vec<Entry>,
    /// The next request.
    pub step: Option<Step>,
    /// Where that is a post: those that may be claimed together with it, in their order, to be made as long as nothing changes.
    pub following: Vec<Step>,
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
    fn look_again_at(&mut self, at: Timestamp) {
        self.again_at = Some(self.again_at.map_or(at, |already| already.min(at)));
    }

    /// Takes a step unless there is one already, or its kind has to wait. Says whether it was taken.
    fn propose(&mut self, input: &Input<'_>, step: Step) -> bool {
        match input.blocks.get(step.kind(), input.now) {
            Some(wait) => self.look_again_at(wait.until),
            None if self.step.is_none() => {
                self.step = Some(step);
                return true;
            }
            None => {}
        }
        false
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

/// Plans one channel. What comes first matters most: rows of unknown outcome, withdrawals, posts, what follows posts, edits.
#[must_use]
pub fn plan(input: &Input<'_>) -> Plan {
    let mut plan = Plan::default();
    due::begin(input, &mut plan);
    due::look_through(input, &mut plan);
    let is_sending = sending::settle(input, &mut plan);
    apart::apart(input, &mut plan);
    withdraw::withdraw(input, &mut plan);
    post::post(input, is_sending, &mut plan);
    // After a step there is another plan: what is to follow posts is looked for when it can be done.
    if plan.step.is_none() {
        correct::follow_up(input, &mut plan);
        correct::edit(input, &mut plan);
    }
    let next_change = input.snapshot.collection().dates().next_change(input.now);
    if next_change < Timestamp::MAX {
        plan.look_again_at(next_change);
    }
    if !plan.entries.is_empty() {
        plan.step = None;
    }
    if plan.step.is_none() {
        plan.following.clear();
    }
    plan
}

#[cfg(test)]
mod tests;
