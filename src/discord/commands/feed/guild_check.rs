//! Checks that the channel and the role from the options belong to the moderator's guild. Anybody can forge an option, so its id, name
//! and type prove nothing.

use crate::discord::channel_lookup::ChannelLookup;
use crate::discord::invocation::Invocation;
use crate::feed::ChannelKind;
use crate::ids::ChannelId;
use crate::messages::{Words, say};

use super::feed_options::FeedOptions;

/// The kind of channel for a feed, and the result of the lookup. If Discord does not show the channel, the gateway's list of the
/// guild's channels decides.
///
/// # Errors
/// Cause and remedy, in words.
pub(in crate::discord::commands) async fn channel(
    channel: ChannelId,
    invocation: &Invocation<'_>,
) -> Result<(ChannelKind, ChannelLookup), String> {
    let (guild, words) = (invocation.guild(), invocation.words);
    let lookup = invocation.channels.look_up(guild, channel).await;
    let of_list = || invocation.state.channel_list().kind(guild, channel);
    let kind = match &lookup {
        ChannelLookup::Found(facts) => facts.kind,
        ChannelLookup::Elsewhere => return Err(elsewhere(channel, words)),
        ChannelLookup::Gone => return Err(say!(words, "channel-gone", channel = shown(channel))),
        ChannelLookup::Hidden => of_list().ok_or_else(|| elsewhere(channel, words))?,
        ChannelLookup::Unknown(cause) => of_list().ok_or_else(|| {
            tracing::warn!(cause, "the channel of a feed cannot be read");
            say!(words, "channel-unknown", channel = shown(channel))
        })?,
    };
    let kind = ChannelKind::of_discord(kind)
        .ok_or_else(|| say!(words, "channel-wrong-type", channel = shown(channel)))?;
    Ok((kind, lookup))
}

/// Checks that the role of the option `mention`, if given, belongs to the guild.
///
/// # Errors
/// Cause and remedy, in words.
pub(super) async fn require_own_role(given: &FeedOptions, invocation: &Invocation<'_>) -> Result<(), String> {
    let Some(role) = given.mention else { return Ok(()) };
    let words = invocation.words;
    match invocation.channels.roles(invocation.guild()).await {
        Ok(roles) if roles.contains(&role.id) => Ok(()),
        Ok(_) => Err(say!(words, "role-elsewhere")),
        Err(cause) => {
            tracing::warn!(cause, "the roles of a server cannot be read");
            Err(say!(words, "roles-unknown"))
        }
    }
}

fn elsewhere(channel: ChannelId, words: &Words) -> String {
    say!(words, "channel-elsewhere", channel = shown(channel))
}

fn shown(channel: ChannelId) -> String {
    format!("<#{channel}>")
}
