//! `/feed pause`, `resume`, `remove` and `test`.

use super::action::Change;
use super::desk::{answered, find_feed};
use super::words;
use crate::delivery::desk::Desk;
use crate::discord::invocation::Invocation;
use crate::discord::reply::Reply;
use crate::messages::say;

/// Runs the subcommand. The answer says what follows.
pub(super) async fn run(
    typed: &str,
    change: Change,
    desk: &Desk,
    invocation: &Invocation<'_>,
) -> Result<Reply, String> {
    let Invocation { words, state, .. } = invocation;
    let guild = invocation.guild();
    let feed = find_feed(typed, desk, invocation).await?;
    let (id, channel) = (feed.id.to_string(), format!("<#{}>", feed.channel));
    Ok(Reply::to_asker(match change {
        Change::Pause => {
            answered(desk.pause(guild, feed.id), words).await?;
            say!(words, "feed-paused", feed = id, channel = channel)
        }
        Change::Resume => {
            let feed = answered(desk.resume(guild, feed.id), words).await?;
            words::resumed(&feed, state.awaits_articles(), words)
        }
        Change::Remove => {
            answered(desk.remove(guild, feed.id), words).await?;
            say!(words, "feed-removed", feed = id, channel = channel)
        }
        Change::Test => {
            let place = answered(desk.test(guild, feed.id), words).await?;
            let link = words::link(guild, place.channel, place.message);
            say!(words, "feed-tested", feed = id, channel = channel, link = link)
        }
    }))
}
