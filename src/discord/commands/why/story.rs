//! Why an article tells one story with other articles, in words.

use article_format::Article;
use article_format::address::site;

use crate::card::{or_untitled, text};
use crate::collection::stories::{JoinedBy, Likeness, SAME_TITLE_WITHIN};
use crate::collection::{Collection, Position};
use crate::messages::{Words, say};

/// Other articles of the story that an answer names: the hottest ones.
const OTHERS_MAX: usize = 3;
const TITLE_CHARACTERS_MAX: usize = 80;
const SOURCE_CHARACTERS_MAX: usize = 40;

/// A line for each of the other articles, with the reason. No lines for an article that stands alone.
pub(super) fn lines(collection: &Collection, position: Position, words: &Words) -> Vec<String> {
    let others: Vec<Position> = collection.stories().others(position).collect();
    if others.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![say!(words, "why-story", count = others.len())];
    lines.extend(others.iter().take(OTHERS_MAX).filter_map(|other| {
        let article = collection.article(*other)?;
        let joined_by = collection.stories().reason(collection.articles(), position, *other)?;
        let (title, source) = (title(article, words), source(article));
        let reason = reason(joined_by, collection, [position, *other], words);
        Some(say!(words, "why-story-article", title = title, source = source, reason = reason))
    }));
    if let Some(further) = others.len().checked_sub(OTHERS_MAX).filter(|further| *further > 0) {
        lines.push(say!(words, "why-story-further", count = further));
    }
    lines
}

fn reason(joined_by: JoinedBy, collection: &Collection, pair: [Position; 2], words: &Words) -> String {
    let days = SAME_TITLE_WITHIN.as_hours() / 24;
    match joined_by {
        JoinedBy::Address(_) => say!(words, "joined-by-address"),
        JoinedBy::EqualTitle => say!(words, "joined-by-equal-title", days = days),
        JoinedBy::NearTitle(Likeness { shared, supported, all }) => say!(
            words,
            "joined-by-near-title",
            days = days,
            shared = shared,
            supported = supported,
            all = all
        ),
        JoinedBy::Others(first) => match collection.article(first).filter(|_| !pair.contains(&first)) {
            Some(first) => say!(words, "joined-by-first", title = title(first, words)),
            None => say!(words, "joined-by-others"),
        },
    }
}

fn title(article: &Article, words: &Words) -> String {
    or_untitled(words, text::escaped(&article.title, TITLE_CHARACTERS_MAX))
}

/// Who published the article; the path of an article without provider and link.
fn source(article: &Article) -> String {
    let provider = article.provider.as_ref().map(|provider| provider.name.clone());
    let source = provider.or_else(|| article.link.as_deref().map(site));
    text::escaped(source.as_deref().unwrap_or(article.id.as_str()), SOURCE_CHARACTERS_MAX)
}
