//! What the YAML parser found wrong, in words for an editor who may never have heard of YAML.

use super::fault::Fault;
use super::slips;

/// What the parser says (a part of it), what is wrong, how to mend it.
type Explanation = (&'static str, &'static str, &'static str);

const QUOTE_IT: &str = "put the value in quotes";
const ALIGN_IT: &str = "begin the line in the same column as its neighbours, and check the quotes above it";

const NO_COLON: &str = "this line has no “: ” behind its key";
const WRITE_COLON: &str =
    "write “key: value” with a space behind the colon, or indent the line if it belongs to the value above";

/// The first that fits counts.
const EXPLANATIONS: [Explanation; 24] = [
    ("tab character", "a tab stands in the indentation", "indent with spaces"),
    (
        "mapping values are not allowed",
        "a second “: ” stands in a value without quotes, or the line is indented too far",
        QUOTE_IT,
    ),
    (
        "block sequence entries are not allowed",
        "a list entry begins where none can be",
        "begin each “- ” in a line of its own below its key",
    ),
    ("mapping keys are not allowed", "“? ” begins a key where none can be", QUOTE_IT),
    ("could not find expected ':'", NO_COLON, WRITE_COLON),
    (
        "unexpected end of stream",
        "a quotation mark opens here and is never closed",
        "close it at the end of the value",
    ),
    (
        "unexpected document indicator",
        "a quotation mark opens here and is never closed",
        "close it at the end of the value",
    ),
    (
        "unknown escape character",
        "a backslash in double quotes begins no escape that YAML knows",
        "write two backslashes, or use single quotes",
    ),
    (
        "hexadecimal number",
        "a backslash in double quotes begins no escape that YAML knows",
        "write two backslashes, or use single quotes",
    ),
    (
        "Unicode character escape",
        "a backslash in double quotes stands for no character",
        "write the character itself",
    ),
    ("',' or ']'", "a “[” opens a list that is not closed", "close it with “]”, or put the value in quotes"),
    ("',' or '}'", "a “{” opens keys that are not closed", "close them with “}”, or put the value in quotes"),
    (
        "expected node content",
        "a value is missing here",
        "write a value, or put the value that begins with a bracket in quotes",
    ),
    ("expected '-' indicator", "this line does not fit into the list around it", ALIGN_IT),
    ("expected key", "this line does not fit in with those around it", ALIGN_IT),
    ("unknown anchor", "“*” begins a name that no “&” gives", QUOTE_IT),
    (
        "alphabetic or numeric character",
        "“*” or “&” begins a value, which YAML keeps for names of values",
        QUOTE_IT,
    ),
    ("tag", "“!” begins a value and names a tag", QUOTE_IT),
    (
        "block scalar",
        "behind “|” or “>” stands something else than a line end",
        "begin the text in the next line",
    ),
    ("indentation indicator", "behind “|” or “>” stands a wrong indentation", "write only “|” or “>”"),
    ("directive", "“%” begins the line", QUOTE_IT),
    ("document start", "“%” or “...” begins a line above this one", QUOTE_IT),
    ("recursion limit", "values nest too deeply here", "write the values less deeply nested"),
    ("repetition limit", "aliases repeat values too often", "write the values out"),
];

/// The fault that a parser's error means.
pub(crate) fn explain(text: &str, error: &serde_yaml::Error) -> Box<Fault> {
    let message = error.to_string();
    let location = error.location().map_or(0, |location| location.index());
    if let Some(fault) = slips::conflict(text) {
        return fault;
    }
    if message.contains("more than one document") {
        return second_document(text);
    }
    let context = context_offset(text, &message);
    if let Some(fault) = slip(text, &message, context.unwrap_or(location), location) {
        return fault;
    }
    let offset = text.floor_char_boundary(context.unwrap_or(location));
    let at_fault = text.get(offset..).and_then(|rest| rest.chars().next());
    if message.contains("cannot start any token") {
        return match at_fault {
            Some('\t') => Fault::at(offset, "a tab stands in the indentation", "indent with spaces"),
            Some(character) => Fault::at(
                offset,
                format!("“{character}” begins a value, which YAML keeps for itself"),
                QUOTE_IT,
            ),
            None => Fault::at(offset, "a value begins with a character that YAML keeps for itself", QUOTE_IT),
        };
    }
    let is_key = ["invalid type", "a key is not a text"].iter().any(|part| message.contains(part));
    if is_key {
        return Fault::at(offset, "a key is not a text", "write “key: value” with a plain word as key");
    }
    let (_, cause, remedy) = EXPLANATIONS.iter().find(|(part, _, _)| message.contains(part)).unwrap_or(&(
        "",
        "this is not valid YAML",
        "compare the line with one of a file that loads",
    ));
    Fault::at(offset, *cause, *remedy)
}

/// The slip that made the parser stop, where its own words would name the wrong place or remedy. `context` is where what it
/// read begins, `location` where it stopped.
fn slip(text: &str, message: &str, context: usize, location: usize) -> Option<Box<Fault>> {
    let has = |part: &str| message.contains(part);
    if has("mapping values are not allowed") {
        let begin = slips::begin_of_text(text, location)?;
        let no_colon = || {
            let blanks = text.get(begin..).map_or(0, |rest| rest.len() - rest.trim_start_matches(' ').len());
            Fault::at(begin + blanks, NO_COLON, WRITE_COLON)
        };
        return Some(slips::in_line(text, begin).unwrap_or_else(no_colon));
    }
    if has("could not find expected ':'") {
        return slips::in_line(text, context);
    }
    if has("expected key") || has("expected '-' indicator") {
        return slips::behind_value(text, location, false).or_else(|| slips::in_line_of(text, location));
    }
    if has("expected ',' or") {
        return slips::comment_in_brackets(text, context, location)
            .or_else(|| slips::behind_value(text, location, true));
    }
    None
}

/// Where the construct begins that never ends: for a quotation mark or bracket that nothing closes, the parser's own
/// location is far behind it, often the end of the file, which helps nobody.
fn context_offset(text: &str, message: &str) -> Option<usize> {
    const CONTEXTS: [&str; 6] = [
        "while scanning a simple key",
        "while scanning a quoted scalar",
        "while parsing a flow sequence",
        "while parsing a flow mapping",
        "while scanning an anchor",
        "while scanning an alias",
    ];
    let context = CONTEXTS.iter().find_map(|context| Some(message.split_once(context)?.1))?;
    let (line, column) = context.strip_prefix(" at line ")?.split_once(" column ")?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let ends_line = |offset: usize, character| match character {
        '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => true,
        '\r' => !text.get(offset + 1..).is_some_and(|rest| rest.starts_with('\n')),
        _ => false,
    };
    let line_ends = text.char_indices().filter(|(offset, character)| ends_line(*offset, *character));
    let mut line_starts =
        [0].into_iter().chain(line_ends.map(|(offset, character)| offset + character.len_utf8()));
    let line_start = line_starts.nth(line.checked_sub(1)?)?;
    let rest = text.get(line_start..)?;
    rest.char_indices().nth(column.checked_sub(1)?).map(|(offset, _)| line_start + offset)
}

/// The fault that a text is more than one document. The parser does not say where the second one begins: at a line of dashes
/// or dots, or at one that stands further left than the first key.
fn second_document(text: &str) -> Box<Fault> {
    let mut offset = 0;
    let mut first_column = None;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches(' ');
        let column = line.len() - content.len();
        let behind = line.strip_prefix("---").or_else(|| line.strip_prefix("..."));
        let is_mark = behind.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
        let is_empty = matches!(content.trim_start().chars().next(), None | Some('#' | '%'));
        match first_column {
            Some(_) if is_mark => {
                let cause = "a second document begins here, and a file has one";
                return Fault::at(offset, cause, "delete the three dashes or dots");
            }
            Some(first) if column < first && !is_empty => {
                let cause = "this line stands further left than the first key";
                return Fault::at(offset + column, cause, "begin all keys in the same column");
            }
            None if is_mark => first_column = Some(0),
            None if !is_empty => first_column = Some(column),
            _ => {}
        }
        offset += line.len();
    }
    slips::in_first_line(text)
        .unwrap_or_else(|| Fault::at(0, "this is more than one document", "write all keys in one"))
}

#[cfg(test)]
mod tests {
    use super::super::{ArticleId, parse};

    /// Expects one problem, `line:column: cause; remedy`, of which the beginning is enough.
    fn check(front_matter: &str, expected: &str) {
        let file = format!("---\n{front_matter}\n---\n");
        let problems = parse(ArticleId::new("a"), "a.md", file.as_bytes()).expect_err(front_matter);
        let shown =
            problems.iter().map(|problem| problem.to_string().replacen("a.md:", "", 1)).collect::<Vec<_>>();
        assert!(
            shown.len() == 1 && shown[0].starts_with(expected),
            "{front_matter}\ngave {shown:#?}\nnot {expected}"
        );
    }

    #[test]
    fn errors_of_the_parser_are_told_in_words() {
        check("title: T\n\theat: 1", "3:1: a tab stands in the indentation; indent with spaces");
        check("title: T\nprovider:\n\tname: N", "4:1: a tab stands in the indentation");
        check("title: AI: what now", "2:10: a second “: ” stands in a value without quotes");
        check(
            "title: T\n  heat: 1",
            "3:7: a second “: ” stands in a value without quotes, or the line is indented too far",
        );
        check("title: \"T\nheat: 1", "2:8: a quotation mark opens here and is never closed");
        check("title: T\nprice: 'it''s\nheat: 1", "3:8: a quotation mark opens here and is never closed");
        check("title: \"T\" and more", "2:12: text stands behind the closing quotation mark");
        check("title: T\nheat 1\nquality: 2", "3:1: this line has no “: ” behind its key");
        check("title: a\u{2028}  b\u{85}  c\rheat 1\nquality: 2", "3:1: this line has no “: ”");
        check("title: \"a\u{2028}b\"\r\nheat 1\r\nquality: 2", "3:1: this line has no “: ”");
        check("title: T\nheat", "3:1: this line has no “: ” behind its key");
        check("title: \"C:\\dir\"", "2:11: a backslash in double quotes begins no escape");
        check("title: [T", "2:8: a “[” opens a list that is not closed");
        check("title: {a: b", "2:8: a “{” opens keys that are not closed");
        check(
            "title: @home",
            "2:8: “@” begins a value, which YAML keeps for itself; put the value in quotes",
        );
        check("title: `code`", "2:8: “`” begins a value");
        check("title: %s", "2:8: “%” begins a value");
        check("title: * all", "2:8: “*” or “&” begins a value, which YAML keeps");
        check("title: &nbsp;T", "2:8: “*” or “&” begins a value, which YAML keeps");
        check("title: *all", "2:8: “*” begins a name that no “&” gives");
        check("title: !a!b c", "2:8: “!” begins a value and names a tag");
        check("title: |x\n  a", "2:9: behind “|” or “>” stands something else");
        check("title: T\ntopics:\n  - A\n - B", "5:2: this line does not fit in");
        check("title: T\ntopics: - A", "3:9: a list entry begins where none can be");
        check(
            "title: T\n--- more\na: b",
            "3:1: a second document begins here, and a file has one; delete the three dashes",
        );
        check(
            &format!("title: T\nrelated: {}{}", "[".repeat(200), "]".repeat(200)),
            "3:137: values nest too deeply here",
        );
    }
}
