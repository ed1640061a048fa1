//! From bytes in any encoding to text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes in which an XML declaration ends.
const DECLARATION_BYTES_MAX: usize = 1_024;

/// The text of a document. Bytes that are no text become `U+FFFD` or the character that windows-1252 has for them.
///
/// A byte order mark decides, else zero bytes that only UTF-16 and UTF-32 have. Bytes that are UTF-8 are UTF-8, whatever
/// the document says, as hardly any other text is. Then the first encoding without errors decides: that of the HTTP
/// header, that of the XML declaration, and the most likely one.
pub(crate) fn text_of<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    if let Some(wide) = wide_text(bytes) {
        return Cow::Owned(wide);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let http = content_type.and_then(http_encoding);
    let declared = declared_encoding(bytes);
    let is_seven_bit = [http, declared].contains(&Some(ISO_2022_JP));
    if !is_seven_bit && let Ok(text) = str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    if is_nearly_utf8(bytes) {
        return Cow::Owned(repaired_utf8(bytes));
    }
    // Many servers send this one for all that they have.
    let is_default = http == Some(WINDOWS_1252);
    let named = if is_default { [declared, http] } else { [http, declared] };
    let named = || named.into_iter().flatten().filter(|encoding| *encoding != UTF_8);
    let fitting =
        named().find_map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes));
    fitting.unwrap_or_else(|| {
        let likely = named().next().unwrap_or_else(|| likely_encoding(bytes));
        likely.decode_without_bom_handling(bytes).0
    })
}

/// The text, if the bytes are UTF-16 or UTF-32.
fn wide_text(bytes: &[u8]) -> Option<String> {
    /// What the first character of a document is, beside white space.
    const FIRST: &[u8] = b"<{ \t\r\n";
    let is_first = |byte: &u8| FIRST.contains(byte);
    match bytes {
        [0xFF, 0xFE, 0, 0, rest @ ..] => Some(utf32(rest, u32::from_le_bytes)),
        [0, 0, 0xFE, 0xFF, rest @ ..] => Some(utf32(rest, u32::from_be_bytes)),
        [0xFF, 0xFE, rest @ ..] => Some(utf16(UTF_16LE, rest)),
        [0xFE, 0xFF, rest @ ..] => Some(utf16(UTF_16BE, rest)),
        [first, 0, 0, 0, ..] if is_first(first) => Some(utf32(bytes, u32::from_le_bytes)),
        [0, 0, 0, first, ..] if is_first(first) => Some(utf32(bytes, u32::from_be_bytes)),
        [first, 0, ..] if is_first(first) => Some(utf16(UTF_16LE, bytes)),
        [0, first, ..] if is_first(first) => Some(utf16(UTF_16BE, bytes)),
        _ => None,
    }
}

fn utf16(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn utf32(bytes: &[u8], number: fn([u8; 4]) -> u32) -> String {
    let (characters, _rest) = bytes.as_chunks::<4>();
    characters
        .iter()
        .map(|bytes| char::from_u32(number(*bytes)).unwrap_or(char::REPLACEMENT_CHARACTER))
        .filter(|character| *character != '\u{FEFF}')
        .collect()
}

/// The encoding that a `Content-Type` header names.
fn http_encoding(content_type: &str) -> Option<&'static Encoding> {
    let mut parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, label) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    single_byte_encoding(label.trim().trim_matches(['"', '\'']).as_bytes())
}

/// The encoding that an XML declaration or the `meta` element of an HTML page names.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..DECLARATION_BYTES_MAX.min(bytes.len()))?;
    let declaration = match memchr::memmem::find(start, b"<?xml") {
        Some(begin) => {
            let declaration = start.get(begin..)?;
            let end = memchr::memchr(b'>', declaration).unwrap_or(declaration.len());
            behind(declaration.get(..end)?, b"encoding")?
        }
        None => behind(start, b"charset")?,
    };
    let value = declaration.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let ends = |byte: &u8| matches!(byte, b'"' | b'\'' | b'>' | b';' | b'?') || byte.is_ascii_whitespace();
    let end = value.iter().position(ends).unwrap_or(value.len());
    single_byte_encoding(value.get(..end)?)
}

fn behind<'a>(bytes: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    let begin = memchr::memmem::find(bytes, word)?;
    bytes.get(begin + word.len()..)
}

/// The encoding of a label. UTF-16 is none here: bytes that are UTF-16 have been recognized by then.
fn single_byte_encoding(label: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_label(label).filter(|encoding| encoding.is_ascii_compatible() || *encoding == ISO_2022_JP)
}

/// Whether more characters beyond ASCII are right than wrong: UTF-8 that was cut off or has a piece of something else.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let mut right = 0_usize;
    let mut wrong = 0_usize;
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > wrong
}

/// The text of bytes that are mostly UTF-8.
fn repaired_utf8(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

fn likely_encoding(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}
