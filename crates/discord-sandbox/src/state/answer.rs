//! The answer to an interaction: first answer, changes, follow-ups. Discord's docs: "Receiving and Responding to
//! Interactions".

use std::sync::Arc;

use serde_json::{Value, json};

use super::component::stored_components;
use super::history::id_of;
use super::interaction::{InteractionKind, Progress};
use super::mention::DefaultMentions;
use super::world::World;
use crate::api_error::ApiError;
use crate::validate::FormErrors;
use crate::validate::callback::{CallbackKind, check_callback};
use crate::validate::message::{FLAG_EPHEMERAL, FLAG_LOADING};

/// The follow-ups of an interaction that only an account's installation allows. Discord's docs: "Create Followup Message".
const FOLLOW_UPS_OF_ACCOUNT_MAX: usize = 5;

/// The message in a request with an interaction's token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnswerTarget {
    /// `@original`: the first answer, or the pressed message of an update.
    Original,
    /// A follow-up, or the first answer by its id.
    Message(u64),
}

impl World {
    /// Accepts the first answer. Returns the response object for `with_response=true`.
    pub(crate) fn answer(&mut self, id: u64, token: &str, body: &Value) -> Result<Value, ApiError> {
        let interaction = self.interactions.get(id).filter(|known| known.token == token);
        let interaction = interaction.ok_or(ApiError::UNKNOWN_INTERACTION)?;
        if interaction.answer.is_some() {
            return Err(ApiError::ALREADY_ACKNOWLEDGED);
        }
        let is_failed = *interaction.progress.borrow() == Progress::Failed;
        if is_failed || self.is_older(interaction, self.options.answer_window) {
            self.fail_interaction(id);
            return Err(ApiError::UNKNOWN_INTERACTION);
        }
        let (kind, source) = (interaction.kind, interaction.source.message_id);
        let is_v2 = source.is_some_and(|source| self.histories.is_v2(interaction.channel_id, source));
        let callback = check_callback(body, interaction.option_kind, is_v2)?;
        check_fits(callback, kind, source.is_some())?;
        let message = self.apply_answer(id, callback, source, &body["data"])?;
        let Some(interaction) = self.interactions.get_mut(id) else {
            return Err(ApiError::UNKNOWN_INTERACTION);
        };
        interaction.answer = Some(callback);
        interaction.elapsed = Some(interaction.dispatched.elapsed());
        // The form of a command has no message to update later: 6 only closes it.
        let is_deferred = callback == CallbackKind::DeferredMessage
            || callback == CallbackKind::DeferredUpdate && source.is_some();
        let progress = if is_deferred { Progress::Deferred } else { Progress::Settled };
        interaction.progress.send_replace(progress);
        let receipt = receipt_of(id, kind, callback, message.as_deref());
        self.publish_progress(id, "answered", None);
        Ok(receipt)
    }

    fn apply_answer(
        &mut self,
        id: u64,
        callback: CallbackKind,
        source: Option<u64>,
        data: &Value,
    ) -> Result<Option<Arc<Value>>, ApiError> {
        let flags = data["flags"].as_i64().unwrap_or(0);
        let message = match callback {
            CallbackKind::Message => self.post_answer(id, data, flags),
            CallbackKind::DeferredMessage => self.post_answer(id, &Value::Null, flags | FLAG_LOADING),
            CallbackKind::Update => Some(self.edit_source(id, source, data)?),
            CallbackKind::DeferredUpdate | CallbackKind::Choices | CallbackKind::Modal => None,
        };
        let Some(interaction) = self.interactions.get_mut(id) else {
            return Err(ApiError::UNKNOWN_INTERACTION);
        };
        if callback == CallbackKind::Choices {
            interaction.choices = Some(data["choices"].clone());
        }
        interaction.original_message_id = message.as_deref().map(id_of);
        if callback == CallbackKind::DeferredUpdate {
            interaction.original_message_id = source;
        }
        if callback == CallbackKind::Modal {
            interaction.modal = Some(stored_modal(data));
        }
        Ok(message)
    }

    fn edit_source(&mut self, id: u64, source: Option<u64>, data: &Value) -> Result<Arc<Value>, ApiError> {
        let channel_id = self.interactions.get(id).map(|interaction| interaction.channel_id);
        let (channel_id, source) = channel_id.zip(source).ok_or(ApiError::UNKNOWN_MESSAGE)?;
        self.edit_message(channel_id, source, data, DefaultMentions::Users)
    }

    /// The message of a target, if it belongs to the interaction.
    pub(crate) fn answered_message(&self, token: &str, target: AnswerTarget) -> Result<Arc<Value>, ApiError> {
        let (channel_id, message_id) = self.locate(token, target)?;
        let stored = self.histories.find(channel_id, message_id).ok_or(ApiError::UNKNOWN_MESSAGE)?;
        Ok(Arc::clone(&stored.json))
    }

    /// Changes the first answer or a follow-up. This also completes a deferred answer.
    pub(crate) fn edit_answer(
        &mut self,
        token: &str,
        target: AnswerTarget,
        body: &Value,
    ) -> Result<Arc<Value>, ApiError> {
        let (channel_id, message_id) = self.locate(token, target)?;
        let edited = self.edit_message(channel_id, message_id, body, DefaultMentions::Users)?;
        self.settle(token, message_id);
        Ok(edited)
    }

    /// Removes the first answer or a follow-up.
    pub(crate) fn delete_answer(&mut self, token: &str, target: AnswerTarget) -> Result<(), ApiError> {
        let (channel_id, message_id) = self.locate(token, target)?;
        self.delete_message(channel_id, message_id)?;
        self.settle(token, message_id);
        Ok(())
    }

    /// Posts a follow-up. After a deferred answer it completes that answer, and its own `EPHEMERAL` flag has no effect.
    /// Discord's docs call this use deprecated.
    pub(crate) fn follow_up(&mut self, token: &str, body: &Value) -> Result<Arc<Value>, ApiError> {
        let interaction = self.live_interaction(token)?;
        let (id, channel_id) = (interaction.id, interaction.channel_id);
        let original = interaction.original_message_id;
        let loading = original.filter(|original| {
            let stored = self.histories.find(channel_id, *original);
            stored.is_some_and(|stored| stored.json["flags"].as_i64().unwrap_or(0) & FLAG_LOADING != 0)
        });
        if loading.is_some() {
            return self.edit_answer(token, AnswerTarget::Original, body);
        }
        let flags = body["flags"].as_i64().unwrap_or(0);
        let interaction = self.interactions.get_mut(id).ok_or(ApiError::UNKNOWN_WEBHOOK)?;
        if interaction.is_of_account() && interaction.follow_ups >= FOLLOW_UPS_OF_ACCOUNT_MAX {
            return Err(ApiError::TOO_MANY_FOLLOW_UPS);
        }
        interaction.follow_ups += 1;
        self.post_answer(id, body, flags).ok_or(ApiError::UNKNOWN_WEBHOOK)
    }

    fn locate(&self, token: &str, target: AnswerTarget) -> Result<(u64, u64), ApiError> {
        let interaction = self.live_interaction(token)?;
        let message_id = match target {
            AnswerTarget::Original => interaction.original_message_id.ok_or(ApiError::UNKNOWN_MESSAGE)?,
            AnswerTarget::Message(id) => id,
        };
        let stored =
            self.histories.find(interaction.channel_id, message_id).ok_or(ApiError::UNKNOWN_MESSAGE)?;
        let is_original = interaction.original_message_id == Some(message_id);
        if !is_original && stored.interaction_id != Some(interaction.id) {
            return Err(ApiError::UNKNOWN_MESSAGE);
        }
        Ok((interaction.channel_id, message_id))
    }

    fn settle(&mut self, token: &str, message_id: u64) {
        let Ok(interaction) = self.live_interaction(token) else { return };
        if interaction.original_message_id == Some(message_id) {
            interaction.progress.send_replace(Progress::Settled);
        }
    }
}

/// A form as Discord sends it to the person's client.
fn stored_modal(data: &Value) -> Value {
    let components = stored_components(&data["components"], &Value::Null);
    json!({"title": data["title"], "custom_id": data["custom_id"], "components": components})
}

/// Whether this kind of interaction accepts this answer. Discord's docs: "Interaction Callback Type". discord.py needs
/// type 6 for the form of a command.
fn check_fits(callback: CallbackKind, kind: InteractionKind, has_message: bool) -> Result<(), ApiError> {
    let choices = match kind {
        InteractionKind::Command => "4, 5, 9",
        InteractionKind::Component => "4, 5, 6, 7, 9",
        InteractionKind::Autocomplete => "8",
        InteractionKind::ModalSubmit if has_message => "4, 5, 6, 7",
        InteractionKind::ModalSubmit => "4, 5, 6",
    };
    let number = (callback as i64).to_string();
    if choices.split(", ").any(|choice| choice == number) {
        return Ok(());
    }
    let message = format!("Value must be one of {{{choices}}}.");
    Err(FormErrors::one(&["type"], "BASE_TYPE_CHOICES", message))
}

/// Discord's docs: "Interaction Callback Response Object".
fn receipt_of(id: u64, kind: InteractionKind, callback: CallbackKind, message: Option<&Value>) -> Value {
    let mut interaction = json!({"id": id.to_string(), "type": kind as u8});
    let mut resource = json!({"type": callback as u8});
    if let Some(message) = message {
        let has_flag = |flag: i64| message["flags"].as_i64().unwrap_or(0) & flag != 0;
        interaction["response_message_id"] = message["id"].clone();
        interaction["response_message_loading"] = json!(has_flag(FLAG_LOADING));
        interaction["response_message_ephemeral"] = json!(has_flag(FLAG_EPHEMERAL));
        resource["message"] = message.clone();
    }
    json!({"interaction": interaction, "resource": resource})
}
