//! Which lines of a file a report may not show, because a value of a hidden key stands or may stand there.
//!
//! Problems stand in files that YAML cannot always read, so this goes by the lines alone, and where it cannot tell where
//! a hidden value ends, it hides the rest of the file. A line that is hidden for nothing costs only its snippet.

use article_format::is_wide_colon;
use article_format::problem::printable;

/// Keys whose values nobody may see.
const HIDDEN_KEYS: [&str; 2] = ["secured", "featuredContent"];

/// Where the lines so far have led.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Outside of hidden values.
    Open,
    /// Below a hidden key in this column, from 0.
    Below(usize),
    /// The end of a hidden value cannot be told any more.
    Lost,
}

/// For each line whether it is hidden.
pub(super) fn hidden_lines<'text>(lines: impl Iterator<Item = &'text str> + Clone) -> Vec<bool> {
    // With aliases, a hidden value may be shown under any other key. One that no anchor gives a value has none: `*bold*`.
    if lines.clone().any(may_have_alias) && lines.clone().any(may_have_anchor) {
        return lines.map(|_| true).collect();
    }
    let mut state = State::Open;
    let mut is_flow_open = false;
    let hide = |line: &str| {
        state = match state {
            State::Below(column) if is_below(line, column) => {
                if is_complete(line) {
                    state
                } else {
                    State::Lost
                }
            }
            State::Lost => State::Lost,
            State::Open | State::Below(_) => begun_by(line, is_flow_open),
        };
        let may_have_password = may_have_user_info(line);
        is_flow_open |= line.trim_start().starts_with('{') || line.trim_end().ends_with(['{', '[', ',']);
        state != State::Open || may_have_password
    };
    lines.map(hide).collect()
}

/// Whether a line may hold an address with a user name or a password before its host.
fn may_have_user_info(line: &str) -> bool {
    const AT_SIGNS: [&str; 6] = ["@", "%40", "\\u0040", "\\x40", "\u{FF20}", "\u{FE6B}"];
    let is_colon_inside = |(at, _): &(usize, &str)| {
        line.get(at + 1..).is_some_and(|rest| rest.starts_with(|next: char| !next.is_whitespace()))
    };
    let colon = line.match_indices(':').find(is_colon_inside).map(|(at, _)| at);
    let begin = colon.into_iter().chain(line.find("//")).min();
    let behind = begin.and_then(|at| line.get(at..)).unwrap_or_default();
    AT_SIGNS.iter().any(|sign| behind.contains(sign))
}

/// Whether a line belongs to the value of a key in this column, which is known to stand in a block.
fn is_below(line: &str, column: usize) -> bool {
    let content = line.trim_start();
    let own_column = line.len() - content.len();
    content.is_empty() || content.starts_with('#') || own_column > column || {
        own_column == column && content.starts_with('-') && content != "---"
    }
}

/// What a line outside of hidden values begins.
fn begun_by(line: &str, is_flow_open: bool) -> State {
    let content = without_dashes(line);
    let column = line.len() - content.len();
    let name = content.strip_prefix(['"', '\'']).unwrap_or(content);
    let value = HIDDEN_KEYS.iter().find_map(|key| {
        let rest = name.strip_prefix(key)?;
        let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest).trim_start();
        rest.strip_prefix(':').filter(|value| value.is_empty() || value.starts_with(char::is_whitespace))
    });
    match value {
        Some(value) if is_complete_value(value) && !is_flow_open => State::Below(column),
        None if !may_have_hidden_key(line) => State::Open,
        _ => State::Lost,
    }
}

/// Whether a hidden key may stand anywhere in the line, in quotes, in brackets, behind a tag, or written with escapes.
fn may_have_hidden_key(line: &str) -> bool {
    let is_key_end = |rest: &str, before: &str| {
        let rest = rest.trim_start_matches(['"', '\'']).trim_start();
        rest.starts_with(':')
            || rest.starts_with(is_wide_colon)
            || (rest.is_empty() && (before.trim().is_empty() || before.contains(['{', ',', '?'])))
    };
    let named = |key: &&str| {
        line.match_indices(key).any(|(at, key)| {
            let (before, rest) = (line.get(..at).unwrap_or(""), line.get(at + key.len()..).unwrap_or(""));
            is_key_end(rest, before.trim_end_matches(['"', '\'']))
        })
    };
    let has_escaped_key = || {
        let escape = line.find('\\');
        escape.and_then(|at| line.get(at..)).is_some_and(|rest| {
            rest.match_indices('"')
                .any(|(at, _)| rest.get(at + 1..).is_some_and(|rest| rest.trim_start().starts_with(':')))
        })
    };
    HIDDEN_KEYS.iter().any(named) || has_escaped_key()
}

/// Whether a line of a block leaves nothing open that the next could close.
fn is_complete(line: &str) -> bool {
    let content = without_dashes(line);
    let is_name = |name: &str| name.chars().all(|character| character.is_alphanumeric() || character == '_');
    match content.split_once(':') {
        Some((name, value)) if is_name(name) && (value.is_empty() || value.starts_with(' ')) => {
            is_complete_value(value)
        }
        _ => is_complete_value(content),
    }
}

/// Whether a value ends in its line: nothing, a comment, a text in quotes without quotes in it, or one without quotes,
/// which only lines that stand further in can continue.
fn is_complete_value(value: &str) -> bool {
    let value = value.trim();
    let Some(first) = value.chars().next() else { return true };
    match first {
        '"' | '\'' => {
            let inside = value.strip_prefix(first).and_then(|rest| rest.strip_suffix(first));
            inside.is_some_and(|inside| !inside.contains([first, '\\']))
        }
        '#' => true,
        '[' | ']' | '{' | '}' | '|' | '>' | '&' | '*' | '!' | '%' | '@' | '`' | '?' => false,
        _ => true,
    }
}

fn without_dashes(line: &str) -> &str {
    let mut content = line.trim_start();
    while let Some(rest) = content.strip_prefix("- ") {
        content = rest.trim_start();
    }
    content
}

/// Whether `*name` begins a value in the line.
fn may_have_alias(line: &str) -> bool {
    line.match_indices('*').any(|(at, _)| {
        let is_named = line
            .get(at + 1..)
            .is_some_and(|rest| rest.starts_with(|next: char| next.is_alphanumeric() || "_-".contains(next)));
        let before = line.get(..at).unwrap_or("").trim_end();
        is_named && (before.is_empty() || before.ends_with([':', '-', ',', '[', '{', '?']))
    })
}

/// Whether `&name` may stand before a value in the line.
fn may_have_anchor(line: &str) -> bool {
    line.match_indices('&').any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|before| before.is_whitespace() || "[{,:".contains(before))
    })
}

/// One line as it may be printed: a column a character, tabs to be seen.
pub(super) fn printable_line(line: &str) -> String {
    line.chars().map(|character| if character == '\t' { '→' } else { printable(character) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `#` marks the lines that are hidden, `.` the others.
    fn check(text: &str, expected: &str) {
        let found: String = hidden_lines(text.split('\n'))
            .into_iter()
            .map(|is_hidden| if is_hidden { '#' } else { '.' })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn values_of_hidden_keys_are_hidden_and_the_rest_is_not() {
        check("---\ntitle: T\nsecured: s3cret\nheat: x\n---", "..#..");
        check("secured:\n  a: s\n\n  # c\n  b: 's'\nheat: x", "#####.");
        check("secured:\n- s\n- \"s\"\nheat: x", "###.");
        check("a:\n  - secured: s\n    b: 1\n  - c: s", ".#..");
        check("\"secured\" : s\nheat: x", "#.");
        check("secured: two\n  lines\nheat: x", "##.");
        check("secured: https://example.com/#s\nheat: x", "#.");
        check("featuredContent: \"<iframe width=\\\"8\\\">\"\nheat: x", "##");
        check("title: How it was secured\nheat: x", "..");
        check("excerpt: insecured, secured and \"secured\" things\nheat: x", "..");
    }

    #[test]
    fn addresses_that_may_hold_a_password_are_hidden() {
        check("webUrl: https://ann:pass word@example.com/\nheat: x", "#.");
        check("webUrl: \"https:\\\\ann\\x40example.com\"\nheat: x", "#.");
        check("webUrl: ann:hidden@example.com\n  - url: //ann%40example.com\nheat: x", "##.");
        check("title: @ann\ntopics: [a@b]\nwebUrl: https://example.com/a", "...");
    }

    #[test]
    fn where_the_end_cannot_be_told_the_rest_is_hidden() {
        for value in [
            "\"open",
            "'open",
            "\"a\\\"",
            "[a,",
            "{a: b}",
            "|",
            ">-",
            "'it''s'",
            "&a b",
            "!tag s",
            "\n  b: \"open",
            "\n  - [s",
        ] {
            let text = format!("secured: {value}\nheat: x");
            check(&text, &"#".repeat(text.split('\n').count()));
        }
        check("title: T\n{a: 1, secured: s}\nheat: x", ".##");
        check("{title: T,\nsecured: a\ns}\nheat: x", ".###");
        check("{title: T, \"secured\"\n: s}\nheat: x", "###");
        check("? secured\n: s\nheat: x", "###");
        check("!!str secured: s\nheat: x", "##");
        check("secured:s\nheat: x", "##");
        check("secured：s\nheat: x", "##");
        check("\u{A0} secured ： s\nheat: x", "##");
        check("- \u{200B}secured:\u{200B}s\nheat: x", "##");
        check("\"s\\u0065cured\": s\nheat: x", "##");
    }

    #[test]
    fn aliases_hide_everything() {
        check("heat: &a s\nsecured: *a", "##");
        check("heat: [1, *a]\nb: !!str &a c", "##");
        check("heat: *a\nb: [&a c]", "##");
        check("{b: 1,&a c: 1}\nheat: *a", "##");
        check("{\"b\":&a c}\nheat: *a", "##");
        check("excerpt: *bold* words\nwebUrl: https://example.com/?a=1&b=2\nsecured: s", "..#");
        check("excerpt: this is *important*, 2 * 3", ".");
    }
}
