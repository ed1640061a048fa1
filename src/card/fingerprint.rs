//! The content of a card as a hash. The hash covers the article and not the card. So new words, another language or another layout
//! change no hash, and a new version of the bot edits no message because of them.

use super::{coverage, text};
use article_format::{Article, Story, stable_hash64};

/// Two hashes of the content of a message. They are the same in every run. The bot edits a posted card when they change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fingerprint {
    /// The hash of everything except the heat.
    pub without_heat: u64,
    /// The hash of everything.
    pub with_heat: u64,
}

impl Fingerprint {
    /// The version of the fingerprints. A change of what a fingerprint covers needs the next number. The bot does not compare
    /// fingerprints of two versions, so such a change edits no post.
    pub const VERSION: u16 = 1;

    /// The fingerprint of one story. It covers the id of the article, because the buttons of a card hold the id, and a renamed file changes
    /// nothing else.
    #[must_use]
    pub fn of(story: &Story<'_>) -> Self {
        let mut content = Content::default();
        content.article(story.article);
        content.list(coverage(story));
        let without_heat = stable_hash64(&content.0);
        let with_heat = stable_hash64(&format!("{without_heat}\n{}", story.article.heat));
        Self { without_heat, with_heat }
    }

    /// The fingerprint of a message with several stories, in their order.
    #[must_use]
    pub fn of_message(stories: impl IntoIterator<Item = Self>) -> Self {
        let (mut without_heat, mut with_heat) = (String::new(), String::new());
        for story in stories {
            without_heat.push_str(&format!("{}\n", story.without_heat));
            with_heat.push_str(&format!("{}\n", story.with_heat));
        }
        Self { without_heat: stable_hash64(&without_heat), with_heat: stable_hash64(&with_heat) }
    }
}

/// The texts of an article, each with an end mark, so that no text runs into the next one. Invisible characters do not count.
#[derive(Default)]
struct Content(String);

impl Content {
    fn article(&mut self, article: &Article) {
        self.text(article.id.as_str());
        self.text(&article.title);
        self.optional(article.link.as_deref());
        self.optional(article.excerpt.as_deref());
        self.optional(article.kind.as_deref());
        self.optional(article.category.as_deref());
        self.optional(article.quality.map(|quality| quality.to_string()).as_deref());
        self.optional(article.published_at.map(|at| at.to_string()).as_deref());
        self.list(article.topics.iter().map(|topic| &**topic));
        let provider = article.provider.as_deref();
        self.optional(provider.map(|provider| &*provider.name));
        self.optional(provider.and_then(|provider| provider.icon.as_deref()));
        self.list(provider.into_iter().flat_map(|provider| provider.authors.iter().map(|author| &**author)));
        let picture = article.picture.as_ref();
        self.optional(picture.map(|picture| &*picture.url));
        self.optional(picture.and_then(|picture| picture.attribution.as_deref()));
        let details = article.details.as_deref();
        self.optional(details.and_then(|details| details.length_seconds).map(|of| of.to_string()).as_deref());
        self.optional(details.and_then(|details| details.price.as_deref()));
        self.list(details.into_iter().flat_map(|details| details.levels.iter().map(|level| &**level)));
        let rating = details.and_then(|details| details.rating.as_ref());
        self.optional(rating.map(|rating| &*rating.average));
        self.optional(rating.and_then(|rating| rating.count).map(|count| count.to_string()).as_deref());
    }

    fn text(&mut self, text: &str) {
        self.0.push_str(&text::visible(text));
        self.0.push('\u{2}');
    }

    fn optional(&mut self, text: Option<&str>) {
        self.text(text.unwrap_or_default());
    }

    fn list<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        texts.into_iter().for_each(|text| self.text(text));
        self.0.push('\u{3}');
    }
}
