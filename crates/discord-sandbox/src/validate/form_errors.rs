//! The errors of one form, by the paths of its fields.

use serde_json::{Map, Value, json};

use crate::api_error::ApiError;

/// The errors of one form, as the tree in Discord's answer.
#[derive(Debug, Default)]
pub(crate) struct FormErrors {
    path: Vec<String>,
    tree: Map<String, Value>,
}

impl FormErrors {
    /// Runs `check` with `segment` added to the path of its errors.
    pub(crate) fn within<T>(&mut self, segment: impl ToString, check: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(segment.to_string());
        let result = check(self);
        self.path.pop();
        result
    }

    /// Adds an error at the current path.
    pub(crate) fn add(&mut self, code: &str, message: impl Into<String>) {
        let mut node = &mut self.tree;
        for segment in &self.path {
            let next = node.entry(segment.as_str()).or_insert_with(|| json!({}));
            let Value::Object(next) = next else { return };
            node = next;
        }
        let faults = node.entry("_errors").or_insert_with(|| json!([]));
        if let Value::Array(faults) = faults {
            faults.push(json!({"code": code, "message": message.into()}));
        }
    }

    /// Adds an error at `key` below the current path.
    pub(crate) fn add_at(&mut self, key: &str, code: &str, message: impl Into<String>) {
        self.within(key, |errors| errors.add(code, message));
    }

    /// Whether there is no error.
    pub(crate) fn is_empty(&self) -> bool {
        self.tree.is_empty()
    }

    /// The collected errors as one refusal.
    pub(crate) fn into_result(self) -> Result<(), ApiError> {
        if self.tree.is_empty() { Ok(()) } else { Err(ApiError::invalid_form(Value::Object(self.tree))) }
    }

    /// A refusal with one error at `path`.
    pub(crate) fn one(path: &[&str], code: &str, message: impl Into<String>) -> ApiError {
        let mut errors = Self { path: path.iter().map(ToString::to_string).collect(), tree: Map::new() };
        errors.add(code, message);
        ApiError::invalid_form(Value::Object(errors.tree))
    }
}
