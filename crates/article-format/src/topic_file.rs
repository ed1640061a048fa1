//! A topic file: `taxonomy: topic` with a name, a parent, and keywords for questions of members.

use std::borrow::Cow;

use super::checks::Checks;
use super::fault::DocumentPlace;
use super::front_matter::{self, YamlText};
use super::problem::Problem;
use super::raw::RawTopicFile;
use super::slips;
use super::surrogates;
use super::utf16;
use super::yaml::{Raw, RawList, RawMapping};

/// The values of a topic file.
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
    /// A topic file with only a name.
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

/// The problems of a YAML file that gives no topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faulty {
    /// All of it.
    pub problems: Vec<Problem>,
    /// Whether the file says `taxonomy: topic`. Otherwise the file may belong to another program.
    pub says_topic: bool,
}

/// Reads a YAML file. `None` if the file is not about a topic. `path` names the file in problems.
///
/// # Errors
/// Problems of a file that says `taxonomy: topic`, or that has these words and is not YAML. The folder may have YAML
/// files of other programs.
pub fn parse(path: &str, bytes: &[u8]) -> Result<Option<TopicFile>, Faulty> {
    let readable = utf16::without_padding(bytes);
    if !may_say_topic(&readable) {
        return Ok(None);
    }
    let of_unreadable = |problems| Faulty { problems, says_topic: says_topic(&readable) };
    let (yaml, measured) =
        front_matter::of_yaml_file(path, bytes).map_err(|problem| of_unreadable(vec![*problem]))?;
    let joined;
    let (yaml, raw) = match (front_matter::read_yaml(yaml.text), surrogates::joined(yaml.text)) {
        (Err(_), Some(text)) => {
            joined = text;
            let yaml = YamlText { text: &joined, ..yaml };
            (yaml, front_matter::read_yaml(yaml.text))
        }
        (raw, _) => (yaml, raw),
    };
    let mut checks = Checks::new(yaml, !measured.may_have_aliases);
    match raw {
        Ok(raw) => of_yaml(path, checks, &raw).map_err(|problems| Faulty { problems, says_topic: true }),
        Err(fault) => {
            checks.note(*fault);
            checks.finish(path, None).map_err(of_unreadable)
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
    let topic_file = checks.mapping(&DocumentPlace::Root, raw).and_then(|raw| topic_file(&mut checks, raw));
    checks.finish(path, topic_file.map(Some))
}

fn topic_file(checks: &mut Checks<'_>, raw: &RawTopicFile<'_>) -> Option<TopicFile> {
    let key = |name| DocumentPlace::Key(&DocumentPlace::Root, name);
    let name = checks.text(&key("name"), &raw.name);
    match &raw.name {
        Raw::Missing => {
            checks.refuse(&DocumentPlace::Root, "the topic has no name".into(), "add a line name: \"...\"");
        }
        Raw::Given(_) if name.is_none() => {
            checks.refuse(&key("name"), "name has no text".into(), "add a line name: \"...\"");
        }
        Raw::Given(_) | Raw::WrongKind(_) => {}
    }
    let id = checks.text(&key("_id"), &raw.id);
    let shortname = checks.text(&key("shortname"), &raw.shortname);
    let parent = checks.text(&key("parent"), &raw.parent);
    let keywords = checks.texts(&key("keywords"), &raw.keywords);
    let hashtags = checks.texts(&key("hashtags"), &raw.hashtags);
    let images = images(checks, &key("images"), &raw.images);
    Some(TopicFile { id, name: name?, shortname, parent, keywords, hashtags, images })
}

/// The http(s) addresses among the entries, without repetition, in order.
fn images(
    checks: &mut Checks<'_>,
    place: &DocumentPlace<'_>,
    raw: &RawList<Cow<'_, str>>,
) -> Box<[Box<str>]> {
    let mut images: Vec<Box<str>> = Vec::new();
    for (index, entry) in checks.list(place, raw).iter().enumerate() {
        let place = DocumentPlace::Item(place, index);
        let address = checks.word(&place, entry).and_then(|text| checks.address_or_none(&place, text));
        images.extend(address.map(Box::from).filter(|address| !images.contains(address)));
    }
    images.into()
}

/// A cheap test for both words. Only a topic file that writes them with escapes fails it.
fn may_say_topic(bytes: &[u8]) -> bool {
    let has = |word: &[u8]| memchr::memmem::find(bytes, word).is_some();
    has(b"taxonomy") && has(b"topic")
}

/// Whether the text has `taxonomy: topic` outside comments, in any form that YAML allows. Other faults do not matter.
fn says_topic(bytes: &[u8]) -> bool {
    const KEY: &[u8] = b"taxonomy";
    let mut line_start = 0;
    for line in bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        let is_comment = line.trim_ascii_start().starts_with(b"#");
        let keys = memchr::memmem::find_iter(line, KEY).filter(|_| !is_comment);
        for at in keys {
            let is_whole =
                at.checked_sub(1).and_then(|before| line.get(before)).is_none_or(|byte| !is_word(*byte));
            let behind = bytes.get(line_start + at + KEY.len()..).unwrap_or_default();
            let behind = behind.get(..SAID_WITHIN_BYTES).unwrap_or(behind);
            if is_whole && is_value_topic(behind) {
                return true;
            }
        }
        line_start += line.len();
    }
    false
}

/// The value is searched within this many bytes after a key, so each key costs the same.
const SAID_WITHIN_BYTES: usize = 200;

/// Whether the value `topic` follows a key. A quotation mark of the key may come first.
fn is_value_topic(behind_key: &[u8]) -> bool {
    let without_quote = |text: &'_ [u8]| usize::from(matches!(text.first(), Some(b'"' | b'\'')));
    let behind_key = behind_key.get(without_quote(behind_key)..).unwrap_or_default().trim_ascii_start();
    let Some(mut value) = slips::behind_any_colon(behind_key) else { return false };
    // A tag, an anchor, or the mark of a block of text.
    while let [b'!' | b'&' | b'|' | b'>', ..] = value {
        let end = value.iter().position(u8::is_ascii_whitespace).unwrap_or(value.len());
        value = value.get(end..).unwrap_or_default().trim_ascii_start();
    }
    let value = value.get(without_quote(value)..).unwrap_or_default();
    let ends = |rest: &[u8]| rest.first().is_none_or(|byte| !is_word(*byte) && *byte != b':');
    value.strip_prefix(b"topic").is_some_and(ends)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As [`parse`] says of a file of which nobody knew before.
    fn parsed(text: &str) -> Result<Option<TopicFile>, Vec<Problem>> {
        match parse("a.yaml", text.as_bytes()) {
            Err(Faulty { says_topic: false, .. }) => Ok(None),
            other => other.map_err(|faulty| faulty.problems),
        }
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
    fn json_is_read_with_its_escapes() {
        let text = "{\"taxonomy\":\"topic\",\"name\":\"Rocket \\ud83d\\ude80\"}";
        assert_eq!(parsed(text), Ok(Some(TopicFile::named("Rocket 🚀"))));
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
            "about: the taxonomy of a topic\n{broken",
            "run: hugo --taxonomy=x topics\n---\nb: c",
            "taxonomy: topics\n{broken",
            "- { taxonomy_topic: [",
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
            ("{name: [A, taxonomy: topic}", "a.yaml:1:8: this “[” begins a list"),
            ("name: [A]\ntaxonomy:\n  topic\n", "a.yaml:1:7: name is a list"),
            ("name: [A\ntaxonomy:\n  topic\n", "a.yaml:1:7: this “[” begins a list"),
            ("name: [A\n? taxonomy\n: topic\n", "a.yaml:1:7: this “[” begins a list"),
            ("name: [A\n\"taxonomy\" : !!str 'topic'", "a.yaml:1:7: this “[” begins a list"),
            ("name: [A\ntaxonomy: >-\n  topic", "a.yaml:1:7: this “[” begins a list"),
        ] {
            let problems = parsed(text).expect_err(text);
            assert!(problems[0].to_string().starts_with(expected), "{problems:?}, not {expected}");
        }
    }

    #[test]
    fn hostile_files_are_searched_once() {
        let took = |unit: &str| {
            let text = unit.repeat((1 << 20) / unit.len()) + "end";
            let began_at = std::time::Instant::now();
            assert!(!says_topic(text.as_bytes()), "{unit:?}");
            began_at.elapsed()
        };
        let usual = took("title: words\n");
        for unit in [
            "taxonomy",
            "taxonomy: ",
            "taxonomy: !",
            "taxonomy:\n",
            "taxonomy topic\n",
            "taxonomy: \"",
            "[taxonomy: [&",
        ] {
            let hostile = took(unit);
            assert!(hostile < usual * 200, "{unit:?}: {hostile:?}, where {usual:?} is usual");
        }
    }

    #[test]
    fn hostile_files_that_speak_of_topics_take_no_longer_than_good_ones() {
        let took = |text: &str| {
            // The least of several: whatever else the machine does only adds to it.
            let times = (0..3).map(|_| {
                let began_at = std::time::Instant::now();
                let is_topic = matches!(parse("a.yaml", text.as_bytes()), Ok(Some(_)));
                (is_topic, began_at.elapsed())
            });
            times.min_by_key(|(_, time)| *time).unwrap()
        };
        let keywords = "  - a usual keyword of some words\n".repeat(9_000);
        let filled = |text: String| format!("{text}# {}\n", "x".repeat((1 << 20) - text.len() - 3));
        let (is_topic, good) = took(&filled(format!("taxonomy: topic\nname: A\nkeywords:\n{keywords}")));
        assert!(is_topic);
        let levels: String = (0..60).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
        let bomb: String =
            (0..8).map(|number| format!("a{number}: &a{number} [{}]\n", "*a0, ".repeat(9))).collect();
        for hostile in [
            "[".repeat(200_000),
            "- ".repeat(20_000),
            format!("a: &a0 [{}]\n{bomb}", "x, ".repeat(5000)),
            format!("a: &a0 [{}]\nb: [*a0, *a0, *a0, *a0]\n", "x, ".repeat(5000)),
            (0..100_000).map(|number| format!("k{number}: 1\n")).collect(),
            "\"".to_owned() + &"a\n".repeat(1 << 19),
            "a,".repeat(1 << 19),
            "{".repeat(4000) + &"a: {".repeat(1000),
            "? ".repeat(1 << 18),
            "%TAG ! a\n".repeat(50_000),
            "--- a\n".repeat(20_000),
            levels.repeat(200),
            "taxonomy: [topic\n".repeat(50_000),
        ] {
            for text in [format!("taxonomy: topic\nx: {hostile}"), format!("{hostile}\n# taxonomy topic\n")] {
                let (is_topic, time) = took(&text);
                let shown: String = text.chars().take(40).collect();
                assert!(!is_topic && time < good * 5, "{shown:?}: {time:?}, where {good:?} is good");
            }
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
        check("taxonomy: topic", &["a.yaml:1:1: the topic has no name; add a line name"]);
        check("taxonomy: topic\nname: \"\"", &["a.yaml:2:7: name has no text"]);
        check(
            "taxonomy: topic\nname: [A]\nkeywords: b",
            &["a.yaml:2:7: name is a list", "a.yaml:3:11: keywords is a single value"],
        );
        check(
            "taxonomy: topic\nname: A\nimages: [/a.png, \"https://ann:hidden@example.com/b.png\"]",
            &["a.yaml:3:18: images is an address with a user name or a password before the host"],
        );
        check(
            "taxonomy: topic\nname: A\nname: B",
            &["a.yaml:3:1: the key “name” appears here a second time (first in line 2)"],
        );
        check("# c\n---\ntaxonomy: topic\nname: A\n---\n", &["a.yaml:5:1: a second document begins here"]);
        check("---\ntaxonomy: topic\nname: A\n---\n", &["a.yaml:4:1: a second document begins here"]);
        for text in ["\u{FEFF}taxonomy: topic\n", "taxonomy: topic\n"] {
            for bytes_of in [u16::to_le_bytes, u16::to_be_bytes] {
                let utf16: Vec<u8> = text.encode_utf16().flat_map(bytes_of).collect();
                let problems = parse("a.yaml", &utf16).unwrap_err().problems;
                assert_eq!(&*problems[0].cause, "the file has the encoding UTF-16");
            }
        }
        check("taxonomy: topic\n\tname: A", &["a.yaml:2:1: a tab is in the indentation"]);
        check(
            &format!("taxonomy: topic\nx: {}", "[".repeat(100_000)),
            &["a.yaml:2:2898: brackets are nested too deeply here"],
        );
    }
}
