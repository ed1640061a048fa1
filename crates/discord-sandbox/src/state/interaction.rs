//! Interactions and how far they are. Discord's docs: "Receiving and Responding to Interactions".

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::watch;

use crate::validate::callback::CallbackKind;

/// Interactions kept; at the bound the oldest is forgotten, and its token with it.
const INTERACTIONS_MAX: usize = 20_000;

/// Discord's interaction types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InteractionKind {
    Command = 2,
    Component = 3,
    Autocomplete = 4,
    ModalSubmit = 5,
}

/// How far an interaction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    /// No answer yet.
    Pending,
    /// Answered with "later".
    Deferred,
    /// Answered, and nothing is outstanding.
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
    pub(crate) person_id: u64,
    pub(crate) command_name: Option<String>,
    /// Autocomplete: the type of the option that is being typed.
    pub(crate) option_kind: i64,
    /// What it came from.
    pub(crate) source: InteractionSource,
    pub(crate) created_at: Timestamp,
    /// Real time, for measuring; the rules go by the injected clock.
    pub(crate) dispatched: Instant,
    pub(crate) elapsed: Option<Duration>,
    pub(crate) answer: Option<CallbackKind>,
    /// What `@original` means.
    pub(crate) original_message_id: Option<u64>,
    pub(crate) choices: Option<Value>,
    /// The form that answered it.
    pub(crate) modal: Option<Value>,
    pub(crate) progress: watch::Sender<Progress>,
}

/// What an interaction came from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct InteractionSource {
    /// The message that was pressed; also of a form that such a press opened.
    pub(crate) message_id: Option<u64>,
    /// The interaction that opened the form.
    pub(crate) interaction_id: Option<u64>,
}

/// All interactions that the sandbox still knows.
#[derive(Default)]
pub(crate) struct Interactions {
    by_id: BTreeMap<u64, Interaction>,
    pub(super) ids_by_token: HashMap<String, u64>,
    /// In the order of their start, which is the order of their deadlines.
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
