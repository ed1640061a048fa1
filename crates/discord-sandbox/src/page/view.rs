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
use crate::state::guild::{ELSEWHERE_NAME, GUILD_NAME};
use crate::state::ids::{APPLICATION_ID, ELSEWHERE_ID, GROUP_ID, GUILD_ID};
use crate::state::member::{GROUP_NAME, MEMBERS, Member};
use crate::state::permission::{VIEW_CHANNEL, permits};

/// The person that the page acts as, and the channel that it displays.
#[derive(Debug, Deserialize)]
pub(super) struct PageQuery {
    pub(super) person: Option<String>,
    channel: Option<String>,
}

/// `GET /page/state?person=ID`. `channels` and `threads` are those that the person sees. Their `kind` is `text`,
/// `announcement`, `forum` or `thread`, their `type` Discord's number. Threads also have `parent`, `archived` and
/// `locked`. After the live event `channels` the page reads them again. `elsewhere` is the second guild, `direct` are the
/// person's direct messages with the bot, `group` those of all persons, and `actions` the names of the host program's actions.
pub(super) async fn state(State(shared): State<Arc<Shared>>, Query(query): Query<PageQuery>) -> Response {
    let Some(me) = person_of(query.person.as_deref()) else { return error("there is no such person") };
    let (commands, is_online, (channels, threads), roles, actions, elsewhere, has_app) = {
        let world = shared.world();
        let roles =
            world.guilds.roles_of(GUILD_ID).map(|role| json!({"id": role.id.to_string(), "name": role.name}));
        let roles: Vec<Value> = roles.collect();
        let actions: Vec<String> = world.options.actions.iter().map(|action| action.name.clone()).collect();
        let is_online = world.gateway.is_bot_online();
        let (channels, _) = visible_channels(&world, &me, ELSEWHERE_ID);
        let has_bot = world.guilds.has_bot(ELSEWHERE_ID);
        let elsewhere = json!({"name": ELSEWHERE_NAME, "has_bot": has_bot, "channels": channels});
        let has_app = world.guilds.accounts_with_app.contains(&me.id);
        let commands = world.commands.for_members();
        (commands, is_online, visible_channels(&world, &me, GUILD_ID), roles, actions, elsewhere, has_app)
    };
    let mut of_me = person_json(&me);
    of_me["has_app"] = json!(has_app);
    answer(&json!({
        "me": of_me, "elsewhere": elsewhere,
        "group": {"id": GROUP_ID.to_string(), "name": GROUP_NAME, "kind": "group"}, "persons": MEMBERS.iter().map(person_json).collect::<Vec<_>>(),
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

/// The id of a channel that the person sees, of their direct messages, or of those of all persons.
pub(super) fn channel_of(world: &World, person: &Member, id: &str) -> Option<u64> {
    let id = id.parse().ok()?;
    let is_direct = person.dm_channel_id == id || id == GROUP_ID;
    let is_seen = is_direct || permits(world.guilds.permissions(person.id, id), VIEW_CHANNEL);
    is_seen.then_some(id)
}

/// The channels and the threads of a guild that a person sees.
fn visible_channels(world: &World, person: &Member, guild_id: u64) -> (Vec<Value>, Vec<Value>) {
    let (mut channels, mut threads) = (Vec::new(), Vec::new());
    for channel in world.guilds.channels_of(guild_id) {
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
