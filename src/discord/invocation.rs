//! The circumstances of one use of a command or a component: the caller, the place, the language. Every `run` gets them.

use std::time::Duration;

use jiff::Timestamp;
use serenity::model::application::ResolvedOption;
use serenity::model::channel::Message;

use super::channel_lookup::Channels;
use super::moderators::Caller;
use super::state::State;
use crate::ids::GuildId;
use crate::messages::Words;

/// What the bot measured of its connection to Discord.
#[derive(Debug, Clone, Copy, Default)]
pub struct Connection {
    /// How long the gateway takes to answer a heartbeat. `None` before the first one.
    pub latency: Option<Duration>,
    /// Discord's time. `None` before the first answer.
    pub discord_now: Option<Timestamp>,
}

/// One use of a command or a component.
pub(crate) struct Invocation<'a> {
    pub(crate) caller: Caller,
    /// The options of the command. A component has none.
    pub(crate) options: Vec<ResolvedOption<'a>>,
    /// The message in whose menu the command was chosen. `None` for slash commands and components.
    pub(crate) target: Option<&'a Message>,
    /// The texts in the language of the caller's Discord.
    pub(crate) words: &'static Words,
    /// The connection to Discord. Nothing is known for a component.
    pub(crate) connection: Connection,
    pub(crate) channels: &'a dyn Channels,
    pub(crate) state: &'a State,
}

impl Invocation<'_> {
    /// The guild. The id is 0 in direct messages, where the bot refuses moderators' commands.
    pub(crate) fn guild(&self) -> GuildId {
        self.caller.member.as_ref().map_or(GuildId(0), |member| member.guild)
    }
}
