//! Reads from the ledger what plans have to look at: rows of stories that changed, became visible or hidden. The cost follows
//! what changed, and not what was ever posted.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::Worker;
use crate::article_key::ArticleKey;
use crate::collection::Position;
use crate::delivery::change::FeedChange;
use crate::delivery::ledger::{LedgerError, Rows};
use crate::delivery::plan::candidates;
use crate::delivery::send::Sender;
use crate::delivery::snapshot::Touched;
use crate::feed::Feed;
use crate::feed::pause::PauseReason;
use crate::ids::ChannelId;

/// After so many rows or articles other tasks have their turn.
const ROWS_AT_ONCE: usize = 256;

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

    /// Looks up which of these stories the channels do not know. They become candidates, with the rows that they share an
    /// identity with.
    pub(super) async fn examine(
        &mut self,
        positions: &[Position],
        channels: &[ChannelId],
    ) -> Result<(), LedgerError> {
        let snapshot = Arc::clone(&self.snapshot);
        let mut hashes: Vec<Vec<u64>> = Vec::with_capacity(positions.len());
        for (number, &position) in positions.iter().enumerate() {
            hashes.push(snapshot.story_hashes(position));
            let_others_work(number).await;
        }
        let all = each_once(hashes.iter().flatten());
        let mut unknown: HashMap<ChannelId, HashSet<u64>> = HashMap::new();
        let pairs = self.dependencies.ledger.unknown(channels, &all).await?;
        for (number, (channel, hash)) in pairs.into_iter().enumerate() {
            unknown.entry(channel).or_default().insert(hash);
            let_others_work(number).await;
        }
        // Channels that look for the same stories share a query.
        let mut groups: HashMap<Vec<usize>, Vec<ChannelId>> = HashMap::new();
        for (channel, unknown) in unknown {
            let is_open =
                |numbered: &(usize, &Vec<u64>)| numbered.1.iter().any(|hash| unknown.contains(hash));
            let open = hashes.iter().enumerate().filter(is_open).map(|(number, _)| number);
            groups.entry(open.collect()).or_default().push(channel);
            tokio::task::yield_now().await;
        }
        for (open, channels) in groups {
            let of_open = each_once(open.iter().filter_map(|number| hashes.get(*number)).flatten());
            let rows = self.dependencies.ledger.known(&channels, &of_open).await?;
            self.enter(rows).await;
            let keys = open.iter().filter_map(|number| snapshot.key(*positions.get(*number)?));
            let keys: Vec<ArticleKey> = keys.collect();
            for channel in channels {
                self.channels.entry(channel).or_default().candidates.extend(&keys);
            }
        }
        Ok(())
    }

    /// Examines all articles that a changed feed may accept.
    pub(super) async fn examine_for(&mut self, feed: &Feed) -> Result<(), LedgerError> {
        self.write_down().await?;
        let all: Vec<Position> = self.snapshot.collection().positions().collect();
        let found = candidates(&self.snapshot, &[feed], &all, self.now());
        self.examine(&found, &[feed.channel]).await
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
            let paused =
                active.map(|feed| FeedChange::Status(feed.status.troubled(reason.clone())).of(feed.id));
            let paused = paused.collect();
            self.happened(channel, paused);
        }
    }
}

/// Lets other tasks work after so many rows.
async fn let_others_work(number: usize) {
    if number.is_multiple_of(ROWS_AT_ONCE) {
        tokio::task::yield_now().await;
    }
}

fn each_once<'a>(hashes: impl Iterator<Item = &'a u64>) -> Vec<u64> {
    let mut hashes: Vec<u64> = hashes.copied().collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}
