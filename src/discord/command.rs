//! The parts of a command. Each command is a [`Command`] in its own file, and `commands` lists all commands.

use std::future::Future;
use std::time::Duration;

use futures_util::future::BoxFuture;
use serenity::all::{InstallationContext, InteractionContext};
use serenity::builder::CreateCommand;
use serenity::model::Permissions;

use super::invocation::Invocation;
use super::moderators::{GuildCommandSettings, MANAGE_GUILD, require_moderator};
use super::reply::{Choice, Deferral, Reply};
use crate::messages::{Words, say};

/// The most milliseconds for choices: half of the time that Discord waits. The network needs the rest.
const CHOICES_MS_MAX: u64 = 1500;

/// An async function of a command.
pub(crate) type Run<T> = for<'a> fn(&'a Invocation<'a>) -> BoxFuture<'a, T>;

/// A slash command, or a command in the menu of a message.
pub(crate) struct Command {
    /// The name that a person types after the slash, or the English name in the menu of a message. No two commands have the same.
    pub(crate) name: &'static str,
    pub(crate) access: Access,
    /// Adds the description and the options of a slash command, in the language of these texts. For the menu of a message: sets
    /// the kind, and the name in this language.
    pub(crate) definition: fn(CreateCommand, &'static Words) -> CreateCommand,
    /// The choices while a person types. `None` if no option has choices.
    pub(crate) autocomplete: Option<Run<Vec<Choice>>>,
    /// Parses the options and answers.
    pub(crate) run: Run<Reply>,
}

/// Who may use a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Everywhere: in guilds, in direct messages with the bot, and, for an account that has the bot, in guilds without the bot and
    /// in direct messages of others. The answer comes at once.
    Everyone,
    /// The moderators of a guild that the bot was added to. The answer is deferred, and only the asker sees it.
    Moderators,
}

impl Command {
    /// The command as Discord registers it, in the language of these texts.
    pub(crate) fn definition(&self, words: &'static Words) -> CreateCommand {
        let command = (self.definition)(CreateCommand::new(self.name), words);
        match self.access {
            Access::Everyone => command
                .integration_types(vec![InstallationContext::Guild, InstallationContext::User])
                .contexts(vec![
                    InteractionContext::Guild,
                    InteractionContext::BotDm,
                    InteractionContext::PrivateChannel,
                ]),
            // A user who installs the bot for their account gets no moderators' command.
            Access::Moderators => command
                .default_member_permissions(Permissions::from_bits_truncate(MANAGE_GUILD))
                .integration_types(vec![InstallationContext::Guild])
                .contexts(vec![InteractionContext::Guild]),
        }
    }

    /// How the answer is deferred. `None` where the answer comes at once.
    pub(crate) fn deferral(&self) -> Option<Deferral> {
        (self.access == Access::Moderators).then_some(Deferral::Message)
    }

    /// Checks who asks, then answers or refuses. `settings` are those of the guild. Only a moderators' command awaits them.
    pub(crate) async fn answer(
        &self,
        invocation: &Invocation<'_>,
        settings: impl Future<Output = Result<GuildCommandSettings, String>>,
    ) -> Reply {
        match require(&[self], invocation, settings).await {
            Ok(()) => (self.run)(invocation).await,
            Err(refusal) => refusal,
        }
    }

    /// The choices while a person types. None for a person who may not use the command, and none at the time limit.
    pub(crate) async fn choices(
        &self,
        invocation: &Invocation<'_>,
        settings: impl Future<Output = Result<GuildCommandSettings, String>>,
    ) -> Vec<Choice> {
        let Some(autocomplete) = self.autocomplete else { return Vec::new() };
        let offered = async {
            match require(&[self], invocation, settings).await {
                Ok(()) => autocomplete(invocation).await,
                Err(_refusal) => Vec::new(),
            }
        };
        let waited = tokio::time::timeout(Duration::from_millis(CHOICES_MS_MAX), offered).await;
        waited.unwrap_or_default()
    }
}

/// Whether all these commands are for moderators.
pub(crate) fn are_for_moderators(commands: &[&Command]) -> bool {
    commands.iter().all(|command| command.access == Access::Moderators)
}

/// Checks that the caller may use at least one of these commands. The ids of the commands come from Discord, never from a button.
///
/// # Errors
/// The refusal.
pub(crate) async fn require(
    commands: &[&Command],
    invocation: &Invocation<'_>,
    settings: impl Future<Output = Result<GuildCommandSettings, String>>,
) -> Result<(), Reply> {
    if !are_for_moderators(commands) {
        return Ok(());
    }
    let names: Vec<&str> = commands.iter().map(|command| command.name).collect();
    let ids = invocation.state.registered().ids(&names);
    require_moderator(&invocation.caller, &ids, settings, invocation.words).await
}

/// For a command or a subcommand that this version does not have.
pub(crate) fn from_another_version(words: &Words) -> Reply {
    Reply::to_asker(say!(words, "command-from-another-version"))
}
