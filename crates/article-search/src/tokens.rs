//! The words of a text, with their places.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::fold::fold;

/// More words of one text are not read.
const TOKENS_MAX: usize = 2_000;

/// A compound of more parts than this ("state-of-the-art") has no joined form.
const JOINED_PARTS_MAX: usize = 3;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// The folded word, never empty.
    pub(crate) term: String,
    /// Where the word stands in the text, in bytes.
    pub(crate) place: Range<usize>,
    pub(crate) kind: TokenKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A word, or two neighbours of a script that has no spaces.
    Word,
    /// The parts of a compound as one word: "gpt4" of "GPT-4".
    Joined,
    /// The last character of a run of a script that has no spaces. The pairs begin with all others.
    Tail,
}

/// The words of a text, in the text's order.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for chunk in chunks(text) {
        if tokens.len() >= TOKENS_MAX {
            break;
        }
        let start = tokens.len();
        let runs = runs(text, chunk);
        for run in &runs {
            if run.is_unspaced {
                push_pairs(text, run.place.clone(), &mut tokens);
            } else {
                push(&mut tokens, text, run.place.clone(), TokenKind::Word);
            }
        }
        let parts = tokens.get(start..).unwrap_or_default();
        let is_compound = (2..=JOINED_PARTS_MAX).contains(&runs.len()) && parts.len() == runs.len();
        if is_compound
            && !runs.iter().any(|run| run.is_unspaced)
            && let (Some(first), Some(last)) = (parts.first(), parts.last())
        {
            let term = parts.iter().map(|part| part.term.as_str()).collect();
            let place = first.place.start..last.place.end;
            tokens.push(Token { term, place, kind: TokenKind::Joined });
        }
    }
    tokens.truncate(TOKENS_MAX);
    tokens
}

/// The parts of a text between white space.
fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let start_of = |part: &str| part.as_ptr().addr() - text.as_ptr().addr();
    text.split_whitespace().map(move |part| start_of(part)..start_of(part) + part.len())
}

/// Neighbouring characters of one kind of script.
struct Run {
    place: Range<usize>,
    is_unspaced: bool,
}

fn runs(text: &str, chunk: Range<usize>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut is_open = false;
    let mut characters = text.get(chunk.clone()).unwrap_or_default().char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let place = chunk.start + at..chunk.start + at + character.len_utf8();
        let next = characters.peek().map(|(_, next)| *next);
        let last = runs.last_mut().filter(|_| is_open);
        let is_unspaced = is_unspaced(character);
        match last {
            Some(run) if is_sign_within(text.get(run.place.clone()).unwrap_or_default(), character, next) => {
                run.place.end = place.end;
                // "C++20" are two words.
                is_open = !matches!(character, '+' | '#') || next == Some(character);
            }
            Some(run) if is_mark(character) => run.place.end = place.end,
            Some(run) if character.is_alphanumeric() && run.is_unspaced == is_unspaced => {
                run.place.end = place.end;
            }
            _ => {
                is_open = character.is_alphanumeric();
                if is_open {
                    runs.push(Run { place, is_unspaced });
                }
            }
        }
    }
    runs
}

/// Whether a sign behind the word so far belongs to the word: "don’t", "1.5", "C++", "F#".
fn is_sign_within(word: &str, sign: char, next: Option<char>) -> bool {
    match sign {
        '\'' | '’' | 'ʼ' => next.is_some_and(char::is_alphanumeric),
        '.' => {
            word.ends_with(|last: char| last.is_ascii_digit())
                && next.is_some_and(|next| next.is_ascii_digit())
        }
        '+' => (is_letter(word) && next == Some('+')) || word.strip_suffix('+').is_some_and(is_letter),
        '#' => is_letter(word) && !next.is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

fn is_letter(word: &str) -> bool {
    word.len() == 1 && word.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

/// Accents, and characters that nobody sees.
fn is_mark(character: char) -> bool {
    is_combining_mark(character)
        || matches!(
            character,
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ff9e}' | '\u{ff9f}'
        )
}

/// Scripts that write no spaces between words: Chinese, Japanese, Korean, Thai, Lao, Burmese, Khmer. (Korean has spaces, but
/// its particles stand without one.)
fn is_unspaced(character: char) -> bool {
    matches!(character,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ffdc}' | '\u{20000}'..='\u{3ffff}')
}

/// Each two neighbours of a run, and the last character. A single character is a word.
fn push_pairs(text: &str, run: Range<usize>, tokens: &mut Vec<Token>) {
    let mut units: Vec<Range<usize>> = Vec::new();
    for (at, character) in text.get(run.clone()).unwrap_or_default().char_indices() {
        let place = run.start + at..run.start + at + character.len_utf8();
        match units.last_mut() {
            Some(unit) if is_mark(character) => unit.end = place.end,
            _ => units.push(place),
        }
    }
    for pair in units.windows(2) {
        if let [one, other] = pair {
            push(tokens, text, one.start..other.end, TokenKind::Word);
        }
    }
    if let Some(last) = units.last() {
        let kind = if units.len() == 1 { TokenKind::Word } else { TokenKind::Tail };
        push(tokens, text, last.clone(), kind);
    }
}

fn push(tokens: &mut Vec<Token>, text: &str, place: Range<usize>, kind: TokenKind) {
    let term = fold(text.get(place.clone()).unwrap_or_default());
    if !term.is_empty() {
        tokens.push(Token { term, place, kind });
    }
}

/// Whether a term is of one character of a script without spaces: the beginning of a pair.
pub(crate) fn is_half_of_pair(term: &str) -> bool {
    let mut letters = term.chars().filter(|letter| !is_mark(*letter));
    letters.next().is_some_and(is_unspaced) && letters.next().is_none()
}

/// Whether a term is of a script without spaces.
pub(crate) fn is_of_pairs(term: &str) -> bool {
    term.starts_with(is_unspaced)
}

#[cfg(test)]
mod tests {
    use super::*;
    use TokenKind::{Joined, Tail, Word};

    fn check(text: &str, expected: &[(&str, TokenKind)]) {
        let tokens = tokens(text);
        let found: Vec<(&str, TokenKind)> =
            tokens.iter().map(|token| (token.term.as_str(), token.kind)).collect();
        assert_eq!(found, expected, "{text:?}");
        for token in &tokens {
            assert!(text.get(token.place.clone()).is_some_and(|word| !word.is_empty()), "{text:?} {token:?}");
        }
    }

    #[test]
    fn words_signs_and_compounds() {
        check("Don’t panic!", &[("dont", Word), ("panic", Word)]);
        check("GPT-4", &[("gpt", Word), ("4", Word), ("gpt4", Joined)]);
        check("TLS 1.3.", &[("tls", Word), ("1.3", Word)]);
        check("C++ C# F#", &[("c++", Word), ("c#", Word), ("f#", Word)]);
        check(
            "a+b a#b c+++",
            &[
                ("a", Word),
                ("b", Word),
                ("ab", Joined),
                ("a", Word),
                ("b", Word),
                ("ab", Joined),
                ("c++", Word),
            ],
        );
        check("C++20", &[("c++", Word), ("20", Word), ("c++20", Joined)]);
        check("state-of-the-art", &[("state", Word), ("of", Word), ("the", Word), ("art", Word)]);
        check("snake_case", &[("snake", Word), ("case", Word), ("snakecase", Joined)]);
        check("“quoted” … 🔭 --- \0", &[("quoted", Word)]);
        check("", &[]);
    }

    #[test]
    fn scripts_without_spaces_make_pairs() {
        check("はやぶさ2", &[("はや", Word), ("やぶ", Word), ("ぶさ", Word), ("さ", Tail), ("2", Word)]);
        check("火", &[("火", Word)]);
        check("AI入門", &[("ai", Word), ("入門", Word), ("門", Tail)]);
        check("ガス ｶﾞｽ", &[("ガス", Word), ("ス", Tail), ("ガス", Word), ("ス", Tail)]);
        check(
            "ภาษาไทย",
            &[
                ("ภา", Word),
                ("าษ", Word),
                ("ษา", Word),
                ("าไ", Word),
                ("ไท", Word),
                ("ทย", Word),
                ("ย", Tail),
            ],
        );
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(tokens(&"word ".repeat(10_000)).len(), TOKENS_MAX);
        assert_eq!(tokens(&"日".repeat(10_000)).len(), TOKENS_MAX);
    }
}
