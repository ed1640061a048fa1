//! The checks that articles and topic files share. They turn raw values into plain texts, lists and mappings, and note
//! every fault instead of stopping at the first.

use std::borrow::Cow;

use super::fault::{DocumentPlace, FAULTS_MAX, Fault, Spot, quoted};
use super::front_matter::YamlText;
use super::plain_text::{excerpt_text, plain_text};
use super::problem::{Position, Problem};
use super::slips;
use super::values::{self, Refusal};
use super::yaml::{Kind, LIST_ITEMS_MAX, Mapping, Raw, RawList, RawMapping, RawText};
use super::yaml_tree::{Node, UNREAD_KEYS, offset_in};

/// The faults of one file.
pub(crate) struct Checks<'text> {
    yaml: YamlText<'text>,
    /// Only without aliases: with them, the value of a hidden key may also appear under another key.
    may_quote: bool,
    faults: Vec<Fault>,
    has_dropped: bool,
}

impl<'text> Checks<'text> {
    /// No faults yet.
    pub(crate) fn new(yaml: YamlText<'text>, may_quote: bool) -> Self {
        Self { yaml, may_quote, faults: Vec::new(), has_dropped: false }
    }

    /// Notes a fault of the value at `place`.
    pub(crate) fn refuse(
        &mut self,
        place: &DocumentPlace<'_>,
        cause: String,
        remedy: impl Into<Cow<'static, str>>,
    ) {
        self.note(Fault { spot: Spot::Path(place.steps()), cause, remedy: remedy.into() });
    }

    /// The text of a value as written, without white space at its ends. `None` for a missing or empty value, and for
    /// another kind.
    pub(crate) fn word<'raw>(
        &mut self,
        place: &DocumentPlace<'_>,
        raw: &'raw RawText<'_>,
    ) -> Option<&'raw str> {
        match raw {
            Raw::Missing => None,
            Raw::Given(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Raw::WrongKind(kind) => {
                self.wrong_kind(place, *kind, "a single value", "write one value after the key");
                None
            }
        }
    }

    /// A value that `convert` understands.
    pub(crate) fn value<'raw, T>(
        &mut self,
        place: &DocumentPlace<'_>,
        raw: &'raw RawText<'_>,
        convert: impl Fn(&'raw str) -> Result<T, Refusal>,
    ) -> Option<T> {
        let text = self.word(place, raw)?;
        match convert(text) {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.refuse_value(place, text, &refusal);
                None
            }
        }
    }

    fn refuse_value(&mut self, place: &DocumentPlace<'_>, text: &str, &Refusal { what, remedy }: &Refusal) {
        let name = place.name();
        // After an open quotation mark, this text may contain the keys below it.
        let has_unread = UNREAD_KEYS.iter().any(|key| text.contains(key));
        let may_quote = self.may_quote && !has_unread && !may_be_secret(text, what);
        let cause = if may_quote {
            format!("{name} is {}, {what}", quoted(text))
        } else {
            format!("{name} is {what}")
        };
        self.refuse(place, cause, remedy);
    }

    /// An http(s) address, or `None` for another address. An address with user info is a fault.
    pub(crate) fn address_or_none<'raw>(
        &mut self,
        place: &DocumentPlace<'_>,
        text: &'raw str,
    ) -> Option<Cow<'raw, str>> {
        if values::has_user_info(text) {
            self.refuse_value(place, text, &values::USER_INFO);
            return None;
        }
        values::address(text).ok()
    }

    /// Plain text, never empty.
    pub(crate) fn text(&mut self, place: &DocumentPlace<'_>, raw: &RawText<'_>) -> Option<Box<str>> {
        self.plain(place, raw).map(Into::into)
    }

    /// Plain text, never empty. Borrowed if nothing of the written text changes.
    pub(crate) fn plain<'raw>(
        &mut self,
        place: &DocumentPlace<'_>,
        raw: &'raw RawText<'_>,
    ) -> Option<Cow<'raw, str>> {
        Some(plain_text(self.word(place, raw)?)).filter(|plain| !plain.is_empty())
    }

    /// The plain text of an excerpt, never empty.
    pub(crate) fn excerpt(&mut self, place: &DocumentPlace<'_>, raw: &RawText<'_>) -> Option<Box<str>> {
        let plain = excerpt_text(self.word(place, raw)?);
        (!plain.is_empty()).then(|| plain.into())
    }

    /// The entries of a list. A missing list has none.
    pub(crate) fn list<'raw, T>(
        &mut self,
        place: &DocumentPlace<'_>,
        raw: &'raw RawList<T>,
    ) -> &'raw [Raw<T>] {
        match raw {
            Raw::Missing => &[],
            Raw::Given(entries) => entries,
            Raw::WrongKind(kind) => {
                self.wrong_kind(place, *kind, "a list", "write each entry in its own line, after “- ”");
                &[]
            }
        }
    }

    /// Plain texts of a list without repetition, in order. Empty entries are passed over.
    pub(crate) fn texts(
        &mut self,
        place: &DocumentPlace<'_>,
        raw: &RawList<Cow<'_, str>>,
    ) -> Box<[Box<str>]> {
        let mut seen = std::collections::HashSet::new();
        let mut texts: Vec<Box<str>> = Vec::new();
        for (index, entry) in self.list(place, raw).iter().enumerate() {
            let text = self.text(&DocumentPlace::Item(place, index), entry);
            if let Some(text) = text.filter(|text| seen.insert(text.clone())) {
                texts.push(text);
            }
        }
        texts.into()
    }

    /// The known keys of a mapping. `None` for a missing mapping, and for another kind.
    pub(crate) fn mapping<'raw, T>(
        &mut self,
        place: &DocumentPlace<'_>,
        raw: &'raw RawMapping<'_, T>,
    ) -> Option<&'raw T> {
        match raw {
            Raw::Missing => None,
            Raw::Given(Mapping { value, repeated_keys }) => {
                for (first, again) in repeated_keys {
                    self.refuse_repeated_key(place, first, again);
                }
                Some(value)
            }
            Raw::WrongKind(kind) => {
                let remedy = if matches!(place, DocumentPlace::Root) {
                    "write one “key: value” in each line, with a space after the colon"
                } else {
                    "write one indented “key: value” in each line below the key, with a space after the colon"
                };
                self.wrong_kind(place, *kind, "a group of keys", remedy);
                None
            }
        }
    }

    /// Whether there is no fault so far.
    pub(crate) fn is_without_fault(&self) -> bool {
        self.faults.is_empty()
    }

    /// `value`, or the problems of the file in its order.
    pub(crate) fn finish<T>(mut self, path: &str, value: Option<T>) -> Result<T, Vec<Problem>> {
        if let (Some(value), true) = (value, self.faults.is_empty()) {
            return Ok(value);
        }
        if self.has_dropped {
            self.faults.push(Fault {
                spot: Spot::Offset(self.yaml.text.len()),
                cause: "the file has more problems".to_owned(),
                remedy: "fix the problems above, then check again".into(),
            });
        }
        // Positions need another reading, so only a file with faults pays for them.
        let text = self.yaml.text;
        let tree = Node::read(text).unwrap_or(Node::Nothing);
        let mut problems: Vec<Problem> = Vec::with_capacity(self.faults.len());
        for fault in self.faults {
            let offset = match &fault.spot {
                Spot::Offset(offset) => *offset,
                Spot::Path(steps) => tree.offset_of(text, steps),
                Spot::UnexpectedText(steps) => {
                    let offset = tree.offset_of(text, steps);
                    if let Some(slip) = slips::in_line_of(text, offset)
                        && let Spot::Offset(offset) = slip.spot
                    {
                        problems.push(self.yaml.problem_at(path, offset, *slip));
                        continue;
                    }
                    offset
                }
            };
            problems.push(self.yaml.problem_at(path, offset, fault));
        }
        problems.sort();
        Err(problems)
    }

    fn wrong_kind(&mut self, place: &DocumentPlace<'_>, found: Kind, expected: &str, remedy: &'static str) {
        let name = match place.name() {
            name if name.is_empty() => "the file".to_owned(),
            name => name,
        };
        let is_text = matches!(found, Kind::Text);
        let (found, remedy) = match found {
            Kind::Text => ("a single value", remedy),
            Kind::List => ("a list", remedy),
            Kind::Mapping => ("a group of keys", "put the value in quotes if its “: ” belongs to the text"),
            Kind::ListTooLong => {
                let cause = format!("{name} has more than {LIST_ITEMS_MAX} entries");
                return self.refuse(place, cause, "remove some entries");
            }
        };
        let entry = if matches!(place, DocumentPlace::Item(..)) { "an entry of " } else { "" };
        let spot = if is_text { Spot::UnexpectedText(place.steps()) } else { Spot::Path(place.steps()) };
        let cause = format!("{entry}{name} is {found}, and must be {expected}");
        self.note(Fault { spot, cause, remedy: remedy.into() });
    }

    fn refuse_repeated_key(&mut self, place: &DocumentPlace<'_>, first: &str, again: &str) {
        let text = self.yaml.text;
        let first_line = match offset_in(text, first) {
            Some(offset) => {
                let Position { line, .. } = self.yaml.position(offset);
                format!(" (first in line {line})")
            }
            None => String::new(),
        };
        self.note(Fault {
            spot: offset_in(text, again).map_or_else(|| Spot::Path(place.steps()), Spot::Offset),
            cause: format!("the key {} appears here a second time{first_line}", quoted(again)),
            remedy: "delete one of the two".into(),
        });
    }

    /// Notes a fault. After [`FAULTS_MAX`] faults, notes only that there are more.
    pub(crate) fn note(&mut self, fault: Fault) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(fault);
        } else {
            self.has_dropped = true;
        }
    }
}

/// Whether a refused value is an address that may hold a password. All refusals of addresses contain the word
/// “address”.
fn may_be_secret(text: &str, what: &str) -> bool {
    what.contains("address") && values::may_have_user_info(text)
}
