//! The answer to a request.

use axum::http::StatusCode;

/// The answer to a request: status, body and content type.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    /// `None` for 204.
    pub(super) body: Option<Vec<u8>>,
    /// The content type.
    pub(super) kind: &'static str,
}

impl Reply {
    pub(super) fn json(body: &impl serde::Serialize) -> Self {
        Self::with_status(StatusCode::OK, body)
    }

    pub(super) fn created(body: &impl serde::Serialize) -> Self {
        Self::with_status(StatusCode::CREATED, body)
    }

    pub(super) fn with_status(status: StatusCode, body: &impl serde::Serialize) -> Self {
        // Only keys that are no texts could fail here, and JSON values have none.
        Self { status, body: Some(serde_json::to_vec(body).unwrap_or_default()), kind: "application/json" }
    }

    pub(super) fn plain(status: StatusCode, words: &str) -> Self {
        Self { status, body: Some(words.as_bytes().to_vec()), kind: "text/plain" }
    }

    /// The answer of a fault with a status: from 500 on the text of a proxy, below that the JSON of the API.
    pub(super) fn broken(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if status.is_server_error() {
            return Self::plain(status, "upstream connect error or disconnect/reset before headers");
        }
        let message = format!("{}: {}", status.as_u16(), status.canonical_reason().unwrap_or("Unknown"));
        Self::with_status(status, &serde_json::json!({"message": message, "code": 0}))
    }

    /// The answer of a fault with a status and a code.
    pub(super) fn refused(status: u16, code: u32) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        Self::with_status(status, &serde_json::json!({"message": "This was refused by a test", "code": code}))
    }

    pub(super) fn empty() -> Self {
        Self { status: StatusCode::NO_CONTENT, body: None, kind: "text/plain" }
    }
}
