//! `/feed`: moderators make, list, change and remove feeds. `action` parses the subcommand, `definition` has the options, and each
//! subcommand has a file: `add`, `edit`, `list`, `post`, and `change` for the others.

use crate::discord::choices;
use crate::discord::command::{Access, Command, from_another_version};
use crate::discord::invocation::Invocation;
use crate::discord::options;
use crate::discord::reply::{Choice, Reply};

mod action;
mod add;
mod advice;
mod change;
mod choose;
mod definition;
pub(super) mod desk;
mod edit;
mod feed_options;
mod find;
pub(super) mod guild_check;
pub(crate) mod list;
mod offer;
pub(crate) mod post;
pub(crate) mod resume_button;
pub(crate) mod words;

use action::Action;

/// `/feed`.
pub(crate) static COMMAND: Command = Command {
    name: "feed",
    access: Access::Moderators,
    definition: definition::definition,
    autocomplete: Some(|invocation| Box::pin(autocomplete(invocation))),
    run: |invocation| Box::pin(run(invocation)),
};

async fn run(invocation: &Invocation<'_>) -> Reply {
    let Some(action) = action::parse(&invocation.options) else {
        return from_another_version(invocation.words);
    };
    let desk = match desk::of(invocation.state, invocation.words) {
        Ok(desk) => desk,
        Err(reply) => return reply,
    };
    let answered = match action {
        Action::Add { channel, given } => add::run(channel, &given, desk, invocation).await,
        Action::Edit { feed, given } => edit::run(&feed, &given, desk, invocation).await,
        Action::List => list::page(0, desk, invocation).await,
        Action::Post { feed, article } => post::run(&feed, &article, desk, invocation).await,
        Action::Change { feed, change } => change::run(&feed, change, desk, invocation).await,
    };
    answered.unwrap_or_else(Reply::to_asker)
}

/// The choices while a moderator types.
async fn autocomplete(invocation: &Invocation<'_>) -> Vec<Choice> {
    let Some((_, options)) = action::subcommand(&invocation.options) else { return Vec::new() };
    let Some((option, typed)) = options::focused(options) else { return Vec::new() };
    let state = invocation.state;
    if option == "article" {
        return choices::of_visible_titles(typed, state, invocation.words);
    }
    if option == "feed" {
        let Some(desk) = state.desk() else { return Vec::new() };
        let feeds = desk.list(invocation.guild()).await.unwrap_or_default();
        return find::offered(typed, &feeds, state.channel_list(), invocation.words);
    }
    offer::offered(option, typed, &state.collection(), invocation.words)
}
