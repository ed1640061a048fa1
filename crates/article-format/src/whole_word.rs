//! Whether a match in a text is a whole word.

/// Whether no word goes on at either end of the match from `start` to `end` in `text`, in bytes. In scripts without spaces
/// between words every match counts. The match and the text are in the same case.
#[must_use]
pub fn is_whole_word(text: &str, start: usize, end: usize) -> bool {
    let (before, behind) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let found = text.get(start..end).unwrap_or_default();
    let (Some(first), Some(last)) = (found.chars().next(), found.chars().next_back()) else { return false };
    let goes_on = |inside: char, outside: char| {
        outside.is_alphanumeric() && !is_without_spaces(inside) && !is_without_spaces(outside)
    };
    let begins = before.chars().next_back().is_none_or(|outside| !goes_on(first, outside));
    // A version may follow: `C++11`.
    let ends = behind.chars().next().is_none_or(|outside| !last.is_alphanumeric() || !goes_on(last, outside));
    // `C` is no word of `C++` and `C#`.
    let is_letter_with_sign = found.len() == 1 && behind.starts_with(['+', '#']);
    begins && ends && !is_letter_with_sign
}

/// Letters of scripts that write no spaces between words: Thai, Lao, Burmese, Khmer, kana, Han.
fn is_without_spaces(letter: char) -> bool {
    matches!(letter,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_ends_where_no_letter_follows() {
        let check = |text: &str, word: &str, expected: bool| {
            let start = text.find(word).unwrap();
            assert_eq!(is_whole_word(text, start, start + word.len()), expected, "{word} in {text}");
        };
        check("rust 1.0", "rust", true);
        check("trust", "rust", false);
        check("rusty", "rust", false);
        check("(rust)", "rust", true);
        check("c++11", "c++", true);
        check("c++", "c", false);
        check(".net", ".net", true);
        check("asp.net", ".net", false);
        check("生成aiの話", "ai", true);
        check("機械学習入門", "学習", true);
    }
}
