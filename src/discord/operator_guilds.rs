//! Which guilds are the operator's (`OPERATOR_GUILD_IDS`). Their moderators may reload the article files, and see the problems of
//! files and the sources.

use std::collections::BTreeSet;

use crate::ids::GuildId;

/// The guilds of the operator. By default, every guild is one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OperatorGuilds(Option<BTreeSet<GuildId>>);

impl OperatorGuilds {
    /// These guilds and no others.
    #[must_use]
    pub fn only(guilds: impl IntoIterator<Item = GuildId>) -> Self {
        Self(Some(guilds.into_iter().collect()))
    }

    /// Whether a guild is the operator's.
    #[must_use]
    pub(crate) fn has(&self, guild: GuildId) -> bool {
        self.0.as_ref().is_none_or(|guilds| guilds.contains(&guild))
    }
}
