//! The parts of a button or a menu. Each kind is a [`Kind`] in the file of its command, and `components` lists all kinds.

use std::future::Future;

use futures_util::future::BoxFuture;

use super::command::{Command, are_for_moderators, require};
use super::custom_id::{CustomId, Fields};
use super::invocation::Invocation;
use super::moderators::GuildCommandSettings;
use super::reply::{Answer, Audience, Deferral, Reply};
use crate::ids::UserId;
use crate::messages::{Words, say};
use article_format::parse_hash;

/// A kind of button or menu. A value holds the fields that travel in the `custom_id`.
pub(crate) trait Kind: Sized + Send + 'static {
    /// The start of each `custom_id` of this kind. The digit at the end is the version of the fields. Other fields need another version.
    const TAG: &'static str;

    /// Whether the answer replaces the message of the component. This needs Discord's word that the message answers the caller.
    /// Otherwise the answer is a new message.
    const UPDATES: bool;

    /// Who sees a new message.
    const AUDIENCE: Audience = Audience::AskerOnly;

    /// The `custom_id`, with [`Kind::TAG`] and the fields. At most 100 characters for any values of the fields.
    fn id(&self) -> CustomId;

    /// Reads the fields of a `custom_id`.
    fn read(fields: &mut Fields<'_>) -> Option<Self>;

    /// Answers a press.
    ///
    /// # Errors
    /// A new message. The message of the component stays as it is.
    fn run(self, pressed: &Pressed<'_>) -> impl Future<Output = Result<Reply, Reply>> + Send;
}

/// One use of a button or a menu.
pub(crate) struct Pressed<'a> {
    pub(crate) invocation: Invocation<'a>,
    /// The user whose command or press the message answers, according to Discord. `None` for a message that answers nobody.
    pub(crate) answered: Option<UserId>,
    /// The values that the caller chose in a menu.
    pub(crate) values: Vec<String>,
}

impl Pressed<'_> {
    /// The hash that the caller chose in a menu of hashes.
    pub(crate) fn chosen_hash(&self) -> Option<u64> {
        self.values.first().and_then(|value| parse_hash(value))
    }

    /// Whether the message answers the caller. Only such a message may change, because somebody can forge the `custom_id` for any
    /// message of the bot.
    pub(crate) fn is_in_own_answer(&self) -> bool {
        self.answered == Some(self.invocation.caller.user)
    }
}

/// The running answer of a [`Kind`].
type Running<'a> = BoxFuture<'a, Result<Reply, Reply>>;

/// A [`Kind`] in the list of components.
pub(crate) struct Component {
    pub(crate) tag: &'static str,
    commands: &'static [&'static Command],
    updates: bool,
    audience: Audience,
    run: for<'a> fn(Fields<'_>, &'a Pressed<'a>) -> Option<Running<'a>>,
}

impl Component {
    /// A kind that belongs to these commands. Who may use one of the commands may use the component.
    pub(crate) const fn of<K: Kind>(commands: &'static [&'static Command]) -> Self {
        Self { tag: K::TAG, commands, updates: K::UPDATES, audience: K::AUDIENCE, run: run::<K> }
    }

    pub(crate) fn is_for_moderators(&self) -> bool {
        are_for_moderators(self.commands)
    }

    /// How the answer is deferred. `None` where the answer comes at once.
    pub(crate) fn deferral(&self, pressed: &Pressed<'_>) -> Option<Deferral> {
        let in_place = self.updates && pressed.is_in_own_answer();
        let deferral = if in_place { Deferral::Update } else { Deferral::Message };
        self.is_for_moderators().then_some(deferral)
    }

    /// Checks who asks, then answers or refuses. Only the caller sees a refusal.
    pub(crate) async fn answer(
        &self,
        fields: Fields<'_>,
        pressed: &Pressed<'_>,
        settings: impl Future<Output = Result<GuildCommandSettings, String>>,
    ) -> Answer {
        if let Err(refusal) = require(self.commands, &pressed.invocation, settings).await {
            return Answer::Message(refusal);
        }
        let answered = match (self.run)(fields, pressed) {
            Some(run) => run.await,
            None => Err(from_another_version(pressed.invocation.words)),
        };
        match answered {
            Ok(reply) if self.updates && pressed.is_in_own_answer() => Answer::Update(reply),
            Ok(reply) => Answer::Message(Reply { audience: self.audience, ..reply }),
            Err(refusal) => Answer::Message(Reply { audience: Audience::AskerOnly, ..refusal }),
        }
    }
}

fn run<'a, K: Kind>(fields: Fields<'_>, pressed: &'a Pressed<'a>) -> Option<Running<'a>> {
    let kind = read_all::<K>(fields)?;
    Some(Box::pin(kind.run(pressed)))
}

/// Reads an id of this kind. `None` for every other text.
pub(crate) fn read<K: Kind>(text: &str) -> Option<K> {
    let (tag, fields) = Fields::split(text);
    if tag == K::TAG { read_all(fields) } else { None }
}

fn read_all<K: Kind>(mut fields: Fields<'_>) -> Option<K> {
    let kind = K::read(&mut fields)?;
    fields.is_at_end().then_some(kind)
}

/// The page as the new content of its message. A reply without cards and components is an error, so it becomes a new message and the
/// page stays.
pub(crate) fn page_or_words(reply: Reply) -> Result<Reply, Reply> {
    if reply.cards.is_empty() && reply.rows.is_empty() { Err(reply) } else { Ok(reply) }
}

/// For a component that this version does not have.
pub(crate) fn from_another_version(words: &Words) -> Reply {
    Reply::to_asker(say!(words, "component-from-another-version"))
}
