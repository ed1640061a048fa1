//! Waiting for the answer to an interaction.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::error::PersonError;
use crate::shared::Shared;
use crate::state::Progress;

/// A sandbox, and how long a person waits in it, in real time.
#[derive(Clone)]
pub(super) struct Waiting {
    pub(super) shared: Arc<Shared>,
    pub(super) timeout: Duration,
}

impl fmt::Debug for Waiting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Waiting").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

impl Waiting {
    /// Waits for the progress of an interaction.
    pub(super) async fn until(
        &self,
        id: u64,
        is_enough: impl Fn(Progress) -> bool,
    ) -> Result<(), PersonError> {
        let progress = self.shared.world().interactions.get(id).map(|known| known.progress.subscribe());
        let mut progress: watch::Receiver<Progress> = progress.ok_or(PersonError::NotAnswered)?;
        let reached = tokio::time::timeout(self.timeout, progress.wait_for(|now| is_enough(*now))).await;
        match reached {
            Ok(Ok(now)) if *now != Progress::Failed => Ok(()),
            _ => Err(PersonError::NotAnswered),
        }
    }
}
