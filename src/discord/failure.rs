//! Failures in words for an operator, without the addresses that carry tokens.
//!
//! What an API says is bounded and holds nothing that a terminal acts on.

use url::Url;

use crate::card::text;
use crate::delivery::send::Outcome;
use crate::ops::terminal;

/// How much of an API's words is repeated.
const WORDS_CHARACTERS_MAX: usize = 300;

/// What happened to a request, for the log.
#[must_use]
pub fn in_words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Refused(refusal) => format!("Discord refused with {}", said(&refusal.to_string())),
        Outcome::Lost { cause, .. } => cause.clone(),
        Outcome::ForeignChannel => "the channel is in another server than the feed".to_owned(),
        Outcome::Done(_) => "Discord's answer could not be read".to_owned(),
    }
}

/// What others say, as it may be repeated.
pub(super) fn said(words: &str) -> String {
    terminal::escaped(&text::plain(words, WORDS_CHARACTERS_MAX))
}

/// Where an address leads: scheme, host and port. What stands before, behind and below may be a secret.
pub(super) fn origin(address: &str) -> String {
    let origin = Url::parse(address).ok().and_then(|url| {
        let host = url.host_str()?;
        let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
        Some(format!("{}://{host}{port}", url.scheme()))
    });
    origin.map_or_else(|| "an address that cannot be read".to_owned(), |origin| said(&origin))
}

/// reqwest's own words hold the request's address, and the address of an answer to an interaction holds the interaction's token.
pub(super) fn transport_in_words(error: &reqwest::Error) -> String {
    let what = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else if error.is_decode() || error.is_body() {
        "the answer could not be read"
    } else {
        "the request failed"
    };
    // The innermost cause names neither the address nor a header: a refused connection, a bad certificate.
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    while let Some(deeper) = cause.and_then(std::error::Error::source) {
        cause = Some(deeper);
    }
    cause.map_or_else(|| what.to_owned(), |cause| format!("{what} ({})", said(&cause.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_address_only_its_origin_is_said() {
        for (address, expected) in [
            ("http://127.0.0.1:3000/hunter2", "http://127.0.0.1:3000"),
            ("wss://bot:hunter2@gateway.discord.gg/?key=hunter2#hunter2", "wss://gateway.discord.gg"),
            ("ws://[::1]:81/hunter2", "ws://[::1]:81"),
            ("hunter2", "an address that cannot be read"),
            ("ws://\u{1b}[2J/", "an address that cannot be read"),
        ] {
            assert_eq!(origin(address), expected);
        }
    }

    #[test]
    fn what_an_api_says_is_one_short_line() {
        let words = said("no\nheatwire: yes\u{1b}[2J \u{202e}x");
        assert!(!words.contains(char::is_control) && !words.contains('\u{202e}'), "{words}");
        assert!(said(&"w ".repeat(5_000)).chars().count() <= WORDS_CHARACTERS_MAX);
    }
}
