//! Whether the bot is a member of a guild. Discord also sends interactions from guilds where only the account of a member has the
//! bot. Nobody is a moderator of the bot there.

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
            tracing::warn!(
                cause = failure::in_words(&outcome),
                "Discord did not say whether the bot is in a server"
            );
            Err(Reply::to_asker(say!(words, "server-unknown")))
        }
    }
}

/// Whether the bot is in a guild. The gateway's list decides. For a guild that is not on the list (yet), the bot asks Discord.
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
