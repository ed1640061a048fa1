//! `/feed pause`, `resume`, `remove` and `test`.

use super::action::Change;
use super::desk::{answered, find_feed};
use super::words;
use crate::delivery::desk::Desk;
use crate::discord::invocation::Invocation;
use crate::discord::reply::Reply;

/// Does it and says what that means.
pub(super) async fn run(
    typed: &str,
    change: Change,
    desk: &Desk,
    invocation: &Invocation<'_>,
) -> Result<Reply, String> {
    let guild = invocation.guild();
    let feed = find_feed(typed, desk, invocation).await?;
    let named = words::named(&feed);
    let words = match change {
        Change::Pause => {
            answered(desk.pause(guild, feed.id), invocation.words).await?;
            format!("I paused {named}. What is due stays due; `/feed resume` goes on with it.")
        }
        Change::Resume => {
            let feed = answered(desk.resume(guild, feed.id), invocation.words).await?;
            format!(
                "I resumed {named}: {}. What became due meanwhile is posted, hottest first.",
                words::state(&feed, invocation.state.awaits_articles(), invocation.words)
            )
        }
        Change::Remove => {
            answered(desk.remove(guild, feed.id), invocation.words).await?;
            format!(
                "I removed {named}. Its messages stay where they are, and a new feed in that channel posts none of their \
                 stories again."
            )
        }
        Change::Test => {
            let place = answered(desk.test(guild, feed.id), invocation.words).await?;
            format!(
                "I posted a test of {named}: {}. It counts for nothing, and you can delete it.",
                words::link(guild, place.channel, place.message)
            )
        }
    };
    Ok(Reply::to_asker(words))
}
