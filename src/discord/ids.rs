//! Our ids and those of serenity.

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

/// serenity takes no 0 for an id. 1 is nobody's either: Discord answers that it knows none such.
pub(super) fn nonzero(id: u64) -> NonZeroU64 {
    NonZeroU64::new(id).unwrap_or(NonZeroU64::MIN)
}
