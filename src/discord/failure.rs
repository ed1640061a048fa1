//! serenity's errors in words for an operator, without the addresses and payloads that carry tokens.
//!
//! What an API says is bounded and holds nothing that a terminal acts on.

use serenity::http::HttpError;
use url::Url;

use crate::card::text;
use crate::ops::terminal;

/// How much of an API's words is repeated, and of how many faulty fields.
const WORDS_CHARACTERS_MAX: usize = 300;
const FIELDS_MAX: usize = 20;

/// What happened, for the log. serenity's and reqwest's own words hold the request's address, and that of
/// an answer to an interaction holds the interaction's token.
#[must_use]
pub fn in_words(error: &serenity::Error) -> String {
    match error {
        serenity::Error::Http(error) => http_in_words(error),
        serenity::Error::Gateway(error) => format!("gateway: {error}"),
        serenity::Error::Tungstenite(_) => "the websocket connection failed".to_owned(),
        serenity::Error::Json(_) => "Discord's answer could not be read".to_owned(),
        serenity::Error::Model(error) => format!("refused before sending: {error}"),
        serenity::Error::Io(error) => format!("input or output failed: {}", said(&error.to_string())),
        // The remaining kinds say nothing without their payload, which is not ours to print.
        _ => "an error inside the Discord library".to_owned(),
    }
}

/// The status and Discord's code of a refused request, `None` if it never got an answer.
#[must_use]
pub fn status_and_code(error: &serenity::Error) -> Option<(u16, isize)> {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            Some((response.status_code.as_u16(), response.error.code))
        }
        _ => None,
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

fn http_in_words(error: &HttpError) -> String {
    match error {
        HttpError::UnsuccessfulRequest(response) => {
            let mut words = format!(
                "Discord refused with status {}, code {}: {}",
                response.status_code.as_u16(),
                response.error.code,
                said(&response.error.message)
            );
            for error in response.error.errors.iter().take(FIELDS_MAX) {
                words.push_str(&format!("; {}: {}", said(&error.path), said(&error.message)));
            }
            words
        }
        HttpError::Request(error) => transport_in_words(error),
        _ => "the request could not be built".to_owned(),
    }
}

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
