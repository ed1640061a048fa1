//! Changes of the guild by its moderators.

use serde_json::{Value, json};

use super::channel::{Channel, ChannelKind};
use super::guilds::CHANNELS_MAX;
use super::ids::GUILD_ID;
use super::world::World;
use crate::gateway::INTENT_GUILDS;

impl World {
    /// Sets an overwrite of a channel. False for an unknown channel, role or member.
    pub(crate) fn set_overwrite(&mut self, channel_id: u64, id: u64, allow: u64, deny: u64) -> bool {
        let is_set = self.guilds.set_overwrite(channel_id, id, allow, deny);
        if is_set {
            self.announce_channel(channel_id);
        }
        is_set
    }

    /// Removes an overwrite. False for an unknown one.
    pub(crate) fn remove_overwrite(&mut self, channel_id: u64, id: u64) -> bool {
        let Some(channel) = self.guilds.channel_mut(channel_id) else { return false };
        let count = channel.overwrites.len();
        channel.overwrites.retain(|overwrite| overwrite.id != id);
        let is_removed = channel.overwrites.len() < count;
        if is_removed {
            self.announce_channel(channel_id);
        }
        is_removed
    }

    /// Adds the app to the account of a person, or removes it.
    pub(crate) fn set_account_install(&mut self, person_id: u64, is_installed: bool) {
        let accounts = &mut self.guilds.accounts_with_app;
        accounts.retain(|id| *id != person_id);
        if is_installed {
            accounts.push(person_id);
        }
        self.live.publish(Some(person_id), || json!({"event": "channels"}));
    }

    /// Adds a channel. `None` at the bound, and for a thread.
    pub(crate) fn create_channel(&mut self, name: &str, kind: ChannelKind) -> Option<u64> {
        let is_thread = matches!(kind, ChannelKind::PublicThread | ChannelKind::AnnouncementThread);
        if is_thread || self.guilds.channels.len() >= CHANNELS_MAX {
            return None;
        }
        let id = self.next_id();
        let position = self.guilds.channels.len();
        self.guilds.channels.push(Channel::new(GUILD_ID, id, name, kind, position));
        self.histories.add(id);
        self.announce_channel_as(id, "CHANNEL_CREATE");
        Some(id)
    }

    /// Removes a channel with its threads, or a thread. False for an unknown one.
    pub(crate) fn delete_channel(&mut self, id: u64) -> bool {
        let Some(channel) = self.guilds.channel(id) else { return false };
        let is_thread = channel.thread.is_some();
        let gone = match &channel.thread {
            None => self.channel_json(id),
            Some(thread) => json!({
                "id": id.to_string(), "type": channel.kind as u8, "guild_id": channel.guild_id.to_string(),
                "parent_id": thread.parent_id.to_string(),
            }),
        };
        let is_seen = self.guilds.is_viewed_by_bot(id);
        let mut ids = self.guilds.threads_of(id);
        ids.push(id);
        self.guilds.channels.retain(|channel| !ids.contains(&channel.id));
        for id in ids {
            self.histories.forget(id);
        }
        if is_seen {
            let event = if is_thread { "THREAD_DELETE" } else { "CHANNEL_DELETE" };
            self.dispatch(event, INTENT_GUILDS, || gone);
        }
        self.publish_channels();
        true
    }

    /// Changes a channel. False for an unknown one.
    pub(crate) fn change_channel(&mut self, id: u64, change: impl FnOnce(&mut Channel)) -> bool {
        let Some(channel) = self.guilds.channel_mut(id) else { return false };
        change(channel);
        self.announce_channel(id);
        true
    }

    /// Turns a text channel into an announcement channel, or back. False for any other channel.
    pub(crate) fn turn_channel(&mut self, id: u64) -> bool {
        let kind = match self.guilds.channel(id).map(|channel| channel.kind) {
            Some(ChannelKind::Text) => ChannelKind::Announcement,
            Some(ChannelKind::Announcement) => ChannelKind::Text,
            _ => return false,
        };
        self.change_channel(id, |channel| channel.kind = kind)
    }

    /// Sets the permissions of a role. False for an unknown one.
    pub(crate) fn set_role_permissions(&mut self, id: u64, permissions: u64) -> bool {
        let Some(role) = self.guilds.roles.iter_mut().find(|role| role.id == id) else { return false };
        role.permissions = permissions;
        let event = json!({"guild_id": role.guild_id.to_string(), "role": role.json()});
        self.dispatch("GUILD_ROLE_UPDATE", INTENT_GUILDS, || event);
        self.publish_channels();
        true
    }

    /// Removes a role and its overwrites. False for @everyone and for an unknown role.
    pub(crate) fn delete_role(&mut self, id: u64) -> bool {
        let Some(at) = self.guilds.roles.iter().position(|role| role.id == id && role.id != role.guild_id)
        else {
            return false;
        };
        let guild_id = self.guilds.roles.remove(at).guild_id;
        for channel in &mut self.guilds.channels {
            channel.overwrites.retain(|overwrite| overwrite.id != id);
        }
        let event = json!({"guild_id": guild_id.to_string(), "role_id": id.to_string()});
        self.dispatch("GUILD_ROLE_DELETE", INTENT_GUILDS, || event);
        self.publish_channels();
        true
    }

    /// Sets the locale of the guild.
    pub(crate) fn set_preferred_locale(&mut self, locale: &str) {
        locale.clone_into(&mut self.guilds.preferred_locale);
        if self.guilds.has_bot(GUILD_ID) {
            let event = self.guilds.guild_json(GUILD_ID);
            self.dispatch("GUILD_UPDATE", INTENT_GUILDS, || event);
        }
    }

    /// Adds the bot to a guild, or removes it.
    pub(crate) fn set_bot_member(&mut self, guild_id: u64, is_member: bool) {
        if self.guilds.has_bot(guild_id) == is_member {
            return;
        }
        self.guilds.bot_guilds.retain(|known| *known != guild_id);
        if is_member {
            self.guilds.bot_guilds.push(guild_id);
            let event = self.guilds.guild_create_event(guild_id, |id| self.histories.last_message_id(id));
            self.dispatch("GUILD_CREATE", INTENT_GUILDS, || event);
        } else {
            // Without `unavailable`, which would mean an outage of the guild.
            self.dispatch("GUILD_DELETE", INTENT_GUILDS, || json!({"id": guild_id.to_string()}));
        }
        self.publish_channels();
    }

    /// Begins an outage: drops every connection. It ends after the duration, or with [`Faults::end_outage`].
    ///
    /// [`Faults::end_outage`]: crate::faults::Faults::end_outage
    pub(crate) fn begin_outage(&mut self, duration: Option<std::time::Duration>) {
        let now = self.now();
        let until = duration.and_then(|duration| now.checked_add(duration).ok());
        self.faults.begin_outage(until);
        self.gateway.disconnect_all(None, now);
        self.publish_presence();
    }

    /// Sends the change of a channel to the gateway and the page. The bot gets only an outline of a channel that it
    /// cannot view.
    fn announce_channel(&mut self, id: u64) {
        self.announce_channel_as(id, "CHANNEL_UPDATE");
    }

    fn announce_channel_as(&mut self, id: u64, event: &'static str) {
        let is_thread = self.guilds.channel(id).is_some_and(|channel| channel.thread.is_some());
        if is_thread {
            return self.announce_thread(id, "THREAD_UPDATE", false);
        }
        let data = match self.guilds.channel(id) {
            Some(channel) if !self.guilds.is_viewed_by_bot(id) => channel.outline(),
            Some(_) => self.channel_json(id),
            None => return,
        };
        if self.guilds.has_bot(self.guilds.guild_of(id)) {
            self.dispatch(event, INTENT_GUILDS, || data);
        }
        self.publish_channels();
    }

    /// Publishes a change of channels. Each page then reads the ones that its person sees.
    pub(super) fn publish_channels(&mut self) {
        self.live.publish(None, || -> Value { json!({"event": "channels"}) });
    }
}
