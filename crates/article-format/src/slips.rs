//! Typing slips that a YAML parser reports in the wrong place, or not at all. Their faults quote no value.

use super::fault::Fault;
use super::yaml_tree::{Node, offset_in};

/// Bytes of a key at most. A longer text before a colon is prose.
const KEY_BYTES_MAX: usize = 64;

/// Characters that look like a colon. The first is the one of Chinese and Japanese keyboards.
const WIDE_COLONS: [char; 5] = ['\u{FF1A}', '\u{FE55}', '\u{FE13}', '\u{A789}', '\u{2236}'];

/// The start of the lines that git leaves in a merge conflict.
const CONFLICT_MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

const INDENTATION: &str = "is in the indentation";
const WITH_SPACES: &str = "indent with spaces";

/// Whether a character looks like a colon, and is none for YAML.
#[must_use]
pub fn is_wide_colon(character: char) -> bool {
    WIDE_COLONS.contains(&character)
}

/// The fault of the first line that is left over from a merge conflict.
pub(crate) fn conflict(text: &str) -> Option<Box<Fault>> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if conflict_mark(line).is_some() {
            return Some(conflict_at(offset));
        }
        offset += line.len();
    }
    None
}

/// The fault of a line at this byte that is left over from a merge conflict.
pub(crate) fn conflict_at(offset: usize) -> Box<Fault> {
    Fault::at(
        offset,
        "this line is left over from a merge conflict",
        "keep one of the two versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
    )
}

/// Which of the marks begins this line.
pub(crate) fn conflict_mark(line: &str) -> Option<usize> {
    let line = line.trim_end_matches(['\n', '\r']);
    CONFLICT_MARKS.iter().position(|mark| {
        let rest = line.strip_prefix(mark);
        rest.is_some_and(|rest| rest.is_empty() || (rest.starts_with(' ') && *mark != "======="))
    })
}

/// The fault of a text that is YAML, but surely not as its author meant it: a whole merge conflict in a quoted text, or a key
/// that is indented with other characters than spaces.
pub(crate) fn unnoticed(text: &str) -> Option<Box<Fault>> {
    if has_whole_conflict(text) {
        return conflict(text);
    }
    let is_suspect = |line: &str| line.trim_start_matches([' ', '-']).starts_with(is_unseen);
    if text.is_ascii() || !text.split(['\n', '\r']).any(is_suspect) {
        return None;
    }
    let offset = key_behind_unseen(text, &Node::read(text).ok()?)?;
    unseen_at(text, offset, INDENTATION, WITH_SPACES)
}

fn has_whole_conflict(text: &str) -> bool {
    let mut marks = text.split('\n').filter_map(conflict_mark).filter(|mark| *mark != 1);
    memchr::memmem::find(text.as_bytes(), CONFLICT_MARKS[0].as_bytes()).is_some()
        && [0, 2, 3].iter().all(|mark| marks.next() == Some(*mark))
}

/// Where a key without quotes begins with a character that cannot be seen.
fn key_behind_unseen(text: &str, node: &Node<'_>) -> Option<usize> {
    match node {
        Node::Mapping(entries) => entries.iter().find_map(|(key, value)| {
            let own = match key {
                Node::Text(key) if key.starts_with(is_unseen) => {
                    offset_in(text, key).filter(|offset| !is_quoted(text, *offset))
                }
                _ => None,
            };
            own.or_else(|| key_behind_unseen(text, value))
        }),
        Node::List(entries) => entries.iter().find_map(|entry| key_behind_unseen(text, entry)),
        Node::Nothing | Node::Text(_) => None,
    }
}

fn is_quoted(text: &str, offset: usize) -> bool {
    text.get(..offset).is_some_and(|before| before.ends_with(['"', '\'']))
}

/// The slip at the beginning of the line at `offset`, where a key or an entry of a list was meant.
pub(crate) fn in_line(text: &str, offset: usize) -> Option<Box<Fault>> {
    let (start, line) = line_at(text, offset);
    let mut content = line.trim_start_matches(' ');
    let at = |part: &str| start + line.len() - part.len();
    if content.starts_with('\t') {
        return Some(Fault::at(at(content), format!("a tab {INDENTATION}"), WITH_SPACES));
    }
    if let Some(fault) = unseen_at(text, at(content), INDENTATION, WITH_SPACES) {
        return Some(fault);
    }
    while let Some(rest) = content.strip_prefix('-') {
        if let Some(fault) = unseen_at(text, at(rest), "follows the dash", "write an ordinary space instead")
        {
            return Some(fault);
        }
        content = rest.strip_prefix(' ')?.trim_start_matches(' ');
    }
    let colon = content.find(|character| character == ':' || is_wide_colon(character))?;
    let (name, behind) = content.split_at_checked(colon)?;
    let (rest, is_wide) = match behind.strip_prefix(WIDE_COLONS) {
        Some(rest) => (rest, true),
        None => (behind.strip_prefix(':')?, false),
    };
    let next = rest.chars().next();
    if !is_key(name) {
        None
    } else if is_wide {
        let cause = "this is a wide colon, and YAML reads it as text";
        Some(Fault::at(at(behind), cause, "write “: ”, an ordinary colon and a space"))
    } else if next.is_some_and(is_unseen) {
        unseen_at(text, at(rest), "follows the colon", "write an ordinary space instead")
    } else if next.is_none_or(|next| next.is_whitespace() || next == '/') {
        None
    } else {
        let cause = "this key has no space after its colon";
        Some(Fault::at(at(behind), cause, "write “key: value” with a space after the colon"))
    }
}

/// As [`in_line`], if nothing but the indentation stands before `offset`.
pub(crate) fn in_line_of(text: &str, offset: usize) -> Option<Box<Fault>> {
    let (start, _) = line_at(text, offset);
    let before = text.get(start..offset)?;
    before.chars().all(|character| character == ' ').then(|| in_line(text, offset)).flatten()
}

/// The slip in the first line that is no comment.
pub(crate) fn in_first_line(text: &str) -> Option<Box<Fault>> {
    let is_content = |line: &&str| !line.trim().is_empty() && !is_comment(line) && !is_document_mark(line);
    let first = text.split(['\n', '\r']).find(is_content)?;
    in_line(text, offset_in(text, first)?)
}

/// The start of the line in which a text without quotes begins, if the text goes on in the line at `offset`. `None` if the text
/// begins in that line, or after the key of another line.
pub(crate) fn begin_of_text(text: &str, offset: usize) -> Option<usize> {
    let (own, _) = line_at(text, offset);
    let mut first = own;
    let mut next = own;
    while let Some(before) = next.checked_sub(1) {
        let (start, line) = line_at(text, text.floor_char_boundary(before));
        next = start;
        if line.trim().is_empty() {
            continue;
        }
        if is_comment(line) || is_document_mark(line) {
            break;
        }
        match line.split_once(": ").map(|(_, value)| value).or_else(|| line.trim_end().strip_suffix(':')) {
            Some(value) if value.trim().starts_with('#') || line.trim_end().ends_with(':') => break,
            Some(_) => return None,
            None => first = start,
        }
        if line.trim_start().starts_with("- ") {
            break;
        }
    }
    (first != own).then_some(first)
}

/// The fault of a text behind a closing quotation mark or bracket, if the parser stopped at `offset` for that.
pub(crate) fn behind_value(text: &str, offset: usize, is_in_brackets: bool) -> Option<Box<Fault>> {
    let (start, _) = line_at(text, offset);
    let before = text.get(start..offset)?.trim_end_matches([' ', '\t']);
    // Before a colon, the bracket belongs to a list above that is never closed.
    let is_end = text.get(offset..)?.chars().next().is_none_or(|next| matches!(next, '\n' | '\r' | ':'));
    let (mark, remedy) = match before.chars().next_back().filter(|_| !is_end)? {
        '"' => {
            ("quotation mark", "put the whole value in single quotes, and write single quotes in it twice")
        }
        '\'' => {
            ("quotation mark", "put the whole value in double quotes, and write double quotes in it as \\\"")
        }
        ']' | '}' => ("bracket", "put the whole value in quotes"),
        _ => return None,
    };
    let cause = format!("text follows the closing {mark} of a value");
    Some(if is_in_brackets {
        Fault::at(offset, cause, "write a comma between two entries, or put the whole entry in quotes")
    } else {
        Fault::at(offset, cause, remedy)
    })
}

/// The fault of a comment that hides the end of the list or mapping in brackets that begins at `start`. The parser stopped at
/// `end`. A “#” begins a comment behind a blank alone: `a#b` is a text.
pub(crate) fn comment_in_brackets(text: &str, start: usize, end: usize) -> Option<Box<Fault>> {
    let close = match text.as_bytes().get(start)? {
        b'[' => ']',
        b'{' => '}',
        _ => return None,
    };
    let (mut quote, mut before, mut offset) = (None, ' ', start);
    while let Some(character) = text.get(offset..end)?.chars().next() {
        match (quote, character) {
            (Some('"'), '\\') => offset += 1,
            (Some(open), _) if open == character => quote = None,
            (None, '"' | '\'') if !before.is_alphanumeric() => quote = Some(character),
            (None, '#') if before.is_ascii_whitespace() => {
                let comment_bytes = text.get(offset..)?.split(['\n', '\r']).next()?.len();
                if text.get(offset..offset + comment_bytes)?.contains(close) {
                    return Some(Fault::at(
                        offset,
                        format!("this “#” begins a comment, so the “{close}” after it closes nothing"),
                        "put the entry with the “#” in quotes, or write the comment in a line of its own",
                    ));
                }
                offset += comment_bytes;
                continue;
            }
            _ => {}
        }
        before = character;
        offset += character.len_utf8();
    }
    None
}

/// The bytes after a colon and its spaces. The colon may be a wide one, and the spaces may be of any kind. `None` if the bytes
/// begin with no colon.
pub(crate) fn behind_any_colon(bytes: &[u8]) -> Option<&[u8]> {
    let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let behind = valid.strip_prefix(':').or_else(|| valid.strip_prefix(WIDE_COLONS))?;
    let value = behind.trim_start_matches(|next: char| next.is_ascii_whitespace() || is_unseen(next));
    bytes.get(valid.len() - value.len()..)
}

/// Where the line at `offset` begins, and the line without its end.
fn line_at(text: &str, offset: usize) -> (usize, &str) {
    const LINE_ENDS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
    let offset = text.floor_char_boundary(offset);
    let (before, rest) = text.split_at_checked(offset).unwrap_or((text, ""));
    let start = before.rfind(LINE_ENDS).map_or(0, |end| {
        end + before.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    });
    let end = offset + rest.find(LINE_ENDS).unwrap_or(rest.len());
    (start, text.get(start..end).unwrap_or_default())
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

fn is_document_mark(line: &str) -> bool {
    line.starts_with("---") || line.starts_with("...") || line.starts_with('%')
}

/// Whether a text before a colon may be meant as a key: one word, which may stand in quotes.
fn is_key(name: &str) -> bool {
    let name = name.trim_end().trim_matches(['"', '\'']);
    name.len() <= KEY_BYTES_MAX
        && name.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && name.chars().all(|character| character.is_alphanumeric() || matches!(character, '_' | '-' | '.'))
}

fn unseen_at(text: &str, offset: usize, place: &str, remedy: &'static str) -> Option<Box<Fault>> {
    let character = text.get(offset..)?.chars().next().filter(|character| is_unseen(*character))?;
    let name = match character {
        '\u{A0}' | '\u{202F}' => "a no-break space",
        other if other.is_whitespace() => "a special space",
        _ => "an invisible character",
    };
    let cause = format!("{name} (U+{:04X}) {place}", u32::from(character));
    Some(Fault::at(offset, cause, remedy))
}

/// Whether a character looks like a space, or like nothing, and is none for YAML.
fn is_unseen(character: char) -> bool {
    match character {
        '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' => true,
        '\u{85}' | '\u{2028}' | '\u{2029}' => false,
        other => !other.is_ascii() && other.is_whitespace(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::topic_file::{self, Faulty};
    use super::super::{ArticleId, parse};

    /// Expects one problem of an article file, whose text `line:column: cause; remedy` starts with `expected`.
    fn check_file(file: &str, expected: &str) {
        let problems = parse(ArticleId::new("a"), "a.md", file.as_bytes()).expect_err(file);
        let shown: Vec<String> =
            problems.iter().map(|problem| problem.to_string().replacen("a.md:", "", 1)).collect();
        assert!(
            shown.len() == 1 && shown[0].starts_with(expected),
            "{file}\ngave {shown:#?}\nnot {expected}"
        );
    }

    fn check(front_matter: &str, expected: &str) {
        check_file(&format!("---\n{front_matter}\n---\n"), expected);
        let with_crlf = front_matter.replace('\n', "\r\n");
        check_file(&format!("---\r\n{with_crlf}\r\n---\r\n"), expected);
    }

    #[test]
    fn a_key_without_a_space_after_its_colon_has_its_position() {
        let remedy = "this key has no space after its colon; write “key: value” with a space";
        check("title:Harbour\nheat: 3", &format!("2:6: {remedy}"));
        check("title:Harbour", &format!("2:6: {remedy}"));
        check("# a comment\n\ntitle:Harbour\n\nquality: 3\nheat: 3", &format!("4:6: {remedy}"));
        check("title:Harbour\nexcerpt:Ships\nheat: 3", &format!("2:6: {remedy}"));
        check("title: Harbour\nheat:3\nquality: 2", &format!("3:5: {remedy}"));
        check("title: Harbour\nheat:3", &format!("3:5: {remedy}"));
        check("\"title\":Harbour\nheat: 3", &format!("2:8: {remedy}"));
        check("title: T\nprovider:\n  name:Ships\n  domain: example.com", &format!("4:7: {remedy}"));
        check("title: T\nprovider: # who\n  name:Ships\n  domain: example.com", &format!("4:7: {remedy}"));
        check("title: T\nprovider:\n  name:Ships", &format!("4:7: {remedy}"));
        check("title: T\nrelated:\n  - title:Ships\n    quality: 3", &format!("4:10: {remedy}"));
        check("Harbour\nheat: 3", "2:1: this line has no “: ” after its key");
        check("title: T\nhttps://example.com\nheat: 3", "3:1: this line has no “: ” after its key");
        check("title: one\n  two\n  three: four", "4:8: the value has a second “: ”");
    }

    #[test]
    fn a_wide_colon_has_its_position() {
        for colon in super::WIDE_COLONS {
            let words = "this is a wide colon, and YAML reads it as text; write “: ”, an ordinary colon";
            check(&format!("title{colon}Harbour\nheat: 3"), &format!("2:6: {words}"));
            check(&format!("title{colon} Harbour"), &format!("2:6: {words}"));
            check(&format!("title: T\nheat{colon}3\nquality: 3"), &format!("3:5: {words}"));
            check(&format!("title: T\nprovider:\n  name{colon}N\n  domain: d"), &format!("4:7: {words}"));
            check(&format!("title: T\nprovider:\n  name{colon}N"), &format!("4:7: {words}"));
        }
    }

    #[test]
    fn a_character_that_looks_like_a_space_has_its_position() {
        for (space, name) in [
            ("\u{A0}", "a no-break space (U+00A0)"),
            ("\u{202F}", "a no-break space (U+202F)"),
            ("\u{3000}", "a special space (U+3000)"),
            ("\u{2003}", "a special space (U+2003)"),
            ("\u{200B}", "an invisible character (U+200B)"),
        ] {
            let indented = format!("{name} is in the indentation; indent with spaces");
            check(&format!("title: T\nprovider:\n{space}{space}name: N"), &format!("4:1: {indented}"));
            check(&format!("title: T\nprovider:\n {space}name: N"), &format!("4:2: {indented}"));
            check(&format!("title: T\nprovider:\n  name: N\n{space} domain: d"), &format!("5:1: {indented}"));
            check(
                &format!("title: T\nother:\n  - a: 1\n   {space}b: 2\nheat: 3"),
                &format!("5:4: {indented}"),
            );
            check(&format!("title: T\ntopics:\n{space} - A"), &format!("4:1: {indented}"));
            check(&format!("{space}title: T\nheat: 3"), &format!("2:1: {indented}"));
            let behind_dash = format!("{name} follows the dash; write an ordinary space instead");
            check(&format!("title: T\ntopics:\n  -{space}A\n  -{space}B"), &format!("4:4: {behind_dash}"));
            let behind_colon = format!("{name} follows the colon; write an ordinary space instead");
            check(&format!("title:{space}T\nheat: 3"), &format!("2:7: {behind_colon}"));
            check(&format!("title: T\nheat:{space}3\nquality: 3"), &format!("3:6: {behind_colon}"));
        }
        check("title: T\nprovider:\n  \tname: N", "4:3: a tab is in the indentation");
        check("title: T\ntopics:\n  - A\n\t- B", "5:1: a tab is in the indentation");
    }

    #[test]
    fn a_text_may_hold_such_spaces() {
        for text in [
            "title: T\nexcerpt: |\n  \u{A0}a: b\n  -\u{A0}c",
            "title: \"T\n  \u{A0}a: b\"",
            "title: T\n\"\u{A0}other\": x",
            "title: \u{3000}T：U\u{A0}",
        ] {
            parse(ArticleId::new("a"), "a.md", format!("---\n{text}\n---\n").as_bytes()).expect(text);
        }
    }

    #[test]
    fn a_merge_conflict_is_found_in_every_place() {
        let words = "this line is left over from a merge conflict; keep one of the two versions";
        let both = "<<<<<<< HEAD\nheat: 1\n=======\nheat: 2\n>>>>>>> other\n";
        check(&format!("{both}title: T"), &format!("2:1: {words}"));
        check(&format!("title: T\n{both}quality: 3"), &format!("3:1: {words}"));
        check(&format!("title: T\nprovider:\n  name: N\n{both}"), &format!("5:1: {words}"));
        let three = both.replace("=======", "||||||| base\nheat: 0\n=======");
        check(&format!("title: T\n{three}"), &format!("3:1: {words}"));
        check("title: T\nheat: 1\n=======\nquality: 3", &format!("4:1: {words}"));
        check("title: T\nheat: 1\n>>>>>>> other", &format!("4:1: {words}"));
        check(&format!("title: \"T\n{both}\""), &format!("3:1: {words}"));
        check_file(
            "<<<<<<< HEAD\n---\ntitle: T\n---\n=======\n---\ntitle: U\n---\n>>>>>>> x\n",
            &format!("1:1: {words}"),
        );
        check_file("---\ntitle: T\n<<<<<<< HEAD\n=======\n--- x\n>>>>>>> x\n", &format!("3:1: {words}"));
        parse(ArticleId::new("a"), "a.md", b"---\ntitle: T\nexcerpt: |\n  <<<<<<< HEAD\n---\n").unwrap();
    }

    #[test]
    fn text_after_a_closing_mark_has_its_position() {
        let mark = "text follows the closing quotation mark of a value; put the whole value in";
        let bracket = "text follows the closing bracket of a value; put the whole value in quotes";
        check("title: \"Go\" or not\nheat: 3", &format!("2:13: {mark} single quotes"));
        check("title: \"a\", b", &format!("2:11: {mark} single quotes"));
        check("title: \"a\n  b\" c", &format!("3:6: {mark} single quotes"));
        check("title: 'Don't: do'\nheat: 3", &format!("2:13: {mark} double quotes"));
        check("title: T\ntopics:\n  - \"a\" b", &format!("4:9: {mark} single quotes"));
        check("title: T\nprovider:\n  name: 'a' b\n  domain: d", &format!("4:13: {mark} double quotes"));
        check("title: [Audio] Ships\nheat: 3", &format!("2:16: {bracket}"));
        check("title: {a} b", &format!("2:12: {bracket}"));
        let entry = "of a value; write a comma between two entries, or put the whole entry in quotes";
        check(
            "title: T\ntopics: [\"a\" b, c]",
            &format!("3:14: text follows the closing quotation mark {entry}"),
        );
        check(
            "title: T\ntopics: [a, 'Don't']",
            &format!("3:18: text follows the closing quotation mark {entry}"),
        );
        check("title: T\ntopics: [[a] b]", &format!("3:14: text follows the closing bracket {entry}"));
        check("title: T\ntopics: [\"a\"\nheat: 3", "3:9: this “[” begins a list that is never closed");
    }

    #[test]
    fn a_comment_that_hides_a_closing_bracket_has_its_position() {
        let words =
            |close: char| format!("this “#” begins a comment, so the “{close}” after it closes nothing");
        check("title: T\ntopics: [a #b, c]\nheat: 3", &format!("3:12: {}", words(']')));
        check("title: T\ntopics: [a #b, c]", &format!("3:12: {}", words(']')));
        check("title: T\ntopics: [\"a # ]\", it's, C #, d]\nheat: 3", &format!("3:27: {}", words(']')));
        check("title: T\ntopics: [a, # first\n  b #c]\nheat: 3", &format!("4:5: {}", words(']')));
        check("title: T\nprovider: {name: C #, domain: d}\nheat: 3", &format!("3:20: {}", words('}')));
        check("title: T\ntopics: [a # more\nheat: 3", "3:9: this “[” begins a list that is never closed");
        for topics in ["[a#b, c]", "[a #b\n , c]", "[a, # b]\n c]"] {
            let file = format!("---\ntitle: T\ntopics: {topics}\n---\n");
            parse(ArticleId::new("a"), "a.md", file.as_bytes()).expect(topics);
        }
    }

    #[test]
    fn topic_files_have_the_same_problems() {
        let check = |text: &str, expected: &str| match topic_file::parse("a.yaml", text.as_bytes()) {
            Err(Faulty { problems, says_topic: true }) => {
                assert!(problems[0].to_string().starts_with(expected), "{problems:?}, not {expected}");
            }
            other => panic!("{text}: {other:?}"),
        };
        check("taxonomy:topic\nname: AI\n", "a.yaml:1:9: this key has no space after its colon");
        check("taxonomy:topic\nname:AI\n", "a.yaml:1:9: this key has no space after its colon");
        check("taxonomy：topic\nname: AI\n", "a.yaml:1:9: this is a wide colon");
        check("taxonomy:\u{A0}topic\nname: AI\n", "a.yaml:1:10: a no-break space (U+00A0) follows");
        check("taxonomy: topic\nname: AI\n\u{A0}parent: B\n", "a.yaml:3:1: a no-break space (U+00A0)");
        check(
            "taxonomy: topic\n<<<<<<< a\nname: AI\n",
            "a.yaml:2:1: this line is left over from a merge conflict",
        );
    }
}
