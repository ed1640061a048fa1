//! The content of an element.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::markup::Tag;
use crate::names::Element;
use crate::references::decoded;
use crate::text::TextKind;

/// The content of an element.
#[derive(Debug, Default)]
pub(super) struct Content<'a> {
    /// With character references decoded, or as it is written if it [`has_markup`](Self::has_markup).
    pub(super) text: Cow<'a, str>,
    /// Whether there are elements within.
    pub(super) has_markup: bool,
}

impl<'a> Content<'a> {
    pub(super) fn push_text(&mut self, text: &'a str) {
        self.push(decoded(text));
    }

    pub(super) fn push_cdata(&mut self, text: &'a str) {
        self.push(Cow::Borrowed(text));
    }

    fn push(&mut self, text: Cow<'a, str>) {
        if self.text.trim().is_empty() {
            self.text = text;
        } else {
            self.text.to_mut().push_str(&text);
        }
    }

    /// `raw` is the content as it is written.
    pub(super) fn finish(mut self, raw: &'a str) -> Self {
        if self.has_markup {
            self.text = Cow::Borrowed(raw);
        }
        self
    }
}

/// What the text of an element is, by its type, its content and what the element usually has.
pub(super) fn text_kind(tag: Tag<'_>, content: &Content<'_>, element: Element) -> TextKind {
    if content.has_markup {
        return TextKind::Html;
    }
    let media_type = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
    match media_type.as_str() {
        "text" | "text/plain" | "plain" => TextKind::Plain,
        named if named.contains("html") => TextKind::Html,
        _ => match element {
            Element::Description | Element::Content => TextKind::Html,
            _ => TextKind::Unknown,
        },
    }
}

/// Whether the content is base64: Atom 0.3 says so, Atom 1.0 leaves it to types that are no text.
pub(super) fn is_base64(tag: Tag<'_>) -> bool {
    const FILES: &[&str] = &["image/", "audio/", "video/", "application/octet-stream", "application/pdf"];
    let media_type = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let says_so = tag.attribute("mode").is_some_and(|mode| mode.eq_ignore_ascii_case("base64"));
    says_so || FILES.iter().any(|begin| media_type.starts_with(begin))
}

/// The text in base64, with any white space in it. What is no text is nothing.
pub(super) fn of_base64(text: &str) -> String {
    let compact: String = text.split_whitespace().collect();
    let bytes = STANDARD.decode(compact).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// Whether the begin of an element shows that another one, whose content is being read, has ended.
pub(super) fn closes(element: Element, begins: Element) -> bool {
    let is_structure = matches!(begins, Element::Entry | Element::Feed);
    let is_never_html = matches!(
        begins,
        Element::Id
            | Element::Published
            | Element::Updated
            | Element::Category
            | Element::Description
            | Element::Enclosure
            | Element::TimeToLive
            | Element::Author
            | Element::MediaContent
    );
    match element {
        // They have elements of their own.
        Element::Author | Element::Source | Element::Image => is_structure,
        Element::Description | Element::Summary | Element::OtherSummary | Element::Content => {
            is_structure || is_never_html
        }
        _ => {
            is_structure
                || is_never_html
                || matches!(begins, Element::Title | Element::Link | Element::Content)
        }
    }
}
