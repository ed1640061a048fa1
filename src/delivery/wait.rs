//! What a feed's next post waits for.

use jiff::Timestamp;

use super::ledger::LedgerErrorKind;

/// What a due story waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Until when.
    pub until: Timestamp,
    /// The cause.
    pub reason: WaitReason,
}

/// Why a feed's next post waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitReason {
    /// The feed's quiet hours.
    QuietHours,
    /// The feed has made all posts that it may make in an hour.
    FullHour,
    /// The next digest.
    Digest,
    /// Discord asked to wait, or did not answer.
    Discord(DiscordWait),
    /// The database cannot be used.
    Database(LedgerErrorKind),
}

/// Why the bot tries a request again later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiscordWait {
    /// Discord did not answer.
    NoAnswer,
    /// Discord cannot do its work now: the HTTP status.
    Outage(u16),
    /// Discord, or the proxy before it, refuses every request of the bot.
    Blocked,
    /// The guild has as many open threads as Discord allows.
    TooManyThreads,
    /// Discord's limit of crossposts in one channel.
    CrosspostLimit,
    /// Discord's limit of changes to older messages.
    EditLimit,
    /// Another limit.
    Limit,
}
