//! The form of values in columns.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::{LedgerError, LedgerErrorKind};
use crate::delivery::identity::TitleIdentity;
use crate::delivery::reason::DeliveryReason;
use crate::delivery::record::{FollowUp, PostShape, WithdrawalWord};
use crate::feed::ChannelKind;
use crate::feed::pause::PauseReason;

/// Bytes of a hash.
const HASH_BYTES: usize = 8;
/// Bytes of a title: hash, seconds, nanoseconds, provider.
const TITLE_BYTES: usize = 28;

/// The error for a row that no version of heatwire wrote. It names the row and never repeats the value.
pub(super) fn unreadable(table: &str, number: i64, column: &str) -> LedgerError {
    LedgerError::new(LedgerErrorKind::Damaged, format!("row {number} of {table}: {column} cannot be read"))
}

/// Milliseconds since 1970, in the order of time. The ledger rounds every time to them.
pub(super) fn time_column(time: Timestamp) -> i64 {
    time.as_millisecond()
}

/// Reads [`time_column`].
pub(super) fn time_of_column(column: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(column).ok()
}

/// `time`, rounded as the ledger rounds it.
pub(super) fn as_kept(time: Timestamp) -> Timestamp {
    time_of_column(time_column(time)).unwrap_or(time)
}

/// The bits of a Discord id, a key or a hash. [`i64::cast_unsigned`] is the way back.
pub(super) fn bits_column(bits: Option<u64>) -> Option<i64> {
    bits.map(u64::cast_signed)
}

/// A type whose values are words in a column.
pub(super) trait Word: Copy + Sized + 'static {
    /// Every value.
    const ALL: &'static [Self];

    /// The word. It never changes, because ledgers hold it.
    fn column(self) -> &'static str;

    /// The value that a word stands for.
    fn of_column(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.column() == word)
    }
}

impl Word for ChannelKind {
    const ALL: &'static [Self] = &[Self::Text, Self::Announcement, Self::Forum, Self::Thread];

    fn column(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Announcement => "announcement",
            Self::Forum => "forum",
            Self::Thread => "thread",
        }
    }
}

impl Word for PostShape {
    const ALL: &'static [Self] = &[Self::Single, Self::Digest, Self::ForumPost];

    fn column(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Digest => "digest",
            Self::ForumPost => "forum_post",
        }
    }
}

impl Word for FollowUp {
    const ALL: &'static [Self] = &[Self::Unwanted, Self::Due, Self::Done, Self::Refused];

    fn column(self) -> &'static str {
        match self {
            Self::Unwanted => "unwanted",
            Self::Due => "due",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
}

impl Word for WithdrawalWord {
    const ALL: &'static [Self] = &[Self::None, Self::Withdraw, Self::Keep];

    fn column(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Withdraw => "withdraw",
            Self::Keep => "keep",
        }
    }
}

/// A type that is a reason in a column: `{"code":"..","with":..}`.
pub(super) trait Reason: Serialize + DeserializeOwned {
    /// A reason of another version, as the column holds it.
    fn unknown(column: &str) -> Self;

    /// The column that [`Reason::unknown`] keeps.
    fn as_unknown(&self) -> Option<&str>;
}

impl Reason for DeliveryReason {
    fn unknown(column: &str) -> Self {
        Self::Unknown(column.into())
    }

    fn as_unknown(&self) -> Option<&str> {
        if let Self::Unknown(column) = self { Some(column) } else { None }
    }
}

impl Reason for PauseReason {
    fn unknown(column: &str) -> Self {
        Self::Unknown(column.into())
    }

    fn as_unknown(&self) -> Option<&str> {
        if let Self::Unknown(column) = self { Some(column) } else { None }
    }
}

/// The column of a reason. A reason of another version keeps its column.
pub(super) fn reason_column<R: Reason>(reason: &R) -> String {
    match reason.as_unknown() {
        Some(column) => column.to_owned(),
        // Only a map without text keys would fail here, and no reason is one.
        None => serde_json::to_string(reason).unwrap_or_default(),
    }
}

/// Reads [`reason_column`]. A reason of another version does not make the row unreadable.
pub(super) fn reason_of_column<R: Reason>(column: &str) -> R {
    serde_json::from_str(column).unwrap_or_else(|_| R::unknown(column))
}

/// The hashes and titles of a delivery in one value: the number of hashes, the hashes, the titles; all
/// little-endian. The table `identity` is the index of it.
pub(super) fn known_by_column(hashes: &[u64], titles: &[TitleIdentity]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4 + hashes.len() * HASH_BYTES + titles.len() * TITLE_BYTES);
    // `Delivery::widen` bounds the number far below.
    let count = u32::try_from(hashes.len()).unwrap_or(u32::MAX);
    bytes.extend(count.to_le_bytes());
    for hash in hashes {
        bytes.extend(hash.to_le_bytes());
    }
    for title in titles {
        bytes.extend(title.hash.to_le_bytes());
        bytes.extend(title.published_at.as_second().to_le_bytes());
        bytes.extend(title.published_at.subsec_nanosecond().to_le_bytes());
        bytes.extend(title.provider.to_le_bytes());
    }
    bytes
}

/// Hashes and titles of a [`crate::delivery::record::Delivery`].
pub(super) type KnownBy = (Box<[u64]>, Box<[TitleIdentity]>);

/// Reads [`known_by_column`].
pub(super) fn known_by_of_column(column: &[u8]) -> Option<KnownBy> {
    let (count, rest) = column.split_first_chunk()?;
    let hash_bytes = usize::try_from(u32::from_le_bytes(*count)).ok()?.checked_mul(HASH_BYTES)?;
    let (hashes, titles) = rest.split_at_checked(hash_bytes)?;
    let (hashes, _) = hashes.as_chunks();
    let (titles, odd) = titles.as_chunks::<TITLE_BYTES>();
    let titles: Option<Box<[TitleIdentity]>> = titles.iter().map(title_of_bytes).collect();
    odd.is_empty().then_some((hashes.iter().copied().map(u64::from_le_bytes).collect(), titles?))
}

fn title_of_bytes(bytes: &[u8; TITLE_BYTES]) -> Option<TitleIdentity> {
    let (hash, rest) = bytes.split_first_chunk()?;
    let (second, rest) = rest.split_first_chunk()?;
    let (nanosecond, rest) = rest.split_first_chunk()?;
    let published_at = Timestamp::new(i64::from_le_bytes(*second), i32::from_le_bytes(*nanosecond)).ok()?;
    let provider = u64::from_le_bytes(*rest.first_chunk()?);
    Some(TitleIdentity { hash: u64::from_le_bytes(*hash), published_at, provider })
}
