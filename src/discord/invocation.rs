//! The circumstances of one use of a command or a component: the caller, the place, the language. Every `run` gets them.

use std::time::Duration;

use serenity::model::application::ResolvedOption;
use serenity::model::channel::Message;

use super::channel_lookup::Channels;
use super::moderators::Caller;
use super::state::State;
use crate::ids::GuildId;
use crate::messages::Words;

/// One use of a command or a component.
pub(crate) struct Invocation<'a> {
    pub(crate) caller: Caller,
    /// The options of the command. A component has none.
    pub(crate) options: Vec<ResolvedOption<'a>>,
    /// The message in whose menu the command was chosen. `None` for slash commands and components.
    pub(crate) target: Option<&'a Message>,
    /// The texts in the language of the caller's Discord.
    pub(crate) words: &'static Words,
    /// How long the gateway takes to answer. `None` before the first heartbeat, and for a component.
    pub(crate) latency: Option<Duration>,
    pub(crate) channels: &'a dyn Channels,
    pub(crate) state: &'a State,
}

impl Invocation<'_> {
    /// The guild. The id is 0 in direct messages, where the bot refuses moderators' commands.
    pub(crate) fn guild(&self) -> GuildId {
        self.caller.member.as_ref().map_or(GuildId(0), |member| member.guild)
    }
}
