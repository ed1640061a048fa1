//! The app in the account of a person.
//!
//! `POST /page/account` takes `{"person": ID, "has_app": true}`, as a person adds the app in Discord's client.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::view::{answer, error, person_of};
use crate::shared::Shared;

#[derive(Debug, Deserialize)]
struct AccountChange {
    person: String,
    has_app: bool,
}

/// `POST /page/account`.
pub(super) async fn set(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let wanted: AccountChange = match serde_json::from_slice(&body) {
        Ok(wanted) => wanted,
        Err(fault) => return error(&format!("not understood: {fault}")),
    };
    let Some(person) = person_of(Some(&wanted.person)) else { return error("there is no such person") };
    shared.world().set_account_install(person.id, wanted.has_app);
    answer(&json!({}))
}
