//! The requests to Discord and their outcomes, as plain data. The Discord client implements [`Sender`].

use std::fmt;
use std::future::Future;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::reason::SearchFailure;
use super::record::{AttemptTime, Post, PostKey, PostShape};
use crate::article_key::ArticleKey;
use crate::card::{Card, Fingerprint};
use crate::ids::{ChannelId, GuildId, MessageId, RoleId};
use crate::messages::Language;

/// The place of a feed's message. A thread is a channel too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The id of the channel or thread.
    pub channel: ChannelId,
    /// The message's id.
    pub message: MessageId,
}

/// The place of a post; `None` for a post without a message. The first message of a forum post has the id of its thread.
pub(super) fn place(channel: ChannelId, post: &Post) -> Option<Place> {
    let message = post.message?;
    let channel = post.thread.filter(|_| post.shape == PostShape::ForumPost).unwrap_or(channel);
    Some(Place { channel, message })
}

/// A feed's message, before it becomes a request. It mentions nobody except `mention`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedMessage {
    /// The `custom_id` of a button carries the key, so that a search finds the message.
    pub key: PostKey,
    /// The language of the guild.
    pub language: Language,
    /// Escaped Markdown above the cards. It may be empty.
    pub content: String,
    /// One card, or the cards of a digest.
    pub cards: Vec<Card>,
    /// The article and the title of each story, in the order of the cards. No title is empty.
    pub stories: Vec<(ArticleKey, String)>,
    /// The role to mention. An edit displays the mention and notifies nobody.
    pub mention: Option<RoleId>,
    /// The content of the articles.
    pub fingerprint: Fingerprint,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// `POST /channels/{channel}/messages`, with `nonce` and `enforce_nonce`.
    Post {
        /// The feed's guild. The sender posts in no channel of another guild.
        guild: GuildId,
        /// The channel.
        channel: ChannelId,
        /// The message.
        message: FeedMessage,
        /// At most 25 characters.
        nonce: String,
    },
    /// `POST /channels/{channel}/threads` in a forum. Discord takes no nonce here.
    ForumPost {
        /// As of [`Action::Post`].
        guild: GuildId,
        /// The forum.
        channel: ChannelId,
        /// The thread's name. The sender cuts it to Discord's 100 characters.
        name: String,
        /// Names of topics. The sender applies the forum's tags with the same names, at most five.
        topics: Vec<String>,
        /// The first message.
        message: FeedMessage,
    },
    /// `PATCH` of a message.
    Edit {
        /// The message's place.
        place: Place,
        /// The new content.
        message: FeedMessage,
    },
    /// `DELETE` of a message.
    Delete {
        /// The message's place.
        place: Place,
    },
    /// `DELETE /channels/{thread}`: deletes a forum post with all its messages.
    DeleteThread {
        /// The thread's id.
        thread: ChannelId,
    },
    /// `POST /channels/{channel}/messages/{message}/threads`.
    OpenThread {
        /// The message's place.
        place: Place,
        /// The thread's name. The sender cuts it.
        name: String,
    },
    /// `POST /channels/{channel}/messages/{message}/crosspost`.
    Crosspost {
        /// The message's place.
        place: Place,
    },
}

/// The message that a request has displayed.
pub(super) fn message_of(action: &mut Action) -> Option<&mut FeedMessage> {
    match action {
        Action::Post { message, .. } | Action::ForumPost { message, .. } | Action::Edit { message, .. } => {
            Some(message)
        }
        _ => None,
    }
}

/// Whether a card of the request has a picture.
pub(super) fn has_pictures(action: &Action) -> bool {
    let (Action::Post { message, .. } | Action::ForumPost { message, .. } | Action::Edit { message, .. }) =
        action
    else {
        return false;
    };
    message.cards.iter().any(|card| {
        card.picture.is_some() || card.author.as_ref().is_some_and(|author| author.icon_url.is_some())
    })
}

/// The outcome of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Discord did the request.
    Done(Made),
    /// Discord refused the request, or cannot tell its effect (5xx).
    Refused(Refusal),
    /// The channel is in another guild than the feed. Nothing was sent.
    ForeignChannel,
    /// The bot received no readable answer.
    Lost {
        /// Whether the request may have reached Discord. `false` if there was no connection.
        may_have_arrived: bool,
        /// The cause in English, for the log only. It never contains an address with a token.
        cause: String,
    },
}

/// The results of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Made {
    /// The message, for a post or forum post.
    pub message: Option<MessageId>,
    /// The thread, for a forum post or an opened thread.
    pub thread: Option<ChannelId>,
}

/// A refusal by Discord, or by the bot's own checks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Discord's JSON code; 0 where it gave none.
    pub code: u32,
    /// How long to wait: the longer of header and body, which may differ.
    pub retry_after: Option<Duration>,
    /// Whether a 429 holds for all routes.
    pub is_global: bool,
    /// For code 50035: the paths of the faulty fields, as `embeds.0.image.url`.
    pub faulty_fields: Vec<String>,
    /// Discord's own words, cut and not escaped. Empty if Discord gave none.
    pub said: String,
    /// For code 50013: the bits of the missing permissions (Discord's docs, "Permissions"); 0 if they are not
    /// known.
    pub lacks: u64,
    /// Who refused.
    pub origin: RefusalOrigin,
}

/// Who refused a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RefusalOrigin {
    /// Discord.
    #[default]
    Discord,
    /// The bot: the request would have to wait too long for its turn under Discord's limits.
    OwnPacer,
    /// The bot: without Embed Links Discord would post the message without its cards.
    OwnPermissionCheck,
}

/// For the log, with Discord's words unchanged.
impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, code, said, .. } = self;
        write!(formatter, "status {status}, code {code}")?;
        if said.is_empty() { Ok(()) } else { write!(formatter, ": {said}") }
    }
}

impl Refusal {
    /// Whether a tag of a forum is the cause: the tag does not exist any more, or the bot may not set it.
    #[must_use]
    pub fn is_about_tags(&self) -> bool {
        self.code == 40_066
            || self.code == 40_067
            || self.code == 10_087
            || self.faulty_fields.iter().any(|field| field.starts_with("applied_tags"))
    }
}

/// The result of a search for a post in a channel's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The message exists.
    There {
        /// The message's id.
        message: MessageId,
        /// The thread's id, for a forum post.
        thread: Option<ChannelId>,
    },
    /// The history is readable, and the message is not in it.
    Absent,
    /// The history cannot be read: a permission is missing, or there are too many messages.
    Unreadable(SearchFailure),
    /// The search failed and is tried again.
    Trouble(Outcome),
}

/// The parameters of [`Sender::find`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The guild, for its roles: the bot's permissions are computed from them.
    pub guild: GuildId,
    /// The feed's channel.
    pub channel: ChannelId,
    /// Whether the channel is a forum.
    pub is_forum: bool,
    /// The key to search for.
    pub key: PostKey,
    /// When the first attempt began that may have made the post.
    pub since: AttemptTime,
    /// The threads of other posts. The search need not read them.
    pub known_threads: Vec<ChannelId>,
}

/// Whether a clock that is ahead of Discord's by this time is wrong, and not only read a moment earlier or later.
#[must_use]
pub fn is_off(ahead: SignedDuration) -> bool {
    ahead.abs() > SignedDuration::from_secs(10)
}

/// Makes requests for the worker. Each request is bounded in time.
pub trait Sender: Send + Sync + 'static {
    /// Makes one request, without a retry.
    fn send(&self, action: &Action) -> impl Future<Output = Outcome> + Send;

    /// Searches the channel's history for a post, by author and key.
    fn find(&self, search: &Search) -> impl Future<Output = Found> + Send;

    /// Discord's time, by the dates of its answers; `None` before the first answer.
    fn discord_now(&self) -> Option<Timestamp>;
}
