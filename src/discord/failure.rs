//! serenity's errors in words for an operator, without the addresses and payloads that carry tokens.

use serenity::http::HttpError;

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
        serenity::Error::Io(error) => format!("input or output failed: {error}"),
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

fn http_in_words(error: &HttpError) -> String {
    match error {
        HttpError::UnsuccessfulRequest(response) => {
            let mut words = format!(
                "Discord refused with status {}, code {}: {}",
                response.status_code.as_u16(),
                response.error.code,
                response.error.message
            );
            for error in &response.error.errors {
                words.push_str(&format!("; {}: {}", error.path, error.message));
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
    cause.map_or_else(|| what.to_owned(), |cause| format!("{what} ({cause})"))
}
