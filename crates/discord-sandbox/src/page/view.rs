//! The data of the page: persons, channels, messages and notes.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::notes::Note;
use crate::shared::Shared;
use crate::state::World;
use crate::state::guild::GUILD_NAME;
use crate::state::ids::{APPLICATION_ID, GUILD_ID};
use crate::state::member::{MEMBERS, Member};
use crate::state::permission::{VIEW_CHANNEL, permits};

/// The person that the page acts as, and the channel that it displays.
#[derive(Debug, Deserialize)]
pub(super) struct PageQuery {
    pub(super) person: Option<String>,
    channel: Option<String>,
}

/// `GET /page/state?person=ID`. `channels` and `threads` are those that the person sees. Their `kind` is `text`,
/// `announcement`, `forum` or `thread`, their `type` Discord's number. Threads also have `parent`, `archived` and
/// `locked`. After the live event `channels` the page reads them again. `direct` are the person's direct messages with
/// the bot, and `actions` the names of the host program's actions.
pub(super) async fn state(State(shared): State<Arc<Shared>>, Query(query): Query<PageQuery>) -> Response {
    let Some(me) = person_of(query.person.as_deref()) else { return error("there is no such person") };
    let (commands, is_online, (channels, threads), roles, actions) = {
        let world = shared.world();
        let roles =
            world.guilds.roles_of(GUILD_ID).map(|role| json!({"id": role.id.to_string(), "name": role.name}));
        let roles: Vec<Value> = roles.collect();
        let actions: Vec<String> = world.options.actions.iter().map(|action| action.name.clone()).collect();
        let is_online = world.gateway.is_bot_online();
        (world.commands.for_members(), is_online, visible_channels(&world, &me), roles, actions)
    };
    answer(&json!({
        "me": person_json(&me), "persons": MEMBERS.iter().map(person_json).collect::<Vec<_>>(),
        "guild": {"id": GUILD_ID.to_string(), "name": GUILD_NAME}, "channels": channels,
        "threads": threads, "commands": commands, "roles": roles, "actions": actions,
        "direct": {"id": me.dm_channel_id.to_string(), "name": "heatwire", "kind": "direct"},
        "bot": {"id": APPLICATION_ID.to_string(), "name": "heatwire", "online": is_online},
    }))
}

/// `GET /page/messages?person=ID&channel=ID`.
pub(super) async fn messages(State(shared): State<Arc<Shared>>, Query(query): Query<PageQuery>) -> Response {
    #[derive(Serialize)]
    struct Messages<'a> {
        messages: Vec<&'a Value>,
    }
    let Some(me) = person_of(query.person.as_deref()) else { return error("there is no such person") };
    let channel_id = query.channel.as_deref().and_then(|id| channel_of(&shared.world(), &me, id));
    let Some(channel_id) = channel_id else { return error("there is no such channel") };
    let seen: Vec<_> = {
        let world = shared.world();
        let messages = world.histories.channel(channel_id).into_iter().flatten();
        let seen = messages.filter(|message| message.is_seen_by(me.id));
        seen.map(|message| Arc::clone(&message.json)).collect()
    };
    answer(&Messages { messages: seen.iter().map(|message| &**message).collect() })
}

/// `GET /page/notes?person=ID`: the notes about channels that the person sees, and about messages in them. After the
/// live event `notes` the page reads them again.
pub(super) async fn notes(State(shared): State<Arc<Shared>>, Query(query): Query<PageQuery>) -> Response {
    let Some(me) = person_of(query.person.as_deref()) else { return error("there is no such person") };
    let world = shared.world();
    let is_seen = |note: &&Note| permits(world.guilds.permissions(me.id, note.channel), VIEW_CHANNEL);
    let notes = world.notes.iter().filter(is_seen).map(|note| {
        json!({
            "channel": note.channel.to_string(), "message": note.message.map(|id| id.to_string()),
            "tone": note.tone.word(), "text": note.text,
        })
    });
    answer(&json!({ "notes": notes.collect::<Vec<Value>>() }))
}

/// The person with this id; Ada without an id.
pub(super) fn person_of(id: Option<&str>) -> Option<Member> {
    match id {
        None => MEMBERS.first().copied(),
        Some(id) => Member::of(id.parse().ok()?),
    }
}

/// The id of a channel that the person sees, or of their direct messages.
pub(super) fn channel_of(world: &World, person: &Member, id: &str) -> Option<u64> {
    let id = id.parse().ok()?;
    let is_seen =
        person.dm_channel_id == id || permits(world.guilds.permissions(person.id, id), VIEW_CHANNEL);
    is_seen.then_some(id)
}

/// The channels and the threads that a person sees.
fn visible_channels(world: &World, person: &Member) -> (Vec<Value>, Vec<Value>) {
    let (mut channels, mut threads) = (Vec::new(), Vec::new());
    for channel in world.guilds.channels_of(GUILD_ID) {
        if !permits(world.guilds.permissions(person.id, channel.id), VIEW_CHANNEL) {
            continue;
        }
        let mut channel_json = json!({
            "id": channel.id.to_string(), "name": channel.name, "kind": channel.kind.word(),
            "type": channel.kind as u8,
        });
        match &channel.thread {
            None => channels.push(channel_json),
            Some(thread) => {
                channel_json["parent"] = json!(thread.parent_id.to_string());
                channel_json["archived"] = json!(thread.is_archived);
                channel_json["locked"] = json!(thread.is_locked);
                threads.push(channel_json);
            }
        }
    }
    (channels, threads)
}

/// A JSON answer.
pub(super) fn answer(body: &impl Serialize) -> Response {
    let text = serde_json::to_string(body).unwrap_or_default();
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// A refusal with its reason.
pub(super) fn error(words: &str) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, answer(&json!({"error": words}))).into_response()
}

fn person_json(member: &Member) -> Value {
    json!({
        "id": member.id.to_string(), "name": member.login, "display_name": member.name,
        "is_moderator": member.is_moderator,
    })
}
