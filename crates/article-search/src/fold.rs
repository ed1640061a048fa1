//! The form of a word in which spellings of one word are equal.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The characters of a word that count. The rest of a longer word is ignored.
pub(crate) const WORD_CHARACTERS_MAX: usize = 64;

/// Marks on letters below this one are accents: Latin, Greek, Cyrillic, Hebrew and Arabic. Marks on later letters make other
/// letters: vowels in Hindi, voicing in Japanese.
const FIRST_LETTER_WITH_MEANINGFUL_MARKS: char = '\u{700}';

/// The folded form of a word: compatibility forms unified, without case, accents, apostrophes and invisible characters.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        let kept = word.chars().filter(|character| *character != '\'').take(WORD_CHARACTERS_MAX);
        return kept.map(|character| character.to_ascii_lowercase()).collect();
    }
    let mut base = ' ';
    let mut letters = String::with_capacity(word.len());
    for character in word.nfkd().flat_map(char::to_lowercase) {
        if is_combining_mark(character) {
            if base >= FIRST_LETTER_WITH_MEANINGFUL_MARKS {
                letters.push(character);
            }
            continue;
        }
        base = character;
        match one_of_several(character) {
            Some(letter) => letters.push_str(letter),
            None if is_part_of_word(character) => letters.push(character),
            None => {}
        }
    }
    letters.nfc().take(WORD_CHARACTERS_MAX).collect()
}

/// Letters without a decomposition that people type in another way.
fn one_of_several(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ı' => "i",
        'ς' => "σ",
        'ى' => "ي",
        'ة' => "ه",
        'ـ' => "",
        _ => return None,
    })
}

/// The signs of "1.5", "C++" and "C#" are parts of these words.
fn is_part_of_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '.' | '+' | '#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_are_equal() {
        for (word, expected) in [
            ("CAFÉ", "cafe"),
            ("cafe\u{301}", "cafe"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("don’t", "dont"),
            ("DON'T", "dont"),
            ("ＡＩ", "ai"),
            ("CO₂", "co2"),
            ("ё", "е"),
            ("Ελλάς", "ελλασ"),
            ("مَدْرَسَة", "مدرسه"),
            ("ｶﾞ", "ガ"),
            ("が", "が"),
            ("हिन्दी", "हिन्दी"),
            ("한국", "한국"),
            ("so\u{ad}ft", "soft"),
            ("1.5", "1.5"),
            ("C++", "c++"),
        ] {
            assert_eq!(fold(word), expected, "{word:?}");
        }
        assert_eq!(fold(&"é".repeat(1000)).chars().count(), WORD_CHARACTERS_MAX);
    }
}
