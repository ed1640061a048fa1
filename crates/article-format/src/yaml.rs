//! Reads YAML without checks. Every value keeps its text as written. A value of the wrong kind is noted, and the
//! reading goes on, so one reading finds all faults of a file.
//!
//! `yaml_serde` gives either a scalar's text as written (asked for a text), or its kind (asked for anything), but never
//! both. So a good file is read once, and each value is asked for in its expected kind. Only a file that fails is read
//! again as a [`super::yaml_tree::Node`], which has both.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

use super::fault::FAULTS_MAX;

/// Entries of one list. A longer list is a problem. Real files have up to 179 entries.
pub(crate) const LIST_ITEMS_MAX: usize = 10_000;

/// Repeated keys that one mapping remembers: one more than a file reports, so the report says that there are more.
const REPEATED_KEYS_MAX: usize = FAULTS_MAX + 1;

/// The value of a key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Raw<T> {
    /// No such key, or an empty value, `null` or `~`.
    #[default]
    Missing,
    /// A value of the expected kind.
    Given(T),
    /// A value of another kind.
    WrongKind(Kind),
}

/// A text as written. Borrowed from the file if no escape or line folding changes it.
pub(crate) type RawText<'text> = Raw<Cow<'text, str>>;
/// A list, entry by entry.
pub(crate) type RawList<T> = Raw<Vec<Raw<T>>>;
/// A mapping with known keys.
pub(crate) type RawMapping<'text, T> = Raw<Mapping<'text, T>>;

/// The kind of a value that should have another kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A single value.
    Text,
    /// A list.
    List,
    /// Keys with values.
    Mapping,
    /// A list of more than [`LIST_ITEMS_MAX`] entries.
    ListTooLong,
}

/// The known keys of a mapping, and the keys that appear more than once. The first value counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mapping<'text, T> {
    /// The known keys.
    pub(crate) value: T,
    /// The first and the repeated key, as written in the text.
    pub(crate) repeated_keys: Vec<(Cow<'text, str>, Cow<'text, str>)>,
}

/// A set of known keys. Unknown keys are skipped: they are neither kept nor checked.
pub(crate) trait KnownKeys<'de>: Deserialize<'de> {}

/// A kind of value that [`Raw`] can hold.
pub(crate) trait Readable<'de>: Sized {
    /// Reads a value that is not null.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Raw<Self>, D::Error>;
}

impl<'de: 'text, 'text> Readable<'de> for Cow<'text, str> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Raw<Self>, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

impl<'de, T: Readable<'de>> Readable<'de> for Vec<Raw<T>> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Raw<Self>, D::Error> {
        deserializer.deserialize_seq(ListVisitor(PhantomData))
    }
}

impl<'de: 'text, 'text, T: KnownKeys<'de>> Readable<'de> for Mapping<'text, T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Raw<Self>, D::Error> {
        deserializer.deserialize_map(MappingVisitor(PhantomData))
    }
}

impl<'de, T: Readable<'de>> Deserialize<'de> for Raw<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(NullVisitor(PhantomData))
    }
}

/// A key, which is always a text.
pub(super) struct Key<'text>(pub(super) Cow<'text, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(TextVisitor)? {
            Raw::Given(text) => Ok(Self(text)),
            _ => Err(D::Error::custom("this key is not a text")),
        }
    }
}

struct NullVisitor<T>(PhantomData<T>);

impl<'de, T: Readable<'de>> Visitor<'de> for NullVisitor<T> {
    type Value = Raw<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value or nothing")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Raw::Missing)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Raw::Missing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::read(deserializer)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = RawText<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Raw::Given(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Raw::Given(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_seq(list).map(|_| Raw::WrongKind(Kind::List))
    }

    fn visit_map<A: MapAccess<'de>>(self, mapping: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_map(mapping).map(|_| Raw::WrongKind(Kind::Mapping))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Readable<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = RawList<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Raw::WrongKind(Kind::Text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while entries.len() < LIST_ITEMS_MAX {
            match list.next_element()? {
                Some(entry) => entries.push(entry),
                None => return Ok(Raw::Given(entries)),
            }
        }
        if list.next_element::<IgnoredAny>()?.is_none() {
            return Ok(Raw::Given(entries));
        }
        IgnoredAny.visit_seq(list).map(|_| Raw::WrongKind(Kind::ListTooLong))
    }

    fn visit_map<A: MapAccess<'de>>(self, mapping: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_map(mapping).map(|_| Raw::WrongKind(Kind::Mapping))
    }
}

struct MappingVisitor<T>(PhantomData<T>);

impl<'de, T: KnownKeys<'de>> Visitor<'de> for MappingVisitor<T> {
    type Value = RawMapping<'de, T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("keys and values")
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Raw::WrongKind(Kind::Text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_seq(list).map(|_| Raw::WrongKind(Kind::List))
    }

    fn visit_map<A: MapAccess<'de>>(self, mapping: A) -> Result<Self::Value, A::Error> {
        let mut repeated_keys = Vec::new();
        let once = KeysOnce { mapping, seen: HashSet::new(), repeated_keys: &mut repeated_keys };
        let value = T::deserialize(MapAccessDeserializer::new(once))?;
        Ok(Raw::Given(Mapping { value, repeated_keys }))
    }
}

/// Passes each key on once, and notes repeated keys. Serde refuses only known keys that are repeated, and does not say
/// where they are.
struct KeysOnce<'seen, 'de, A> {
    mapping: A,
    seen: HashSet<Cow<'de, str>>,
    repeated_keys: &'seen mut Vec<(Cow<'de, str>, Cow<'de, str>)>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for KeysOnce<'_, 'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(Key(key)) = self.mapping.next_key()? {
            if let Some(first) = self.seen.get(&key) {
                if self.repeated_keys.len() < REPEATED_KEYS_MAX {
                    self.repeated_keys.push((first.clone(), key));
                }
                self.mapping.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = seed.deserialize((&*key).into_deserializer())?;
            self.seen.insert(key);
            return Ok(Some(value));
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.mapping.next_value_seed(seed)
    }
}
