//! The words and phrases of the options `words` and `without`: a feed looks for them in titles and excerpts.

use std::fmt;

use memchr::memmem;
use serde::{Deserialize, Serialize};
use unicode_normalization::char::is_combining_mark;

use crate::collection::fold::fold;
use article_format::Article;
use article_format::whole_word::is_whole_word;

/// The most words and phrases of an option.
pub const PHRASES_MAX: usize = 20;
/// The most characters of all words and phrases of an option together, with the signs between them.
pub const PHRASES_CHARACTERS_MAX: usize = 150;

/// Words and phrases, in the order in which the moderator typed them. A word is found only as a whole word, in any case and with
/// or without accents. In scripts that write no spaces between words, a word may stand anywhere.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phrases(Box<[Phrase]>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Phrase {
    typed: Box<str>,
    folded: Box<str>,
}

/// Why a text is no list of words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhrasesError {
    /// The text has no words.
    #[error("no words")]
    Empty,
    /// This part has no letter and no digit.
    #[error("a part without letters")]
    NoLetters(Box<str>),
    /// The text has more than [`PHRASES_CHARACTERS_MAX`].
    #[error("too many characters")]
    TooLong,
    /// So many words and phrases are more than [`PHRASES_MAX`].
    #[error("{0} words and phrases")]
    TooMany(usize),
}

impl Phrases {
    /// Reads words and phrases between commas. The comma may be Japanese, Chinese or Arabic.
    ///
    /// # Errors
    /// [`PhrasesError`].
    pub fn parse(text: &str) -> Result<Self, PhrasesError> {
        let mut phrases: Vec<Phrase> = Vec::new();
        for part in text.split([',', '、', '，', '،']) {
            let typed = part.split_whitespace().collect::<Vec<_>>().join(" ");
            if typed.is_empty() {
                continue;
            }
            if !typed.contains(char::is_alphanumeric) {
                return Err(PhrasesError::NoLetters(typed.into()));
            }
            let folded = folded(&typed);
            if phrases.iter().all(|known| *known.folded != *folded) {
                phrases.push(Phrase { typed: typed.into(), folded: folded.into() });
            }
        }
        let phrases = Self(phrases.into());
        match phrases.0.len() {
            0 => Err(PhrasesError::Empty),
            count if count > PHRASES_MAX => Err(PhrasesError::TooMany(count)),
            _ if phrases.to_string().chars().count() > PHRASES_CHARACTERS_MAX => Err(PhrasesError::TooLong),
            _ => Ok(phrases),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As the moderator typed them.
    pub fn typed(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|phrase| &*phrase.typed)
    }

    /// The first phrase that the title or the excerpt has, as the moderator typed it.
    #[must_use]
    pub fn found_in(&self, article: &Article) -> Option<&str> {
        if self.is_empty() {
            return None;
        }
        let texts = [Some(&*article.title), article.excerpt.as_deref()];
        let texts: Vec<String> = texts.into_iter().flatten().map(folded).collect();
        let found = self.0.iter().find(|phrase| texts.iter().any(|text| phrase.is_in(text)));
        found.map(|phrase| &*phrase.typed)
    }
}

impl Phrase {
    /// Whether a folded text has the phrase.
    fn is_in(&self, text: &str) -> bool {
        memmem::find_iter(text.as_bytes(), self.folded.as_bytes()).any(|start| {
            let end = start + self.folded.len();
            // A mark makes another letter of the one before it.
            let has_mark =
                text.get(end..).and_then(|rest| rest.chars().next()).is_some_and(is_combining_mark);
            !has_mark && is_whole_word(text, start, end)
        })
    }
}

/// The phrases with commas between them: the form that [`Phrases::parse`] reads.
impl fmt::Display for Phrases {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, typed) in self.typed().enumerate() {
            let comma = if number > 0 { ", " } else { "" };
            write!(formatter, "{comma}{typed}")?;
        }
        Ok(())
    }
}

impl From<Phrases> for String {
    fn from(phrases: Phrases) -> Self {
        phrases.to_string()
    }
}

impl TryFrom<String> for Phrases {
    type Error = PhrasesError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.is_empty() { Ok(Self::default()) } else { Self::parse(&text) }
    }
}

/// The folded form, with one kind of apostrophe.
fn folded(text: &str) -> String {
    fold(text).replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;
    use article_format::fixture::article;
    use proptest::prelude::*;

    fn check(phrases: &str, title: &str, expected: Option<&str>) {
        let article = article("a", |article| {
            article.title = title.into();
            article.excerpt = Some("Says the excerpt.".into());
        });
        assert_eq!(Phrases::parse(phrases).unwrap().found_in(&article), expected, "{phrases} in {title}");
    }

    #[test]
    fn whole_words_are_found_in_any_case_and_with_any_accents() {
        check("rust", "Rust 2.0 is out", Some("rust"));
        check("Rust", "You can trust rusty crates", None);
        check("pokemon", "POKÉMON cards", Some("pokemon"));
        check("Pokémon", "Pokemon cards", Some("Pokémon"));
        check("IA", "L’IA au travail", Some("IA"));
        check("aujourd'hui", "C’est aujourd’hui", Some("aujourd'hui"));
        check("C", "A C compiler", Some("C"));
        check("C", "Modern C++ and C#", None);
        check("C++", "Modern C++20", Some("C++"));
        check("gpt 4", "GPT-4 again", Some("gpt 4"));
        check("excerpt", "No such title", Some("excerpt"));
    }

    #[test]
    fn phrases_stand_within_one_text() {
        check("machine learning", "On machine   learning", Some("machine learning"));
        check("machine learning", "Learning a machine", None);
        check("out says", "What came out", None);
        check("go, rust", "Rust and Go", Some("go"));
    }

    #[test]
    fn scripts_without_spaces_have_words_anywhere() {
        check("学習", "機械学習入門", Some("学習"));
        check("AI", "生成AIの話", Some("AI"));
        check("ＡＩ", "生成AIの話", Some("ＡＩ"));
        check("ミス", "ミズの話", None);
        check("日本、学習", "機械学習入門", Some("学習"));
    }

    #[test]
    fn lists_are_bounded() {
        let parse = |text: &str| Phrases::parse(text);
        assert_eq!(
            parse(" Rust ,, rust, machine   learning ").unwrap().to_string(),
            "Rust, machine learning"
        );
        assert_eq!(parse(" , "), Err(PhrasesError::Empty));
        assert_eq!(parse("Rust, !!"), Err(PhrasesError::NoLetters("!!".into())));
        let many = |count: usize| (0..count).map(|word| word.to_string()).collect::<Vec<_>>().join(",");
        assert!(parse(&many(PHRASES_MAX)).is_ok());
        assert_eq!(parse(&many(PHRASES_MAX + 1)), Err(PhrasesError::TooMany(PHRASES_MAX + 1)));
        assert!(parse(&"é".repeat(PHRASES_CHARACTERS_MAX)).is_ok());
        assert_eq!(parse(&"é".repeat(PHRASES_CHARACTERS_MAX + 1)), Err(PhrasesError::TooLong));
    }

    proptest! {
        #[test]
        fn lists_are_written_as_they_are_read(text in "[a-cé ,!'日学]{0,40}") {
            if let Ok(read) = Phrases::parse(&text) {
                prop_assert_eq!(Phrases::parse(&read.to_string()), Ok(read));
            }
        }
    }
}
