//! From text in article files to plain text on one line.
//!
//! People write about markup: `Vec<T>` and `The <dialog> element` are titles. So only complete formatting elements are
//! markup in a title ([`plain_text`]). An excerpt is HTML if it has at least one complete element ([`excerpt_text`]).

use std::borrow::Cow;

use super::pairs::has_pair;
use markup::{Markup, Piece};

pub(crate) mod markup;

/// The plain text of a title or another short text. Character references are decoded once. Complete formatting elements
/// (`<b>…</b>`, `<code>…</code>`, `<br>`) lose their tags. All other text stays as written. White space of all kinds
/// (also no-break spaces and control characters) is folded to single spaces, and removed at the ends. Takes time in
/// proportion to the length.
///
/// A decoded character reference stays text: `&lt;b&gt;x&lt;/b&gt;` gives `<b>x</b>`.
pub(crate) fn plain_text(text: &str) -> Cow<'_, str> {
    plain(text, |text| {
        let markup = Markup::of(text);
        without(text, markup.pieces().filter(|piece| piece.is_complete_formatting()))
    })
}

/// The plain text of an excerpt. With at least one complete HTML element, the excerpt is HTML: the tags of all HTML
/// elements, comments, scripts and styles are removed. Otherwise the excerpt is text, and nothing is removed. Character
/// references are decoded, and white space is folded, as in [`plain_text`].
pub(crate) fn excerpt_text(text: &str) -> Cow<'_, str> {
    plain(text, |text| {
        let markup = Markup::of(text);
        let is_html = markup.pieces().any(Piece::is_complete_element);
        without(text, markup.pieces().filter(|_| is_html))
    })
}

/// Folds the white space. A text that may have markup is changed by `without_markup` first.
fn plain(text: &str, without_markup: impl Fn(&str) -> String) -> Cow<'_, str> {
    // Nearly all texts.
    if is_surely_plain(text) {
        return Cow::Borrowed(text);
    }
    if memchr::memchr2(b'<', b'&', text.as_bytes()).is_none() {
        return folded(text);
    }
    Cow::Owned(folded(&without_markup(text)).into_owned())
}

/// Whether the text certainly has no HTML and no white space to fold: only single spaces within, no `<`, and no `&`.
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
pub(crate) fn folded(text: &str) -> Cow<'_, str> {
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

/// The text between these pieces, with character references decoded. Each part is decoded alone, so two halves around a
/// piece never join to one reference.
fn without<'a>(text: &str, pieces: impl Iterator<Item = &'a Piece>) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut behind = 0;
    for piece in pieces {
        let before = text.get(behind..piece.start).unwrap_or_default();
        html_escape::decode_html_entities_to_string(before, &mut plain);
        if piece.separates() {
            plain.push(' ');
        }
        behind = piece.end;
    }
    html_escape::decode_html_entities_to_string(text.get(behind..).unwrap_or_default(), &mut plain);
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Expects the same of a title and of an excerpt.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        title(text, expected);
        excerpt(text, expected);
    }

    #[track_caller]
    fn title(text: &str, expected: &str) {
        assert_eq!(plain_text(text), expected, "{text:?}");
    }

    #[track_caller]
    fn excerpt(text: &str, expected: &str) {
        assert_eq!(excerpt_text(text), expected, "{text:?}");
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
    fn text_about_markup_is_text() {
        for text in [
            "HashMap<K, V> or BTreeMap<K, V>?",
            "Option<Box<dyn Fn(&str) -> u8>>",
            "The <dialog> element",
            "<dialog>",
            "<p>",
            "When <script> blocks and <style> does not",
            "What <b> means",
            "A </b> too many",
            "<details> and <summary> at last",
            "List<string> in C#, vector<int> in C++",
            "x<y && y>z",
            "if a <b && c> d",
            "Why <!-- comments --> matter",
            "<!-- never ended",
            "<!doctype html> is short",
            "<?php echo 1 ?>",
            "<my-widget>x</my-widget>",
            "<T>x</T>",
            "The <img> and <input> elements",
            "a < b",
            "x<3",
            "1 <2> 3",
            "<",
            "<<",
            "a <",
            "</",
            "</3",
            "a <b",
            "<>",
            "<b/>",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn complete_formatting_elements_lose_their_tags() {
        check("<b>bo</b>ld, <EM class='x'>it</EM>alic", "bold, italic");
        check("a<br/>b<BR>c<br />d", "a b c d");
        check("<a href=\"x?a>b\" title = 'c>d'>link</a>", "link");
        check("<a title=it's>x</a>", "x");
        check("<i>a <b>c</i> d</b>", "a c d");
        check("a < b <i>c</i>", "a < b c");
        check("a <b <i>c</i>", "a <b c");
        check("Vec<T> is <code>fast</code>", "Vec<T> is fast");
        title("<b>one <b>two</b>", "<b>one two");
        title("A <table> in <code>HTML</code>", "A <table> in HTML");
        title("<p>One</p><p>two</p>", "<p>One</p><p>two</p>");
        title("a <script>b</script> <em>c</em>", "a <script>b</script> c");
        title("<b> </b>", "");
    }

    #[test]
    fn an_excerpt_with_a_complete_element_is_html() {
        excerpt("<p>One</p><p>two</p>", "One two");
        excerpt("<p>One</p><p>two <b>and", "One two and");
        excerpt("a<br>b <my-widget>Vec<T></my-widget> 1 < 2", "a b <my-widget>Vec<T></my-widget> 1 < 2");
        excerpt("a<b><!-- <i> -- > --></b>c<hr>d", "ac d");
        excerpt("a<script>if (a < b) { \"</p>\" }</script >b<STYLE>x</style>c", "a b c");
        excerpt("a<script>never ended<br>b", "a never ended b");
        excerpt("<p>a</p><!-- never ended", "a <!-- never ended");
        excerpt("<img src=\"i.png\"> words", "words");
    }

    #[test]
    fn entities_are_decoded_once() {
        check("AT&amp;T &lt;b&gt; &#39;&#x27;&quot;&eacute;&nbsp;&hellip;", "AT&T <b> ''\"é …");
        check("&amp;lt;b&amp;gt;", "&lt;b&gt;");
        check("&lt;b&gt;x&lt;/b&gt;", "<b>x</b>");
        check("R&D, AT&T; &unknown; &#0; &#xD800;", "R&D, AT&T; &unknown; &#0; &#xD800;");
        check("&am<i></i>p;", "&amp;");
        check("<b&gt;", "<b>");
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        // Quadratic reading of any of these would take minutes.
        for unit in [
            "<",
            "<a",
            "<a ",
            "<a =\"x <a ='",
            "<!--",
            "<!-->",
            "<script>",
            "<script></",
            "<script></script ",
            "<style><script>",
            "&",
            "&#x",
            "&amp;",
            " ",
            "<a>",
            "</a>",
            "<b><i>",
            "<b></i>",
        ] {
            let text = unit.repeat(1_000_000 / unit.len());
            assert!(plain_text(&text).len() <= text.len());
            assert!(excerpt_text(&text).len() <= text.len());
        }
    }

    proptest! {
        #[test]
        fn text_is_folded_and_no_longer(html in "(?:[<>&;/!'\"=a-c \\n\u{A0}-]|&amp;|&lt;|<p>|</p>|<b>|</b>|<!--|-->|script|\\PC){0,60}") {
            for text in [plain_text(&html), excerpt_text(&html)] {
                prop_assert!(text.chars().count() <= html.chars().count());
                prop_assert!(!text.contains("  ") && text.trim() == text);
                prop_assert!(!text.contains(char::is_control));
            }
        }

        #[test]
        fn text_without_markup_is_only_folded(text in "[^<&]{0,60}") {
            let once = plain_text(&text).into_owned();
            prop_assert_eq!(&plain_text(&once), &once);
            prop_assert_eq!(&excerpt_text(&text), &once);
            prop_assert_eq!(&folded(&text), &once);
            let words = |text: &str| text.split(|c: char| c.is_whitespace() || c.is_control())
                .filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&once), words(&text));
        }

        #[test]
        fn escaped_text_comes_back(text in "\\PC{0,60}") {
            let escaped = html_escape::encode_safe(&text).into_owned();
            prop_assert_eq!(plain_text(&escaped).into_owned(), folded(&text).into_owned());
            prop_assert_eq!(excerpt_text(&escaped).into_owned(), folded(&text).into_owned());
        }
    }
}
