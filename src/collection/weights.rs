//! The weights of names. Members are offered the heaviest name first.

use std::sync::Arc;

use super::postings::Postings;
use article_format::Article;

/// By name: the summed heat of its published articles. A cold article counts as one, so that many cold articles weigh more
/// than none. The sums are so wide that none overflows, so a subtraction undoes an addition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Weights(Vec<i128>);

impl Weights {
    pub(super) fn of(articles: &[Arc<Article>], lists: &Postings) -> Self {
        let weight = |number| {
            let positions = lists.get(number).iter();
            positions.filter_map(|&position| position.of(articles)).map(|article| weight_of(article)).sum()
        };
        Self((0..lists.len()).map(weight).collect())
    }

    pub(super) fn get(&self, name: usize) -> i64 {
        i64::try_from(self.0.get(name).copied().unwrap_or_default()).unwrap_or(i64::MAX)
    }

    pub(super) fn add(&mut self, name: usize, article: &Article) {
        self.0.get_mut(name).into_iter().for_each(|weight| *weight += weight_of(article));
    }

    pub(super) fn subtract(&mut self, name: usize, article: &Article) {
        self.0.get_mut(name).into_iter().for_each(|weight| *weight -= weight_of(article));
    }
}

fn weight_of(article: &Article) -> i128 {
    if article.may_be_shown() { i128::from(article.heat.max(1)) } else { 0 }
}
