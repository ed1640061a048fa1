//! Articles that lists do not show, because a hotter article reports the same story.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::collection::Collection;
use crate::collection::stories::title_identity;
use article_format::address::identities;
use article_format::keys::KnownKeys;
use article_format::problem::{Position, Problem, printable};
use article_format::{Article, Story};

/// The keys of an article that hold an address.
const ADDRESS_KEYS: [&str; 4] = ["webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl"];

/// By path, all visible articles of people with a hotter visible article of the same story.
pub(super) struct Repeats(HashMap<String, Repeat>);

impl Repeats {
    pub(super) fn of(collection: &Collection, now: Timestamp) -> Self {
        Self(repeats(collection, now))
    }

    /// The problem of the article at this path, if a hotter article reports its story.
    pub(super) fn problem(&self, known: &KnownKeys, path: &str, bytes: &[u8]) -> Option<Problem> {
        Some(self.0.get(path)?.problem(known, path, bytes))
    }
}

/// What two articles have in common.
enum Ground {
    /// At least one address, by its [`identities`].
    Address(Vec<u64>),
    /// Title and time.
    Title,
    /// Only a third article, which has something in common with each of them.
    Third,
}

impl Ground {
    fn of(one: &Article, other: &Article) -> Self {
        let is_shared = |address: &u64| other.addresses.contains(address);
        let shared: Vec<u64> = one.addresses.iter().copied().filter(is_shared).collect();
        if !shared.is_empty() {
            Self::Address(shared)
        } else if !title_identity(&one.title).is_empty()
            && title_identity(&one.title) == title_identity(&other.title)
        {
            Self::Title
        } else {
            Self::Third
        }
    }

    /// The position in the file of the first article.
    fn position(&self, known: &KnownKeys, path: &str, bytes: &[u8]) -> Option<Position> {
        let found = match self {
            Self::Title | Self::Third => known.texts_of(path, bytes, &["title"]),
            Self::Address(shared) => {
                let mut found = known.texts_of(path, bytes, &ADDRESS_KEYS);
                found.retain(|(_, text)| {
                    identities([text.trim()]).iter().any(|address| shared.contains(address))
                });
                found
            }
        };
        found.first().map(|(position, _)| *position)
    }
}

struct Repeat {
    /// The path of the article that lists show instead.
    shown: String,
    ground: Ground,
}

impl Repeat {
    fn problem(&self, known: &KnownKeys, path: &str, bytes: &[u8]) -> Problem {
        let position = self.ground.position(known, path, bytes);
        let (ground, remedy) = match &self.ground {
            Ground::Address(_) => {
                ("the address is the same", "keep one of the two files, or correct the address")
            }
            Ground::Title => {
                ("title and time are the same", "keep one of the two files, or give each story its own title")
            }
            Ground::Third => {
                ("a third article joins both", "keep one of the files, or correct their addresses and titles")
            }
        };
        let cause =
            format!("{} reports the same story ({ground}), and lists show only that article", self.shown);
        Problem { path: path.into(), position, cause: cause.into(), remedy: remedy.into() }
    }
}

fn repeats(collection: &Collection, now: Timestamp) -> HashMap<String, Repeat> {
    let mut repeats = HashMap::new();
    let visible = collection.dates().visible(now);
    for position in visible {
        let Some(Story { article, others }) = collection.story(position, now) else { continue };
        // Several sources report one story every day, and no editor writes these files.
        if article.is_imported {
            continue;
        }
        let rank = |other: &Article| crate::collection::contract_order::order(other, article);
        let hotter: Vec<&Article> = others.into_iter().filter(|other| rank(other).is_lt()).collect();
        // A common address tells an editor more than the hottest article.
        let by_address = hotter.iter().find(|other| matches!(Ground::of(article, other), Ground::Address(_)));
        if let Some(hotter) = by_address.or(hotter.first()) {
            let repeat = Repeat { shown: path_of(hotter), ground: Ground::of(article, hotter) };
            repeats.insert(path_of(article), repeat);
        }
    }
    repeats
}

/// The path of an article's file, in the form of problems.
fn path_of(article: &Article) -> String {
    format!("{}.md", article.id.as_str()).chars().map(printable).collect()
}
