//! Every text that a person reads in Discord. The texts are in `locales/LANGUAGE/*.ftl` (<https://projectfluent.org>),
//! and `say!` is the one door to them.
//!
//! A new text is a message in a file of `locales/en` and a `say!` with its key. A test compares keys and arguments.
//! A new language is a folder in `locales` and a variant of [`Language`]. English stands in for a text that a language lacks.
//!
//! The caller makes each argument harmless (`card::text`). A whole number is formatted by the rules of the language, so
//! an id is passed as text. An argument that runs from right to left leaves the words around it in their order (`direction`).

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale_core::Locale;

mod direction;
mod numbers;
#[cfg(test)]
mod pseudo;

pub(crate) use direction::{ISOLATE_CHARACTERS, isolated};
#[cfg(test)]
pub(crate) use pseudo::untranslated;

/// The files of a language's texts.
macro_rules! files {
    ($language:literal: $($name:literal,)*) => {
        &[$(include_str!(concat!("../locales/", $language, "/", $name, ".ftl"))),*]
    };
    ($language:literal) => {
        files!($language: "answers", "article", "cards", "delivery", "feed", "moderators", "more_like_this", "news", "notices", "posts", "problems", "reload", "search", "settings", "status", "why",)
    };
}

/// A language that the bot speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish, for Spain and Latin America.
    Spanish,
    /// The Portuguese of Brazil.
    BrazilianPortuguese,
    /// Japanese.
    Japanese,
    /// English, 40% longer and with accents. It shows the tests which text does not come from the files.
    #[cfg(test)]
    Pseudo,
}

/// The languages that people can choose, English first.
pub(crate) const LANGUAGES: [Language; 6] = [
    Language::English,
    Language::German,
    Language::French,
    Language::Spanish,
    Language::BrazilianPortuguese,
    Language::Japanese,
];

impl Language {
    /// The language of a Discord locale, as `en-GB`. English, where the bot does not speak that language.
    pub(crate) fn of_locale(locale: &str) -> Self {
        #[cfg(test)]
        if locale == pseudo::LOCALE {
            return Self::Pseudo;
        }
        LANGUAGES.into_iter().find(|language| language.locales().contains(&locale)).unwrap_or_default()
    }

    /// The Discord locales with this language (Discord's docs, "Locales").
    pub(crate) fn locales(self) -> &'static [&'static str] {
        match self {
            Self::English => &["en-US", "en-GB"],
            Self::German => &["de"],
            Self::French => &["fr"],
            Self::Spanish => &["es-ES", "es-419"],
            Self::BrazilianPortuguese => &["pt-BR"],
            Self::Japanese => &["ja"],
            #[cfg(test)]
            Self::Pseudo => &[pseudo::LOCALE],
        }
    }

    /// The language's tag in the database and in Unicode's data, which is the name of its folder in `locales`.
    pub(crate) fn tag(self) -> &'static str {
        self.source().0
    }

    /// The language with this tag. `None` for a language of another version.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        LANGUAGES.into_iter().find(|language| language.tag() == tag)
    }

    /// The languages other than English, which commands are registered in as well.
    pub(crate) fn translations() -> impl Iterator<Item = Self> {
        LANGUAGES.into_iter().skip(1)
    }

    /// The folder in `locales`, which is the language's tag in Unicode's data too, and the texts.
    fn source(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::English => ("en", files!("en")),
            Self::German => ("de", files!("de")),
            Self::French => ("fr", files!("fr")),
            Self::Spanish => ("es", files!("es")),
            Self::BrazilianPortuguese => ("pt-BR", files!("pt-BR")),
            Self::Japanese => ("ja", files!("ja")),
            #[cfg(test)]
            Self::Pseudo => Self::English.source(),
        }
    }
}

/// The texts of one language.
pub(crate) struct Words {
    bundle: FluentBundle<FluentResource>,
    /// `None` where the library knows no lists of this language.
    lists: Option<ListFormatter>,
}

impl Words {
    /// The texts for a reader with this Discord locale.
    pub(crate) fn of_locale(locale: &str) -> &'static Self {
        Self::of(Language::of_locale(locale))
    }

    /// The texts of a language. They are read once.
    pub(crate) fn of(language: Language) -> &'static Self {
        static ALL: LazyLock<[Words; LANGUAGES.len()]> = LazyLock::new(|| LANGUAGES.map(Words::read));
        #[cfg(test)]
        if language == Language::Pseudo {
            return pseudo::words();
        }
        let [english, others @ ..] = &*ALL;
        let index = Language::translations().position(|translation| translation == language);
        index.and_then(|index| others.get(index)).unwrap_or(english)
    }

    /// The English texts, for what has no locale.
    pub(crate) fn english() -> &'static Self {
        Self::of(Language::English)
    }

    fn read(language: Language) -> Self {
        let (tag, files) = language.source();
        Self::read_files(tag, files)
    }

    fn read_files(language: &str, files: &[&str]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(language.parse().into_iter().collect());
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(numbers::format));
        for file in files {
            // A test refuses files with faults, so nothing is lost here.
            let resource =
                FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(readable, _)| readable);
            bundle.add_resource_overriding(resource);
        }
        let lists = language.parse::<Locale>().ok().and_then(|locale| {
            ListFormatter::try_new_and((&locale).into(), ListFormatterOptions::default()).ok()
        });
        Self { bundle, lists }
    }

    /// The text with this key. [`say!`] calls this; nothing else should.
    pub(crate) fn text(&self, key: &'static str, arguments: &[(&'static str, FluentValue<'_>)]) -> String {
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        let Some(pattern) = pattern else {
            report(key, "no file has this text");
            let english = Self::english();
            return if std::ptr::eq(self, english) { key.to_owned() } else { english.text(key, arguments) };
        };
        let in_line = |value: &FluentValue<'_>| match value {
            FluentValue::String(text) => isolated(text).into_owned().into(),
            other => other.clone().into_owned(),
        };
        let arguments: FluentArgs<'_> =
            arguments.iter().map(|(name, value)| (Cow::Borrowed(*name), in_line(value))).collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
        if let Some(error) = errors.first() {
            report(key, &error.to_string());
        }
        text
    }

    /// The items as a list: "a, b, and c".
    pub(crate) fn list(&self, items: &[String]) -> String {
        let items: Vec<Cow<'_, str>> = items.iter().map(|item| isolated(item)).collect();
        match &self.lists {
            Some(lists) => lists.format(items.iter()).to_string(),
            None => items.join(", "),
        }
    }
}

/// A text of the files: `say!(words, "key")`, or `say!(words, "key", articles = 12, name = name)`.
macro_rules! say {
    ($words:expr, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $words.text($key, &[$((stringify!($name), ::fluent_bundle::FluentValue::from($value))),*])
    };
}
pub(crate) use say;

/// A fault in a text stops a test. Elsewhere the reader gets what can be shown, and the log names the fault.
#[cfg(not(test))]
fn report(key: &str, fault: &str) {
    tracing::error!(key, fault, "a text for people is faulty; please report this");
}

#[cfg(test)]
fn report(key: &str, fault: &str) {
    panic!("{key}: {fault}");
}

#[cfg(test)]
mod tests;
