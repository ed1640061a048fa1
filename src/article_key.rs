//! The key of an article: the hash of the article's id.

use article_format::{ArticleId, stable_hash64};
use serde::{Deserialize, Serialize};

/// The hash of an article's id ([`ArticleId::hash64`]), which stands for the id where the id is too long: in rows,
/// `custom_id`s and indexes. The hash never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ArticleKey(pub u64);

impl ArticleKey {
    /// The key of the article with this id. The article may be gone.
    #[must_use]
    pub fn of(id: &str) -> Self {
        Self(stable_hash64(id))
    }
}

impl From<&ArticleId> for ArticleKey {
    fn from(id: &ArticleId) -> Self {
        Self(id.hash64())
    }
}
