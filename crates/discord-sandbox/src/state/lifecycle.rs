//! An interaction from its start to its answer or its failure. Discord's docs: "Receiving and Responding to Interactions".

use std::hash::Hasher;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use siphasher::sip::SipHasher13;
use tokio::sync::watch;

use super::interaction::{Interaction, InteractionKind, InteractionSource, Progress};
use super::world::World;
use crate::api_error::ApiError;

/// What is known of an interaction when it starts.
pub(crate) struct NewInteraction {
    pub(crate) kind: InteractionKind,
    pub(crate) channel_id: u64,
    pub(crate) person_id: u64,
    pub(crate) command_name: Option<String>,
    pub(crate) option_kind: i64,
    pub(crate) source: InteractionSource,
}

impl World {
    /// Notes a new interaction and tells its person's pages.
    pub(crate) fn start_interaction(&mut self, start: NewInteraction) -> (u64, String) {
        let id = self.next_id();
        let token = token_of(id);
        self.interactions.insert(Interaction {
            id,
            token: token.clone(),
            kind: start.kind,
            channel_id: start.channel_id,
            person_id: start.person_id,
            command_name: start.command_name,
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

    /// The interaction of a token that still works: answered and not older than 15 minutes.
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

    /// Whether the interaction began longer than `window` ago.
    pub(crate) fn is_older(&self, interaction: &Interaction, window: Duration) -> bool {
        self.now().duration_since(interaction.created_at).unsigned_abs() > window
    }

    /// Fails every interaction without an answer whose time is over. Returns how long the next one
    /// has, `None` when none waits.
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

    /// Marks an interaction as not answered in time.
    pub(crate) fn fail_interaction(&mut self, id: u64) {
        let Some(interaction) = self.interactions.get_mut(id) else { return };
        if interaction.progress.send_replace(Progress::Failed) != Progress::Failed {
            self.publish_progress(id, "failed", Some("The application did not respond"));
        }
    }

    /// Tells the page of the interaction's person how far it is.
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
        self.live.publish(Some(interaction.person_id), || event);
    }
}

/// A token in the look of Discord's. It is no secret: whoever reads it could as well ask the sandbox.
fn token_of(id: u64) -> String {
    let mut hasher = SipHasher13::new();
    hasher.write_u64(id);
    URL_SAFE_NO_PAD.encode(format!("interaction:{id}:{:016x}", hasher.finish()))
}
