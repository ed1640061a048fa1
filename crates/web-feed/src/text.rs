//! From the texts of feeds to plain text on one line.

use crate::bounds::LANGUAGE_CHARS_MAX;
use crate::markup::{Dialect, Token, Tokens, local_name};
use crate::references::decoded;

/// What a text of a feed is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// Text: a `<` is a `<`.
    Plain,
    Html,
    /// The format does not say. Most such texts are plain, some are HTML.
    Unknown,
}

/// Plain text on one line, of at most `chars_max` characters.
pub(crate) fn plain_text(text: &str, kind: TextKind, chars_max: usize) -> String {
    match kind {
        TextKind::Plain => folded(text, chars_max),
        TextKind::Html => html_text(text, chars_max),
        TextKind::Unknown if has_element(text) => html_text(text, chars_max),
        TextKind::Unknown => match decoded(text) {
            // HTML that was escaped once too often.
            html if has_element(&html) => html_text(&html, chars_max),
            text => folded(&text, chars_max),
        },
    }
}

/// Text on one line: white space becomes single spaces, none at the ends. Other control characters go.
pub(crate) fn folded(text: &str, chars_max: usize) -> String {
    let mut line = Line::new(chars_max);
    line.push(text);
    line.text
}

/// The name of a language, if there is one.
pub(crate) fn language(text: &str) -> Option<String> {
    Some(folded(text, LANGUAGE_CHARS_MAX)).filter(|language| !language.is_empty())
}

/// Whether a text holds an element: a tag and its end tag, or an image or a line break.
fn has_element(text: &str) -> bool {
    /// Names that are remembered. A text of more is HTML by then, or none.
    const OPEN_MAX: usize = 20;
    let mut open: Vec<&str> = Vec::new();
    Tokens::of(text, Dialect::Html).any(|token| match token {
        Token::Start(tag) => {
            if open.len() < OPEN_MAX {
                open.push(tag.name);
            }
            tag.name.eq_ignore_ascii_case("br")
                || (tag.name.eq_ignore_ascii_case("img") && tag.attribute("src").is_some())
        }
        Token::End(name) => open.iter().any(|start| start.eq_ignore_ascii_case(name)),
        Token::Text(_) | Token::Cdata(_) => false,
    })
}

/// The text of a piece of HTML. Tags go, and scripts and styles with their content.
fn html_text(html: &str, chars_max: usize) -> String {
    let mut line = Line::new(chars_max);
    let mut tokens = Tokens::of(html, Dialect::Html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => line.push(&decoded(text)),
            Token::Cdata(text) => line.push(text),
            Token::Start(tag) if is_hidden(tag.name) && !tag.is_empty => tokens.skip_raw(tag.name),
            Token::Start(tag) if !is_inline(tag.name) => line.push(" "),
            Token::End(name) if !is_inline(name) => line.push(" "),
            Token::Start(_) | Token::End(_) => {}
        }
        if line.is_full() {
            break;
        }
    }
    line.text
}

fn is_hidden(name: &str) -> bool {
    ["script", "style", "template"].iter().any(|hidden| hidden.eq_ignore_ascii_case(local_name(name)))
}

/// Whether an element continues the line where it stands. All others begin a new one.
fn is_inline(name: &str) -> bool {
    const INLINE: &[&str] = &[
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "ins", "kbd", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
        "sup", "time", "tt", "u", "var", "wbr",
    ];
    INLINE.iter().any(|inline| inline.eq_ignore_ascii_case(local_name(name)))
}

/// A line of text that grows to a bound.
struct Line {
    text: String,
    chars_left: usize,
    /// A space is due before the next character.
    has_gap: bool,
}

impl Line {
    fn new(chars_max: usize) -> Self {
        Self { text: String::new(), chars_left: chars_max, has_gap: false }
    }

    fn is_full(&self) -> bool {
        self.chars_left == 0
    }

    fn push(&mut self, text: &str) {
        for character in text.chars() {
            if character.is_whitespace() {
                self.has_gap = !self.text.is_empty();
                continue;
            }
            if character.is_control() || character == '\u{FEFF}' {
                continue;
            }
            let needed = 1 + usize::from(self.has_gap);
            if self.chars_left < needed {
                self.chars_left = 0;
                return;
            }
            if self.has_gap {
                self.text.push(' ');
            }
            self.has_gap = false;
            self.text.push(character);
            self.chars_left -= needed;
        }
    }
}
