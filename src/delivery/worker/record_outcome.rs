//! The changes that an outcome makes.

use jiff::Timestamp;

use super::running::Running;
use crate::card::Fingerprint;
use crate::delivery::change::{Change, FeedChange};
use crate::delivery::channel_state::ChannelState;
use crate::delivery::plan::{Step, StepKind};
use crate::delivery::reason::{
    DeliveryReason, FollowUpRefusal, RefusedRequest, SearchFailure, WithdrawalCause,
};
use crate::delivery::record::{DeliveryId, DeliveryState, FollowUp, Post};
use crate::delivery::retry::Decision;
use crate::delivery::send::Made;
use crate::ids::{ChannelId, MessageId};

/// An ended request, and the state of its channel.
pub(super) struct Ended<'a> {
    pub(super) running: &'a Running,
    pub(super) state: &'a ChannelState,
    pub(super) now: Timestamp,
}

impl Ended<'_> {
    /// The changes that the decision about a request makes.
    pub(super) fn changes(&self, decision: Decision) -> Vec<Change> {
        match decision {
            Decision::Done(made) => self.done(made),
            Decision::AlreadyDone => self.done(Made::default()),
            Decision::Retry { is_certainly_not_done, .. } => self.kept(is_certainly_not_done),
            Decision::PauseFeed(reason) => self.paused(FeedChange::Troubled(reason)),
            Decision::PauseForeign => self.paused(FeedChange::Foreign),
            Decision::Fail(refused) => self.failed(refused),
            Decision::Gone => message_gone(self.running.post.clone(), self.state, self.now),
            Decision::DoneWithout(refusal) => self.given_up(refusal),
            Decision::WithoutPictures | Decision::StopProcess => Vec::new(),
        }
    }

    fn done(&self, made: Made) -> Vec<Change> {
        let mut post = self.running.post.clone();
        match self.running.step {
            Step::Post { .. } | Step::Retry { .. } | Step::Find { .. } => {
                post.message = made.message.or(post.message);
                post.thread = made.thread.or(post.thread);
                post.sent_at = Some(self.now);
                post.uncertain_since = None;
                self.settled(post.displaying(self.running.displays), DeliveryState::Sent, None)
            }
            Step::Withdraw { delivery, cause, .. } => {
                let reason = DeliveryReason::Withdrawn(cause);
                let settled = self.settled_alone(delivery, DeliveryState::Withdrawn, reason);
                vec![save(post.displaying(self.running.displays)), settled]
            }
            Step::Discussion { .. } => {
                post.thread = made.thread.or(post.message.map(|message| ChannelId(message.0)));
                post.discussion = FollowUp::Done;
                vec![save(post)]
            }
            Step::Crosspost { .. } => {
                post.crosspost = FollowUp::Done;
                vec![save(post)]
            }
            Step::Edit { .. } => {
                post.edited_at = Some(self.now);
                vec![save(post.displaying(self.running.displays))]
            }
        }
    }

    /// A later attempt follows. A rejected attempt does not change the delivery's state.
    fn kept(&self, is_certainly_not_done: bool) -> Vec<Change> {
        let is_post = self.running.step.kind() == StepKind::Post;
        if is_post && is_certainly_not_done && self.running.was_certain() {
            vec![save(Post { uncertain_since: None, ..self.running.post.clone() })]
        } else {
            Vec::new()
        }
    }

    fn paused(&self, paused: FeedChange) -> Vec<Change> {
        let Running { step, post, .. } = self.running;
        let status = self.state.feed(post.feed).map(|feed| paused.of(feed.id));
        let is_certain = step.kind() == StepKind::Post && self.running.was_certain();
        let unclaimed = is_certain.then_some(Change::Unclaim { post: post.key, at: self.now });
        status.into_iter().chain(unclaimed).collect()
    }

    fn failed(&self, refused: RefusedRequest) -> Vec<Change> {
        let mut post = self.running.post.clone();
        match self.running.step {
            Step::Post { .. } | Step::Retry { .. } | Step::Find { .. } => {
                let is_of_several = self.state.carried_by(post.key).nth(1).is_some();
                post.shape = post.shape.of_refused(is_of_several);
                self.settled(post, DeliveryState::Failed, Some(DeliveryReason::PostRefused(refused)))
            }
            // The same content is not tried again.
            Step::Edit { .. } => {
                post.edited_at = Some(self.now);
                let post = post.displaying(self.running.displays);
                self.noted(post, DeliveryReason::CorrectionRefused(refused))
            }
            // A message that cannot be deleted stays. Its delivery has the reason.
            Step::Withdraw { delivery, .. } => {
                let reason = DeliveryReason::WithdrawalRefused(refused);
                vec![self.settled_alone(delivery, DeliveryState::Failed, reason)]
            }
            Step::Discussion { .. } | Step::Crosspost { .. } => {
                self.given_up(FollowUpRefusal::Refused(refused))
            }
        }
    }

    /// Gives up a follow-up. `/why` reports the reason.
    fn given_up(&self, refusal: FollowUpRefusal) -> Vec<Change> {
        let mut post = self.running.post.clone();
        match self.running.step {
            Step::Discussion { .. } => post.discussion = FollowUp::Refused,
            Step::Crosspost { .. } => post.crosspost = FollowUp::Refused,
            // Another request withdraws the story.
            _ => return Vec::new(),
        }
        self.noted(post, DeliveryReason::FollowUpRefused(refusal))
    }

    /// The changes of a post that the search found. The displayed content is unknown, so an edit follows.
    pub(super) fn found(&self, message: MessageId, thread: Option<ChannelId>) -> Vec<Change> {
        let post = self.running.post.clone();
        let found = Post {
            message: Some(message),
            thread: thread.or(post.thread),
            sent_at: Some(message.created_at().unwrap_or(post.first_tried_at)),
            uncertain_since: None,
            fingerprint_version: Fingerprint::VERSION,
            displayed: 0,
            displayed_with_heat: 0,
            ..post
        };
        self.settled(found, DeliveryState::Sent, None)
    }

    /// The changes of a post whose outcome stays unknown.
    pub(super) fn unconfirmed(&self, failure: Option<SearchFailure>) -> Vec<Change> {
        let reason = failure.map(DeliveryReason::Unconfirmed);
        self.settled(self.running.post.clone(), DeliveryState::Unknown, reason)
    }

    /// A state for all stories of a post that are sending or sent.
    fn settled(&self, post: Post, state: DeliveryState, reason: Option<DeliveryReason>) -> Vec<Change> {
        settled(post, self.state, state, reason, self.now)
    }

    fn settled_alone(&self, delivery: DeliveryId, state: DeliveryState, reason: DeliveryReason) -> Change {
        Change::Settle { deliveries: vec![delivery], state, reason: Some(reason), since: self.now }
    }

    /// A reason for all sent stories of a post. The time at which they were sent stays.
    fn noted(&self, post: Post, reason: DeliveryReason) -> Vec<Change> {
        let state = DeliveryState::Sent;
        let sent: Vec<_> = self.state.carried_by(post.key).filter(|row| row.state == state).collect();
        let deliveries = sent.iter().map(|row| row.id).collect();
        let since = sent.first().map_or(self.now, |row| row.since);
        vec![save(post), Change::Settle { deliveries, state, reason: Some(reason), since }]
    }
}

/// The changes of a message that somebody deleted. It stays deleted.
pub(super) fn message_gone(mut post: Post, state: &ChannelState, now: Timestamp) -> Vec<Change> {
    let reason = DeliveryReason::Withdrawn(WithdrawalCause::MessageDeleted);
    post.uncertain_since = None;
    for follow_up in [&mut post.discussion, &mut post.crosspost] {
        if *follow_up == FollowUp::Due {
            *follow_up = FollowUp::Refused;
        }
    }
    settled(post, state, DeliveryState::Withdrawn, Some(reason), now)
}

fn settled(
    post: Post,
    rows: &ChannelState,
    state: DeliveryState,
    reason: Option<DeliveryReason>,
    since: Timestamp,
) -> Vec<Change> {
    let is_open = |state| matches!(state, DeliveryState::Sending | DeliveryState::Sent);
    let deliveries = rows.carried_by(post.key).filter(|row| is_open(row.state)).map(|row| row.id).collect();
    vec![save(post), Change::Settle { deliveries, state, reason, since }]
}

fn save(post: Post) -> Change {
    Change::Save(Box::new(post))
}
