//! The form in which titles are compared (the contract, "One story, one card").
//!
//! Two sources punctuate and accent one title differently, so only words count. Some signs change what a title says, and
//! count as words: those of programming languages (`C++`), decimal points, minus and percent signs of numbers, currencies,
//! flags, and signs that compare.

use super::titles::fold_title;

/// Words that a title needs to tell a story by itself: "Weekly update" tells none.
const WORDS_MIN: usize = 5;
/// Letters that a title needs in scripts without spaces between words.
const LETTERS_MIN: usize = 12;

/// What has to be equal of two titles that tell one story. Empty where a title is too short to tell a story.
pub(crate) fn title_identity(title: &str) -> String {
    if is_too_short(title) {
        return String::new();
    }
    let is_plain = has_no_sign_that_counts(title);
    if is_plain { fold_title(title) } else { fold_title(&with_signs_as_words(title)) }
}

/// Whether a title is ASCII and surely has none of the signs of [`with_signs_as_words`].
fn has_no_sign_that_counts(title: &str) -> bool {
    let bytes = title.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    (0_usize..).zip(bytes).all(|(at, byte)| match byte {
        b'+' | b'#' | b'%' | b'<' | b'>' | b'=' | b'!' | b'$' => false,
        b',' | b'.' => !(is_digit(at.checked_sub(1)) && is_digit(Some(at + 1))),
        b'-' => !is_digit(Some(at + 1)),
        other => other.is_ascii(),
    })
}

fn is_too_short(title: &str) -> bool {
    if title.is_ascii() {
        let words = title
            .split_ascii_whitespace()
            .filter(|word| word.bytes().any(|byte| byte.is_ascii_alphanumeric()));
        return words.take(WORDS_MIN).count() < WORDS_MIN;
    }
    let letters = || title.chars().filter(|character| character.is_alphanumeric());
    let without_spaces = letters().filter(|character| is_of_script_without_spaces(*character)).count();
    if without_spaces * 2 >= letters().count() {
        return letters().count() < LETTERS_MIN;
    }
    let words = title.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
    words.take(WORDS_MIN).count() < WORDS_MIN
}

/// Chinese, Japanese, Thai, Lao, Tibetan, Burmese and Khmer.
pub(super) fn is_of_script_without_spaces(character: char) -> bool {
    matches!(character,
        '\u{0E00}'..='\u{0FFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{312F}' | '\u{31A0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

/// The title with a word for each sign that counts. `#` and `+` count behind a word; elsewhere, as in `#1`, they decorate.
pub(super) fn with_signs_as_words(title: &str) -> String {
    let mut spelled = String::with_capacity(title.len() + 32);
    let mut characters = title.chars().peekable();
    let (mut previous, mut is_in_flag) = (' ', false);
    while let Some(character) = characters.next() {
        if character.is_ascii_alphanumeric() || character == ' ' {
            spelled.push(character);
            (previous, is_in_flag) = (character, false);
            continue;
        }
        let next = characters.peek().copied().unwrap_or(' ');
        let is_between_digits = previous.is_ascii_digit() && next.is_ascii_digit();
        match (character, next) {
            ('+', _) if previous.is_alphanumeric() || previous == '+' => spelled.push_str(" plus "),
            ('#', _) if previous.is_alphanumeric() => spelled.push_str(" sharp "),
            ('.' | ',', _) if is_between_digits => spelled.push_str(" point "),
            ('%' | '٪' | '\u{FF05}', _) => spelled.push_str(" percent "),
            // Behind a word it joins two, as in "2020-21".
            ('-' | '−' | '–', '0'..='9') if previous.is_whitespace() || previous == '(' => {
                spelled.push_str(" minus ");
            }
            ('<' | '>' | '!', '=') => {
                spelled.push_str(comparison(character, true));
                characters.next();
            }
            ('\u{1F3F3}' | '\u{1F3F4}', _) => {
                spelled.push_str(&format!(" flag{:x} ", u32::from(character)));
                is_in_flag = true;
            }
            // How it is drawn.
            ('\u{200D}' | '\u{FE0F}', _) => {}
            (sign, _) if is_in_flag && !sign.is_ascii() && !sign.is_alphanumeric() => {
                spelled.push_str(&format!(" flag{:x} ", u32::from(sign)));
            }
            (sign, _) if is_currency(sign) || is_regional_letter(sign) => {
                spelled.push_str(&format!(" sign{:x} ", u32::from(ordinary_width(sign))));
            }
            (sign, _) => {
                is_in_flag = false;
                match comparison(sign, false) {
                    "" => spelled.push(sign),
                    word => spelled.push_str(word),
                }
            }
        }
        previous = character;
    }
    spelled
}

/// The word for a sign that compares; empty for any other. `is_or_equal` says whether `=` follows.
fn comparison(sign: char, is_or_equal: bool) -> &'static str {
    match (ordinary_width(sign), is_or_equal) {
        ('<', false) => " isless ",
        ('>', false) => " ismore ",
        ('<', true) | ('≤' | '⩽', _) => " isatmost ",
        ('>', true) | ('≥' | '⩾', _) => " isatleast ",
        ('!', true) | ('≠', _) => " isunequal ",
        ('=', _) => " isequal ",
        ('≈' | '≃' | '≅', _) => " isabout ",
        ('≪', _) => " ismuchless ",
        ('≫', _) => " ismuchmore ",
        ('¬', _) => " isnot ",
        _ => "",
    }
}

/// The half of a country's flag.
fn is_regional_letter(character: char) -> bool {
    matches!(character, '\u{1F1E6}'..='\u{1F1FF}')
}

/// Unicode's category of currency signs.
fn is_currency(character: char) -> bool {
    matches!(character,
        '$' | '\u{A2}'..='\u{A5}' | '\u{58F}' | '\u{60B}' | '\u{7FE}' | '\u{7FF}' | '\u{9F2}' | '\u{9F3}' | '\u{9FB}'
        | '\u{AF1}' | '\u{BF9}' | '\u{E3F}' | '\u{17DB}' | '\u{20A0}'..='\u{20CF}' | '\u{A838}' | '\u{FDFC}'
        | '\u{FE69}' | '\u{FF04}' | '\u{FFE0}' | '\u{FFE1}' | '\u{FFE5}' | '\u{FFE6}')
}

/// A sign that East Asian texts have in a wide form, in its usual one.
fn ordinary_width(sign: char) -> char {
    match sign {
        '\u{FE69}' | '\u{FF04}' => '$',
        '\u{FFE0}' => '¢',
        '\u{FFE1}' => '£',
        '\u{FFE5}' => '¥',
        '\u{FFE6}' => '₩',
        '\u{FF1C}' => '<',
        '\u{FF1D}' => '=',
        '\u{FF1E}' => '>',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_titles_tell_no_story() {
        let is_short = |title: &str| title_identity(title).is_empty();
        for title in [
            "",
            "!!!",
            "v3.1.4",
            "Release 2.0.0 – 2026-06-01",
            "The evening round-up",
            "Four words are few",
            "a - b - c - d",
            "本日のニュース",
            "ข่าววันนี้",
            "주간 소식 제12호",
        ] {
            assert!(is_short(title), "{title}");
        }
        for title in [
            "Five words are quite enough",
            "新しい機能が本日公開されました",
            "오늘 새로운 기능이 모두 공개되었습니다",
        ] {
            assert!(!is_short(title), "{title}");
        }
    }

    #[test]
    fn signs_that_change_what_a_title_says_are_kept() {
        let check = |one: &str, other: &str, is_same: bool| {
            let identity_of = |title: &str| title_identity(&format!("What everybody has to know: {title}"));
            assert_eq!(identity_of(one) == identity_of(other), is_same, "{one} / {other}");
        };
        for (one, other) in [
            ("C#", "C++"),
            ("C", "C++"),
            ("F#", "F"),
            ("ハスの話", "バスの話"),
            ("कि", "कु"),
            ("38m", "38 million"),
            ("Part 1", "Part 2"),
            ("costs $5", "costs €5"),
            ("costs $5", "costs £5"),
            ("costs $5", "costs 5"),
            ("1.10", "1 10"),
            ("1.5", "1-5"),
            ("5%", "5"),
            ("grows -5%", "grows 5%"),
            ("🇩🇪", "🇦🇹"),
            ("🇩🇪", ""),
            ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
            ("🏳️‍🌈", "🏳️"),
            ("a < b", "a > b"),
            ("a <= b", "a < b"),
            ("a = b", "a != b"),
            ("it is", "it is not"),
            ("do", "don’t"),
        ] {
            check(one, other, false);
        }
        for (one, other) in [
            ("Part #1: Pokémon & cafés!", "part 1 – Pokemon, CAFES"),
            ("C#?", "c#"),
            ("costs $5.", "Costs $5"),
            ("1,5", "1.5"),
            ("a <= b", "a ≤ b"),
            ("a != b", "a ≠ b"),
            ("\u{FF04}5", "$5"),
            ("🏳️‍🌈", "🏳‍🌈"),
            ("2020–21", "2020-21"),
            ("news 🎉", "news"),
        ] {
            check(one, other, true);
        }
    }
}
