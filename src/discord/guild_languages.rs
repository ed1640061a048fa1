//! The language of each guild: what its moderators chose with `/settings`, else the locale of the guild. The posts of feeds are in
//! this language.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use crate::ids::GuildId;
use crate::messages::Language;
use crate::shards::Shards;

/// The languages of the bot's guilds. All clones share one list.
#[derive(Debug, Clone, Default)]
pub(crate) struct GuildLanguages {
    /// Without the guilds that have the default language.
    by_guild: Arc<RwLock<HashMap<GuildId, Language>>>,
    /// What moderators chose. At most one entry for each row of the database.
    chosen: Arc<RwLock<HashMap<GuildId, Language>>>,
    /// The languages of guilds that other processes answer. `None` if this process answers all guilds.
    elsewhere: Arc<RwLock<Option<Elsewhere>>>,
}

/// The languages that other processes report. Without the guilds that have the default language.
#[derive(Debug)]
struct Elsewhere {
    own: Shards,
    languages: HashMap<GuildId, Language>,
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

    /// Records what the moderators of a guild chose. `None`: nothing.
    pub(super) fn choose(&self, guild: GuildId, language: Option<Language>) {
        let mut chosen = self.chosen.write().unwrap_or_else(PoisonError::into_inner);
        match language {
            Some(language) => chosen.insert(guild, language),
            None => chosen.remove(&guild),
        };
    }

    /// Records what the moderators of all guilds chose.
    pub(super) fn choose_all(&self, all: impl IntoIterator<Item = (GuildId, Language)>) {
        *self.chosen.write().unwrap_or_else(PoisonError::into_inner) = all.into_iter().collect();
    }

    /// Records the languages that other processes report. This process answers the guilds of `own`.
    pub(crate) fn set_elsewhere(
        &self,
        own: Shards,
        languages: impl IntoIterator<Item = (GuildId, Language)>,
    ) {
        let languages = languages.into_iter().filter(|(guild, _)| !own.have(*guild)).collect();
        *self.elsewhere.write().unwrap_or_else(PoisonError::into_inner) = Some(Elsewhere { own, languages });
    }

    /// The guilds of this process that have another language than the default, in the order of their ids.
    pub(crate) fn own(&self) -> Vec<(GuildId, Language)> {
        let of_locale = self.by_guild.read().unwrap_or_else(PoisonError::into_inner);
        let chosen = self.chosen.read().unwrap_or_else(PoisonError::into_inner);
        let guilds: BTreeSet<GuildId> = of_locale.keys().chain(chosen.keys()).copied().collect();
        drop((of_locale, chosen));
        let languages = guilds.into_iter().map(|guild| (guild, self.of(guild)));
        languages.filter(|(_, language)| *language != Language::default()).collect()
    }

    /// The language of a guild.
    #[must_use]
    pub(crate) fn of(&self, guild: GuildId) -> Language {
        let elsewhere = self.elsewhere.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(elsewhere) = elsewhere.as_ref().filter(|elsewhere| !elsewhere.own.have(guild)) {
            return elsewhere.languages.get(&guild).copied().unwrap_or_default();
        }
        drop(elsewhere);
        let chosen = self.chosen.read().unwrap_or_else(PoisonError::into_inner).get(&guild).copied();
        chosen.unwrap_or_else(|| self.of_locale(guild))
    }

    /// The language of a guild's locale. The default language until the gateway sends the locale.
    fn of_locale(&self, guild: GuildId) -> Language {
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

    #[test]
    fn what_moderators_chose_counts_before_the_locale() {
        let languages = GuildLanguages::default();
        languages.note(GuildId(1), "fr");
        languages.choose(GuildId(1), Some(Language::German));
        assert_eq!(languages.of(GuildId(1)), Language::German);
        languages.choose(GuildId(1), None);
        assert_eq!(languages.of(GuildId(1)), Language::French);
        languages.choose_all([(GuildId(1), Language::English)]);
        assert_eq!(languages.of(GuildId(1)), Language::English, "English can be chosen too");
    }

    #[test]
    fn a_guild_of_another_process_has_the_language_that_the_process_reports() {
        let languages = GuildLanguages::default();
        let [own, other] = [2, 3].map(|number| GuildId(number << 22));
        let shards = Shards::Own(crate::shards::ShardRange { first: 0, count: 1, total: 2 });
        languages.note(own, "pseudo");
        languages.choose(other, Some(Language::Pseudo));
        languages.set_elsewhere(shards, []);
        assert_eq!([own, other].map(|guild| languages.of(guild)), [Language::Pseudo, Language::English]);
        assert_eq!(languages.own(), [(own, Language::Pseudo)]);
        languages.set_elsewhere(shards, [(own, Language::English), (other, Language::Pseudo)]);
        assert_eq!([own, other].map(|guild| languages.of(guild)), [Language::Pseudo; 2]);
    }
}
