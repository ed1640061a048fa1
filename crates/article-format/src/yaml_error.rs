//! Errors of the YAML parser, in words for an editor who may never have heard of YAML.

use super::fault::Fault;
use super::slips;

/// A part of the parser's message, what is wrong, and how to fix it.
type Explanation = (&'static str, &'static str, &'static str);

const QUOTE_IT: &str = "put the value in quotes";
const ALIGN_IT: &str =
    "begin the line in the same column as its neighbours, and check the quotes above the line";

const NO_COLON: &str = "this line has no “: ” after its key";
const WRITE_COLON: &str =
    "write “key: value” with a space after the colon, or indent the line if it belongs to the value above";

/// The first entry that fits counts.
const EXPLANATIONS: [Explanation; 24] = [
    ("tab character", "a tab is in the indentation", "indent with spaces"),
    (
        "mapping values are not allowed",
        "the value has a second “: ” and no quotes, or the line is indented too far",
        QUOTE_IT,
    ),
    (
        "block sequence entries are not allowed",
        "a list entry cannot begin here",
        "write each entry in its own line below the key, after “- ”",
    ),
    ("mapping keys are not allowed", "a key cannot begin with “? ” here", QUOTE_IT),
    ("could not find expected ':'", NO_COLON, WRITE_COLON),
    (
        "unexpected end of stream",
        "this quotation mark is never closed",
        "write the closing quotation mark at the end of the value",
    ),
    (
        "unexpected document indicator",
        "this quotation mark is never closed",
        "write the closing quotation mark at the end of the value",
    ),
    (
        "unknown escape character",
        "this backslash in double quotes begins an escape that YAML does not know",
        "write two backslashes, or use single quotes",
    ),
    (
        "hexadecimal number",
        "this backslash in double quotes begins an escape that YAML does not know",
        "write two backslashes, or use single quotes",
    ),
    (
        "Unicode character escape",
        "this escape in double quotes stands for no character",
        "write the character itself",
    ),
    (
        "',' or ']'",
        "this “[” begins a list that is never closed",
        "write “]” at the end of the list, or put the value in quotes",
    ),
    (
        "',' or '}'",
        "this “{” begins a group of keys that is never closed",
        "write “}” at the end of the group, or put the value in quotes",
    ),
    (
        "expected node content",
        "a value is missing here",
        "write a value, or put a value that begins with a bracket in quotes",
    ),
    ("expected '-' indicator", "this line does not fit the list around it", ALIGN_IT),
    ("expected key", "this line does not fit the lines around it", ALIGN_IT),
    ("unknown anchor", "“*” refers to a name that no “&” defines", QUOTE_IT),
    (
        "alphabetic or numeric character",
        "a value cannot begin with “*” or “&”, because YAML reads a name there",
        QUOTE_IT,
    ),
    ("tag", "a value cannot begin with “!”, because YAML reads a tag there", QUOTE_IT),
    ("block scalar", "only a line end may follow “|” or “>”", "begin the text in the next line"),
    ("indentation indicator", "the indentation after “|” or “>” is wrong", "write only “|” or “>”"),
    ("directive", "a line cannot begin with “%”", QUOTE_IT),
    ("document start", "a line above this one begins with “%” or “...”", QUOTE_IT),
    ("recursion limit", "the values here are nested too deeply", "use fewer levels"),
    ("repetition limit", "aliases repeat values too often", "write each value in full"),
];

/// Turns an error of the parser into a fault.
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
            Some('\t') => Fault::at(offset, "a tab is in the indentation", "indent with spaces"),
            Some(character) => Fault::at(
                offset,
                format!("a value cannot begin with “{character}”, because YAML reserves this character"),
                QUOTE_IT,
            ),
            None => Fault::at(offset, "a value cannot begin with a character that YAML reserves", QUOTE_IT),
        };
    }
    let is_key = ["invalid type", "this key is not a text"].iter().any(|part| message.contains(part));
    if is_key {
        return Fault::at(offset, "this key is not a text", "write “key: value” with a plain word as key");
    }
    let (_, cause, remedy) = EXPLANATIONS.iter().find(|(part, _, _)| message.contains(part)).unwrap_or(&(
        "",
        "this is not valid YAML",
        "compare the line with the same line of a file that loads",
    ));
    Fault::at(offset, *cause, *remedy)
}

/// The slip that stopped the parser, if the parser's message would name the wrong place or remedy. `context` is the
/// start of the construct, `location` is where the parser stopped.
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

/// The start of a construct that never ends. For an open quotation mark or bracket, the location of the parser is far
/// behind the mark, often at the end of the file.
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

/// The fault of a text with more than one document. The parser does not say where the second document begins: at a line
/// of dashes or dots, or at a line further left than the first key.
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
                let cause = "a second document begins here, and a file may have only one";
                return Fault::at(offset, cause, "delete the three dashes or dots");
            }
            Some(first) if column < first && !is_empty => {
                let cause = "this line begins further left than the first key";
                return Fault::at(offset + column, cause, "begin all keys in the same column");
            }
            None if is_mark => first_column = Some(0),
            None if !is_empty => first_column = Some(column),
            _ => {}
        }
        offset += line.len();
    }
    slips::in_first_line(text).unwrap_or_else(|| {
        Fault::at(0, "the file has more than one document", "write all keys in one document")
    })
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
    fn errors_of_the_parser_become_words() {
        check("title: T\n\theat: 1", "3:1: a tab is in the indentation; indent with spaces");
        check("title: T\nprovider:\n\tname: N", "4:1: a tab is in the indentation");
        check("title: AI: what now", "2:10: the value has a second “: ” and no quotes");
        check(
            "title: T\n  heat: 1",
            "3:7: the value has a second “: ” and no quotes, or the line is indented too far",
        );
        check("title: \"T\nheat: 1", "2:8: this quotation mark is never closed");
        check("title: T\nprice: 'it''s\nheat: 1", "3:8: this quotation mark is never closed");
        check("title: \"T\" and more", "2:12: text follows the closing quotation mark");
        check("title: T\nheat 1\nquality: 2", "3:1: this line has no “: ” after its key");
        check("title: a\u{2028}  b\u{85}  c\rheat 1\nquality: 2", "3:1: this line has no “: ”");
        check("title: \"a\u{2028}b\"\r\nheat 1\r\nquality: 2", "3:1: this line has no “: ”");
        check("title: T\nheat", "3:1: this line has no “: ” after its key");
        check("title: \"C:\\dir\"", "2:11: this backslash in double quotes begins an escape");
        check("title: [T", "2:8: this “[” begins a list that is never closed");
        check("title: {a: b", "2:8: this “{” begins a group of keys that is never closed");
        check(
            "title: @home",
            "2:8: a value cannot begin with “@”, because YAML reserves this character; put the value in quotes",
        );
        check("title: `code`", "2:8: a value cannot begin with “`”");
        check("title: %s", "2:8: a value cannot begin with “%”");
        check("title: * all", "2:8: a value cannot begin with “*” or “&”");
        check("title: &nbsp;T", "2:8: a value cannot begin with “*” or “&”");
        check("title: *all", "2:8: “*” refers to a name that no “&” defines");
        check("title: !a!b c", "2:8: a value cannot begin with “!”, because YAML reads a tag there");
        check("title: |x\n  a", "2:9: only a line end may follow “|” or “>”");
        check("title: T\ntopics:\n  - A\n - B", "5:2: this line does not fit the lines");
        check("title: T\ntopics: - A", "3:9: a list entry cannot begin here");
        check(
            "title: T\n--- more\na: b",
            "3:1: a second document begins here, and a file may have only one; delete the three dashes",
        );
        check(
            &format!("title: T\nrelated: {}{}", "[".repeat(200), "]".repeat(200)),
            "3:137: the values here are nested too deeply",
        );
    }
}
