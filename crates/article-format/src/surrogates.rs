//! Characters that JSON writes as two escapes, for example `"\ud83d\ude00"`. YAML 1.2 has one escape for each
//! character, but programs that write front matter as JSON write such pairs.

/// Bytes of one escape: `\uXXXX`.
const ESCAPE_BYTES: usize = 6;

/// The character of the two escapes at the start of a text.
fn pair(text: &str) -> Option<char> {
    pair_behind_backslash(text.strip_prefix('\\')?)
}

/// The character of the two escapes at the start of a text, whose first backslash is already removed.
pub(super) fn pair_behind_backslash(text: &str) -> Option<char> {
    let unit = |text: &str| {
        let digits = text.strip_prefix('u')?.get(..4)?;
        let is_hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| is_hexadecimal)
    };
    let units = [unit(text)?, unit(text.get(ESCAPE_BYTES - 1..)?.strip_prefix('\\')?)?];
    let is_pair = (0xD800..0xDC00).contains(&units[0]) && (0xDC00..0xE000).contains(&units[1]);
    char::decode_utf16(units).next()?.ok().filter(|_| is_pair)
}

/// How many bytes a pair takes.
pub(super) const PAIR_BYTES: usize = 2 * ESCAPE_BYTES;

/// The YAML text with one escape for each pair in double quotes. `None` if there is no pair. Up to the first pair of
/// each line, positions stay the same, so faults keep their place.
///
/// The function finds quotes without parsing all of YAML: they begin a value, an entry or a key. So it is only for
/// texts that the parser refuses.
pub(super) fn joined(text: &str) -> Option<String> {
    let mut joined = String::with_capacity(text.len());
    let mut copied = 0;
    let mut quote = None;
    let mut may_begin = true;
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        let mut length = 1;
        match (quote, byte) {
            (None, b'"' | b'\'') if may_begin => quote = Some(*byte),
            (Some(b'"'), b'\\') => {
                length = 2;
                if let Some(character) = text.get(at..).and_then(pair) {
                    joined.push_str(text.get(copied..at)?);
                    joined.push_str(&format!("\\U{:08x}", u32::from(character)));
                    length = PAIR_BYTES;
                    copied = at + length;
                }
            }
            (Some(open), _) if open == *byte => quote = None,
            // A comment goes to the end of its line.
            (None, b'#') if at == 0 || bytes.get(at - 1).is_some_and(u8::is_ascii_whitespace) => {
                length = memchr::memchr(b'\n', bytes.get(at..)?).unwrap_or(bytes.len() - at);
            }
            _ => {}
        }
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        may_begin = match byte {
            b'\n' | b'[' | b'{' | b',' => true,
            // After a key in quotes, no blank is needed.
            b':' => matches!(before, Some(b'"' | b'\'')),
            b' ' | b'\t' => may_begin || matches!(before, None | Some(b':' | b'-' | b'?')),
            _ => false,
        };
        at += length;
    }
    if copied == 0 {
        return None;
    }
    joined.push_str(text.get(copied..)?);
    Some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_between_double_quotes_are_joined_and_no_others() {
        let check =
            |text: &str, expected: Option<&str>| assert_eq!(joined(text).as_deref(), expected, "{text}");
        check("a: \"\\uD83D\\uDE00!\"\nb: x", Some("a: \"\\U0001f600!\"\nb: x"));
        check("[\"\\ud83d\\ude00\",\"\\\"\\ud83d\\ude01\"]", Some("[\"\\U0001f600\",\"\\\"\\U0001f601\"]"));
        check("- \"é\n  \\ud83d\\ude00\"", Some("- \"é\n  \\U0001f600\""));
        for text in [
            "a: \\ud83d\\ude00",
            "a: '\\ud83d\\ude00'",
            "a: it is \"\\ud83d\\ude00\"",
            "# \"\\ud83d\\ude00\"",
            "a: \"\\\\ud83d\\\\ude00\"",
            "a: \"\\ud83d\"",
            "a: \"\\ude00\\ud83d\"",
            "a: \"\\ud83d \\ude00\"",
            "a: \"\\u+83d\\ude00\"",
        ] {
            check(text, None);
        }
    }
}
