//! Failures of requests in words, for the log. The words hold no address with a token, no long text of an API, and no character
//! that a terminal acts on.

use url::Url;

use crate::card::text;
use crate::delivery::send::Outcome;
use crate::ops::terminal;

/// The most characters of an API's text that the log repeats.
const WORDS_CHARACTERS_MAX: usize = 300;

/// The failure of a request in words.
#[must_use]
pub fn in_words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Refused(refusal) => format!("Discord refused with {}", loggable(&refusal.to_string())),
        Outcome::Lost { cause, .. } => cause.clone(),
        Outcome::ForeignChannel => "the channel belongs to another server than the feed".to_owned(),
        Outcome::Done(_) => "Discord's answer could not be read".to_owned(),
    }
}

/// A text of others, safe for the log.
pub(super) fn loggable(words: &str) -> String {
    terminal::escaped(&text::plain(words, WORDS_CHARACTERS_MAX))
}

/// Scheme, host and port of an address. The other parts may hold a secret.
pub(super) fn origin(address: &str) -> String {
    let origin = Url::parse(address).ok().and_then(|url| {
        let host = url.host_str()?;
        let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
        Some(format!("{}://{host}{port}", url.scheme()))
    });
    origin.map_or_else(|| "an address that cannot be read".to_owned(), |origin| loggable(&origin))
}

/// A failed request in words. The text of reqwest's error holds the address, and the address of an answer to an interaction holds
/// a token, so the text is not used.
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
    // The innermost cause, as a refused connection or a bad certificate, names no address and no header.
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    while let Some(deeper) = cause.and_then(std::error::Error::source) {
        cause = Some(deeper);
    }
    cause.map_or_else(|| what.to_owned(), |cause| format!("{what} ({})", loggable(&cause.to_string())))
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
        let words = loggable("no\nheatwire: yes\u{1b}[2J \u{202e}x");
        assert!(!words.contains(char::is_control) && !words.contains('\u{202e}'), "{words}");
        assert!(loggable(&"w ".repeat(5_000)).chars().count() <= WORDS_CHARACTERS_MAX);
    }
}
