//! What the title of an article is compared by.

use article_format::{Article, stable_hash64};
use jiff::Timestamp;

use super::headline::{Headline, meanings_of_excerpt};
use super::likeness::{Likeness, Told, likeness};
use super::publication::{is_near, provider_of};
use crate::collection::story_title::title_identity;

/// An article that can join a story by its title.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Titled {
    /// The hash of what equal titles have in common.
    pub(super) title: u64,
    /// `None` for a title that is the same only as an equal one.
    pub(super) headline: Option<Headline>,
    pub(super) provider: u64,
    pub(super) at: Timestamp,
}

impl Titled {
    /// `None` for an article that can never be shown, has no date or provider, or has a title that is too short.
    pub(super) fn of(article: &Article) -> Option<Self> {
        let at = article.published_at.filter(|_| article.may_be_shown())?;
        let provider = provider_of(article)?;
        let identity = title_identity(&article.title);
        let headline = || Headline::of(&article.title, &identity);
        (!identity.is_empty()).then(|| Self {
            title: stable_hash64(&identity),
            headline: headline(),
            provider,
            at,
        })
    }

    /// The same for all titles that are equal and have one provider.
    pub(super) fn of_provider(&self) -> u64 {
        self.title ^ self.provider.rotate_left(32)
    }

    /// Whether other providers published the two within three days.
    pub(super) fn can_join(&self, other: &Self) -> bool {
        self.provider != other.provider && is_near(self.at, other.at)
    }
}

/// How two titles match.
pub(super) enum Match {
    /// The titles are equal but for case, accents and punctuation.
    Equal,
    /// The titles are nearly equal.
    Near(Likeness),
}

/// Whether two articles that are no series match by title, and how. Each is given with what its title is compared by.
pub(super) fn matched(
    (one, left): (&Article, &Titled),
    (other, right): (&Article, &Titled),
) -> Option<Match> {
    if !left.can_join(right) {
        return None;
    }
    if left.title == right.title {
        return Some(Match::Equal);
    }
    let excerpt = |article: &Article| meanings_of_excerpt(article.excerpt.as_deref().unwrap_or_default());
    let (left_excerpt, right_excerpt) = (excerpt(one), excerpt(other));
    let left = Told { headline: left.headline.as_ref()?, excerpt: &left_excerpt };
    let right = Told { headline: right.headline.as_ref()?, excerpt: &right_excerpt };
    likeness(left, right).map(Match::Near)
}
