//! The checks of Discord's own client before it sends an interaction: which commands a person can use, whether the
//! options are valid, whether a component exists. Both the page and [`Person`](crate::Person) send through this module.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::shared::Shared;
use crate::state::ids::GROUP_ID;
use crate::state::member::Member;
use crate::state::payload::Actor;
use crate::state::permission::{VIEW_CHANNEL, permits};
use crate::state::{InteractionKind, InteractionSource, World};

mod component;
mod modal;
mod options;
mod refusal;
mod resolved;

pub(crate) use options::{focus, from_object};
pub(crate) use refusal::{Refusal, refused};

/// A slash command.
const SLASH: i64 = 1;
/// A command in the menu of a message.
const ON_MESSAGES: i64 = 3;

/// The slash command of that name, if this person can use it in this channel.
pub(crate) fn visible_command<'a>(world: &'a World, actor: &Actor, name: &str) -> Result<&'a Value, Refusal> {
    visible(world, actor, SLASH, name)
}

fn visible<'a>(world: &'a World, actor: &Actor, kind: i64, name: &str) -> Result<&'a Value, Refusal> {
    let shown = if kind == SLASH { format!("/{name}") } else { name.to_owned() };
    let Some(command) = world.commands.named(kind, name) else {
        return refused(format!("there is no command {shown}"));
    };
    if !actor.is_client_modified {
        check_shown(world, actor, command, &shown)?;
    }
    Ok(command)
}

fn check_shown(world: &World, actor: &Actor, command: &Value, name: &str) -> Result<(), Refusal> {
    let is_in_guild = world.guilds.channel(actor.channel_id).is_some();
    // Direct messages have no permissions: `contexts` excludes the commands that do not work there.
    let needed = command["default_member_permissions"].as_str().filter(|_| is_in_guild);
    let needed = needed.and_then(|text| text.parse::<u64>().ok());
    // "0" hides a command from all but administrators. No person of the sandbox is one.
    let held = world.guilds.permissions(actor.member.id, actor.channel_id);
    if needed.is_some_and(|needed| needed == 0 || !permits(held, needed)) {
        return refused(format!("{name} is not shown to {}", actor.member.name));
    }
    let context = world.place_of(actor.channel_id) as u64;
    let is_shown = match command["contexts"].as_array() {
        Some(contexts) => contexts.iter().any(|known| known.as_u64() == Some(context)),
        None => is_in_guild || command["dm_permission"] != false,
    };
    let is_guild_command = command["guild_id"].is_string();
    if !is_shown || (is_guild_command && !is_in_guild) {
        return refused(format!("{name} is not shown in this kind of channel"));
    }
    if world.owners_of_command(actor, command).as_object().is_none_or(Map::is_empty) {
        return refused(format!("{name} is not installed here"));
    }
    Ok(())
}

/// Sends a command with options in Discord's form. Returns the interaction's id.
pub(crate) fn send_command(
    shared: &Shared,
    world: &mut World,
    actor: &Actor,
    name: &str,
    options: &[Value],
) -> Result<u64, Refusal> {
    let command = visible_command(world, actor, name)?;
    options::check_all(&world.guilds, command, options)?;
    let data = json!({
        "id": command["id"], "name": name, "type": 1, "options": options,
        "resolved": resolved::resolved(&world.guilds, actor, options), "guild_id": command["guild_id"],
    });
    Ok(send(shared, world, actor, InteractionKind::Command, data, InteractionSource::default()))
}

/// Chooses a command in the menu of a message. Returns the interaction's id.
pub(crate) fn send_message_command(
    shared: &Shared,
    world: &mut World,
    actor: &Actor,
    name: &str,
    message_id: u64,
) -> Result<u64, Refusal> {
    let command = visible(world, actor, ON_MESSAGES, name)?;
    let message = seen_message(world, actor, message_id)?;
    let id = message_id.to_string();
    let data = json!({
        "id": command["id"], "name": name, "type": ON_MESSAGES, "target_id": id,
        "resolved": {"messages": {id: *message}}, "guild_id": command["guild_id"],
    });
    let source = InteractionSource { target_id: Some(message_id), ..InteractionSource::default() };
    Ok(send(shared, world, actor, InteractionKind::Command, data, source))
}

fn seen_message(world: &World, actor: &Actor, message_id: u64) -> Result<Arc<Value>, Refusal> {
    let stored = world.histories.find(actor.channel_id, message_id);
    match stored.filter(|stored| stored.is_seen_by(actor.member.id)) {
        Some(stored) => Ok(Arc::clone(&stored.json)),
        None => refused(format!("{} sees no such message", actor.member.name)),
    }
}

/// Asks for choices. One option must have `focused`. Returns the interaction's id.
pub(crate) fn send_autocomplete(
    shared: &Shared,
    world: &mut World,
    actor: &Actor,
    name: &str,
    options: &[Value],
) -> Result<u64, Refusal> {
    let command = visible_command(world, actor, name)?;
    options::check_focused(command, options)?;
    let data = json!({
        "id": command["id"], "name": name, "type": 1, "options": options, "guild_id": command["guild_id"],
    });
    Ok(send(shared, world, actor, InteractionKind::Autocomplete, data, InteractionSource::default()))
}

/// Presses a button, or chooses values of a menu. `values` is empty for a button. Returns the interaction's id.
pub(crate) fn send_component(
    shared: &Shared,
    world: &mut World,
    actor: &Actor,
    message_id: u64,
    custom_id_or_label: &str,
    values: &[String],
) -> Result<u64, Refusal> {
    let message = seen_message(world, actor, message_id)?;
    let data = component::data_of(&world.guilds, actor, &message, custom_id_or_label, values)?;
    let source = InteractionSource { message_id: Some(message_id), ..InteractionSource::default() };
    Ok(send(shared, world, actor, InteractionKind::Component, data, source))
}

/// Sends the form that answered an interaction of this person. `values` has by `custom_id` a text for each text input
/// and a list for each select. Returns the new interaction's id. A person can send a form again after a failure.
pub(crate) fn send_modal(
    shared: &Shared,
    world: &mut World,
    actor: &Actor,
    opener_id: u64,
    values: &Map<String, Value>,
) -> Result<u64, Refusal> {
    let opener = world.interactions.get(opener_id);
    let opener = opener.filter(|opener| opener.person.id == actor.member.id);
    let Some((opener, modal)) = opener.and_then(|opener| Some((opener, opener.modal.as_ref()?))) else {
        return refused(format!("no form is open for {}", actor.member.name));
    };
    let data = modal::data_of(modal, values)?;
    let source = InteractionSource { interaction_id: Some(opener_id), ..opener.source };
    let actor = Actor { channel_id: opener.channel_id, ..actor.clone() };
    Ok(send(shared, world, &actor, InteractionKind::ModalSubmit, data, source))
}

/// Dismisses an ephemeral message. Its reader no longer sees it, and the bot gets no event.
pub(crate) fn dismiss(world: &mut World, actor: &Actor, message_id: u64) -> Result<(), Refusal> {
    let stored = world.histories.find(actor.channel_id, message_id);
    let stored = stored.filter(|stored| stored.is_seen_by(actor.member.id));
    match stored {
        None => refused(format!("{} sees no such message", actor.member.name)),
        Some(stored) if !stored.is_ephemeral => {
            refused("only a message that one person sees can be dismissed")
        }
        Some(_) => world.delete_message(actor.channel_id, message_id).or_else(|error| refused(error.message)),
    }
}

/// A channel of a guild that this person can see, `dm` for their direct messages with the bot, or `group` for those of all persons
/// without the bot.
pub(crate) fn channel_named(world: &World, member: &Member, name: &str) -> Result<u64, Refusal> {
    if name == "dm" {
        return Ok(member.dm_channel_id);
    }
    if name == "group" {
        return Ok(GROUP_ID);
    }
    let found = world.guilds.channel_named(name.trim_start_matches('#'));
    let found = found.filter(|id| permits(world.guilds.permissions(member.id, *id), VIEW_CHANNEL));
    found.map_or_else(|| refused(format!("{} sees no channel #{name}", member.name)), Ok)
}

fn send(
    shared: &Shared,
    world: &mut World,
    actor: &Actor,
    kind: InteractionKind,
    mut data: Value,
    source: InteractionSource,
) -> u64 {
    if let Some(data) = data.as_object_mut() {
        data.retain(|_, value| !value.is_null());
    }
    let id = world.interact(actor, kind, data, source, &Value::Null);
    shared.interaction_started.notify_one();
    id
}
