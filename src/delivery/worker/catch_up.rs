//! Reads from the ledger what plans have to look at: rows of stories that changed, became visible or hidden. The cost follows
//! what changed, and not what was ever posted.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::Worker;
use crate::article_key::ArticleKey;
use crate::collection::Position;
use crate::delivery::change::FeedChange;
use crate::delivery::examine::{examine, let_others_work};
use crate::delivery::ledger::{LedgerError, Rows};
use crate::delivery::plan::candidates;
use crate::delivery::send::Sender;
use crate::delivery::snapshot::Touched;
use crate::feed::pause::PauseReason;
use crate::ids::ChannelId;

impl<S: Sender> Worker<S> {
    /// Takes articles that became visible since the last turn.
    pub(super) fn note_appeared(&mut self, now: Timestamp) {
        if self.visible_next.is_some_and(|next| next <= now) || now < self.visible_until {
            let appeared = self.snapshot.collection().dates().appearing(self.visible_until, now);
            let appeared: Vec<ArticleKey> = appeared.filter_map(|at| self.snapshot.key(at)).collect();
            self.touched.articles.extend(appeared);
            self.await_next_date(now);
            self.plan_all();
        }
    }

    /// Notes when the next article becomes visible. The dates up to `now` were handled.
    pub(super) fn await_next_date(&mut self, now: Timestamp) {
        let next = self.snapshot.collection().dates().next_change(now);
        self.visible_until = now;
        self.visible_next = (next < Timestamp::MAX).then_some(next);
    }

    /// Reads the rows that the next plans need. After an error the next call tries again.
    pub(super) async fn catch_up(&mut self) -> Result<(), LedgerError> {
        let is_stale = |channel: &super::Channel| channel.is_stale;
        if self.touched == Touched::default() && !self.channels.values().any(is_stale) {
            return Ok(());
        }
        // Otherwise the ledger would return rows as they were before an outcome.
        self.write_down().await?;
        let positions = |keys: &HashSet<ArticleKey>| {
            let mut positions: Vec<Position> =
                keys.iter().filter_map(|key| self.snapshot.position(*key)).collect();
            positions.sort_unstable();
            positions
        };
        let touched = positions(&self.touched.articles);
        let all: Vec<Position> = self.snapshot.collection().positions().collect();
        let (now, mut groups) = (self.now(), HashMap::<Vec<Position>, Vec<ChannelId>>::new());
        for (id, channel) in &self.channels {
            let of_channel = if channel.is_stale { &all } else { &touched };
            let found = candidates(&self.snapshot, &channel.state.own_feeds(), of_channel, now);
            if !found.is_empty() {
                groups.entry(found).or_default().push(*id);
            }
            tokio::task::yield_now().await;
        }
        for (positions, channels) in groups {
            self.examine(&positions, &channels).await?;
        }
        let hidden: Vec<ArticleKey> = self.touched.hidden.iter().copied().collect();
        let sent = self.dependencies.ledger.sent_of(&hidden).await?;
        self.enter(sent).await;
        self.touched = Touched::default();
        for channel in self.channels.values_mut() {
            channel.is_stale = false;
        }
        Ok(())
    }

    /// Stories that a channel does not know become candidates, with the rows that they share an identity with.
    async fn examine(&mut self, positions: &[Position], channels: &[ChannelId]) -> Result<(), LedgerError> {
        let examined = examine(&self.dependencies.ledger, &self.snapshot, positions, channels).await?;
        for (channel, keys) in examined.candidates {
            self.channels.entry(channel).or_default().candidates.extend(keys);
        }
        for rows in examined.rows {
            self.enter(rows).await;
        }
        Ok(())
    }

    /// Takes rows of the ledger into memory, where memory does not have them.
    pub(super) async fn enter(&mut self, rows: Rows) {
        for (number, (channel, row)) in rows.deliveries.into_iter().enumerate() {
            self.channels.entry(channel).or_default().state.enter_known(row);
            let_others_work(number).await;
        }
        for (number, (channel, post)) in rows.posts.into_iter().enumerate() {
            self.channels.entry(channel).or_default().state.enter_known_post(post);
            let_others_work(number).await;
        }
        for (channel, row, named) in rows.unreadable {
            tracing::error!(%channel, "{named}; it stays as it is, and the feeds of the channel pause");
            let reason = PauseReason::RowUnreadable(row);
            let feeds = self.channels.get(&channel).map(|channel| channel.state.own_feeds());
            let active = feeds.into_iter().flatten().filter(|feed| !feed.status.needs_moderator());
            let paused = active.map(|feed| FeedChange::Troubled(reason.clone()).of(feed.id));
            let paused = paused.collect();
            self.happened(channel, paused);
        }
    }
}
