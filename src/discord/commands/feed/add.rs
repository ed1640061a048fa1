//! `/feed add`.

use super::choose::{Target, choose};
use super::desk::answered;
use super::given::Given;
use super::{advice, place, words};
use crate::delivery::desk::Desk;
use crate::discord::invocation::Invocation;
use crate::discord::reply::{Reply, fitting};
use crate::feed::NewFeed;

/// Makes a feed. A right that the bot lacks there is no reason not to: it is named, and can be granted at any time.
pub(super) async fn run(
    channel: u64,
    given: &Given,
    desk: &Desk,
    invocation: &Invocation<'_>,
) -> Result<Reply, String> {
    let Invocation { words, state, .. } = invocation;
    let guild = invocation.guild();
    let (kind, look) = place::channel(channel, invocation).await?;
    let base = state.feed_defaults().settings();
    let target = Target { server: guild, channel, kind };
    let chosen = choose(given, base, target, &state.collection(), words)?;
    place::require_own_role(given, invocation).await?;
    let mut lines = advice::warnings(&look, channel, kind, &chosen.settings, given.mention, words);
    let backfill = chosen.backfill;
    let new = NewFeed { server: guild, channel, channel_kind: kind, settings: chosen.settings, backfill };
    let feed = answered(desk.add(new), words).await?;
    lines.push(format!("I made {}.", words::named(&feed)));
    lines.push(format!("• {}", words::rules(&feed.settings)));
    lines.push(format!("• {}", words::pacing(&feed.settings, kind)));
    let now = match backfill {
        0 => "Nothing of what is there now is posted".to_owned(),
        count => format!(
            "Of what is there now and no feed of this channel knew, the hottest {} posted",
            words::counted(usize::from(count), "is", "are")
        ),
    };
    let is_waiting = feed.pending_backfill.is_some() && state.awaits_articles();
    let begins = if is_waiting { ", once there are articles and all have been read" } else { "" };
    lines.push(format!(
        "{now}{begins}; what comes from now on is. `/feed test` shows what a post looks like."
    ));
    Ok(Reply::to_asker(fitting(words, &lines)))
}
