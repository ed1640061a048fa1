//! The ids of the registered commands. The settings of a guild name a command by its id. A button belongs to commands, so these
//! settings also decide who may press the button.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use crate::ids::CommandId;

/// The ids by name. Empty until the commands are registered.
#[derive(Debug, Default)]
pub(super) struct Registered {
    ids: RwLock<BTreeMap<String, CommandId>>,
}

impl Registered {
    /// Replaces all commands.
    pub(super) fn set(&self, commands: impl IntoIterator<Item = (String, CommandId)>) {
        *self.ids.write().unwrap_or_else(PoisonError::into_inner) = commands.into_iter().collect();
    }

    /// The ids of the commands with these names. A name without an id is left out.
    #[must_use]
    pub(super) fn ids(&self, names: &[&str]) -> Vec<CommandId> {
        let ids = self.ids.read().unwrap_or_else(PoisonError::into_inner);
        names.iter().filter_map(|name| ids.get(*name).copied()).collect()
    }
}
