//! `/feed pause`, `resume`, `remove` and `test`.

use super::{Change, answered, find_feed, words};
use crate::delivery::desk::Desk;
use crate::discord::reply::Reply;
use crate::discord::state::State;

/// Does it and says what that means.
pub(super) async fn run(
    server: u64,
    typed: &str,
    change: Change,
    desk: &Desk,
    state: &State,
) -> Result<Reply, String> {
    let feed = find_feed(server, typed, desk, state).await?;
    let named = words::named(&feed);
    let words = match change {
        Change::Pause => {
            answered(desk.pause(server, feed.id)).await?;
            format!("I paused {named}. What is due stays due; `/feed resume` goes on with it.")
        }
        Change::Resume => {
            let feed = answered(desk.resume(server, feed.id)).await?;
            format!(
                "I resumed {named}: {}. What became due meanwhile is posted, hottest first.",
                words::state(&feed, state.awaits_articles())
            )
        }
        Change::Remove => {
            answered(desk.remove(server, feed.id)).await?;
            format!(
                "I removed {named}. Its messages stay where they are, and a new feed in that channel posts none of their \
                 stories again."
            )
        }
        Change::Test => {
            let place = answered(desk.test(server, feed.id)).await?;
            format!(
                "I posted a test of {named}: {}. It counts for nothing, and you can delete it.",
                words::link(server, place.channel, place.message)
            )
        }
    };
    Ok(Reply::to_asker(words))
}
