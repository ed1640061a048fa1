//! A request of the API.

use serde_json::Value;

/// A request below `/api/v10`, ready to be answered.
pub(super) struct Call<'a> {
    pub(super) method: &'a str,
    /// The path after `/api/v10`, decoded as far as ids and names need it.
    pub(super) segments: Vec<&'a str>,
    pub(super) query: Vec<(String, String)>,
    pub(super) body: &'a Value,
}

impl Call<'_> {
    /// The value of a key of the query.
    pub(super) fn query(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

/// A snowflake in a path.
pub(super) fn id_of(segment: &str) -> Option<u64> {
    segment.parse().ok()
}
