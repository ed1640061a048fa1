//! The web page of the sandbox: a small Discord in a browser. Only pages of this server may use its routes: see
//! [`guard`].

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, post};

use crate::shared::Shared;

mod account;
mod actions;
mod assets;
mod drawer;
mod guard;
mod interactions;
mod live;
mod live_clients;
#[cfg(test)]
mod tests;
mod view;

pub(crate) use guard::only_programs;
pub(crate) use live_clients::LiveClients;

/// Bytes of a request from the page.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// The page's routes, each behind the guard.
pub(crate) fn router(shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(assets::index))
        .route("/assets/{*path}", get(assets::asset))
        .route("/page/state", get(view::state))
        .route("/page/messages", get(view::messages))
        .route("/page/notes", get(view::notes))
        .route("/page/interactions", post(interactions::interact))
        .route("/page/actions", post(actions::act))
        .route("/page/account", post(account::set))
        .route("/page/faults", get(drawer::faults).post(drawer::plan))
        .route("/page/requests", get(drawer::requests))
        .route("/page/live", any(live::upgrade))
        .route("/page/{*path}", any(|| async { StatusCode::NOT_FOUND }))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(from_fn_with_state(Arc::clone(shared), guard::guard))
}
