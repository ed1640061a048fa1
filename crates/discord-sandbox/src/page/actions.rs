//! The actions of the host program on the page.
//!
//! `POST /page/actions` takes `{"action": NAME}`, with a name of the list `actions` in `GET /page/state`. The answer is
//! `{"words": ...}`: what the host program says.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::view::{answer, error};
use crate::shared::Shared;

#[derive(Debug, Deserialize)]
struct ActionRequest {
    action: String,
}

/// `POST /page/actions`.
pub(super) async fn act(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let wanted: ActionRequest = match serde_json::from_slice(&body) {
        Ok(wanted) => wanted,
        Err(fault) => return error(&format!("not understood: {fault}")),
    };
    // The host program is called without the lock of the world.
    let action = shared.world().options.actions.iter().find(|action| action.name == wanted.action).cloned();
    match action {
        Some(action) => answer(&json!({"words": (action.run)()})),
        None => error("there is no such action"),
    }
}
