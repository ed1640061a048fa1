//! The slash commands, one file each: definition, parsing, and `run`, which turns input into a plain answer.
//!
//! A new command is a file here and a line in [`definitions`] and [`run`]; in [`autocomplete`] if it offers choices, and in
//! [`is_for_moderators`] if not everybody may use it.

use std::future::Future;
use std::time::Duration;

use serenity::all::{InstallationContext, InteractionContext};
use serenity::builder::CreateCommand;
use serenity::model::Permissions;
use serenity::model::application::{ResolvedOption, ResolvedValue};

use super::channel_look::Channels;
use super::permissions::{Caller, MANAGE_SERVER, ServerSettings, require_moderator};
use super::reply::{Audience, Choice, Reply};
use super::state::State;
use crate::collection::names::{TYPED_CHARACTERS_MAX, cut};
use crate::messages::Words;

pub mod article;
pub mod feed;
pub mod news;
pub mod problems;
pub mod reload;
pub mod status;
pub mod topics;
pub mod why;

/// How long choices may take, in milliseconds: half of what Discord waits, as the way there and back takes its part.
const CHOICES_MS_MAX: u64 = 1500;

/// One use of a command.
#[derive(Debug, Clone)]
pub struct Call<'a> {
    /// The command's name.
    pub name: &'a str,
    /// Who uses it.
    pub caller: Caller,
    /// What they gave.
    pub options: Vec<ResolvedOption<'a>>,
    /// The language of their Discord, as `en-GB`.
    pub locale: &'a str,
    /// How long the gateway takes to answer, if that is known.
    pub latency: Option<Duration>,
}

/// Every command the bot registers.
#[must_use]
pub fn definitions() -> Vec<CreateCommand> {
    vec![
        for_members(news::definition()),
        for_members(topics::definition()),
        for_members(article::definition()),
        for_moderators(feed::definition()),
        for_moderators(why::definition()),
        for_moderators(reload::definition()),
        for_moderators(status::definition()),
    ]
}

/// Whether a command is for moderators. These are deferred, and answered for the asker alone.
#[must_use]
pub fn is_for_moderators(name: &str) -> bool {
    matches!(name, "feed" | "why" | "reload" | "status")
}

/// Answers a command; `None` where there is none of that name. `settings` are the server's, asked only where needed, as are
/// `channels`.
pub async fn run(
    call: &Call<'_>,
    settings: impl Future<Output = Result<ServerSettings, String>>,
    channels: &impl Channels,
    state: &State,
) -> Option<Reply> {
    let asker = call.caller.user;
    if is_for_moderators(call.name)
        && let Err(refusal) =
            require_moderator(&call.caller, &state.registered().ids(&[call.name]), settings).await
    {
        return Some(refusal);
    }
    let words = Words::of_locale(call.locale);
    let server = call.caller.member.as_ref().map_or(0, |member| member.server);
    let reply = match call.name {
        "news" => news::run(news::parse(asker, &call.options), state).await,
        "topics" => {
            let input = topics::TopicsInput { asker, page: 0, audience: Audience::Everyone };
            topics::run(input, state).await
        }
        "article" => article::run(article::parse(asker, &call.options), state).await,
        "reload" => reload::run(reload::ReloadInput { server }, words, state).await,
        "status" => {
            let input = status::StatusInput { server, latency: call.latency };
            status::run(input, words, state).await
        }
        "feed" => {
            let action = feed::parse(&call.options)?;
            feed::run(feed::FeedInput { server, action }, channels, state).await
        }
        "why" => why::run(why::parse(server, &call.options), state).await,
        _ => return None,
    };
    Some(reply)
}

/// What to offer while somebody types. For a moderators' command only moderators are offered anything, and nothing if it
/// takes too long to find out.
pub async fn autocomplete(
    call: &Call<'_>,
    settings: impl Future<Output = Result<ServerSettings, String>>,
    state: &State,
) -> Vec<Choice> {
    match call.name {
        "news" => news::autocomplete(&call.options, state),
        "article" => article::autocomplete(&call.options, state),
        name if is_for_moderators(name) => {
            let offered = async {
                require_moderator(&call.caller, &state.registered().ids(&[call.name]), settings)
                    .await
                    .ok()?;
                let server = call.caller.member.as_ref()?.server;
                match name {
                    "feed" => Some(feed::autocomplete(server, &call.options, state).await),
                    "why" => Some(why::autocomplete(&call.options, state)),
                    _ => None,
                }
            };
            let waited = tokio::time::timeout(Duration::from_millis(CHOICES_MS_MAX), offered).await;
            waited.ok().flatten().unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// Shown to everybody, in servers and in direct messages with the bot.
fn for_members(definition: CreateCommand) -> CreateCommand {
    definition.contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
}

/// Shown to moderators only, and only in servers that the bot was added to: a user who installs it for themselves takes no
/// moderators' command along. The bot checks both by itself.
fn for_moderators(definition: CreateCommand) -> CreateCommand {
    definition
        .default_member_permissions(Permissions::from_bits_truncate(MANAGE_SERVER))
        .integration_types(vec![InstallationContext::Guild])
        .contexts(vec![InteractionContext::Guild])
}

/// The text of an option, also while it is being typed; `None` where it is absent or blank.
fn text_option(options: &[ResolvedOption<'_>], name: &str) -> Option<String> {
    let option = options.iter().find(|option| option.name == name)?;
    let text = match option.value {
        ResolvedValue::String(text) => text,
        ResolvedValue::Autocomplete { value, .. } => value,
        _ => return None,
    };
    Some(cut(text.trim(), TYPED_CHARACTERS_MAX).to_owned()).filter(|text| !text.is_empty())
}

/// The option that a member is typing, and what they have typed of it so far, as much of it as any option needs.
fn focused_option<'a>(options: &[ResolvedOption<'a>]) -> Option<(&'a str, &'a str)> {
    options.iter().find_map(|option| match option.value {
        ResolvedValue::Autocomplete { value, .. } => Some((option.name, cut(value, TYPED_CHARACTERS_MAX))),
        _ => None,
    })
}
