//! Texts of an article file, on one line.

/// Characters of an excerpt at most. A longer text is cut after a word.
const EXCERPT_CHARS_MAX: usize = 1_000;

/// Opening brackets that a text may have as they are. More are escaped: the reader of files bounds all brackets of a file.
const BRACKETS_MAX: usize = 4;

/// A text with its white space folded to single spaces, without control characters and byte order marks.
pub(super) fn folded(text: &str) -> String {
    let is_blank = |sign: char| {
        sign.is_whitespace() || sign.is_control() || matches!(sign, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
    };
    let mut folded = String::with_capacity(text.len());
    for word in text.split(is_blank).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// The begin of a text, cut after a word, with “…” if there was more.
pub(super) fn shortened(text: &str, chars_max: usize) -> String {
    if text.char_indices().nth(chars_max).is_none() {
        return text.to_owned();
    }
    let end = text.char_indices().nth(chars_max.saturating_sub(1)).map_or(text.len(), |(end, _)| end);
    let begin = text.get(..end).unwrap_or_default();
    let whole_words = begin.rsplit_once(' ').map_or(begin, |(words, _)| words);
    // A text without spaces is cut anywhere.
    let begin = if whole_words.len() * 2 < begin.len() { begin } else { whole_words };
    format!("{}…", begin.trim_end())
}

/// The excerpt of a card.
pub(super) fn excerpt_of(text: &str) -> String {
    shortened(&folded(text), EXCERPT_CHARS_MAX)
}

/// A folded text as a value in double quotes, such that the reader of files gives the same text: it decodes character
/// references and removes elements of HTML, so `&` and `<` are references where they may begin one.
pub(super) fn quoted(text: &str) -> String {
    let has_many_brackets = text.matches(['[', '{']).nth(BRACKETS_MAX).is_some();
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let is_before_blank = signs.peek().is_none_or(|next| *next == ' ');
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            '&' if !is_before_blank => quoted.push_str("&amp;"),
            '<' if !is_before_blank => quoted.push_str("&lt;"),
            // `*amp` could name the anchor `&amp`.
            '*' if matches!(signs.peek(), Some('a' | 'l')) => quoted.push_str("\\x2A"),
            '[' if has_many_brackets => quoted.push_str("\\x5B"),
            '{' if has_many_brackets => quoted.push_str("\\x7B"),
            _ => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}
