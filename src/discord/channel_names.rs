//! What channels are called. A choice cannot mention a channel, so that the client would show its name; the gateway tells
//! the names, and they are kept here.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::card::text;

/// Channels that are remembered, of all servers together; the names of further ones are not known. 2,500 servers, which
/// Discord puts on one shard, have 40 each.
const CHANNELS_MAX: usize = 100_000;
/// Discord's docs, "Channel Structure".
const NAME_CHARACTERS_MAX: usize = 100;
/// The name that is told of a channel that the bot may not view (Discord's docs, "Channel Obfuscation").
const HIDDEN: &str = "___hidden___";

/// Names by a channel's id.
#[derive(Debug, Default)]
pub struct ChannelNames {
    named: Mutex<HashMap<u64, Named>>,
}

#[derive(Debug)]
struct Named {
    server: u64,
    name: Box<str>,
}

impl ChannelNames {
    /// Notes what channels of a server are called now.
    pub fn note<'a>(&self, server: u64, channels: impl IntoIterator<Item = (u64, &'a str)>) {
        let mut named = self.named.lock().unwrap_or_else(PoisonError::into_inner);
        for (channel, name) in channels {
            if name == HIDDEN {
                continue;
            }
            if named.len() < CHANNELS_MAX || named.contains_key(&channel) {
                let name = text::plain(name, NAME_CHARACTERS_MAX).into();
                named.insert(channel, Named { server, name });
            }
        }
    }

    /// Forgets a channel that was deleted.
    pub fn forget(&self, channel: u64) {
        self.named.lock().unwrap_or_else(PoisonError::into_inner).remove(&channel);
    }

    /// Forgets the channels of a server that the bot is not in any more.
    pub fn forget_server(&self, server: u64) {
        self.named.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, named| named.server != server);
    }

    /// "#news", or what stands for it where the name is not known. Plain text: to be escaped in a message.
    #[must_use]
    pub fn shown(&self, channel: u64) -> String {
        let named = self.named.lock().unwrap_or_else(PoisonError::into_inner);
        named.get(&channel).map_or_else(|| format!("channel {channel}"), |named| format!("#{}", named.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_their_channels() {
        let names = ChannelNames::default();
        names.note(1, [(10, "news"), (11, "a\u{202e}b"), (12, HIDDEN)]);
        names.note(2, [(20, "other")]);
        assert_eq!((names.shown(10), names.shown(11)), ("#news".to_owned(), "#ab".to_owned()));
        assert_eq!(names.shown(12), "channel 12");
        names.note(1, [(10, "renamed")]);
        names.note(1, [(10, HIDDEN)]);
        assert_eq!(names.shown(10), "#renamed", "who may not look any more remembers");
        names.forget(10);
        names.forget_server(2);
        assert_eq!((names.shown(10), names.shown(20)), ("channel 10".to_owned(), "channel 20".to_owned()));
        assert_eq!(names.shown(11), "#ab");
    }

    #[test]
    fn no_more_are_remembered_than_may_be() {
        let names = ChannelNames::default();
        names.note(1, (0..=CHANNELS_MAX as u64).map(|channel| (channel, "x")));
        assert_eq!(names.named.lock().unwrap().len(), CHANNELS_MAX);
        names.note(1, [(0, "still renamed")]);
        assert_eq!(names.shown(0), "#still renamed");
    }
}
