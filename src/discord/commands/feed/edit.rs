//! `/feed edit`.

use super::choose::{Target, choose};
use super::desk::{answered, find_feed};
use super::feed_options::FeedOptions;
use super::{advice, guild_check, words};
use crate::delivery::desk::{Desk, DeskError};
use crate::discord::channel_lookup::ChannelLookup;
use crate::discord::invocation::Invocation;
use crate::discord::reasons;
use crate::discord::reply::{Reply, fitting};
use crate::messages::say;

/// Changes the given settings of a feed.
pub(super) async fn run(
    typed: &str,
    given: &FeedOptions,
    desk: &Desk,
    invocation: &Invocation<'_>,
) -> Result<Reply, String> {
    let Invocation { words, state, .. } = invocation;
    let guild = invocation.guild();
    let feed = find_feed(typed, desk, invocation).await?;
    if given.changes_nothing() {
        return Err(say!(words, "feed-edit-empty"));
    }
    let (channel, kind) = (feed.channel, feed.channel_kind);
    let target = Target { guild, channel, kind };
    let chosen = choose(given, feed.settings, target, &state.collection(), words)?;
    guild_check::require_own_role(given, invocation).await?;
    let lookup = invocation.channels.look_up(guild, channel).await;
    if lookup == ChannelLookup::Elsewhere {
        return Err(reasons::of_desk_error(&DeskError::ForeignChannel, words));
    }
    let mut lines = advice::warnings(&lookup, channel, kind, &chosen.settings, given.mention, words);
    let feed = answered(desk.edit(guild, feed.id, chosen.settings, chosen.backfill), words).await?;
    let shown = format!("<#{channel}>");
    lines.push(say!(words, "feed-edited", feed = feed.id.to_string(), channel = shown));
    // The rules may be so long that the rest does not fit.
    lines.push(format!("• {}", words::state(&feed, state.awaits_articles(), words)));
    lines.push(format!("• {}", words::rules(&feed.settings, words)));
    lines.push(format!("• {}", words::pacing(&feed.settings, kind, words)));
    lines.push(match chosen.backfill {
        0 => say!(words, "feed-edit-without-backfill"),
        articles => say!(words, "feed-edit-backfill", articles = articles),
    });
    Ok(Reply::to_asker(fitting(words, &lines)))
}
