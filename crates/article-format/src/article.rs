//! An article and its parts.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use super::hash::stable_hash64;
use super::related::RelatedStories;

/// A valid article. Whether members may see it depends on the clock: [`Article::visible_from`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The path below the collection's folder, without `.md`, with `/`.
    pub id: ArticleId,
    /// Plain text, never empty.
    pub title: Box<str>,
    /// Plain text; the first paragraph of the body where the file has no `excerpt`, `None` where it has neither.
    pub excerpt: Option<Box<str>>,
    /// `publishedDateTime`.
    pub published_at: Option<Timestamp>,
    /// `webUrl`, else `originalUrl`: an absolute http(s) address as the `url` crate writes it. The first of them that is no
    /// longer than [`LINK_CHARACTERS_MAX`]; the first of all where each is longer.
    pub link: Option<Box<str>>,
    /// Which addresses the file gives this story (`webUrl`, `originalUrl`, `ampWebUrl`, `cdnAmpWebUrl`), as
    /// [`address::identities`](super::address::identities) tells them apart. They are never shown.
    pub addresses: Box<[u64]>,
    /// `type`: article, video, course, ...
    pub kind: Option<Arc<str>>,
    /// `category`: news, learning, ...
    pub category: Option<Arc<str>>,
    /// How good it is; an article without quality meets no bar above 0.
    pub quality: Option<i64>,
    /// How hot it is now; 0 when the file does not say.
    pub heat: i64,
    /// `published`, true when the file does not say.
    pub is_published: bool,
    /// `removed`, false when the file does not say.
    pub is_removed: bool,
    /// `draft`, false when the file does not say.
    pub is_draft: bool,
    /// `announce`, true when the file does not say. A feed posts what is not announced only on request.
    pub is_announced: bool,
    /// Whether the file has a mark of fetching (`imported`). A person may have changed the file since.
    pub is_imported: bool,
    /// Who published it.
    pub provider: Option<Arc<Provider>>,
    /// Topic names as written, without repetition, in the file's order.
    pub topics: Arc<[Box<str>]>,
    /// The first image with an http(s) address.
    pub picture: Option<Image>,
    /// Other stories on the matter, in the file's order.
    pub related: RelatedStories,
    /// What few files say.
    pub details: Option<Box<Details>>,
}

impl Article {
    /// Whether its file lets it be shown: it is published, not removed, and not a draft.
    #[must_use]
    pub fn may_be_shown(&self) -> bool {
        self.is_published && !self.is_removed && !self.is_draft
    }

    /// From when on it is visible: ever since, if it has no date, and never (`None`) if it is unpublished, removed or a draft.
    /// The caller compares this moment with its clock.
    #[must_use]
    pub fn visible_from(&self) -> Option<Timestamp> {
        self.may_be_shown().then(|| self.published_at.unwrap_or(Timestamp::MIN))
    }

    /// The link, unless it is too long for Discord.
    #[must_use]
    pub fn usable_link(&self) -> Option<&str> {
        self.link.as_deref().filter(|link| link.len() <= LINK_CHARACTERS_MAX)
    }
}

/// Discord's bound for an address, in characters. A link has ASCII characters only.
pub const LINK_CHARACTERS_MAX: usize = 2048;

/// What one card shows: an article, and who else covers its story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story<'a> {
    /// The hottest that the filters let through.
    pub article: &'a Article,
    /// The other visible articles that tell the same story, hottest first.
    pub others: Vec<&'a Article>,
}

/// The name of an article inside its collection. It is often longer than the 100 characters Discord
/// allows in a `custom_id` or a choice, where [`ArticleId::hash64`] stands for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(Box<str>);

impl ArticleId {
    /// An id from its text, the relative path without `.md`.
    #[must_use]
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A 64-bit hash that is the same in every run and version: it travels through Discord.
    #[must_use]
    pub fn hash64(&self) -> u64 {
        stable_hash64(&self.0)
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What few files say, and nothing that an index needs: apart from the rest, so that the others have no room for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// `updatedDateTime`.
    pub updated_at: Option<Timestamp>,
    /// `length`: how long a course or video takes, as an ISO 8601 duration, in whole seconds.
    pub length_seconds: Option<u64>,
    /// `price` as written.
    pub price: Option<Box<str>>,
    /// `levels` as written.
    pub levels: Box<[Box<str>]>,
    /// `ratings`.
    pub rating: Option<Rating>,
}

/// Who published an article.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Provider {
    /// Plain text, never empty: the name, else the domain.
    pub name: Box<str>,
    /// The domain as written.
    pub domain: Option<Box<str>>,
    /// The address of the first http(s) image.
    pub icon: Option<Box<str>>,
    /// Names of the authors.
    pub authors: Box<[Box<str>]>,
}

/// A picture on the web. Its size and title are checked when a file is read and not kept: no card shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// An absolute http(s) address as the `url` crate writes it.
    pub url: Box<str>,
    /// Whom to name for it, plain text.
    pub attribution: Option<Box<str>>,
}

/// What learners gave a course or video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The average as written, a decimal number.
    pub average: Box<str>,
    /// How many rated it.
    pub count: Option<u64>,
}
