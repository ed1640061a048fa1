//! What the poster asks of Discord, and what came of it, as plain data. [`Sender`] is implemented by the Discord client.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use jiff::Timestamp;

use super::reason::SearchFailure;
use super::record::PostKey;
use crate::card::{Card, Fingerprint};
use crate::ids::{ChannelId, GuildId, MessageId, RoleId};
use crate::messages::Language;

/// Where a feed's message stands: in a channel, or in a thread, which is a channel too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The id of the channel or thread.
    pub channel: ChannelId,
    /// The message's id.
    pub message: MessageId,
}

/// A feed's message, before it becomes a request. It never mentions anybody but `mention`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedMessage {
    /// Stands in the `custom_id` of a button, so that the message can be found again.
    pub key: PostKey,
    /// The language of the guild.
    pub language: Language,
    /// Escaped Markdown above the cards; may be empty.
    pub content: String,
    /// One, or those of a digest.
    pub cards: Vec<Card>,
    /// [`article_format::ArticleId::hash64`] and the title of each story, in the order of the cards. No title is empty.
    pub stories: Vec<(u64, String)>,
    /// The role to mention. An edit shows it too, and never pings.
    pub mention: Option<RoleId>,
    /// What the articles say.
    pub fingerprint: Fingerprint,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// `POST /channels/{channel}/messages`, with `nonce` and `enforce_nonce`.
    Post {
        /// The feed's guild. The sender posts in no channel of another one.
        guild: GuildId,
        /// Where.
        channel: ChannelId,
        /// What.
        message: FeedMessage,
        /// At most 25 characters.
        nonce: String,
    },
    /// `POST /channels/{channel}/threads` in a forum. It takes no nonce.
    ForumPost {
        /// As of [`Action::Post`].
        guild: GuildId,
        /// Where.
        channel: ChannelId,
        /// The thread's name, cut to Discord's 100 characters by the sender.
        name: String,
        /// Names of topics; the channel's tags of the same names are applied, at most five.
        topics: Vec<String>,
        /// The first message.
        message: FeedMessage,
    },
    /// `PATCH` of a message.
    Edit {
        /// Which.
        place: Place,
        /// What it becomes.
        message: FeedMessage,
    },
    /// `DELETE` of a message.
    Delete {
        /// Which.
        place: Place,
    },
    /// `DELETE /channels/{thread}`: a forum post with all that was said in it.
    DeleteThread {
        /// The thread's id.
        thread: ChannelId,
    },
    /// `POST /channels/{channel}/messages/{message}/threads`.
    OpenThread {
        /// At which message.
        place: Place,
        /// Cut by the sender.
        name: String,
    },
    /// `POST /channels/{channel}/messages/{message}/crosspost`.
    Crosspost {
        /// Which.
        place: Place,
    },
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Discord did it.
    Done(Made),
    /// Discord answered that it did not do it, or cannot say (5xx).
    Refused(Refusal),
    /// The channel is in another guild than the feed. Nothing was sent.
    ForeignChannel,
    /// No answer that could be read.
    Lost {
        /// Whether the request may have reached Discord: not if no connection came about.
        may_have_arrived: bool,
        /// The cause in English, for the log only; never an address with a token in it.
        cause: String,
    },
}

/// What a request made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Made {
    /// The message, for a post or forum post.
    pub message: Option<MessageId>,
    /// The thread, for a forum post or an opened thread.
    pub thread: Option<ChannelId>,
}

/// A refusal, as Discord puts it, or as the bot foresees it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Discord's JSON code; 0 where it gave none.
    pub code: u32,
    /// The longer of header and body (facts: they disagree at times).
    pub retry_after: Option<Duration>,
    /// Whether a 429 is for all routes of the bot.
    pub is_global: bool,
    /// Of a 50035: the paths of the faulty fields, as `embeds.0.image.url`.
    pub faulty_fields: Vec<String>,
    /// Discord's own words, cut; empty where Discord said nothing. Not escaped.
    pub said: String,
    /// Of a 50013: the bits of the permissions that the bot lacks (Discord's docs, "Permissions"); 0 where that is not known.
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
    /// The bot: the request's turn under Discord's limits is yet to come.
    OwnPacer,
    /// The bot: without Embed Links Discord would post the message without its cards.
    OwnPermissionCheck,
}

/// For logs, with Discord's words as they came.
impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, code, said, .. } = self;
        write!(formatter, "status {status}, code {code}")?;
        if said.is_empty() { Ok(()) } else { write!(formatter, ": {said}") }
    }
}

impl Refusal {
    /// Whether a tag of a forum is the matter: one that does not exist any more, or that the bot may not set.
    #[must_use]
    pub fn is_about_tags(&self) -> bool {
        self.code == 40_066
            || self.code == 40_067
            || self.code == 10_087
            || self.faulty_fields.iter().any(|field| field.starts_with("applied_tags"))
    }
}

/// What a channel's history says of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It is there.
    There {
        /// The message's id.
        message: MessageId,
        /// The thread's id, for a forum post.
        thread: Option<ChannelId>,
    },
    /// All that was said since is known, and it is not among it.
    Absent,
    /// The history cannot be read: a permission is missing, or there is too much of it.
    Unreadable(SearchFailure),
    /// The question itself failed; it is asked again.
    Trouble(Outcome),
}

/// Where [`Sender::find`] is to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The server's id: rights are computed from its roles.
    pub server: GuildId,
    /// The feed's channel.
    pub channel: ChannelId,
    /// Whether it is a forum.
    pub is_forum: bool,
    /// What to look for.
    pub key: PostKey,
    /// When the first try began; clocks may differ a little.
    pub since: Timestamp,
    /// Threads that are other posts: what is no longer to be read there does not matter.
    pub known_threads: Vec<ChannelId>,
}

/// Makes requests for the poster. Each is bounded in time.
pub trait Sender: Send + Sync + 'static {
    /// Makes one request, once.
    fn send(&self, action: &Action) -> impl Future<Output = Outcome> + Send;

    /// Looks a post up in the channel's history, by author and key.
    fn find(&self, search: &Search) -> impl Future<Output = Found> + Send;
}
