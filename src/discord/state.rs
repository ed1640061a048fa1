//! What handlers answer from.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use crate::collection::Collection;
use crate::collection::incremental::Clock;
use crate::delivery::desk::Desk;
use crate::discord::channel_list::ChannelList;
use crate::discord::cooldown::Cooldown;
use crate::discord::guild_languages::GuildLanguages;
use crate::discord::registered::Registered;
use crate::feed::FeedDefaults;
use crate::query::Sort;
use crate::reload::Reloads;
use crate::sources::SourceBoard;

/// Shared by all handlers. A reload swaps the collection; a handler keeps the one it began with.
pub struct State {
    reloads: Reloads,
    clock: Clock,
    started_at: Timestamp,
    reload_cooldown: Cooldown,
    desk: Option<Desk>,
    feed_defaults: FeedDefaults,
    news_sort: Sort,
    sources: Arc<SourceBoard>,
    registered: Registered,
    channel_list: ChannelList,
    guild_languages: GuildLanguages,
    connected: CancellationToken,
}

impl State {
    /// Answers from this collection, which no folder stands behind.
    #[must_use]
    pub fn new(collection: Collection, clock: Clock) -> Self {
        Self::following(Reloads::detached(Arc::new(collection)), clock)
    }

    /// Answers from the collection that these loads leave.
    #[must_use]
    pub fn following(reloads: Reloads, clock: Clock) -> Self {
        Self {
            reloads,
            started_at: clock(),
            clock,
            reload_cooldown: Cooldown::default(),
            desk: None,
            feed_defaults: FeedDefaults::default(),
            news_sort: Sort::default(),
            sources: Arc::default(),
            registered: Registered::default(),
            channel_list: ChannelList::default(),
            guild_languages: GuildLanguages::default(),
            connected: CancellationToken::new(),
        }
    }

    /// The same with feeds, which are asked for at this desk and made with these defaults.
    #[must_use]
    pub fn with_feeds(mut self, desk: Desk, defaults: FeedDefaults) -> Self {
        self.desk = Some(desk);
        self.feed_defaults = defaults;
        self
    }

    /// The same with another order of `/news` where the member chooses none.
    #[must_use]
    pub(crate) fn with_news_sort(mut self, sort: Sort) -> Self {
        self.news_sort = sort;
        self
    }

    /// The order of `/news` where the member chooses none.
    #[must_use]
    pub(crate) fn news_sort(&self) -> Sort {
        self.news_sort
    }

    /// The same with sources, whose state this board shows.
    #[must_use]
    pub(crate) fn with_sources(mut self, sources: Arc<SourceBoard>) -> Self {
        self.sources = sources;
        self
    }

    /// How the sources are.
    pub(crate) fn sources(&self) -> &SourceBoard {
        &self.sources
    }

    /// The collection as it is now.
    #[must_use]
    pub fn collection(&self) -> Arc<Collection> {
        self.reloads.collection()
    }

    /// From now on answers come from this collection: what a reload does, without a folder.
    #[cfg(test)]
    pub(crate) fn replace(&self, collection: Collection) {
        self.reloads.replace(Arc::new(collection));
    }

    /// Whether articles are still to come: none are there, or not all of them could be read.
    #[must_use]
    pub fn awaits_articles(&self) -> bool {
        let is_complete = self.reloads.last().is_some_and(|report| report.is_complete);
        !is_complete || self.collection().articles().is_empty()
    }

    /// Whom to ask for a load, and what came of the last.
    #[must_use]
    pub fn reloads(&self) -> &Reloads {
        &self.reloads
    }

    /// How often a guild may have the folder read.
    #[must_use]
    pub fn reload_cooldown(&self) -> &Cooldown {
        &self.reload_cooldown
    }

    /// Whom to ask for feeds; `None` for a bot without a ledger.
    #[must_use]
    pub fn desk(&self) -> Option<&Desk> {
        self.desk.as_ref()
    }

    /// What feeds are made with where moderators say nothing.
    #[must_use]
    pub fn feed_defaults(&self) -> FeedDefaults {
        self.feed_defaults
    }

    /// The guilds' channels, as far as the gateway told.
    #[must_use]
    pub fn channel_list(&self) -> &ChannelList {
        &self.channel_list
    }

    /// The languages of the guilds, as far as the gateway told.
    #[must_use]
    pub fn guild_languages(&self) -> &GuildLanguages {
        &self.guild_languages
    }

    /// Which ids Discord gave the commands, as far as it told.
    #[must_use]
    pub fn registered(&self) -> &Registered {
        &self.registered
    }

    /// Cancelled when the first session with Discord has begun.
    #[must_use]
    pub fn connected(&self) -> &CancellationToken {
        &self.connected
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// When the bot was started.
    #[must_use]
    pub fn started_at(&self) -> Timestamp {
        self.started_at
    }
}

impl fmt::Debug for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("State").field("articles", &self.collection().articles().len()).finish()
    }
}
