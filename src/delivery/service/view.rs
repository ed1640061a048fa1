//! The channels of a guild's feeds as the store has them now, and what the plan says about them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::Service;
use crate::article_key::ArticleKey;
use crate::collection::Position;
use crate::delivery::board::Waits;
use crate::delivery::channel_state::ChannelState;
use crate::delivery::examine::examine;
use crate::delivery::ledger::{FeedsOf, LedgerError, Rows};
use crate::delivery::plan::{Blocks, Forecast, Input, Plan, candidates, plan};
use crate::delivery::record::{DeliveryState, young_since};
use crate::delivery::send::Sender;
use crate::delivery::snapshot::{FilePresence, Loaded, Snapshot};
use crate::feed::{Feed, FeedId};
use crate::ids::{ChannelId, GuildId};

/// The channels of a guild's feeds. The plan is the one that the worker would make now, but for what Discord asked to wait for, and
/// a missing file counts as confirmed.
pub(super) struct View {
    pub(super) guild: GuildId,
    pub(super) now: Timestamp,
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) loaded: Loaded,
    pub(super) waits: Waits,
    pub(super) channels: HashMap<ChannelId, ViewedChannel>,
}

/// A channel of a view.
#[derive(Default)]
pub(super) struct ViewedChannel {
    pub(super) state: ChannelState,
    candidates: HashSet<ArticleKey>,
    pub(super) forecasts: Vec<Forecast>,
}

impl<S: Sender> Service<S> {
    /// Reads the channels of a guild's feeds, and plans them.
    pub(super) async fn view(&self, guild: GuildId) -> Result<View, LedgerError> {
        let own = self.ledger.feeds(FeedsOf::Guild(guild)).await?;
        let ids: HashSet<ChannelId> = own.iter().map(|feed| feed.channel).collect();
        let ids: Vec<ChannelId> = ids.into_iter().collect();
        let feeds = self.ledger.feeds(FeedsOf::Channels(&ids)).await?;
        let now = (self.clock)();
        let rows = self.ledger.open_and_young(&feeds, young_since(now), Some(&ids)).await?;
        let current = self.current.borrow().clone();
        let mut view = View {
            guild,
            now,
            snapshot: self.snapshots.of(&current.collection).await,
            loaded: Loaded::from(&current),
            waits: self.board.waits(),
            channels: HashMap::new(),
        };
        for feed in feeds.into_iter().filter(|feed| !feed.is_removed()) {
            view.channels.entry(feed.channel).or_default().state.enter_feed(feed);
        }
        view.enter(rows);
        self.complete(&mut view).await?;
        Ok(view)
    }

    /// Adds the rows that the plan has to look at, and plans.
    async fn complete(&self, view: &mut View) -> Result<(), LedgerError> {
        let snapshot = Arc::clone(&view.snapshot);
        let all: Vec<Position> = snapshot.collection().positions().collect();
        let mut groups: HashMap<Vec<Position>, Vec<ChannelId>> = HashMap::new();
        for (id, channel) in &view.channels {
            let found = candidates(&snapshot, &channel.state.own_feeds(), &all, view.now);
            groups.entry(found).or_default().push(*id);
            tokio::task::yield_now().await;
        }
        for (positions, channels) in groups {
            let examined = examine(&self.ledger, &snapshot, &positions, &channels).await?;
            for (channel, keys) in examined.candidates {
                view.channels.entry(channel).or_default().candidates.extend(keys);
            }
            examined.rows.into_iter().for_each(|rows| view.enter(rows));
        }
        let keys = snapshot.collection().positions().filter_map(|at| snapshot.key(at));
        let hidden: Vec<ArticleKey> =
            keys.filter(|key| snapshot.presence(*key) == FilePresence::Hidden).collect();
        view.enter(self.ledger.sent_of(&hidden).await?);
        let ids: Vec<ChannelId> = view.channels.keys().copied().collect();
        for id in ids {
            self.plan(view, id).await?;
            tokio::task::yield_now().await;
        }
        Ok(())
    }

    async fn plan(&self, view: &mut View, id: ChannelId) -> Result<(), LedgerError> {
        let Some(channel) = view.channels.get(&id) else { return Ok(()) };
        let mut plan = view.planned(channel, self.sender.discord_now());
        if !plan.wants_counts.is_empty() {
            let counts = self.ledger.counts(&plan.wants_counts).await?;
            view.channels.entry(id).or_default().state.set_sent_counts(&plan.wants_counts, &counts);
            let Some(channel) = view.channels.get(&id) else { return Ok(()) };
            plan = view.planned(channel, self.sender.discord_now());
        }
        view.channels.entry(id).or_default().forecasts = plan.forecasts;
        Ok(())
    }
}

impl View {
    /// The feeds of the guild.
    pub(super) fn feeds(&self) -> impl Iterator<Item = &Feed> {
        let feeds = self.channels.values().flat_map(|channel| channel.state.feeds());
        feeds.filter(|feed| feed.guild == self.guild)
    }

    /// A feed of any guild.
    pub(super) fn feed(&self, id: FeedId) -> Option<&Feed> {
        self.channels.values().find_map(|channel| channel.state.feed(id))
    }

    fn enter(&mut self, rows: Rows) {
        for (channel, row) in rows.deliveries {
            if let Some(channel) = self.channels.get_mut(&channel) {
                channel.state.enter_known(row);
            }
        }
        for (channel, post) in rows.posts {
            if let Some(channel) = self.channels.get_mut(&channel) {
                channel.state.enter_known_post(post);
            }
        }
    }

    fn planned(&self, channel: &ViewedChannel, discord_now: Option<Timestamp>) -> Plan {
        let positions = channel.candidates.iter().filter_map(|key| self.snapshot.position(*key));
        let mut candidates: Vec<Position> = positions.collect();
        candidates.sort_unstable();
        let sent = channel.state.in_state(DeliveryState::Sent);
        let missing = sent.filter(|row| self.snapshot.presence(row.article) == FilePresence::Absent);
        let missing_since = missing.map(|row| (row.article, Timestamp::MIN)).collect();
        let (feeds, blocks) = (channel.state.own_feeds(), Blocks::default());
        plan(&Input {
            snapshot: &self.snapshot,
            loaded: self.loaded,
            do_collections_differ: false,
            now: self.now,
            discord_now,
            feeds: &feeds,
            candidates: &candidates,
            rows: &channel.state,
            blocks: &blocks,
            missing_since: &missing_since,
        })
    }
}
