//! An interaction from its start to its answer or its failure. Discord's docs: "Receiving and Responding to
//! Interactions".

use std::hash::Hasher;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use siphasher::sip::SipHasher13;
use tokio::sync::watch;

use super::interaction::{Interaction, InteractionKind, InteractionSource, Progress};
use super::member::Member;
use super::world::World;
use crate::api_error::ApiError;

/// The data of a new interaction.
pub(crate) struct NewInteraction {
    pub(crate) kind: InteractionKind,
    pub(crate) channel_id: u64,
    pub(crate) person: Member,
    pub(crate) command_name: Option<String>,
    pub(crate) command_kind: i64,
    pub(crate) owners: Value,
    pub(crate) option_kind: i64,
    pub(crate) source: InteractionSource,
}

impl World {
    /// Stores a new interaction. Returns its id and token.
    pub(crate) fn start_interaction(&mut self, start: NewInteraction) -> (u64, String) {
        let id = self.next_id();
        let token = token_of(id);
        self.interactions.insert(Interaction {
            id,
            token: token.clone(),
            kind: start.kind,
            channel_id: start.channel_id,
            person: start.person,
            command_name: start.command_name,
            command_kind: start.command_kind,
            owners: start.owners,
            follow_ups: 0,
            option_kind: start.option_kind,
            source: start.source,
            created_at: self.now(),
            dispatched: Instant::now(),
            elapsed: None,
            answer: None,
            original_message_id: None,
            choices: None,
            modal: None,
            progress: watch::Sender::new(Progress::Pending),
        });
        self.publish_progress(id, "pending", None);
        (id, token)
    }

    /// The interaction of a token. The token works between the first answer and the end of `token_window`.
    pub(crate) fn live_interaction(&self, token: &str) -> Result<&Interaction, ApiError> {
        let id = self.interactions.ids_by_token.get(token).ok_or(ApiError::UNKNOWN_WEBHOOK)?;
        let interaction = self.interactions.get(*id).ok_or(ApiError::UNKNOWN_WEBHOOK)?;
        if self.is_older(interaction, self.options.token_window) {
            return Err(ApiError::EXPIRED_TOKEN);
        }
        if interaction.answer.is_none() {
            return Err(ApiError::UNKNOWN_WEBHOOK);
        }
        Ok(interaction)
    }

    /// Whether the interaction is older than `window`.
    pub(crate) fn is_older(&self, interaction: &Interaction, window: Duration) -> bool {
        self.now().duration_since(interaction.created_at).unsigned_abs() > window
    }

    /// Fails all interactions whose deadline is over. Returns the time until the next deadline, `None` when no
    /// interaction waits.
    pub(crate) fn expire_interactions(&mut self) -> Option<Duration> {
        while let Some(id) = self.interactions.pending.front().copied() {
            let waiting = self.interactions.get(id).filter(|waiting| waiting.answer.is_none());
            if let Some(waiting) = waiting {
                let age = self.now().duration_since(waiting.created_at).unsigned_abs();
                if age <= self.options.answer_window {
                    let left = self.options.answer_window - age;
                    return Some(left + Duration::from_millis(1));
                }
                self.fail_interaction(id);
            }
            self.interactions.pending.pop_front();
        }
        None
    }

    /// Fails an interaction that got no answer in time.
    pub(crate) fn fail_interaction(&mut self, id: u64) {
        let Some(interaction) = self.interactions.get_mut(id) else { return };
        if interaction.progress.send_replace(Progress::Failed) != Progress::Failed {
            self.publish_progress(id, "failed", Some("The application did not respond"));
        }
    }

    /// Publishes the progress of an interaction to its person's pages.
    pub(crate) fn publish_progress(&mut self, id: u64, state: &str, error: Option<&str>) {
        let Some(interaction) = self.interactions.get(id) else { return };
        if interaction.kind == InteractionKind::Autocomplete {
            return;
        }
        let mut event = json!({"event": "interaction", "id": id.to_string(), "state": state});
        if let Some(error) = error {
            event["error"] = json!(error);
        }
        if let Some(modal) = &interaction.modal {
            event["modal"] = modal.clone();
        }
        self.live.publish(Some(interaction.person.id), || event);
    }
}

/// A token that looks like Discord's. It is no secret: every program on this computer can use the sandbox.
fn token_of(id: u64) -> String {
    let mut hasher = SipHasher13::new();
    hasher.write_u64(id);
    URL_SAFE_NO_PAD.encode(format!("interaction:{id}:{:016x}", hasher.finish()))
}
