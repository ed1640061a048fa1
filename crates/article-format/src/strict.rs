//! A strict reader of the small part of YAML that article files use. It is several times faster than a reader of all of
//! YAML.
//!
//! The reader accepts only text that it certainly understands: blocks of `key: value` lines and `- ` entries indented
//! with spaces, values on one line (plain, or in quotes with the usual escapes), `[]`, `{}`, and comments on lines of
//! their own. The reader *declines* any other text. This says nothing about the file: the parser of all of YAML reads
//! the file then, and alone says what is wrong.
//!
//! The law between the two readers, held by `strict/tests.rs` and the fuzz target: a text that this reader accepts keeps
//! all of [`super::bounds`], and the other reader accepts the text too and gives the same values.
//!
//! Time is linear in the text. The known keys and [`SKIPPED_LEVELS_MAX`] limit the nesting. Values of unknown keys, of
//! `secured` and of `featuredContent` are checked like the rest, and kept nowhere.

use super::raw::RawArticle;
use super::related::{RelatedDraft, RelatedStories};
use super::yaml::{LIST_ITEMS_MAX, Mapping, Raw, RawList, RawMapping, RawText};
use scalar::Scalar;

mod keys;
mod safe_text;
mod scalar;
mod story;
#[cfg(test)]
mod tests;

/// The last column (from 0) in which a line may begin. This keeps the levels of indentation below their bound.
const COLUMN_MAX: usize = 48;

/// Bytes of a key at most; YAML allows 1024 characters.
const KEY_BYTES_MAX: usize = 64;

/// Unknown keys of one mapping. The reader remembers them, because no key may appear twice.
const UNKNOWN_KEYS_MAX: usize = 8;

/// Levels of lists and mappings below an unknown key.
const SKIPPED_LEVELS_MAX: usize = 8;

/// Reads front matter. `None` means that this reader declines. The related stories are already checked and packed.
pub(super) fn read(text: &str) -> Option<(RawMapping<'_, RawArticle<'_>>, RelatedStories)> {
    if !safe_text::is_safe(text) {
        return None;
    }
    let mut reader = Reader { text, next: 0, line: None, stories: RelatedDraft::default() };
    reader.advance()?;
    let value = reader.mapping_at::<RawArticle<'_>>(0)?;
    reader.line.is_none().then(|| (value, reader.stories.finish()))
}

/// The keys that a mapping can have.
trait Keys<'text>: Default {
    /// Their names.
    const NAMES: &'static [&'static str];

    /// Reads the value of the key with this index. `None` declines.
    fn take(&mut self, index: usize, value: Value<'text>, reader: &mut Reader<'text>) -> Option<()>;
}

/// What follows a key.
enum Value<'text> {
    /// Nothing.
    Null,
    /// The unread rest of the line, not empty and without spaces at its ends.
    Line(&'text str),
    /// The entries begin in this column of the current line.
    List(usize),
    /// The keys begin in this column of the current line.
    Mapping(usize),
}

/// A line that is neither blank nor a comment, or the rest of a line after `- `.
#[derive(Clone, Copy)]
struct ContentLine {
    /// The column in which its content begins.
    column: usize,
    /// Its content in the text, without spaces at the ends.
    start: usize,
    end: usize,
}

/// Goes through a text line by line.
struct Reader<'text> {
    text: &'text str,
    /// Where the next line begins.
    next: usize,
    /// `None` after the last line.
    line: Option<ContentLine>,
    stories: RelatedDraft,
}

impl<'text> Reader<'text> {
    /// Goes on to the next line that has content.
    fn advance(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        while let Some(rest) = bytes.get(self.next..).filter(|rest| !rest.is_empty()) {
            let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let line = rest.get(..length)?;
            let line_start = self.next;
            self.next += length + 1;
            let column = blanks_before(line);
            let length = without_end(line).len();
            // Nothing but spaces.
            if length <= column {
                continue;
            }
            if column > COLUMN_MAX {
                return None;
            }
            if line.get(column) != Some(&b'#') {
                self.line =
                    Some(ContentLine { column, start: line_start + column, end: line_start + length });
                return Some(());
            }
        }
        self.line = None;
        Some(())
    }

    fn bytes(&self, start: usize, end: usize) -> &'text [u8] {
        self.text.as_bytes().get(start..end).unwrap_or_default()
    }

    /// The key at the beginning of a line, and where the text after its colon begins.
    fn key(&self, line: ContentLine) -> Option<(&'text str, usize)> {
        let content = self.bytes(line.start, line.end);
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let length = content.iter().take(KEY_BYTES_MAX).take_while(|byte| is_word(byte)).count();
        let begins_well = content.first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'_');
        let ends_well = matches!(content.get(length..)?, [b':'] | [b':', b' ', ..]);
        if !begins_well || !ends_well {
            return None;
        }
        Some((self.text.get(line.start..line.start + length)?, line.start + length + 1))
    }

    fn is_entry(&self, line: ContentLine) -> bool {
        matches!(self.bytes(line.start, line.end), [b'-'] | [b'-', b' ', ..])
    }

    /// The value after the key of the current line, or in the lines below. `column` is the column of the key.
    // Inlined, the result stays in registers. There are millions of values, and each would wait for memory.
    #[inline(always)]
    fn value(&mut self, start: usize, column: usize) -> Option<Value<'text>> {
        let line = self.line?;
        let rest = self.bytes(start, line.end);
        let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
        if blanks < rest.len() {
            let content = self.text.get(start + blanks..line.end)?;
            self.advance()?;
            return Some(Value::Line(content));
        }
        self.advance()?;
        Some(match self.line {
            // A list may begin in the column of its key.
            Some(next) if next.column >= column && self.is_entry(next) => Value::List(next.column),
            Some(next) if next.column > column => Value::Mapping(next.column),
            _ => Value::Null,
        })
    }

    fn text(&mut self, value: Value<'text>) -> Option<RawText<'text>> {
        match value {
            Value::Null => Some(Raw::Missing),
            Value::Line(content) => text_of(content),
            Value::List(_) | Value::Mapping(_) => None,
        }
    }

    fn texts(&mut self, value: Value<'text>) -> Option<RawList<std::borrow::Cow<'text, str>>> {
        self.list(value, |reader, line| {
            let entry = text_of(reader.text.get(line.start..line.end)?)?;
            reader.advance()?;
            Some(entry)
        })
    }

    fn mapping<T: Keys<'text>>(&mut self, value: Value<'text>) -> Option<RawMapping<'text, T>> {
        match value {
            Value::Null => Some(Raw::Missing),
            Value::Mapping(column) => self.mapping_at(column),
            Value::Line(content) => match scalar::read(content)? {
                Scalar::Null => Some(Raw::Missing),
                Scalar::EmptyMapping => {
                    Some(Raw::Given(Mapping { value: T::default(), repeated_keys: Vec::new() }))
                }
                Scalar::Text(_) | Scalar::EmptyList => None,
            },
            Value::List(_) => None,
        }
    }

    /// Where the keys of a mapping begin. A mapping may have no keys.
    fn mapping_column(&self, value: Value<'text>) -> Option<Option<usize>> {
        match value {
            Value::Null => Some(None),
            Value::Mapping(column) => Some(Some(column)),
            Value::Line(content) => {
                matches!(scalar::read(content)?, Scalar::Null | Scalar::EmptyMapping).then_some(None)
            }
            Value::List(_) => None,
        }
    }

    fn mappings<T: Keys<'text>>(&mut self, value: Value<'text>) -> Option<RawList<Mapping<'text, T>>> {
        self.list(value, |reader, line| reader.mapping_at(line.column))
    }

    /// Reads entries with `entry`. `entry` gets the rest of the line after `- `, and advances to the end of the entry.
    fn list<T>(
        &mut self,
        value: Value<'text>,
        mut entry: impl FnMut(&mut Self, ContentLine) -> Option<T>,
    ) -> Option<Raw<Vec<T>>> {
        let is_given = match &value {
            Value::Null => false,
            Value::Line(content) => scalar::read(content)? != Scalar::Null,
            Value::List(_) | Value::Mapping(_) => true,
        };
        // Most lists have one entry.
        let mut entries = Vec::with_capacity(usize::from(is_given));
        self.each_line(value, |reader, line| {
            entries.push(entry(reader, line)?);
            Some(())
        })?;
        Some(if is_given { Raw::Given(entries) } else { Raw::Missing })
    }

    /// Reads entries. `entry` gets the column in which the entry begins.
    fn each_entry(
        &mut self,
        value: Value<'text>,
        mut entry: impl FnMut(&mut Self, usize) -> Option<()>,
    ) -> Option<()> {
        self.each_line(value, |reader, line| entry(reader, line.column))
    }

    fn each_line(
        &mut self,
        value: Value<'text>,
        mut entry: impl FnMut(&mut Self, ContentLine) -> Option<()>,
    ) -> Option<()> {
        let column = match value {
            Value::Null => return Some(()),
            Value::Line(content) => {
                return matches!(scalar::read(content)?, Scalar::Null | Scalar::EmptyList).then_some(());
            }
            Value::List(column) => column,
            Value::Mapping(_) => return None,
        };
        let mut count = 0;
        while let Some(line) = self.line.filter(|line| line.column == column && self.is_entry(*line)) {
            if count >= LIST_ITEMS_MAX {
                return None;
            }
            count += 1;
            let behind_dash = self.bytes(line.start + 1, line.end);
            let blanks = behind_dash.iter().take_while(|byte| **byte == b' ').count();
            // An empty entry may have its value in the next line.
            if blanks == behind_dash.len() {
                return None;
            }
            let moved = 1 + blanks;
            let content = ContentLine { column: column + moved, start: line.start + moved, end: line.end };
            self.line = Some(content);
            entry(self, content)?;
        }
        Some(())
    }

    /// Reads the mapping whose first key begins in this column of the current line.
    fn mapping_at<T: Keys<'text>>(&mut self, column: usize) -> Option<RawMapping<'text, T>> {
        let mut value = T::default();
        self.keys_at(column, &mut value)?;
        Some(Raw::Given(Mapping { value, repeated_keys: Vec::new() }))
    }

    /// Reads the keys in this column. The first one is in the current line.
    fn keys_at<T: Keys<'text>>(&mut self, column: usize, known: &mut T) -> Option<()> {
        // A line further left ends the mapping. This reader declines a line further right.
        if self.line?.column != column {
            return None;
        }
        let mut seen = 0_u32;
        let mut unknown = [""; UNKNOWN_KEYS_MAX];
        let mut unknown_count = 0;
        // Most files have their keys in the order of the list.
        let mut expected = 0;
        while let Some(line) = self.line.filter(|line| line.column >= column) {
            if line.column > column {
                return None;
            }
            if let Some((index, behind)) = self.known_key(line, T::NAMES, expected) {
                expected = index + 1;
                let bit = 1_u32.checked_shl(u32::try_from(index).ok()?)?;
                if seen & bit != 0 {
                    return None;
                }
                seen |= bit;
                let value = self.value(behind, column)?;
                known.take(index, value, self)?;
                continue;
            }
            let (name, behind) = self.key(line)?;
            if unknown.contains(&name) {
                return None;
            }
            *unknown.get_mut(unknown_count)? = name;
            unknown_count += 1;
            let value = self.value(behind, column)?;
            self.skip(value, 0)?;
        }
        Some(())
    }

    /// The index of the name before the colon of a line, and where the text after the colon begins. The search starts at
    /// the expected name.
    fn known_key(&self, line: ContentLine, names: &[&str], expected: usize) -> Option<(usize, usize)> {
        let content = self.bytes(line.start, line.end);
        let is_it = |name: &str| {
            content.get(name.len()) == Some(&b':')
                && matches!(content.get(name.len() + 1), None | Some(b' '))
                && content.starts_with(name.as_bytes())
        };
        let (before, behind) = names.split_at_checked(expected)?;
        let ahead = behind.iter().position(|name| is_it(name)).map(|index| index + expected);
        let index = ahead.or_else(|| before.iter().position(|name| is_it(name)))?;
        Some((index, line.start + names.get(index)?.len() + 1))
    }

    /// Passes on the keys in this column with their values. The first key is in the current line.
    fn each_key(
        &mut self,
        column: usize,
        mut take: impl FnMut(&mut Self, &'text str, Value<'text>) -> Option<()>,
    ) -> Option<()> {
        // A line further left ends the mapping. This reader declines a line further right.
        if self.line?.column != column {
            return None;
        }
        while let Some(line) = self.line.filter(|line| line.column >= column) {
            if line.column > column {
                return None;
            }
            let (name, behind) = self.key(line)?;
            let value = self.value(behind, column)?;
            take(self, name, value)?;
        }
        Some(())
    }

    /// Skips a value. This reader has to understand every byte of the value all the same.
    fn skip(&mut self, value: Value<'text>, level: usize) -> Option<()> {
        if level > SKIPPED_LEVELS_MAX {
            return None;
        }
        match value {
            Value::Null => Some(()),
            Value::Line(content) => scalar::is_known(content).then_some(()),
            Value::Mapping(column) => self.skip_mapping(column, level),
            Value::List(_) => self.each_line(value, |reader, line| {
                if reader.key(line).is_some() {
                    return reader.skip_mapping(line.column, level);
                }
                let content = reader.text.get(line.start..line.end)?;
                scalar::is_known(content).then_some(())?;
                reader.advance()
            }),
        }
    }

    fn skip_mapping(&mut self, column: usize, level: usize) -> Option<()> {
        self.each_key(column, |reader, _, value| reader.skip(value, level + 1))
    }
}

/// How many spaces a line begins with. Eight bytes are tested together: indentations vary, and no processor predicts the
/// end of a loop over single bytes.
fn blanks_before(line: &[u8]) -> usize {
    const BLANKS: u64 = u64::from_le_bytes([b' '; 8]);
    let (words, rest) = line.as_chunks();
    for (index, word) in words.iter().enumerate() {
        let differing = u64::from_le_bytes(*word) ^ BLANKS;
        if differing != 0 {
            return index * 8 + differing.trailing_zeros() as usize / 8;
        }
    }
    line.len() - rest.len() + rest.iter().take_while(|byte| **byte == b' ').count()
}

/// A line without the spaces and the CR at its end.
fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let blanks = line.iter().rev().take_while(|byte| **byte == b' ').count();
    line.get(..line.len() - blanks).unwrap_or_default()
}

/// The text of a value or entry on one line. `None` for a value of another kind.
fn text_of(content: &str) -> Option<RawText<'_>> {
    match scalar::read(content)? {
        Scalar::Null => Some(Raw::Missing),
        Scalar::Text(text) => Some(Raw::Given(text)),
        Scalar::EmptyList | Scalar::EmptyMapping => None,
    }
}
