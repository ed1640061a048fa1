//! Whether a text is certain to keep the bounds, found out many bytes at a time.

use super::super::bounds;

/// Bytes that are looked at together: the compiler turns the loop over them into a few vector instructions.
const BLOCK_BYTES: usize = 64;

/// Whether the text has no character that ends a line or is refused (tabs among them, for what they do depends on where
/// they stand), and keeps the bounds of tokens, brackets and aliases. Counts are upper bounds of those that
/// [`bounds::check`] makes, so a text that keeps them may be called unsafe, never the other way round. The bound of
/// levels is the reader's.
pub(super) fn is_safe(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut tokens, mut brackets) = (0_usize, 0_usize);
    let mut start = 0;
    for block in bytes.chunks(BLOCK_BYTES) {
        let (mut is_strange, mut block_tokens, mut block_brackets) = (false, 0_u8, 0_u8);
        for &byte in block {
            is_strange |= (byte < b' ') & (byte != b'\n');
            is_strange |= (byte == 0x7F) | (byte == 0xC2) | (byte == 0xE2) | (byte == 0xEF);
            let is_bracket = (byte == b'[') | (byte == b'{');
            let is_token =
                (byte == b'\n') | (byte == b',') | (byte == b'-') | (byte == b'?') | (byte == b':');
            block_brackets += u8::from(is_bracket);
            block_tokens += u8::from(is_token | is_bracket);
        }
        if is_strange && (start..start + block.len()).any(|at| is_unsafe(bytes.get(at..).unwrap_or_default()))
        {
            return false;
        }
        tokens += usize::from(block_tokens);
        brackets += usize::from(block_brackets);
        start += block.len();
    }
    bounds::are_surely_kept(tokens, brackets) && !bounds::may_have_aliases(text)
}

/// Whether these bytes begin with a character that is not safe.
fn is_unsafe(bytes: &[u8]) -> bool {
    match bytes {
        [b'\n', ..] | [b'\r', b'\n', ..] => false,
        // C0 and DEL; C1 with NEL; LS and PS; U+FEFF; U+FFFE and U+FFFF.
        [first, ..] if first.is_ascii_control() => true,
        [0xC2, 0x80..=0x9F, ..] => true,
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => true,
        [0xEF, 0xBB, 0xBF, ..] | [0xEF, 0xBF, 0xBE | 0xBF, ..] => true,
        _ => false,
    }
}
