//! Follows what moderators and Discord's events changed in the store.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

use super::record_outcome::message_gone;
use super::{REFRESH, Worker};
use crate::delivery::change::{Change, Task, TaskId};
use crate::delivery::ledger::{FeedsOf, LedgerError};
use crate::delivery::plan::{Step, left_behind};
use crate::delivery::record::{DeliveryId, DeliveryState, Post, PostShape};
use crate::delivery::send::Sender;
use crate::feed::pause::PauseReason;
use crate::feed::{Feed, FeedId, FeedStatus, PendingWork};
use crate::ids::{ChannelId, GuildId};

impl<S: Sender> Worker<S> {
    /// Reads the feeds that changed, with the deliveries of their channels, and does what is left to the worker.
    pub(super) async fn refresh(&mut self, now: Timestamp) -> Result<(), LedgerError> {
        // A file has one process, which announces each change.
        let is_shared = self.dependencies.ledger.is_shared();
        self.refresh_at = if is_shared { now.saturating_add(REFRESH).unwrap_or(now) } else { Timestamp::MAX };
        // Otherwise the ledger would return rows as they were before an outcome.
        self.write_down().await?;
        for channel in self.changed_channels().await? {
            self.read_again(channel).await?;
        }
        self.do_tasks().await?;
        if self.feeds().any(|feed| feed.pending.is_some()) {
            self.catch_up().await?;
            self.settle_pending().await?;
        }
        Ok(())
    }

    async fn changed_channels(&self) -> Result<BTreeSet<ChannelId>, LedgerError> {
        let versions = self.dependencies.ledger.feed_versions().await?;
        let mut known: HashMap<FeedId, (ChannelId, i64)> =
            self.feeds().map(|feed| (feed.id, (feed.channel, feed.version))).collect();
        let is_other = |(feed, channel, version): (FeedId, ChannelId, i64)| {
            (known.remove(&feed) != Some((channel, version))).then_some(channel)
        };
        let mut changed: BTreeSet<ChannelId> = versions.into_iter().filter_map(is_other).collect();
        // What is left is not in the store any more.
        changed.extend(known.into_values().map(|(channel, _)| channel));
        Ok(changed)
    }

    /// Reads the feeds of a channel, and those of its deliveries that a moderator may have decided about.
    async fn read_again(&mut self, id: ChannelId) -> Result<(), LedgerError> {
        let ledger = &self.dependencies.ledger;
        let feeds = ledger.feeds(FeedsOf::Channels(&[id])).await?;
        let channel = self.channels.entry(id).or_default();
        let deliveries: Vec<DeliveryId> = channel.state.all().map(|row| row.id).collect();
        let rows = ledger.again(id, &deliveries).await?;
        let before: BTreeMap<FeedId, Feed> = channel.state.replace_feeds(feeds);
        for feed in channel.state.feeds() {
            let known = before.get(&feed.id);
            channel.is_stale |= known.is_none() || feed.pending.is_some();
            // A moderator who resumes a feed wants an attempt now, not after the wait.
            if feed.status == FeedStatus::Active && known.is_some_and(|known| known.status != feed.status) {
                channel.failures.clear();
            }
        }
        channel.state.forget_sent_counts();
        channel.is_to_be_planned = true;
        for (_, row) in &rows.deliveries {
            channel.state.enter(row.clone());
        }
        for (_, post) in &rows.posts {
            channel.state.enter_post(post.clone());
        }
        self.enter(rows).await;
        Ok(())
    }

    /// Separates foreign feeds, and finishes removals. The plan settles edits.
    async fn settle_pending(&mut self) -> Result<(), LedgerError> {
        let pending = self
            .feeds()
            .filter(|feed| matches!(feed.pending, Some(PendingWork::Separated | PendingWork::Removed)));
        let pending: Vec<Feed> = pending.cloned().collect();
        for feed in pending {
            let changes = match feed.pending {
                Some(PendingWork::Removed) => self.removed(&feed),
                _ => self.separated(&feed),
            };
            // If the feeds have changed again, the next turn does it.
            self.write(&mut [(feed.channel, changes)]).await?;
            self.channels.entry(feed.channel).or_default().is_to_be_planned = true;
        }
        Ok(())
    }

    fn removed(&self, feed: &Feed) -> Vec<Change> {
        let mut changes = Vec::new();
        if let Some(known) = self.channels.get(&feed.channel).filter(|_| !feed.status.is_foreign()) {
            let (feeds, candidates) = (known.state.own_feeds(), self.candidates_of(known));
            changes.extend(left_behind(&self.input(known, &feeds, &candidates, self.now()), feed));
        }
        let is_gone = matches!(
            &feed.status,
            FeedStatus::Paused(PauseReason::ChannelDeleted)
                | FeedStatus::PausedByBoth(PauseReason::ChannelDeleted)
        );
        changes.extend(self.removal(feed.channel, feed.id, is_gone));
        changes
    }

    async fn do_tasks(&mut self) -> Result<(), LedgerError> {
        self.has_tasks = false;
        for (id, task) in self.dependencies.ledger.tasks().await? {
            match task {
                Some(Task::Post { feed, article }) => {
                    self.has_tasks |= !self.post_on_request(id, feed, article).await?;
                }
                Some(Task::ThreadGone { guild, thread }) => self.thread_is_gone(id, guild, thread).await?,
                // A later version of heatwire asked for it, and will do it.
                None => {}
            }
        }
        Ok(())
    }

    /// Discord deleted the thread of a forum post, because a moderator or a withdrawal asked for it. The
    /// answer to a withdrawal is handled elsewhere.
    async fn thread_is_gone(
        &mut self,
        task: TaskId,
        guild: GuildId,
        thread: ChannelId,
    ) -> Result<(), LedgerError> {
        let rows = self.dependencies.ledger.of_thread(thread).await?;
        self.enter(rows).await;
        let is_it = |post: &&Post| post.shape == PostShape::ForumPost && post.thread == Some(thread);
        let found = self.channels.iter().find_map(|(channel, known)| {
            let state = &known.state;
            let post = state.sent().rev().find(is_it)?;
            // A channel without feeds does not tell its guild.
            let feeds = state.own_feeds();
            let is_of_guild = feeds.is_empty() || feeds.iter().any(|feed| feed.guild == guild);
            let is_withdrawn_now = known.running.as_ref().is_some_and(
                |running| matches!(running.step, Step::Withdraw { post: key, .. } if key == post.key),
            );
            let stands = state.carried_by(post.key).any(|row| row.state == DeliveryState::Sent);
            let is_gone = is_of_guild && stands && !is_withdrawn_now;
            is_gone.then(|| (*channel, message_gone(post.clone(), state, self.now())))
        });
        let (channel, mut changes) = found.unwrap_or((thread, Vec::new()));
        changes.push(Change::Finish(task));
        self.happened(channel, changes);
        self.write_down().await
    }
}
