//! The log of requests.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

/// One REST request and how it ended.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestRecord {
    /// The time of the answer, by the sandbox's clock.
    pub at: Timestamp,
    /// `GET`, `POST`, ...
    pub method: String,
    /// The path with `/api/v10`, without query. `TOKEN` replaces the token of an interaction.
    pub path: String,
    /// The HTTP status; 0 when a fault left the request without an answer.
    pub status: u16,
    /// Discord's JSON error code of a refusal.
    pub error_code: Option<u32>,
    /// The JSON body. `Null` for no body, a body that is not JSON, and one above 256 KiB.
    pub body: Arc<Value>,
}

/// The newest requests, oldest first. At the bound the oldest is dropped.
pub(crate) struct RequestLog {
    records: VecDeque<RequestRecord>,
    records_max: usize,
    recording: Option<File>,
}

impl RequestLog {
    pub(crate) fn new(records_max: usize, recording: Option<File>) -> Self {
        Self { records: VecDeque::new(), records_max, recording }
    }

    pub(crate) fn push(&mut self, record: RequestRecord) {
        if let Some(file) = &mut self.recording
            && let Err(fault) = file.write_all(line_of(&record).as_bytes())
        {
            // The recording stays incomplete, and the log says so.
            tracing::error!("the recording of requests stopped: {fault}");
            self.recording = None;
        }
        if self.records.len() >= self.records_max {
            self.records.pop_front();
        }
        if self.records_max > 0 {
            self.records.push_back(record);
        }
    }

    pub(crate) fn records(&self) -> Vec<RequestRecord> {
        self.records.iter().cloned().collect()
    }
}

/// Opens the file of a recording: a line of JSON for each request, `{"method", "path", "body"}`.
pub(crate) fn recording(folder: &Path, port: u16) -> io::Result<File> {
    let name = format!("{}-{port}.jsonl", std::process::id());
    File::options().create(true).append(true).open(folder.join(name))
}

fn line_of(record: &RequestRecord) -> String {
    let line = json!({"method": record.method, "path": record.path, "body": *record.body});
    format!("{line}\n")
}

/// The path without the token of an interaction: in `/interactions/{id}/{token}/callback` and
/// `/webhooks/{application}/{token}`.
pub(super) fn redacted(path: &str) -> String {
    let mut segments: Vec<_> = path.split('/').collect();
    let head = segments.iter().position(|segment| matches!(*segment, "interactions" | "webhooks"));
    if let Some(token) = head.and_then(|head| segments.get_mut(head + 2)) {
        *token = "TOKEN";
    }
    segments.join("/")
}
