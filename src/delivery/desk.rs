//! Where moderators' commands ask for feeds and deliveries. The [`Desk`] is a handle: it sends each request to the poster,
//! which alone changes feeds and rows, and waits for its answer.

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};

use super::reason::RefusedRequest;
use super::record::{Aftermath, DeliveryDetails, DeliveryId};
use super::send::Place;
use super::wait::Wait;
use crate::feed::pause::PauseReason;
use crate::feed::{ChannelKind, Feed, FeedId, FeedSettings, Hold, NewFeed};
use crate::ids::{ChannelId, GuildId, RoleId};

/// How many requests may wait for the poster; whoever comes then waits for a place.
const REQUESTS_MAX: usize = 64;

/// A feed and how it does, for `/feed list` and `/status`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedReport {
    /// The feed.
    pub feed: Feed,
    /// How many stories are due and not posted yet.
    pub due: usize,
    /// Until when the next of them waits, and why; `None` if nothing holds it up.
    pub wait: Option<Wait>,
    /// How many stories stand in the channel.
    pub sent: usize,
    /// How many Discord would not have; those of a removed feed of the channel count for one of its others.
    pub failed: usize,
    /// How many of which nobody knows, as well.
    pub unknown: usize,
    /// How many outgrew the age limit while they waited.
    pub expired: usize,
    /// How many were taken back, or deleted in Discord.
    pub withdrawn: usize,
    /// How many withdrawals wait for a moderator's word.
    pub withheld: usize,
}

/// A message of a feed that stands in its channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostReport {
    /// The feed.
    pub feed: FeedId,
    /// Where it stands.
    pub place: Place,
    /// When it was posted.
    pub sent_at: Timestamp,
    /// When it was last corrected.
    pub edited_at: Option<Timestamp>,
    /// How many stories stand in it.
    pub stories: usize,
    /// How many were taken out of it.
    pub withdrawn: usize,
    /// How many are to be taken back when a moderator says so.
    pub withheld: usize,
    /// How many should be taken back, and Discord refused.
    pub refused: usize,
    /// Whether it has a thread.
    pub discussion: Aftermath,
    /// Whether it was published to following channels.
    pub crosspost: Aftermath,
}

/// What `/why` says of one article and one feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The feed.
    pub feed: Feed,
    /// What became of the story there, or will.
    pub fate: Fate,
}

/// What became of a story in a feed, or will.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// A row says so: its state, reason and message.
    Recorded(DeliveryDetails),
    /// It stands there and should be taken back, with so many others that a moderator is asked.
    Withheld(DeliveryDetails),
    /// It stands there and should be taken back, and a moderator had it kept.
    Kept(DeliveryDetails),
    /// It will be posted: so many of this feed come before it, and this is waited for.
    Due {
        /// How many are hotter.
        before: usize,
        /// What holds up the first of them.
        wait: Option<Wait>,
    },
    /// Another feed of the channel takes it too, and has it to post.
    DueThrough {
        /// Which.
        feed: FeedId,
        /// Whether that one posts now; otherwise it keeps what came out before this feed was made.
        posts: bool,
    },
    /// It would be due, but the feed is paused.
    Paused,
    /// It would be due, but the feed has not begun: a complete load that has articles is awaited.
    NotBegun,
    /// A rule holds it back.
    Held(Hold),
    /// Another article tells the story there; its id.
    ToldBy(Box<str>),
}

/// Counts over all servers, or one, for `/status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Feeds.
    pub feeds: usize,
    /// Of them: paused.
    pub paused: usize,
    /// Stories that are due.
    pub due: usize,
    /// Rows that failed.
    pub failed: usize,
    /// Rows of which nobody knows.
    pub unknown: usize,
}

/// Why a request was not done. The texts are for logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// The server has as many feeds as it may.
    #[error("the guild has {0} feeds, and more are not possible")]
    TooManyFeeds(usize),
    /// There is no such feed in this server.
    #[error("the guild has no such feed")]
    NoSuchFeed,
    /// The feed's channel belongs to another server.
    #[error("the feed's channel belongs to another guild")]
    ForeignChannel,
    /// There is no such delivery in this server, or it is settled already.
    #[error("the guild has no such open delivery")]
    NoSuchDelivery,
    /// The database cannot be written or read; the log has the cause.
    #[error("the database is not available")]
    Database,
    /// The bot is stopping.
    #[error("the bot is stopping")]
    Stopping,
    /// A test post was not made.
    #[error("the test was not posted: {0:?}")]
    NoTest(TestFailure),
    /// A delivery is not sent again.
    #[error("the delivery was not sent again: {0:?}")]
    NoResend(ResendFailure),
}

/// Why a test post was not made, or the bot does not know whether it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestFailure {
    /// No article has a link.
    NoArticle,
    /// Discord took the post and did not say where it is.
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

/// Why a delivery is not sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResendFailure {
    /// The feed is paused.
    FeedPaused(FeedId),
    /// No visible article tells the story.
    NoArticle,
}

/// Where an answer goes.
pub type Answer<T> = oneshot::Sender<Result<T, DeskError>>;

/// What can be asked of the poster.
#[derive(Debug)]
pub enum Request {
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
    /// See [`Desk::remove`].
    Remove(GuildId, FeedId, Answer<Feed>),
    /// See [`Desk::test`].
    Test(GuildId, FeedId, Answer<Place>),
    /// See [`Desk::why`].
    Why(GuildId, u64, Answer<Vec<Verdict>>),
    /// See [`Desk::open`].
    Open(GuildId, Answer<Vec<DeliveryDetails>>),
    /// See [`Desk::posts`].
    Posts(GuildId, Answer<Vec<PostReport>>),
    /// See [`Desk::resend`].
    Resend(GuildId, DeliveryId, Answer<DeliveryDetails>),
    /// See [`Desk::dismiss`].
    Dismiss(GuildId, DeliveryId, Answer<DeliveryDetails>),
    /// See [`Desk::decide_withdrawals`].
    DecideWithdrawals(GuildId, FeedId, bool, Answer<usize>),
    /// See [`Desk::summary`].
    Summary(Option<GuildId>, Answer<Summary>),
    /// See [`Desk::channel_is_gone`].
    ChannelGone(GuildId, ChannelId),
    /// See [`Desk::thread_is_gone`].
    ThreadGone(GuildId, ChannelId),
    /// See [`Desk::role_is_gone`].
    RoleGone(GuildId, RoleId),
    /// See [`Desk::roles_are`].
    RolesAre(GuildId, Vec<RoleId>),
    /// See [`Desk::channels_are`].
    ChannelsAre(GuildId, Vec<(ChannelId, ChannelKind)>),
    /// See [`Desk::rights_changed`].
    RightsChanged(GuildId),
    /// See [`Desk::server_joined`].
    ServerJoined(GuildId),
    /// See [`Desk::server_left`].
    ServerLeft(GuildId),
    /// See [`Desk::servers_are`].
    ServersAre(Vec<GuildId>),
}

/// A way to ask the poster. Clones ask the same one.
#[derive(Debug, Clone)]
pub struct Desk {
    requests: mpsc::Sender<Request>,
}

impl Desk {
    /// A desk and where its requests arrive.
    #[must_use]
    pub fn new() -> (Self, mpsc::Receiver<Request>) {
        let (requests, arriving) = mpsc::channel(REQUESTS_MAX);
        (Self { requests }, arriving)
    }

    /// The feeds of a server, paused ones first, then as they were made.
    ///
    /// # Errors
    /// [`DeskError::Database`], [`DeskError::Stopping`].
    pub async fn feeds(&self, server: GuildId) -> Result<Vec<FeedReport>, DeskError> {
        self.ask(|answer| Request::Feeds(server, answer)).await
    }

    /// Makes a feed. What is due now becomes baseline, but for the hottest `backfill`.
    ///
    /// # Errors
    /// [`DeskError::TooManyFeeds`], [`DeskError::Database`], [`DeskError::Stopping`].
    pub async fn add(&self, feed: NewFeed) -> Result<Feed, DeskError> {
        self.ask(|answer| Request::Add(Box::new(feed), answer)).await
    }

    /// Makes the feed of `NEWS_CHANNEL_ID`, once for each channel: `None` if it was made before, also if it was removed since.
    ///
    /// # Errors
    /// [`DeskError::TooManyFeeds`], [`DeskError::Database`], [`DeskError::Stopping`].
    pub async fn add_first(&self, feed: NewFeed) -> Result<Option<Feed>, DeskError> {
        self.ask(|answer| Request::AddFirst(Box::new(feed), answer)).await
    }

    /// Changes a feed. What the change newly lets in becomes baseline, but for the hottest `backfill`.
    ///
    /// # Errors
    /// [`DeskError::NoSuchFeed`], [`DeskError::Database`], [`DeskError::Stopping`].
    pub async fn edit(
        &self,
        server: GuildId,
        feed: FeedId,
        settings: FeedSettings,
        backfill: u8,
    ) -> Result<Feed, DeskError> {
        self.ask(|answer| Request::Edit(server, feed, Box::new(settings), backfill, answer)).await
    }

    /// Pauses a feed: what is due stays due.
    ///
    /// # Errors
    /// As of [`Desk::edit`].
    pub async fn pause(&self, server: GuildId, feed: FeedId) -> Result<Feed, DeskError> {
        self.ask(|answer| Request::Pause(server, feed, answer)).await
    }

    /// Lets a paused feed post again, whoever paused it.
    ///
    /// # Errors
    /// As of [`Desk::edit`].
    pub async fn resume(&self, server: GuildId, feed: FeedId) -> Result<Feed, DeskError> {
        self.ask(|answer| Request::Resume(server, feed, answer)).await
    }

    /// Removes a feed. Its messages stay, and what was posted is not posted again.
    ///
    /// # Errors
    /// As of [`Desk::edit`].
    pub async fn remove(&self, server: GuildId, feed: FeedId) -> Result<Feed, DeskError> {
        self.ask(|answer| Request::Remove(server, feed, answer)).await
    }

    /// Posts the hottest article that the feed's rules let through, else the hottest of all, marked as a test, with no mention.
    /// It has no row.
    ///
    /// # Errors
    /// [`DeskError::NoTest`], and as of [`Desk::edit`].
    pub async fn test(&self, server: GuildId, feed: FeedId) -> Result<Place, DeskError> {
        self.ask(|answer| Request::Test(server, feed, answer)).await
    }

    /// What became of the article with this [`article_format::ArticleId::hash64`] in each feed of the server.
    ///
    /// # Errors
    /// As of [`Desk::feeds`]. An article that is not loaded gives what the ledger knows of it.
    pub async fn why(&self, server: GuildId, article: u64) -> Result<Vec<Verdict>, DeskError> {
        self.ask(|answer| Request::Why(server, article, answer)).await
    }

    /// The server's rows that want a moderator's eye: unknown, then failed, newest first; at most 25 of each. Those of a removed
    /// feed are shown as long as another one posts to its channel.
    ///
    /// # Errors
    /// As of [`Desk::feeds`].
    pub async fn open(&self, server: GuildId) -> Result<Vec<DeliveryDetails>, DeskError> {
        self.ask(|answer| Request::Open(server, answer)).await
    }

    /// The newest messages of the server's feeds that stand in their channels, at most 200.
    ///
    /// # Errors
    /// [`DeskError::Stopping`].
    pub async fn posts(&self, server: GuildId) -> Result<Vec<PostReport>, DeskError> {
        self.ask(|answer| Request::Posts(server, answer)).await
    }

    /// Has an unknown or failed story posted after all; of one that Discord would not have taken back, has that tried again.
    ///
    /// # Errors
    /// [`DeskError::NoSuchDelivery`], [`DeskError::NoResend`] where its feed is paused or no article tells the story now, and as of
    /// [`Desk::feeds`].
    pub async fn resend(&self, server: GuildId, delivery: DeliveryId) -> Result<DeliveryDetails, DeskError> {
        self.ask(|answer| Request::Resend(server, delivery, answer)).await
    }

    /// Has an unknown or failed story left as it is, and shown no more.
    ///
    /// # Errors
    /// As of [`Desk::resend`].
    pub async fn dismiss(&self, server: GuildId, delivery: DeliveryId) -> Result<DeliveryDetails, DeskError> {
        self.ask(|answer| Request::Dismiss(server, delivery, answer)).await
    }

    /// Has all withdrawals that wait for a word done, or all of their messages kept; says how many.
    ///
    /// # Errors
    /// As of [`Desk::edit`].
    pub async fn decide_withdrawals(
        &self,
        server: GuildId,
        feed: FeedId,
        withdraws: bool,
    ) -> Result<usize, DeskError> {
        self.ask(|answer| Request::DecideWithdrawals(server, feed, withdraws, answer)).await
    }

    /// Counts, over all servers for `None`.
    ///
    /// # Errors
    /// As of [`Desk::feeds`].
    pub async fn summary(&self, server: Option<GuildId>) -> Result<Summary, DeskError> {
        self.ask(|answer| Request::Summary(server, answer)).await
    }

    /// Discord says that a channel of a server was deleted: the feeds of that server in it pause.
    pub async fn channel_is_gone(&self, server: GuildId, channel: ChannelId) {
        self.tell(Request::ChannelGone(server, channel)).await;
    }

    /// Discord says that a thread of a server was deleted: the forum post that was one stays deleted.
    pub async fn thread_is_gone(&self, server: GuildId, thread: ChannelId) {
        self.tell(Request::ThreadGone(server, thread)).await;
    }

    /// Discord says that a role of a server was deleted: the feeds of that server that mention it pause.
    pub async fn role_is_gone(&self, server: GuildId, role: RoleId) {
        self.tell(Request::RoleGone(server, role)).await;
    }

    /// Discord says that a server has these roles and no others: feeds that mention one which was deleted while nobody told of
    /// it pause.
    pub async fn roles_are(&self, server: GuildId, roles: Vec<RoleId>) {
        self.tell(Request::RolesAre(server, roles)).await;
    }

    /// Discord says of which kind these channels of a server are now: moderators may turn text into announcements, and back. A
    /// feed of another server in one of them pauses for good.
    pub async fn channels_are(&self, server: GuildId, kinds: Vec<(ChannelId, ChannelKind)>) {
        self.tell(Request::ChannelsAre(server, kinds)).await;
    }

    /// Discord says that a channel's or role's rights changed: feeds of the server that pause for a missing permission are
    /// tried again.
    pub async fn rights_changed(&self, server: GuildId) {
        self.tell(Request::RightsChanged(server)).await;
    }

    /// The bot is in this server: feeds that it left behind go on.
    pub async fn server_joined(&self, server: GuildId) {
        self.tell(Request::ServerJoined(server)).await;
    }

    /// The bot was removed from this server: its feeds are kept for 30 days.
    pub async fn server_left(&self, server: GuildId) {
        self.tell(Request::ServerLeft(server)).await;
    }

    /// The bot is in these servers and in no others, as far as Discord's list at the start of a session says: feeds of these
    /// go on as after [`Desk::server_joined`], feeds of all others are as after [`Desk::server_left`].
    pub async fn servers_are(&self, servers: Vec<GuildId>) {
        self.tell(Request::ServersAre(servers)).await;
    }

    async fn ask<T>(&self, request: impl FnOnce(Answer<T>) -> Request) -> Result<T, DeskError> {
        let (answer, answered) = oneshot::channel();
        self.requests.send(request(answer)).await.map_err(|_| DeskError::Stopping)?;
        answered.await.map_err(|_| DeskError::Stopping)?
    }

    async fn tell(&self, request: Request) {
        // A poster that is stopping learns of it at its next start, by Discord's refusal.
        let _is_stopping = self.requests.send(request).await;
    }
}
