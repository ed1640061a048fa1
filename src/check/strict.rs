//! The warnings of `--strict`: unknown keys, values that a “ #” cuts off, links that are too long for Discord, stories that
//! several articles report, wrong parents of topics, and files with the wrong ending.

use std::path::Path;

use indicatif::ProgressBar;
use jiff::Timestamp;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::finding::{Excerpt, Finding, Severity};
use super::misnamed;
use super::parents::Parents;
use super::repeats::Repeats;
use crate::collection::Collection;
use crate::collection::file_problem::displayed_name;
use crate::collection::load::Loaded;
use crate::collection::load_error::LoadError;
use crate::collection::read::read_bytes;
use crate::collection::walk::{FileKind, FoundFile, open_root};
use article_format::address::characters_as_sent;
use article_format::keys::KnownKeys;
use article_format::problem::Problem;
use article_format::{LINK_CHARACTERS_MAX, schema, topic_file};

/// The keys that may give the link of a card.
const LINK_KEYS: [&str; 2] = ["webUrl", "originalUrl"];

/// All warnings, unsorted.
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
    let (repeats, parents) = (Repeats::of(&collection, now), Parents::of(&collection, &loaded.topic_files));
    let root = open_root(folder)?;
    let of_file = |file: &FoundFile| {
        progress.inc(1);
        let Ok(bytes) = read_bytes(&root, &file.name) else { return Vec::new() };
        let path = displayed_name(&file.name);
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
        if file.kind == FileKind::Article {
            let repeat = repeats.problem(known, &path, &bytes);
            found.extend(repeat.map(|problem| warning(problem, Excerpt::Line)));
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

/// Links that are too long for Discord.
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
