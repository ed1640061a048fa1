//! The names and types of each guild's channels, from the events of the gateway.
//!
//! Two questions need this list. Discord does not show the bot a hidden channel (403), and the list still knows its type. A
//! choice shows plain text and cannot mention a channel, so the choice shows the name from the list.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::card::text;
use crate::feed::ChannelKind;
use crate::ids::{ChannelId, GuildId};

/// The most channels in the list, over all guilds. The list ignores further channels. Discord puts at most 2,500 guilds on one
/// shard, so each of these guilds may have 40 channels.
const CHANNELS_MAX: usize = 100_000;
/// Discord's docs, "Channel Structure".
const NAME_CHARACTERS_MAX: usize = 100;
/// The name that Discord gives to a channel that the bot may not view (Discord's docs, "Channel Obfuscation").
const HIDDEN: &str = "___hidden___";

/// A channel in an event of the gateway.
#[derive(Debug, Clone, Copy)]
pub(super) struct GatewayChannel<'a> {
    /// The channel's id.
    pub(super) id: ChannelId,
    /// The channel's name, as somebody wrote it.
    pub(super) name: &'a str,
    /// The number of the channel's type (Discord's docs, "Channel Types").
    pub(super) kind: u8,
}

/// Channels by their guild and their id.
#[derive(Debug, Default)]
pub(super) struct ChannelList {
    channels: Mutex<ChannelsByGuild>,
}

#[derive(Debug, Default)]
struct ChannelsByGuild {
    guilds: HashMap<GuildId, HashMap<ChannelId, Channel>>,
    count: usize,
}

#[derive(Debug)]
struct Channel {
    /// `None` if the bot has never been allowed to view the channel.
    name: Option<Box<str>>,
    kind: u8,
}

impl ChannelList {
    /// Adds or updates channels of a guild.
    pub(super) fn note<'a>(&self, guild: GuildId, channels: impl IntoIterator<Item = GatewayChannel<'a>>) {
        let mut known = self.lock();
        for channel in channels {
            known.note(guild, channel);
        }
    }

    /// Replaces all channels of a guild.
    pub(super) fn replace(&self, guild: GuildId, channels: &[GatewayChannel<'_>]) {
        let mut known = self.lock();
        let mut before = known.guilds.remove(&guild).unwrap_or_default();
        known.count -= before.len();
        for channel in channels {
            // A channel that is hidden now keeps its last known name.
            if let Some(kept) = before.remove(&channel.id).filter(|_| known.count < CHANNELS_MAX) {
                known.guilds.entry(guild).or_default().insert(channel.id, kept);
                known.count += 1;
            }
            known.note(guild, *channel);
        }
    }

    /// Removes a deleted channel.
    pub(super) fn forget(&self, guild: GuildId, channel: ChannelId) {
        let mut known = self.lock();
        let is_known = known.guilds.get_mut(&guild).is_some_and(|all| all.remove(&channel).is_some());
        known.count -= usize::from(is_known);
    }

    /// Removes all channels of a guild that the bot has left.
    pub(super) fn forget_guild(&self, guild: GuildId) {
        let mut known = self.lock();
        known.count -= known.guilds.remove(&guild).map_or(0, |all| all.len());
    }

    /// The number of the channel's type. `None` if the list has no such channel in this guild.
    #[must_use]
    pub(super) fn kind(&self, guild: GuildId, channel: ChannelId) -> Option<u8> {
        self.lock().channel(guild, channel).map(|channel| channel.kind)
    }

    /// The channels of a guild in which a feed can post.
    #[must_use]
    pub(super) fn feed_channels(&self, guild: GuildId) -> Vec<(ChannelId, ChannelKind)> {
        let known = self.lock();
        let channels = known.guilds.get(&guild).into_iter().flatten();
        channels.filter_map(|(id, channel)| Some((*id, ChannelKind::of_discord(channel.kind)?))).collect()
    }

    /// The name with its sign, as "#news". `None` if the name is not known. The text is not escaped.
    #[must_use]
    pub(super) fn name(&self, guild: GuildId, channel: ChannelId) -> Option<String> {
        let known = self.lock();
        let name = known.channel(guild, channel)?.name.as_deref()?;
        Some(format!("#{name}"))
    }

    fn lock(&self) -> MutexGuard<'_, ChannelsByGuild> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ChannelsByGuild {
    fn channel(&self, guild: GuildId, channel: ChannelId) -> Option<&Channel> {
        self.guilds.get(&guild)?.get(&channel)
    }

    fn note(&mut self, guild: GuildId, channel: GatewayChannel<'_>) {
        let is_known = self.channel(guild, channel.id).is_some();
        if !is_known && self.count >= CHANNELS_MAX {
            return;
        }
        self.count += usize::from(!is_known);
        let channels = self.guilds.entry(guild).or_default();
        let entry = channels.entry(channel.id).or_insert(Channel { name: None, kind: channel.kind });
        entry.kind = channel.kind;
        if channel.name != HIDDEN {
            entry.name = Some(text::plain(channel.name, NAME_CHARACTERS_MAX).into());
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
            "a channel that became hidden keeps its name"
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
    fn the_list_is_bounded() {
        let list = ChannelList::default();
        list.note(GuildId(1), (0..=CHANNELS_MAX as u64).map(|channel| text(channel, "x")));
        assert_eq!(list.lock().count, CHANNELS_MAX);
        list.note(GuildId(1), [text(0, "still renamed")]);
        assert_eq!(list.name(GuildId(1), ChannelId(0)).unwrap(), "#still renamed");
        list.note(GuildId(2), [text(7, "late")]);
        assert_eq!(list.kind(GuildId(2), ChannelId(7)), None);
        list.replace(GuildId(1), &[text(0, "one")]);
        list.note(GuildId(2), [text(7, "late")]);
        assert_eq!((list.kind(GuildId(2), ChannelId(7)), list.lock().count), (Some(0), 2));
    }
}
