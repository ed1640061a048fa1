//! Hashes that are the same in every run and version.

use std::hash::Hasher;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use siphasher::sip::SipHasher13;

/// SipHash-1-3 with the zero key. Unlike the standard library's hasher its result is fixed for good,
/// so what is stored or travels through Discord still means the same after an upgrade.
#[must_use]
pub fn stable_hash64(text: &str) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// A 64-bit number in 11 characters.
#[must_use]
pub fn hash_to_text(hash: u64) -> String {
    URL_SAFE_NO_PAD.encode(hash.to_be_bytes())
}

/// Reads what [`hash_to_text`] wrote.
#[must_use]
pub fn parse_hash(text: &str) -> Option<u64> {
    let bytes: [u8; 8] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
    Some(u64::from_be_bytes(bytes))
}
