//! The answer to an interaction.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::error::PersonError;
use super::waiting::Waiting;
use crate::state::Progress;
use crate::state::component::all_components;
use crate::validate::callback::CallbackKind;

/// A choice for an option of a command.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The text that the person reads.
    pub name: String,
    /// The value that the bot gets: a text or a number.
    pub value: Value,
}

/// The kind of the first answer. Discord's docs: "Interaction Callback Type".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// 4: a message.
    Message,
    /// 5: a message follows later.
    DeferredMessage,
    /// 6: a change of the pressed message follows later.
    DeferredUpdate,
    /// 7: a change of the pressed message.
    Update,
    /// 8: choices.
    Choices,
    /// 9: a form.
    Modal,
}

/// An answer, with its message at the time of reading.
#[derive(Debug, Clone)]
pub struct Answer {
    waiting: Waiting,
    interaction_id: u64,
    kind: AnswerKind,
    message: Arc<Value>,
    choices: Vec<Choice>,
    modal: Option<Value>,
    elapsed: Duration,
}

impl Answer {
    pub(super) fn read(waiting: &Waiting, interaction_id: u64) -> Option<Self> {
        let world = waiting.shared.world();
        let interaction = world.interactions.get(interaction_id)?;
        let kind = match interaction.answer? {
            CallbackKind::Message => AnswerKind::Message,
            CallbackKind::DeferredMessage => AnswerKind::DeferredMessage,
            CallbackKind::DeferredUpdate => AnswerKind::DeferredUpdate,
            CallbackKind::Update => AnswerKind::Update,
            CallbackKind::Choices => AnswerKind::Choices,
            CallbackKind::Modal => AnswerKind::Modal,
        };
        let message_id = interaction.original_message_id;
        let stored = message_id.and_then(|id| world.histories.find(interaction.channel_id, id));
        let message = stored.map_or_else(no_message, |stored| Arc::clone(&stored.json));
        let choices = interaction.choices.as_ref().and_then(Value::as_array).into_iter().flatten();
        let choice = |choice: &Value| Choice {
            name: choice["name"].as_str().unwrap_or_default().to_owned(),
            value: choice["value"].clone(),
        };
        Some(Self {
            waiting: waiting.clone(),
            interaction_id,
            kind,
            message,
            choices: choices.map(choice).collect(),
            modal: interaction.modal.clone(),
            elapsed: interaction.elapsed.unwrap_or_default(),
        })
    }

    /// The kind of the first answer.
    #[must_use]
    pub fn kind(&self) -> AnswerKind {
        self.kind
    }

    /// Discord's message object. An empty object for answers without a message, and for a deleted message.
    #[must_use]
    pub fn message(&self) -> &Value {
        &self.message
    }

    /// The choices of an autocomplete; empty for every other kind.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// The form that the answer opened: title, `custom_id`, components.
    #[must_use]
    pub fn modal(&self) -> Option<&Value> {
        self.modal.as_ref()
    }

    pub(super) fn interaction_id(&self) -> u64 {
        self.interaction_id
    }

    /// The real time from the event to the first answer.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Whether only this person sees the message.
    #[must_use]
    pub fn is_ephemeral(&self) -> bool {
        self.message["flags"].as_u64().is_some_and(|flags| flags & (1 << 6) != 0)
    }

    /// Whether the message still says that the application is thinking.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        self.message["flags"].as_u64().is_some_and(|flags| flags & (1 << 7) != 0)
    }

    /// The text above the embeds.
    #[must_use]
    pub fn content(&self) -> &str {
        self.message["content"].as_str().unwrap_or_default()
    }

    /// The embeds.
    #[must_use]
    pub fn embeds(&self) -> &[Value] {
        self.message["embeds"].as_array().map_or(&[], Vec::as_slice)
    }

    /// The texts of a message of components, in the order of reading.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let texts = self.components(|kind| kind == 10);
        texts.into_iter().filter_map(|text| text["content"].as_str()).collect()
    }

    /// The buttons of all rows and sections, links included.
    #[must_use]
    pub fn buttons(&self) -> Vec<&Value> {
        self.components(|kind| kind == 2)
    }

    /// The menus of all rows.
    #[must_use]
    pub fn selects(&self) -> Vec<&Value> {
        self.components(|kind| matches!(kind, 3 | 5..=8))
    }

    /// The same answer with its message at this moment.
    #[must_use]
    pub fn now(&self) -> Self {
        Self::read(&self.waiting, self.interaction_id).unwrap_or_else(|| self.clone())
    }

    /// Waits until the bot completes a deferred answer. Returns any other answer at once.
    ///
    /// # Errors
    /// [`PersonError::NotSettled`] after the person's timeout.
    pub async fn settled(&self) -> Result<Self, PersonError> {
        let settled = self.waiting.until(self.interaction_id, |progress| progress == Progress::Settled);
        settled.await.map_err(|_| PersonError::NotSettled)?;
        Ok(self.now())
    }

    fn components(&self, is_wanted: impl Fn(u64) -> bool) -> Vec<&Value> {
        let mut parts = all_components(&self.message["components"]);
        parts.retain(|part| part["type"].as_u64().is_some_and(&is_wanted));
        parts
    }
}

/// The message of an answer without one.
fn no_message() -> Arc<Value> {
    Arc::new(json!({}))
}
