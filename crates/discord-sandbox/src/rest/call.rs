//! A request to the API.

use serde_json::Value;

/// A request below `/api/v10`.
pub(super) struct Call<'a> {
    pub(super) method: &'a str,
    /// The parts of the path after `/api/v10`, percent-decoded.
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

/// The id in a part of the path.
pub(super) fn id_of(segment: &str) -> Option<u64> {
    segment.parse().ok()
}
