//! The other orders in which members can have an answer, worked out once: no answer sorts a whole collection.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::article::Article;

/// All positions in one order.
#[derive(Debug, Default)]
pub struct Order {
    positions: Vec<usize>,
}

impl Order {
    /// By this key, the contract's order among equals.
    fn by<K: Ord>(articles: &[Arc<Article>], key: impl Fn(&Article) -> K) -> Self {
        let mut positions: Vec<usize> = (0..articles.len()).collect();
        positions.sort_by_cached_key(|&position| articles.get(position).map(|article| key(article)));
        Self { positions }
    }

    /// Newest first, undated last.
    pub(super) fn newest_first(articles: &[Arc<Article>]) -> Self {
        Self::by(articles, |article| Reverse(article.published_at))
    }

    /// Best first, those without quality last.
    pub(super) fn best_first(articles: &[Arc<Article>]) -> Self {
        Self::by(articles, |article| Reverse(article.quality))
    }

    /// The selected positions in this order.
    #[must_use]
    pub fn sort(&self, selected: &[usize]) -> Vec<usize> {
        let mut is_selected = vec![false; self.positions.len()];
        for &position in selected {
            if let Some(mark) = is_selected.get_mut(position) {
                *mark = true;
            }
        }
        let marked = |position: &usize| is_selected.get(*position).copied().unwrap_or(false);
        self.positions.iter().copied().filter(marked).collect()
    }
}
