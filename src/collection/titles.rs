//! Finding articles by words of their titles, in any order, fast enough for each keystroke.

use std::sync::Arc;

use memchr::memmem;
use unicode_normalization::char::is_combining_mark;

use super::fold::{TYPED_CHARACTERS_MAX, cut, fold_with};
use super::position::Position;
use super::position_map::PositionMap;
use article_format::Article;

/// Further words of a member are ignored: eight words find a title.
const WORDS_MAX: usize = 8;

/// How much of the titles decides which of a member's words is the rarest, in bytes.
const SAMPLE_BYTES: usize = 32 * 1024;

/// How long the text of all titles gets at most. Titles beyond are not found by their words.
const TEXT_BYTES_MAX: usize = u32::MAX as usize;

/// All titles, folded, one after the other in the collection's order with a line feed after each.
///
/// One long text is searched faster than many short ones: the rarest of the words, judged by the first titles, leads
/// from title to title, and only those are searched for the other words.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Titles {
    text: String,
    /// Where each title starts in `text`, in bytes.
    starts: Vec<u32>,
}

impl Titles {
    pub(super) fn new(articles: &[Arc<Article>]) -> Self {
        let mut titles = Self::with_capacity(articles.len(), articles.len() * 64);
        articles.iter().for_each(|article| titles.push(article));
        titles.text.shrink_to_fit();
        titles
    }

    /// Those of the articles after a change.
    pub(super) fn changed(&self, map: &PositionMap<'_>, after: &[Arc<Article>]) -> Self {
        let mut titles = Self::with_capacity(after.len(), self.text.len() + map.come.len() * 64);
        map.each_part(|part| match part {
            Ok(stays) => {
                let start_of =
                    |position| self.starts.get(position).map_or(self.text.len(), |start| *start as usize);
                let (start, end) = (start_of(stays.start), start_of(stays.end));
                let moved_to = titles.text.len();
                titles.text.push_str(self.text.get(start..end).unwrap_or_default());
                let starts = self.starts.get(stays).unwrap_or_default();
                titles.starts.extend(starts.iter().map(|&at| as_start(at as usize - start + moved_to)));
            }
            Err(position) => {
                position.of(after).into_iter().for_each(|article| titles.push(article));
            }
        });
        titles
    }

    fn with_capacity(articles: usize, bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), starts: Vec::with_capacity(articles) }
    }

    /// Adds the title of the next article; an empty one where the text is so long that no place in it can be named.
    fn push(&mut self, article: &Article) {
        let folded = fold_title(&article.title);
        self.starts.push(as_start(self.text.len()));
        if self.text.len() + folded.len() < TEXT_BYTES_MAX {
            self.text.push_str(&folded);
            self.text.push('\n');
        }
    }

    /// Positions of the articles whose titles hold every one of the words, in the collection's order.
    pub fn containing<'a>(&'a self, typed: &str) -> impl Iterator<Item = Position> + use<'a> {
        let folded = fold_title(cut(typed, TYPED_CHARACTERS_MAX));
        let mut words: Vec<String> =
            folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        words.truncate(WORDS_MAX);
        let sample = self.sample();
        let occurrences = |word: &String| memmem::find_iter(sample, word.as_bytes()).count();
        words.sort_by_cached_key(|word| (occurrences(word), std::cmp::Reverse(word.len())));
        let leading = words.first().map(|word| memmem::Finder::new(word.as_bytes()).into_owned());
        let mut next = 0;
        std::iter::from_fn(move || {
            while let Some(start) = self.starts.get(next).map(|start| *start as usize) {
                let position = match &leading {
                    None => next,
                    Some(finder) => {
                        let hit = start + finder.find(self.text.as_bytes().get(start..)?)?;
                        self.starts.partition_point(|&title| title as usize <= hit) - 1
                    }
                };
                next = position + 1;
                let title = self.title(position);
                if words.iter().skip(1).all(|word| title.contains(word.as_str())) {
                    return Some(Position::new(position));
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
        let start_of = |position| self.starts.get(position).map_or(self.text.len(), |start| *start as usize);
        let (start, end) = (start_of(position), start_of(position + 1));
        self.text.get(start..end).unwrap_or("")
    }
}

/// A place in the text of all titles, which [`TEXT_BYTES_MAX`] bounds.
fn as_start(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Lower-case letters and digits, everything else as one space: a member who types `rfc9110 http` minds the colon of
/// "RFC 9110: HTTP" as little as two sources do who write a title with different dashes.
pub(crate) fn fold_title(title: &str) -> String {
    fold_with(title, |character| !character.is_alphanumeric() && !is_combining_mark(character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use article_format::fixture::article;

    fn check(typed: &str, expected: &[usize]) {
        let titles = [
            article("a", |article| article.title = "RFC 9110: HTTP Semantics".into()),
            article("b", |article| article.title = "Attention Is All You Need".into()),
            article("c", |article| article.title = "Café culture, C++ & you".into()),
            article("d", |article| article.title = "日本語のタイトル".into()),
        ];
        let titles = Titles::new(&titles.map(Arc::new));
        assert_eq!(titles.containing(typed).map(Position::index).collect::<Vec<_>>(), expected, "{typed:?}");
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
