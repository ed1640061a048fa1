//! Which message a person uses.

use std::sync::Arc;

use serde_json::Value;

use super::answer::Answer;

/// The id of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageId(pub(super) u64);

impl From<u64> for MessageId {
    fn from(id: u64) -> Self {
        Self(id)
    }
}

/// The id of an answer without a message is 0, which no message has.
impl From<&Answer> for MessageId {
    fn from(answer: &Answer) -> Self {
        Self::from(answer.message())
    }
}

impl From<&Value> for MessageId {
    fn from(message: &Value) -> Self {
        Self(message["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default())
    }
}

impl From<&Arc<Value>> for MessageId {
    fn from(message: &Arc<Value>) -> Self {
        Self::from(&**message)
    }
}
