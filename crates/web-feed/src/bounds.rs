//! How much of a feed is kept. The caller bounds the bytes of a document; every step here takes time in proportion to
//! them.

/// Entries of a feed at most. Of more, the newest stay.
pub const ENTRIES_MAX: usize = 1_000;

/// Elements that may be open at once. Deeper ones are read as if they stood at this depth.
pub(crate) const DEPTH_MAX: usize = 64;

/// Bytes of an address at most. A longer one is no address.
pub(crate) const ADDRESS_BYTES_MAX: usize = 4_096;

/// Characters of a title, a name or a category at most. The rest is cut off.
pub const TITLE_CHARS_MAX: usize = 1_000;

/// Characters of an excerpt at most. The rest is cut off.
pub const EXCERPT_CHARS_MAX: usize = 5_000;

/// Bytes of an entry's id at most. The rest is cut off.
pub const ID_BYTES_MAX: usize = 4_096;

/// Categories or authors of an entry at most. The first ones stay.
pub const NAMES_MAX: usize = 50;

/// Characters of the name of a language at most. The rest is cut off.
pub(crate) const LANGUAGE_CHARS_MAX: usize = 50;

/// Characters of a date at most. A longer text is no date.
pub(crate) const DATE_CHARS_MAX: usize = 100;

/// Feeds of an OPML list at most. The first ones stay.
pub const SUBSCRIPTIONS_MAX: usize = 10_000;

/// Feeds that a page names, at most. The first ones stay.
pub const DISCOVERED_MAX: usize = 50;
