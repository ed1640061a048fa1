//! The lines of a file that no report shows: those that may hold a value of a hidden key, or a password in an address.
//!
//! The files have faults, so nobody can tell where a hidden value ends. So no line is shown from the first line on that may name a
//! hidden key. Real files have `secured` last, so an editor misses little: a finding without its line still has its place.

/// The keys whose values nobody may see.
const HIDDEN_KEYS: [&str; 2] = ["secured", "featuredContent"];

/// The starts of YAML's escapes, which can write any letter of a key.
const ESCAPES: [&str; 3] = ["\\x", "\\u", "\\U"];

/// How an address writes `@`, in YAML text.
const AT_SIGNS: [&str; 6] = ["@", "%40", "\\u0040", "\\x40", "\u{FF20}", "\u{FE6B}"];

/// The first line (from 0) that no report shows. No report shows the lines after it either. `None` if all lines may be shown.
pub(super) fn first_hidden<'text>(mut lines: impl Iterator<Item = &'text str>) -> Option<usize> {
    let may_name_hidden_key =
        |line: &&str| HIDDEN_KEYS.iter().chain(&ESCAPES).any(|part| line.contains(part));
    let (first, line) = lines.by_ref().enumerate().find(|(_, line)| may_name_hidden_key(line))?;
    // The value of an alias is somewhere above it.
    let has_alias = std::iter::once(line).chain(lines).any(|line| line.contains('*'));
    Some(if has_alias { 0 } else { first })
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
        check("heat: &a s\nsecured:\n  key: *a", "###");
    }

    #[test]
    fn other_prose_hides_nothing() {
        check("title: \"How it was \\\"secure\\\"\"\nheat: x", "..");
        check("excerpt: this is *important*, R&D &c\nheat: x", "..");
        check("title: T\nexcerpt: How it was secured\nheat: x", ".##");
    }

    #[test]
    fn addresses_that_may_hold_a_password_are_hidden() {
        check("webUrl: https://ann:pass word@example.com/\nheat: x", "#.");
        check("webUrl: ann:hidden@example.com\n  - url: //ann%40example.com\nheat: x", "##.");
        check("title: @ann\ntopics: [a@b]\nwebUrl: https://example.com/a", "...");
        assert!(may_hold_password("webUrl: \"https:\\\\ann\\x40example.com\""));
    }
}
