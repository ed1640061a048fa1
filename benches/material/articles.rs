//! A collection of any size, the same in every run.

use article_format::related::RelatedStories;
use article_format::topic_file::TopicFile;
use article_format::{Article, ArticleId, Provider};
use jiff::Timestamp;
use words::WORDS;

#[path = "words.rs"]
mod words;

const TOPICS: usize = 200;
const SOURCES: usize = 1_500;
/// How many of the words titles are made of: few, so that some are common.
const TITLE_WORDS: usize = 16;

/// The moment at which the bench asks.
pub(crate) fn now() -> Timestamp {
    Timestamp::constant(1_780_000_000, 0)
}

/// Topics with aliases, every tenth a parent of the next nine.
pub(crate) fn topic_files() -> Vec<TopicFile> {
    (0..TOPICS)
        .map(|number| TopicFile {
            parent: (number % 10 != 0).then(|| format!("Topic {}", number / 10 * 10).into()),
            keywords: [format!("alias {number}").into(), format!("subject number {number}").into()].into(),
            ..TopicFile::named(&format!("Topic {number}"))
        })
        .collect()
}

/// So many articles with titles, topics, sources and heat that repeat as those of real collections do.
pub(crate) fn articles(count: usize) -> Vec<Article> {
    (0..count).map(article).collect()
}

fn article(number: usize) -> Article {
    let word = |step: usize| WORDS[(number / step + step) % TITLE_WORDS];
    let heat = i64::try_from(number * 7919 % 400).unwrap_or_default();
    let seconds_ago = i64::try_from(number * 1_000).unwrap_or_default();
    Article {
        id: ArticleId::new(format!("news/2026-01-01-story-{number}")),
        title: format!("The {} of a {} {} in a {}, number {number}", word(1), word(3), word(7), word(11))
            .into(),
        excerpt: Some(
            "A few words on it, as long as an excerpt is in real collections, which is about this long."
                .into(),
        ),
        published_at: now().checked_sub(jiff::SignedDuration::from_secs(seconds_ago)).ok(),
        link: Some(format!("https://example.com/story-{number}").into()),
        addresses: Box::default(),
        kind: Some(["article", "video", "course"][number % 3].into()),
        category: Some("news".into()),
        quality: Some(heat / 4),
        heat,
        is_published: true,
        is_removed: false,
        is_draft: false,
        is_announced: true,
        is_imported: false,
        provider: Some(
            Provider {
                name: format!("Source {}", number % SOURCES).into(),
                domain: Some(format!("source-{}.example", number % SOURCES).into()),
                icon: None,
                authors: Box::default(),
            }
            .into(),
        ),
        topics: [format!("Topic {}", number % TOPICS).into()].into(),
        picture: None,
        related: RelatedStories::default(),
        details: None,
    }
}
