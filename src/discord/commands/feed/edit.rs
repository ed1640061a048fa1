//! `/feed edit`.

use super::choose::{Target, choose};
use super::desk::{answered, find_feed};
use super::given::Given;
use super::{advice, place, words};
use crate::delivery::desk::Desk;
use crate::delivery::desk::DeskError;
use crate::discord::channel_look::Look;
use crate::discord::invocation::Invocation;
use crate::discord::reasons;
use crate::discord::reply::{Reply, fitting};

/// Changes what was given and leaves the rest.
pub(super) async fn run(
    typed: &str,
    given: &Given,
    desk: &Desk,
    invocation: &Invocation<'_>,
) -> Result<Reply, String> {
    let Invocation { words, state, .. } = invocation;
    let guild = invocation.guild();
    let feed = find_feed(typed, desk, invocation).await?;
    if given.changes_nothing() {
        return Err(
            "Nothing to change: give at least one option beside the feed, as `min_quality`.".to_owned()
        );
    }
    let (channel, kind) = (feed.channel, feed.channel_kind);
    let target = Target { server: guild, channel, kind };
    let chosen = choose(given, feed.settings, target, &state.collection(), words)?;
    place::require_own_role(given, invocation).await?;
    let look = invocation.channels.look(guild, channel).await;
    if look == Look::Elsewhere {
        return Err(reasons::of_desk_error(&DeskError::ForeignChannel, words));
    }
    let mut lines = advice::warnings(&look, channel, kind, &chosen.settings, given.mention, words);
    let feed = answered(desk.edit(guild, feed.id, chosen.settings, chosen.backfill), words).await?;
    lines.push(format!("I changed {}.", words::named(&feed)));
    lines.push(format!("• {}", words::rules(&feed.settings)));
    lines.push(format!("• {}", words::pacing(&feed.settings, kind)));
    lines.push(format!("• {}", words::state(&feed, state.awaits_articles(), words)));
    lines.push(match chosen.backfill {
        0 => "What these rules newly let in of what is there now is not posted.".to_owned(),
        count => format!("Of what these rules newly let in now, at most the hottest {count} come."),
    });
    Ok(Reply::to_asker(fitting(words, &lines)))
}
