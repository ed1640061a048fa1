//! What a moderator wants of `/feed`: a subcommand with its options.

use serenity::model::application::{ResolvedOption, ResolvedValue};

use super::given::Given;
use crate::discord::options;
use crate::ids::ChannelId;

/// A subcommand with its options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Action {
    /// Makes a feed.
    Add {
        /// The channel's id: it may be one of another guild.
        channel: ChannelId,
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
pub(super) enum Change {
    /// `/feed pause`.
    Pause,
    /// `/feed resume`.
    Resume,
    /// `/feed remove`.
    Remove,
    /// `/feed test`.
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
            Some(Action::Add { channel: channel.id.into(), given: Box::new(Given::parse(options)) })
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

/// The subcommand's name, and its options.
pub(super) fn subcommand<'a, 'b>(
    options: &'b [ResolvedOption<'a>],
) -> Option<(&'a str, &'b [ResolvedOption<'a>])> {
    options.iter().find_map(|option| match &option.value {
        ResolvedValue::SubCommand(options) => Some((option.name, options.as_slice())),
        _ => None,
    })
}
