//! Unknown keys of a file, and the positions of values, for `heatwire check --strict` only. Loading skips unknown keys at no
//! cost.

use serde_json::{Map, Value};

use super::fault::{FAULTS_MAX, quoted};
use super::front_matter::{self, YamlText};
use super::problem::{Position, Problem};
use super::schema::FileKind;
use super::slips;
use super::surrogates;
use super::yaml_tree::{Node, offset_in};

mod cuts;
mod elsewhere;

/// The longest key that is compared with the known keys, in bytes. The longest known key has 17 bytes.
const COMPARED_BYTES_MAX: usize = 40;

/// A key with at least this likeness to a known key counts as misspelt. 1 means equal keys, 0 means nothing in common.
const ALIKE_MIN: f64 = 0.7;

/// The known keys of one kind of file.
#[derive(Debug)]
pub struct KnownKeys {
    kind: FileKind,
    schema: Value,
}

impl KnownKeys {
    /// Those that the schema describes.
    #[must_use]
    pub fn of(kind: FileKind) -> Self {
        Self { kind, schema: kind.json_schema() }
    }

    /// A problem for each unknown key of a file, at most 50; none for a file that cannot be read or is of another kind.
    /// Values of unknown keys are not looked into.
    #[must_use]
    pub fn unknown_in(&self, path: &str, bytes: &[u8]) -> Vec<Problem> {
        self.with_entries(path, bytes, |yaml, entries| {
            let mut unknown = Unknown { kind: self.kind, path, yaml, problems: Vec::new() };
            unknown.in_mapping("", entries, &self.schema);
            unknown.problems.sort();
            unknown.problems
        })
    }

    /// The texts that stand under a key of the whole file, and where; none for a file that cannot be read.
    #[must_use]
    pub fn texts_of(&self, path: &str, bytes: &[u8], keys: &[&str]) -> Vec<(Position, String)> {
        self.with_entries(path, bytes, |yaml, entries| {
            let texts = entries.iter().filter_map(|entry| match entry {
                (Node::Text(key), Node::Text(text)) if keys.contains(&&**key) => {
                    Some((yaml.position(offset_in(yaml.text, key)?), text.clone().into_owned()))
                }
                _ => None,
            });
            texts.collect()
        })
    }

    /// The results of `found` for the keys and values of a file. None for a file that cannot be read or is of another kind. A
    /// file with pairs of escapes is read as the loader reads it.
    fn with_entries<T>(
        &self,
        path: &str,
        bytes: &[u8],
        found: impl FnOnce(YamlText<'_>, &[(Node<'_>, Node<'_>)]) -> Vec<T>,
    ) -> Vec<T> {
        let read = match self.kind {
            FileKind::Article => front_matter::of_markdown(path, bytes),
            FileKind::Topic | FileKind::Sources => front_matter::of_yaml_file(path, bytes),
        };
        let Ok((yaml, _)) = read else { return Vec::new() };
        let joined;
        let (yaml, tree) = match Node::read(yaml.text) {
            Ok(tree) => (yaml, Ok(tree)),
            Err(fault) => match surrogates::joined(yaml.text) {
                Some(text) => {
                    joined = text;
                    let yaml = YamlText { text: &joined, ..yaml };
                    (yaml, Node::read(yaml.text))
                }
                None => (yaml, Err(fault)),
            },
        };
        let Ok(tree) = tree else { return Vec::new() };
        let is_right = self.kind != FileKind::Topic || says_topic(&tree);
        match tree {
            Node::Mapping(entries) if is_right && slips::unnoticed(yaml.text).is_none() => {
                found(yaml, &entries)
            }
            _ => Vec::new(),
        }
    }
}

fn says_topic(tree: &Node<'_>) -> bool {
    let Node::Mapping(entries) = tree else { return false };
    entries.iter().any(|entry| match entry {
        (Node::Text(key), Node::Text(text)) => key == "taxonomy" && text.trim() == "topic",
        _ => false,
    })
}

/// The unknown keys found so far.
struct Unknown<'file> {
    kind: FileKind,
    path: &'file str,
    yaml: YamlText<'file>,
    problems: Vec<Problem>,
}

impl Unknown<'_> {
    fn in_mapping(&mut self, place: &str, entries: &[(Node<'_>, Node<'_>)], schema: &Value) {
        let Some(known) = part_of(schema, "properties").and_then(Value::as_object) else { return };
        for (key, value) in entries {
            let Node::Text(key) = key else { continue };
            match known.get(&**key) {
                Some(schema) => self.in_value(key, value, schema),
                None if self.problems.len() < FAULTS_MAX => self.note(place, key, known),
                None => return,
            }
        }
    }

    fn in_value(&mut self, place: &str, value: &Node<'_>, schema: &Value) {
        match value {
            Node::Mapping(entries) => self.in_mapping(place, entries, schema),
            Node::List(entries) => {
                let Some(schema) = part_of(schema, "items") else { return };
                entries.iter().for_each(|entry| self.in_value(place, entry, schema));
            }
            Node::Nothing | Node::Text(_) => {}
        }
    }

    fn note(&mut self, place: &str, key: &str, known: &Map<String, Value>) {
        let position = offset_in(self.yaml.text, key).map(|offset| self.yaml.position(offset));
        let of = if place.is_empty() { String::new() } else { format!(" of {place}") };
        let folded_key = folded(key);
        let remedy = if let Some(remedy) = elsewhere::remedy(self.kind, place, &folded_key) {
            remedy.to_owned()
        } else if let Some(opposite) = elsewhere::opposite_of(&folded_key) {
            format!("{opposite} means the opposite: write “{opposite}: false” where the value here is true")
        } else if let Some(near) = nearest(key, known.keys()) {
            format!("did you mean {near}?")
        } else {
            "correct or delete the key, because nothing reads it".to_owned()
        };
        self.problems.push(Problem {
            path: self.path.into(),
            position,
            cause: format!("the key {}{of} is unknown", quoted(key)).into(),
            remedy: remedy.into(),
        });
    }
}

/// A keyword of a schema, or of the alternative to `null` in it.
fn part_of<'schema>(schema: &'schema Value, keyword: &str) -> Option<&'schema Value> {
    let alternatives = schema.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    std::iter::once(schema).chain(alternatives).find_map(|schema| schema.get(keyword))
}

/// The known key that was meant, if one is alike.
fn nearest<'known>(key: &str, known: impl Iterator<Item = &'known String>) -> Option<&'known str> {
    if key.len() > COMPARED_BYTES_MAX {
        return None;
    }
    let typed = folded(key);
    let scored =
        known.map(|name| (strsim::normalized_damerau_levenshtein(&typed, &folded(name)), name.as_str()));
    let alike = scored.filter(|(score, _)| *score >= ALIKE_MIN);
    alike.max_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, name)| name)
}

/// A key in lower case and without `_`, `-` and spaces: people most often get these wrong.
fn folded(key: &str) -> String {
    key.chars()
        .filter(|character| !matches!(character, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde::de::value::Error as ValueError;
    use serde::de::{Deserialize, Deserializer, Error as _, Visitor};

    use super::super::raw::{
        RawArticle, RawAuthor, RawImage, RawProvider, RawRatings, RawRelated, RawTopicFile,
    };
    use super::super::source_list::{RawSource, RawSourceList};
    use super::*;

    fn check(kind: FileKind, text: &str, expected: &[&str]) {
        let problems = KnownKeys::of(kind).unknown_in("a", text.as_bytes());
        let shown: Vec<String> = problems.iter().map(Problem::to_string).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn a_misspelt_key_gets_the_nearest_known_key() {
        let article = |yaml: &str| format!("---\ntitle: T\n{yaml}\n---\n");
        let meant = |key: &str, near: &str| {
            let expected = format!("a:3:1: the key “{key}” is unknown; did you mean {near}?");
            check(FileKind::Article, &article(&format!("{key}: x")), &[&expected]);
        };
        meant("publishedDatetime", "publishedDateTime");
        meant("published_date_time", "publishedDateTime");
        meant("weburl", "webUrl");
        meant("exerpt", "excerpt");
        meant("Title", "title");
        meant("topic", "topics");
        meant("secure", "secured");
        let expected =
            "a:3:1: the key “colour” is unknown; correct or delete the key, because nothing reads it";
        check(FileKind::Article, &article("colour: x"), &[expected]);
        check(FileKind::Article, &article("colour: {titel: 1}"), &[expected]);
        let nested = "provider: {name: A, domian: b}\nimages:\n  - url: x\n    with: 3\nrelated:\n- title: R\n  heat: 3";
        let expected = [
            "a:3:21: the key “domian” of provider is unknown; did you mean domain?",
            "a:6:5: the key “with” of images is unknown; did you mean width?",
            "a:9:3: the key “heat” of related is unknown; correct or delete the key, because nothing reads it",
        ];
        check(FileKind::Article, &article(nested), &expected);
    }

    #[test]
    fn a_file_with_pairs_of_escapes_has_unknown_keys_too() {
        let text = "---\n{\"title\": \"Ships \\ud83d\\ude00\",\n\"titel\": \"x\"}\n---\n";
        let expected = "a:3:2: the key “titel” is unknown; did you mean title?";
        check(FileKind::Article, text, &[expected]);
        let topic = "taxonomy: topic\nname: \"\\ud83d\\ude00\"\nkeyword: [a]\n";
        check(FileKind::Topic, topic, &["a:3:1: the key “keyword” is unknown; did you mean keywords?"]);
        let texts = KnownKeys::of(FileKind::Article).texts_of("a", text.as_bytes(), &["title"]);
        assert_eq!(texts, [(Position { line: 2, column: 3 }, "Ships \u{1F600}".to_owned())]);
    }

    #[test]
    fn keys_of_real_collections_are_known_and_their_values_skipped() {
        let known = "secured: {titel: x}\nfeaturedContent: {a: 1}\nactions: [{url: x}]\nitems: [a]\nratings: {count: 1}";
        check(FileKind::Article, &format!("---\ntitle: T\n{known}\n---\n"), &[]);
        let topic = "taxonomy: topic\nname: A\nservices: {news: x}\n";
        check(FileKind::Topic, topic, &[]);
        let expected = "a:4:1: the key “keyword” is unknown; did you mean keywords?";
        check(FileKind::Topic, &format!("{topic}keyword: [a]"), &[expected]);
    }

    #[test]
    fn other_and_broken_files_have_no_unknown_keys() {
        check(FileKind::Topic, "services: {a: 1}\nversion: 3", &[]);
        check(FileKind::Topic, "taxonomy: [", &[]);
        check(FileKind::Article, "---\ntitel: [\n---", &[]);
        check(FileKind::Article, "---\n- titel\n---", &[]);
        check(FileKind::Article, "titel: x", &[]);
    }

    #[test]
    fn unknown_keys_are_bounded() {
        let many: String = (0..1000).map(|number| format!("x{number}: 1\n")).collect();
        let text = format!("---\n{many}{}: 1\n---", "k".repeat(1000));
        assert_eq!(KnownKeys::of(FileKind::Article).unknown_in("a", text.as_bytes()).len(), FAULTS_MAX);
    }

    #[test]
    fn texts_are_found_with_their_place() {
        let text = b"---\ntitle: \"T\"\nheat: 3\nwebUrl: https://example.com\n---\n";
        let found = KnownKeys::of(FileKind::Article).texts_of("a", text, &["webUrl", "title"]);
        let expected = [
            (Position { line: 2, column: 1 }, "T".to_owned()),
            (Position { line: 4, column: 1 }, "https://example.com".to_owned()),
        ];
        assert_eq!(found, expected);
    }

    /// Gives the names of a struct's fields as the text of an error.
    struct Fields;

    impl<'de> Deserializer<'de> for Fields {
        type Error = ValueError;

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, ValueError> {
            Err(ValueError::custom(fields.join(" ")))
        }

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, ValueError> {
            Err(ValueError::custom("not a struct"))
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
            option newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    /// The keys that the reader knows of one mapping.
    fn read_keys<'de, T: Deserialize<'de> + std::fmt::Debug>() -> BTreeSet<String> {
        T::deserialize(Fields).unwrap_err().to_string().split(' ').map(str::to_owned).collect()
    }

    /// The keys that the description has for the mapping at the end of `way`, without those that are only read past.
    fn described_keys(kind: FileKind, way: &[&str], read_past: &[&str]) -> BTreeSet<String> {
        let mut schema = kind.json_schema();
        for key in way {
            let value = part_of(&schema, "properties").unwrap()[key].clone();
            schema = part_of(&value, "items").cloned().unwrap_or(value);
        }
        let keys = part_of(&schema, "properties").unwrap().as_object().unwrap().keys();
        keys.filter(|key| !read_past.contains(&key.as_str())).cloned().collect()
    }

    #[test]
    fn the_description_has_the_keys_that_the_reader_knows() {
        use FileKind::{Article, Sources, Topic};
        let read_past = ["secured", "featuredContent", "actions", "items"];
        assert_eq!(described_keys(Article, &[], &read_past), read_keys::<RawArticle<'_>>());
        assert_eq!(described_keys(Article, &["provider"], &[]), read_keys::<RawProvider<'_>>());
        assert_eq!(described_keys(Article, &["provider", "authors"], &[]), read_keys::<RawAuthor<'_>>());
        assert_eq!(described_keys(Article, &["provider", "images"], &[]), read_keys::<RawImage<'_>>());
        assert_eq!(described_keys(Article, &["images"], &[]), read_keys::<RawImage<'_>>());
        assert_eq!(described_keys(Article, &["related"], &[]), read_keys::<RawRelated<'_>>());
        assert_eq!(described_keys(Article, &["related", "provider"], &[]), read_keys::<RawProvider<'_>>());
        assert_eq!(described_keys(Article, &["related", "images"], &[]), read_keys::<RawImage<'_>>());
        assert_eq!(described_keys(Article, &["ratings"], &[]), read_keys::<RawRatings<'_>>());
        assert_eq!(described_keys(Topic, &[], &["services"]), read_keys::<RawTopicFile<'_>>());
        assert_eq!(described_keys(Sources, &[], &[]), read_keys::<RawSourceList<'_>>());
        assert_eq!(described_keys(Sources, &["sources"], &[]), read_keys::<RawSource<'_>>());
    }
}
