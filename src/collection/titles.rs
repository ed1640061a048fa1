//! Finding articles by words of their titles, in any order, fast enough for each keystroke.

use std::sync::Arc;

use memchr::memmem;
use unicode_normalization::char::is_combining_mark;

use super::names::fold_with;
use crate::article::Article;

/// A member's words beyond these are not looked at; a title that has eight of them is the one.
const WORDS_MAX: usize = 8;

/// How much of the titles is looked at to tell which of a member's words is the rarest.
const SAMPLE_BYTES: usize = 32 * 1024;

/// All titles, folded, one after the other in the collection's order with a line feed after each.
///
/// One long text is searched faster than many short ones: the rarest of the words, judged by the first titles, leads
/// from title to title, and only those are looked at for the other words.
#[derive(Debug, Default)]
pub struct Titles {
    text: String,
    /// Where each title starts in `text`, in bytes.
    starts: Vec<usize>,
}

impl Titles {
    pub(super) fn new(articles: &[Arc<Article>]) -> Self {
        let mut titles = Self::default();
        for article in articles {
            titles.starts.push(titles.text.len());
            titles.text.push_str(&fold_title(&article.title));
            titles.text.push('\n');
        }
        titles
    }

    /// Positions of the articles whose titles hold every one of the words, in the collection's order.
    pub fn containing<'a>(&'a self, typed: &str) -> impl Iterator<Item = usize> + use<'a> {
        let folded = fold_title(typed);
        let mut words: Vec<String> =
            folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        words.truncate(WORDS_MAX);
        let sample = self.sample();
        let occurrences = |word: &String| memmem::find_iter(sample, word.as_bytes()).count();
        words.sort_by_cached_key(|word| (occurrences(word), std::cmp::Reverse(word.len())));
        let leading = words.first().map(|word| memmem::Finder::new(word.as_bytes()).into_owned());
        let mut next = 0;
        std::iter::from_fn(move || {
            while let Some(start) = self.starts.get(next).copied() {
                let position = match &leading {
                    None => next,
                    Some(finder) => {
                        let hit = start + finder.find(self.text.as_bytes().get(start..)?)?;
                        self.starts.partition_point(|&title| title <= hit) - 1
                    }
                };
                next = position + 1;
                let title = self.title(position);
                if words.iter().skip(1).all(|word| title.contains(word.as_str())) {
                    return Some(position);
                }
            }
            None
        })
    }

    /// The first titles, which tell well enough how common a word is.
    fn sample(&self) -> &[u8] {
        let text = self.text.as_bytes();
        text.get(..SAMPLE_BYTES).unwrap_or(text)
    }

    fn title(&self, position: usize) -> &str {
        let start = self.starts.get(position).copied().unwrap_or(self.text.len());
        let end = self.starts.get(position + 1).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or("")
    }
}

/// Lower-case letters and digits, everything else as one space: a member who types `rfc9110 http` minds the colon of
/// "RFC 9110: HTTP" as little as two sources do who write a title with different dashes.
#[must_use]
pub fn fold_title(title: &str) -> String {
    fold_with(title, |character| !character.is_alphanumeric() && !is_combining_mark(character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::fixture::article;

    fn check(typed: &str, expected: &[usize]) {
        let titles = [
            article("a", |article| article.title = "RFC 9110: HTTP Semantics".into()),
            article("b", |article| article.title = "Attention Is All You Need".into()),
            article("c", |article| article.title = "Café culture, C++ & you".into()),
            article("d", |article| article.title = "日本語のタイトル".into()),
        ];
        let titles = Titles::new(&titles.map(Arc::new));
        assert_eq!(titles.containing(typed).collect::<Vec<_>>(), expected, "{typed:?}");
    }

    #[test]
    fn words_are_found_in_any_order_and_form() {
        check("", &[0, 1, 2, 3]);
        check("semantics http", &[0]);
        check("YOU", &[1, 2]);
        check("you need", &[1]);
        check("need attention all", &[1]);
        check("cafe", &[2]);
        check("c++", &[0, 2]);
        check("タイトル 日本", &[3]);
        check("http attention", &[]);
        check("semantics attention", &[]);
        check("***", &[0, 1, 2, 3]);
        check("zebra", &[]);
    }
}
