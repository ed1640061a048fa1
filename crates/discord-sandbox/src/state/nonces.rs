//! The used nonces of `enforce_nonce`.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

/// Nonces kept. At the bound the oldest is dropped.
pub(super) const NONCES_MAX: usize = 1000;

/// The used nonces, oldest first. As in Discord's docs they belong to the author, not to the channel.
#[derive(Debug, Default)]
pub(crate) struct Nonces {
    pub(super) used: VecDeque<UsedNonce>,
}

#[derive(Debug)]
pub(super) struct UsedNonce {
    pub(super) nonce: String,
    pub(super) at: Timestamp,
    pub(super) channel_id: u64,
    /// The message as posted. The history may have dropped it.
    pub(super) message: Arc<Value>,
    pub(super) is_deleted: bool,
}
