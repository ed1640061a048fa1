//! What the YAML parser found wrong, in words for an editor who may never have heard of YAML.

use super::fault::Fault;

/// What the parser says (a part of it), what is wrong, how to mend it.
type Explanation = (&'static str, &'static str, &'static str);

const QUOTE_IT: &str = "put the value in quotes";
const ALIGN_IT: &str = "begin the line in the same column as its neighbours, and check the quotes above it";

/// The first that fits counts.
const EXPLANATIONS: [Explanation; 25] = [
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
    (
        "could not find expected ':'",
        "this line, or the one before it, has no “:” behind its key",
        "write “key: value”, or indent the line if it belongs to the value above",
    ),
    ("quoted scalar", "a quotation mark opens here and is never closed", "close it at the end of the value"),
    (
        "unexpected document indicator",
        "a quotation mark opens above this line and is never closed",
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
    ("anchor", "“*” begins a name that no “&” gives", QUOTE_IT),
    (
        "alphabetic or numeric character",
        "“*” or “&” begins a value without being followed by a name",
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
    (
        "more than one document",
        "a line of three dashes or dots with more behind it begins a second document",
        QUOTE_IT,
    ),
    ("recursion limit", "values nest too deeply here", "write the values less deeply nested"),
    ("repetition limit", "aliases repeat values too often", "write the values out"),
];

/// The fault that a parser's error means.
pub(crate) fn explain(text: &str, error: &serde_yaml::Error) -> Box<Fault> {
    let message = error.to_string();
    let location = error.location().map_or(0, |location| location.index());
    let offset = text.floor_char_boundary(context_offset(text, &message).unwrap_or(location));
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

/// Where the construct begins that never ends: for a quotation mark that nothing closes, the parser's own
/// location is the end of the file, which helps nobody.
fn context_offset(text: &str, message: &str) -> Option<usize> {
    let (_, context) = message.split_once("while scanning a quoted scalar at line ")?;
    let (line, column) = context.split_once(" column ")?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let line_start = text
        .match_indices('\n')
        .map(|(offset, _)| offset + 1)
        .nth(line.checked_sub(2)?)
        .or_else(|| (line == 1).then_some(0))?;
    let rest = text.get(line_start..)?;
    rest.char_indices().nth(column.checked_sub(1)?).map(|(offset, _)| line_start + offset)
}
