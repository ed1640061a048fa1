//! What follows a request's outcome: changes, a wait, or another request at once.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::answered::{Finished, StepResult};
use super::record_outcome::Ended;
use super::running::Running;
use super::{ALL_KINDS, Worker, WorkerError};
use crate::delivery::change::{Change, FeedChange};
use crate::delivery::compose::leave_out_pictures;
use crate::delivery::plan::{Input, Step, StepKind, separated};
use crate::delivery::reason::SearchFailure;
use crate::delivery::record::Post;
use crate::delivery::retry::{ActionKind, Decision, Scope, Try, decide};
use crate::delivery::send::{Found, Outcome, Sender, has_pictures, message_of};
use crate::delivery::wait::{DiscordWait, Wait, WaitReason};
use crate::feed::Feed;
use crate::ids::ChannelId;
use article_format::stable_hash64;

impl<S: Sender> Worker<S> {
    /// Records the outcome of a request. It is written down together with the channel's next claim.
    pub(super) fn finish(&mut self, finished: Finished) -> Result<(), WorkerError> {
        let Finished { channel, result } = finished;
        let running = self.channels.get_mut(&channel).and_then(|state| state.running.take());
        let Some(running) = running else { return Ok(()) };
        match result {
            StepResult::Searched(found) => self.searched(channel, &running, found),
            StepResult::Sent(outcome) => self.sent(channel, running, &outcome),
        }
    }

    fn sent(&mut self, channel: ChannelId, running: Running, outcome: &Outcome) -> Result<(), WorkerError> {
        let Some(action) = &running.action else { return Ok(()) };
        let tried = Try {
            kind: ActionKind::from(&**action),
            attempts: running.attempts,
            has_pictures: has_pictures(action),
            jitter: jitter(&running),
        };
        let decision = decide(&tried, outcome);
        self.log(channel, &running, outcome, &decision);
        let kind = running.step.kind();
        match &decision {
            Decision::Done(_) | Decision::AlreadyDone | Decision::Gone => {
                self.channels.entry(channel).or_default().failures.remove(&kind);
            }
            Decision::Retry { after, blocks, reason, .. } => {
                self.wait(channel, kind, *blocks, *after, *reason);
            }
            Decision::WithoutPictures => {
                self.again_without_pictures(channel, running);
                return Ok(());
            }
            // An earlier attempt may have made the post that Discord refuses now. The refusal counts only if
            // the search does not find the post.
            Decision::Fail(_) if kind == StepKind::Post && !running.was_certain() => {
                let step = Step::Find { post: running.post.key };
                self.launch(channel, Running { step, action: None, ..running });
                return Ok(());
            }
            Decision::DoneWithout(refusal) => {
                tracing::warn!(%channel, cause = ?refusal, "Discord refused a follow-up of a post");
                if kind == StepKind::Withdraw {
                    // The bot may not delete the thread, so it deletes the thread's first message.
                    self.keeps_threads.insert(channel);
                }
            }
            // The next start searches for the post that was being made.
            Decision::StopProcess => return Err(WorkerError::WrongToken),
            Decision::PauseFeed(_) | Decision::PauseForeign | Decision::Fail(_) => {}
        }
        let is_foreign = decision == Decision::PauseForeign;
        self.ended(channel, &running, |ended| ended.changes(decision));
        let known = self.channels.get(&channel).and_then(|known| known.state.feed(running.post.feed));
        if let Some(foreign) = known.filter(|_| is_foreign) {
            let separated = self.separated(foreign);
            self.happened(channel, separated);
        }
        Ok(())
    }

    fn ended(
        &mut self,
        channel: ChannelId,
        running: &Running,
        changes: impl FnOnce(&Ended<'_>) -> Vec<Change>,
    ) {
        let now = self.now();
        let state = &self.channels.entry(channel).or_default().state;
        let changes = changes(&Ended { running, state, now });
        self.happened(channel, changes);
    }

    fn searched(&mut self, channel: ChannelId, running: &Running, found: Found) -> Result<(), WorkerError> {
        match found {
            Found::There { message, thread } => {
                tracing::info!(%channel, "a post of unknown outcome was found in the channel");
                self.ended(channel, running, |ended| ended.found(message, thread));
            }
            Found::Absent => {
                tracing::info!(%channel, "a post of unknown outcome is not in the channel; it is made again");
                let at = self.now();
                self.happened(channel, vec![Change::Unclaim { post: running.post.key, at }]);
            }
            Found::Unreadable(failure) => self.unconfirmed(channel, running, Some(failure)),
            Found::Trouble(outcome) => self.search_again(channel, running, &outcome)?,
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
        match decide(&tried, outcome) {
            Decision::Retry { after, blocks, reason, .. } => {
                self.wait(channel, StepKind::Post, blocks, after, reason);
                self.happened(channel, Vec::new());
            }
            Decision::StopProcess => return Err(WorkerError::WrongToken),
            Decision::PauseFeed(reason) => {
                self.unconfirmed(channel, running, Some(SearchFailure::Paused(reason)));
            }
            Decision::Fail(refused) => {
                self.unconfirmed(channel, running, Some(SearchFailure::Refused(refused)));
            }
            _ => self.unconfirmed(channel, running, None),
        }
        Ok(())
    }

    fn unconfirmed(&mut self, channel: ChannelId, running: &Running, failure: Option<SearchFailure>) {
        tracing::warn!(%channel, cause = ?failure, "the bot cannot find out whether a post was made");
        self.ended(channel, running, |ended| ended.unconfirmed(failure));
    }

    fn again_without_pictures(&mut self, channel: ChannelId, running: Running) {
        let mut action = running.action.map(Arc::unwrap_or_clone);
        if let Some(message) = action.as_mut().and_then(message_of) {
            leave_out_pictures(message);
        }
        // The mark is written with the outcome. After a crash Discord refuses the picture once more.
        let post = Post { is_without_pictures: true, ..running.post };
        self.launch(channel, Running { post, action: action.map(Arc::new), ..running });
    }

    /// Separates the channel's own feeds from one that turned out to belong to another guild.
    pub(super) fn separated(&self, foreign: &Feed) -> Vec<Change> {
        let Some(known) = self.channels.get(&foreign.channel) else { return Vec::new() };
        let feeds: Vec<&Feed> = known.state.own_feeds();
        let candidates = self.candidates_of(known);
        let input: Input<'_> = self.input(known, &feeds, &candidates, self.now());
        let change = separated(&input, foreign);
        change.into_iter().chain([FeedChange::Settled.of(foreign.id)]).collect()
    }

    /// Has steps wait after a failure.
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
        let channel = self.channels.entry(channel).or_default();
        let failures = channel.failures.entry(kind).or_default();
        *failures = failures.saturating_add(1);
        match scope {
            Scope::ActionInChannel => channel.blocks.set(kind, wait),
            Scope::Channel => ALL_KINDS.into_iter().for_each(|kind| channel.blocks.set(kind, wait)),
            Scope::Bot => {
                if self.paused_until.as_ref().is_none_or(|known| known.until < wait.until) {
                    self.paused_until = Some(wait);
                }
            }
        }
    }
}

/// Spreads attempts over time. The number need not be unpredictable.
fn jitter(running: &Running) -> f64 {
    let hash = stable_hash64(&format!("{}\n{}", running.post.key.0, running.attempts));
    f64::from(u16::try_from(hash % 1000).unwrap_or(0)) / 1000.0
}
