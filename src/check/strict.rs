//! What `--strict` warns of: unknown keys, values that a “ #” cuts off, stories that are told twice, parents of topics that lead nowhere, and files that
//! are passed over for their names.

use std::collections::HashMap;
use std::path::Path;

use indicatif::ProgressBar;
use jiff::Timestamp;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::finding::{Excerpt, Finding, Severity};
use super::misnamed;
use super::parents::Parents;
use crate::collection::Collection;
use crate::collection::load::{LoadError, Loaded};
use crate::collection::read::read_bytes;
use crate::collection::stories::title_identity;
use crate::collection::walk::{FileKind, FoundFile, open_root, shown_name};
use article_format::address::{characters_as_sent, identities};
use article_format::keys::KnownKeys;
use article_format::problem::{Position, Problem, printable};
use article_format::{Article, LINK_CHARACTERS_MAX, Story, schema, topic_file};

/// The keys of an article that hold an address.
const ADDRESS_KEYS: [&str; 4] = ["webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl"];

/// Those of them that may be the link of a card.
const LINK_KEYS: [&str; 2] = ["webUrl", "originalUrl"];

/// All warnings, in no order.
///
/// # Errors
/// A folder that cannot be read any more.
pub(super) fn findings(
    folder: &Path,
    loaded: Loaded,
    files: &[FoundFile],
    now: Timestamp,
    progress: &ProgressBar,
) -> Result<Vec<Finding>, LoadError> {
    let article_keys = KnownKeys::of(schema::FileKind::Article);
    let topic_keys = KnownKeys::of(schema::FileKind::Topic);
    let collection = Collection::new(loaded.articles, &loaded.topic_files, Vec::new());
    let (repeats, parents) = (repeats(&collection, now), Parents::of(&collection, &loaded.topic_files));
    let root = open_root(folder)?;
    let of_file = |file: &FoundFile| {
        progress.inc(1);
        let Ok(bytes) = read_bytes(&root, &file.name) else { return Vec::new() };
        let path = shown_name(&file.name);
        let known = match file.kind {
            FileKind::Article => &article_keys,
            FileKind::Yaml => &topic_keys,
        };
        let unknown = known.unknown_in(&path, &bytes).into_iter();
        let mut found: Vec<Finding> = unknown.map(|problem| warning(problem, Excerpt::Key)).collect();
        if file.kind == FileKind::Article {
            found.extend(long_links(known, &path, &bytes).map(|problem| warning(problem, Excerpt::Key)));
        }
        let cuts = known.cut_values_in(&path, &bytes).into_iter();
        found.extend(cuts.map(|problem| warning(problem, Excerpt::Line)));
        if let Some(repeat) = repeats.get(&path).filter(|_| file.kind == FileKind::Article) {
            let position = repeat.ground.position(known, &path, &bytes);
            found.push(warning(repeat.problem(&path, position), Excerpt::Line));
        }
        if file.kind == FileKind::Yaml
            && let Ok(Some(topic_file)) = topic_file::parse(&path, &bytes)
        {
            let position =
                || known.texts_of(&path, &bytes, &["parent"]).first().map(|(position, _)| *position);
            let problem = parents.problem(&path, &topic_file, position);
            found.extend(problem.map(|problem| warning(problem, Excerpt::Line)));
        }
        found
    };
    let mut findings: Vec<Finding> = files.par_iter().flat_map_iter(of_file).collect();
    findings.extend(
        misnamed::problems(folder, &root)?.into_iter().map(|problem| warning(problem, Excerpt::Line)),
    );
    Ok(findings)
}

/// Links that Discord has no room for.
fn long_links(known: &KnownKeys, path: &str, bytes: &[u8]) -> impl Iterator<Item = Problem> {
    let links = LINK_KEYS.iter().flat_map(|key| {
        let texts = known.texts_of(path, bytes, &[key]).into_iter();
        texts.map(move |(position, text)| (*key, position, text))
    });
    links.filter_map(move |(key, position, text)| {
        let characters = characters_as_sent(&text).filter(|characters| *characters > LINK_CHARACTERS_MAX)?;
        Some(Problem {
            path: path.into(),
            position: Some(position),
            cause: format!(
                "{key} has {characters} characters as Discord counts them, and Discord allows {LINK_CHARACTERS_MAX}"
            )
            .into(),
            remedy: "write a shorter address, because no feed posts an article without a usable link".into(),
        })
    })
}

fn warning(problem: Problem, excerpt: Excerpt) -> Finding {
    Finding { problem, severity: Severity::Warning, excerpt }
}

/// What two articles have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Ground {
    /// Of these addresses ([`identities`]), at least one.
    Address(Vec<u64>),
    /// Title and time.
    Title,
    /// A third article, with which each of them has something in common.
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

    /// Where it stands in the file of the first.
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

/// An article whose story another one tells that comes first.
struct Repeat {
    /// The path of the one that is shown in its place.
    shown: String,
    ground: Ground,
}

impl Repeat {
    fn problem(&self, path: &str, position: Option<Position>) -> Problem {
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

/// By path, all visible articles whose story another visible one tells that comes first.
fn repeats(collection: &Collection, now: Timestamp) -> HashMap<String, Repeat> {
    let mut repeats = HashMap::new();
    let visible = collection.dates().visible(now);
    for position in visible {
        let Some(Story { article, others }) = collection.story(position, now) else { continue };
        let rank = |other: &Article| crate::collection::order(other, article);
        let hotter: Vec<&Article> = others.into_iter().filter(|other| rank(other).is_lt()).collect();
        // One with an address in common tells an editor more than one that is only the hottest.
        let by_address = hotter.iter().find(|other| matches!(Ground::of(article, other), Ground::Address(_)));
        if let Some(hotter) = by_address.or(hotter.first()) {
            let repeat = Repeat { shown: path_of(hotter), ground: Ground::of(article, hotter) };
            repeats.insert(path_of(article), repeat);
        }
    }
    repeats
}

/// The path of an article's file as problems show it.
fn path_of(article: &Article) -> String {
    format!("{}.md", article.id.as_str()).chars().map(printable).collect()
}
