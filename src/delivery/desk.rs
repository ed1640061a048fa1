//! The door of commands and Discord's events to feeds and deliveries. The [`Desk`] is a handle: it sends each
//! request to the process's [`super::service::Service`] and waits for the answer.

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};

use super::reason::RefusedRequest;
use super::record::{DeliveryDetails, DeliveryId, FollowUp};
use super::send::Place;
use super::wait::Wait;
use crate::article_key::ArticleKey;
use crate::feed::pause::PauseReason;
use crate::feed::{ChannelKind, Feed, FeedId, FeedSettings, Hold, NewFeed};
use crate::ids::{ChannelId, GuildId, RoleId};
use crate::shards::Shard;

/// How many requests may wait for the service. A further caller waits for a place.
const REQUESTS_MAX: usize = 64;

/// The state of a feed, for `/feed list` and `/status`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedReport {
    /// The feed.
    pub feed: Feed,
    /// The number of stories that are due and not posted yet.
    pub due: usize,
    /// What the next story waits for. `None` if nothing delays the story.
    pub wait: Option<Wait>,
    /// The number of sent stories.
    pub sent: usize,
    /// The number of failed stories. The failed stories of a removed feed count for another feed of the
    /// channel.
    pub failed: usize,
    /// The number of stories of unknown outcome. Those of a removed feed count for another feed of the
    /// channel.
    pub unknown: usize,
    /// The number of stories that expired.
    pub expired: usize,
    /// The number of stories that were withdrawn, or whose message was deleted in Discord.
    pub withdrawn: usize,
    /// The number of withdrawals that wait for a moderator's decision.
    pub withheld: usize,
}

/// A message of a feed that is in its channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostReport {
    /// The feed.
    pub feed: FeedId,
    /// The message's place in Discord.
    pub place: Place,
    /// When it was posted.
    pub sent_at: Timestamp,
    /// When it was last corrected.
    pub edited_at: Option<Timestamp>,
    /// The number of stories in the message.
    pub stories: usize,
    /// The number of withdrawn stories.
    pub withdrawn: usize,
    /// The number of withdrawals that wait for a moderator's decision.
    pub withheld: usize,
    /// The number of withdrawals that Discord refused.
    pub refused: usize,
    /// Whether the message has a thread.
    pub discussion: FollowUp,
    /// Whether the message was published to following channels.
    pub crosspost: FollowUp,
}

/// The past or the future of an article in a feed, as `/why` reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Explanation {
    /// A delivery tells state, reason and message.
    Recorded(DeliveryDetails),
    /// The story is in the channel and should be withdrawn. Together with many others, the withdrawal waits
    /// for a moderator's decision.
    Withheld(DeliveryDetails),
    /// The story is in the channel and should be withdrawn. A moderator decided to keep it.
    Kept(DeliveryDetails),
    /// The story will be posted.
    Due {
        /// The number of hotter stories that this feed posts first.
        before: usize,
        /// What the first of them waits for.
        wait: Option<Wait>,
    },
    /// Another feed of the channel accepts the story as well, and will post it.
    DueThrough {
        /// The other feed.
        feed: FeedId,
        /// Whether the other feed posts now. A paused feed keeps the stories that were published before this
        /// feed was created.
        posts: bool,
    },
    /// The story would be due, but the feed is paused.
    Paused,
    /// The story would be due, but the feed has not begun. A feed begins with the first complete load that
    /// has articles.
    NotBegun,
    /// A rule holds the article back.
    Held(Hold),
    /// The id of another article that reports the story.
    ReportedBy(Box<str>),
}

/// Counts for `/status`, over the feeds of a guild.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Feeds.
    pub feeds: usize,
    /// Paused feeds.
    pub paused: usize,
    /// Due stories.
    pub due: usize,
    /// Failed deliveries.
    pub failed: usize,
    /// Deliveries of unknown outcome.
    pub unknown: usize,
}

/// Why a request failed. The texts are for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// The guild has as many feeds as it may have.
    #[error("the guild has {0} feeds, and more are not possible")]
    TooManyFeeds(usize),
    /// The guild has no such feed.
    #[error("the guild has no such feed")]
    NoSuchFeed,
    /// The feed's channel belongs to another guild.
    #[error("the feed's channel belongs to another guild")]
    ForeignChannel,
    /// The guild has no such delivery that waits for a decision.
    #[error("the guild has no such open delivery")]
    NoSuchDelivery,
    /// The database cannot be read or written. The log has the cause.
    #[error("the database is not available")]
    Database,
    /// The bot is stopping.
    #[error("the bot is stopping")]
    Stopping,
    /// A test post was not made.
    #[error("the test was not posted: {0:?}")]
    NoTest(TestFailure),
    /// A delivery was not sent again.
    #[error("the delivery was not sent again: {0:?}")]
    NoResend(ResendFailure),
    /// An article is not posted on request.
    #[error("the article is not posted: {0:?}")]
    NoPost(PostFailure),
}

/// Why a test post was not made, or why the bot does not know whether it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestFailure {
    /// No article has a link.
    NoArticle,
    /// Discord accepted the post and did not tell its id.
    NoPlace,
    /// Discord did not confirm the post.
    Unconfirmed,
    /// Discord asks to wait.
    Limited,
    /// Discord could not take it now.
    NotNow,
    /// Discord refuses for a reason that pauses feeds.
    Paused(PauseReason),
    /// Discord refuses this post.
    Refused(RefusedRequest),
    /// Discord refuses the bot's token.
    WrongToken,
    /// Discord refuses the article's picture.
    Picture,
    /// The test was posted, and somebody deleted it at once.
    Deleted,
}

/// Why a delivery was not sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResendFailure {
    /// The feed is paused.
    FeedPaused(FeedId),
    /// No visible article reports the story.
    NoArticle,
}

/// Why an article is not posted on request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostFailure {
    /// The article is not loaded, or its file hides it.
    NotVisible,
    /// The article has no link that Discord takes.
    NoLink,
    /// The story is in the channel, or on its way.
    Stands,
    /// A post of the story failed, or nobody knows its outcome. A moderator decides about that post first.
    Open,
}

/// The place for an answer.
pub type Answer<T> = oneshot::Sender<Result<T, DeskError>>;

/// A request to the service.
#[derive(Debug)]
pub enum Request {
    /// See [`Desk::list`].
    List(GuildId, Answer<Vec<Feed>>),
    /// See [`Desk::feeds`].
    Feeds(GuildId, Answer<Vec<FeedReport>>),
    /// See [`Desk::add`].
    Add(Box<NewFeed>, Answer<Feed>),
    /// See [`Desk::add_first`].
    AddFirst(Box<NewFeed>, Answer<Option<Feed>>),
    /// See [`Desk::edit`].
    Edit(GuildId, FeedId, Box<FeedSettings>, u8, Answer<Feed>),
    /// See [`Desk::pause`].
    Pause(GuildId, FeedId, Answer<Feed>),
    /// See [`Desk::resume`].
    Resume(GuildId, FeedId, Answer<Feed>),
    /// See [`Desk::is_sending`].
    IsSending(GuildId, FeedId, Answer<bool>),
    /// See [`Desk::remove`].
    Remove(GuildId, FeedId, Answer<Feed>),
    /// See [`Desk::test`].
    Test(GuildId, FeedId, Answer<Place>),
    /// See [`Desk::why`].
    Why(GuildId, ArticleKey, Answer<Vec<(Feed, Explanation)>>),
    /// See [`Desk::open`].
    Open(GuildId, Answer<Vec<DeliveryDetails>>),
    /// See [`Desk::posts`].
    Posts(GuildId, Answer<Vec<PostReport>>),
    /// See [`Desk::post`].
    Post(GuildId, FeedId, ArticleKey, Answer<Feed>),
    /// See [`Desk::resend`].
    Resend(GuildId, DeliveryId, Answer<DeliveryDetails>),
    /// See [`Desk::dismiss`].
    Dismiss(GuildId, DeliveryId, Answer<DeliveryDetails>),
    /// See [`Desk::decide_withdrawals`].
    DecideWithdrawals(GuildId, FeedId, bool, Answer<usize>),
    /// See [`Desk::summary`].
    Summary(GuildId, Answer<Summary>),
    /// See [`Desk::tell`].
    Event(GuildEvent),
}

/// An event of Discord that feeds have to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuildEvent {
    /// A channel of a guild was deleted. The guild's feeds of the channel pause.
    ChannelGone(GuildId, ChannelId),
    /// A thread of a guild was deleted. The guild's feeds of the thread pause. If the thread was a forum post, its stories count as
    /// withdrawn.
    ThreadGone(GuildId, ChannelId),
    /// A thread of a guild changed and is not locked. The guild's feeds of the thread that pause because of it are tried again.
    ThreadOpen(GuildId, ChannelId),
    /// A role of a guild was deleted. The guild's feeds that mention the role pause.
    RoleGone(GuildId, RoleId),
    /// A guild has exactly these roles. The guild's feeds that mention another role pause: that role was deleted while the bot was
    /// not connected.
    RolesAre(GuildId, Vec<RoleId>),
    /// The channels of a guild and their kinds. Moderators may turn a text channel into an announcement channel, and back. A feed
    /// of another guild in one of these channels pauses for good.
    ChannelsAre(GuildId, Vec<(ChannelId, ChannelKind)>),
    /// Permissions in a guild changed. The guild's feeds that pause for a missing permission are tried again.
    PermissionsChanged(GuildId),
    /// The bot is in this guild. Feeds of the guild that stopped when the bot left go on.
    GuildJoined(GuildId),
    /// The bot was removed from this guild. Its feeds are kept for 30 days.
    GuildLeft(GuildId),
    /// Of the guilds of a shard, the bot is in exactly these ones, by Discord's list at the start of the shard's session. The feeds
    /// of these guilds go on as after [`GuildEvent::GuildJoined`]. The other feeds of the shard's guilds stop as after
    /// [`GuildEvent::GuildLeft`].
    GuildsAre(Shard, Vec<GuildId>),
}

/// A handle to the service. Clones ask the same service.
#[derive(Debug, Clone)]
pub struct Desk {
    requests: mpsc::Sender<Request>,
}

impl Desk {
    /// A desk, and the receiver of its requests.
    #[must_use]
    pub fn new() -> (Self, mpsc::Receiver<Request>) {
        let (requests, arriving) = mpsc::channel(REQUESTS_MAX);
        (Self { requests }, arriving)
    }

    /// The feeds of a guild, the oldest first.
    ///
    /// # Errors
    /// [`DeskError::Database`], [`DeskError::Stopping`].
    pub async fn list(&self, guild: GuildId) -> Result<Vec<Feed>, DeskError> {
        self.ask(|answer| Request::List(guild, answer)).await
    }

    /// The states of a guild's feeds: paused feeds first, then the oldest first.
    ///
    /// # Errors
    /// [`DeskError::Database`], [`DeskError::Stopping`].
    pub async fn feeds(&self, guild: GuildId) -> Result<Vec<FeedReport>, DeskError> {
        self.ask(|answer| Request::Feeds(guild, answer)).await
    }

    /// Creates a feed. All due stories become baseline, except the hottest `backfill`.
    ///
    /// # Errors
    /// [`DeskError::TooManyFeeds`], [`DeskError::Database`], [`DeskError::Stopping`].
    pub async fn add(&self, feed: NewFeed) -> Result<Feed, DeskError> {
        self.ask(|answer| Request::Add(Box::new(feed), answer)).await
    }

    /// Creates the feed of `NEWS_CHANNEL_ID`, once for each channel. `None` if the feed was created before,
    /// even if it was removed since.
    ///
    /// # Errors
    /// [`DeskError::TooManyFeeds`], [`DeskError::Database`], [`DeskError::Stopping`].
    pub async fn add_first(&self, feed: NewFeed) -> Result<Option<Feed>, DeskError> {
        self.ask(|answer| Request::AddFirst(Box::new(feed), answer)).await
    }

    /// Changes a feed. All stories that the change newly accepts become baseline, except the hottest
    /// `backfill`.
    ///
    /// # Errors
    /// [`DeskError::NoSuchFeed`], [`DeskError::Database`], [`DeskError::Stopping`].
    pub async fn edit(
        &self,
        guild: GuildId,
        feed: FeedId,
        settings: FeedSettings,
        backfill: u8,
    ) -> Result<Feed, DeskError> {
        self.ask(|answer| Request::Edit(guild, feed, Box::new(settings), backfill, answer)).await
    }

    /// Pauses a feed. Due stories stay due.
    ///
    /// # Errors
    /// As of [`Desk::edit`].
    pub async fn pause(&self, guild: GuildId, feed: FeedId) -> Result<Feed, DeskError> {
        self.ask(|answer| Request::Pause(guild, feed, answer)).await
    }

    /// Whether a post of the feed is under way, or waits for its next attempt.
    ///
    /// # Errors
    /// As of [`Desk::edit`].
    pub async fn is_sending(&self, guild: GuildId, feed: FeedId) -> Result<bool, DeskError> {
        self.ask(|answer| Request::IsSending(guild, feed, answer)).await
    }

    /// Resumes a feed that a moderator or the bot paused.
    ///
    /// # Errors
    /// As of [`Desk::edit`].
    pub async fn resume(&self, guild: GuildId, feed: FeedId) -> Result<Feed, DeskError> {
        self.ask(|answer| Request::Resume(guild, feed, answer)).await
    }

    /// Removes a feed. Its messages stay, and its stories are not posted again.
    ///
    /// # Errors
    /// As of [`Desk::edit`].
    pub async fn remove(&self, guild: GuildId, feed: FeedId) -> Result<Feed, DeskError> {
        self.ask(|answer| Request::Remove(guild, feed, answer)).await
    }

    /// Posts the hottest article that the feed's rules accept, or else the hottest article. The post is
    /// marked as a test and mentions nobody. It has no delivery.
    ///
    /// # Errors
    /// [`DeskError::NoTest`], and as of [`Desk::edit`].
    pub async fn test(&self, guild: GuildId, feed: FeedId) -> Result<Place, DeskError> {
        self.ask(|answer| Request::Test(guild, feed, answer)).await
    }

    /// Explains the past or the future of an article in each feed of the guild.
    ///
    /// # Errors
    /// As of [`Desk::feeds`]. For an article that is not loaded, only feeds with a delivery answer.
    pub async fn why(
        &self,
        guild: GuildId,
        article: ArticleKey,
    ) -> Result<Vec<(Feed, Explanation)>, DeskError> {
        self.ask(|answer| Request::Why(guild, article, answer)).await
    }

    /// The guild's deliveries that wait for a moderator's decision: unknown, then failed, the newest first,
    /// at most 25 of each. Deliveries of a removed feed are listed while another feed posts to the channel.
    ///
    /// # Errors
    /// As of [`Desk::feeds`].
    pub async fn open(&self, guild: GuildId) -> Result<Vec<DeliveryDetails>, DeskError> {
        self.ask(|answer| Request::Open(guild, answer)).await
    }

    /// The newest messages of the guild's feeds that are in their channels, at most 200.
    ///
    /// # Errors
    /// [`DeskError::Stopping`].
    pub async fn posts(&self, guild: GuildId) -> Result<Vec<PostReport>, DeskError> {
        self.ask(|answer| Request::Posts(guild, answer)).await
    }

    /// Asks the worker to post an article in a feed's channel now, whatever rules, quiet hours and pauses say. Returns the feed.
    ///
    /// # Errors
    /// [`DeskError::NoPost`], and as of [`Desk::edit`].
    pub async fn post(&self, guild: GuildId, feed: FeedId, article: ArticleKey) -> Result<Feed, DeskError> {
        self.ask(|answer| Request::Post(guild, feed, article, answer)).await
    }

    /// Posts an unknown or failed story again. If Discord refused a withdrawal, the withdrawal is tried
    /// again.
    ///
    /// # Errors
    /// [`DeskError::NoSuchDelivery`]; [`DeskError::NoResend`] if the feed is paused or no article reports the
    /// story; and as of [`Desk::feeds`].
    pub async fn resend(&self, guild: GuildId, delivery: DeliveryId) -> Result<DeliveryDetails, DeskError> {
        self.ask(|answer| Request::Resend(guild, delivery, answer)).await
    }

    /// Leaves an unknown or failed story as it is, and lists it no longer.
    ///
    /// # Errors
    /// As of [`Desk::resend`].
    pub async fn dismiss(&self, guild: GuildId, delivery: DeliveryId) -> Result<DeliveryDetails, DeskError> {
        self.ask(|answer| Request::Dismiss(guild, delivery, answer)).await
    }

    /// Decides all withdrawals of a feed that wait for a decision: `withdraws` withdraws the messages,
    /// otherwise they stay. Returns the number of stories.
    ///
    /// # Errors
    /// As of [`Desk::edit`].
    pub async fn decide_withdrawals(
        &self,
        guild: GuildId,
        feed: FeedId,
        withdraws: bool,
    ) -> Result<usize, DeskError> {
        self.ask(|answer| Request::DecideWithdrawals(guild, feed, withdraws, answer)).await
    }

    /// Counts over the feeds of a guild.
    ///
    /// # Errors
    /// As of [`Desk::feeds`].
    pub async fn summary(&self, guild: GuildId) -> Result<Summary, DeskError> {
        self.ask(|answer| Request::Summary(guild, answer)).await
    }

    /// Tells the feeds of an event. Returns when the event waits for its turn.
    pub async fn tell(&self, event: GuildEvent) {
        // A service that is stopping learns of the event at its next start, when Discord refuses a request.
        let _is_stopping = self.requests.send(Request::Event(event)).await;
    }

    async fn ask<T>(&self, request: impl FnOnce(Answer<T>) -> Request) -> Result<T, DeskError> {
        let (answer, answered) = oneshot::channel();
        self.requests.send(request(answer)).await.map_err(|_| DeskError::Stopping)?;
        answered.await.map_err(|_| DeskError::Stopping)?
    }
}
