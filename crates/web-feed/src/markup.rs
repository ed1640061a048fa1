//! Splits XML and HTML into tags and text, whatever the text is.
//!
//! Nothing is refused, and each byte is read a bounded number of times. So a tag that never ends, a bare `<`, an attribute
//! without quotes or a section that is never closed costs at most the piece where it stands. Comments, declarations
//! and processing instructions are skipped. Entities are not expanded: a document cannot define any.

use std::borrow::Cow;

use memchr::memmem;
use memchr::{memchr, memchr2, memchr3};

use crate::references::decoded;

/// A piece of markup. All texts are as they are written in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Text with character references.
    Text(&'a str),
    /// Text without character references.
    Cdata(&'a str),
    Start(Tag<'a>),
    /// The name of an end tag.
    End(&'a str),
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// With its prefix.
    pub(crate) name: &'a str,
    attributes: &'a str,
    dialect: Dialect,
    /// Whether the element ends here (`<a/>`).
    pub(crate) is_empty: bool,
}

/// The two differ in the value of an attribute: XML allows no `<` there, so one that stands there shows that the value
/// was never closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Xml,
    Html,
}

/// The tokens of a text, in order.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    text: &'a str,
    position: usize,
    dialect: Dialect,
    /// Known after the first search that found none: no later search needs to run to the end of the text.
    has_no_more_comment_ends: bool,
    has_no_more_cdata_ends: bool,
}

impl<'a> Tokens<'a> {
    pub(crate) fn of(text: &'a str, dialect: Dialect) -> Self {
        Self { text, position: 0, dialect, has_no_more_comment_ends: false, has_no_more_cdata_ends: false }
    }

    /// The byte behind the last token.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// Goes back to a byte that [`Self::position`] has given.
    pub(crate) fn go_back(&mut self, position: usize) {
        self.position = position;
    }

    /// Goes to the end tag of this name, or to the end of the text. For elements whose content is no markup.
    pub(crate) fn skip_raw(&mut self, name: &str) {
        let rest = self.rest().as_bytes();
        let end = memmem::find_iter(rest, "</").find(|at| {
            rest.get(at + 2..at + 2 + name.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        });
        self.position = end.map_or(self.text.len(), |at| self.position + at);
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.position..).unwrap_or_default()
    }

    /// Gives the next `length` bytes and goes behind them.
    fn take(&mut self, length: usize) -> &'a str {
        let taken = self.rest().get(..length).unwrap_or_default();
        self.position += length;
        taken
    }

    /// The text up to the next `<`, at least one character.
    fn text_token(&mut self) -> Token<'a> {
        let rest = self.rest();
        let length =
            memchr(b'<', rest.as_bytes().get(1..).unwrap_or_default()).map_or(rest.len(), |at| at + 1);
        Token::Text(self.take(length))
    }

    fn cdata_token(&mut self) -> Token<'a> {
        const BEGIN: usize = "<![CDATA[".len();
        self.position += BEGIN;
        let rest = self.rest();
        let end = if self.has_no_more_cdata_ends { None } else { memmem::find(rest.as_bytes(), b"]]>") };
        if let Some(length) = end {
            let content = self.take(length);
            self.position += "]]>".len();
            return Token::Cdata(content);
        }
        // A section that is never closed ends with its element.
        self.has_no_more_cdata_ends = true;
        let length = memmem::find(rest.as_bytes(), b"</").unwrap_or(rest.len());
        Token::Cdata(self.take(length))
    }

    fn skip_comment(&mut self) {
        const BEGIN: usize = "<!--".len();
        let rest = self.rest().as_bytes();
        // `<!-->` is a whole comment.
        let end = match self.has_no_more_comment_ends {
            true => None,
            false => memmem::find(rest.get(BEGIN - 2..).unwrap_or_default(), b"-->"),
        };
        match end {
            Some(at) => self.position += BEGIN - 2 + at + "-->".len(),
            None => {
                self.has_no_more_comment_ends = true;
                self.skip_behind(b'>');
            }
        }
    }

    /// Skips a document type with its declarations.
    fn skip_declaration(&mut self) {
        let rest = self.rest().as_bytes();
        match memchr3(b'>', b'[', b'<', rest.get(1..).unwrap_or_default()).map(|at| at + 1) {
            Some(at) if rest.get(at) == Some(&b'[') => {
                self.position += at + 1;
                self.skip_internal_declarations();
            }
            Some(at) if rest.get(at) == Some(&b'<') => self.position += at,
            Some(at) => self.position += at + 1,
            None => self.position = self.text.len(),
        }
    }

    /// Skips to the `]` of a document type. An element that begins before shows that there is none.
    fn skip_internal_declarations(&mut self) {
        while let Some(at) = memchr2(b']', b'<', self.rest().as_bytes()) {
            self.position += at;
            let rest = self.rest();
            if rest.starts_with(']') {
                return self.skip_behind(b'>');
            }
            if rest.starts_with("<!--") {
                self.skip_comment();
            } else if rest.starts_with("<!") || rest.starts_with("<?") {
                self.skip_behind(b'>');
            } else {
                return;
            }
        }
        self.position = self.text.len();
    }

    fn skip_behind(&mut self, byte: u8) {
        let found = memchr(byte, self.rest().as_bytes());
        self.position = found.map_or(self.text.len(), |at| self.position + at + 1);
    }

    fn end_token(&mut self) -> Token<'a> {
        self.position += "</".len();
        let length = name_length(self.rest());
        let name = self.take(length);
        match memchr2(b'>', b'<', self.rest().as_bytes()) {
            Some(at) if self.rest().as_bytes().get(at) == Some(&b'>') => self.position += at + 1,
            Some(at) => self.position += at,
            None => self.position = self.text.len(),
        }
        Token::End(name)
    }

    /// A start tag, or nothing if the text ends within it.
    fn start_token(&mut self) -> Option<Token<'a>> {
        self.position += 1;
        let length = name_length(self.rest());
        let name = self.take(length);
        let Some(length) = attributes_length(self.rest(), self.dialect) else {
            self.position = self.text.len();
            return None;
        };
        let attributes = self.take(length);
        if self.rest().starts_with('>') {
            self.position += 1;
        }
        let is_empty = attributes.ends_with('/');
        Some(Token::Start(Tag { name, attributes, dialect: self.dialect, is_empty }))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            let mut bytes = rest.bytes();
            if bytes.next()? != b'<' {
                return Some(self.text_token());
            }
            match bytes.next() {
                Some(b'!') if rest.starts_with("<!--") => self.skip_comment(),
                Some(b'!') if rest.starts_with("<![CDATA[") => return Some(self.cdata_token()),
                Some(b'!') if memchr2(b'>', b'<', rest.as_bytes().get(1..).unwrap_or_default()).is_some() => {
                    self.skip_declaration();
                }
                Some(b'?') => self.skip_behind(b'>'),
                Some(b'/') if bytes.next().is_some_and(begins_name) => return Some(self.end_token()),
                Some(byte) if begins_name(byte) => return self.start_token(),
                _ => return Some(self.text_token()),
            }
        }
    }
}

fn begins_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn name_length(text: &str) -> usize {
    let ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'<');
    text.bytes().position(ends).unwrap_or(text.len())
}

/// The length of the attributes at the begin of a text: up to the end of the tag, or to a `<`, which begins another tag.
fn attributes_length(text: &str, dialect: Dialect) -> Option<usize> {
    let mut position = 0;
    loop {
        let rest = text.get(position..)?;
        let at = rest.bytes().position(|byte| matches!(byte, b'>' | b'<' | b'='))?;
        position += at;
        if rest.as_bytes().get(at) != Some(&b'=') {
            return Some(position);
        }
        let value = text.get(position + 1..)?;
        position += 1 + Value::at(value, dialect).length;
    }
}

/// What follows the `=` of an attribute.
struct Value<'a> {
    content: &'a str,
    /// Bytes to the end of the value, with white space before it and with quotes.
    length: usize,
}

impl<'a> Value<'a> {
    fn at(text: &'a str, dialect: Dialect) -> Self {
        let begin = text.bytes().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(text.len());
        let value = text.get(begin..).unwrap_or_default();
        let quote = value.bytes().next().filter(|byte| matches!(byte, b'"' | b'\''));
        if let Some(quote) = quote {
            let quoted = value.get(1..).unwrap_or_default();
            let end = match dialect {
                Dialect::Html => memchr(quote, quoted.as_bytes()),
                Dialect::Xml => memchr2(quote, b'<', quoted.as_bytes())
                    .filter(|at| quoted.as_bytes().get(*at) == Some(&quote)),
            };
            if let Some(end) = end {
                let content = quoted.get(..end).unwrap_or_default();
                return Self { content, length: begin + end + 2 };
            }
        }
        // Without quotes, or with one that is never closed.
        let ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'<');
        let skipped = usize::from(quote.is_some());
        let bare = value.get(skipped..).unwrap_or_default();
        let length = bare.bytes().position(ends).unwrap_or(bare.len());
        let content = bare.get(..length).unwrap_or_default();
        Self { content, length: begin + skipped + length }
    }
}

impl<'a> Tag<'a> {
    /// The attributes, in order: names with their prefixes, values as they are written.
    fn raw_attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            rest = rest
                .trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '"' | '\'' | '='));
            if rest.is_empty() {
                return None;
            }
            let ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'=');
            let length = rest.bytes().position(ends).unwrap_or(rest.len());
            let (name, behind) = rest.split_at(length);
            let after_name = behind.trim_start();
            let Some(value) = after_name.strip_prefix('=') else {
                rest = behind;
                return Some((name, ""));
            };
            let value_at = Value::at(value, self.dialect);
            rest = value.get(value_at.length..).unwrap_or_default();
            Some((name, value_at.content))
        })
    }

    /// Whether the tag may declare a namespace.
    pub(crate) fn may_declare(self) -> bool {
        self.attributes.contains("xmlns:")
    }

    /// The attributes, in order, with character references decoded.
    pub(crate) fn attributes(self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        self.raw_attributes().map(|(name, value)| (name, decoded(value)))
    }

    /// The first attribute of this name, whatever its case and prefix; one without white space around it, and not empty.
    pub(crate) fn attribute(self, name: &str) -> Option<Cow<'a, str>> {
        let value = self
            .raw_attributes()
            .find(|(found, _)| local_name(found).eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())?;
        Some(decoded(value)).filter(|value| !value.is_empty())
    }
}

/// The name without its prefix.
pub(crate) fn local_name(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
