//! Texts of others that run from right to left, as parts of our lines.

use std::borrow::Cow;

/// First Strong Isolate and Pop Directional Isolate (Unicode Standard Annex 9, "Explicit Directional Isolates"). Both are invisible.
const ISOLATE: char = '\u{2068}';
const POP: char = '\u{2069}';

/// The most characters that [`isolated`] adds.
pub(crate) const ISOLATE_CHARACTERS: usize = 2;

/// A part of a line. Where it has letters that run from right to left, it gets an invisible mark at each end. Without the marks, these letters move
/// the numbers and signs beside them, and a part at the start of a line turns the whole line (discord-api-docs #5341).
pub(crate) fn isolated(part: &str) -> Cow<'_, str> {
    if part.chars().any(runs_from_right) {
        Cow::Owned(format!("{ISOLATE}{part}{POP}"))
    } else {
        Cow::Borrowed(part)
    }
}

/// The blocks of Unicode whose letters run from right to left (Unicode Standard Annex 9, "Bidirectional Character Types").
fn runs_from_right(character: char) -> bool {
    matches!(character,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[test]
fn only_parts_that_run_from_right_to_left_get_marks() {
    for part in ["", "AI", "夜行列車", "Ünï 12 🔥", "**bold**"] {
        assert_eq!(isolated(part), part);
    }
    for part in ["قطار", "v2 רכבת", "**עיתון**", "𞤀𞤣"] {
        let marked = isolated(part).into_owned();
        assert_eq!(marked, format!("\u{2068}{part}\u{2069}"));
        assert_eq!(marked.chars().count(), part.chars().count() + ISOLATE_CHARACTERS);
    }
}
