//! An answer of the API.

use axum::http::StatusCode;

/// What is answered when nothing is wrong.
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
        // `Value`s and lists of them have text keys only: that is all that can fail here.
        Self { status, body: Some(serde_json::to_vec(body).unwrap_or_default()), kind: "application/json" }
    }

    pub(super) fn plain(status: StatusCode, words: &str) -> Self {
        Self { status, body: Some(words.as_bytes().to_vec()), kind: "text/plain" }
    }

    /// What a fault answers: from 500 on words of a proxy, below as the API words it.
    pub(super) fn broken(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if status.is_server_error() {
            return Self::plain(status, "upstream connect error or disconnect/reset before headers");
        }
        let message = format!("{}: {}", status.as_u16(), status.canonical_reason().unwrap_or("Unknown"));
        Self::with_status(status, &serde_json::json!({"message": message, "code": 0}))
    }

    /// What a fault with a code answers.
    pub(super) fn refused(status: u16, code: u32) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        Self::with_status(status, &serde_json::json!({"message": "This was refused by a test", "code": code}))
    }

    pub(super) fn empty() -> Self {
        Self { status: StatusCode::NO_CONTENT, body: None, kind: "text/plain" }
    }
}
