//! The changes of a load, in words for moderators. `reload::log` has the words for the log.

use crate::card::text;
use crate::collection::diff::{Changed, Difference, Listed};
use crate::messages::{Words, say};

/// The most names in a line. The line counts the others.
const NAMES_SHOWN_MAX: usize = 5;
/// The most characters of all names in a line. Seven such lines fit into a message.
const NAMES_CHARACTERS_MAX: usize = 130;

/// The counts of all changes.
pub(crate) fn counted(difference: &Difference, words: &Words) -> String {
    let Difference { articles, topic_files, fixed, problems, problems_gone } = difference;
    let changes = [
        (articles.added.count, say!(words, "changes-articles-added", count = articles.added.count)),
        (articles.changed.count, say!(words, "changes-articles-changed", count = articles.changed.count)),
        (articles.removed.count, say!(words, "changes-articles-removed", count = articles.removed.count)),
        (topic_files.added.count, say!(words, "changes-topic-files-added", count = topic_files.added.count)),
        (
            topic_files.changed.count,
            say!(words, "changes-topic-files-changed", count = topic_files.changed.count),
        ),
        (
            topic_files.removed.count,
            say!(words, "changes-topic-files-removed", count = topic_files.removed.count),
        ),
        (fixed.count, say!(words, "changes-files-fixed", count = fixed.count)),
        (problems.count, say!(words, "changes-problems-new", count = problems.count)),
        (*problems_gone, say!(words, "changes-problems-gone", count = *problems_gone)),
    ];
    let some: Vec<String> =
        changes.into_iter().filter(|(count, _)| *count > 0).map(|(_, change)| change).collect();
    if some.is_empty() {
        return say!(words, "changes-none");
    }
    say!(words, "changes-some", changes = words.list(&some))
}

/// One line for each kind of change, with its first names.
pub(crate) fn named(difference: &Difference, words: &Words) -> Vec<String> {
    let Difference { articles, topic_files, fixed, .. } = difference;
    let plain = |listed: &Listed<Box<str>>| names(listed, words, |name| harmless(name));
    let with_keys = |listed: &Listed<Changed>| {
        names(listed, words, |changed| {
            let keys: Vec<String> = changed.keys.iter().map(|key| (*key).to_owned()).collect();
            say!(words, "names-with-keys", name = harmless(&changed.name), keys = words.list(&keys))
        })
    };
    let lines = [
        plain(&articles.added).map(|names| say!(words, "names-articles-added", names = names)),
        with_keys(&articles.changed).map(|names| say!(words, "names-articles-changed", names = names)),
        plain(&articles.removed).map(|names| say!(words, "names-articles-removed", names = names)),
        plain(&topic_files.added).map(|names| say!(words, "names-topic-files-added", names = names)),
        with_keys(&topic_files.changed).map(|names| say!(words, "names-topic-files-changed", names = names)),
        plain(&topic_files.removed).map(|names| say!(words, "names-topic-files-removed", names = names)),
        plain(fixed).map(|names| say!(words, "names-files-fixed", names = names)),
    ];
    lines.into_iter().flatten().collect()
}

fn harmless(name: &str) -> String {
    text::escaped(name, NAMES_CHARACTERS_MAX)
}

/// The first names as a list, and the count of the others. `None` without names.
fn names<T>(listed: &Listed<T>, words: &Words, in_words: impl Fn(&T) -> String) -> Option<String> {
    let mut shown: Vec<String> = Vec::new();
    let mut characters = 0;
    for name in listed.first.iter().take(NAMES_SHOWN_MAX).map(in_words) {
        characters += text::count(&name);
        if !shown.is_empty() && characters > NAMES_CHARACTERS_MAX {
            break;
        }
        shown.push(name);
    }
    let left_out = listed.count - shown.len();
    if left_out > 0 {
        shown.push(say!(words, "names-left-out", count = left_out));
    }
    (listed.count > 0).then(|| words.list(&shown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::reply::CONTENT_CHARACTERS_MAX;
    use crate::messages::{Language, untranslated};

    /// A load that changed something of each kind; names have so many characters.
    fn of_all_kinds(count: usize, name_characters: usize) -> Difference {
        let name = |kind: &str, number: usize| format!("{kind}{number}{}", "*".repeat(name_characters));
        let mut difference = Difference { problems_gone: count, ..Difference::default() };
        for number in 0..count {
            for (kind, changes) in [("A", &mut difference.articles), ("T", &mut difference.topic_files)] {
                changes.added.push(name(kind, number).into());
                changes.removed.push(name(kind, number).into());
                changes
                    .changed
                    .push(Changed { name: name(kind, number).into(), keys: vec!["title", "heat"] });
            }
            difference.fixed.push(name("A", number).into());
        }
        difference
    }

    fn lines(difference: &Difference, language: Language) -> String {
        let words = Words::of(language);
        let mut lines = vec![counted(difference, words)];
        lines.extend(named(difference, words));
        lines.join("\n")
    }

    #[test]
    fn what_changed_in_words() {
        for (name, language) in [("english", Language::English), ("pseudo", Language::Pseudo)] {
            let all = [0, 1, 7].map(|count| lines(&of_all_kinds(count, 0), language)).join("\n\n");
            insta::assert_snapshot!(format!("changes_{name}"), all);
        }
        let pseudo = lines(&of_all_kinds(1_234, 0), Language::Pseudo);
        assert_eq!(
            untranslated(&pseudo, &["A", "T", "title", "heat", "and"]),
            Vec::<String>::new(),
            "{pseudo}"
        );
    }

    #[test]
    fn seven_lines_with_the_longest_names_fit_into_a_message() {
        for language in [Language::English, Language::Pseudo] {
            for name_characters in [0, 10, 30, 60, 3_000] {
                let lines = lines(&of_all_kinds(12_345, name_characters), language);
                let characters = text::count(&lines);
                assert!(characters < CONTENT_CHARACTERS_MAX - 300, "{characters}: {lines}");
            }
        }
    }
}
