//! Detects files in UTF-16. A problem then says what to do.

use std::borrow::Cow;

/// Whether the bytes begin as UTF-16: with a byte order mark, or with an ASCII character.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [1..=0x7F, 0, ..] | [0, 1..=0x7F, ..])
}

/// The bytes. For UTF-16, without the zero bytes of ASCII characters, so that words can be found in the bytes.
pub(super) fn without_padding(bytes: &[u8]) -> Cow<'_, [u8]> {
    if is_utf16(bytes) {
        Cow::Owned(bytes.iter().copied().filter(|byte| *byte != 0).collect())
    } else {
        Cow::Borrowed(bytes)
    }
}
