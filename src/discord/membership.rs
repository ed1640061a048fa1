//! Whether the bot is in the guild of an interaction. Discord also sends those of guilds where somebody only brought the
//! bot along with their account; nobody there can be its moderator.

use serenity::http::Route;

use super::failure;
use super::guild_events::GuildEvents;
use super::reply::Reply;
use super::sender::requests::Requests;
use crate::delivery::send::Outcome;
use crate::ids::GuildId;
use crate::messages::{Words, say};

/// Refuses the requests of a guild that the bot is not in.
///
/// # Errors
/// The answer to the person.
pub(crate) async fn require(
    guild: GuildId,
    events: &GuildEvents,
    requests: &Requests,
    words: &Words,
) -> Result<(), Reply> {
    match is_in_guild(guild, events, requests).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Reply::to_asker(say!(words, "server-without-bot"))),
        Err(outcome) => {
            tracing::warn!(cause = failure::in_words(&outcome), "a server cannot be looked at");
            Err(Reply::to_asker(say!(words, "server-unknown")))
        }
    }
}

/// Whether the bot is in a guild. The gateway's list decides. Of a guild that is not on the list (yet), Discord is asked.
///
/// # Errors
/// Discord gave no answer.
pub async fn is_in_guild(guild: GuildId, events: &GuildEvents, requests: &Requests) -> Result<bool, Outcome> {
    if events.is_in(guild) {
        return Ok(true);
    }
    let route = Route::Guild { guild_id: guild.into() };
    match requests.get::<serde::de::IgnoredAny>(route).await {
        Ok(_) => Ok(true),
        Err(Outcome::Refused(refusal)) if matches!(refusal.status, 403 | 404) => Ok(false),
        Err(outcome) => Err(outcome),
    }
}
