//! Whether the bot is in the server of an interaction. Discord also sends those of servers where somebody only brought the
//! bot along with their account; nobody there can be its moderator.

use serenity::all::GuildId;
use serenity::http::Route;

use super::channel_rights::nonzero;
use super::failure;
use super::reply::Reply;
use super::sender::requests::Requests;
use super::server_events::ServerEvents;
use crate::delivery::send::Outcome;

/// The gateway's list decides; what is not on it (yet) Discord is asked for.
///
/// # Errors
/// What to answer instead.
pub async fn require(server: u64, events: &ServerEvents, requests: &Requests) -> Result<(), Reply> {
    if events.is_in(server) {
        return Ok(());
    }
    let route = Route::Guild { guild_id: GuildId::from(nonzero(server)) };
    let asked = requests.get::<serde::de::IgnoredAny>(route).await;
    let Err(outcome) = asked else { return Ok(()) };
    let words = match &outcome {
        Outcome::Refused(refusal) if matches!(refusal.status, 403 | 404) => {
            "I am not in this server, so I have no moderators here. Somebody with Manage Server has to add me to it first."
        }
        _ => {
            tracing::warn!(cause = failure::in_words(&outcome), "a server cannot be looked at");
            "I could not read from Discord whether I am in this server. Try again in a minute."
        }
    };
    Err(Reply::to_asker(words))
}
