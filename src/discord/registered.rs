//! Which ids Discord gave the registered commands. Whoever presses a moderators' button is judged by the command that it
//! belongs to, and a guild's settings name that by its id.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

/// The ids by name. Empty until the commands are registered.
#[derive(Debug, Default)]
pub struct Registered {
    ids: RwLock<BTreeMap<String, u64>>,
}

impl Registered {
    /// From now on these are the commands.
    pub fn set(&self, commands: impl IntoIterator<Item = (String, u64)>) {
        *self.ids.write().unwrap_or_else(PoisonError::into_inner) = commands.into_iter().collect();
    }

    /// The ids of the commands with these names, as far as they are known.
    #[must_use]
    pub fn ids(&self, names: &[&str]) -> Vec<u64> {
        let ids = self.ids.read().unwrap_or_else(PoisonError::into_inner);
        names.iter().filter_map(|name| ids.get(*name).copied()).collect()
    }
}
