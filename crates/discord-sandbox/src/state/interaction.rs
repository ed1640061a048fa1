//! Interactions and their progress. Discord's docs: "Receiving and Responding to Interactions".

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::watch;

use super::member::Member;
use crate::validate::callback::CallbackKind;

/// Interactions kept. At the bound the oldest is dropped, and its token no longer works.
const INTERACTIONS_MAX: usize = 20_000;

/// Discord's interaction types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InteractionKind {
    Command = 2,
    Component = 3,
    Autocomplete = 4,
    ModalSubmit = 5,
}

/// The progress of an interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    /// No answer yet.
    Pending,
    /// The bot deferred its answer.
    Deferred,
    /// The answer is complete.
    Settled,
    /// No answer in time.
    Failed,
}

/// One interaction.
pub(crate) struct Interaction {
    pub(crate) id: u64,
    pub(crate) token: String,
    pub(crate) kind: InteractionKind,
    pub(crate) channel_id: u64,
    pub(crate) person: Member,
    pub(crate) command_name: Option<String>,
    /// The type of the command: 1 slash, 3 on messages.
    pub(crate) command_kind: i64,
    /// Whose installations of the app allow the interaction. Discord's docs: "Authorizing Integration Owners Object".
    pub(crate) owners: Value,
    pub(crate) follow_ups: usize,
    /// Autocomplete: the type of the option that the person types.
    pub(crate) option_kind: i64,
    /// Its origin.
    pub(crate) source: InteractionSource,
    pub(crate) created_at: Timestamp,
    /// Real time, for `elapsed`. Deadlines use the injected clock.
    pub(crate) dispatched: Instant,
    pub(crate) elapsed: Option<Duration>,
    pub(crate) answer: Option<CallbackKind>,
    /// The message `@original`.
    pub(crate) original_message_id: Option<u64>,
    pub(crate) choices: Option<Value>,
    /// The form in the answer.
    pub(crate) modal: Option<Value>,
    pub(crate) progress: watch::Sender<Progress>,
}

/// The origin of an interaction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct InteractionSource {
    /// The message with the component, also for the form that the component opened.
    pub(crate) message_id: Option<u64>,
    /// The message in whose menu the command was chosen.
    pub(crate) target_id: Option<u64>,
    /// The interaction that opened the form.
    pub(crate) interaction_id: Option<u64>,
}

impl Interaction {
    /// Whether only an account has the app, and not the guild.
    pub(super) fn is_of_account(&self) -> bool {
        self.owners.get("0").is_none()
    }
}

/// All interactions that are kept.
#[derive(Default)]
pub(crate) struct Interactions {
    by_id: BTreeMap<u64, Interaction>,
    pub(super) ids_by_token: HashMap<String, u64>,
    /// Interactions that may wait for an answer, by their deadlines.
    pub(super) pending: VecDeque<u64>,
}

impl Interactions {
    pub(crate) fn get(&self, id: u64) -> Option<&Interaction> {
        self.by_id.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Interaction> {
        self.by_id.get_mut(&id)
    }

    pub(crate) fn tokens(&self) -> Vec<String> {
        self.ids_by_token.keys().cloned().collect()
    }

    /// Adds an interaction.
    pub(super) fn insert(&mut self, interaction: Interaction) {
        if self.by_id.len() >= INTERACTIONS_MAX
            && let Some((id, oldest)) = self.by_id.pop_first()
        {
            self.ids_by_token.remove(&oldest.token);
            self.pending.retain(|pending| *pending != id);
        }
        self.ids_by_token.insert(interaction.token.clone(), interaction.id);
        self.pending.push_back(interaction.id);
        self.by_id.insert(interaction.id, interaction);
    }
}
