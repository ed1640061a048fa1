//! The list of commands. A new command is a file below, with a [`Command`], and a line in [`COMMANDS`].

use serenity::builder::CreateCommand;

use super::command::Command;
use crate::messages::Words;

pub(crate) mod article;
pub(crate) mod feed;
pub(crate) mod more_like_this;
pub(crate) mod news;
pub(crate) mod problems;
pub(crate) mod reload;
pub(crate) mod search;
pub(crate) mod settings;
pub(crate) mod status;
pub(crate) mod topics;
pub(crate) mod why;

/// Every command, in the order of registration.
pub(crate) static COMMANDS: &[&Command] = &[
    &news::COMMAND,
    &search::COMMAND,
    &topics::COMMAND,
    &article::COMMAND,
    &more_like_this::COMMAND,
    &feed::COMMAND,
    &why::COMMAND,
    &reload::COMMAND,
    &status::COMMAND,
    &settings::COMMAND,
];

/// The command with this name.
pub(crate) fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().copied().find(|command| command.name == name)
}

/// Every command as Discord registers it, in the language of these texts.
pub(crate) fn definitions(words: &'static Words) -> Vec<CreateCommand> {
    COMMANDS.iter().map(|command| command.definition(words)).collect()
}
