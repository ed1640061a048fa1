//! `/feed pause`, `resume`, `remove` and `test`.

use std::time::Duration;

use super::action::Change;
use super::desk::{answered, find_feed};
use super::words;
use crate::delivery::desk::Desk;
use crate::discord::invocation::Invocation;
use crate::discord::reply::Reply;
use crate::feed::FeedId;
use crate::ids::GuildId;
use crate::messages::say;

/// How often, and how many times, a pause looks whether a post is still under way: for longer than a request to Discord may take.
const LOOK_AGAIN: Duration = Duration::from_millis(200);
const LOOKS_MAX: u32 = 45;

/// Waits for a post that was under way when the feed was paused. `false` if the post may still appear.
async fn is_at_rest(desk: &Desk, guild: GuildId, feed: FeedId) -> bool {
    for _ in 0..LOOKS_MAX {
        match desk.is_sending(guild, feed).await {
            Ok(true) => tokio::time::sleep(LOOK_AGAIN).await,
            Ok(false) => return true,
            Err(_) => return false,
        }
    }
    false
}

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
            let paused = say!(words, "feed-paused", feed = id, channel = channel);
            match is_at_rest(desk, guild, feed.id).await {
                true => paused,
                false => format!("{paused}\n{}", say!(words, "feed-paused-while-posting")),
            }
        }
        Change::Resume => {
            let feed = answered(desk.resume(guild, feed.id), words).await?;
            let resumed = say!(words, "feed-resumed", feed = id, channel = channel);
            format!("{resumed}\n• {}", words::state(&feed, state.awaits_articles(), words))
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
