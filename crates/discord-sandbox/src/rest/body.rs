//! The body of a request: JSON, or a multipart form with JSON and files. Discord's docs: "Reference", "Uploading
//! Files".

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::api_error::ApiError;
use crate::validate::FormErrors;

/// Bytes of one file in a guild without boosts.
const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Parts of a form that are read. Ten files and the JSON are eleven.
const PARTS_MAX: usize = 20;

/// Reads a body; an empty one is `Null`. Another content type, or none, is refused with 50035.
///
/// Files leave only name, type and size, in the message's `attachments`. An attachment with a `size` is an uploaded
/// file.
pub(super) async fn parse(headers: &HeaderMap, bytes: Bytes) -> Result<Value, ApiError> {
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if let Ok(boundary) = multer::parse_boundary(kind) {
        return parse_form(bytes, boundary).await;
    }
    if !kind.starts_with("application/json") {
        let message =
            "Expected \"Content-Type\" header to be one of {'application/json', 'multipart/form-data'}.";
        return Err(FormErrors::one(&[], "CONTENT_TYPE_INVALID", message));
    }
    serde_json::from_slice(&bytes).map_err(|_| ApiError::INVALID_JSON)
}

async fn parse_form(bytes: Bytes, boundary: String) -> Result<Value, ApiError> {
    let whole = futures_util::stream::once(async move { Ok::<_, std::convert::Infallible>(bytes) });
    let mut form = multer::Multipart::new(whole, boundary);
    let (mut body, mut files) = (json!({}), Vec::new());
    for _ in 0..PARTS_MAX {
        let Some(part) = form.next_field().await.map_err(|_| ApiError::INVALID_JSON)? else { break };
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let kind = part.content_type().map(ToString::to_string);
        let content = part.bytes().await.map_err(|_| ApiError::INVALID_JSON)?;
        if name == "payload_json" {
            body = serde_json::from_slice(&content).map_err(|_| ApiError::INVALID_JSON)?;
        } else if let Some(number) = number_of(&name) {
            if content.len() > FILE_BYTES_MAX {
                return Err(ApiError::TOO_LARGE);
            }
            let kind = kind.unwrap_or_else(|| "application/octet-stream".to_owned());
            let file_name = file_name.unwrap_or_else(|| "unknown".to_owned());
            files.push((number, json!({"filename": file_name, "size": content.len(), "content_type": kind})));
        }
    }
    for (number, file) in files {
        attach(message_of(&mut body), number, &file);
    }
    Ok(body)
}

/// The number in `files[3]`, Discord's name for a file, or in `file3`.
fn number_of(name: &str) -> Option<u64> {
    let number = name.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']'));
    number.or_else(|| name.strip_prefix("file"))?.parse().ok()
}

/// The message in a body. The answer to an interaction has it in `data`, a forum post in `message`.
fn message_of(body: &mut Value) -> &mut Value {
    let key = ["data", "message"].into_iter().find(|key| body[*key].is_object());
    match key {
        Some(key) => &mut body[key],
        None => body,
    }
}

fn attach(message: &mut Value, number: u64, file: &Value) {
    if !message["attachments"].is_array() {
        message["attachments"] = json!([]);
    }
    let Some(attachments) = message["attachments"].as_array_mut() else { return };
    let is_its = |attachment: &Value| {
        let id = &attachment["id"];
        id.as_u64().or_else(|| id.as_str()?.parse().ok()) == Some(number)
    };
    let index = attachments.iter().position(is_its).unwrap_or_else(|| {
        attachments.push(json!({"id": number}));
        attachments.len() - 1
    });
    let Some(described) = attachments.get_mut(index) else { return };
    for key in ["filename", "size", "content_type"] {
        if key != "filename" || described["filename"].is_null() {
            described[key] = file[key].clone();
        }
    }
}
