//! The search index of the collection: made after the first load, and amended after each later one, on a thread for it.
//!
//! The index is ready a moment after its collection. Until then answers come from the last index and from the collection that
//! this index is of, so both always fit together. At the start there is no index yet.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use arc_swap::ArcSwapOption;

use crate::collection::{Collection, Position};
use crate::reload::Reloads;
use article_format::Article;
use article_search::{Document, Indexer, Matched, Query, SearchError, Snapshot};

/// The index as it is now, for all readers.
#[derive(Default)]
pub struct Search {
    current: ArcSwapOption<SearchIndex>,
}

/// A collection and its index.
pub struct SearchIndex {
    collection: Arc<Collection>,
    snapshot: Snapshot,
}

/// What was found, best first.
pub(crate) struct Found {
    /// Positions in the collection of the index, one for each story.
    pub(crate) stories: Vec<Position>,
    /// False where no article has all words.
    pub(crate) has_all_words: bool,
    matched: Matched,
}

impl Found {
    /// The places of a text that matched, in bytes, ascending.
    pub(crate) fn spans(&self, text: &str) -> Vec<Range<usize>> {
        self.matched.spans(text)
    }
}

impl Search {
    /// Makes the index of each collection that the loads leave, until loading ends. Must be called inside a tokio runtime.
    #[must_use]
    pub fn follow(reloads: &Reloads) -> Arc<Self> {
        let search = Arc::new(Self::default());
        let (shown, mut loads) = (Arc::clone(&search), reloads.follow());
        tokio::spawn(async move {
            let mut maker: Option<IndexMaker> = None;
            loop {
                let collection = Arc::clone(&loads.borrow_and_update().collection);
                let is_new = maker.as_ref().is_none_or(|maker| !Arc::ptr_eq(&maker.collection, &collection));
                if is_new {
                    let last = maker.take();
                    let made =
                        tokio::task::spawn_blocking(move || IndexMaker::advance(last, collection)).await;
                    match made {
                        Ok(Ok((next, index))) => {
                            shown.current.store(Some(Arc::new(index)));
                            maker = Some(next);
                        }
                        // The next load makes the index anew.
                        Ok(Err(error)) => {
                            tracing::error!(%error, "members search the articles of an earlier load");
                        }
                        Err(error) => tracing::error!(
                            %error,
                            "the search index failed by a fault of the bot's own; please report this"
                        ),
                    }
                }
                if loads.changed().await.is_err() {
                    return;
                }
            }
        });
        search
    }

    /// The index of one collection.
    ///
    /// # Errors
    /// Where the index cannot be made.
    pub fn of(collection: Arc<Collection>) -> Result<Self, SearchError> {
        let (_, index) = IndexMaker::advance(None, collection)?;
        Ok(Self { current: ArcSwapOption::from_pointee(index) })
    }

    /// The last index. `None` before the first one is made.
    #[must_use]
    pub fn current(&self) -> Option<Arc<SearchIndex>> {
        self.current.load_full()
    }
}

impl SearchIndex {
    /// The collection of the index.
    #[must_use]
    pub fn collection(&self) -> &Arc<Collection> {
        &self.collection
    }

    /// The stories whose articles match and are accepted by their positions.
    ///
    /// # Errors
    /// Where the index fails.
    pub(crate) fn find(
        &self,
        query: &Query,
        accepts: &dyn Fn(Position) -> bool,
    ) -> Result<Found, SearchError> {
        let found = self.snapshot.search(query, &|at| accepts(Position::new(at)))?;
        let positions = found.hits.iter().map(|hit| Position::new(hit.position));
        let stories = self.collection.stories().first_of_each(positions);
        Ok(Found { stories, has_all_words: found.has_all_words, matched: found.matched })
    }

    /// The articles whose titles match and that are accepted by their positions, best first.
    ///
    /// # Errors
    /// Where the index fails.
    pub(crate) fn titles(
        &self,
        typed: &str,
        accepts: &dyn Fn(Position) -> bool,
    ) -> Result<Vec<Position>, SearchError> {
        let found = self.snapshot.search_titles(&Query::parse(typed), &|at| accepts(Position::new(at)))?;
        Ok(found.into_iter().map(|hit| Position::new(hit.position)).collect())
    }

    /// The articles that are like this one and that are accepted by their positions, most alike first, one for each story.
    ///
    /// # Errors
    /// Where the index fails.
    pub(crate) fn like(
        &self,
        article: &Article,
        accepts: &dyn Fn(Position) -> bool,
    ) -> Result<Vec<Position>, SearchError> {
        let found = self.snapshot.like(&document(article), &|at| accepts(Position::new(at)))?;
        let positions = found.iter().map(|hit| Position::new(hit.position));
        Ok(self.collection.stories().first_of_each(positions))
    }

    /// Words of articles that are nearest to the words of a query that no article has.
    ///
    /// # Errors
    /// Where the index fails.
    pub(crate) fn nearest_words(&self, query: &Query) -> Result<Vec<String>, SearchError> {
        self.snapshot.nearest_words(query)
    }
}

/// Keeps the index between two loads.
struct IndexMaker {
    indexer: Indexer,
    collection: Arc<Collection>,
}

impl IndexMaker {
    /// Brings the index from the last collection to this one.
    fn advance(last: Option<Self>, collection: Arc<Collection>) -> Result<(Self, SearchIndex), SearchError> {
        let (mut indexer, before) = match last {
            Some(last) => (last.indexer, last.collection),
            None => (Indexer::new()?, Arc::default()),
        };
        let unlike = |those: &Collection, others: &Collection| {
            // Collections share the articles that did not change.
            let others: HashSet<*const Article> = others.articles().iter().map(Arc::as_ptr).collect();
            let articles = those.articles().iter().filter(|article| !others.contains(&Arc::as_ptr(article)));
            articles.cloned().collect::<Vec<_>>()
        };
        let (gone, come) = (unlike(&before, &collection), unlike(&collection, &before));
        let snapshot = indexer.apply(
            gone.iter().map(|article| article.id.hash64()),
            come.iter().map(|article| document(article)),
            collection.articles().iter().map(|article| article.id.hash64()),
        )?;
        let index = SearchIndex { collection: Arc::clone(&collection), snapshot };
        Ok((Self { indexer, collection }, index))
    }
}

fn document(article: &Article) -> Document<'_> {
    Document {
        key: article.id.hash64(),
        title: &article.title,
        excerpt: article.excerpt.as_deref().unwrap_or_default(),
        topics: &article.topics,
        provider: article.provider.as_ref().map_or("", |provider| &provider.name),
    }
}

#[cfg(test)]
mod tests;
