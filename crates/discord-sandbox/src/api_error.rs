//! Errors of Discord's REST API.
//!
//! Discord's docs: "Opcodes and Status Codes" for the codes, "Reference", "Error Messages" for the
//! shape. Where the docs give no HTTP status for a code, the status is the one that bots observe.

use std::borrow::Cow;

use serde_json::{Value, json};

use crate::rate_limit::RateLimited;

/// A refused request: HTTP status, Discord's JSON code and message, and the errors of a form.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) code: u32,
    pub(crate) message: Cow<'static, str>,
    /// Only with code 50035: the tree of errors.
    pub(crate) errors: Option<Value>,
    /// Only with 429: a limit that is not a bucket, so the bucket's headers do not show it.
    pub(crate) limited: Option<RateLimited>,
}

impl ApiError {
    pub(crate) const UNAUTHORIZED: Self = Self::of(401, 0, "401: Unauthorized");
    pub(crate) const BAD_USER_AGENT: Self = Self::of(403, 40333, "internal network error");
    pub(crate) const UNKNOWN_ROUTE: Self = Self::of(404, 0, "404: Not Found");
    pub(crate) const UNKNOWN_CHANNEL: Self = Self::of(404, 10003, "Unknown Channel");
    pub(crate) const UNKNOWN_GUILD: Self = Self::of(404, 10004, "Unknown Guild");
    pub(crate) const UNKNOWN_APPLICATION: Self = Self::of(404, 10002, "Unknown Application");
    pub(crate) const UNKNOWN_MEMBER: Self = Self::of(404, 10007, "Unknown Member");
    pub(crate) const UNKNOWN_MESSAGE: Self = Self::of(404, 10008, "Unknown Message");
    pub(crate) const UNKNOWN_WEBHOOK: Self = Self::of(404, 10015, "Unknown Webhook");
    pub(crate) const UNKNOWN_COMMAND: Self = Self::of(404, 10063, "Unknown application command");
    pub(crate) const DUPLICATE_COMMAND: Self =
        Self::of(400, 40041, "An application command with that name already exists");
    pub(crate) const UNKNOWN_INTERACTION: Self = Self::of(404, 10062, "Unknown interaction");
    pub(crate) const ALREADY_ACKNOWLEDGED: Self =
        Self::of(400, 40060, "Interaction has already been acknowledged.");
    pub(crate) const TOO_MANY_FOLLOW_UPS: Self =
        Self::of(400, 40094, "This interaction has reached the maximum number of follow up messages");
    pub(crate) const TOO_LARGE: Self = Self::of(413, 40005, "Request entity too large");
    pub(crate) const EMPTY_MESSAGE: Self = Self::of(400, 50006, "Cannot send an empty message");
    pub(crate) const UNKNOWN_OVERWRITE: Self = Self::of(404, 10009, "Unknown permission overwrite");
    pub(crate) const MISSING_ACCESS: Self = Self::of(403, 50001, "Missing Access");
    pub(crate) const DIRECT_MESSAGES_CLOSED: Self = Self::of(403, 50007, "Cannot send messages to this user");
    pub(crate) const MISSING_PERMISSIONS: Self = Self::of(403, 50013, "Missing Permissions");
    pub(crate) const WRONG_CHANNEL_TYPE: Self =
        Self::of(400, 50024, "Cannot execute action on this channel type");
    pub(crate) const FORUM_NEEDS_THREAD: Self =
        Self::of(400, 40058, "Cannot message this channel until a thread is created");
    pub(crate) const ALREADY_CROSSPOSTED: Self =
        Self::of(400, 40033, "This message has already been crossposted.");
    pub(crate) const NO_SETTABLE_TAGS: Self =
        Self::of(400, 40066, "There are no tags available that can be set by non-moderators");
    pub(crate) const TAG_REQUIRED: Self =
        Self::of(400, 40067, "A tag is required to create a forum post in this channel");
    pub(crate) const THREAD_ARCHIVED: Self =
        Self::of(400, 50083, "Tried to perform an operation on an archived thread");
    pub(crate) const NO_HISTORY: Self =
        Self::of(400, 160_002, "Cannot reply without permission to read message history");
    pub(crate) const THREAD_EXISTS: Self =
        Self::of(400, 160_004, "A thread has already been created for this message");
    pub(crate) const THREAD_LOCKED: Self = Self::of(400, 160_005, "Thread is locked");
    pub(crate) const TOO_MANY_THREADS: Self =
        Self::of(400, 160_006, "Maximum number of active threads reached");
    pub(crate) const EXPIRED_TOKEN: Self = Self::of(401, 50027, "Invalid Webhook Token");
    pub(crate) const INVALID_JSON: Self = Self::of(400, 50109, "The request body contains invalid JSON.");

    const fn of(status: u16, code: u32, message: &'static str) -> Self {
        Self { status, code, message: Cow::Borrowed(message), errors: None, limited: None }
    }

    /// 30032: no room for one more command of this type.
    pub(crate) fn too_many_commands(commands_max: usize) -> Self {
        let message = format!("Maximum number of application commands reached ({commands_max}).");
        Self { message: Cow::Owned(message), ..Self::of(400, 30032, "") }
    }

    /// 30034: no further new command today.
    pub(crate) fn too_many_creates(creates_max: usize) -> Self {
        let message =
            format!("Max number of daily application command creates has been reached ({creates_max})");
        Self { message: Cow::Owned(message), ..Self::of(400, 30034, "") }
    }

    /// 429 for a limit that is not a bucket.
    pub(crate) fn limited(limit: RateLimited) -> Self {
        Self { limited: Some(limit), ..Self::of(429, limit.code.unwrap_or(0), "You are being rate limited.") }
    }

    /// 50035 with its tree of errors.
    pub(crate) fn invalid_form(errors: Value) -> Self {
        Self { errors: Some(errors), ..Self::of(400, 50035, "Invalid Form Body") }
    }

    /// The JSON body.
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}
