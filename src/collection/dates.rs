//! When articles may be shown and when they came out, side by side in little memory: an answer over the whole collection
//! asks this of every article, and reaching into each of them would cost it more than all the rest.

use std::sync::Arc;

use jiff::Timestamp;

use crate::article::Article;

/// The dates of all articles, by position.
#[derive(Debug, Default)]
pub struct Dates {
    of: Vec<ArticleDates>,
}

#[derive(Debug, Clone, Copy)]
struct ArticleDates {
    /// `None` for an article that is unpublished or removed.
    visible_from: Option<Timestamp>,
    published_at: Option<Timestamp>,
}

impl Dates {
    pub(super) fn new(articles: &[Arc<Article>]) -> Self {
        let of = articles.iter().map(|article| ArticleDates {
            visible_from: article.visible_from(),
            published_at: article.published_at,
        });
        Self { of: of.collect() }
    }

    /// Whether the article may be shown at this time.
    #[must_use]
    pub fn is_visible(&self, position: usize, now: Timestamp) -> bool {
        self.of.get(position).and_then(|dates| dates.visible_from).is_some_and(|from| from <= now)
    }

    /// Whether the article came out at this time or later.
    #[must_use]
    pub fn is_published_since(&self, position: usize, since: Timestamp) -> bool {
        self.of.get(position).and_then(|dates| dates.published_at).is_some_and(|at| at >= since)
    }
}
