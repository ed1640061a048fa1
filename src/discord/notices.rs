//! Reports troubles to moderators, in the channel of `/settings notices`.
//!
//! [`keep`] looks at each guild with such a channel, one after the other, so the desk never has more than one question of it.
//! [`crate::notices`] decides what to tell, `facts` asks for the same facts as `/feed list` and `/status`, `words` has the message.
//! Each process looks at the guilds that it answers.

use std::collections::HashMap;
use std::convert::Infallible;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::MissedTickBehavior;

use super::channel_permissions::{SEND_MESSAGES, VIEW_CHANNEL};
use super::sender::DiscordSender;
use super::state::State;
use super::{failure, message};
use crate::delivery::ledger::{GuildStore, LedgerError, NoticesRow};
use crate::delivery::retry::{ActionKind, Decision, Try, decide};
use crate::delivery::send::Outcome;
use crate::feed::pause::PauseReason;
use crate::ids::GuildId;
use crate::messages::Words;
use crate::notices::next;

pub(super) mod facts;
pub(super) mod words;

use facts::LastLook;

/// How often the choices of guilds that the bot left long ago are removed.
const FORGET_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// The last look at each guild with a channel for notices.
type LastLooks = HashMap<GuildId, LastLook>;

/// Looks at all guilds again and again, with this pause, until the future is dropped. A bot without a database reports nothing.
pub async fn keep(state: &State, sender: &DiscordSender, pause: Duration) -> Infallible {
    // Before that, the feeds may not know the guilds.
    state.connected().cancelled().await;
    let Some(guilds) = state.guilds() else { return std::future::pending().await };
    let mut turns = tokio::time::interval(pause);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut last, mut forget_at, mut is_ill) = (LastLooks::new(), state.now(), false);
    loop {
        turns.tick().await;
        let looked = async {
            if forget_at <= state.now() {
                guilds.forget_left(state.now()).await?;
                forget_at = state.now().saturating_add(FORGET_EVERY).unwrap_or(Timestamp::MAX);
            }
            look(state, sender, guilds, &last).await
        };
        match looked.await {
            Ok(looks) => (last, is_ill) = (looks, false),
            Err(error) => {
                // The worker logs the same trouble, and goes on with it.
                if !is_ill {
                    tracing::warn!(cause = %error, "the database cannot be used, so no troubles are reported to moderators");
                }
                is_ill = true;
            }
        }
    }
}

/// Looks at each guild once.
async fn look(
    state: &State,
    sender: &DiscordSender,
    guilds: &GuildStore,
    last: &LastLooks,
) -> Result<LastLooks, LedgerError> {
    let mut looks = LastLooks::new();
    for row in guilds.with_notices().await? {
        if !state.answers(row.guild) || !may_try(&row, state.now()) {
            continue;
        }
        let gathered = facts::gather(state, row.guild, &row.told, last.get(&row.guild));
        let Some(scene) = gathered.await else { continue };
        looks.insert(row.guild, LastLook::of(&scene));
        tell(row, &scene, state, sender, guilds).await?;
    }
    Ok(looks)
}

/// Whether a notice may be tried. A channel that is gone stays gone. A channel that takes no message is tried again after an hour.
fn may_try(row: &NoticesRow, now: Timestamp) -> bool {
    match row.fault {
        None => true,
        Some(PauseReason::ChannelUnknown) => false,
        Some(_) => !row.told.has_tried_lately(now),
    }
}

/// Sends the next notice of a guild, if there is one. It is written down before: a crash or a lost answer may lose a notice, and
/// repeats none.
async fn tell(
    row: NoticesRow,
    scene: &facts::Scene,
    state: &State,
    sender: &DiscordSender,
    guilds: &GuildStore,
) -> Result<(), LedgerError> {
    let now = state.now();
    let (notice, told) = next(&scene.facts, &row.told, now);
    if notice.is_none() && row.fault.is_some() && sender.may_notify(row.guild, row.channel).await {
        // A moderator granted the permissions, and there is nothing to tell.
        return guilds.tell(&NoticesRow { told, fault: None, ..row }).await.map(drop);
    }
    if told == row.told {
        return Ok(());
    }
    let (before, row) = (row.told.clone(), NoticesRow { told, ..row });
    let is_still_chosen = guilds.tell(&row).await?;
    let Some(notice) = notice.filter(|_| is_still_chosen) else { return Ok(()) };
    let words = Words::of(state.guild_languages().of(row.guild));
    let message = message::in_channel(words::reply(&notice, scene, state.awaits_articles(), words));
    let outcome = sender.notify(row.guild, row.channel, &message).await;
    let judged = judged(&outcome);
    if judged != Judged::Sent {
        let cause = failure::in_words(&outcome);
        tracing::warn!(server = %row.guild, channel = %row.channel, cause, "a report of troubles was not confirmed");
    }
    let later = match judged {
        Judged::Sent if row.fault.is_some() => NoticesRow { fault: None, ..row },
        Judged::Sent | Judged::Unclear => return Ok(()),
        Judged::NotSent(fault) => {
            NoticesRow { fault: fault.or(row.fault), told: before.after_failure(now), ..row }
        }
    };
    guilds.tell(&later).await.map(drop)
}

/// What became of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Judged {
    /// The notice is in the channel.
    Sent,
    /// The answer of Discord was lost, so the bot does not know whether the notice is in the channel. The notice counts as told.
    Unclear,
    /// The notice is not in the channel. With a reason, the channel takes no notice for now.
    NotSent(Option<PauseReason>),
}

fn judged(outcome: &Outcome) -> Judged {
    let tried = Try { kind: ActionKind::Post, attempts: 1, has_pictures: false, jitter: 0.0 };
    match decide(&tried, outcome) {
        Decision::Done(_) => Judged::Sent,
        Decision::Retry { is_certainly_not_done: true, .. } | Decision::StopProcess => Judged::NotSent(None),
        Decision::Retry { .. } => Judged::Unclear,
        Decision::PauseForeign => Judged::NotSent(Some(PauseReason::ChannelUnknown)),
        Decision::PauseFeed(PauseReason::PermissionsMissing(bits)) => {
            // A notice needs less than a feed.
            let needed = bits & (VIEW_CHANNEL | SEND_MESSAGES);
            let forbidden = PauseReason::PostingForbidden;
            let lacks = if needed == 0 { forbidden } else { PauseReason::PermissionsMissing(needed) };
            Judged::NotSent(Some(lacks))
        }
        Decision::PauseFeed(reason) => Judged::NotSent(Some(reason)),
        _ => Judged::NotSent(Some(PauseReason::PostingForbidden)),
    }
}
