//! The actions of a person on the page.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::view::{answer, channel_of, error, person_of};
use crate::client::{
    Refusal, dismiss, refused, send_autocomplete, send_command, send_component, send_message_command,
    send_modal,
};
use crate::shared::Shared;
use crate::state::Progress;
use crate::state::payload::Actor;
use crate::validate::LOCALES;

/// Discord's message for an interaction without an answer.
const NOT_ANSWERED: &str = "The application did not respond";

#[derive(Debug, Deserialize)]
struct PersonAction {
    person: String,
    channel: String,
    /// The language of the person's client.
    #[serde(default = "english")]
    locale: String,
    #[serde(flatten)]
    kind: ActionKind,
}

fn english() -> String {
    "en-US".to_owned()
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum ActionKind {
    Command {
        name: String,
        #[serde(default)]
        options: Vec<Value>,
    },
    /// A command in the menu of a message.
    OnMessage {
        name: String,
        message: String,
    },
    Autocomplete {
        name: String,
        options: Vec<Value>,
    },
    Component {
        message: String,
        custom_id: String,
        #[serde(default)]
        values: Vec<String>,
    },
    /// The form that answered an interaction, filled in.
    Modal {
        interaction: String,
        values: Map<String, Value>,
    },
    Dismiss {
        message: String,
    },
}

/// `POST /page/interactions`.
pub(super) async fn interact(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let action: PersonAction = match serde_json::from_slice(&body) {
        Ok(action) => action,
        Err(fault) => return error(&format!("not understood: {fault}")),
    };
    let is_autocomplete = matches!(action.kind, ActionKind::Autocomplete { .. });
    match begin(&shared, &action) {
        Err(refusal) => error(&refusal.to_string()),
        Ok(None) => answer(&json!({})),
        Ok(Some(id)) if is_autocomplete => choices(&shared, id).await,
        Ok(Some(id)) => answer(&json!({"interaction": id.to_string()})),
    }
}

/// Begins an action. Returns the interaction's id, if there is one.
fn begin(shared: &Shared, action: &PersonAction) -> Result<Option<u64>, Refusal> {
    let Some(member) = person_of(Some(&action.person)) else { return refused("there is no such person") };
    let mut world = shared.world();
    let Some(channel_id) = channel_of(&world, &member, &action.channel) else {
        return refused("there is no such channel");
    };
    if !LOCALES.contains(&action.locale.as_str()) {
        return refused("there is no such language");
    }
    let actor = Actor { member, channel_id, locale: action.locale.clone(), is_client_modified: false };
    if let ActionKind::Dismiss { message } = &action.kind {
        dismiss(&mut world, &actor, id_of(message)?)?;
        return Ok(None);
    }
    if !world.gateway.has_session() {
        return refused("heatwire is offline");
    }
    match &action.kind {
        ActionKind::Command { name, options } => send_command(shared, &mut world, &actor, name, options),
        ActionKind::OnMessage { name, message } => {
            send_message_command(shared, &mut world, &actor, name, id_of(message)?)
        }
        ActionKind::Autocomplete { name, options } => {
            send_autocomplete(shared, &mut world, &actor, name, options)
        }
        ActionKind::Component { message, custom_id, values } => {
            send_component(shared, &mut world, &actor, id_of(message)?, custom_id, values)
        }
        ActionKind::Modal { interaction, values } => {
            let Ok(opener_id) = interaction.parse() else { return refused("there is no such form") };
            send_modal(shared, &mut world, &actor, opener_id, values)
        }
        ActionKind::Dismiss { .. } => return Ok(None),
    }
    .map(Some)
}

async fn choices(shared: &Shared, id: u64) -> Response {
    let (progress, timeout) = {
        let world = shared.world();
        let progress = world.interactions.get(id).map(|interaction| interaction.progress.subscribe());
        (progress, world.options.person_timeout)
    };
    let Some(mut progress) = progress else { return error(NOT_ANSWERED) };
    let is_done = tokio::select! {
        done = tokio::time::timeout(timeout, progress.wait_for(|now| *now != Progress::Pending)) => {
            matches!(done, Ok(Ok(_)))
        }
        // A stop of the sandbox does not wait for the bot.
        () = shared.shutdown.cancelled() => false,
    };
    if !is_done {
        return error(NOT_ANSWERED);
    }
    let choices = shared.world().interactions.get(id).and_then(|interaction| interaction.choices.clone());
    choices.map_or_else(|| error(NOT_ANSWERED), |choices| answer(&json!({"choices": choices})))
}

fn id_of(text: &str) -> Result<u64, Refusal> {
    text.parse().map_err(|_| Refusal("there is no such message".to_owned()))
}
