//! Posts that a moderator asks for: `/feed post`, and Resend in `/why`.

use super::Worker;
use crate::article_key::ArticleKey;
use crate::collection::Position;
use crate::delivery::change::{Change, TaskId};
use crate::delivery::ledger::{Applied, LedgerError};
use crate::delivery::plan::{Step, StepKind, asked};
use crate::delivery::record::DeliveryState;
use crate::delivery::send::Sender;
use crate::feed::{Feed, FeedId, FeedStatus};
use crate::ids::ChannelId;

/// What a request of a moderator needs now.
enum AskedPost {
    /// Nothing: the post is made, or it cannot be made.
    Done,
    /// The channel makes another request, or Discord asked to wait.
    Later,
    /// This claim, and this request.
    Now(Box<(Change, Step)>),
}

impl<S: Sender> Worker<S> {
    /// Posts an article that a moderator asks for. Returns whether the task is done.
    pub(super) async fn post_on_request(
        &mut self,
        task: TaskId,
        feed: FeedId,
        article: ArticleKey,
    ) -> Result<bool, LedgerError> {
        let known = self.feeds().find(|known| known.id == feed).cloned();
        let Some(feed) = known.filter(may_post_on_request) else { return self.end_task(task).await };
        let Some(position) = self.snapshot.position(article) else { return self.end_task(task).await };
        let hashes = self.snapshot.story_hashes(position);
        let rows = self.dependencies.ledger.known(&[feed.channel], &hashes).await?;
        self.enter(rows).await;
        match self.asked_post(&feed, position) {
            AskedPost::Done => self.end_task(task).await,
            AskedPost::Later => Ok(false),
            AskedPost::Now(asked) => {
                let (claim, step) = *asked;
                let changes = &mut [(feed.channel, vec![claim])];
                if self.write(changes).await? == Applied::Written
                    && let Some(running) = self.request(feed.channel, step)
                {
                    self.launch(feed.channel, running);
                }
                Ok(false)
            }
        }
    }

    fn asked_post(&self, feed: &Feed, position: Position) -> AskedPost {
        let now = self.now();
        let Some(known) = self.channels.get(&feed.channel) else { return AskedPost::Done };
        let collection = self.snapshot.collection();
        let is_linked = collection.article(position).is_some_and(|article| article.usable_link().is_some());
        if !collection.is_visible(position, now) || !is_linked {
            return AskedPost::Done;
        }
        let members = self.snapshot.members(position).filter_map(|at| self.snapshot.identity(at));
        let row = known.state.known_as(&self.snapshot, members);
        match row.map(|row| (row.state, row.is_dismissed)) {
            Some((DeliveryState::Sent, _)) => return AskedPost::Done,
            Some((DeliveryState::Failed | DeliveryState::Unknown, false)) => return AskedPost::Done,
            Some((DeliveryState::Sending, _)) => return AskedPost::Later,
            _ => {}
        }
        let waits = known.blocks.get(StepKind::Post, now).is_some()
            || self.paused_until.is_some_and(|wait| wait.until > now);
        if known.running.is_some() || !known.unwritten.is_empty() || waits {
            return AskedPost::Later;
        }
        let feeds = known.state.own_feeds();
        AskedPost::Now(Box::new(asked(&self.input(known, &feeds, &[], now), feed, position, row)))
    }

    async fn end_task(&mut self, task: TaskId) -> Result<bool, LedgerError> {
        // A task belongs to no channel.
        self.dependencies.ledger.apply(&[(ChannelId(0), &Change::Finish(task))], &[]).await?;
        Ok(true)
    }
}

/// A moderator's pause holds no such post back. A trouble does: Discord would refuse the post.
fn may_post_on_request(feed: &Feed) -> bool {
    matches!(feed.status, FeedStatus::Active | FeedStatus::PausedByModerator) && !feed.is_removed()
}
