//! The channels of each guild, as the gateway tells them: which there are, of which kind, and what they are called. Discord
//! shows the bot no hidden channel (403), and a choice cannot mention a channel; both are answered from this list.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::card::text;
use crate::feed::ChannelKind;
use crate::ids::{ChannelId, GuildId};

/// Channels that are remembered, of all guilds together; further ones are not known. 2,500 guilds, which Discord puts on one
/// shard, have 40 each.
const CHANNELS_MAX: usize = 100_000;
/// Discord's docs, "Channel Structure".
const NAME_CHARACTERS_MAX: usize = 100;
/// The name that is told of a channel that the bot may not view (Discord's docs, "Channel Obfuscation").
const HIDDEN: &str = "___hidden___";

/// A channel as the gateway tells it.
#[derive(Debug, Clone, Copy)]
pub struct GatewayChannel<'a> {
    /// Its id.
    pub id: ChannelId,
    /// Its name.
    pub name: &'a str,
    /// The number of its type (Discord's docs, "Channel Types").
    pub kind: u8,
}

/// Channels by their guild and their id.
#[derive(Debug, Default)]
pub struct ChannelList {
    known: Mutex<ChannelsByGuild>,
}

#[derive(Debug, Default)]
struct ChannelsByGuild {
    guilds: HashMap<GuildId, HashMap<ChannelId, Channel>>,
    count: usize,
}

#[derive(Debug)]
struct Channel {
    /// `None` for a channel that was hidden from the beginning.
    name: Option<Box<str>>,
    kind: u8,
}

impl ChannelList {
    /// Notes channels of a guild as they are now.
    pub fn note<'a>(&self, guild: GuildId, channels: impl IntoIterator<Item = GatewayChannel<'a>>) {
        let mut known = self.known();
        for channel in channels {
            known.note(guild, channel);
        }
    }

    /// Notes that a guild has these channels and no others.
    pub fn replace(&self, guild: GuildId, channels: &[GatewayChannel<'_>]) {
        let mut known = self.known();
        let mut before = known.guilds.remove(&guild).unwrap_or_default();
        known.count -= before.len();
        for channel in channels {
            // A channel that is hidden now keeps the name that it had.
            if let Some(kept) = before.remove(&channel.id).filter(|_| known.count < CHANNELS_MAX) {
                known.guilds.entry(guild).or_default().insert(channel.id, kept);
                known.count += 1;
            }
            known.note(guild, *channel);
        }
    }

    /// Forgets a channel that was deleted.
    pub fn forget(&self, guild: GuildId, channel: ChannelId) {
        let mut known = self.known();
        let is_known = known.guilds.get_mut(&guild).is_some_and(|all| all.remove(&channel).is_some());
        known.count -= usize::from(is_known);
    }

    /// Forgets the channels of a guild that the bot is not in any more.
    pub fn forget_guild(&self, guild: GuildId) {
        let mut known = self.known();
        known.count -= known.guilds.remove(&guild).map_or(0, |all| all.len());
    }

    /// The number of the channel's type, if it is known to be a channel of this guild.
    #[must_use]
    pub fn kind(&self, guild: GuildId, channel: ChannelId) -> Option<u8> {
        self.known().channel(guild, channel).map(|channel| channel.kind)
    }

    /// The channels of a guild in which a feed can post.
    #[must_use]
    pub fn feed_channels(&self, guild: GuildId) -> Vec<(ChannelId, ChannelKind)> {
        let known = self.known();
        let channels = known.guilds.get(&guild).into_iter().flatten();
        channels.filter_map(|(id, channel)| Some((*id, ChannelKind::of_discord(channel.kind)?))).collect()
    }

    /// "#news", or `None` where the name is not known. Plain text: to be escaped in a message.
    #[must_use]
    pub fn name(&self, guild: GuildId, channel: ChannelId) -> Option<String> {
        let known = self.known();
        let name = known.channel(guild, channel)?.name.as_deref()?;
        Some(format!("#{name}"))
    }

    fn known(&self) -> MutexGuard<'_, ChannelsByGuild> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ChannelsByGuild {
    fn channel(&self, guild: GuildId, channel: ChannelId) -> Option<&Channel> {
        self.guilds.get(&guild)?.get(&channel)
    }

    fn note(&mut self, guild: GuildId, told: GatewayChannel<'_>) {
        let is_known = self.channel(guild, told.id).is_some();
        if !is_known && self.count >= CHANNELS_MAX {
            return;
        }
        self.count += usize::from(!is_known);
        let channels = self.guilds.entry(guild).or_default();
        let channel = channels.entry(told.id).or_insert(Channel { name: None, kind: told.kind });
        channel.kind = told.kind;
        if told.name != HIDDEN {
            channel.name = Some(text::plain(told.name, NAME_CHARACTERS_MAX).into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(id: u64, name: &str) -> GatewayChannel<'_> {
        GatewayChannel { id: ChannelId(id), name, kind: 0 }
    }

    #[test]
    fn names_follow_their_channels() {
        let list = ChannelList::default();
        list.note(GuildId(1), [text(10, "news"), text(11, "a\u{202e}b"), text(12, HIDDEN)]);
        list.note(GuildId(2), [text(20, "other")]);
        assert_eq!(
            (list.name(GuildId(1), ChannelId(10)).unwrap(), list.name(GuildId(1), ChannelId(11)).unwrap()),
            ("#news".into(), "#ab".into())
        );
        assert_eq!(list.name(GuildId(1), ChannelId(12)), None);
        list.note(GuildId(1), [text(10, "renamed")]);
        list.note(GuildId(1), [text(10, HIDDEN)]);
        assert_eq!(
            list.name(GuildId(1), ChannelId(10)).unwrap(),
            "#renamed",
            "who may not look any more remembers"
        );
        list.replace(GuildId(1), &[text(10, HIDDEN), text(11, "ab")]);
        assert_eq!(
            (list.name(GuildId(1), ChannelId(10)).unwrap(), list.kind(GuildId(1), ChannelId(12))),
            ("#renamed".into(), None)
        );
        list.forget(GuildId(1), ChannelId(10));
        list.forget_guild(GuildId(2));
        assert_eq!(
            (list.name(GuildId(1), ChannelId(10)), list.name(GuildId(2), ChannelId(20))),
            (None, None)
        );
        assert_eq!(list.name(GuildId(1), ChannelId(11)).unwrap(), "#ab");
    }

    #[test]
    fn a_channel_is_known_in_its_own_guild_alone() {
        let list = ChannelList::default();
        list.note(GuildId(1), [text(10, HIDDEN), GatewayChannel { id: ChannelId(11), name: "all", kind: 4 }]);
        list.note(GuildId(2), [GatewayChannel { id: ChannelId(20), name: "other", kind: 15 }]);
        assert_eq!(
            (
                list.kind(GuildId(1), ChannelId(10)),
                list.kind(GuildId(1), ChannelId(11)),
                list.kind(GuildId(2), ChannelId(20))
            ),
            (Some(0), Some(4), Some(15))
        );
        assert_eq!(
            (
                list.kind(GuildId(1), ChannelId(20)),
                list.kind(GuildId(2), ChannelId(10)),
                list.kind(GuildId(3), ChannelId(10))
            ),
            (None, None, None)
        );
        assert_eq!(
            list.name(GuildId(1), ChannelId(20)),
            None,
            "what another server calls its channel is not shown"
        );
        assert_eq!(list.feed_channels(GuildId(1)), [(ChannelId(10), ChannelKind::Text)]);
        list.forget(GuildId(1), ChannelId(20));
        assert_eq!(list.kind(GuildId(2), ChannelId(20)), Some(15));
    }

    #[test]
    fn no_more_are_remembered_than_may_be() {
        let list = ChannelList::default();
        list.note(GuildId(1), (0..=CHANNELS_MAX as u64).map(|channel| text(channel, "x")));
        assert_eq!(list.known().count, CHANNELS_MAX);
        list.note(GuildId(1), [text(0, "still renamed")]);
        assert_eq!(list.name(GuildId(1), ChannelId(0)).unwrap(), "#still renamed");
        list.note(GuildId(2), [text(7, "late")]);
        assert_eq!(list.kind(GuildId(2), ChannelId(7)), None);
        list.replace(GuildId(1), &[text(0, "one")]);
        list.note(GuildId(2), [text(7, "late")]);
        assert_eq!((list.kind(GuildId(2), ChannelId(7)), list.known().count), (Some(0), 2));
    }
}
