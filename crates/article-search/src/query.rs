//! What a person typed, as words, phrases and exclusions.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::stem::is_stop_word;
use crate::tokens::{Token, TokenKind, is_half_of_pair, tokens};

/// The characters that are read. The rest of a longer text is ignored.
pub const QUERY_CHARACTERS_MAX: usize = 512;

/// The words that are looked for. Further words are ignored.
pub const QUERY_WORDS_MAX: usize = 16;

/// The most phrases of a query, and the most exclusions. Further ones are ignored.
const CONDITIONS_MAX: usize = 8;

/// What is looked for.
///
/// All texts are queries. `"a phrase"` has to stand in an article as it is, and an article with a `-word` or a
/// `-"phrase"` is left out. Where a quote has no end, it counts as a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub(crate) words: Vec<Word>,
    /// Terms that follow each other, at least 2.
    pub(crate) phrases: Vec<Vec<String>>,
    /// Words and phrases that an article must not have.
    pub(crate) excluded: Vec<Vec<String>>,
    /// Equals [`title_hash`] of a title that was typed whole, quotes or not. `None` where a word is excluded.
    pub(crate) title_hash: Option<u64>,
}

/// A word that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) term: String,
    /// Terms that stand for the word too: "gpt4" for both words of "GPT-4".
    pub(crate) joined: Vec<String>,
    pub(crate) role: Role,
    pub(crate) ending: Ending,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Required,
    /// An article is better with the word, and good enough without.
    Optional,
    /// Of a phrase, which takes no other form of the word.
    Exact,
}

/// Whether a person may not have typed the rest of the word yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Whole,
    Open,
}

impl Query {
    /// Reads a text.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = cut(text);
        let mut query = Self {
            words: Vec::new(),
            phrases: Vec::new(),
            excluded: Vec::new(),
            title_hash: title_hash(&tokens(text)),
        };
        for part in parts(text) {
            query.add(&part);
        }
        if !query.excluded.is_empty() {
            query.title_hash = None;
        }
        query.words.truncate(QUERY_WORDS_MAX);
        query.phrases.truncate(CONDITIONS_MAX);
        query.excluded.truncate(CONDITIONS_MAX);
        query.finish_words();
        query
    }

    /// Whether there is nothing to look for: no word, or only exclusions.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn add(&mut self, part: &Part<'_>) {
        let tokens = tokens(part.text);
        let terms: Vec<String> = phrase_terms(&tokens);
        if terms.is_empty() {
            return;
        }
        if part.is_excluded {
            self.excluded.push(terms);
            return;
        }
        let joined: Vec<String> = tokens
            .iter()
            .filter(|token| token.kind == TokenKind::Joined)
            .map(|token| token.term.clone())
            .collect();
        let role = if part.is_quoted { Role::Exact } else { Role::Required };
        for term in &terms {
            let joined = if part.is_quoted { Vec::new() } else { joined.clone() };
            self.words.push(Word { term: term.clone(), joined, role, ending: Ending::Whole });
        }
        if part.is_quoted && terms.len() > 1 {
            self.phrases.push(terms);
        }
    }

    /// Joins neighbours, leaves the last word open, and makes stop words optional where others are left.
    fn finish_words(&mut self) {
        let terms: Vec<String> = self.words.iter().map(|word| word.term.clone()).collect();
        for (at, pair) in terms.windows(2).enumerate() {
            let [one, other] = pair else { continue };
            let joined = format!("{one}{other}");
            for word in self.words.iter_mut().skip(at).take(2).filter(|word| word.role != Role::Exact) {
                if !word.joined.contains(&joined) {
                    word.joined.push(joined.clone());
                }
            }
        }
        for word in &mut self.words {
            if word.role == Role::Required && is_half_of_pair(&word.term) {
                word.ending = Ending::Open;
            }
        }
        if let Some(last) = self.words.last_mut().filter(|last| last.role == Role::Required) {
            last.ending = Ending::Open;
        }
        let last = self.words.len().saturating_sub(1);
        if self.words.iter().any(|word| !is_stop_word(&word.term)) {
            for (at, word) in self.words.iter_mut().enumerate() {
                // The last word may be the beginning of another one.
                if word.role == Role::Required
                    && is_stop_word(&word.term)
                    && (at < last || word.term.len() > 1)
                {
                    word.role = Role::Optional;
                }
            }
        }
    }
}

/// The words of a phrase, without the joined forms.
pub(crate) fn phrase_terms(tokens: &[Token]) -> Vec<String> {
    tokens.iter().filter(|token| token.kind == TokenKind::Word).map(|token| token.term.clone()).collect()
}

/// Equal for titles of the same words in the same order; `None` for a title without words.
pub(crate) fn title_hash(tokens: &[Token]) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    let mut is_empty = true;
    for token in tokens.iter().filter(|token| token.kind == TokenKind::Word) {
        token.term.hash(&mut hasher);
        is_empty = false;
    }
    (!is_empty).then(|| hasher.finish())
}

fn cut(text: &str) -> &str {
    let end = text.char_indices().nth(QUERY_CHARACTERS_MAX).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or(text)
}

struct Part<'a> {
    text: &'a str,
    is_quoted: bool,
    is_excluded: bool,
}

/// Splits a text at white space and at quotes that have an end.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return parts;
        }
        let (is_excluded, body) = match rest.strip_prefix('-') {
            Some(body) if body.starts_with(|next: char| next.is_alphanumeric() || is_quote(next)) => {
                (true, body)
            }
            _ => (false, rest),
        };
        let quoted = body.strip_prefix(is_quote).and_then(|inner| inner.split_once(is_quote));
        let (text, is_quoted, behind) = match quoted {
            Some((inner, behind)) => (inner, true, behind),
            None => {
                // A quote without an end, or one inside a word, parts the words.
                let body = body.trim_start_matches(is_quote);
                let end =
                    body.find(|sign: char| sign.is_whitespace() || is_quote(sign)).unwrap_or(body.len());
                let (word, behind) = body.split_at_checked(end).unwrap_or((body, ""));
                (word, false, behind)
            }
        };
        parts.push(Part { text, is_quoted, is_excluded });
        rest = behind;
    }
}

fn is_quote(sign: char) -> bool {
    matches!(sign, '"' | '“' | '”' | '„' | '«' | '»' | '＂' | '「' | '」')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &str, phrases: &[&str], excluded: &[&str]) {
        let query = Query::parse(text);
        let shown: Vec<String> = query
            .words
            .iter()
            .map(|word| {
                let end = if word.ending == Ending::Open { "*" } else { "" };
                match word.role {
                    Role::Required => format!("{}{end}", word.term),
                    Role::Optional => format!("({}{end})", word.term),
                    Role::Exact => format!("={}", word.term),
                }
            })
            .collect();
        let joined = |lists: &[Vec<String>]| lists.iter().map(|list| list.join(" ")).collect::<Vec<_>>();
        assert_eq!(shown.join(" "), words, "{text:?}");
        assert_eq!(joined(&query.phrases), phrases, "{text:?}");
        assert_eq!(joined(&query.excluded), excluded, "{text:?}");
    }

    #[test]
    fn words_phrases_and_exclusions() {
        check("Rust names", "rust names*", &[], &[]);
        check("\"open source\" -git", "=open =source", &["open source"], &["git"]);
        check("“open source” licen", "=open =source licen*", &["open source"], &[]);
        check("-\"open source\" licence", "licence*", &[], &["open source"]);
        check("\"rust\"", "=rust", &[], &[]);
        check("x-y -c--d", "x y*", &[], &["c d"]);
        check("how to install", "(how) (to) install*", &[], &[]);
        check("the who", "the who*", &[], &[]);
        check("say \"hello", "say hello*", &[], &[]);
        check("火 rust", "火* rust*", &[], &[]);
        check("- -- \"\" \" -\" \0 :) *", "", &[], &[]);
        check("-rust", "", &[], &["rust"]);
    }

    #[test]
    fn long_queries_are_cut() {
        let query = Query::parse(&"word ".repeat(10_000));
        assert_eq!(query.words.len(), QUERY_WORDS_MAX);
        assert_eq!(Query::parse(&"-x \"a b\" ".repeat(10_000)).excluded.len(), CONDITIONS_MAX);
        let query = Query::parse(&"x".repeat(10_000));
        assert_eq!(query.words.len(), 1);
    }

    #[test]
    fn titles_are_equal_by_their_words() {
        let hash = |text: &str| title_hash(&tokens(text));
        assert_eq!(hash("Ten criteria: “open source”"), hash("ten CRITERIA open-source"));
        assert_ne!(hash("open source"), hash("source open"));
        assert_eq!(hash("!?"), None);
    }
}
