//! A YAML document as a tree. Each value has its kind, its text as written, and its position. The tree costs two
//! readings of the document, so only files with faults are read as a tree.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::value::{Error as ValueError, MapDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IgnoredAny, IntoDeserializer, MapAccess,
    SeqAccess, VariantAccess, Visitor,
};

use super::fault::Step;
use super::yaml::{Key, Raw};

/// Keys whose values are never read: nobody may see these values.
pub(super) const UNREAD_KEYS: [&str; 2] = ["secured", "featuredContent"];

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node<'text> {
    /// Empty, `null` or `~`, or the value of one of [`UNREAD_KEYS`].
    Nothing,
    /// As written, without its quotes.
    Text(Cow<'text, str>),
    /// Entries in order.
    List(Vec<Self>),
    /// Keys (always [`Node::Text`]) and values in order.
    Mapping(Vec<(Self, Self)>),
}

impl<'text> Node<'text> {
    /// Reads a whole document.
    ///
    /// # Errors
    /// Whatever the YAML parser refuses, and keys that are not texts.
    pub(crate) fn read(text: &'text str) -> Result<Self, serde_yaml::Error> {
        let mut shapes = Vec::new();
        ShapeSeed(&mut shapes).deserialize(serde_yaml::Deserializer::from_str(text))?;
        let mut shapes = shapes.into_iter();
        NodeSeed(&mut shapes).deserialize(serde_yaml::Deserializer::from_str(text))
    }

    /// The byte of `text` where the value at the end of `steps` begins, or the nearest known byte above.
    pub(crate) fn offset_of(&self, text: &str, steps: &[Step]) -> usize {
        let mut node = self;
        let mut offset = self.own_offset(text).unwrap_or(0);
        for step in steps {
            let next = match (step, node) {
                (Step::Key(name), Self::Mapping(entries)) => entries
                    .iter()
                    .find(|(key, _)| matches!(key, Self::Text(key) if key == name))
                    .map(|(key, value)| (value_offset(text, key), value)),
                (Step::Item(index), Self::List(entries)) => entries.get(*index).map(|entry| {
                    let own = entry.own_offset(text);
                    (own.or_else(|| dash_offset(text, offset, entries, *index)), entry)
                }),
                _ => None,
            };
            let Some((found, value)) = next else { break };
            offset = found.unwrap_or(offset);
            node = value;
        }
        offset
    }

    /// Where the last text of the value ends. `None` if the text is not in the file as written.
    fn end(&self, text: &str) -> Option<usize> {
        match self {
            Self::Text(Cow::Borrowed(part)) => Some(offset_in(text, part)? + part.len()),
            Self::Text(Cow::Owned(_)) | Self::Nothing => None,
            Self::List(entries) => entries.last()?.end(text),
            Self::Mapping(entries) => {
                entries.last().and_then(|(key, value)| value.end(text).or_else(|| key.end(text)))
            }
        }
    }

    /// Where the first text of the value begins. `None` if no text of the value is in the file as written.
    fn own_offset(&self, text: &str) -> Option<usize> {
        match self {
            Self::Nothing => None,
            Self::Text(Cow::Borrowed(part)) => {
                let offset = offset_in(text, part)?;
                let opening = text.as_bytes().get(offset.checked_sub(1).unwrap_or(offset));
                Some(if matches!(opening, Some(b'"' | b'\'')) { offset - 1 } else { offset })
            }
            Self::Text(Cow::Owned(_)) => None,
            Self::List(entries) => entries.first()?.own_offset(text),
            Self::Mapping(entries) => entries.first()?.0.own_offset(text),
        }
    }
}

/// Where the `-` of an entry without a text is. The function counts lines with a dash, from the nearest entry above
/// with a known position, or from the start of the list.
fn dash_offset(text: &str, list: usize, entries: &[Node<'_>], index: usize) -> Option<usize> {
    let before = entries.get(..index)?.iter().enumerate().rev();
    let last_found = before.filter_map(|(index, entry)| Some((index + 1, entry.end(text)?))).next();
    let (entries_passed, start) = last_found.unwrap_or((0, list));
    let mut line_start = start;
    let mut dashes = text.get(start..)?.split_inclusive(['\n', '\r']).filter_map(|line| {
        let blanks = line.len() - line.trim_start().len();
        let dash = line_start + blanks;
        line_start += line.len();
        line.trim().strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with(' ')).map(|_| dash)
    });
    dashes.nth(index - entries_passed)
}

/// Where `part` begins in `text`. `None` if `part` is not a slice of `text`.
pub(crate) fn offset_in(text: &str, part: &str) -> Option<usize> {
    let offset = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (offset + part.len() <= text.len()).then_some(offset)
}

/// Where the value of a key begins: after its colon, white space, line ends and comments.
fn value_offset(text: &str, key: &Node<'_>) -> Option<usize> {
    let Node::Text(Cow::Borrowed(part)) = key else { return None };
    let key_end = offset_in(text, part)? + part.len();
    let mut is_colon_passed = false;
    let mut is_comment = false;
    let is_value = |byte: &u8| {
        match byte {
            b'\n' | b'\r' => is_comment = false,
            _ if is_comment => {}
            b' ' | b'\t' => {}
            b'"' | b'\'' if !is_colon_passed => {}
            b':' if !is_colon_passed => is_colon_passed = true,
            b'#' => is_comment = true,
            _ => return true,
        }
        false
    };
    Some(key_end + text.as_bytes().get(key_end..)?.iter().position(is_value)?)
}

/// The kind of the next value, in the order of the text.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Scalar,
    List,
    Mapping,
}

struct ShapeSeed<'shapes>(&'shapes mut Vec<Shape>);

impl<'de> DeserializeSeed<'de> for ShapeSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// One method for each kind of scalar. The kind does not matter here.
macro_rules! scalars {
    ($($method:ident($($argument:ty)?)),* $(,)?) => {
        $(fn $method<E>(self, $(_: $argument)?) -> Result<(), E> {
            self.0.push(Shape::Scalar);
            Ok(())
        })*
    };
}

impl<'de> Visitor<'de> for ShapeSeed<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    scalars!(
        visit_unit(),
        visit_none(),
        visit_bool(bool),
        visit_i64(i64),
        visit_i128(i128),
        visit_u64(u64),
        visit_u128(u128),
        visit_f64(f64),
        visit_str(&str),
    );

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.push(Shape::List);
        while list.next_element_seed(ShapeSeed(self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<(), A::Error> {
        self.0.push(Shape::Mapping);
        while let Some(Key(key)) = mapping.next_key()? {
            if UNREAD_KEYS.contains(&&*key) {
                mapping.next_value::<IgnoredAny>()?;
            } else {
                mapping.next_value_seed(ShapeSeed(self.0))?;
            }
        }
        Ok(())
    }

    // A tag of the file, for example `!x`. The value below the tag counts, as in the reading of good files.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<(), A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant_seed(self)
    }
}

/// Reads one value of the next shape.
struct NodeSeed<'shapes>(&'shapes mut std::vec::IntoIter<Shape>);

impl<'de> DeserializeSeed<'de> for NodeSeed<'_> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        match self.0.next() {
            Some(Shape::Scalar) => Ok(match Raw::deserialize(deserializer)? {
                Raw::Given(text) => Node::Text(text),
                Raw::Missing | Raw::WrongKind(_) => Node::Nothing,
            }),
            Some(Shape::List) => deserializer.deserialize_seq(self),
            Some(Shape::Mapping) => deserializer.deserialize_map(self),
            None => Err(D::Error::custom("the second reading found more than the first")),
        }
    }
}

impl<'de> Visitor<'de> for NodeSeed<'_> {
    type Value = Node<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list or a mapping")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = list.next_element_seed(NodeSeed(self.0))? {
            entries.push(entry);
        }
        Ok(Node::List(entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<Node<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(Key(key)) = mapping.next_key()? {
            let value = if UNREAD_KEYS.contains(&&*key) {
                mapping.next_value::<IgnoredAny>()?;
                Node::Nothing
            } else {
                mapping.next_value_seed(NodeSeed(self.0))?
            };
            entries.push((Node::Text(key), value));
        }
        Ok(Node::Mapping(entries))
    }
}

impl<'de> Deserializer<'de> for &Node<'de> {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self {
            Node::Nothing => visitor.visit_unit(),
            Node::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Node::Text(Cow::Owned(text)) => visitor.visit_str(text),
            Node::List(entries) => visitor.visit_seq(SeqDeserializer::new(entries.iter())),
            Node::Mapping(entries) => {
                visitor.visit_map(MapDeserializer::new(entries.iter().map(|(key, value)| (key, value))))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self {
            Node::Nothing => visitor.visit_none(),
            value => visitor.visit_some(value),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, ValueError> for &Node<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
