//! What a feed's next post waits for.

use jiff::Timestamp;

use super::ledger::LedgerErrorKind;

/// What a due story waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Until when.
    pub until: Timestamp,
    /// What for.
    pub reason: WaitReason,
}

/// What holds up a feed's next post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitReason {
    /// Its quiet hours.
    QuietHours,
    /// It has made as many posts in the last hour as it may.
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
    /// The limit of posts that are published from one channel.
    CrosspostLimit,
    /// The limit of changes to older messages.
    EditLimit,
    /// Another limit.
    Limit,
}
