//! What a change of the collection changes for stories.

use std::collections::HashMap;
use std::sync::Arc;

use article_format::{Article, ArticleId};

use crate::collection::Position;
use crate::collection::position_map::PositionMap;

/// The positions of articles before and after a change. An article that changed in nothing that stories depend on, as in its
/// heat, counts as one that stays.
pub(super) struct Change {
    /// By position before: the position after; `None` if the article is gone.
    moved: Vec<Option<Position>>,
    /// The positions before of the articles that are gone.
    pub(super) gone: Vec<Position>,
    /// The positions after of the articles that come.
    pub(super) come: Vec<Position>,
}

impl Change {
    /// So many articles come, and there were none before.
    pub(super) fn all(count: usize) -> Self {
        Self { moved: Vec::new(), gone: Vec::new(), come: Position::all(count).collect() }
    }

    pub(super) fn of(map: &PositionMap<'_>, before: &[Arc<Article>], after: &[Arc<Article>]) -> Self {
        let mut moved: Vec<Option<Position>> =
            Position::all(before.len()).map(|position| map.moved(position)).collect();
        let mut gone: HashMap<&ArticleId, Position> = HashMap::new();
        gone.extend(map.gone.iter().filter_map(|&position| Some((&position.of(before)?.id, position))));
        let mut come = Vec::with_capacity(map.come.len());
        for &position in &map.come {
            let Some(article) = position.of(after) else { continue };
            let known = gone.get(&article.id).copied();
            let is_same =
                |known: &Position| known.of(before).is_some_and(|before| tell_the_same(before, article));
            match known.filter(is_same) {
                Some(known) => {
                    gone.remove(&article.id);
                    known.of_mut(&mut moved).into_iter().for_each(|moved| *moved = Some(position));
                }
                None => come.push(position),
            }
        }
        Self { moved, gone: gone.into_values().collect(), come }
    }

    /// The position after of an article that stays.
    pub(super) fn moved(&self, position: Position) -> Option<Position> {
        position.of(&self.moved).copied().flatten()
    }

    /// The items of articles that stay, with their positions after, and room for those of articles that come.
    pub(super) fn moved_all<T: Copy>(&self, before: &[(T, Position)]) -> Vec<(T, Position)> {
        let mut after = Vec::with_capacity(before.len() + self.come.len());
        after.extend(before.iter().filter_map(|(item, position)| Some((*item, self.moved(*position)?))));
        after
    }
}

/// Whether two versions of an article are the same for everything that stories depend on.
fn tell_the_same(one: &Article, other: &Article) -> bool {
    let domain = |article: &Article| article.provider.as_ref().and_then(|provider| provider.domain.clone());
    (&one.title, &one.excerpt, &one.addresses, &one.link)
        == (&other.title, &other.excerpt, &other.addresses, &other.link)
        && one.published_at == other.published_at
        && one.may_be_shown() == other.may_be_shown()
        && domain(one) == domain(other)
}
