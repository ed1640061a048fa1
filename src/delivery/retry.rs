//! The meaning of a request's outcome: done, a later attempt, or the end (the contract, "Feeds and
//! deliveries"). Discord's JSON code decides before the HTTP status.
//!
//! A refusal is about one attempt. The caller remembers whether an earlier attempt may have had an effect.

use std::time::Duration;

use super::reason::{FollowUpRefusal, RefusedRequest};
use super::send::{Made, Outcome, Refusal};
use super::wait::DiscordWait;
use crate::feed::pause::PauseReason;

mod action_kind;
mod reasons;

pub use action_kind::ActionKind;

/// The first delay, where Discord does not say how long to wait. Each further attempt doubles it.
const BACK_OFF_MIN: Duration = Duration::from_secs(1);
/// The longest such delay. The number of attempts has no bound: a due story stays due.
pub const BACK_OFF_MAX: Duration = Duration::from_secs(300);
/// The longest wait that the bot accepts from Discord. Discord's own longest waits are about an hour
/// (crossposts).
pub const ASKED_MAX: Duration = Duration::from_secs(24 * 60 * 60);
/// A random part is added to the wait that Discord asks for, so that requests do not all return at once.
const ASKED_SPREAD: Duration = Duration::from_secs(1);

/// One attempt of a request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Try {
    /// The kind of the request.
    pub kind: ActionKind,
    /// The number of attempts, this one included.
    pub attempts: u32,
    /// Whether the message's cards had pictures.
    pub has_pictures: bool,
    /// A random number from 0 to 1.
    pub jitter: f64,
}

/// How many other requests wait too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Requests of this kind in this channel.
    ActionInChannel,
    /// All requests in this channel.
    Channel,
    /// All requests.
    Bot,
}

/// The next action after an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// The request is done.
    Done(Made),
    /// The request was done before. A thread at a message has the id of the message.
    AlreadyDone,
    /// A later attempt of the same request.
    Retry {
        /// The delay.
        after: Duration,
        /// Whether this attempt certainly had no effect.
        is_certainly_not_done: bool,
        /// Which requests wait as long.
        blocks: Scope,
        /// The cause of the wait.
        reason: DiscordWait,
    },
    /// The same request at once, without pictures and icons.
    WithoutPictures,
    /// The feed pauses, and its stories stay due. This attempt had no effect.
    PauseFeed(PauseReason),
    /// The feed pauses for good, because its channel is in another guild. This attempt had no effect.
    PauseForeign,
    /// This delivery, or this edit, has failed. This attempt had no effect.
    Fail(RefusedRequest),
    /// A moderator deleted the message, and it stays deleted. For [`ActionKind::Post`], an earlier attempt
    /// had posted the message.
    Gone,
    /// The post is in the channel, but its follow-up is refused. For a thread that cannot be deleted, its
    /// first message is deleted instead.
    DoneWithout(FollowUpRefusal),
    /// Discord refuses the bot's token. The process ends.
    StopProcess,
}

/// Decides the next action after an attempt.
#[must_use]
pub fn decide(tried: &Try, outcome: &Outcome) -> Decision {
    match outcome {
        Outcome::Done(made) => Decision::Done(*made),
        Outcome::ForeignChannel => Decision::PauseForeign,
        Outcome::Lost { may_have_arrived, .. } => Decision::Retry {
            after: back_off(tried),
            is_certainly_not_done: !may_have_arrived,
            blocks: Scope::Channel,
            reason: DiscordWait::NoAnswer,
        },
        Outcome::Refused(refusal) => refused(tried, refusal),
    }
}

fn refused(tried: &Try, refusal: &Refusal) -> Decision {
    if refusal.status == 401 || matches!(refusal.code, 40_001 | 50_014) {
        return Decision::StopProcess;
    }
    if refusal.status == 429 || is_limit(refusal.code) {
        return limited(tried, refusal);
    }
    if matches!(refusal.status, 408 | 500..)
        || !(400..500).contains(&refusal.status)
        || refusal.code == 130_000
    {
        return Decision::Retry {
            after: at_least_asked(back_off(tried), refusal, tried.jitter),
            is_certainly_not_done: false,
            blocks: Scope::Channel,
            reason: DiscordWait::Outage(refusal.status),
        };
    }
    if let Some(decision) = by_kind(tried.kind, refusal.code) {
        return decision;
    }
    if refusal.status == 403 && matches!(refusal.code, 0 | 40_333) {
        return slowly(tried, Scope::Bot, DiscordWait::Blocked);
    }
    if refusal.code == 50_035
        && tried.has_pictures
        && refusal.faulty_fields.iter().any(|path| is_picture(path))
    {
        return Decision::WithoutPictures;
    }
    match reasons::of_pause(tried.kind, refusal) {
        Some(reason) => Decision::PauseFeed(reason),
        None => ended(tried.kind, reasons::of_failure(refusal)),
    }
}

/// The meaning of a code for one kind of request.
fn by_kind(kind: ActionKind, code: u32) -> Option<Decision> {
    use ActionKind::{
        Crosspost, Delete, DeleteForumPost, DeleteThread, Edit, EditForumPost, ForumPost, OpenThread, Post,
    };
    let is_follow_up = matches!(kind, OpenThread | Crosspost);
    Some(match (kind, code) {
        (Delete | DeleteForumPost | DeleteThread, 10_008) | (DeleteForumPost | DeleteThread, 10_003) => {
            Decision::AlreadyDone
        }
        (Post | Edit | EditForumPost | OpenThread | Crosspost, 10_008) | (EditForumPost, 10_003) => {
            Decision::Gone
        }
        (Crosspost, 40_033) | (OpenThread, 160_004) => Decision::AlreadyDone,
        // The post itself and the next posts are not affected.
        (OpenThread, 50_013) => Decision::DoneWithout(FollowUpRefusal::ThreadsForbidden),
        (Crosspost, 50_013) => Decision::DoneWithout(FollowUpRefusal::CrosspostsForbidden),
        (DeleteThread, 50_013) => Decision::DoneWithout(FollowUpRefusal::ThreadDeletionForbidden),
        (_, 50_008 | 50_024 | 40_058) if is_follow_up => {
            Decision::DoneWithout(FollowUpRefusal::WrongChannelKind)
        }
        // The limit ends by itself, or when somebody closes threads.
        (Post | ForumPost, 160_006 | 160_007) => Decision::Retry {
            after: BACK_OFF_MAX,
            is_certainly_not_done: true,
            blocks: Scope::ActionInChannel,
            reason: DiscordWait::TooManyThreads,
        },
        _ => return None,
    })
}

/// A refused follow-up does not fail the post.
fn ended(kind: ActionKind, refused: RefusedRequest) -> Decision {
    match kind {
        ActionKind::OpenThread | ActionKind::Crosspost => {
            Decision::DoneWithout(FollowUpRefusal::Refused(refused))
        }
        _ => Decision::Fail(refused),
    }
}

/// The codes of limits, whatever the status is.
fn is_limit(code: u32) -> bool {
    matches!(code, 20_016 | 20_022 | 20_028 | 30_046 | 40_003 | 40_062)
}

/// Discord limits each route and channel, so other requests do not wait, unless the limit is global.
fn limited(tried: &Try, refusal: &Refusal) -> Decision {
    let after = at_least_asked(back_off(tried), refusal, tried.jitter);
    Decision::Retry {
        after,
        is_certainly_not_done: true,
        blocks: if refusal.is_global { Scope::Bot } else { Scope::ActionInChannel },
        reason: reasons::of_limit(tried.kind),
    }
}

fn slowly(tried: &Try, blocks: Scope, reason: DiscordWait) -> Decision {
    Decision::Retry {
        after: BACK_OFF_MAX.mul_f64(0.5 + chance(tried.jitter) / 2.0),
        is_certainly_not_done: true,
        blocks,
        reason,
    }
}

/// A random delay between half and all of the back-off.
fn back_off(tried: &Try) -> Duration {
    let doublings = tried.attempts.saturating_sub(1).min(16);
    let delay = BACK_OFF_MIN.saturating_mul(1 << doublings).min(BACK_OFF_MAX);
    delay.mul_f64(0.5 + chance(tried.jitter) / 2.0)
}

fn at_least_asked(delay: Duration, refusal: &Refusal, jitter: f64) -> Duration {
    match refusal.retry_after {
        None => delay,
        Some(asked) => delay.max(asked.min(ASKED_MAX) + ASKED_SPREAD.mul_f64(chance(jitter))),
    }
}

/// A number outside 0 to 1 would make an invalid delay.
fn chance(jitter: f64) -> f64 {
    if jitter.is_finite() { jitter.clamp(0.0, 1.0) } else { 1.0 }
}

/// Whether the faulty field is a picture or an icon, which a card can do without.
fn is_picture(path: &str) -> bool {
    let path = path.strip_prefix("message.").unwrap_or(path);
    let mut parts = path.split('.');
    let is_embed = parts.next() == Some("embeds") && parts.next().is_some_and(|at| at.parse::<u8>().is_ok());
    let is_icon = |part: Option<&str>| part.is_some_and(|part| part == "icon_url");
    is_embed
        && match parts.next() {
            Some("image" | "thumbnail") => true,
            Some("author" | "footer") => is_icon(parts.next()),
            _ => false,
        }
}

#[cfg(test)]
mod tests;
