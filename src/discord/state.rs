//! The state that all handlers share.

use std::fmt;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use crate::collection::Collection;
use crate::collection::incremental::Clock;
use crate::delivery::desk::Desk;
use crate::delivery::ledger::{GuildStore, LedgerError};
use crate::discord::budget::Budget;
use crate::discord::budgets::Budgets;
use crate::discord::channel_list::ChannelList;
use crate::discord::gateway::Gateway;
use crate::discord::guild_languages::GuildLanguages;
use crate::discord::operator_guilds::OperatorGuilds;
use crate::discord::registered::Registered;
use crate::feed::FeedDefaults;
use crate::ids::GuildId;
use crate::processes::Processes;
use crate::query::Sort;
use crate::reload::Reloads;
use crate::search::Search;
use crate::shards::Shards;
use crate::sources::SourceBoard;

/// One `/reload`, and the next one after 10 seconds.
const RELOADS_OF_GUILD: Budget = Budget { at_once: 1, one_each: SignedDuration::from_secs(10) };

/// The state that all handlers share. A reload swaps the collection, and a running handler keeps its old collection.
pub struct State {
    reloads: Reloads,
    clock: Clock,
    started_at: Timestamp,
    reload_budgets: Budgets<GuildId>,
    desk: Option<Desk>,
    feed_defaults: FeedDefaults,
    news_sort: Sort,
    search: Arc<Search>,
    sources: Arc<SourceBoard>,
    shards: Shards,
    processes: Option<Processes>,
    operator_guilds: OperatorGuilds,
    registered: Registered,
    channel_list: ChannelList,
    guild_languages: GuildLanguages,
    guilds: Option<GuildStore>,
    connected: CancellationToken,
    gateway: Gateway,
}

impl State {
    /// A state with a fixed collection, without a folder.
    #[must_use]
    pub fn new(collection: Collection, clock: Clock) -> Self {
        Self::following(Reloads::detached(Arc::new(collection)), clock)
    }

    /// A state with the collection of the latest load.
    #[must_use]
    pub fn following(reloads: Reloads, clock: Clock) -> Self {
        Self {
            reloads,
            started_at: clock(),
            clock,
            reload_budgets: Budgets::new(RELOADS_OF_GUILD),
            desk: None,
            feed_defaults: FeedDefaults::default(),
            news_sort: Sort::default(),
            search: Arc::default(),
            sources: Arc::default(),
            shards: Shards::default(),
            processes: None,
            operator_guilds: OperatorGuilds::default(),
            registered: Registered::default(),
            channel_list: ChannelList::default(),
            guild_languages: GuildLanguages::default(),
            guilds: None,
            connected: CancellationToken::new(),
            gateway: Gateway::default(),
        }
    }

    /// The same state with feeds. `defaults` are the settings of a new feed.
    #[must_use]
    pub fn with_feeds(mut self, desk: Desk, defaults: FeedDefaults) -> Self {
        self.desk = Some(desk);
        self.feed_defaults = defaults;
        self
    }

    /// The same state with another default order of `/news`.
    #[must_use]
    pub(crate) fn with_news_sort(mut self, sort: Sort) -> Self {
        self.news_sort = sort;
        self
    }

    /// The default order of `/news`.
    #[must_use]
    pub(crate) fn news_sort(&self) -> Sort {
        self.news_sort
    }

    /// The same with a search index, which follows the same loads.
    #[must_use]
    pub fn with_search(mut self, search: Arc<Search>) -> Self {
        self.search = search;
        self
    }

    /// The search index.
    #[must_use]
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// The same state with sources.
    #[must_use]
    pub(crate) fn with_sources(mut self, sources: Arc<SourceBoard>) -> Self {
        self.sources = sources;
        self
    }

    /// The states of the sources.
    pub(crate) fn sources(&self) -> &SourceBoard {
        &self.sources
    }

    /// The same state of a process with these shards.
    #[must_use]
    pub(crate) fn with_shards(mut self, shards: Shards) -> Self {
        self.shards = shards;
        self
    }

    /// The same state of a process that shares its database with others.
    #[must_use]
    pub(crate) fn with_processes(mut self, processes: Option<Processes>) -> Self {
        self.processes = processes;
        self
    }

    /// The processes that share the database. `None` if this process has the database for itself.
    pub(super) fn processes(&self) -> Option<&Processes> {
        self.processes.as_ref()
    }

    /// Whether this process answers a guild. Other processes may answer others.
    pub(super) fn answers(&self, guild: GuildId) -> bool {
        self.shards.have(guild)
    }

    /// The same state, where only these guilds are the operator's.
    #[must_use]
    pub fn with_operator_guilds(mut self, guilds: OperatorGuilds) -> Self {
        self.operator_guilds = guilds;
        self
    }

    /// The guilds of the operator.
    #[must_use]
    pub(crate) fn operator_guilds(&self) -> &OperatorGuilds {
        &self.operator_guilds
    }

    /// The current collection.
    #[must_use]
    pub fn collection(&self) -> Arc<Collection> {
        self.reloads.collection()
    }

    /// Replaces the collection, as a reload does.
    #[cfg(test)]
    pub(crate) fn replace(&self, collection: Collection) {
        self.reloads.replace(Arc::new(collection));
    }

    /// Whether the bot waits for articles: there are none, or the last load could not read all of them.
    #[must_use]
    pub fn awaits_articles(&self) -> bool {
        let is_complete = self.reloads.last().is_some_and(|report| report.is_complete);
        !is_complete || self.collection().articles().is_empty()
    }

    /// Requests loads, and has the report of the last load.
    #[must_use]
    pub fn reloads(&self) -> &Reloads {
        &self.reloads
    }

    /// How often a guild may use `/reload`.
    #[must_use]
    pub(super) fn reload_budgets(&self) -> &Budgets<GuildId> {
        &self.reload_budgets
    }

    /// The desk of the feeds. `None` for a bot without a database.
    #[must_use]
    pub fn desk(&self) -> Option<&Desk> {
        self.desk.as_ref()
    }

    /// The settings of a new feed, where the moderator gives none.
    #[must_use]
    pub fn feed_defaults(&self) -> FeedDefaults {
        self.feed_defaults
    }

    /// The channels of all guilds.
    #[must_use]
    pub(super) fn channel_list(&self) -> &ChannelList {
        &self.channel_list
    }

    /// The languages of all guilds.
    #[must_use]
    pub(crate) fn guild_languages(&self) -> &GuildLanguages {
        &self.guild_languages
    }

    /// The same state with the choices of guilds. Reads the languages that they chose.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn with_guilds(mut self, guilds: GuildStore) -> Result<Self, LedgerError> {
        self.guild_languages.choose_all(guilds.languages().await?);
        self.guilds = Some(guilds);
        Ok(self)
    }

    /// The choices of guilds. `None` for a bot without a database.
    #[must_use]
    pub(super) fn guilds(&self) -> Option<&GuildStore> {
        self.guilds.as_ref()
    }

    /// The ids of the registered commands.
    #[must_use]
    pub(super) fn registered(&self) -> &Registered {
        &self.registered
    }

    /// Cancelled when the first session with Discord begins.
    #[must_use]
    pub fn connected(&self) -> &CancellationToken {
        &self.connected
    }

    /// The sessions with Discord's gateway.
    #[must_use]
    pub(crate) fn gateway(&self) -> &Gateway {
        &self.gateway
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
