//! Whether the channel and the role that a moderator gave are of their server. An option can hold any id, also one of another
//! server, and what stands beside it (name, kind) is no better.

use crate::discord::channel_look::Look;
use crate::discord::invocation::Invocation;
use crate::feed::ChannelKind;

use super::given::Given;

/// The kind of the feed that the channel can have, and what is known of it. Discord decides; where it does not show the channel,
/// the gateway's list of the server's channels does.
///
/// # Errors
/// Cause and remedy, in words.
pub(super) async fn channel(
    channel: u64,
    invocation: &Invocation<'_>,
) -> Result<(ChannelKind, Look), String> {
    let guild = invocation.guild();
    let look = invocation.channels.look(guild, channel).await;
    let of_list = || invocation.state.channel_list().kind(guild, channel);
    let kind = match &look {
        Look::Seen(facts) => facts.kind,
        Look::Elsewhere => return Err(not_of_server(channel)),
        Look::Gone => {
            return Err(format!("Discord says that there is no <#{channel}>; choose another channel."));
        }
        Look::Hidden => of_list().ok_or_else(|| not_of_server(channel))?,
        Look::Unknown(cause) => of_list().ok_or_else(|| {
            tracing::warn!(cause, "a channel cannot be looked at");
            format!("I could not read from Discord what <#{channel}> is. Try again in a minute.")
        })?,
    };
    let kind = ChannelKind::of_discord(kind).ok_or_else(|| {
        format!("<#{channel}> is no text channel, announcement channel or forum; choose one of those.")
    })?;
    Ok((kind, look))
}

/// Whether the role to mention, if one is given, is one of the server.
///
/// # Errors
/// Cause and remedy, in words.
pub(super) async fn require_own_role(given: &Given, invocation: &Invocation<'_>) -> Result<(), String> {
    let Some(role) = given.mention else { return Ok(()) };
    match invocation.channels.roles(invocation.guild()).await {
        Ok(roles) if roles.contains(&role.id) => Ok(()),
        Ok(_) => Err("The role for `mention` is none of this server; choose one of this server.".to_owned()),
        Err(cause) => {
            tracing::warn!(cause, "the roles of a server cannot be read");
            Err("I could not read this server's roles from Discord. Try again in a minute.".to_owned())
        }
    }
}

fn not_of_server(channel: u64) -> String {
    format!("<#{channel}> is no channel of this server that I know; choose one of this server.")
}
