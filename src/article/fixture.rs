//! Articles for unit tests.

use super::related::RelatedStories;
use super::{Article, ArticleId};

/// A visible article with the given id, changed as the test needs it.
pub(crate) fn article(id: &str, change: impl FnOnce(&mut Article)) -> Article {
    let mut article = Article {
        id: ArticleId::new(id),
        title: format!("Title of {id}").into(),
        excerpt: None,
        published_at: None,
        updated_at: None,
        link: Some(format!("https://example.com/{id}").into()),
        addresses: Box::default(),
        kind: None,
        category: None,
        quality: None,
        heat: 0,
        is_published: true,
        is_removed: false,
        provider: None,
        topics: Box::default(),
        picture: None,
        related: RelatedStories::default(),
        length_seconds: None,
        price: None,
        levels: Box::default(),
        rating: None,
    };
    change(&mut article);
    article
}
