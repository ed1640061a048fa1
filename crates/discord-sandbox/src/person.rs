//! Persons that a test acts as.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};
use thiserror::Error;
use tokio::sync::watch;

use super::client::{self, Refusal};
use super::shared::Shared;
use super::state::guild::{MEMBERS, Member};
use super::state::payload::Actor;
use super::state::{InteractionKind, Progress, Source, World};

mod answer;
#[cfg(test)]
mod tests;

pub use answer::{Answer, AnswerKind};

/// Why a person got no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PersonError {
    /// No person of that name.
    #[error("there is no person {0}")]
    UnknownPerson(String),
    /// No bot has identified, or its session ended.
    #[error("the bot is offline")]
    BotOffline,
    /// Discord's own client would not send this: command or option unknown, component disabled, ...
    #[error("Discord's client would not send this: {0}")]
    Refused(String),
    /// No answer within Discord's 3 seconds, or within the driver's timeout.
    #[error("the application did not respond")]
    NotAnswered,
    /// A deferred answer was not completed within the driver's timeout.
    #[error("the application deferred its answer and did not complete it")]
    NotSettled,
}

impl From<Refusal> for PersonError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.0)
    }
}

/// A choice that autocomplete offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What the person reads.
    pub name: String,
    /// What is sent for it: a text or a number.
    pub value: Value,
}

/// A person in the guild, in one channel: see [`Sandbox::person`](super::Sandbox::person).
#[derive(Clone)]
pub struct Person {
    shared: Arc<Shared>,
    login: String,
    channel: String,
    locale: String,
    timeout: Duration,
}

impl fmt::Debug for Person {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} in {}", self.login, self.channel)
    }
}

impl Person {
    pub(super) fn new(shared: Arc<Shared>, login: &str) -> Self {
        let timeout = shared.world().options.person_timeout;
        let (channel, locale) = ("news".to_owned(), "en-US".to_owned());
        Self { shared, login: login.to_owned(), channel, locale, timeout }
    }

    /// The same person in another channel: `news`, `general` or, for direct messages, `dm`.
    #[must_use]
    pub fn in_channel(mut self, name: &str) -> Self {
        name.clone_into(&mut self.channel);
        self
    }

    /// The same person with another language, as Discord writes it: `de`, `en-GB`.
    #[must_use]
    pub fn with_locale(mut self, locale: &str) -> Self {
        locale.clone_into(&mut self.locale);
        self
    }

    /// The same person with another patience than the sandbox's `person_timeout`.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sends `/name` with options as `{"topic": "ai"}`, a subcommand as `{"add": {"channel": "news"}}`.
    ///
    /// # Errors
    /// [`PersonError`]; what Discord's client would not send is refused.
    pub async fn command(&self, name: &str, options: Value) -> Result<Answer, PersonError> {
        let actor = self.actor()?;
        let id = self.send(|shared, world| {
            let command = client::visible_command(world, &actor, name)?;
            let options = client::from_object(&world.server, command, &options)?;
            client::send_command(shared, world, &actor, name, &options)
        })?;
        self.answer(id).await
    }

    /// The choices that the bot offers while `focused` is being typed.
    ///
    /// # Errors
    /// [`PersonError`], as of [`Person::command`].
    pub async fn autocomplete(
        &self,
        name: &str,
        options: Value,
        focused: &str,
    ) -> Result<Vec<Choice>, PersonError> {
        let actor = self.actor()?;
        let id = self.send(|shared, world| {
            let command = client::visible_command(world, &actor, name)?;
            let mut options = client::from_object(&world.server, command, &options)?;
            client::focus(command, &mut options, focused)?;
            client::send_autocomplete(shared, world, &actor, name, &options)
        })?;
        Ok(self.answer(id).await?.choices().to_vec())
    }

    /// Presses the button of that `custom_id` or label on a message (an [`Answer`] or a message's id).
    ///
    /// # Errors
    /// [`PersonError`], as of [`Person::command`].
    pub async fn press(
        &self,
        message: impl Into<MessageId>,
        custom_id_or_label: &str,
    ) -> Result<Answer, PersonError> {
        self.choose(message, custom_id_or_label, &[]).await
    }

    /// Chooses values in the menu of that `custom_id`.
    ///
    /// # Errors
    /// [`PersonError`], as of [`Person::command`].
    pub async fn choose(
        &self,
        message: impl Into<MessageId>,
        custom_id: &str,
        values: &[&str],
    ) -> Result<Answer, PersonError> {
        let (actor, message) = (self.actor()?, message.into().0);
        let values: Vec<_> = values.iter().map(ToString::to_string).collect();
        let id = self.send(|shared, world| {
            client::send_component(shared, world, &actor, message, custom_id, &values)
        })?;
        self.answer(id).await
    }

    /// Sends the form that `opener` opened: texts, and lists for menus, as `{"title": "AI", "sort": ["heat"]}`
    /// by `custom_id`. What is left out keeps what the form brought. Who cancels a form sends nothing.
    ///
    /// # Errors
    /// [`PersonError`], as of [`Person::command`].
    pub async fn submit(&self, opener: &Answer, values: Value) -> Result<Answer, PersonError> {
        let actor = self.actor()?;
        let empty = Map::new();
        let values = values.as_object().unwrap_or(&empty);
        let id = self.send(|shared, world| {
            client::send_modal(shared, world, &actor, opener.interaction_id(), values)
        })?;
        self.answer(id).await
    }

    /// Sends an odd interaction, unchecked: `overrides` is merged over a complete payload (RFC 7396:
    /// a `null` takes a key away). Its `type` (2 to 5) and `data` must be there; `guild_id: null`
    /// sends it from the person's direct messages; a component needs `message: {"id": ...}`, and
    /// gets that message whole.
    ///
    /// # Errors
    /// [`PersonError`], as of [`Person::command`].
    pub async fn interaction(&self, overrides: Value) -> Result<Answer, PersonError> {
        let mut actor = self.actor()?;
        if overrides.get("guild_id").is_some_and(Value::is_null) {
            actor.channel_id = actor.member.dm_channel_id;
        }
        let kind = match overrides["type"].as_u64() {
            Some(2) => InteractionKind::Command,
            Some(3) => InteractionKind::Component,
            Some(4) => InteractionKind::Autocomplete,
            Some(5) => InteractionKind::ModalSubmit,
            _ => return Err(PersonError::Refused("an interaction has type 2, 3, 4 or 5".to_owned())),
        };
        let message_id = overrides["message"]["id"].as_str().and_then(|id| id.parse().ok());
        let source = Source { message_id, ..Source::default() };
        let id = self.send(|shared, world| {
            let id = world.interact(&actor, kind, overrides["data"].clone(), source, &overrides);
            shared.interaction_started.notify_one();
            Ok(id)
        })?;
        self.answer(id).await
    }

    /// Dismisses an ephemeral message.
    ///
    /// # Errors
    /// [`PersonError::Refused`] when the person does not see it, or it is not ephemeral.
    pub fn dismiss(&self, message: impl Into<MessageId>) -> Result<(), PersonError> {
        let actor = self.actor()?;
        Ok(client::dismiss(&mut self.shared.world(), &actor, message.into().0)?)
    }

    /// The messages that the person sees in a channel, oldest first, as Discord's message objects.
    ///
    /// # Errors
    /// [`PersonError::Refused`] when there is no such channel.
    pub fn sees(&self, channel: &str) -> Result<Vec<Arc<Value>>, PersonError> {
        let member = self.member()?;
        let world = self.shared.world();
        let channel_id = client::channel_named(&world, &member, channel)?;
        let messages = world.histories.channel(channel_id).into_iter().flatten();
        let seen = messages.filter(|message| message.is_seen_by(member.id));
        Ok(seen.map(|message| Arc::clone(&message.json)).collect())
    }

    /// The person's id.
    ///
    /// # Errors
    /// [`PersonError::UnknownPerson`].
    pub fn id(&self) -> Result<u64, PersonError> {
        Ok(self.member()?.id)
    }

    fn member(&self) -> Result<Member, PersonError> {
        let found = MEMBERS.into_iter().find(|member| member.login == self.login);
        found.ok_or_else(|| PersonError::UnknownPerson(self.login.clone()))
    }

    fn actor(&self) -> Result<Actor, PersonError> {
        let member = self.member()?;
        let channel_id = client::channel_named(&self.shared.world(), &member, &self.channel)?;
        Ok(Actor { member, channel_id, locale: self.locale.clone() })
    }

    fn send(
        &self,
        send: impl FnOnce(&Shared, &mut World) -> Result<u64, Refusal>,
    ) -> Result<u64, PersonError> {
        let mut world = self.shared.world();
        if !world.gateway.has_session() {
            return Err(PersonError::BotOffline);
        }
        Ok(send(&self.shared, &mut world)?)
    }

    async fn answer(&self, id: u64) -> Result<Answer, PersonError> {
        self.wait(id, |progress| progress != Progress::Pending).await?;
        Answer::read(self, id).ok_or(PersonError::NotAnswered)
    }

    /// Waits until an interaction is far enough.
    async fn wait(&self, id: u64, is_enough: impl Fn(Progress) -> bool) -> Result<(), PersonError> {
        let progress = self.shared.world().interactions.get(id).map(|known| known.progress.subscribe());
        let mut progress: watch::Receiver<Progress> = progress.ok_or(PersonError::NotAnswered)?;
        let reached = tokio::time::timeout(self.timeout, progress.wait_for(|now| is_enough(*now))).await;
        match reached {
            Ok(Ok(now)) if *now != Progress::Failed => Ok(()),
            _ => Err(PersonError::NotAnswered),
        }
    }
}

/// The id of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageId(pub u64);

impl From<u64> for MessageId {
    fn from(id: u64) -> Self {
        Self(id)
    }
}

/// An answer without a message stands for an id that no message has.
impl From<&Answer> for MessageId {
    fn from(answer: &Answer) -> Self {
        Self::from(answer.message())
    }
}

impl From<&Value> for MessageId {
    fn from(message: &Value) -> Self {
        Self(message["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default())
    }
}

impl From<&Arc<Value>> for MessageId {
    fn from(message: &Arc<Value>) -> Self {
        Self::from(&**message)
    }
}

/// What an answer without a message shows.
fn no_message() -> Arc<Value> {
    Arc::new(json!({}))
}
