//! The subcommands of `/feed`, parsed.

use serenity::model::application::{ResolvedOption, ResolvedValue};

use super::feed_options::FeedOptions;
use crate::discord::options;
use crate::ids::ChannelId;

/// A subcommand with its options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Action {
    Add {
        /// It may belong to another guild.
        channel: ChannelId,
        given: Box<FeedOptions>,
    },
    Edit {
        /// As typed or chosen.
        feed: String,
        given: Box<FeedOptions>,
    },
    List,
    Post {
        /// As typed or chosen.
        feed: String,
        /// As typed or chosen.
        article: String,
    },
    /// A subcommand with the option `feed` alone.
    Change {
        /// As typed or chosen.
        feed: String,
        change: Change,
    },
}

/// A subcommand with the option `feed` alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Pause,
    Resume,
    Remove,
    Test,
}

/// Reads the subcommand; `None` for one that this version does not have.
pub(super) fn parse(options: &[ResolvedOption<'_>]) -> Option<Action> {
    let (name, options) = subcommand(options)?;
    let feed = || options::text(options, "feed");
    let change = |change| Some(Action::Change { feed: feed()?, change });
    match name {
        "add" => {
            let channel = options.iter().find_map(|option| match option.value {
                ResolvedValue::Channel(channel) if option.name == "channel" => Some(channel),
                _ => None,
            })?;
            Some(Action::Add { channel: channel.id.into(), given: Box::new(FeedOptions::parse(options)) })
        }
        "edit" => Some(Action::Edit { feed: feed()?, given: Box::new(FeedOptions::parse(options)) }),
        "list" => Some(Action::List),
        "post" => Some(Action::Post { feed: feed()?, article: options::text(options, "article")? }),
        "pause" => change(Change::Pause),
        "resume" => change(Change::Resume),
        "remove" => change(Change::Remove),
        "test" => change(Change::Test),
        _ => None,
    }
}

/// The subcommand's name, and its options.
pub(super) fn subcommand<'a, 'b>(
    options: &'b [ResolvedOption<'a>],
) -> Option<(&'a str, &'b [ResolvedOption<'a>])> {
    options.iter().find_map(|option| match &option.value {
        ResolvedValue::SubCommand(options) => Some((option.name, options.as_slice())),
        _ => None,
    })
}
