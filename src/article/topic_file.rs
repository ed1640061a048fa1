//! A topic file: `taxonomy: topic` with a name, its parent, and the keywords by which members may ask for it.

use super::bounds::Measured;
use super::checks::Checks;
use super::fault::Place;
use super::front_matter::{self, YamlText};
use super::problem::Problem;
use super::raw::RawTopicFile;
use super::values;
use super::yaml::{self, Raw};

/// What a topic file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicFile {
    /// `_id`.
    pub id: Option<Box<str>>,
    /// `name`, plain text, never empty: as articles write the topic.
    pub name: Box<str>,
    /// `shortname`, plain text.
    pub shortname: Option<Box<str>>,
    /// `parent`: the name of the topic above this one.
    pub parent: Option<Box<str>>,
    /// `keywords`: other words for the topic, without repetition, in the file's order.
    pub keywords: Box<[Box<str>]>,
    /// `hashtags`, with their `#` as written.
    pub hashtags: Box<[Box<str>]>,
    /// `images`: the http(s) addresses among them, as the `url` crate writes them.
    pub images: Box<[Box<str>]>,
}

impl TopicFile {
    /// A topic of which a file says only the name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            id: None,
            name: name.into(),
            shortname: None,
            parent: None,
            keywords: Box::default(),
            hashtags: Box::default(),
            images: Box::default(),
        }
    }
}

/// Reads a YAML file; `None` when it is not about a topic. `path` names the file in problems.
///
/// # Errors
/// Every problem of a file that says `taxonomy: topic`. A file that is no YAML is a problem only if a line of it says
/// so: other YAML files may lie in the folder and are no business of ours.
pub fn parse(path: &str, bytes: &[u8]) -> Result<Option<TopicFile>, Vec<Problem>> {
    if !says_topic(bytes) {
        return Ok(None);
    }
    let (yaml, measured) = front_matter::of_yaml_file(path, bytes).map_err(|problem| vec![*problem])?;
    parse_checked(path, yaml, measured)
}

fn parse_checked(
    path: &str,
    yaml: YamlText<'_>,
    measured: Measured,
) -> Result<Option<TopicFile>, Vec<Problem>> {
    let mut checks = Checks::new(yaml, !measured.may_have_aliases);
    let raw = match yaml::read::<RawTopicFile<'_>>(yaml.text) {
        Ok(raw) => raw,
        Err(fault) => {
            checks.take(*fault);
            return checks.finish(path, None);
        }
    };
    let is_topic = match &raw {
        Raw::Given(mapping) => matches!(&mapping.value.taxonomy, Raw::Given(text) if text.trim() == "topic"),
        Raw::Missing | Raw::WrongKind(_) => false,
    };
    if !is_topic {
        return Ok(None);
    }
    let topic_file = checks.mapping(&Place::Root, &raw).and_then(|raw| topic_file(&mut checks, raw));
    checks.finish(path, topic_file.map(Some))
}

fn topic_file(checks: &mut Checks<'_>, raw: &RawTopicFile<'_>) -> Option<TopicFile> {
    let key = |name| Place::Key(&Place::Root, name);
    let name = checks.text(&key("name"), &raw.name);
    match &raw.name {
        Raw::Missing => checks.refuse(&Place::Root, "the topic has no name".into(), "write name: \"...\""),
        Raw::Given(_) if name.is_none() => {
            checks.refuse(&key("name"), "name has no text".into(), "write name: \"...\"");
        }
        Raw::Given(_) | Raw::WrongKind(_) => {}
    }
    let id = checks.text(&key("_id"), &raw.id);
    let shortname = checks.text(&key("shortname"), &raw.shortname);
    let parent = checks.text(&key("parent"), &raw.parent);
    let keywords = checks.texts(&key("keywords"), &raw.keywords);
    let hashtags = checks.texts(&key("hashtags"), &raw.hashtags);
    let images = checks.texts(&key("images"), &raw.images);
    let images = images.iter().filter_map(|text| Some(values::address(text).ok()?.as_str().into())).collect();
    Some(TopicFile { id, name: name?, shortname, parent, keywords, hashtags, images })
}

/// Whether a line begins with `taxonomy` and speaks of a topic: cheap, and true of every topic file whose YAML is
/// written as blocks.
fn says_topic(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    bytes.split(|byte| matches!(byte, b'\n' | b'\r')).any(|line| {
        let key = line.trim_ascii_start();
        let key = key.strip_prefix(b"{").unwrap_or(key).trim_ascii_start();
        let key = key.strip_prefix(b"\"").or_else(|| key.strip_prefix(b"'")).unwrap_or(key);
        key.starts_with(b"taxonomy") && memchr::memmem::find(key, b"topic").is_some()
    })
}
