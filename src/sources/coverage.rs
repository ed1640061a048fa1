//! Heat and `related` of imported articles follow the coverage of their stories.

use std::path::Path;
use std::sync::Arc;

use article_format::Article;
use article_format::address::site;
use article_sources::runner::{Clock, sleep_until};
use article_sources::scores::{ArticleScores, StoryArticle, grown_scores_of};
use article_sources::{RescoreReport, rescore};
use jiff::Timestamp;
use tokio::sync::watch;

use crate::collection::Position;
use crate::collection::load;
use crate::collection::load_error::LoadError;
use crate::collection::stories::Stories;
use crate::reload::Current;

/// Writes new scores whenever the coverage of a story grew, until nothing is loaded any more. `wrote` is called after each
/// write: the collection has to be loaded again. That load asks for no further write.
pub(crate) async fn follow(
    articles: &Path,
    mut loads: watch::Receiver<Current>,
    clock: Clock,
    wrote: impl Fn(),
) {
    loop {
        let collection = Arc::clone(&loads.borrow_and_update().collection);
        let (folder, now) = (articles.to_owned(), clock());
        let work = move || {
            let scores = grown_scores(collection.articles(), collection.stories(), now);
            rescore(&folder, &scores, now)
        };
        // After a panic, the next load tries again.
        let report = tokio::task::spawn_blocking(work).await.unwrap_or_default();
        if report.written > 0 {
            tracing::info!(articles = report.written, "wrote new heat, because the coverage of stories grew");
            wrote();
        }
        tokio::select! {
            is_changed = loads.changed() => if is_changed.is_err() { return },
            () = sleep_until(report.next_at, &clock) => {}
        }
    }
}

/// Loads a folder, and writes new scores where the coverage of a story grew.
///
/// # Errors
/// The folder cannot be read.
pub(crate) fn rescore_once(articles: &Path, now: Timestamp) -> Result<RescoreReport, LoadError> {
    let loaded: Vec<Arc<Article>> = load::load(articles)?.articles.into_iter().map(Arc::new).collect();
    Ok(rescore(articles, &grown_scores(&loaded, &Stories::new(&loaded), now), now))
}

/// The scores that files of imported articles lack because the coverage of their stories grew, by path.
fn grown_scores(articles: &[Arc<Article>], stories: &Stories, now: Timestamp) -> Vec<ArticleScores> {
    let scores_of = |positions: &[Position]| {
        let members = positions.iter().filter_map(|position| position.of(articles));
        let visible = members.filter(|article| article.visible_from().is_some_and(|from| from <= now));
        let members: Vec<Member<'_>> = visible.map(|article| Member::of(article)).collect();
        grown_scores_of(&members.iter().map(Member::story_article).collect::<Vec<_>>())
    };
    let mut scores: Vec<ArticleScores> = stories.shared().flat_map(scores_of).collect();
    scores.sort_by(|one, other| one.path.cmp(&other.path));
    scores
}

/// An article of a story, with the texts that [`StoryArticle`] borrows.
struct Member<'a> {
    article: &'a Article,
    path: String,
    provider: Option<Box<str>>,
}

impl<'a> Member<'a> {
    fn of(article: &'a Article) -> Self {
        let domain = article.provider.as_ref().and_then(|provider| provider.domain.clone());
        let provider = domain.or_else(|| article.link.as_deref().map(site));
        Self { article, path: format!("{}.md", article.id), provider }
    }

    fn story_article(&self) -> StoryArticle<'_> {
        let Article { is_imported, is_announced, ref title, published_at, heat, .. } = *self.article;
        StoryArticle {
            path: &self.path,
            is_imported,
            is_announced,
            title,
            link: self.article.usable_link(),
            published_at,
            quality: self.article.quality.unwrap_or_default(),
            heat,
            related: self.article.related.len(),
            provider: self.provider.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use article_format::fixture::article;
    use article_format::related::Related;

    const TITLE: &str = "The harbour town opens a new library beside the lighthouse";
    const NOW: &str = "2026-06-15T12:00:00Z";

    /// An article of the story from a host.
    fn told_by(id: &str, host: &str, change: impl FnOnce(&mut Article)) -> Arc<Article> {
        Arc::new(article(id, |article| {
            article.title = TITLE.into();
            article.link = Some(format!("https://{host}/1").into());
            article.published_at = Some(NOW.parse().unwrap());
            (article.quality, article.heat) = (Some(60), 60);
            change(article);
        }))
    }

    fn imported(article: &mut Article) {
        article.is_imported = true;
    }

    fn history(article: &mut Article) {
        (article.is_imported, article.is_announced) = (true, false);
    }

    /// Path, further providers, and the providers of related articles.
    fn found(articles: &[Arc<Article>]) -> Vec<(String, usize, Vec<String>)> {
        let scores = grown_scores(articles, &Stories::new(articles), NOW.parse().unwrap());
        let providers = |scores: &ArticleScores| {
            scores.related.iter().filter_map(|article| article.provider.clone()).collect()
        };
        scores
            .iter()
            .map(|scores| (scores.path.clone(), scores.further_providers, providers(scores)))
            .collect()
    }

    #[test]
    fn only_imported_articles_of_a_story_that_grew_get_scores() {
        let wire = told_by("wire/1", "wire.example", imported);
        assert_eq!(found(&[Arc::clone(&wire)]), []);
        let hand = told_by("mine", "hand.example", |_| ());
        let by_hand = vec!["hand.example".to_owned()];
        assert_eq!(found(&[hand, Arc::clone(&wire)]), [("wire/1.md".to_owned(), 1, by_hand)]);
        let other = told_by("old/1", "old.example", history);
        // What a source had when it was new counts for nobody, and gets hotter itself.
        let expected = [
            ("old/1.md".to_owned(), 1, vec!["wire.example".to_owned()]),
            ("wire/1.md".to_owned(), 0, vec![]),
        ];
        assert_eq!(found(&[wire, other]), expected);
    }

    #[test]
    fn an_article_that_nobody_sees_yet_is_no_coverage() {
        let wire = told_by("wire/1", "wire.example", imported);
        let later = |article: &mut Article| article.published_at = "2026-06-16T12:00:00Z".parse().ok();
        assert_eq!(found(&[told_by("mine", "hand.example", later), wire]), []);
    }

    #[test]
    fn written_scores_ask_for_no_further_write() {
        let scored = |article: &mut Article, related: bool| {
            (article.is_imported, article.heat) = (true, 80);
            let other = Related { title: TITLE, ..Related::default() };
            article.related = related.then_some(other).into_iter().collect();
        };
        let one = told_by("one/1", "one.example", |article| scored(article, true));
        let other = told_by("other/1", "other.example", |article| scored(article, false));
        assert_eq!(found(&[one, other]), []);
    }
}
