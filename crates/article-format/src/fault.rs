//! A fault of a text: where, what, and how to fix it. A fault becomes a problem when the file name and the line are
//! known.

use std::borrow::Cow;

use super::problem::printable;

/// Characters of a value that a problem quotes at most. A longer value is cut, with “…” at the end.
const QUOTED_CHARS_MAX: usize = 40;

/// Faults that one file reports at most. One last fault says that there are more, so a hostile file cannot turn each of
/// its bytes into a sentence.
pub(crate) const FAULTS_MAX: usize = 50;

/// One thing that is wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Where.
    pub(crate) spot: Spot,
    /// What is wrong, in words, without a full stop.
    pub(crate) cause: String,
    /// How to fix it, in words, without a full stop.
    pub(crate) remedy: Cow<'static, str>,
}

impl Fault {
    /// A fault at a byte of the text.
    pub(crate) fn at(
        offset: usize,
        cause: impl Into<String>,
        remedy: impl Into<Cow<'static, str>>,
    ) -> Box<Self> {
        Box::new(Self { spot: Spot::Offset(offset), cause: cause.into(), remedy: remedy.into() })
    }
}

/// Where a fault is: a byte of the text, or a path of keys. A path is resolved only when a fault is reported, so good
/// files pay nothing for positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Spot {
    /// A byte of the text.
    Offset(usize),
    /// From the root through keys and list entries.
    Path(Vec<Step>),
    /// As [`Spot::Path`], for a text in the place of a list or of keys. A slip in the first line of the text may
    /// explain the fault better.
    UnexpectedText(Vec<Step>),
}

/// One step down in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Into the value of a key.
    Key(&'static str),
    /// Into an entry of a list, from 0.
    Item(usize),
}

/// A place in a document, as a chain on the stack. It costs nothing until a fault needs the steps.
#[derive(Debug, Clone, Copy)]
pub(crate) enum DocumentPlace<'parent> {
    /// The whole document.
    Root,
    /// The value of a key.
    Key(&'parent DocumentPlace<'parent>, &'static str),
    /// An entry of a list, from 0.
    Item(&'parent DocumentPlace<'parent>, usize),
}

impl DocumentPlace<'_> {
    /// The steps from the root.
    pub(crate) fn steps(&self) -> Vec<Step> {
        match self {
            Self::Root => Vec::new(),
            Self::Key(parent, key) => pushed(parent.steps(), Step::Key(key)),
            Self::Item(parent, index) => pushed(parent.steps(), Step::Item(*index)),
        }
    }

    /// The keys with dots between them. The line of the problem tells which entry of a list has the fault.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Item(parent, _) => parent.name(),
            Self::Key(parent, key) => match parent.name() {
                outer if outer.is_empty() => (*key).to_owned(),
                outer => format!("{outer}.{key}"),
            },
        }
    }
}

fn pushed(mut steps: Vec<Step>, step: Step) -> Vec<Step> {
    steps.push(step);
    steps
}

/// A value in quotation marks, on one line, at most 40 characters long, without characters
/// that control a terminal or the direction of text.
pub fn quoted(value: &str) -> String {
    let mut shown: String = value.trim().chars().take(QUOTED_CHARS_MAX).map(printable).collect();
    if value.trim().chars().nth(QUOTED_CHARS_MAX).is_some() {
        shown.push('…');
    }
    format!("“{shown}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_quoted_short_and_printable() {
        let check = |value: &str, shown: &str| assert_eq!(quoted(value), shown, "{value:?}");
        check("hot", "“hot”");
        check("  two\nlines\t", "“two lines”");
        check("bell\u{7}, bidi\u{202E}", "“bell\u{FFFD}, bidi\u{FFFD}”");
        check(&"é".repeat(40), &format!("“{}”", "é".repeat(40)));
        check(&"é".repeat(41), &format!("“{}…”", "é".repeat(40)));
    }

    #[test]
    fn a_place_has_a_name_and_steps() {
        let related = DocumentPlace::Key(&DocumentPlace::Root, "related");
        let entry = DocumentPlace::Item(&related, 3);
        let heat = DocumentPlace::Key(&entry, "quality");
        assert_eq!(heat.name(), "related.quality");
        assert_eq!(heat.steps(), [Step::Key("related"), Step::Item(3), Step::Key("quality")]);
    }
}
