//! A server on loopback that serves texts by their numbers.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;

/// Serves `/0`, `/1` and so on, until the runtime ends.
pub(crate) async fn serve(texts: Arc<[String]>) -> Result<SocketAddr> {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("a port")?;
    let address = listener.local_addr().context("an address")?;
    let router = axum::Router::new().route("/{number}", get(answer)).with_state(texts);
    tokio::spawn(axum::serve(listener, router).into_future());
    Ok(address)
}

async fn answer(State(texts): State<Arc<[String]>>, Path(number): Path<usize>) -> Result<String, StatusCode> {
    texts.get(number).cloned().ok_or(StatusCode::NOT_FOUND)
}
