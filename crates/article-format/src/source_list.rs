//! The file `sources.yaml`: the web feeds and git repositories from which articles come.

use std::borrow::Cow;
use std::collections::HashMap;
use std::time::Duration;

use serde::Deserialize;

use super::checks::Checks;
use super::fault::{DocumentPlace, quoted};
use super::front_matter;
use super::keys::KnownKeys;
use super::problem::Problem;
use super::schema::FileKind;
use super::values;
use super::yaml::{KnownKeys as Known, Mapping, Raw, RawList, RawText};

mod model;
mod name;
mod single_values;

pub use model::{FeedRules, OpmlPlace, Origin, Repository, Source, SourceList};
pub use name::derived_name;

/// How often a source is fetched if the file does not say.
pub const EVERY_DEFAULT: Duration = Duration::from_secs(15 * 60);

/// How many days an imported file stays if the file does not say.
pub const KEEP_DAYS_DEFAULT: u32 = 365;

/// The quality of a source's articles if the file does not say.
pub const QUALITY_DEFAULT: u8 = 60;

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawSourceList<'text> {
    #[serde(borrow)]
    every: RawText<'text>,
    #[serde(borrow)]
    keep_days: RawText<'text>,
    #[serde(borrow)]
    sources: RawList<Mapping<'text, RawSource<'text>>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawSource<'text> {
    #[serde(borrow)]
    name: RawText<'text>,
    #[serde(borrow)]
    feed: RawText<'text>,
    #[serde(borrow)]
    opml: RawText<'text>,
    #[serde(borrow)]
    git: RawText<'text>,
    #[serde(borrow)]
    every: RawText<'text>,
    #[serde(borrow)]
    topics: RawList<Cow<'text, str>>,
    #[serde(borrow)]
    quality: RawText<'text>,
    #[serde(borrow)]
    private: RawText<'text>,
    #[serde(borrow)]
    branch: RawText<'text>,
    #[serde(borrow)]
    folders: RawList<Cow<'text, str>>,
}

impl<'de: 'text, 'text> Known<'de> for RawSourceList<'text> {}
impl<'de: 'text, 'text> Known<'de> for RawSource<'text> {}

/// Reads the bytes of `sources.yaml`. `path` names the file in problems.
///
/// # Errors
/// Everything that is wrong with the file, in its order. An unknown key is a problem, because a misspelt key would
/// otherwise be ignored in silence.
pub fn parse(path: &str, bytes: &[u8]) -> Result<SourceList, Vec<Problem>> {
    let (yaml, measured) = front_matter::of_yaml_file(path, bytes).map_err(|problem| vec![*problem])?;
    let mut checks = Checks::new(yaml, !measured.may_have_aliases);
    let list = match front_matter::read_yaml::<RawSourceList<'_>>(yaml.text) {
        Ok(raw) => {
            // An empty file lists no sources.
            let nothing = RawSourceList::default();
            let is_missing = matches!(raw, Raw::Missing);
            let raw = checks.mapping(&DocumentPlace::Root, &raw);
            raw.or(is_missing.then_some(&nothing)).map(|raw| source_list(&mut checks, raw))
        }
        Err(fault) => {
            checks.note(*fault);
            None
        }
    };
    let list = checks.finish(path, list);
    let unknown = KnownKeys::of(FileKind::Sources).unknown_in(path, bytes);
    if unknown.is_empty() {
        return list;
    }
    let mut problems = list.err().unwrap_or_default();
    problems.extend(unknown);
    problems.sort();
    Err(problems)
}

fn source_list(checks: &mut Checks<'_>, raw: &RawSourceList<'_>) -> SourceList {
    let key = |name| DocumentPlace::Key(&DocumentPlace::Root, name);
    let every = checks.value(&key("every"), &raw.every, single_values::every).unwrap_or(EVERY_DEFAULT);
    let keep_days = checks
        .value(&key("keep_days"), &raw.keep_days, single_values::keep_days)
        .unwrap_or(KEEP_DAYS_DEFAULT);
    let list = key("sources");
    let mut sources: Vec<Source> = Vec::new();
    let mut names: HashMap<String, usize> = HashMap::new();
    for (index, raw) in checks.list(&list, &raw.sources).iter().enumerate() {
        let place = DocumentPlace::Item(&list, index);
        if matches!(raw, Raw::Missing) {
            checks.refuse(
                &place,
                "the source is empty".to_owned(),
                "write feed:, opml: or git: behind the “- ”",
            );
        }
        let Some(source) = checks.mapping(&place, raw).and_then(|raw| source(checks, &place, raw, every))
        else {
            continue;
        };
        if let Some(other) = names.insert(source.name.to_lowercase(), index + 1) {
            let cause =
                format!("the sources {other} and {} have the same name {}", index + 1, quoted(&source.name));
            checks.refuse(&place, cause, "write a different name: behind one of the two");
        }
        sources.push(source);
    }
    SourceList { keep_days: Some(keep_days).filter(|days| *days > 0), sources }
}

fn source(
    checks: &mut Checks<'_>,
    place: &DocumentPlace<'_>,
    raw: &RawSource<'_>,
    every_default: Duration,
) -> Option<Source> {
    let key = |name| DocumentPlace::Key(place, name);
    let given_name = checks.value(&key("name"), &raw.name, single_values::name);
    let every = checks.value(&key("every"), &raw.every, single_values::every).unwrap_or(every_default);
    let origin = origin(checks, place, raw)?;
    let name = given_name.map_or_else(|| derived_name(&origin), Into::into);
    Some(Source { name, origin, every })
}

/// A source has exactly one of `feed`, `opml` and `git`.
fn origin(checks: &mut Checks<'_>, place: &DocumentPlace<'_>, raw: &RawSource<'_>) -> Option<Origin> {
    let key = |name| DocumentPlace::Key(place, name);
    let given = [("feed", &raw.feed), ("opml", &raw.opml), ("git", &raw.git)];
    let mut given = given.into_iter().filter(|(_, value)| !matches!(value, Raw::Missing));
    let Some((kind, value)) = given.next() else {
        let cause = "the source names nothing that can be fetched".to_owned();
        checks.refuse(place, cause, "write feed:, opml: or git: and its address");
        return None;
    };
    if let Some((second, _)) = given.next() {
        let cause = format!("the source has both {kind} and {second}");
        checks.refuse(&key(second), cause, "write a source of its own for each");
    }
    if kind == "git" {
        let feeds_only =
            [("quality", &raw.quality), ("private", &raw.private)].map(|(name, raw)| (name, is_given(raw)));
        for (name, _) in
            feeds_only.into_iter().chain([("topics", is_given(&raw.topics))]).filter(|(_, is)| *is)
        {
            let cause =
                format!("{name} has no effect on a git repository, which has article files of its own");
            checks.refuse(&key(name), cause, "delete the key");
        }
        let address = checks.value(&key(kind), value, single_values::git_address);
        let branch = checks.value(&key("branch"), &raw.branch, single_values::branch);
        let folders = folders(checks, &key("folders"), &raw.folders);
        let branch = branch.map(Into::into);
        return Some(Origin::Git(Repository { address: address?.into(), branch, folders }));
    }
    for (name, _) in
        [("branch", is_given(&raw.branch)), ("folders", is_given(&raw.folders))].iter().filter(|(_, is)| *is)
    {
        checks.refuse(
            &key(name),
            format!("{name} is for git repositories, and this is a feed"),
            "delete the key",
        );
    }
    let rules = FeedRules {
        topics: checks.texts(&key("topics"), &raw.topics),
        quality: checks
            .value(&key("quality"), &raw.quality, single_values::quality)
            .unwrap_or(QUALITY_DEFAULT),
        is_private: checks.value(&key("private"), &raw.private, values::boolean).unwrap_or(false),
    };
    if kind == "opml" {
        let list = checks.value(&key(kind), value, single_values::opml_place)?;
        return Some(Origin::Opml { list, rules });
    }
    let address = checks.value(&key(kind), value, single_values::web_address)?;
    Some(Origin::Feed { address, rules })
}

fn is_given<T>(raw: &Raw<T>) -> bool {
    !matches!(raw, Raw::Missing)
}

/// Relative paths inside the repository, without repetition.
fn folders(
    checks: &mut Checks<'_>,
    place: &DocumentPlace<'_>,
    raw: &RawList<Cow<'_, str>>,
) -> Box<[Box<str>]> {
    let mut folders: Vec<Box<str>> = Vec::new();
    for (index, entry) in checks.list(place, raw).iter().enumerate() {
        let folder = checks.value(&DocumentPlace::Item(place, index), entry, single_values::folder);
        folders.extend(folder.map(Box::from).filter(|folder| !folders.contains(folder)));
    }
    folders.into()
}

#[cfg(test)]
mod tests;
