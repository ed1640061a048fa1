//! Turns the outcome of a request into changes.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::answered::{Finished, StepResult};
use super::running::Running;
use super::written::Write;
use super::{ALL_KINDS, Worker, WorkerError};
use crate::delivery::compose::leave_out_pictures;
use crate::delivery::plan::{Step, StepKind};
use crate::delivery::reason::{
    DeliveryReason, FollowUpRefusal, RefusedRequest, SearchFailure, WithdrawalCause,
};
use crate::delivery::record::{DeliveryId, DeliveryState, FollowUp, Post, PostShape};
use crate::delivery::retry::{ActionKind, Decision, Scope, Try, decide};
use crate::delivery::send::{Action, FeedMessage, Found, Made, Outcome, Sender};
use crate::delivery::wait::{DiscordWait, Wait, WaitReason};
use crate::feed::FeedStatus;
use crate::ids::{ChannelId, GuildId, MessageId};
use article_format::stable_hash64;

/// The start of Discord's time, in milliseconds since 1970 (Discord's docs, "Snowflakes").
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

impl<S: Sender> Worker<S> {
    /// Records the outcome of a request. It is written down together with the channel's next claim.
    pub(super) fn finish(&mut self, finished: Finished) -> Result<(), WorkerError> {
        let Finished { channel, result } = finished;
        let running = self.channels.get_mut(&channel).and_then(|state| state.running.take());
        let Some(running) = running else { return Ok(()) };
        match result {
            StepResult::Searched(found) => self.searched(channel, running, found),
            StepResult::Sent(outcome) => self.sent(channel, running, &outcome),
        }
    }

    fn sent(
        &mut self,
        channel: ChannelId,
        mut running: Running,
        outcome: &Outcome,
    ) -> Result<(), WorkerError> {
        let Some(action) = running.action.take() else { return Ok(()) };
        let tried = Try {
            kind: ActionKind::from(&*action),
            attempts: running.attempts,
            has_pictures: has_pictures(&action),
            jitter: jitter(&running),
        };
        let decision = decide(&tried, outcome);
        self.log(channel, &running, outcome, &decision);
        let kind = running.step.kind();
        match decision {
            Decision::Done(made) => self.done(channel, running, made),
            Decision::AlreadyDone => self.done(channel, running, Made::default()),
            Decision::Retry { after, is_certainly_not_done, blocks, reason } => {
                self.note_failure(channel, kind);
                self.wait(channel, kind, blocks, after, reason);
                if kind == StepKind::Post {
                    self.keep_claim(channel, running, is_certainly_not_done);
                }
            }
            Decision::WithoutPictures => {
                self.again_without_pictures(channel, running, Arc::unwrap_or_clone(action));
            }
            Decision::PauseFeed(reason) => {
                self.pause_feed(channel, running, |status| status.troubled(reason));
            }
            Decision::PauseForeign => self.pause_feed(channel, running, FeedStatus::foreign),
            Decision::Fail(_) if kind == StepKind::Post && !running.was_certain => {
                self.search_first(channel, running);
            }
            Decision::Fail(refused) => self.failed(channel, running, refused),
            Decision::Gone => self.gone(channel, running),
            Decision::DoneWithout(refusal) => self.done_without(channel, running, refusal),
            // The next start searches for the post that was being made.
            Decision::StopProcess => return Err(WorkerError::WrongToken),
        }
        Ok(())
    }

    fn searched(&mut self, channel: ChannelId, running: Running, found: Found) -> Result<(), WorkerError> {
        let mut post = running.post.clone();
        match found {
            Found::There { message, thread } => {
                post.message = Some(message);
                post.thread = thread.or(post.thread);
                post.sent_at = Some(sent_at(message).unwrap_or(post.first_tried_at));
                post.uncertain_since = None;
                // The displayed content is unknown, so an edit follows.
                (post.displayed, post.displayed_with_heat) = (0, 0);
                tracing::info!(%channel, "a post of unknown outcome was found in the channel");
                self.record_outcome(channel, post, DeliveryState::Sent, None);
            }
            Found::Absent => {
                tracing::info!(%channel, "a post of unknown outcome is not in the channel; it is made again");
                self.happened(channel, [Write::Unclaim(post.key)]);
            }
            Found::Unreadable(failure) => self.unconfirmed(channel, post, failure),
            Found::Trouble(outcome) => self.search_again(channel, &running, &outcome)?,
        }
        Ok(())
    }

    /// The search failed. It is repeated without a bound. The outcome decides the delay, as for a request.
    fn search_again(
        &mut self,
        channel: ChannelId,
        running: &Running,
        outcome: &Outcome,
    ) -> Result<(), WorkerError> {
        let tried = Try {
            kind: ActionKind::Edit,
            attempts: running.attempts,
            has_pictures: false,
            jitter: jitter(running),
        };
        self.note_failure(channel, StepKind::Post);
        let post = running.post.clone();
        match decide(&tried, outcome) {
            Decision::Retry { after, blocks, reason, .. } => {
                self.wait(channel, StepKind::Post, blocks, after, reason);
            }
            Decision::StopProcess => return Err(WorkerError::WrongToken),
            Decision::PauseFeed(reason) => self.unconfirmed(channel, post, SearchFailure::Paused(reason)),
            Decision::Fail(refused) => self.unconfirmed(channel, post, SearchFailure::Refused(refused)),
            _ => self.record_outcome(channel, post, DeliveryState::Unknown, None),
        }
        Ok(())
    }

    fn unconfirmed(&mut self, channel: ChannelId, post: Post, failure: SearchFailure) {
        tracing::warn!(%channel, cause = ?failure, "the bot cannot find out whether a post was made");
        let reason = DeliveryReason::Unconfirmed(failure);
        self.record_outcome(channel, post, DeliveryState::Unknown, Some(reason));
    }

    fn done(&mut self, channel: ChannelId, running: Running, made: Made) {
        let now = self.now();
        self.note_success(channel, running.step.kind());
        let Running { step, mut post, displays, .. } = running;
        match step {
            Step::Post { .. } | Step::Retry { .. } | Step::Find { .. } => {
                post.message = made.message.or(post.message);
                post.thread = made.thread.or(post.thread);
                post.sent_at = Some(now);
                post.uncertain_since = None;
                (post.displayed, post.displayed_with_heat) = (displays.without_heat, displays.with_heat);
                self.record_outcome(channel, post, DeliveryState::Sent, None);
            }
            Step::Withdraw { delivery, cause, .. } => {
                (post.displayed, post.displayed_with_heat) = (displays.without_heat, displays.with_heat);
                self.record_withdrawal(channel, post, delivery, DeliveryReason::Withdrawn(cause));
            }
            Step::Discussion { .. } => {
                post.thread = made.thread.or(post.message.map(|message| ChannelId(message.0)));
                post.discussion = FollowUp::Done;
                self.happened(channel, [Write::Post(Box::new(post))]);
            }
            Step::Crosspost { .. } => {
                post.crosspost = FollowUp::Done;
                self.happened(channel, [Write::Post(Box::new(post))]);
            }
            Step::Edit { .. } => {
                (post.displayed, post.displayed_with_heat) = (displays.without_heat, displays.with_heat);
                post.edited_at = Some(now);
                self.happened(channel, [Write::Post(Box::new(post))]);
            }
        }
    }

    /// Keeps the claim for a later attempt. A rejected attempt does not change the delivery's state.
    fn keep_claim(&mut self, channel: ChannelId, running: Running, is_certainly_not_done: bool) {
        let mut post = running.post;
        if is_certainly_not_done && running.was_certain {
            post.uncertain_since = None;
            self.happened(channel, [Write::Post(Box::new(post))]);
        } else {
            self.happened(channel, []);
        }
    }

    /// An earlier attempt may have made the post that Discord refuses now. The refusal counts only if the
    /// search does not find the post.
    fn search_first(&mut self, channel: ChannelId, running: Running) {
        let step = Step::Find { post: running.post.key };
        self.launch(channel, Running { step, action: None, ..running });
    }

    fn again_without_pictures(&mut self, channel: ChannelId, running: Running, action: Action) {
        let mut action = action;
        if let Some(message) = message_of(&mut action) {
            leave_out_pictures(message);
        }
        let mut post = running.post.clone();
        post.is_without_pictures = true;
        // The mark is written with the outcome. After a crash Discord refuses the picture once more.
        self.launch(channel, Running { post, action: Some(Arc::new(action)), ..running });
    }

    fn pause_feed(
        &mut self,
        channel: ChannelId,
        running: Running,
        paused: impl FnOnce(&FeedStatus) -> FeedStatus,
    ) {
        let kind = running.step.kind();
        let mut writes = Vec::new();
        // Since the request was made, the feed may have been paused for a reason that lasts longer.
        let feed = self.feeds.get_mut(&running.feed).filter(|feed| !feed.status.needs_moderator());
        if let Some(feed) = feed {
            feed.status = paused(&feed.status);
            writes.push(Write::Feed(feed.id));
            writes.extend(feed.status.is_foreign().then_some(Write::Foreign(feed.id)));
        }
        if kind == StepKind::Post && running.was_certain {
            writes.push(Write::Unclaim(running.post.key));
        }
        self.happened(channel, writes);
    }

    fn failed(&mut self, channel: ChannelId, running: Running, refused: RefusedRequest) {
        let Running { step, mut post, displays, .. } = running;
        match step {
            Step::Post { .. } | Step::Retry { .. } | Step::Find { .. } => {
                let rows = self.channels.get(&channel).map(|state| &state.rows);
                let is_of_several = rows.is_some_and(|rows| rows.carried_by(post.key).nth(1).is_some());
                post.shape = post.shape.of_refused(is_of_several);
                let reason = DeliveryReason::PostRefused(refused);
                self.record_outcome(channel, post, DeliveryState::Failed, Some(reason));
            }
            // The same content is not tried again.
            Step::Edit { .. } => {
                (post.displayed, post.displayed_with_heat) = (displays.without_heat, displays.with_heat);
                post.edited_at = Some(self.now());
                let reason = DeliveryReason::CorrectionRefused(refused);
                self.happened(channel, [Write::Note { post: Box::new(post), reason }]);
            }
            // A message that cannot be deleted stays. Its delivery has the reason.
            Step::Withdraw { delivery, .. } => {
                let write = Write::Outcome {
                    post: Box::new(post),
                    state: DeliveryState::Failed,
                    reason: Some(DeliveryReason::WithdrawalRefused(refused)),
                    deliveries: vec![delivery],
                    at: self.now(),
                };
                self.happened(channel, [write]);
            }
            Step::Discussion { .. } | Step::Crosspost { .. } => {
                self.give_up(channel, &step, post, FollowUpRefusal::Refused(refused));
            }
        }
    }

    /// Discord deleted the thread of a forum post, because a moderator or a withdrawal asked for it. The
    /// answer to a withdrawal is handled elsewhere.
    pub(super) fn thread_is_gone(&mut self, guild: GuildId, thread: ChannelId) {
        let is_it = |post: &&Post| post.shape == PostShape::ForumPost && post.thread == Some(thread);
        // A channel without feeds does not tell its guild.
        let is_of_guild = |channel: ChannelId| {
            let feeds = self.feeds_of(channel);
            feeds.is_empty() || feeds.iter().any(|feed| feed.guild == guild)
        };
        let found = self.channels.iter().find_map(|(channel, state)| {
            let post = state.rows.sent().rev().find(is_it).filter(|_| is_of_guild(*channel))?;
            let is_withdrawn_now = state.running.as_ref().is_some_and(
                |running| matches!(running.step, Step::Withdraw { post: key, .. } if key == post.key),
            );
            let stands = state.rows.carried_by(post.key).any(|row| row.state == DeliveryState::Sent);
            (stands && !is_withdrawn_now).then(|| (*channel, post.clone()))
        });
        if let Some((channel, post)) = found {
            self.message_is_gone(channel, post);
        }
    }

    /// A moderator deleted the message. It stays deleted.
    fn gone(&mut self, channel: ChannelId, running: Running) {
        self.note_success(channel, running.step.kind());
        self.message_is_gone(channel, running.post);
    }

    fn message_is_gone(&mut self, channel: ChannelId, mut post: Post) {
        let reason = Some(DeliveryReason::Withdrawn(WithdrawalCause::MessageDeleted));
        post.uncertain_since = None;
        for follow_up in [&mut post.discussion, &mut post.crosspost] {
            if *follow_up == FollowUp::Due {
                *follow_up = FollowUp::Refused;
            }
        }
        self.record_outcome(channel, post, DeliveryState::Withdrawn, reason);
    }

    fn done_without(&mut self, channel: ChannelId, running: Running, refusal: FollowUpRefusal) {
        tracing::warn!(%channel, cause = ?refusal, "Discord refused a follow-up of a post");
        match running.step {
            Step::Withdraw { .. } => {
                // The bot may not delete the thread, so it deletes the thread's first message.
                self.keeps_threads.insert(channel);
                self.happened(channel, []);
            }
            ref step => self.give_up(channel, step, running.post.clone(), refusal),
        }
    }

    /// Gives up a follow-up. `/why` reports the reason.
    fn give_up(&mut self, channel: ChannelId, step: &Step, mut post: Post, refusal: FollowUpRefusal) {
        match step {
            Step::Discussion { .. } => post.discussion = FollowUp::Refused,
            Step::Crosspost { .. } => post.crosspost = FollowUp::Refused,
            _ => {}
        }
        let reason = DeliveryReason::FollowUpRefused(refusal);
        self.happened(channel, [Write::Note { post: Box::new(post), reason }]);
    }

    /// Records the outcome of a post for all its stories that are sending or sent.
    fn record_outcome(
        &mut self,
        channel: ChannelId,
        post: Post,
        state: DeliveryState,
        reason: Option<DeliveryReason>,
    ) {
        let carried = self.channels.get(&channel).map(|known| known.rows.carried_by(post.key));
        let open = |state| matches!(state, DeliveryState::Sending | DeliveryState::Sent);
        let deliveries = carried.into_iter().flatten().filter(|delivery| open(delivery.state));
        let deliveries: Vec<DeliveryId> = deliveries.map(|delivery| delivery.id).collect();
        let at = self.now();
        self.happened(channel, [Write::Outcome { post: Box::new(post), state, reason, deliveries, at }]);
    }

    fn record_withdrawal(
        &mut self,
        channel: ChannelId,
        post: Post,
        delivery: DeliveryId,
        reason: DeliveryReason,
    ) {
        let state = DeliveryState::Withdrawn;
        let reason = Some(reason);
        let (deliveries, at) = (vec![delivery], self.now());
        self.happened(channel, [Write::Outcome { post: Box::new(post), state, reason, deliveries, at }]);
    }

    fn wait(
        &mut self,
        channel: ChannelId,
        kind: StepKind,
        scope: Scope,
        after: std::time::Duration,
        reason: DiscordWait,
    ) {
        let after = SignedDuration::try_from(after).unwrap_or(SignedDuration::from_hours(1));
        let until = self.now().saturating_add(after).unwrap_or(Timestamp::MAX);
        let wait = Wait { until, reason: WaitReason::Discord(reason) };
        let blocks = &mut self.channels.entry(channel).or_default().blocks;
        match scope {
            Scope::ActionInChannel => blocks.set(kind, wait),
            Scope::Channel => ALL_KINDS.into_iter().for_each(|kind| blocks.set(kind, wait)),
            Scope::Bot => {
                if self.paused_until.as_ref().is_none_or(|known| known.until < wait.until) {
                    self.paused_until = Some(wait);
                }
            }
        }
        self.happened(channel, []);
    }

    fn note_failure(&mut self, channel: ChannelId, kind: StepKind) {
        let failures = self.channels.entry(channel).or_default().failures.entry(kind).or_default();
        *failures = failures.saturating_add(1);
    }

    fn note_success(&mut self, channel: ChannelId, kind: StepKind) {
        self.channels.entry(channel).or_default().failures.remove(&kind);
    }
}

pub(super) fn message_of(action: &mut Action) -> Option<&mut FeedMessage> {
    match action {
        Action::Post { message, .. } | Action::ForumPost { message, .. } | Action::Edit { message, .. } => {
            Some(message)
        }
        _ => None,
    }
}

pub(super) fn has_pictures(action: &Action) -> bool {
    let (Action::Post { message, .. } | Action::ForumPost { message, .. } | Action::Edit { message, .. }) =
        action
    else {
        return false;
    };
    message.cards.iter().any(|card| {
        card.picture.is_some() || card.author.as_ref().is_some_and(|author| author.icon_url.is_some())
    })
}

/// Spreads attempts over time. The number need not be unpredictable.
fn jitter(running: &Running) -> f64 {
    let hash = stable_hash64(&format!("{}\n{}", running.post.key.0, running.attempts));
    f64::from(u16::try_from(hash % 1000).unwrap_or(0)) / 1000.0
}

/// When a message was created, by its id (Discord's docs, "Snowflakes").
fn sent_at(message: MessageId) -> Option<Timestamp> {
    let since_epoch_ms = i64::try_from(message.0 >> 22).ok()?;
    Timestamp::from_millisecond(since_epoch_ms + DISCORD_EPOCH_MS).ok()
}
