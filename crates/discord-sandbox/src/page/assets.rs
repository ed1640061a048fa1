//! The files of the page, compiled into the program.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

const INDEX: &str = include_str!("index.html");

/// Path below `/assets/`, content type, text.
const ASSETS: &[(&str, &str, &str)] = &[
    ("style.css", CSS, include_str!("style.css")),
    ("actions.js", JAVASCRIPT, include_str!("actions.js")),
    ("api.js", JAVASCRIPT, include_str!("api.js")),
    ("app.js", JAVASCRIPT, include_str!("app.js")),
    ("card.js", JAVASCRIPT, include_str!("card.js")),
    ("chips.js", JAVASCRIPT, include_str!("chips.js")),
    ("command_line.js", JAVASCRIPT, include_str!("command_line.js")),
    ("commands.js", JAVASCRIPT, include_str!("commands.js")),
    ("components.js", JAVASCRIPT, include_str!("components.js")),
    ("composer.js", JAVASCRIPT, include_str!("composer.js")),
    ("dom.js", JAVASCRIPT, include_str!("dom.js")),
    ("drawer.js", JAVASCRIPT, include_str!("drawer.js")),
    ("emoji.js", JAVASCRIPT, include_str!("emoji.js")),
    ("form.js", JAVASCRIPT, include_str!("form.js")),
    ("inline.js", JAVASCRIPT, include_str!("inline.js")),
    ("language.js", JAVASCRIPT, include_str!("language.js")),
    ("layout.js", JAVASCRIPT, include_str!("layout.js")),
    ("links.js", JAVASCRIPT, include_str!("links.js")),
    ("live.js", JAVASCRIPT, include_str!("live.js")),
    ("markdown.js", JAVASCRIPT, include_str!("markdown.js")),
    ("markdown_view.js", JAVASCRIPT, include_str!("markdown_view.js")),
    ("message.js", JAVASCRIPT, include_str!("message.js")),
    ("messages.js", JAVASCRIPT, include_str!("messages.js")),
    ("notes.js", JAVASCRIPT, include_str!("notes.js")),
    ("pending.js", JAVASCRIPT, include_str!("pending.js")),
    ("places.js", JAVASCRIPT, include_str!("places.js")),
    ("popup.js", JAVASCRIPT, include_str!("popup.js")),
    ("select_menu.js", JAVASCRIPT, include_str!("select_menu.js")),
    ("shell.js", JAVASCRIPT, include_str!("shell.js")),
    ("suggest.js", JAVASCRIPT, include_str!("suggest.js")),
    ("theme.js", JAVASCRIPT, include_str!("theme.js")),
    ("time.js", JAVASCRIPT, include_str!("time.js")),
    ("values.js", JAVASCRIPT, include_str!("values.js")),
];

/// `GET /`.
pub(super) async fn index() -> Response {
    ([(header::CONTENT_TYPE, HTML)], INDEX).into_response()
}

/// `GET /assets/{path}`.
pub(super) async fn asset(Path(path): Path<String>) -> Response {
    match ASSETS.iter().find(|(name, _, _)| *name == path) {
        Some((_, kind, text)) => ([(header::CONTENT_TYPE, *kind)], *text).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
