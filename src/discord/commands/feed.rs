//! `/feed`: channels that get new articles, made, shown, changed and removed by moderators.

use std::future::Future;
use std::time::Duration;

use serenity::builder::CreateCommand;
use serenity::model::application::{ResolvedOption, ResolvedValue};

use super::{focused_option, text_option};
use crate::delivery::desk::{Desk, DeskError};
use crate::discord::channel_look::Channels;
use crate::discord::reply::{Choice, Reply};
use crate::discord::state::State;
use crate::feed::Feed;

mod add;
mod advice;
mod change;
mod choose;
mod definition;
mod edit;
mod find;
pub mod given;
pub mod list;
mod offer;
mod place;
pub mod words;

use given::Given;

/// How long a command waits for the poster, in seconds. Discord takes the answer for 15 minutes, but nobody looks at a
/// waiting message for so long.
const POSTER_SECONDS_MAX: u64 = 60;

/// What `/feed` was asked, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedInput {
    /// The server's id.
    pub server: u64,
    /// The subcommand.
    pub action: Action,
}

/// A subcommand with its options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Makes a feed.
    Add {
        /// The channel's id: it may be one of another server.
        channel: u64,
        /// The settings.
        given: Box<Given>,
    },
    /// Changes a feed.
    Edit {
        /// As typed or chosen.
        feed: String,
        /// The settings.
        given: Box<Given>,
    },
    /// Shows all.
    List,
    /// One of those that take nothing but a feed.
    Change {
        /// As typed or chosen.
        feed: String,
        /// Which.
        change: Change,
    },
}

/// What can be done to a feed as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// `/feed pause`.
    Pause,
    /// `/feed resume`.
    Resume,
    /// `/feed remove`.
    Remove,
    /// `/feed test`.
    Test,
}

/// The command as it is registered.
pub fn definition() -> CreateCommand {
    definition::definition()
}

/// Reads the subcommand; `None` for one that this version does not have.
#[must_use]
pub fn parse(options: &[ResolvedOption<'_>]) -> Option<Action> {
    let (name, options) = subcommand(options)?;
    let feed = || text_option(options, "feed");
    let change = |change| Some(Action::Change { feed: feed()?, change });
    match name {
        "add" => {
            let channel = options.iter().find_map(|option| match option.value {
                ResolvedValue::Channel(channel) if option.name == "channel" => Some(channel),
                _ => None,
            })?;
            Some(Action::Add { channel: channel.id.get(), given: Box::new(Given::parse(options)) })
        }
        "edit" => Some(Action::Edit { feed: feed()?, given: Box::new(Given::parse(options)) }),
        "list" => Some(Action::List),
        "pause" => change(Change::Pause),
        "resume" => change(Change::Resume),
        "remove" => change(Change::Remove),
        "test" => change(Change::Test),
        _ => None,
    }
}

/// Answers the command.
pub async fn run(input: FeedInput, channels: &impl Channels, state: &State) -> Reply {
    let FeedInput { server, action } = input;
    let desk = match desk(state) {
        Ok(desk) => desk,
        Err(reply) => return reply,
    };
    let answered = match action {
        Action::Add { channel, given } => add::run(server, channel, &given, desk, channels, state).await,
        Action::Edit { feed, given } => edit::run(server, &feed, &given, desk, channels, state).await,
        Action::List => list::page(server, 0, desk, state).await,
        Action::Change { feed, change } => change::run(server, &feed, change, desk, state).await,
    };
    answered.unwrap_or_else(Reply::to_asker)
}

/// What to offer to a moderator while they type.
pub async fn autocomplete(server: u64, options: &[ResolvedOption<'_>], state: &State) -> Vec<Choice> {
    let Some((name, options)) = subcommand(options) else { return Vec::new() };
    let Some((option, typed)) = focused_option(options) else { return Vec::new() };
    if option == "feed" {
        let Some(desk) = state.desk() else { return Vec::new() };
        let reports = desk.feeds(server).await.unwrap_or_default();
        return find::offered(typed, &reports, state.channel_list());
    }
    offer::offered(option, typed, name == "edit", &state.collection())
}

/// Whom to ask.
///
/// # Errors
/// What to answer where there are no feeds at all.
pub(super) fn desk(state: &State) -> Result<&Desk, Reply> {
    state.desk().ok_or_else(|| {
        Reply::to_asker(
            "I run without a database, so there are no feeds. Whoever runs me can set DATABASE_URL.",
        )
    })
}

/// Waits for the poster, not for ever.
///
/// # Errors
/// Cause and remedy, in words.
pub(super) async fn answered<T>(asked: impl Future<Output = Result<T, DeskError>>) -> Result<T, String> {
    match tokio::time::timeout(Duration::from_secs(POSTER_SECONDS_MAX), asked).await {
        Ok(answer) => answer.map_err(|error| error.to_string()),
        Err(_elapsed) => Err(format!(
            "I am busy and have not come to it within {POSTER_SECONDS_MAX} seconds; it may still be done. `/feed list` shows how \
             things stand."
        )),
    }
}

fn subcommand<'a, 'b>(options: &'b [ResolvedOption<'a>]) -> Option<(&'a str, &'b [ResolvedOption<'a>])> {
    options.iter().find_map(|option| match &option.value {
        ResolvedValue::SubCommand(options) => Some((option.name, options.as_slice())),
        _ => None,
    })
}

/// The feed that was typed or chosen, by its number.
async fn find_feed(server: u64, typed: &str, desk: &Desk, state: &State) -> Result<Feed, String> {
    let reports = answered(desk.feeds(server)).await?;
    find::find(typed, &reports, state.channel_list()).map(|report| report.feed.clone())
}
