//! A topic file: `taxonomy: topic` with a name, its parent, and the keywords by which members may ask for it.

use super::checks::Checks;
use super::fault::Place;
use super::front_matter;
use super::problem::Problem;
use super::raw::RawTopicFile;
use super::utf16;
use super::values;
use super::yaml::{self, Raw, RawMapping};

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
    let readable = utf16::without_padding(bytes);
    if !may_say_topic(&readable) {
        return Ok(None);
    }
    let unless_foreign =
        |problems| if has_line_that_says_topic(&readable) { Err(problems) } else { Ok(None) };
    let (yaml, measured) = match front_matter::of_yaml_file(path, bytes) {
        Ok(text) => text,
        Err(problem) => return unless_foreign(vec![*problem]),
    };
    let mut checks = Checks::new(yaml, !measured.may_have_aliases);
    match yaml::read(yaml.text) {
        Ok(raw) => of_yaml(path, checks, &raw),
        Err(fault) => {
            checks.note(*fault);
            checks.finish(path, None).or_else(unless_foreign)
        }
    }
}

fn of_yaml(
    path: &str,
    mut checks: Checks<'_>,
    raw: &RawMapping<'_, RawTopicFile<'_>>,
) -> Result<Option<TopicFile>, Vec<Problem>> {
    let is_topic = match raw {
        Raw::Given(mapping) => matches!(&mapping.value.taxonomy, Raw::Given(text) if text.trim() == "topic"),
        Raw::Missing | Raw::WrongKind(_) => false,
    };
    if !is_topic {
        return Ok(None);
    }
    let topic_file = checks.mapping(&Place::Root, raw).and_then(|raw| topic_file(&mut checks, raw));
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
    let images = images.iter().filter_map(|text| Some(values::address(text).ok()?.into())).collect();
    Some(TopicFile { id, name: name?, shortname, parent, keywords, hashtags, images })
}

/// Whether the words are there: cheap, and true of every topic file but one that writes them with escapes.
fn may_say_topic(bytes: &[u8]) -> bool {
    let has = |word: &[u8]| memchr::memmem::find(bytes, word).is_some();
    has(b"taxonomy") && has(b"topic")
}

/// Whether a line other than a comment has both words, as in `taxonomy: topic` or `{name: AI, taxonomy: topic}`.
fn has_line_that_says_topic(bytes: &[u8]) -> bool {
    bytes.split(|byte| matches!(byte, b'\n' | b'\r')).any(|line| {
        let key =
            memchr::memmem::find(line, b"taxonomy").filter(|_| !line.trim_ascii_start().starts_with(b"#"));
        key.and_then(|at| line.get(at..)).is_some_and(|rest| memchr::memmem::find(rest, b"topic").is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Option<TopicFile>, Vec<Problem>> {
        parse("a.yaml", text.as_bytes())
    }

    #[test]
    fn every_key_is_read() {
        let text = "taxonomy: topic\r\n_id: ai\nname: AI &amp; ML\nshortname: AI\nparent: Data\nkeywords: [ai, ml, ai]\n\
            hashtags:\n  - \"#AI\"\nimages:\n  - https://example.com/a.png\n  - /b.png\nservices: {a: 1}\n";
        let expected = TopicFile {
            id: Some("ai".into()),
            name: "AI & ML".into(),
            shortname: Some("AI".into()),
            parent: Some("Data".into()),
            keywords: ["ai".into(), "ml".into()].into(),
            hashtags: ["#AI".into()].into(),
            images: ["https://example.com/a.png".into()].into(),
        };
        assert_eq!(parsed(text), Ok(Some(expected.clone())));
        assert_eq!(parsed(&format!("\u{FEFF}---\n{text}")), Ok(Some(expected)));
        let bare = parsed("{\"taxonomy\": \"topic\", name: A}").unwrap().unwrap();
        assert_eq!((&*bare.name, bare.keywords.len(), bare.parent), ("A", 0, None));
    }

    #[test]
    fn other_yaml_is_no_topic_file_and_no_problem() {
        for text in [
            "",
            "a: b",
            "taxonomy: category\nname: A",
            "{broken",
            "a: topic",
            "- taxonomy: topic",
            "taxonomy: [topic]",
            "# taxonomy: topic\n{broken",
            "about: the topic of taxonomy",
            "taxonomy:\n  topic: [broken",
        ] {
            assert_eq!(parsed(text), Ok(None), "{text:?}");
        }
        assert_eq!(parse("a.yaml", b"\xFF\x00"), Ok(None));
        assert_eq!(parse("a.yaml", &vec![b'['; 2_000_000]), Ok(None));
    }

    #[test]
    fn taxonomy_may_be_said_in_any_way_that_yaml_has() {
        for text in [
            "{name: A, taxonomy: topic}",
            "{\n  name: A,\n  taxonomy: topic,\n}\n",
            "name: A\ntaxonomy:\n  topic\n",
            "name: A\n? taxonomy\n: topic\n",
            "name: A\n!!str taxonomy: !!str topic\n",
            "name: A\ntaxonomy: >-\n  topic\n",
        ] {
            assert_eq!(parsed(text), Ok(Some(TopicFile::named("A"))), "{text:?}");
        }
        for (text, expected) in [
            ("{name: [A], taxonomy: topic}", "a.yaml:1:8: name is a list"),
            ("{name: [A, taxonomy: topic}", "a.yaml:1:8: a “[” opens a list"),
            ("name: [A]\ntaxonomy:\n  topic\n", "a.yaml:1:7: name is a list"),
        ] {
            let problems = parsed(text).expect_err(text);
            assert!(problems[0].to_string().starts_with(expected), "{problems:?}, not {expected}");
        }
    }

    #[test]
    fn faults_of_topic_files_are_problems() {
        let check = |text: &str, expected: &[&str]| {
            let problems = parsed(text).expect_err(text);
            let shown: Vec<String> = problems.iter().map(Problem::to_string).collect();
            assert_eq!(shown.len(), expected.len(), "{shown:?}");
            for (shown, expected) in shown.iter().zip(expected) {
                assert!(shown.starts_with(expected), "{shown}, not {expected}");
            }
        };
        check("taxonomy: topic", &["a.yaml:1:1: the topic has no name; write name"]);
        check("taxonomy: topic\nname: \"\"", &["a.yaml:2:7: name has no text"]);
        check(
            "taxonomy: topic\nname: [A]\nkeywords: b",
            &["a.yaml:2:7: name is a list", "a.yaml:3:11: keywords is a single value"],
        );
        check(
            "taxonomy: topic\nname: A\nname: B",
            &["a.yaml:3:1: the key “name” stands here a second time (first in line 2)"],
        );
        check("# c\n---\ntaxonomy: topic\nname: A\n---\n", &["a.yaml:5:1: a second document begins here"]);
        check("---\ntaxonomy: topic\nname: A\n---\n", &["a.yaml:4:1: a second document begins here"]);
        let utf16: Vec<u8> = "\u{FEFF}taxonomy: topic\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(&*parse("a.yaml", &utf16).unwrap_err()[0].cause, "the file is in the encoding UTF-16");
        check("taxonomy: topic\n\tname: A", &["a.yaml:2:1: a tab stands in the indentation"]);
        check(
            &format!("taxonomy: topic\nx: {}", "[".repeat(100_000)),
            &["a.yaml:2:2898: brackets nest too deeply here"],
        );
    }
}
