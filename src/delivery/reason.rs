//! Why a delivery has its state. The database holds each reason as a code with parameters. A reason becomes
//! words only where people read it.

use serde::{Deserialize, Serialize};

use crate::feed::pause::PauseReason;

/// Why a delivery has its state. The names of the variants, here and below, are codes in the database: a test
/// refuses a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "with", rename_all = "snake_case")]
pub enum DeliveryReason {
    /// Failed: Discord refused the post.
    PostRefused(RefusedRequest),
    /// Failed: the message stays in the channel, because Discord refused to withdraw it.
    WithdrawalRefused(RefusedRequest),
    /// Sent: Discord refused a correction.
    CorrectionRefused(RefusedRequest),
    /// Sent: Discord refused what was to follow the post.
    FollowUpRefused(FollowUpRefusal),
    /// Withdrawn.
    Withdrawn(WithdrawalCause),
    /// Unknown: Discord did not confirm the post, and the bot cannot search for it.
    Unconfirmed(SearchFailure),
    /// A reason of another version, as the database holds it. Saving the delivery keeps it.
    #[serde(skip)]
    Unknown(Box<str>),
}

/// A refusal that ends one request and no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRequest {
    /// The HTTP status.
    pub status: u16,
    /// Discord's JSON code; 0 where Discord gave none.
    pub code: u32,
    /// The paths of the faulty fields, as `embeds.0.title`.
    pub faulty_fields: Vec<String>,
    /// Discord's own words, cut; not escaped.
    pub said: String,
}

/// What a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// The message is gone.
    MessageGone,
    /// Discord takes the content for explicit.
    Explicit,
    /// The guild's AutoMod stops the text.
    AutoModText,
    /// The guild's AutoMod stops the title.
    AutoModTitle,
    /// Discord takes a link for harmful.
    HarmfulLink,
    /// A part of the message breaks a rule of Discord's. The cause is in the article's file.
    FaultyContent,
    /// A message of this form or size is not possible. The cause is in the bot.
    ImpossibleMessage,
    /// The thread is archived.
    ThreadArchived,
    /// The thread is locked.
    ThreadLocked,
    /// Anything else.
    Other,
}

impl RefusedRequest {
    /// What the refusal is about, by Discord's code.
    #[must_use]
    pub fn kind(&self) -> RefusalKind {
        match self.code {
            10_008 => RefusalKind::MessageGone,
            20_009 => RefusalKind::Explicit,
            200_000 => RefusalKind::AutoModText,
            200_001 => RefusalKind::AutoModTitle,
            240_000 => RefusalKind::HarmfulLink,
            50_035 => RefusalKind::FaultyContent,
            50_006 | 50_045 | 50_109 | 40_005 => RefusalKind::ImpossibleMessage,
            50_083 => RefusalKind::ThreadArchived,
            160_005 => RefusalKind::ThreadLocked,
            _ => RefusalKind::Other,
        }
    }
}

/// Why the post stands, and what was to follow it does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "with", rename_all = "snake_case")]
pub enum FollowUpRefusal {
    /// The bot may not open a thread.
    ThreadsForbidden,
    /// The bot may not publish to following channels.
    CrosspostsForbidden,
    /// The bot may not delete a thread, only its own message in the thread.
    ThreadDeletionForbidden,
    /// Channels of this kind have neither threads nor crossposts.
    WrongChannelKind,
    /// Discord refused for another reason.
    Refused(RefusedRequest),
}

/// Why a story was withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawalCause {
    /// The article's file says that the article is unpublished, removed or a draft.
    FileHides,
    /// The article's file is gone.
    FileGone,
    /// Somebody deleted the message in Discord.
    MessageDeleted,
}

/// Why the bot cannot find out whether a post is in its channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "with", rename_all = "snake_case")]
pub enum SearchFailure {
    /// The bot may not read the history: the bits of the missing permissions (Discord's docs, "Permissions").
    HistoryHidden(u64),
    /// There are too many messages or threads since the first attempt.
    TooManyMessages,
    /// The first message of a forum post of the bot was deleted; the post may have been this one.
    ForumPostDeleted,
    /// Discord refused the search for a reason that pauses feeds.
    Paused(PauseReason),
    /// Discord refused the search for another reason.
    Refused(RefusedRequest),
}
