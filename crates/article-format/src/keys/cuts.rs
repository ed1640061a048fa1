//! Values without quotes that end at a “ #”, where YAML begins a comment: `title: Fix for issue #42` has the title
//! “Fix for issue”.
//!
//! An editor writes such a value by mistake, or a comment behind a value on purpose. Two things tell them apart:
//!
//! - A comment has a space behind its `#`. So a `#` right before a character (`#42`, `#rust`) is a part of the value.
//! - Prose may have a `#` with spaces around it (`Learn C # in a day`). So any `#` in a title or an excerpt counts.
//!
//! The check reads only texts: a number, date, address or boolean never has a `#` after a space. A value in quotes ends
//! before its comment begins.

use serde_json::Value;

use super::super::fault::FAULTS_MAX;
use super::super::front_matter::YamlText;
use super::super::problem::Problem;
use super::super::yaml_tree::{Node, offset_in};
use super::{KnownKeys, part_of};

/// Keys whose values are prose.
const PROSE: [&str; 2] = ["title", "excerpt"];

impl KnownKeys {
    /// A problem for each text of a file that ends at a “ #” which was surely not meant as a comment, at most 50; none for a
    /// file that cannot be read or is of another kind. Values of unknown keys are not looked into.
    #[must_use]
    pub fn cut_values_in(&self, path: &str, bytes: &[u8]) -> Vec<Problem> {
        self.with_entries(path, bytes, |yaml, entries| {
            // Only a “#” behind a space begins a comment.
            if !yaml.text.contains(" #") && !yaml.text.contains("\t#") {
                return Vec::new();
            }
            let mut cuts = Cuts { path, yaml, problems: Vec::new() };
            cuts.in_mapping(entries, &self.schema);
            cuts.problems.sort();
            cuts.problems
        })
    }
}

/// The cut values found so far.
struct Cuts<'file> {
    path: &'file str,
    yaml: YamlText<'file>,
    problems: Vec<Problem>,
}

impl Cuts<'_> {
    fn in_mapping(&mut self, entries: &[(Node<'_>, Node<'_>)], schema: &Value) {
        let Some(known) = part_of(schema, "properties") else { return };
        for (key, value) in entries {
            let Node::Text(key) = key else { continue };
            let Some(schema) = known.get(&**key) else { continue };
            let Some((column, behind)) = behind_colon(self.yaml.text, key) else { continue };
            match value {
                Node::Mapping(entries) => self.in_mapping(entries, schema),
                Node::List(entries) => self.in_list(behind, entries, schema),
                Node::Text(_) if is_text(schema) => {
                    self.in_text(behind, column, PROSE.contains(&&**key), false);
                }
                Node::Nothing if is_text(schema) => self.in_text(behind, column, false, true),
                Node::Nothing | Node::Text(_) => {}
            }
        }
    }

    /// `behind` is where the colon of the list's key ends.
    fn in_list(&mut self, behind: usize, entries: &[Node<'_>], schema: &Value) {
        let Some(schema) = part_of(schema, "items") else { return };
        for entry in entries {
            if let Node::Mapping(entries) = entry {
                self.in_mapping(entries, schema);
            }
        }
        if !is_text(schema) {
            return;
        }
        for ((column, behind), entry) in dashes(self.yaml.text, behind).zip(entries) {
            match entry {
                Node::Text(_) => self.in_text(behind, column, false, false),
                Node::Nothing => self.in_text(behind, column, false, true),
                Node::List(_) | Node::Mapping(_) => {}
            }
        }
    }

    /// `start` is where the colon or dash before the value ends, `column` the one of its key or dash.
    fn in_text(&mut self, start: usize, column: usize, is_prose: bool, is_empty: bool) {
        if self.problems.len() >= FAULTS_MAX {
            return;
        }
        let text = self.yaml.text;
        let Some(offset) = comment_in(text, start, column) else { return };
        let behind = text.get(offset + 1..).and_then(|rest| rest.chars().next());
        let is_touching = behind.is_some_and(|next| !next.is_whitespace() && next != '#');
        if !is_touching && !is_prose {
            return;
        }
        let cause = if is_empty {
            "the value is empty, as “#” begins a comment here"
        } else {
            "the value ends before this “#”, which begins a comment"
        };
        self.problems.push(Problem {
            path: self.path.into(),
            position: Some(self.yaml.position(offset)),
            cause: cause.into(),
            remedy: "put the whole value in quotes, or write the comment in a line of its own".into(),
        });
    }
}

/// Whether a schema describes a text of any form.
fn is_text(schema: &Value) -> bool {
    let takes = |kind: &str| {
        let kinds = part_of(schema, "type").and_then(Value::as_array);
        kinds.is_some_and(|kinds| kinds.iter().any(|one| one == kind))
    };
    takes("string") && takes("number") && part_of(schema, "pattern").is_none()
}

/// The column of a key, from 0, and where its colon ends; `None` where it is not in the text as it is.
fn behind_colon(text: &str, key: &str) -> Option<(usize, usize)> {
    let start = offset_in(text, key)?;
    let end = start + key.len();
    let rest = text.get(end..)?;
    let behind = rest.trim_start_matches(['"', '\'', ' ', '\t']).strip_prefix(':')?;
    let line_start = text.get(..start)?.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    Some((start - line_start, text.len() - behind.len()))
}

/// The entries of a block list that begins somewhere behind `start`: the column of each dash, and where it ends.
fn dashes(text: &str, start: usize) -> impl Iterator<Item = (usize, usize)> {
    let mut line_start = start;
    let mut list_column = None;
    let lines = text.get(start..).unwrap_or_default().split_inclusive('\n').skip(1);
    line_start += text.get(start..).and_then(|rest| rest.find('\n')).map_or(0, |end| end + 1);
    let mut columns = lines.map(move |line| {
        let content = line.trim_start_matches(' ');
        let column = line.len() - content.len();
        let offset = line_start + column;
        line_start += line.len();
        (column, offset, content)
    });
    std::iter::from_fn(move || {
        for (column, offset, content) in columns.by_ref() {
            if content.trim().is_empty() || content.starts_with('#') {
                continue;
            }
            let list_column = *list_column.get_or_insert(column);
            let is_entry = content.starts_with("- ") || content.trim_end() == "-";
            if column == list_column && is_entry {
                return Some((column, offset + 1));
            }
            if column <= list_column {
                return None;
            }
        }
        None
    })
}

/// Where the comment begins that ends a value without quotes, or stands in its place; `None` where there is none.
fn comment_in(text: &str, start: usize, column: usize) -> Option<usize> {
    let mut line_start = start;
    for (index, line) in text.get(start..)?.split_inclusive('\n').enumerate() {
        let content = line.trim_start_matches([' ', '\t']);
        let blanks = line.len() - content.len();
        if index > 0 && !content.trim().is_empty() && (blanks <= column || content.starts_with('#')) {
            return None;
        }
        if index == 0 && content.starts_with('#') {
            return Some(line_start + blanks);
        }
        let is_first = index == 0 || text.get(start..line_start)?.trim().is_empty();
        if is_first && content.starts_with(['"', '\'', '|', '>', '[', '{', '&', '*', '!']) {
            return None;
        }
        let comment = content
            .match_indices('#')
            .find(|(at, _)| content.get(..*at).is_some_and(|before| before.ends_with([' ', '\t'])));
        if let Some((at, _)) = comment {
            return Some(line_start + blanks + at);
        }
        line_start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::super::schema::FileKind;
    use super::*;

    /// Expects these places, as `line:column`.
    fn check(kind: FileKind, text: &str, expected: &[&str]) {
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let problems = KnownKeys::of(kind).cut_values_in("a", text.as_bytes());
            let places: Vec<String> = problems
                .iter()
                .filter_map(|problem| problem.position)
                .map(|position| format!("{}:{}", position.line, position.column))
                .collect();
            assert_eq!(places, expected, "{text}");
        }
    }

    fn article(yaml: &str, expected: &[&str]) {
        check(FileKind::Article, &format!("---\n{yaml}\n---\n"), expected);
    }

    #[test]
    fn a_value_that_ends_at_a_number_sign_is_named() {
        article("title: Release #7 is out", &["2:16"]);
        article("title: Learn C # in a day", &["2:16"]);
        article("title: T\nexcerpt: Episode\t#3", &["3:18"]);
        article("title: T\nexcerpt: one\n  two #3\n  ", &["4:7"]);
        article("title: T\nexcerpt:\n\n  two #3", &["5:7"]);
        article("title: T\ntopics:\n  - C #1\n  - #rust", &["4:7", "5:5"]);
        article(
            "title: T\ntopics:\n# why\n- A\n\n- B\n  c #d\n- E\nlevels:\n- a #b\nprice: 3 #x",
            &["8:5", "11:5", "12:10"],
        );
        article("title: T\nprovider:\n  name: Team #1\n  authors:\n    - name: Ann #2", &["4:14", "6:17"]);
        article("title: T\nrelated:\n  - title: Part #2\n    excerpt: x #y", &["4:17", "5:16"]);
        article("title: T\nexcerpt: #todo", &["3:10"]);
        article("\"title\" : Release #7", &["2:19"]);
        let topic = "taxonomy: topic\nname: Team #1\nhashtags:\n  - #ai\nkeywords:\n  - ai #ml";
        check(FileKind::Topic, topic, &["2:12", "4:5", "6:8"]);
    }

    #[test]
    fn the_text_after_a_cut_is_not_repeated() {
        let problems = KnownKeys::of(FileKind::Article)
            .cut_values_in("a", b"---\ntitle: T #s3cret\ntopics:\n- #s3cret\n---");
        let shown: Vec<String> = problems.iter().map(Problem::to_string).collect();
        let expected = [
            "a:2:10: the value ends before this “#”, which begins a comment; put the whole value in quotes, or write the comment in a line of its own",
            "a:4:3: the value is empty, as “#” begins a comment here; put the whole value in quotes, or write the comment in a line of its own",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_comment_is_no_cut() {
        for yaml in [
            "title: \"T\" # why",
            "title: 'T' #why",
            "title: T\n# title: #7\n  # more",
            "title: C#7 and F#",
            "title: T\nheat: 3 #hot",
            "title: T\npublished: true #not yet",
            "title: T\nwebUrl: https://example.com/#a #b",
            "title: T\npublishedDateTime: 2026-06-15T09:00:00Z #x",
            "title: T\ntype: video # or article\ntopics: # all of them\n  - A # first\n  # - #b\n  - \"B #1\"",
            "title: T\ntopics: #all\n  - A",
            "title: T\ntopics:\n  - # none\n  - A",
            "title: T\ntopics: [A, B] #c",
            "title: T\nexcerpt: # later",
            "title: T\nexcerpt: |\n  a #b\n  # c",
            "title: T\nexcerpt: >- #folded\n  a #b",
            "title: \"T\n  a #b\"",
            "title: T\nother: a #b\nsecured: a #b\nfeaturedContent: a #b",
            "title: T\nprovider: #who\n  name: N",
        ] {
            article(yaml, &[]);
        }
        check(FileKind::Topic, "name: a #b", &[]);
    }

    #[test]
    fn cuts_are_bounded() {
        let text = format!("---\ntitle: T\ntopics:\n{}---\n", "- a #b\n".repeat(1000));
        assert_eq!(KnownKeys::of(FileKind::Article).cut_values_in("a", text.as_bytes()).len(), FAULTS_MAX);
    }
}
