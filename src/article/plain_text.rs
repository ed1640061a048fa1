//! From HTML as article files have it to plain text on one line.

use std::borrow::Cow;

/// Elements that end a word: what stands before and behind them is kept apart. All others (`b`, `a`, `em`, ...)
/// may stand inside a word.
const SEPARATING_ELEMENTS: [&str; 44] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "button",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "img",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "td",
    "th",
    "title",
    "tr",
    "ul",
    "video",
];

/// Elements whose content is no text for readers.
const HIDDEN_ELEMENTS: [&str; 2] = ["script", "style"];

/// Plain text: tags and comments are removed, scripts and styles with their content, then entities are decoded, once; white
/// space of all kinds (no-break spaces and control characters included) is folded to single spaces, and there is none
/// at the ends. A `<` that begins no complete tag stays. Takes time in proportion to the length.
///
/// What was an entity stays text: `&amp;lt;b&amp;gt;` gives `&lt;b&gt;`, and `&lt;b&gt;` gives `<b>`.
#[must_use]
pub fn plain_text(html: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'<', b'&', html.as_bytes()).is_none() {
        return folded(html);
    }
    let without_tags = without_tags(html);
    Cow::Owned(folded(&without_tags).into_owned())
}

/// The text with white space folded to single spaces and removed at the ends.
fn folded(text: &str) -> Cow<'_, str> {
    let is_blank = |character: char| character.is_whitespace() || character.is_control();
    let text = text.trim_matches(is_blank);
    let mut previous = ' ';
    let is_folded = text.chars().all(|character| {
        let is_fine = !is_blank(character) || (character == ' ' && previous != ' ');
        previous = character;
        is_fine
    });
    if is_folded {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split(is_blank).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    Cow::Owned(folded)
}

/// The text between tags, with entities decoded. They are decoded piece by piece, so that no tag can join two halves of one.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    let mut finder = TagFinder { may_close: true, quotes_count: true };
    while let Some(opening) = memchr::memchr(b'<', rest.as_bytes()) {
        let (before, tag) = rest.split_at_checked(opening).unwrap_or((rest, ""));
        html_escape::decode_html_entities_to_string(before, &mut text);
        rest = match finder.markup(tag) {
            Markup::None => {
                text.push('<');
                tag.get(1..).unwrap_or_default()
            }
            Markup::Comment(length) => tag.get(length..).unwrap_or_default(),
            Markup::Tag(length) => {
                let (inside, behind) = tag.split_at_checked(length).unwrap_or((tag, ""));
                let name = element_name(inside);
                if is_one_of(&SEPARATING_ELEMENTS, name) || is_one_of(&HIDDEN_ELEMENTS, name) {
                    text.push(' ');
                }
                let is_hidden = !inside.starts_with("</") && is_one_of(&HIDDEN_ELEMENTS, name);
                if is_hidden { behind_hidden(behind, name) } else { behind }
            }
        };
    }
    html_escape::decode_html_entities_to_string(rest, &mut text);
    text
}

/// What begins at a `<`, and how many bytes it takes.
enum Markup {
    None,
    Comment(usize),
    Tag(usize),
}

/// Finds ends of tags. Remembers what a search to the end of the text found, so that no text is searched to its end
/// again and again.
struct TagFinder {
    /// There may be a `>` ahead.
    may_close: bool,
    /// A `>` in quotes does not end a tag. Given up for the rest of the text once a quote was found open to the end.
    quotes_count: bool,
}

impl TagFinder {
    fn markup(&mut self, tag: &str) -> Markup {
        let bytes = tag.as_bytes();
        if bytes.starts_with(b"<!--") {
            // As in browsers, a comment that nothing ends goes on to the end.
            let length = memchr::memmem::find(bytes.get(4..).unwrap_or_default(), b"-->").map(|end| end + 7);
            return Markup::Comment(length.unwrap_or(bytes.len()));
        }
        let begins_tag = match bytes {
            [b'<', b'/', second, ..] => second.is_ascii_alphabetic(),
            [b'<', b'!' | b'?', ..] => true,
            [b'<', first, ..] => first.is_ascii_alphabetic(),
            _ => false,
        };
        match begins_tag.then(|| self.tag_length(bytes)).flatten() {
            Some(length) => Markup::Tag(length),
            None => Markup::None,
        }
    }

    fn tag_length(&mut self, bytes: &[u8]) -> Option<usize> {
        if !self.may_close {
            return None;
        }
        if self.quotes_count {
            let mut quote = None;
            let mut last = b'<';
            for (index, &byte) in bytes.iter().enumerate() {
                match (quote, byte) {
                    (None, b'>') => return Some(index + 1),
                    // An apostrophe is a quote only where an attribute's value begins.
                    (None, b'"' | b'\'') if last == b'=' => quote = Some(byte),
                    (Some(open), _) if open == byte => quote = None,
                    _ => {}
                }
                last = if byte == b' ' { last } else { byte };
            }
            self.quotes_count = false;
        }
        let end = memchr::memchr(b'>', bytes);
        self.may_close = end.is_some();
        end.map(|end| end + 1)
    }
}

/// The name of a tag's element; empty for `<!doctype>` and the like.
fn element_name(tag: &str) -> &str {
    let name = tag.strip_prefix("</").or_else(|| tag.strip_prefix('<')).unwrap_or(tag);
    name.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or_default()
}

fn is_one_of(elements: &[&str], name: &str) -> bool {
    elements.iter().any(|element| element.eq_ignore_ascii_case(name))
}

/// What comes behind the end tag of a hidden element; nothing when it is never ended, as in browsers.
fn behind_hidden<'html>(html: &'html str, name: &str) -> &'html str {
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once("</") {
        let is_end = tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        if is_end {
            return tag.split_once('>').map_or("", |(_, behind)| behind);
        }
        rest = tag;
    }
    ""
}
