//! The nonces of `enforce_nonce`.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

/// Nonces remembered; at the bound the oldest is forgotten.
pub(super) const NONCES_MAX: usize = 1000;

/// The nonces of `enforce_nonce`, oldest first. The docs speak of the author and not of the channel.
#[derive(Debug, Default)]
pub(crate) struct Nonces {
    pub(super) used: VecDeque<UsedNonce>,
}

#[derive(Debug)]
pub(super) struct UsedNonce {
    pub(super) nonce: String,
    pub(super) at: Timestamp,
    pub(super) channel_id: u64,
    /// As it was posted, for when the history has forgotten it.
    pub(super) message: Arc<Value>,
    pub(super) is_deleted: bool,
}
