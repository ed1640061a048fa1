//! Makes text that others wrote harmless in Discord, and cuts it to Discord's limits.
//!
//! Lengths are counted in Unicode scalar values, as Discord counts them (staff, discord-api-docs #1315).

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// The most combining marks on one letter. More marks would cover neighbouring lines.
const COMBINING_MARKS_MAX: usize = 4;

const ELLIPSIS: char = '…';

/// Stands before and behind bold text.
const BOLD: &str = "**";

/// The text on one line, without characters that are invisible or change the direction of others.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut marks = 0;
    let mut characters = text.chars().peekable();
    let mut before = ' ';
    while let Some(character) = characters.next() {
        // Most characters of most texts are visible ASCII and need no table.
        if character.is_ascii_graphic() {
            shown.push(character);
            (before, marks) = (character, 0);
            continue;
        }
        if character.is_whitespace() {
            if before != ' ' {
                shown.push(' ');
            }
            before = ' ';
            continue;
        }
        marks = if is_combining_mark(character) { marks + 1 } else { 0 };
        let joins = is_joiner(character)
            && !before.is_ascii()
            && characters.peek().is_some_and(|next| !next.is_ascii());
        if marks > COMBINING_MARKS_MAX || (is_invisible(character) && !joins) {
            continue;
        }
        shown.push(character);
        before = character;
    }
    shown.truncate(shown.trim_end().len());
    shown
}

/// Zero-width joiner and non-joiner: Persian, Indic scripts and emoji need them between letters.
fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

/// Whether a character is invisible or changes the layout of others: controls, format characters (Unicode Cf), fillers that
/// look empty, private use, noncharacters.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
            | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0e}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1345f}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e000}'..='\u{f8ff}'
            | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
        || u32::from(character) & 0xfffe == 0xfffe
}

/// The visible text, cut to `characters_max`, for author and footer, which Discord shows without Markdown.
#[must_use]
pub fn plain(text: &str, characters_max: usize) -> String {
    cut(&visible(text), characters_max, |_, _| 1)
}

/// An invisible character that keeps clients from making a link or mention.
const BREAK: char = '\u{200b}';

/// The visible text for places without Markdown whose text a client may render elsewhere. So a thread's name is the content
/// of the message that announces it (Discord's docs, "Message Types", `THREAD_CREATED`). Members would see a backslash there,
/// so an invisible character breaks mentions, links and invites.
#[must_use]
pub fn inert(text: &str, characters_max: usize) -> String {
    let shown = cut(&visible(text), characters_max, |_, rest| 1 + usize::from(begins_live(rest)));
    let mut inert = String::with_capacity(shown.len() + 16);
    for (at, character) in shown.char_indices() {
        inert.push(character);
        if begins_live(shown.get(at..).unwrap_or_default()) {
            inert.push(BREAK);
        }
    }
    inert
}

/// Whether a mention, a link or an invite begins here, or its decisive part does (Discord's docs, "Message Formatting").
fn begins_live(rest: &str) -> bool {
    let Some(first) = rest.chars().next() else { return false };
    let after = rest.get(first.len_utf8()..).unwrap_or_default();
    let begins = |starts: &[&str]| {
        starts
            .iter()
            .any(|start| after.get(..start.len()).is_some_and(|after| after.eq_ignore_ascii_case(start)))
    };
    match first {
        '@' => begins(&["everyone", "here"]),
        '<' => begins(&["@", "#", ":", "/", "a:", "t:", "id:", "http", "sound:"]),
        ':' => after.starts_with("//"),
        '.' => begins(&["gg/", "gift/", "com/invite", "com/gifts"]),
        _ => false,
    }
}

/// The visible text with every Markdown sign escaped, for content, title, description and fields. The escaped form has at most
/// `characters_max`.
#[must_use]
pub fn escaped(text: &str, characters_max: usize) -> String {
    marked(text, characters_max, |_| Vec::new())
}

/// As [`escaped`], with parts in bold. `parts` gives them as ranges of bytes of the visible text, ascending, none touching
/// another one. The bound holds with the signs for bold.
#[must_use]
pub fn marked(text: &str, characters_max: usize, parts: impl Fn(&str) -> Vec<Range<usize>>) -> String {
    let whole = visible(text);
    let parts = parts(&whole);
    let begins = |at: usize| parts.binary_search_by_key(&at, |part| part.start).is_ok();
    let shown = cut(&whole, characters_max, |before, rest| {
        let signs = if begins(whole.len() - rest.len()) { 2 * BOLD.len() } else { 0 };
        1 + usize::from(needs_escape(before, rest)) + signs
    });
    // The ellipsis of a cut text is not bold.
    let uncut = shown.strip_suffix(ELLIPSIS).filter(|_| shown != whole).map_or(shown.len(), str::len);
    let mut escaped = String::with_capacity(shown.len() + 16);
    let mut before = Before::Start;
    let mut bold_end = None;
    for (at, character) in shown.char_indices() {
        if bold_end.is_some_and(|end| at >= end) {
            escaped.push_str(BOLD);
            bold_end = None;
        }
        if at < uncut
            && let Ok(part) = parts.binary_search_by_key(&at, |part| part.start)
        {
            escaped.push_str(BOLD);
            bold_end = parts.get(part).map(|part| part.end.min(uncut));
        }
        if needs_escape(before, shown.get(at..).unwrap_or_default()) {
            escaped.push('\\');
        }
        escaped.push(character);
        before = before.then(character);
    }
    if bold_end.is_some() {
        escaped.push_str(BOLD);
    }
    escaped
}

/// An http(s) address for `[text](address)`, without brackets, which would end it early.
#[must_use]
pub fn address_in_link(url: &str) -> String {
    url.replace('(', "%28").replace(')', "%29").replace(' ', "%20").replace('<', "%3C").replace('>', "%3E")
}

/// The number of characters as Discord counts them.
#[must_use]
pub fn count(text: &str) -> usize {
    text.chars().count()
}

/// The text before a character, as far as Markdown needs it: "1." starts a list only at the line's start, and a dot in a name
/// stands behind a letter or a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Start,
    DigitsFromStart,
    Name,
    Other,
}

impl Before {
    fn then(self, character: char) -> Self {
        match self {
            Self::Start | Self::DigitsFromStart if character.is_ascii_digit() => Self::DigitsFromStart,
            _ if character.is_alphanumeric() => Self::Name,
            Self::Name if is_combining_mark(character) => Self::Name,
            _ => Self::Other,
        }
    }
}

/// Whether the first character needs a backslash, which Discord hides before ASCII punctuation. `:` does, because it makes
/// links of addresses, emoji and timestamps. A dot before a letter in a name does too: clients make links of invites
/// (`discord.gg/x`) and, on some devices, of bare domains, but not across a backslash.
fn needs_escape(before: Before, rest: &str) -> bool {
    let mut characters = rest.chars();
    let Some(character) = characters.next() else { return false };
    match character {
        '\\' | '*' | '_' | '~' | '|' | '>' | '#' | '-' | '[' | ']' | '(' | ')' | '<' | ':' | '@' | '`' => {
            true
        }
        '+' => before == Before::Start,
        '.' if before == Before::DigitsFromStart => true,
        '.' => before == Before::Name && characters.next().is_some_and(char::is_alphabetic),
        _ => false,
    }
}

/// Cuts a trimmed text where the summed `cost` of its characters would pass the bound, and ends it with an ellipsis. The cut
/// is at the end of a word where one ends in the second half. `cost` gets the text from a character on. The result is trimmed
/// too.
fn cut(text: &str, cost_max: usize, cost: impl Fn(Before, &str) -> usize) -> String {
    let mut spent = 0;
    let mut before = Before::Start;
    // The last place that leaves room for the ellipsis.
    let mut hard_end = 0;
    let mut word_end = 0;
    for (at, character) in text.char_indices() {
        if spent < cost_max {
            hard_end = at;
            if character == ' ' {
                word_end = at;
            }
        }
        spent += cost(before, text.get(at..).unwrap_or_default());
        before = before.then(character);
        if spent > cost_max {
            let end = if word_end > hard_end / 2 { word_end } else { hard_end };
            let kept = text.get(..end).unwrap_or("").trim_end();
            let mut shortened = kept.trim_end_matches(is_joiner).to_owned();
            if cost_max > 0 {
                shortened.push(ELLIPSIS);
            }
            return shortened;
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What Discord shows of escaped text: a backslash before ASCII punctuation goes.
    fn shown(escaped: &str) -> String {
        let mut shown = String::new();
        let mut characters = escaped.chars().peekable();
        while let Some(character) = characters.next() {
            let next_is_sign = characters.peek().is_some_and(char::is_ascii_punctuation);
            if character == '\\' && next_is_sign {
                shown.extend(characters.next());
            } else {
                shown.push(character);
            }
        }
        shown
    }

    #[test]
    fn invisible_and_direction_changing_characters_go() {
        for (text, expected) in [
            ("a\u{202e}b\u{2066}c", "abc"),
            ("pay\u{200b}pal", "paypal"),
            ("soft\u{ad}hyphen", "softhyphen"),
            ("a\r\n\tb\u{a0}\u{3000}c", "a b c"),
            (" \u{feff} ", ""),
            ("\u{3164}\u{2800}", ""),
            ("tag\u{e0041}", "tag"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("👩\u{200d}🚀 ❤\u{fe0f}", "👩\u{200d}🚀 ❤\u{fe0f}"),
            ("a\u{200d}b", "ab"),
            ("e\u{301}", "e\u{301}"),
            ("z\u{334}\u{334}\u{334}\u{334}\u{334}\u{334}!", "z\u{334}\u{334}\u{334}\u{334}!"),
        ] {
            assert_eq!(visible(text), expected, "{text:?}");
        }
    }

    #[test]
    fn markdown_is_escaped() {
        for (text, expected) in [
            ("**bold** _it_", r"\*\*bold\*\* \_it\_"),
            ("[click](https://evil.example)", r"\[click\]\(https\://evil\.example\)"),
            ("@everyone <@1> <t:0:R>", r"\@everyone \<\@1\> \<t\:0\:R\>"),
            ("# heading", r"\# heading"),
            ("1. list", r"1\. list"),
            ("12. list 1. not", r"12\. list 1. not"),
            ("v1.2", "v1.2"),
            ("+ list + not", r"\+ list + not"),
            (r"back\slash`", r"back\\slash\`"),
            ("discord.gg/abc", r"discord\.gg/abc"),
            ("Discord.com/invite/abc", r"Discord\.com/invite/abc"),
            ("www.example.com, sub.例え.jp", r"www\.example\.com, sub\.例え\.jp"),
            ("9to5.com 24.hu", r"9to5\.com 24\.hu"),
            ("cafe\u{301}.fr", "cafe\u{301}\\.fr"),
            ("One. Two... three .net 2.5 v1.2.0", "One. Two... three .net 2.5 v1.2.0"),
        ] {
            assert_eq!(escaped(text, 4096), expected, "{text:?}");
        }
    }

    #[test]
    fn what_a_client_would_make_live_is_broken_where_a_backslash_would_be_seen() {
        for (text, expected) in [
            ("Hi @everyone and @here", "Hi @| everyone and @| here"),
            ("<@1> <@&2> <#3> </feed add:4>", "<| @1> <| @&2> <| #3> <| /feed add:4>"),
            ("<:a:1> <a:b:2> <t:0:R> <id:guide>", "<| :a:1> <| a:b:2> <| t:0:R> <| id:guide>"),
            ("see https://example.com", "see https:| //example.com"),
            ("discord.gg/x DISCORD.GG/x", "discord.| gg/x DISCORD.| GG/x"),
            ("discord.com/invite/x", "discord.| com/invite/x"),
            ("a < b, I <3 it @ work, Vec<T>: Node.js", "a < b, I <3 it @ work, Vec<T>: Node.js"),
        ] {
            assert_eq!(inert(text, 256), expected.replace("| ", "\u{200b}"), "{text:?}");
        }
        assert_eq!(inert("@everyone", 9), "@everyo…");
        assert_eq!(count(&inert(&"<@1>".repeat(40), 100)), 100);
    }

    #[test]
    fn text_is_cut_at_the_end_of_a_word() {
        for (text, characters_max, expected) in [
            ("one two three", 13, "one two three"),
            ("one two three", 12, "one two…"),
            ("one two three", 8, "one two…"),
            ("one two three", 7, "one tw…"),
            ("abcdefghij", 5, "abcd…"),
            ("a bcdefghij", 6, "a bcd…"),
            ("日本語のタイトル", 4, "日本語…"),
            ("ab", 1, "…"),
            ("ab", 0, ""),
        ] {
            assert_eq!(plain(text, characters_max), expected, "{text:?} {characters_max}");
        }
        assert_eq!(escaped("****", 5), r"\*\*…");
        assert_eq!(escaped("****", 8), r"\*\*\*\*");
    }

    #[test]
    fn parts_are_bold() {
        let parts = |_: &str| vec![0..3, 8..13];
        assert_eq!(marked("one two three", 100, parts), "**one** two **three**");
        assert_eq!(marked("*ne two (hree", 100, parts), r"**\*ne** two **\(hree**");
        assert_eq!(marked("one two three", 20, parts), "**one** two…");
        assert_eq!(marked("日本", 100, |_| std::iter::once(0..3).collect()), "**日**本");
        let long = marked("abcdefghijkl", 9, |_| std::iter::once(0..12).collect());
        assert_eq!(long, "**abcd**…");
    }

    proptest! {
        #[test]
        fn bold_text_keeps_its_bound_and_has_every_sign_twice(
            text in "[a-c*_ ]{0,40}", starts in proptest::collection::btree_set(0_usize..40, 0..6), characters_max in 0_usize..60,
        ) {
            let parts = |text: &str| {
                let starts = starts.iter().filter(|start| *start % 3 == 0 && **start + 2 <= text.len());
                starts.map(|&start| start..start + 2).collect::<Vec<_>>()
            };
            let bold = marked(&text, characters_max, parts);
            prop_assert!(count(&bold) <= characters_max, "{}", bold);
            let unescaped = bold.replace(r"\\", "").replace(r"\*", "");
            prop_assert!(unescaped.matches(BOLD).count() % 2 == 0 && !unescaped.replace(BOLD, "").contains('*'), "{}", bold);
        }

        #[test]
        fn escaped_text_keeps_its_bound_and_shows_what_plain_text_shows(text in ".{0,60}", characters_max in 0_usize..50) {
            let safe = escaped(&text, characters_max);
            prop_assert!(count(&safe) <= characters_max);
            prop_assert_eq!(shown(&escaped(&text, 10_000)), plain(&text, 10_000));
            prop_assert!(!safe.contains('\n') && safe.trim() == safe);
        }

        #[test]
        fn every_sign_of_escaped_text_is_escaped(text in r"[\\*_~|>#\-\[\]()<:@` a1.+]{0,40}") {
            let safe = escaped(&text, 10_000);
            let mut characters = safe.chars();
            while let Some(character) = characters.next() {
                if character == '\\' {
                    prop_assert!(characters.next().is_some_and(|next| next.is_ascii_punctuation()));
                } else {
                    prop_assert!(!r"*_~|>#-[]()<:@`".contains(character), "{}", safe);
                }
            }
        }

        #[test]
        fn inert_text_keeps_its_bound_and_shows_what_plain_text_shows(text in r"(<@|@everyone|://|\.gg/|[a-z <:/.]){0,20}", characters_max in 0_usize..50) {
            prop_assert!(count(&inert(&text, characters_max)) <= characters_max);
            prop_assert_eq!(inert(&text, 10_000).replace(BREAK, ""), plain(&text, 10_000));
        }

        #[test]
        fn what_is_visible_stays_so(text in any::<String>()) {
            let once = visible(&text);
            prop_assert_eq!(visible(&once), once);
        }
    }
}
