//! Checks the channel for notices, and sends a test message there.

use crate::delivery::retry::{ActionKind, Decision, Try, decide};
use crate::delivery::send::Outcome;
use crate::discord::channel_lookup::ChannelLookup;
use crate::discord::channel_permissions::{SEND_MESSAGES, VIEW_CHANNEL, missing};
use crate::discord::commands::feed::guild_check;
use crate::discord::failure;
use crate::discord::invocation::Invocation;
use crate::discord::permission_names::permission_names;
use crate::discord::reply::Reply;
use crate::feed::ChannelKind;
use crate::ids::ChannelId;
use crate::messages::{Language, Words, say};

/// Sends a test message in a channel of this guild, in the language of the guild's posts. `language` is the one that the same
/// command chooses.
///
/// # Errors
/// Why the bot cannot report in the channel, and the remedy, in words.
pub(super) async fn test(
    channel: ChannelId,
    language: Option<Language>,
    invocation: &Invocation<'_>,
) -> Result<(), String> {
    let (words, shown) = (invocation.words, format!("<#{channel}>"));
    let (kind, lookup) = guild_check::channel(channel, invocation).await?;
    if kind == ChannelKind::Forum {
        return Err(say!(words, "settings-wrong-channel", channel = shown));
    }
    let lacks = match &lookup {
        ChannelLookup::Found(facts) => missing(facts.permissions, VIEW_CHANNEL | SEND_MESSAGES),
        ChannelLookup::Hidden => VIEW_CHANNEL,
        _ => return Err(say!(words, "channel-unknown", channel = shown)),
    };
    if lacks != 0 {
        let permissions = permission_names(lacks, words);
        return Err(say!(words, "settings-lacking", channel = shown, permissions = permissions));
    }
    let language = language.unwrap_or_else(|| invocation.state.guild_languages().of(invocation.guild()));
    let content = say!(Words::of(language), "notice-test");
    let outcome = invocation.channels.send(channel, Reply { content, ..Reply::default() }).await;
    sent(&outcome).map_err(|is_refused| match is_refused {
        true => say!(words, "settings-test-refused", channel = shown),
        false => say!(words, "settings-test-unconfirmed", channel = shown),
    })
}

/// Whether the message was sent. The error says whether Discord refused the message for good.
fn sent(outcome: &Outcome) -> Result<(), bool> {
    let tried = Try { kind: ActionKind::Post, attempts: 1, has_pictures: false, jitter: 0.0 };
    let decision = decide(&tried, outcome);
    if matches!(decision, Decision::Done(_)) {
        return Ok(());
    }
    tracing::warn!(cause = failure::in_words(outcome), "the test message of /settings was not sent");
    Err(!matches!(decision, Decision::Retry { .. }))
}
