//! Articles for unit tests.

use super::article::{Article, ArticleId, Provider};
use super::related::RelatedStories;

/// A visible article with the given id, changed as the test needs it.
pub fn article(id: &str, change: impl FnOnce(&mut Article)) -> Article {
    let mut article = Article {
        id: ArticleId::new(id),
        title: format!("Title of {id}").into(),
        excerpt: None,
        published_at: None,
        link: Some(format!("https://example.com/{id}").into()),
        addresses: Box::default(),
        kind: None,
        category: None,
        quality: None,
        heat: 0,
        is_published: true,
        is_removed: false,
        is_draft: false,
        is_announced: true,
        is_imported: false,
        provider: None,
        topics: [].into(),
        picture: None,
        related: RelatedStories::default(),
        details: None,
    };
    change(&mut article);
    article
}

impl Provider {
    /// A provider with only a name.
    pub fn named(name: &str) -> Self {
        Self { name: name.into(), domain: None, icon: None, authors: Box::default() }
    }
}
