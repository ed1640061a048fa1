//! Who published an article, and when: what two articles need to be one story by title.

use jiff::{SignedDuration, Timestamp};

use article_format::address::site;
use article_format::{Article, stable_hash64};

/// How far apart two articles of one title may come out.
pub(crate) const SAME_TITLE_WITHIN: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Whether two articles came out so shortly after each other that they can tell one story by title.
pub(super) fn is_near(one: Timestamp, other: Timestamp) -> bool {
    one.duration_since(other).abs() <= SAME_TITLE_WITHIN
}

/// Who published an article: the provider's domain, else the host of its link. `None` where neither is known, so that
/// nobody can say whether another provider is a different one.
pub(crate) fn provider_of(article: &Article) -> Option<u64> {
    let domain = article.provider.as_ref().and_then(|provider| provider.domain.as_deref());
    domain.or(article.link.as_deref()).map(|text| stable_hash64(&site(text)))
}
