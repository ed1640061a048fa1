//! One question to each byte of a short text and the byte behind it, asked many bytes at a time.

/// Whether `is_such` says yes to any byte and the byte behind it. It must be a few comparisons without a decision between
/// them, which the compiler turns into vector instructions.
///
/// The last block overlaps the one before: what is left of a text behind whole blocks would otherwise be looked at byte by
/// byte, which takes longer than all before it.
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
    fn a_pair_is_found_wherever_it_stands() {
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
        fn it_says_what_a_look_at_each_pair_says(text in "[ab]{0,50}") {
            let is_such = |byte: u8, next: u8| (byte == b'b') & (next == b'b');
            prop_assert_eq!(has_pair(text.as_bytes(), is_such), text.contains("bb"));
        }
    }
}
