//! Persons that act in the guild.

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::client::{self, Refusal};
use crate::shared::Shared;
use crate::state::member::{MEMBERS, Member};
use crate::state::payload::Actor;
use crate::state::{InteractionKind, InteractionSource, Progress, World};

mod answer;
mod error;
mod message_id;
#[cfg(test)]
mod tests;
mod waiting;

pub use answer::{Answer, AnswerKind, Choice};
pub use error::PersonError;
pub use message_id::MessageId;
use waiting::Waiting;

/// A person in one channel: see [`Sandbox::person`](crate::Sandbox::person).
#[derive(Clone)]
pub struct Person {
    waiting: Waiting,
    login: String,
    /// Which one of a crowd; 0 is the person of the login.
    number: u32,
    channel: String,
    locale: String,
    is_client_modified: bool,
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
        let waiting = Waiting { shared, timeout };
        Self { waiting, login: login.to_owned(), number: 0, channel, locale, is_client_modified: false }
    }

    /// The same person in another channel. `dm` stands for the direct messages with the bot, `group` for those of all persons
    /// without the bot.
    #[must_use]
    pub fn in_channel(mut self, name: &str) -> Self {
        name.clone_into(&mut self.channel);
        self
    }

    /// Another person like this one, with an id of their own: one of a crowd. The guilds do not list them. They have the roles, the
    /// name and the direct messages of this person, whose number is 0.
    #[must_use]
    pub fn numbered(mut self, number: u32) -> Self {
        self.number = number;
        self
    }

    /// The same person with another language, by Discord's locale: `de`, `en-GB`.
    #[must_use]
    pub fn with_locale(mut self, locale: &str) -> Self {
        locale.clone_into(&mut self.locale);
        self
    }

    /// The same person with a client that sends commands that Discord does not show in the channel or to the person.
    #[must_use]
    pub fn with_modified_client(mut self) -> Self {
        self.is_client_modified = true;
        self
    }

    /// Writes a message in the channel. Returns its id.
    ///
    /// # Errors
    /// [`PersonError::Refused`] when the person sees no such channel, and [`PersonError::UnknownPerson`].
    pub fn write(&self, text: &str) -> Result<MessageId, PersonError> {
        let actor = self.actor()?;
        let mut world = self.waiting.shared.world();
        Ok(MessageId::from(&world.post_of_person(&actor.member, actor.channel_id, text)))
    }

    /// Chooses the command of that name in the menu of a message. The message is an [`Answer`], a message object or an id.
    ///
    /// # Errors
    /// [`PersonError`], as of [`Person::command`].
    pub async fn message_command(
        &self,
        message: impl Into<MessageId>,
        name: &str,
    ) -> Result<Answer, PersonError> {
        let (actor, message) = (self.actor()?, message.into().0);
        let id =
            self.send(|shared, world| client::send_message_command(shared, world, &actor, name, message))?;
        self.answer(id).await
    }

    /// Sends the command `/name` with options such as `{"topic": "ai"}`; a subcommand is `{"add": {"channel":
    /// "news"}}`.
    ///
    /// # Errors
    /// [`PersonError::Refused`] when Discord's client would not send it, and the other errors of [`PersonError`].
    pub async fn command(&self, name: &str, options: Value) -> Result<Answer, PersonError> {
        let actor = self.actor()?;
        let id = self.send(|shared, world| {
            let command = client::visible_command(world, &actor, name)?;
            let options = client::from_object(&world.guilds, command, &options)?;
            client::send_command(shared, world, &actor, name, &options)
        })?;
        self.answer(id).await
    }

    /// The choices that the bot offers while the person types the option `focused`.
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
            let mut options = client::from_object(&world.guilds, command, &options)?;
            client::focus(command, &mut options, focused)?;
            client::send_autocomplete(shared, world, &actor, name, &options)
        })?;
        Ok(self.answer(id).await?.choices().to_vec())
    }

    /// Presses a button, by its `custom_id` or label. The message is an [`Answer`], a message object or an id.
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

    /// Chooses values of the menu with this `custom_id`.
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

    /// Sends the form of the answer `opener`. `values` has by `custom_id` a text for each text input and a list for
    /// each menu: `{"title": "AI", "sort": ["heat"]}`. Other fields keep the values that the form has.
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

    /// Sends any interaction, without the checks of Discord's client. `overrides` is merged over a complete payload, as
    /// RFC 7396 says: a `null` removes a key. It must have `type` (2 to 5) and `data`. `guild_id: null` sends from the
    /// person's direct messages. A component needs `message: {"id": ...}`; the payload then has the whole message.
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
        let source = InteractionSource { message_id, ..InteractionSource::default() };
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
    /// [`PersonError::Refused`] when the person does not see the message, or the message is not ephemeral.
    pub fn dismiss(&self, message: impl Into<MessageId>) -> Result<(), PersonError> {
        let actor = self.actor()?;
        Ok(client::dismiss(&mut self.waiting.shared.world(), &actor, message.into().0)?)
    }

    /// The messages that the person sees in a channel, oldest first, as Discord's message objects.
    ///
    /// # Errors
    /// [`PersonError::Refused`] when the person sees no such channel.
    pub fn sees(&self, channel: &str) -> Result<Vec<Arc<Value>>, PersonError> {
        let member = self.member()?;
        let world = self.waiting.shared.world();
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
        let member = found.ok_or_else(|| PersonError::UnknownPerson(self.login.clone()))?;
        Ok(member.numbered(self.number))
    }

    fn actor(&self) -> Result<Actor, PersonError> {
        let member = self.member()?;
        let channel_id = client::channel_named(&self.waiting.shared.world(), &member, &self.channel)?;
        let is_client_modified = self.is_client_modified;
        Ok(Actor { member, channel_id, locale: self.locale.clone(), is_client_modified })
    }

    fn send(
        &self,
        send: impl FnOnce(&Shared, &mut World) -> Result<u64, Refusal>,
    ) -> Result<u64, PersonError> {
        let mut world = self.waiting.shared.world();
        if !world.gateway.has_session() {
            return Err(PersonError::BotOffline);
        }
        Ok(send(&self.waiting.shared, &mut world)?)
    }

    async fn answer(&self, id: u64) -> Result<Answer, PersonError> {
        self.waiting.until(id, |progress| progress != Progress::Pending).await?;
        Answer::read(&self.waiting, id).ok_or(PersonError::NotAnswered)
    }
}
