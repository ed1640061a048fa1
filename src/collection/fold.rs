//! Forms of texts in which what a member typed can be compared with names and titles.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A member may type 6,000 characters into an option (Discord's docs, "Application Command Option Structure"). The rest of a
/// longer text is ignored.
pub(crate) const TYPED_CHARACTERS_MAX: usize = 512;

/// The folded form of a name: compatibility forms unified, accents and case removed, `-`, `_` and runs of white space as one
/// space. Names with equal folded forms are one name. Other punctuation stays: "C", "C++" and "C#" are three names.
pub(crate) fn fold(text: &str) -> String {
    fold_with(text, |character| character.is_whitespace() || matches!(character, '-' | '_'))
}

/// Unifies compatibility forms, removes case and the accents of Latin letters, and makes each run of separators one space,
/// with none at the ends. Marks on other letters stay, because they make other letters: vowels in Hindi, voicing in Japanese.
pub(super) fn fold_with(text: &str, is_separator: impl Fn(char) -> bool) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space_is_due = false;
    let mut push = |character: char| {
        if is_separator(character) {
            space_is_due = !folded.is_empty();
            return;
        }
        if space_is_due {
            folded.push(' ');
        }
        folded.push(character);
        space_is_due = false;
    };
    if text.is_ascii() {
        text.chars().for_each(|character| push(character.to_ascii_lowercase()));
        return folded;
    }
    let mut is_on_latin = false;
    for character in text.nfkd().flat_map(char::to_lowercase) {
        let is_mark = is_combining_mark(character);
        if !is_mark {
            is_on_latin = character.is_ascii();
        }
        if !(is_mark && is_on_latin) {
            push(character);
        }
    }
    folded
}

/// The first so many characters of a text.
pub(crate) fn cut(text: &str, characters_max: usize) -> &str {
    let end = text.char_indices().nth(characters_max).map(|(end, _)| end);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_by_characters() {
        assert_eq!(cut(&"é".repeat(600), TYPED_CHARACTERS_MAX).chars().count(), TYPED_CHARACTERS_MAX);
        assert_eq!(cut("é", TYPED_CHARACTERS_MAX), "é");
    }
}
