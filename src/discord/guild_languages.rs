//! The language of each guild, by the locale that its moderators chose for the guild. The posts of feeds are in this language.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::ids::GuildId;
use crate::messages::Language;

/// The languages of the bot's guilds. All clones share one list.
#[derive(Debug, Clone, Default)]
pub(crate) struct GuildLanguages {
    /// Without the guilds that have the default language.
    by_guild: Arc<RwLock<HashMap<GuildId, Language>>>,
}

impl GuildLanguages {
    /// Records the locale of a guild, as `en-US` (Discord's docs, "Guild Object", `preferred_locale`).
    pub(super) fn note(&self, guild: GuildId, locale: &str) {
        let language = Language::of_locale(locale);
        let mut by_guild = self.by_guild.write().unwrap_or_else(PoisonError::into_inner);
        if language == Language::default() {
            by_guild.remove(&guild);
        } else {
            by_guild.insert(guild, language);
        }
    }

    /// Removes all guilds except the kept ones.
    pub(super) fn keep(&self, is_kept: impl Fn(GuildId) -> bool) {
        let mut by_guild = self.by_guild.write().unwrap_or_else(PoisonError::into_inner);
        by_guild.retain(|guild, _| is_kept(*guild));
    }

    /// The language of a guild. The default language until the gateway sends the locale.
    #[must_use]
    pub(crate) fn of(&self, guild: GuildId) -> Language {
        let by_guild = self.by_guild.read().unwrap_or_else(PoisonError::into_inner);
        by_guild.get(&guild).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guild_has_the_language_of_its_locale() {
        let languages = GuildLanguages::default();
        assert_eq!(languages.of(GuildId(1)), Language::English);
        languages.note(GuildId(1), "pseudo");
        languages.note(GuildId(2), "pseudo");
        languages.note(GuildId(3), "it");
        assert_eq!(
            [1, 2, 3].map(|guild| languages.of(GuildId(guild))),
            [Language::Pseudo, Language::Pseudo, Language::English]
        );
        languages.note(GuildId(1), "en-GB");
        assert_eq!(languages.of(GuildId(1)), Language::English);
        languages.keep(|guild| guild != GuildId(2));
        assert_eq!(languages.of(GuildId(2)), Language::English);
        assert!(languages.by_guild.read().unwrap().is_empty());
    }
}
