//! The ids of Discord. Each kind is a type of its own, so the compiler refuses the id of a channel where a guild's belongs.

use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
