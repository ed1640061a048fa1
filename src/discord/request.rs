//! An interaction as a request: which command or component a person uses, and with what. Each interaction is read once.

use std::future::Future;

use serenity::all::{
    AuthorizingIntegrationOwner, AuthorizingIntegrationOwners, ChannelType, CommandInteraction,
    ComponentInteraction, ComponentInteractionDataKind, Interaction, Member, MessageInteractionMetadata,
    PartialChannel, Permissions, ResolvedTarget, User,
};

use super::channel_lookup::Channels;
use super::command::{self, Access, Command};
use super::component::{self, Component, Pressed};
use super::custom_id::Fields;
use super::invocation::{Connection, Invocation};
use super::moderators::{Caller, CallerMember, GuildCommandSettings};
use super::reply::{Answer, Deferral, Reply};
use super::state::State;
use super::{commands, components};
use crate::ids::{ChannelId, GuildId, UserId};
use crate::messages::Words;

/// A use of a command or a component, or a person who types an option.
pub struct Request<'a>(RequestKind<'a>);

enum RequestKind<'a> {
    Command(&'static Command, Invocation<'a>),
    Choices(&'static Command, Invocation<'a>),
    Component(&'static Component, Fields<'a>, Pressed<'a>),
    /// This version does not have the command or the component.
    Unknown(Answer),
}

impl<'a> Request<'a> {
    /// Reads an interaction. `None` for kinds of interactions that the bot does not use: a modal, a menu of users or channels, a ping.
    pub fn read(
        interaction: &'a Interaction,
        connection: Connection,
        channels: &'a dyn Channels,
        state: &'a State,
    ) -> Option<Self> {
        let invocation = |command| invocation(command, connection, channels, state);
        Some(Self(match interaction {
            Interaction::Command(command) => match commands::find(&command.data.name) {
                Some(found) => RequestKind::Command(found, invocation(command)),
                None => {
                    let words = Words::of_locale(&command.locale);
                    RequestKind::Unknown(Answer::Message(command::from_another_version(words)))
                }
            },
            Interaction::Autocomplete(command) => match commands::find(&command.data.name) {
                Some(found) => RequestKind::Choices(found, invocation(command)),
                None => RequestKind::Unknown(Answer::Choices(Vec::new())),
            },
            Interaction::Component(component) => {
                let pressed = pressed(component, channels, state)?;
                match components::find(&component.data.custom_id) {
                    Some((found, fields)) => RequestKind::Component(found, fields, pressed),
                    None => {
                        let words = pressed.invocation.words;
                        RequestKind::Unknown(Answer::Message(component::from_another_version(words)))
                    }
                }
            }
            _ => return None,
        }))
    }

    /// How the answer is deferred. `None` where the answer comes at once.
    pub(crate) fn deferral(&self) -> Option<Deferral> {
        match &self.0 {
            RequestKind::Command(command, _) => command.deferral(),
            RequestKind::Component(component, _, pressed) => component.deferral(pressed),
            RequestKind::Choices(..) | RequestKind::Unknown(_) => None,
        }
    }

    /// What was asked, for the metrics: the kind, and one of the bot's own names.
    pub(super) fn label(&self) -> (&'static str, &'static str) {
        match &self.0 {
            RequestKind::Command(command, _) => ("command", command.name),
            RequestKind::Choices(command, _) => ("choices", command.name),
            RequestKind::Component(component, ..) => ("component", component.tag),
            RequestKind::Unknown(_) => ("unknown", "unknown"),
        }
    }

    /// The guild, if only its moderators may make this request. `None` for requests that everybody may make, and in direct messages.
    pub(crate) fn guild_of_moderators(&self) -> Option<GuildId> {
        let (is_for_moderators, invocation) = match &self.0 {
            RequestKind::Command(command, invocation) | RequestKind::Choices(command, invocation) => {
                (command.access == Access::Moderators, invocation)
            }
            RequestKind::Component(component, _, pressed) => {
                (component.is_for_moderators(), &pressed.invocation)
            }
            RequestKind::Unknown(_) => return None,
        };
        let member = invocation.caller.member.as_ref()?;
        is_for_moderators.then_some(member.guild)
    }

    /// Checks who asks, then answers or refuses. `settings` are those of the guild. Only a request for moderators awaits them.
    pub async fn answer(
        self,
        settings: impl Future<Output = Result<GuildCommandSettings, String>>,
    ) -> Answer {
        match self.0 {
            RequestKind::Command(command, invocation) => {
                Answer::Message(command.answer(&invocation, settings).await)
            }
            RequestKind::Choices(command, invocation) => {
                Answer::Choices(command.choices(&invocation, settings).await)
            }
            RequestKind::Component(component, fields, pressed) => {
                component.answer(fields, &pressed, settings).await
            }
            RequestKind::Unknown(answer) => answer,
        }
    }

    /// A refusal as the answer. While a person types, that is an answer without choices.
    pub(crate) fn refused(&self, refusal: Reply) -> Answer {
        match self.0 {
            RequestKind::Choices(..) => Answer::Choices(Vec::new()),
            _ => Answer::Message(refusal),
        }
    }
}

fn invocation<'a>(
    command: &'a CommandInteraction,
    connection: Connection,
    channels: &'a dyn Channels,
    state: &'a State,
) -> Invocation<'a> {
    Invocation {
        caller: caller(
            &command.user,
            command.member.as_deref(),
            command.guild_id.map(Into::into),
            (command.channel_id.into(), command.channel.as_ref()),
            &command.authorizing_integration_owners,
        ),
        options: command.data.options(),
        target: match command.data.target() {
            Some(ResolvedTarget::Message(message)) => Some(message),
            _ => None,
        },
        words: Words::of_locale(&command.locale),
        connection,
        channels,
        state,
    }
}

fn pressed<'a>(
    component: &'a ComponentInteraction,
    channels: &'a dyn Channels,
    state: &'a State,
) -> Option<Pressed<'a>> {
    let values = match &component.data.kind {
        ComponentInteractionDataKind::Button => Vec::new(),
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        _ => return None,
    };
    let invocation = Invocation {
        caller: caller(
            &component.user,
            component.member.as_ref(),
            component.guild_id.map(Into::into),
            (component.channel_id.into(), component.channel.as_ref()),
            &component.authorizing_integration_owners,
        ),
        options: Vec::new(),
        target: None,
        words: Words::of_locale(&component.locale),
        connection: Connection::default(),
        channels,
        state,
    };
    let answered = component.message.interaction_metadata.as_deref().and_then(asker);
    Some(Pressed { invocation, answered, values })
}

fn caller(
    user: &User,
    member: Option<&Member>,
    guild: Option<GuildId>,
    (channel, details): (ChannelId, Option<&PartialChannel>),
    installed_by: &AuthorizingIntegrationOwners,
) -> Caller {
    let is_thread = details.is_some_and(|channel| {
        use ChannelType::{NewsThread, PrivateThread, PublicThread};
        matches!(channel.kind, NewsThread | PrivateThread | PublicThread)
    });
    let writes = if is_thread { Permissions::SEND_MESSAGES_IN_THREADS } else { Permissions::SEND_MESSAGES };
    let is_of_guild =
        |owner: &AuthorizingIntegrationOwner| !matches!(owner, AuthorizingIntegrationOwner::UserInstall(_));
    let is_only_of_account = !installed_by.0.is_empty() && !installed_by.0.iter().any(is_of_guild);
    let member = member.zip(guild).map(|(member, guild)| {
        let permissions = member.permissions.unwrap_or_default();
        let shows_external = Permissions::USE_EXTERNAL_APPS | Permissions::ADMINISTRATOR;
        CallerMember {
            guild,
            channel,
            roles: member.roles.iter().map(|role| (*role).into()).collect(),
            permissions: permissions.bits(),
            may_write: permissions.intersects(writes | Permissions::ADMINISTRATOR),
            may_show: !is_only_of_account || permissions.intersects(shows_external),
        }
    });
    Caller { user: user.id.into(), member }
}

/// The user whose command or press a message answers.
fn asker(metadata: &MessageInteractionMetadata) -> Option<UserId> {
    let user = match metadata {
        MessageInteractionMetadata::Command(of) => &of.user,
        MessageInteractionMetadata::Component(of) => &of.user,
        MessageInteractionMetadata::ModalSubmit(of) => &of.user,
        _ => return None,
    };
    Some(user.id.into())
}
