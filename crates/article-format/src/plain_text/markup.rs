//! The parts of a text that may be markup: tags of HTML elements, and comments.

use std::collections::HashMap;

/// All HTML elements of the HTML Living Standard, also the obsolete ones, in alphabetical order.
const ELEMENTS: [&str; 136] = [
    "a",
    "abbr",
    "acronym",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "basefont",
    "bdi",
    "bdo",
    "bgsound",
    "big",
    "blink",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "marquee",
    "math",
    "menu",
    "meta",
    "meter",
    "nav",
    "nobr",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "param",
    "picture",
    "plaintext",
    "pre",
    "progress",
    "q",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "slot",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
    "xmp",
];

/// Elements that only format a part of a text. Titles have such elements.
const FORMATTING: [&str; 32] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt",
    "u", "var", "wbr",
];

/// Elements that have no content and no end tag.
const VOID: [&str; 17] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "link",
    "meta", "param", "source", "track", "wbr",
];

/// Elements that can be part of a word. The tag of any other element separates two words.
const JOINING: [&str; 56] = [
    "a", "abbr", "acronym", "area", "b", "base", "bdi", "bdo", "big", "blink", "cite", "code", "col", "data",
    "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "link", "map", "mark", "math", "meta", "meter",
    "nobr", "output", "param", "progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "slot",
    "small", "source", "span", "strike", "strong", "sub", "sup", "svg", "template", "time", "track", "tt",
    "u", "var", "wbr",
];

/// Elements whose content is not text for readers.
const HIDDEN: [&str; 2] = ["script", "style"];

/// Empty elements that have a meaning without attributes. Any other element without attributes is only written about.
const COMPLETE_ALONE: [&str; 3] = ["br", "hr", "wbr"];

/// The longest name of an element.
const NAME_BYTES_MAX: usize = "blockquote".len();

/// A part of a text that may be markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its first byte.
    pub(crate) start: usize,
    /// The byte behind it.
    pub(crate) end: usize,
    kind: Kind,
    /// Whether the piece belongs to an element with both its tags, or to an element without an end tag.
    is_complete: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Comment,
    /// A tag of this element.
    Tag(&'static str),
    /// A script or style, from its start tag to its end tag.
    Hidden,
}

impl Piece {
    /// Whether it is a tag of a formatting element that is complete.
    pub(crate) fn is_complete_formatting(&self) -> bool {
        self.is_complete && matches!(self.kind, Kind::Tag(name) if FORMATTING.contains(&name))
    }

    /// Whether it belongs to an element that is complete.
    pub(crate) fn is_complete_element(&self) -> bool {
        self.is_complete
    }

    /// Whether it ends a word.
    pub(crate) fn separates(&self) -> bool {
        match self.kind {
            Kind::Comment => false,
            Kind::Tag(name) => separates(name),
            Kind::Hidden => true,
        }
    }
}

/// All parts of a text that may be markup, in order. Takes time in proportion to the length of the text.
#[derive(Debug)]
pub(crate) struct Markup(Vec<Piece>);

impl Markup {
    pub(crate) fn of(text: &str) -> Self {
        let mut finder =
            Finder { may_close: true, quotes_count: true, may_end_comment: true, may_end_hidden: [true; 2] };
        let mut markup = Self(Vec::new());
        // By element: the start tags without an end tag so far.
        let mut open: HashMap<&'static str, Vec<usize>> = HashMap::new();
        let mut from = 0;
        while let Some(opening) = text.get(from..).and_then(|rest| memchr::memchr(b'<', rest.as_bytes())) {
            let start = from + opening;
            let Some(found) = finder.find(text.get(start..).unwrap_or_default()) else {
                from = start + 1;
                continue;
            };
            from = start + found.length;
            let mut is_complete = found.role == Role::Whole;
            if let Kind::Tag(name) = found.kind {
                match found.role {
                    Role::Start => open.entry(name).or_default().push(markup.0.len()),
                    Role::End => is_complete = markup.complete(open.get_mut(name).and_then(Vec::pop)),
                    Role::Whole | Role::Other => {}
                }
            }
            markup.0.push(Piece { start, end: from, kind: found.kind, is_complete });
        }
        markup
    }

    /// Marks the element with this start tag as complete. Returns whether there is a start tag.
    fn complete(&mut self, start_tag: Option<usize>) -> bool {
        let start_tag = start_tag.and_then(|index| self.0.get_mut(index));
        start_tag.map(|piece| piece.is_complete = true).is_some()
    }

    pub(crate) fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.0.iter()
    }
}

/// The piece that begins at a `<`.
struct FoundTag {
    length: usize,
    kind: Kind,
    role: Role,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Start,
    End,
    /// An element with nothing missing.
    Whole,
    Other,
}

/// Finds the ends of pieces. It remembers searches that reached the end of the text, so no search is made twice.
struct Finder {
    /// A `>` may follow.
    may_close: bool,
    /// A `>` in quotes does not end a tag. After a quote without an end, quotes no longer count.
    quotes_count: bool,
    /// A `-->` may follow.
    may_end_comment: bool,
    /// An end tag of each of [`HIDDEN`] may follow.
    may_end_hidden: [bool; HIDDEN.len()],
}

impl Finder {
    /// The piece at the start of a text that begins with `<`. `None` if the `<` is only text.
    fn find(&mut self, text: &str) -> Option<FoundTag> {
        if text.starts_with("<!--") {
            return self.comment(text);
        }
        let (is_end, name) = element(text)?;
        let length = self.tag_length(text.as_bytes())?;
        let inside = text.get(1 + usize::from(is_end) + name.len()..length - 1)?;
        let has_attributes = !inside.trim_end_matches('/').trim().is_empty();
        let role = if is_end {
            Role::End
        } else if VOID.contains(&name) {
            if has_attributes || COMPLETE_ALONE.contains(&name) { Role::Whole } else { Role::Other }
        } else if inside.ends_with('/') {
            Role::Other
        } else {
            Role::Start
        };
        if role == Role::Start
            && let Some(hidden) = self.hidden_length(text, name, length)
        {
            return Some(FoundTag { length: hidden, kind: Kind::Hidden, role: Role::Whole });
        }
        Some(FoundTag { length, kind: Kind::Tag(name), role })
    }

    fn comment(&mut self, text: &str) -> Option<FoundTag> {
        let behind = text.get("<!--".len()..).filter(|_| self.may_end_comment)?;
        let end = memchr::memmem::find(behind.as_bytes(), b"-->");
        self.may_end_comment = end.is_some();
        Some(FoundTag { length: "<!---->".len() + end?, kind: Kind::Comment, role: Role::Other })
    }

    /// The length of a script or style up to its end tag. `tag_length` is the length of its start tag.
    fn hidden_length(&mut self, text: &str, name: &str, tag_length: usize) -> Option<usize> {
        let index = HIDDEN.iter().position(|hidden| *hidden == name)?;
        let may_end = self.may_end_hidden.get_mut(index).filter(|may_end| **may_end)?;
        let content = text.get(tag_length..)?;
        let end = memchr::memmem::find_iter(content.as_bytes(), b"</")
            .find(|at| content.get(*at..).and_then(element).is_some_and(|(_, end_name)| end_name == name))
            .and_then(|at| Some(at + memchr::memchr(b'>', content.as_bytes().get(at..)?)? + 1));
        *may_end = end.is_some();
        Some(tag_length + end?)
    }

    /// The length of the tag at the start. `None` if another `<` comes before its end.
    fn tag_length(&mut self, bytes: &[u8]) -> Option<usize> {
        if !self.may_close {
            return None;
        }
        if self.quotes_count {
            let mut quote = None;
            let mut last = b'<';
            for (index, &byte) in bytes.iter().enumerate().skip(1) {
                match (quote, byte) {
                    (None, b'>') => return Some(index + 1),
                    (None, b'<') => return None,
                    // An apostrophe is a quote only where an attribute's value begins.
                    (None, b'"' | b'\'') if last == b'=' => quote = Some(byte),
                    (Some(open), _) if open == byte => quote = None,
                    _ => {}
                }
                last = if byte == b' ' { last } else { byte };
            }
            self.quotes_count = false;
        }
        let behind = bytes.get(1..).unwrap_or_default();
        let end = memchr::memchr2(b'>', b'<', behind);
        self.may_close = end.is_some();
        end.filter(|end| behind.get(*end) == Some(&b'>')).map(|end| end + 2)
    }
}

/// Whether a tag of this element ends a word.
pub(crate) fn separates(name: &str) -> bool {
    !JOINING.contains(&name)
}

/// The HTML element whose tag starts the text, and whether the tag is an end tag.
pub(crate) fn element(text: &str) -> Option<(bool, &'static str)> {
    let name = text.strip_prefix('<')?;
    let (is_end, name) = name.strip_prefix('/').map_or((false, name), |name| (true, name));
    let length = name.bytes().take(NAME_BYTES_MAX + 1).take_while(u8::is_ascii_alphanumeric).count();
    let (name, behind) = name.split_at_checked(length)?;
    let is_whole = behind.starts_with(|next: char| next.is_ascii_whitespace() || matches!(next, '/' | '>'));
    let name = name.to_ascii_lowercase();
    let index = ELEMENTS.binary_search(&name.as_str()).ok().filter(|_| is_whole)?;
    Some((is_end, ELEMENTS.get(index)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_agree() {
        assert!(ELEMENTS.is_sorted());
        let lists = [&FORMATTING[..], &VOID, &JOINING, &HIDDEN, &COMPLETE_ALONE];
        for name in lists.into_iter().flatten() {
            assert!(ELEMENTS.contains(name), "{name}");
        }
        assert!(ELEMENTS.iter().all(|name| name.len() <= NAME_BYTES_MAX));
    }
}
