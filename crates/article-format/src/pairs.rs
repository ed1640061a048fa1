//! A test of each byte of a short text together with the next byte, for many bytes at a time.

/// Whether `is_such` holds for any byte and the byte after it. `is_such` must be a few comparisons without a branch, so
/// that the compiler uses vector instructions.
///
/// The last block overlaps the block before. Otherwise the rest of a text would be tested byte by byte, and this would
/// take longer than all blocks.
pub(super) fn has_pair(bytes: &[u8], is_such: impl Fn(u8, u8) -> bool) -> bool {
    match bytes.len() {
        0..=8 => bytes.windows(2).fold(false, |found, pair| match pair {
            [byte, next] => found | is_such(*byte, *next),
            _ => found,
        }),
        9..=16 => has_pair_in_blocks::<8>(bytes, is_such),
        _ => has_pair_in_blocks::<16>(bytes, is_such),
    }
}

fn has_pair_in_blocks<const BLOCK_BYTES: usize>(bytes: &[u8], is_such: impl Fn(u8, u8) -> bool) -> bool {
    let block_at = |start: usize| bytes.get(start..).and_then(<[u8]>::first_chunk::<BLOCK_BYTES>);
    let is_in_block = |start: usize| {
        let (Some(block), Some(behind)) = (block_at(start), block_at(start + 1)) else { return false };
        block.iter().zip(behind).fold(false, |found, (byte, next)| found | is_such(*byte, *next))
    };
    let last = bytes.len().saturating_sub(BLOCK_BYTES + 1);
    (0..last).step_by(BLOCK_BYTES).fold(is_in_block(last), |found, start| found | is_in_block(start))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_pair_is_found_in_every_place() {
        for length in 0..70 {
            let mut bytes = vec![b'a'; length];
            assert!(!has_pair(&bytes, |byte, next| (byte == b'b') & (next == b'c')));
            for at in 0..length.saturating_sub(1) {
                bytes[at] = b'b';
                bytes[at + 1] = b'c';
                assert!(has_pair(&bytes, |byte, next| (byte == b'b') & (next == b'c')), "{at} of {length}");
                bytes[at] = b'a';
                bytes[at + 1] = b'a';
            }
        }
    }

    proptest! {
        #[test]
        fn all_block_sizes_agree_with_a_test_of_each_pair(text in "[ab]{0,50}") {
            let is_such = |byte: u8, next: u8| (byte == b'b') & (next == b'b');
            prop_assert_eq!(has_pair(text.as_bytes(), is_such), text.contains("bb"));
        }
    }
}
