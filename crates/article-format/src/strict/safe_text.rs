//! Whether a text certainly keeps the bounds. Many bytes are tested at a time.

use super::super::bounds;

/// Bytes that are tested together. The compiler turns the loop over them into a few vector instructions.
const BLOCK_BYTES: usize = 128;

/// Whether the text keeps the bounds of tokens, brackets and aliases, and has no unusual line end, no tab (its meaning
/// depends on its place), and no refused character. The counts are upper bounds of the counts of [`bounds::check`]. So a
/// text that keeps the bounds may count as unsafe, but never the other way round. The reader keeps the bound of levels.
pub(super) fn is_safe(text: &str) -> bool {
    let bytes = text.as_bytes();
    // As signed numbers, bytes of letters outside ASCII are also below the blank.
    let is_strange = |byte: u8| ((byte.cast_signed() < 0x20) & (byte != b'\n')) | (byte == 0x7F);
    let (mut start, mut brackets, mut has_stars) = (0, 0, false);
    for block in bytes.chunks(BLOCK_BYTES) {
        let has_any = block
            .iter()
            .fold(false, |found, &byte| found | is_strange(byte) | is_bracket(byte) | (byte == b'*'));
        if has_any {
            let has_strange = block.iter().fold(false, |found, &byte| found | is_strange(byte));
            if has_strange && has_unsafe(block, bytes.get(start..).unwrap_or_default()) {
                return false;
            }
            brackets += count(block, is_bracket);
            has_stars |= block.contains(&b'*');
        }
        start += block.len();
    }
    // Every token has a byte of its own, so only long texts need a count.
    let keeps_bounds = bounds::are_surely_kept(bytes.len(), brackets)
        || bounds::are_surely_kept(count(bytes, may_be_token) + count(bytes, may_be_two_tokens), brackets);
    keeps_bounds && !(has_stars && bounds::may_have_aliases(text))
}

/// `[` or `{`, which differ in one bit.
fn is_bracket(byte: u8) -> bool {
    byte | 0x20 == b'{'
}

fn may_be_two_tokens(byte: u8) -> bool {
    (byte == b'-') | (byte == b'?')
}

fn may_be_token(byte: u8) -> bool {
    let is_line_or_bracket = (byte == b'\n') | (byte == b'[') | (byte == b'{');
    is_line_or_bracket | (byte == b',') | (byte == b'-') | (byte == b'?') | (byte == b':')
}

/// How many bytes pass the test.
fn count(bytes: &[u8], is_such: impl Fn(u8) -> bool) -> usize {
    // The count of a block fits into one byte, so the vectors are as wide as possible.
    let in_block = |block: &[u8]| block.iter().fold(0_u8, |sum, &byte| sum + u8::from(is_such(byte)));
    bytes.chunks(BLOCK_BYTES).map(|block| usize::from(in_block(block))).sum()
}

/// Whether an unsafe character begins in a block. `bytes` begin with the block.
fn has_unsafe(block: &[u8], bytes: &[u8]) -> bool {
    let is_control = |byte: u8| ((byte < b' ') & (byte != b'\n')) | (byte == 0x7F);
    if block.iter().fold(false, |found, &byte| found | is_control(byte)) {
        return (0..block.len()).any(|at| is_unsafe(bytes.get(at..).unwrap_or_default()));
    }
    // Only letters outside ASCII are left. They are many, and a test of each one would cost more than all the rest.
    let from = |start: usize| bytes.get(start..).unwrap_or_default();
    let pairs = block.iter().zip(from(1));
    let has_c1 = pairs.fold(false, |found, (&first, &second)| found | ((first == 0xC2) & (second < 0xA0)));
    let triples = block.iter().zip(from(1)).zip(from(2));
    triples.fold(has_c1, |found, ((&first, &second), &third)| {
        let is_separator = (first == 0xE2) & (second == 0x80) & ((third == 0xA8) | (third == 0xA9));
        let is_mark = (second == 0xBB) & (third == 0xBF);
        let is_no_character = (second == 0xBF) & (third >= 0xBE);
        found | is_separator | ((first == 0xEF) & (is_mark | is_no_character))
    })
}

/// Whether these bytes begin with an unsafe character.
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
