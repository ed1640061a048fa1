//! One article: what a file says, checked once and immutable from then on.
//!
//! The keys of the file format and their meaning are in the README ("The article format"). Text is kept
//! as plain text: HTML is gone and white space is folded, so that nothing after this module has to
//! ask. It is *not* safe to show yet: the program that shows it must escape it first.

use std::fmt;
use std::hash::Hasher;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use siphasher::sip::SipHasher13;

use bounds::Measured;
use checks::Checks;
use front_matter::YamlText;
use problem::Problem;
use related::RelatedStories;

pub mod address;
mod body;
pub mod bounds;
mod checks;
mod fault;
#[cfg(any(test, feature = "fixture"))]
pub mod fixture;
mod front_matter;
pub mod keys;
mod ordinary_address;
mod pairs;
pub mod plain_text;
pub mod problem;
mod raw;
pub mod related;
pub mod schema;
pub mod shared_texts;
mod slips;
mod strict;
mod surrogates;
#[cfg(test)]
mod tests;
pub mod topic_file;
mod utf16;
mod validate;
mod values;
mod yaml;
mod yaml_error;
mod yaml_tree;

pub use fault::quoted;
pub use slips::is_wide_colon;

/// Reads the bytes of an article file. `path` names the file in problems. Time and memory are bounded by
/// [`bounds`], whatever the bytes are. It gives what [`parse_in_full`] gives, and most files faster.
///
/// # Errors
/// Those of [`parse_in_full`].
pub fn parse(id: ArticleId, path: &str, bytes: &[u8]) -> Result<Article, Vec<Problem>> {
    match parse_strictly(bytes) {
        Some(article) => Ok(Article { id, ..article }),
        None => parse_in_full(id, path, bytes),
    }
}

/// Reads the bytes of an article file that is written in the usual way and has nothing wrong with it; `None` is said
/// of any other file, good or bad. The article has an empty id.
#[must_use]
pub fn parse_strictly(bytes: &[u8]) -> Option<Article> {
    let text = front_matter::text_of_markdown(bytes)?;
    let (raw, related) = strict::read(text)?;
    let mut checks = Checks::new(YamlText { text, lines_before: 1 }, false);
    let article = validate::article(&mut checks, ArticleId::new(""), &raw)?;
    let article = Article { related, ..article };
    checks.is_without_fault().then(|| with_excerpt(article, bytes, text.len()))
}

/// Reads the bytes of an article file with a parser of all of YAML.
///
/// # Errors
/// Everything that is wrong with the file, in its order: at most 50 problems and one that says that there are more. Where the YAML
/// itself cannot be read, that is the only one.
pub fn parse_in_full(id: ArticleId, path: &str, bytes: &[u8]) -> Result<Article, Vec<Problem>> {
    let (yaml, Measured { may_have_aliases }) =
        front_matter::of_markdown(path, bytes).map_err(|problem| vec![*problem])?;
    let yaml_bytes = yaml.text.len();
    let joined;
    let (yaml, raw) = match front_matter::parse_yaml(yaml.text) {
        Ok(raw) => (yaml, Ok(raw)),
        Err(fault) => match surrogates::joined(yaml.text) {
            Some(text) => {
                joined = text;
                let yaml = YamlText { text: &joined, ..yaml };
                (yaml, front_matter::parse_yaml(yaml.text))
            }
            None => (yaml, Err(fault)),
        },
    };
    let mut checks = Checks::new(yaml, !may_have_aliases);
    let article = match raw {
        Ok(raw) => validate::article(&mut checks, id, &raw),
        Err(fault) => {
            checks.note(*fault);
            None
        }
    };
    checks.finish(path, article).map(|article| with_excerpt(article, bytes, yaml_bytes))
}

/// An article without an excerpt takes the first paragraph of its body.
fn with_excerpt(article: Article, bytes: &[u8], yaml_bytes: usize) -> Article {
    let excerpt = article.excerpt.or_else(|| body::first_paragraph(bytes, yaml_bytes));
    Article { excerpt, ..article }
}

/// Whether a file is meant to be an article, good or bad, by its front matter: it has a title.
#[must_use]
pub fn looks_like_one(bytes: &[u8]) -> bool {
    front_matter::has_title(bytes)
}

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
    /// [`address::identities`] tells them apart. They are never shown.
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

/// SipHash-1-3 with the zero key. Unlike the standard library's hasher its result is fixed for good,
/// so what is stored or travels through Discord still means the same after an upgrade.
#[must_use]
pub fn stable_hash64(text: &str) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// A 64-bit number in 11 characters.
#[must_use]
pub fn hash_to_text(hash: u64) -> String {
    URL_SAFE_NO_PAD.encode(hash.to_be_bytes())
}

/// Reads what [`hash_to_text`] wrote.
#[must_use]
pub fn parse_hash(text: &str) -> Option<u64> {
    let bytes: [u8; 8] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
    Some(u64::from_be_bytes(bytes))
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
