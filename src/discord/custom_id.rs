//! The text that names a button or a menu. Discord sends the text back when a person uses the component.
//!
//! The text is the tag of a kind of component (`component::Kind`), then the fields of the kind. Discord takes at most
//! 100 characters, and no text twice in one message. So a field is a hash, a number or a short word. A name or an id
//! travels as its 64-bit hash, and the component works after a restart.
//!
//! Anybody can forge a `custom_id`. So no field says who may use the component, and no field names a command.

use crate::article_key::ArticleKey;
use crate::delivery::record::PostKey;
use std::fmt;

use article_format::{hash_to_text, parse_hash};

/// How many characters Discord takes (Discord's docs, "Button", "Select Menu"). A test holds each kind to this.
#[cfg(test)]
pub(crate) const CHARACTERS_MAX: usize = 100;
/// The bot shows no page and no slot beyond this one.
pub(crate) const INDEX_MAX: usize = 99_999;
const SEPARATOR: char = '.';

/// The `custom_id` of a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomId(String);

impl CustomId {
    /// Begins with the tag of a kind. The methods add its fields.
    pub(crate) fn new(tag: &'static str) -> Self {
        Self(tag.to_owned())
    }

    pub(crate) fn hash(self, hash: u64) -> Self {
        self.with(&hash_to_text(hash))
    }

    pub(crate) fn optional_hash(self, hash: Option<u64>) -> Self {
        self.with(&hash.map(hash_to_text).unwrap_or_default())
    }

    pub(crate) fn article(self, article: ArticleKey) -> Self {
        self.hash(article.0)
    }

    pub(crate) fn post(self, post: PostKey) -> Self {
        self.hash(post.0)
    }

    /// A number of the database.
    pub(crate) fn number(self, number: i64) -> Self {
        self.hash(number.cast_unsigned())
    }

    /// A page or a slot, from 0. A greater one than [`INDEX_MAX`] becomes [`INDEX_MAX`].
    pub(crate) fn index(self, index: usize) -> Self {
        self.with(&index.min(INDEX_MAX).to_string())
    }

    pub(crate) fn word(self, word: &'static str) -> Self {
        self.with(word)
    }

    /// A text of a person. It is the last field, because it may have any characters. The caller keeps it short.
    pub(crate) fn rest(self, text: &str) -> Self {
        self.with(text)
    }

    /// The first of two words for yes, the second for no.
    pub(crate) fn choice(self, is_yes: bool, [yes, no]: [&'static str; 2]) -> Self {
        self.with(if is_yes { yes } else { no })
    }

    fn with(mut self, field: &str) -> Self {
        self.0.push(SEPARATOR);
        self.0.push_str(field);
        self
    }
}

impl fmt::Display for CustomId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The fields of a text, in order. Each method reads the next field, and gives `None` for a field of another kind.
#[derive(Debug, Clone)]
pub(crate) struct Fields<'a>(Option<&'a str>);

impl<'a> Fields<'a> {
    /// The tag of a text, and its fields.
    pub(crate) fn split(text: &'a str) -> (&'a str, Self) {
        match text.split_once(SEPARATOR) {
            Some((tag, fields)) => (tag, Self(Some(fields))),
            None => (text, Self(None)),
        }
    }

    pub(crate) fn hash(&mut self) -> Option<u64> {
        parse_hash(self.word()?)
    }

    pub(crate) fn optional_hash(&mut self) -> Option<Option<u64>> {
        match self.word()? {
            "" => Some(None),
            text => parse_hash(text).map(Some),
        }
    }

    pub(crate) fn article(&mut self) -> Option<ArticleKey> {
        self.hash().map(ArticleKey)
    }

    pub(crate) fn post(&mut self) -> Option<PostKey> {
        self.hash().map(PostKey)
    }

    pub(crate) fn number(&mut self) -> Option<i64> {
        self.hash().map(u64::cast_signed)
    }

    pub(crate) fn index(&mut self) -> Option<usize> {
        self.word()?.parse().ok().filter(|index| *index <= INDEX_MAX)
    }

    pub(crate) fn word(&mut self) -> Option<&'a str> {
        let fields = self.0?;
        let (field, rest) = match fields.split_once(SEPARATOR) {
            Some((field, rest)) => (field, Some(rest)),
            None => (fields, None),
        };
        self.0 = rest;
        Some(field)
    }

    /// All that is left, separators too.
    pub(crate) fn rest(&mut self) -> Option<&'a str> {
        self.0.take()
    }

    /// Whether the field is the first of two words.
    pub(crate) fn choice(&mut self, [yes, no]: [&str; 2]) -> Option<bool> {
        let word = self.word()?;
        if word == yes { Some(true) } else { (word == no).then_some(false) }
    }

    /// Whether all fields are read.
    pub(crate) fn is_at_end(&mut self) -> bool {
        self.0.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: [&str; 2] = ["all", "none"];

    proptest! {
        #[test]
        fn fields_come_back(
            hash in any::<u64>(), optional in proptest::option::of(any::<u64>()), number in any::<i64>(),
            index in 0..=INDEX_MAX, is_yes in any::<bool>(),
        ) {
            let id = CustomId::new("tag").hash(hash).optional_hash(optional).number(number).index(index);
            let text = id.choice(is_yes, WORDS).word("week").to_string();
            let (tag, mut fields) = Fields::split(&text);
            prop_assert_eq!(tag, "tag");
            prop_assert_eq!(fields.hash(), Some(hash));
            prop_assert_eq!(fields.optional_hash(), Some(optional));
            prop_assert_eq!(fields.number(), Some(number));
            prop_assert_eq!(fields.index(), Some(index));
            prop_assert_eq!(fields.choice(WORDS), Some(is_yes));
            prop_assert_eq!(fields.word(), Some("week"));
            prop_assert!(fields.is_at_end());
        }
    }

    #[test]
    fn other_fields_are_refused() {
        let (tag, fields) = Fields::split("tag.x.100000");
        assert_eq!(tag, "tag");
        assert_eq!(fields.clone().hash(), None);
        assert_eq!(fields.clone().optional_hash(), None);
        assert_eq!(fields.clone().choice(WORDS), None);
        assert_eq!(fields.clone().rest(), Some("x.100000"));
        let mut beyond = Fields::split("tag.100000").1;
        assert_eq!(beyond.index(), None);
        assert!(beyond.is_at_end());
        assert_eq!(CustomId::new("tag").index(usize::MAX).to_string(), "tag.99999");
        let (tag, mut fields) = Fields::split("");
        assert_eq!(tag, "");
        assert!(fields.is_at_end());
    }
}
