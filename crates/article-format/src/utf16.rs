//! Files that an editor saved as UTF-16: they are refused, but in words that say so.

use std::borrow::Cow;

/// Whether the bytes begin as a text in UTF-16 does that begins with a byte order mark or an ASCII character.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [1..=0x7F, 0, ..] | [0, 1..=0x7F, ..])
}

/// The bytes, of a text in UTF-16 without those that pad ASCII characters, so that words can be found in it.
pub(super) fn without_padding(bytes: &[u8]) -> Cow<'_, [u8]> {
    if is_utf16(bytes) {
        Cow::Owned(bytes.iter().copied().filter(|byte| *byte != 0).collect())
    } else {
        Cow::Borrowed(bytes)
    }
}
