//! From HTML as article files have it to plain text on one line.

use std::borrow::Cow;

use super::pairs::has_pair;

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
    // Nearly all.
    if is_surely_plain(html) {
        return Cow::Borrowed(html);
    }
    if memchr::memchr2(b'<', b'&', html.as_bytes()).is_none() {
        return folded(html);
    }
    let without_tags = without_tags(html);
    Cow::Owned(folded(&without_tags).into_owned())
}

/// Whether there is certainly nothing to fold and nothing of HTML: no blank but single spaces within, no `<` and no `&`.
fn is_surely_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(b'!'..), Some(last @ b'!'..)) = (bytes.first(), bytes.last()) else { return text.is_empty() };
    let is_markup = |byte: u8| (byte == b'<') | (byte == b'&');
    // Blanks outside ASCII begin with C2, E1, E2 or E3.
    let may_begin_blank =
        |byte: u8| (byte < b' ') | (byte == 0x7F) | (byte == 0xC2) | matches!(byte, 0xE1..=0xE3);
    let may_matter = |byte: u8| may_begin_blank(byte) | is_markup(byte);
    let may_have = may_matter(*last)
        || has_pair(bytes, |byte, next| may_matter(byte) | ((byte == b' ') & (next == b' ')));
    // Quotation marks and dashes begin with E2 as well.
    let is_free = |c: char| c == ' ' || !(is_blank(c) || matches!(c, '<' | '&'));
    !may_have || (!text.contains("  ") && text.chars().all(is_free))
}

fn is_blank(character: char) -> bool {
    character.is_whitespace() || character.is_control()
}

/// The text with white space folded to single spaces and removed at the ends.
fn folded(text: &str) -> Cow<'_, str> {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(plain_text(html), expected, "{html:?}");
    }

    #[test]
    fn white_space_is_folded() {
        check("", "");
        check("a", "a");
        check(" a  b\n\tc\r\n", "a b c");
        check("a\u{A0}\u{3000}b\u{2028}c\u{85}d", "a b c d");
        check("bell\u{7}\u{0}, \u{9B}c", "bell , c");
        check("zero\u{200B}width stays", "zero\u{200B}width stays");
        assert!(matches!(plain_text("  nothing to fold "), Cow::Borrowed("nothing to fold")));
    }

    #[test]
    fn tags_are_removed() {
        check("<p>One</p><p>two</p>", "One two");
        check("<b>bo</b>ld, <EM class='x'>it</EM>alic", "bold, italic");
        check("a<br/>b<BR>c<hr />d", "a b c d");
        check("<a href=\"x?a>b\" title = 'c>d'>link</a>", "link");
        check("<a title=it's>x</a>", "x");
        check("<a title=\"open>x</a> y", "x y");
        check("a<!-- <b> -- > -->b<!doctype html>c<?php x ?>d", "abcd");
        check("a<script>if (a < b) { \"</p>\" }</script >b<STYLE>x</style>c", "a b c");
        check("a<script>never ended", "a");
        check("a<!-- never ended", "a");
        check("a</script>b", "a b");
    }

    #[test]
    fn what_begins_no_tag_stays() {
        for text in ["a < b", "x<3", "1 <2> 3", "<", "<<", "a <", "</", "</3", "a <b", "if a<b then c", "<>"]
        {
            check(text, text);
        }
        check("a < b <i>c</i>", "a < b c");
        check("a << b<br>c", "a << b c");
    }

    #[test]
    fn entities_are_decoded_once() {
        check("AT&amp;T &lt;b&gt; &#39;&#x27;&quot;&eacute;&nbsp;&hellip;", "AT&T <b> ''\"é …");
        check("&amp;lt;b&amp;gt;", "&lt;b&gt;");
        check("R&D, AT&T; &unknown; &#0; &#xD800;", "R&D, AT&T; &unknown; &#0; &#xD800;");
        check("&am<i></i>p;", "&amp;");
        check("<b&gt;", "<b>");
    }

    #[test]
    fn hostile_text_is_read_in_one_go() {
        // Quadratic reading of any of these would take minutes.
        for unit in [
            "<",
            "<a",
            "<a ",
            "<a =\"x <a ='",
            "<!--",
            "<script>",
            "<script></",
            "&",
            "&#x",
            "&amp;",
            " ",
            "<a>",
        ] {
            let html = unit.repeat(1_000_000 / unit.len());
            assert!(plain_text(&html).len() <= html.len());
        }
    }

    proptest! {
        #[test]
        fn text_is_folded_and_no_longer(html in "(?:[<>&;/!'\"=a-c \\n\u{A0}-]|&amp;|&lt;|<p>|<b>|<!--|-->|script|\\PC){0,60}") {
            let text = plain_text(&html);
            prop_assert!(text.chars().count() <= html.chars().count());
            prop_assert!(!text.contains("  ") && text.trim() == text);
            prop_assert!(!text.contains(char::is_control));
        }

        #[test]
        fn text_without_markup_is_only_folded(text in "[^<&]{0,60}") {
            let once = plain_text(&text).into_owned();
            prop_assert_eq!(&plain_text(&once), &once);
            prop_assert_eq!(&folded(&text), &once);
            let words = |text: &str| text.split(|c: char| c.is_whitespace() || c.is_control())
                .filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&once), words(&text));
        }

        #[test]
        fn escaped_text_comes_back(text in "\\PC{0,60}") {
            let escaped = html_escape::encode_safe(&text).into_owned();
            prop_assert_eq!(plain_text(&escaped).into_owned(), folded(&text).into_owned());
        }
    }
}
