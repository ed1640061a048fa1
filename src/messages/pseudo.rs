//! A language for tests: English, 40% longer and with an accent on each letter.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::{Language, Words};

/// The locale of the language. Discord has none of this name.
pub(super) const LOCALE: &str = "pseudo";

/// So many characters of a hundred are added.
const LONGER_PERCENT: usize = 40;

const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCENTED: &str = "áƀçđéƒǧĥíĵķĺɱñóƥɋŕšţúṽŵẋýžÁƁÇĐÉƑǦĤÍĴĶĹṀÑÓƤɊŔŠŢÚṼŴẊÝŽ";

pub(super) fn words() -> &'static Words {
    static IN_PSEUDO: LazyLock<Words> = LazyLock::new(|| {
        let mut words = Words::read(Language::Pseudo);
        words.bundle.set_transform(Some(transform));
        words
    });
    &IN_PSEUDO
}

/// Each letter gets its accent, and some get company. What stands between backticks is a command, which has one name
/// in all languages.
fn transform(text: &str) -> Cow<'_, str> {
    let mut longer = String::new();
    let mut owed = 0;
    let mut is_command = false;
    for character in text.chars() {
        owed += LONGER_PERCENT;
        is_command ^= character == '`';
        let accented = accent(character).filter(|_| !is_command);
        longer.push(accented.unwrap_or(character));
        while let Some(accented) = accented.filter(|_| owed >= 100) {
            longer.push(accented);
            owed -= 100;
        }
    }
    Cow::Owned(longer)
}

fn accent(character: char) -> Option<char> {
    PLAIN.chars().zip(ACCENTED.chars()).find(|(plain, _)| *plain == character).map(|(_, accented)| accented)
}

/// The runs of letters in an answer that have no accent and are neither a command, nor Discord's markup, nor one of
/// these arguments: they do not come from the files.
pub(crate) fn untranslated(text: &str, arguments: &[&str]) -> Vec<String> {
    let mut rest = text.to_owned();
    for argument in arguments {
        rest = rest.replace(argument, " ");
    }
    for (open, close) in [('`', '`'), ('<', '>')] {
        while let Some(from) = rest.find(open) {
            let Some(length) = rest[from + 1..].find(close) else { break };
            rest.replace_range(from..from + length + 2, " ");
        }
    }
    let runs = rest.split(|character: char| !character.is_alphabetic());
    let is_plain = |run: &&str| !run.is_empty() && run.chars().any(|letter| letter.is_ascii());
    runs.filter(is_plain).map(str::to_owned).collect()
}

#[test]
fn a_text_becomes_longer_and_accented_but_for_commands() {
    assert_eq!(transform("Wait, `/feed`!"), "Ŵáííţ, `/feed`!");
    for text in ["Nothing changed.", "The bot read all files of this server again."] {
        let (longer, count) = (transform(text).chars().count(), text.chars().count());
        assert!((count * 135..=count * 140).contains(&(longer * 100)), "{text}: {longer}");
    }
    assert_eq!(untranslated("Ŵáíííţ `/feed` <t:1:R> AI: not çĥáñǧéđ", &["AI"]), ["not"]);
}
