//! Which lines of a file no report shows: those that may hold a value of a hidden key, or a password in an address.
//!
//! The files have faults, so nobody can tell for certain where a hidden value ends. No line from the first hidden key on is
//! shown. Real files have `secured` last, so an editor misses little: a finding without its line still has its place.

use article_format::is_wide_colon;

/// Keys whose values nobody may see.
const HIDDEN_KEYS: [&str; 2] = ["secured", "featuredContent"];

/// How an address writes `@`, in YAML text.
const AT_SIGNS: [&str; 6] = ["@", "%40", "\\u0040", "\\x40", "\u{FF20}", "\u{FE6B}"];

/// The line (from 0) from which on none is shown; `None` where no line names a hidden key.
pub(super) fn first_hidden<'text>(mut lines: impl Iterator<Item = &'text str>) -> Option<usize> {
    let (at, line) = lines.by_ref().enumerate().find(|(_, line)| may_name_hidden_key(line))?;
    // The value of an alias stands somewhere above.
    Some(if line.contains('*') { 0 } else { at })
}

/// Whether a hidden key may stand in the line: in quotes, in brackets, behind a tag, or written with escapes.
fn may_name_hidden_key(line: &str) -> bool {
    let is_before_colon = |rest: &str| {
        let rest = rest.trim_start_matches(['"', '\'']).trim_start();
        rest.starts_with(':') || rest.starts_with(is_wide_colon)
    };
    // In brackets or behind a `?` the colon may stand in the next line.
    let is_alone = |before: &str, rest: &str| {
        rest.trim_matches(['"', '\'', ' ']).is_empty()
            && (before.trim_matches(['"', '\'', ' ']).is_empty() || before.contains(['{', ',', '?']))
    };
    let is_named = HIDDEN_KEYS.iter().any(|key| {
        line.match_indices(key).any(|(at, key)| {
            let (before, rest) = (line.get(..at).unwrap_or(""), line.get(at + key.len()..).unwrap_or(""));
            is_before_colon(rest) || is_alone(before, rest)
        })
    });
    let has_escaped_key = line.contains('\\')
        && line.match_indices('"').any(|(at, _)| line.get(at..).is_some_and(is_before_colon));
    is_named || has_escaped_key
}

/// Whether a line may hold an address with a user name or a password before its host.
pub(super) fn may_hold_password(line: &str) -> bool {
    let is_inside = |(at, _): (usize, &str)| {
        line.get(at + 1..).is_some_and(|rest| rest.starts_with(|next: char| !next.is_whitespace()))
    };
    AT_SIGNS.iter().any(|sign| line.contains(sign))
        && (line.contains("//") || line.match_indices(':').any(is_inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `#` marks the lines that are hidden, `.` the others.
    fn check(text: &str, expected: &str) {
        let lines = || text.split('\n');
        let first = first_hidden(lines()).unwrap_or(usize::MAX);
        let mark = |(at, line)| if at >= first || may_hold_password(line) { '#' } else { '.' };
        assert_eq!(lines().enumerate().map(mark).collect::<String>(), expected, "{text}");
    }

    #[test]
    fn from_a_hidden_key_on_no_line_is_shown() {
        check("---\ntitle: T\nsecured: s3cret\nheat: x\n---", "..###");
        check("a:\n  - secured:\n      b: s\nheat: x", ".###");
        check("featuredContent: \"<iframe width=\\\"8\\\">\"\nheat: x", "##");
        for key in [
            "\"secured\" : s",
            "{a: 1, secured: s}",
            "{a: 1, \"secured\"\n: s}",
            "? secured\n: s",
            "!!str secured: s",
            "secured:s",
            "secured：s",
            "\u{A0} secured ： s",
            "- \u{200B}secured:\u{200B}s",
            "\"s\\u0065cured\": s",
        ] {
            let text = format!("title: T\n{key}\nheat: x");
            check(&text, &format!(".{}", "#".repeat(text.split('\n').count() - 1)));
        }
    }

    #[test]
    fn an_alias_under_a_hidden_key_hides_the_lines_above() {
        check("heat: &a s\nsecured: *a", "##");
    }

    #[test]
    fn prose_hides_nothing() {
        check("title: How it was secured\nheat: x", "..");
        check("excerpt: insecured, secured and \"secured\" things\nheat: x", "..");
        check("excerpt: this is *important*, R&D &c\nheat: x", "..");
    }

    #[test]
    fn addresses_that_may_hold_a_password_are_hidden() {
        check("webUrl: https://ann:pass word@example.com/\nheat: x", "#.");
        check("webUrl: \"https:\\\\ann\\x40example.com\"\nheat: x", "#.");
        check("webUrl: ann:hidden@example.com\n  - url: //ann%40example.com\nheat: x", "##.");
        check("title: @ann\ntopics: [a@b]\nwebUrl: https://example.com/a", "...");
    }
}
