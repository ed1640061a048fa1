//! Values on one line.

use std::borrow::Cow;

use super::super::surrogates;

/// A value on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scalar<'text> {
    Null,
    Text(Cow<'text, str>),
    EmptyList,
    EmptyMapping,
}

/// Reads `content` as one value. `content` is not empty and has no space at its ends. `None` declines.
pub(super) fn read(content: &str) -> Option<Scalar<'_>> {
    match content.as_bytes() {
        [b'"', ..] => double_quoted(content).map(Scalar::Text),
        [b'\'', ..] => single_quoted(content).map(Scalar::Text),
        b"[]" => Some(Scalar::EmptyList),
        b"{}" => Some(Scalar::EmptyMapping),
        _ => plain(content),
    }
}

/// Whether [`read`] gives a text or null.
pub(super) fn is_text(content: &str) -> bool {
    match content.as_bytes() {
        [b'"', ..] => is_double_quoted(content),
        _ => matches!(read(content), Some(Scalar::Text(_) | Scalar::Null)),
    }
}

/// Whether [`read`] accepts `content`.
pub(super) fn is_known(content: &str) -> bool {
    match content.as_bytes() {
        [b'"', ..] => is_double_quoted(content),
        _ => read(content).is_some(),
    }
}

/// Whether [`double_quoted`] accepts `content`. No text is built.
fn is_double_quoted(content: &str) -> bool {
    let mut rest = content.get(1..).unwrap_or_default();
    while let Some(stop) = memchr::memchr2(b'"', b'\\', rest.as_bytes()) {
        let behind = rest.get(stop..).unwrap_or_default();
        let Some(escape) = behind.strip_prefix('\\') else { return behind == "\"" };
        let Some((_, behind)) = unescape(escape) else { return false };
        rest = behind;
    }
    false
}

/// Text in double quotes. The second quote ends the line.
fn double_quoted(content: &str) -> Option<Cow<'_, str>> {
    let body = content.get(1..)?;
    let stop = memchr::memchr2(b'"', b'\\', body.as_bytes())?;
    if body.as_bytes().get(stop) == Some(&b'"') {
        return if stop + 1 == body.len() { body.get(..stop).map(Cow::Borrowed) } else { None };
    }
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    loop {
        let stop = memchr::memchr2(b'"', b'\\', rest.as_bytes())?;
        let (before, behind) = rest.split_at_checked(stop)?;
        text.push_str(before);
        let Some(escape) = behind.strip_prefix('\\') else {
            return (behind == "\"").then_some(Cow::Owned(text));
        };
        let (character, behind) = unescape(escape)?;
        text.push(character);
        rest = behind;
    }
}

/// The character of an escape without its backslash, and the rest after the escape.
fn unescape(escape: &str) -> Option<(char, &str)> {
    let (digits, character) = match escape.as_bytes().first()? {
        b'n' => (0, '\n'),
        b't' => (0, '\t'),
        b'r' => (0, '\r'),
        b'"' => (0, '"'),
        b'\\' => (0, '\\'),
        b'/' => (0, '/'),
        b'x' => (2, char::default()),
        b'u' => match surrogates::pair_behind_backslash(escape) {
            Some(character) => return Some((character, escape.get(surrogates::PAIR_BYTES - 1..)?)),
            None => (4, char::default()),
        },
        _ => return None,
    };
    let behind = escape.get(1..)?;
    if digits == 0 {
        return Some((character, behind));
    }
    let (code, behind) = behind.split_at_checked(digits)?;
    if !code.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, behind))
}

/// Text in single quotes. The last quote ends the line, and two quotes within stand for one.
fn single_quoted(content: &str) -> Option<Cow<'_, str>> {
    let body = content.get(1..)?.strip_suffix('\'')?;
    if memchr::memchr(b'\'', body.as_bytes()).is_none() {
        return Some(Cow::Borrowed(body));
    }
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(stop) = memchr::memchr(b'\'', rest.as_bytes()) {
        text.push_str(rest.get(..=stop)?);
        rest = rest.get(stop + 1..)?.strip_prefix('\'')?;
    }
    text.push_str(rest);
    Some(Cow::Owned(text))
}

/// Text without quotes. Possible indicators of YAML are declined: `: ` and ` #` anywhere, and most marks at the start.
fn plain(content: &str) -> Option<Scalar<'_>> {
    let bytes = content.as_bytes();
    let begins_well = match bytes {
        [b'-', second, ..] => second.is_ascii_alphanumeric(),
        [first, ..] => {
            !first.is_ascii()
                || first.is_ascii_alphanumeric()
                || matches!(first, b'/' | b'~' | b'.' | b'$' | b'+' | b'(')
        }
        [] => false,
    };
    let is_mark = |at: usize| match bytes.get(at) {
        Some(b':') => matches!(bytes.get(at + 1), None | Some(b' ')),
        _ => at > 0 && bytes.get(at - 1) == Some(&b' '),
    };
    let may_be_mark = |byte: &u8| matches!(byte, b':' | b'#');
    // A search has a fixed cost, which is higher than the test of a few bytes.
    let has_marks = if bytes.len() < 16 { bytes.iter().any(may_be_mark) } else { true };
    if !begins_well || (has_marks && memchr::memchr2_iter(b':', b'#', bytes).any(is_mark)) {
        return None;
    }
    Some(match content {
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        text => Scalar::Text(Cow::Borrowed(text)),
    })
}
