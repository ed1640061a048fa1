//! A title or excerpt as words, each in one form: "1.5 billion" and "1.5bn" are one number, "U.S." and "US" one word.

use std::borrow::Cow;

use super::terms::number_in_digits;
use crate::collection::story_title::{is_of_script_without_spaces, with_signs_as_words};
use crate::collection::titles::fold_title;

/// A text in which all words are folded, and signs that count are words.
pub(super) fn spelled(text: &str) -> String {
    match without_trade_marks(text) {
        Some(text) => fold_title(&with_signs_as_words(&text)),
        None => fold_title(&with_signs_as_words(text)),
    }
}

/// A title, given with its identity, as [`spelled`].
pub(super) fn spelled_title<'a>(title: &str, identity: &'a str) -> Cow<'a, str> {
    without_trade_marks(title)
        .map_or(identity.into(), |title| fold_title(&with_signs_as_words(&title)).into())
}

/// `None` where there are none.
fn without_trade_marks(text: &str) -> Option<String> {
    const SIGNS: [char; 3] = ['™', '®', '©'];
    let has_any = text.contains('(') || (!text.is_ascii() && text.contains(SIGNS));
    has_any.then(|| text.replace(SIGNS, "").replace("(R)", "").replace("(TM)", ""))
}

/// The words of a text that is [`spelled`], and its flags and comparison signs.
pub(super) fn tokens(spelled: &str) -> (Vec<Cow<'_, str>>, String) {
    let mut signs = String::new();
    let mut tokens: Vec<Cow<'_, str>> = Vec::with_capacity(16);
    for token in spelled.split(' ').filter(|token| !token.is_empty()) {
        if is_sign(token) {
            signs.push_str(token);
        } else if !token.is_ascii() && token.chars().any(is_of_script_without_spaces) {
            push_without_spaces(token, &mut tokens);
        } else {
            push(token, &mut tokens);
        }
    }
    (tokens, signs)
}

/// Whether a word stands for a flag or for a sign that compares.
fn is_sign(token: &str) -> bool {
    const COMPARISONS: [&str; 10] = [
        "isless",
        "ismore",
        "isatmost",
        "isatleast",
        "isunequal",
        "isequal",
        "isabout",
        "ismuchless",
        "ismuchmore",
        "isnot",
    ];
    let is_flag = token.strip_prefix("flag").is_some_and(|code| {
        code.bytes().all(|byte| byte.is_ascii_hexdigit()) && code.bytes().any(|byte| byte.is_ascii_digit())
    });
    is_flag || token.starts_with("sign1f1") || COMPARISONS.contains(&token)
}

/// A run of letters of a script without spaces counts as its pairs of letters; other letters in it are words.
fn push_without_spaces(token: &str, tokens: &mut Vec<Cow<'_, str>>) {
    let characters: Vec<char> = token.chars().collect();
    let is_alike =
        |one: &char, other: &char| is_of_script_without_spaces(*one) == is_of_script_without_spaces(*other);
    for run in characters.chunk_by(is_alike) {
        let is_without_spaces = run.first().is_some_and(|first| is_of_script_without_spaces(*first));
        if is_without_spaces && run.len() > 1 {
            tokens.extend(run.windows(2).map(|pair| pair.iter().collect::<String>().into()));
        } else {
            tokens.push(in_one_form(&run.iter().collect::<String>()).into_owned().into());
        }
    }
}

/// Adds a word, or joins the word with those before that belong to it.
fn push<'a>(token: &'a str, tokens: &mut Vec<Cow<'a, str>>) {
    match joined(tokens, token) {
        Some((parts, whole)) => {
            tokens.truncate(tokens.len().saturating_sub(parts));
            tokens.push(whole.into());
        }
        None => tokens.push(in_one_form(token)),
    }
}

/// What a word makes together with the last one or two, and with how many of them.
fn joined(tokens: &[Cow<'_, str>], token: &str) -> Option<(usize, String)> {
    let (last, rest) = tokens.split_last()?;
    if is_number(last) {
        return match token {
            "percent" | "pct" | "percentage" => Some((1, format!("{last}%"))),
            "billion" | "bn" | "bln" | "million" | "mn" | "mln" | "m" | "b" | "k" | "thousand"
            | "trillion" | "tn" => Some((1, in_one_form(&format!("{last}{token}")).into_owned())),
            "quarter" => Some((1, format!("q{last}"))),
            _ => None,
        };
    }
    match (&**last, token) {
        ("point", _) if is_number(token) => {
            let whole = rest.last().filter(|whole| is_number(whole))?;
            // A point or comma before three digits only groups them.
            let point = if token.len() == 3 { "" } else { "." };
            Some((2, in_one_form(&format!("{whole}{point}{token}")).into_owned()))
        }
        ("minus", _) if is_number(token) => Some((1, format!("{}-", in_one_form(token)))),
        ("u", "s" | "k") => Some((1, in_one_form(&format!("u{token}")).into_owned())),
        (_, "sharp" | "plus") => Some((1, format!("{last}{token}"))),
        ("part" | "chapter" | "volume" | "phase", "one" | "i") => Some((0, "1".to_owned())),
        ("series" | "group", "a" | "b" | "c" | "d" | "e") => Some((1, format!("{last}{token}1"))),
        ("take" | "takes" | "took" | "taken" | "taking", "over") => Some((1, "takeover".to_owned())),
        ("general" | "generally", "availability" | "available") => Some((1, "ga".to_owned())),
        ("data", "center" | "centre" | "centers" | "centres") => Some((1, "datacenter".to_owned())),
        ("health", "care") => Some((1, "healthcare".to_owned())),
        // "don't" is two words here: an apostrophe parts them.
        (
            "don" | "doesn" | "didn" | "won" | "can" | "couldn" | "wouldn" | "shouldn" | "isn" | "aren"
            | "wasn" | "weren" | "hasn" | "haven",
            "t",
        ) => Some((1, "not".to_owned())),
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
}

/// One form for words that are written in several.
fn in_one_form(token: &str) -> Cow<'_, str> {
    if !is_number(token) {
        return match token {
            "us" | "america" => "usa".into(),
            other => number_in_digits(other).unwrap_or(other).into(),
        };
    }
    let is_of_number = |character: char| character.is_ascii_digit() || character == '.';
    let (digits, unit) =
        token.split_at(token.find(|character| !is_of_number(character)).unwrap_or(token.len()));
    let unit = match unit {
        "st" | "nd" | "rd" | "th" => "",
        "b" | "bln" | "billion" => "bn",
        "m" | "mln" | "million" => "mn",
        "t" | "trillion" => "tn",
        "k" | "thousand" if !digits.contains('.') => "000",
        "percent" | "pct" => "%",
        _ => return token.into(),
    };
    format!("{digits}{unit}").into()
}
