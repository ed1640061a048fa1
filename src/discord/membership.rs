//! Whether the bot is in the server of an interaction. Discord also sends those of servers where somebody only brought the
//! bot along with their account; nobody there can be its moderator.

use serenity::all::GuildId;
use serenity::http::{Http, LightMethod, Request, Route};

use super::channel_rights::nonzero;
use super::failure;
use super::reply::Reply;
use super::server_events::ServerEvents;
use crate::messages::{Words, say};

/// The gateway's list decides; what is not on it (yet) Discord is asked for.
///
/// # Errors
/// What to answer instead.
pub(crate) async fn require(
    server: u64,
    events: &ServerEvents,
    http: &Http,
    words: &Words,
) -> Result<(), Reply> {
    if events.is_in(server) {
        return Ok(());
    }
    let route = Route::Guild { guild_id: GuildId::from(nonzero(server)) };
    let asked = http.fire::<serde::de::IgnoredAny>(Request::new(route, LightMethod::Get)).await;
    let Err(error) = asked else { return Ok(()) };
    Err(Reply::to_asker(match failure::status_and_code(&error) {
        Some((403 | 404, _)) => say!(words, "server-without-bot"),
        _ => {
            tracing::warn!(cause = failure::in_words(&error), "a server cannot be looked at");
            say!(words, "server-unknown")
        }
    }))
}
