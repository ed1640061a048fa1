//! Why two articles tell one story, for whoever asks (`/why`).

use std::sync::Arc;

use super::by_title::{Match, matched};
use super::{Likeness, Stories};
use article_format::Article;

/// Why two articles tell one story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinedBy {
    /// Both have this canonical address, given as its hash ([`Article::addresses`]).
    Address(u64),
    /// Different providers published the articles within three days, and the titles are the same but for case, accents and
    /// punctuation.
    EqualTitle,
    /// Different providers published the articles within three days, and the titles are nearly the same.
    NearTitle(Likeness),
    /// The two have nothing in common, but each tells one story with others, the article at this position among them: the
    /// oldest of the story.
    Others(usize),
}

impl Stories {
    /// Why the articles at two positions tell one story; `None` if they do not. `articles` are those that were gathered.
    #[must_use]
    pub fn reason(&self, articles: &[Arc<Article>], one: usize, other: usize) -> Option<JoinedBy> {
        if one == other || self.story_of(one) != self.story_of(other) {
            return None;
        }
        let (left, right) = (articles.get(one)?, articles.get(other)?);
        if let Some(address) = left.addresses.iter().find(|address| right.addresses.contains(address)) {
            return Some(JoinedBy::Address(*address));
        }
        if !self.is_of_series(one) && !self.is_of_series(other) {
            match matched(left, right) {
                Some(Match::Equal) => return Some(JoinedBy::EqualTitle),
                Some(Match::Near(likeness)) => return Some(JoinedBy::NearTitle(likeness)),
                None => {}
            }
        }
        let age = |position: &usize| {
            let article = articles.get(*position);
            let at = article.and_then(|article| article.published_at);
            (at.is_none(), at, article.map(|article| &article.id))
        };
        let members = std::iter::once(one).chain(self.others(one));
        members.min_by(|first, second| age(first).cmp(&age(second))).map(JoinedBy::Others)
    }
}
