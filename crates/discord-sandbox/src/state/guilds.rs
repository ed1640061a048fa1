//! The guilds: roles, channels, threads, membership of the bot, and the permissions that follow from them.

use serde_json::{Value, json};

use super::channel::{Channel, ChannelKind, Tag};
use super::guild::{
    self, BOT_PERMISSIONS, BOT_ROLE, ELSEWHERE_CHANNELS, EVERYONE_PERMISSIONS, FIRST_CHANNELS,
    MODERATOR_PERMISSIONS, MODERATOR_ROLE,
};
use super::ids::{APPLICATION_ID, ELSEWHERE_ID, GROUP_ID, GUILD_ID};
use super::member::{JOINED_AT, MEMBERS, Member, OWNER, bot_member};
use super::permission::{
    self, ATTACH_FILES, EMBED_LINKS, MENTION_EVERYONE, Overwrite, PermissionHolder, USE_EXTERNAL_APPS,
    VIEW_CHANNEL, permits,
};

/// Channels and threads of all guilds together. Discord allows a guild 500 channels and 1000 active threads.
pub(crate) const CHANNELS_MAX: usize = 1500;

/// The permissions of the bot in direct messages with it.
const DM_PERMISSIONS: u64 = 1 << 6 | 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 31;
/// The permissions of the app in direct messages of others. Discord's docs: "Interaction Structure".
const GROUP_PERMISSIONS: u64 = EMBED_LINKS | ATTACH_FILES | MENTION_EVERYONE;
/// The permissions that matter to an app that only an account has.
const OF_ACCOUNTS: u64 = GROUP_PERMISSIONS | USE_EXTERNAL_APPS;

/// A role.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    pub(crate) id: u64,
    pub(crate) guild_id: u64,
    pub(crate) name: String,
    pub(crate) permissions: u64,
    pub(crate) position: usize,
    pub(crate) is_mentionable: bool,
}

/// Both guilds.
pub(crate) struct Guilds {
    pub(crate) roles: Vec<Role>,
    /// Channels and threads, in the order of their creation.
    pub(crate) channels: Vec<Channel>,
    /// The guilds with the bot as a member.
    pub(crate) bot_guilds: Vec<u64>,
    pub(crate) is_bot_timed_out: bool,
    /// The locale of the guild "Everyday". The other guild is English.
    pub(crate) preferred_locale: String,
    /// Persons who accept no direct messages from bots.
    pub(crate) closed_dms: Vec<u64>,
    /// Persons whose accounts have the app.
    pub(crate) accounts_with_app: Vec<u64>,
}

impl Guilds {
    pub(crate) fn new() -> Self {
        let role = |guild_id, offset, name: &str, permissions, position| Role {
            id: guild_id + offset,
            guild_id,
            name: name.to_owned(),
            permissions,
            position,
            is_mentionable: false,
        };
        let roles = [GUILD_ID, ELSEWHERE_ID].into_iter().flat_map(|guild_id| {
            [
                role(guild_id, 0, "@everyone", EVERYONE_PERMISSIONS, 0),
                role(guild_id, MODERATOR_ROLE, "Moderator", MODERATOR_PERMISSIONS, 1),
                role(guild_id, BOT_ROLE, "heatwire", BOT_PERMISSIONS, 2),
            ]
        });
        let of_guild = |guild_id: u64, channels: &[(u64, &str, ChannelKind)]| -> Vec<Channel> {
            let channels = channels.iter().enumerate();
            channels
                .map(|(place, (id, name, kind))| Channel::new(guild_id, *id, name, *kind, place))
                .collect()
        };
        let mut channels = of_guild(GUILD_ID, &FIRST_CHANNELS);
        channels.extend(of_guild(ELSEWHERE_ID, &ELSEWHERE_CHANNELS));
        let tags = [("News", false), ("Discussion", false), ("Pinned by staff", true)];
        for forum in channels.iter_mut().filter(|channel| channel.kind == ChannelKind::Forum) {
            let tag = |(number, (name, is_moderated)): (u64, &(&str, bool))| Tag {
                id: forum.id + 300 + number,
                name: (*name).to_owned(),
                is_moderated: *is_moderated,
            };
            forum.tags = (0..).zip(&tags).map(tag).collect();
        }
        Self {
            roles: roles.collect(),
            channels,
            bot_guilds: vec![GUILD_ID],
            is_bot_timed_out: false,
            preferred_locale: "en-US".to_owned(),
            closed_dms: Vec::new(),
            accounts_with_app: Vec::new(),
        }
    }

    /// Whether the bot is a member of the guild.
    pub(crate) fn has_bot(&self, guild_id: u64) -> bool {
        self.bot_guilds.contains(&guild_id)
    }

    /// The channels and threads of a guild, in the order of their creation.
    pub(crate) fn channels_of(&self, guild_id: u64) -> impl Iterator<Item = &Channel> {
        self.channels.iter().filter(move |channel| channel.guild_id == guild_id)
    }

    /// The roles of a guild.
    pub(crate) fn roles_of(&self, guild_id: u64) -> impl Iterator<Item = &Role> {
        self.roles.iter().filter(move |role| role.guild_id == guild_id)
    }

    /// The guild of a channel or thread. The first guild for an unknown channel.
    pub(crate) fn guild_of(&self, channel_id: u64) -> u64 {
        self.channel(channel_id).map_or(GUILD_ID, |channel| channel.guild_id)
    }

    /// A channel or thread.
    pub(crate) fn channel(&self, id: u64) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.id == id)
    }

    /// A channel or thread, for a change.
    pub(crate) fn channel_mut(&mut self, id: u64) -> Option<&mut Channel> {
        self.channels.iter_mut().find(|channel| channel.id == id)
    }

    /// The id of a channel by its name.
    pub(crate) fn channel_named(&self, name: &str) -> Option<u64> {
        self.channels.iter().find(|channel| channel.name == name).map(|channel| channel.id)
    }

    /// The ids of a channel's threads.
    pub(crate) fn threads_of(&self, parent_id: u64) -> Vec<u64> {
        let is_child =
            |channel: &&Channel| channel.thread.as_ref().is_some_and(|thread| thread.parent_id == parent_id);
        self.channels.iter().filter(is_child).map(|channel| channel.id).collect()
    }

    /// The roles of a member of a guild, without @everyone.
    pub(crate) fn role_ids_of(&self, guild_id: u64, user_id: u64) -> Vec<u64> {
        let wanted = match Member::of(user_id) {
            Some(member) if member.is_moderator => guild_id + MODERATOR_ROLE,
            None if user_id == APPLICATION_ID => guild_id + BOT_ROLE,
            _ => return Vec::new(),
        };
        self.roles.iter().map(|role| role.id).filter(|id| *id == wanted).collect()
    }

    /// A user's permissions in a channel or thread. A thread has the overwrites of its parent. 0 for an unknown
    /// channel.
    pub(crate) fn permissions(&self, user_id: u64, channel_id: u64) -> u64 {
        let channel = self.channel(channel_id);
        let parent = channel.and_then(|channel| channel.thread.as_ref()).map(|thread| thread.parent_id);
        let Some(place) = parent.map_or(channel, |parent_id| self.channel(parent_id)) else { return 0 };
        permission::channel_permissions(
            &self.holder(place.guild_id, user_id),
            place.guild_id,
            &place.overwrites,
        )
    }

    /// The bot's permissions in a channel.
    pub(crate) fn bot_permissions(&self, channel_id: u64) -> u64 {
        if self.has_bot(self.guild_of(channel_id)) { self.permissions(APPLICATION_ID, channel_id) } else { 0 }
    }

    /// What the app may do in an answer. Discord's docs say it only for direct messages; for a guild without the bot the sandbox
    /// takes what @everyone may do there.
    pub(crate) fn app_permissions(&self, channel_id: u64) -> u64 {
        match self.channel(channel_id) {
            None if channel_id == GROUP_ID => GROUP_PERMISSIONS,
            None => DM_PERMISSIONS,
            Some(channel) if self.has_bot(channel.guild_id) => self.bot_permissions(channel_id),
            Some(_) => self.permissions(0, channel_id) & OF_ACCOUNTS,
        }
    }

    /// Whether the bot sees a channel.
    pub(crate) fn is_viewed_by_bot(&self, channel_id: u64) -> bool {
        permits(self.bot_permissions(channel_id), VIEW_CHANNEL)
    }

    fn holder(&self, guild_id: u64, user_id: u64) -> PermissionHolder {
        let role_ids = self.role_ids_of(guild_id, user_id);
        let counts = |role: &&Role| role.id == guild_id || role_ids.contains(&role.id);
        let base = self.roles.iter().filter(counts).fold(0, |held, role| held | role.permissions);
        let is_timed_out = user_id == APPLICATION_ID && self.is_bot_timed_out;
        PermissionHolder { id: user_id, base, role_ids, is_timed_out }
    }

    /// Sets or replaces an overwrite of a role or member. False for an unknown channel, role or member.
    pub(crate) fn set_overwrite(&mut self, channel_id: u64, id: u64, allow: u64, deny: u64) -> bool {
        let is_role = self.roles.iter().any(|role| role.id == id);
        let is_member = id == APPLICATION_ID || id == OWNER.id || Member::of(id).is_some();
        let Some(channel) = self.channel_mut(channel_id).filter(|_| is_role || is_member) else {
            return false;
        };
        channel.overwrites.retain(|overwrite| overwrite.id != id);
        channel.overwrites.push(Overwrite { id, is_member, allow, deny });
        true
    }

    /// Discord's role objects.
    pub(crate) fn roles_json(&self, guild_id: u64) -> Vec<Value> {
        self.roles_of(guild_id).map(Role::json).collect()
    }

    /// A user's member object in a guild, with their roles.
    pub(crate) fn member_json(&self, guild_id: u64, member: &Member) -> Value {
        member.guild_member(&self.role_ids_of(guild_id, member.id))
    }

    /// The member object of an interaction, with the permissions in the channel.
    pub(crate) fn interaction_member(&self, member: &Member, channel_id: u64) -> Value {
        let mut json = self.member_json(self.guild_of(channel_id), member);
        json["permissions"] = json!(self.permissions(member.id, channel_id).to_string());
        json
    }

    /// Discord's guild object, as `GET /guilds/{id}` answers.
    pub(crate) fn guild_json(&self, guild_id: u64) -> Value {
        let locale = if guild_id == GUILD_ID { &self.preferred_locale } else { "en-US" };
        guild::guild(guild_id, self.roles_json(guild_id), locale)
    }

    /// The data of `GUILD_CREATE`, with only an outline of channels that the bot cannot view.
    pub(crate) fn guild_create_event(
        &self,
        guild_id: u64,
        last_message_id: impl Fn(u64) -> Option<u64>,
    ) -> Value {
        let bot = bot_member(&self.role_ids_of(guild_id, APPLICATION_ID));
        let mut members = vec![bot, self.member_json(guild_id, &OWNER)];
        members.extend(MEMBERS.iter().map(|member| self.member_json(guild_id, member)));
        let (threads, channels): (Vec<_>, Vec<_>) =
            self.channels_of(guild_id).partition(|channel| channel.thread.is_some());
        let channel_json = |channel: &Channel| match self.is_viewed_by_bot(channel.id) {
            true => channel.json(last_message_id(channel.id)),
            false => channel.outline(),
        };
        let is_active =
            |channel: &&&Channel| channel.thread.as_ref().is_some_and(|thread| !thread.is_archived);
        let threads = threads.iter().filter(is_active).filter(|thread| self.is_viewed_by_bot(thread.id));
        let mut event = self.guild_json(guild_id);
        event["joined_at"] = json!(JOINED_AT);
        event["large"] = json!(false);
        event["unavailable"] = json!(false);
        event["member_count"] = json!(members.len());
        event["members"] = json!(members);
        event["channels"] = channels.into_iter().map(channel_json).collect();
        event["threads"] = threads.map(|thread| thread.json(last_message_id(thread.id))).collect();
        for key in ["voice_states", "presences", "stage_instances", "guild_scheduled_events"] {
            event[key] = json!([]);
        }
        event["soundboard_sounds"] = json!([]);
        event
    }
}

impl Role {
    fn is_of_bot(&self) -> bool {
        self.id == self.guild_id + BOT_ROLE
    }

    /// Discord's role object.
    pub(crate) fn json(&self) -> Value {
        let mut role = json!({
            "id": self.id.to_string(), "name": self.name, "description": null, "color": 0,
            "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
            "hoist": false, "icon": null, "unicode_emoji": null, "position": self.position,
            "permissions": self.permissions.to_string(), "managed": self.is_of_bot(),
            "mentionable": self.is_mentionable, "flags": 0,
        });
        if self.is_of_bot() {
            role["tags"] = json!({"bot_id": APPLICATION_ID.to_string()});
        }
        role
    }
}
