//! `/feed add`.

use super::choose::{Target, choose};
use super::desk::answered;
use super::feed_options::FeedOptions;
use super::{advice, guild_check, words};
use crate::delivery::desk::Desk;
use crate::discord::invocation::Invocation;
use crate::discord::reply::{Reply, fitting};
use crate::feed::NewFeed;
use crate::ids::ChannelId;
use crate::messages::say;

/// Makes a feed. If the bot lacks permissions in the channel, the answer names them, and a moderator can grant them later.
pub(super) async fn run(
    channel: ChannelId,
    given: &FeedOptions,
    desk: &Desk,
    invocation: &Invocation<'_>,
) -> Result<Reply, String> {
    let Invocation { words, state, .. } = invocation;
    let guild = invocation.guild();
    let (kind, lookup) = guild_check::channel(channel, invocation).await?;
    let base = state.feed_defaults().settings();
    let target = Target { guild, channel, kind };
    let chosen = choose(given, base, target, &state.collection(), words)?;
    guild_check::require_own_role(given, invocation).await?;
    let mut lines = advice::warnings(&lookup, channel, kind, &chosen.settings, given.mention, words);
    let backfill = chosen.backfill;
    let new = NewFeed { guild, channel, channel_kind: kind, settings: chosen.settings, backfill };
    let feed = answered(desk.add(new), words).await?;
    let shown = format!("<#{channel}>");
    lines.push(say!(words, "feed-added", feed = feed.id.to_string(), channel = shown));
    lines.push(format!("• {}", words::rules(&feed.settings, words)));
    lines.push(format!("• {}", words::pacing(&feed.settings, kind, words)));
    let is_waiting = feed.pending_backfill.is_some() && state.awaits_articles();
    lines.push(match (is_waiting, backfill) {
        (false, 0) => say!(words, "feed-starts"),
        (false, articles) => say!(words, "feed-starts-with", articles = articles),
        (true, 0) => say!(words, "feed-starts-later"),
        (true, articles) => say!(words, "feed-starts-later-with", articles = articles),
    });
    lines.push(say!(words, "feed-test-hint"));
    Ok(Reply::to_asker(fitting(words, &lines)))
}
