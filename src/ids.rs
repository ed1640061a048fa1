//! The ids of Discord. Each kind is a type of its own, so the compiler refuses the id of a channel where a guild's belongs.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A guild: to people, a server.
    GuildId,
    /// A channel, a forum or a thread.
    ChannelId,
    /// A message.
    MessageId,
    /// A role.
    RoleId,
    /// A user.
    UserId,
    /// A registered command.
    CommandId,
}

/// The start of Discord's time, in milliseconds since 1970 (Discord's docs, "Snowflakes").
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

impl MessageId {
    /// When the message was created. `None` for an id that Discord never gives.
    pub(crate) fn created_at(self) -> Option<Timestamp> {
        let since_epoch_ms = i64::try_from(self.0 >> 22).ok()?;
        let since_1970 = SignedDuration::from_millis(since_epoch_ms + DISCORD_EPOCH_MS);
        Timestamp::UNIX_EPOCH.checked_add(since_1970).ok()
    }

    /// The greatest id before a time.
    pub(crate) fn last_before(time: Timestamp) -> Self {
        let ms = time.as_millisecond().saturating_sub(DISCORD_EPOCH_MS);
        Self((u64::try_from(ms).unwrap_or(0) << 22).saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_tell_the_time() {
        // Discord's docs, "Snowflakes": 175928847299117063 was made at 1462015105796.
        let made_at = Timestamp::from_millisecond(1_462_015_105_796).unwrap();
        let id = MessageId(175_928_847_299_117_063);
        assert_eq!(id.created_at(), Some(made_at));
        assert!(MessageId::last_before(made_at) < id);
        assert!(
            MessageId::last_before(made_at + SignedDuration::from_millis(1))
                > MessageId(175_928_847_299_117_063 - (1 << 22))
        );
        assert_eq!(MessageId::last_before(Timestamp::MIN), MessageId(0));
    }
}
