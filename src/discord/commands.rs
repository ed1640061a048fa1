//! The slash commands, one file each: definition, parsing, and `run`, which turns input into a plain answer.
//!
//! A new command is a file here and a line in [`definitions`] and [`run`]; in [`autocomplete`] if it offers choices, and in
//! [`is_for_moderators`] if not everybody may use it.

use std::future::Future;
use std::time::Duration;

use serenity::all::InteractionContext;
use serenity::builder::CreateCommand;
use serenity::model::Permissions;
use serenity::model::application::{ResolvedOption, ResolvedValue};

use super::permissions::{Caller, MANAGE_SERVER, ServerSettings, require_moderator};
use super::reply::{Audience, Choice, Reply};
use super::state::State;

pub mod article;
pub mod news;
pub mod problems;
pub mod reload;
pub mod status;
pub mod topics;

/// One use of a command.
#[derive(Debug, Clone)]
pub struct Call<'a> {
    /// The command's name.
    pub name: &'a str,
    /// The command's id.
    pub command: u64,
    /// Who uses it.
    pub caller: Caller,
    /// What they gave.
    pub options: Vec<ResolvedOption<'a>>,
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
        for_moderators(reload::definition()),
        for_moderators(status::definition()),
    ]
}

/// Whether a command is for moderators. These are deferred, and answered for the asker alone.
#[must_use]
pub fn is_for_moderators(name: &str) -> bool {
    matches!(name, "reload" | "status")
}

/// Answers a command; `None` where there is none of that name. `settings` are the server's, asked only where needed.
pub async fn run(
    call: &Call<'_>,
    settings: impl Future<Output = Result<ServerSettings, String>>,
    state: &State,
) -> Option<Reply> {
    let asker = call.caller.user;
    if is_for_moderators(call.name)
        && let Err(refusal) = require_moderator(&call.caller, call.command, settings).await
    {
        return Some(refusal);
    }
    let reply = match call.name {
        "news" => news::run(news::parse(asker, &call.options), state).await,
        "topics" => {
            let input = topics::TopicsInput { asker, page: 0, audience: Audience::Everyone };
            topics::run(input, state).await
        }
        "article" => article::run(article::parse(asker, &call.options), state).await,
        "reload" => {
            let server = call.caller.member.as_ref().map_or(0, |member| member.server);
            reload::run(reload::ReloadInput { command: call.command, server }, state).await
        }
        "status" => {
            status::run(status::StatusInput { command: call.command, latency: call.latency }, state).await
        }
        _ => return None,
    };
    Some(reply)
}

/// What to offer while a member types.
#[must_use]
pub fn autocomplete(name: &str, options: &[ResolvedOption<'_>], state: &State) -> Vec<Choice> {
    match name {
        "news" => news::autocomplete(options, state),
        "article" => article::autocomplete(options, state),
        _ => Vec::new(),
    }
}

/// Shown to everybody, in servers and in direct messages with the bot.
fn for_members(definition: CreateCommand) -> CreateCommand {
    definition.contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
}

/// Shown to moderators only, and in servers only. The bot checks both by itself.
fn for_moderators(definition: CreateCommand) -> CreateCommand {
    definition
        .default_member_permissions(Permissions::from_bits_truncate(MANAGE_SERVER))
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
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The option that a member is typing, and what they have typed of it so far.
fn focused_option<'a>(options: &[ResolvedOption<'a>]) -> Option<(&'a str, &'a str)> {
    options.iter().find_map(|option| match option.value {
        ResolvedValue::Autocomplete { value, .. } => Some((option.name, value)),
        _ => None,
    })
}
