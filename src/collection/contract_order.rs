//! The order of articles that the contract sets.

use std::cmp::Ordering;

use article_format::Article;

/// The contract's order: heat descending, then quality descending (none last), then newest (undated
/// last), then id.
pub fn order(left: &Article, right: &Article) -> Ordering {
    let heat = right.heat.cmp(&left.heat);
    heat.then_with(|| right.quality.cmp(&left.quality))
        .then_with(|| right.published_at.cmp(&left.published_at))
        .then_with(|| left.id.cmp(&right.id))
}
