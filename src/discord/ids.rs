//! Conversions between the ids of [`crate::ids`] and those of serenity.

use std::num::NonZeroU64;

use crate::ids::{ChannelId, GuildId, MessageId, RoleId, UserId};

macro_rules! conversions {
    ($($name:ident,)*) => {$(
        impl From<serenity::all::$name> for $name {
            fn from(id: serenity::all::$name) -> Self {
                Self(id.get())
            }
        }

        impl From<$name> for serenity::all::$name {
            fn from(id: $name) -> Self {
                Self::from(nonzero(id.0))
            }
        }
    )*};
}

conversions! {
    GuildId,
    ChannelId,
    MessageId,
    RoleId,
    UserId,
}

/// serenity does not accept 0 as an id. 1 takes its place: Discord answers that no such object exists.
pub(super) fn nonzero(id: u64) -> NonZeroU64 {
    NonZeroU64::new(id).unwrap_or(NonZeroU64::MIN)
}
