//! The one guild "Everyday": its persons, roles and channels, and how Discord describes them.
//!
//! All ids are fixed, so that a configuration or a bookmark that names one stays right.

use serde_json::{Value, json};

/// The bot's application; its user has the same id.
pub(crate) const APPLICATION_ID: u64 = 1_100_000_000_000_000_001;
/// The guild; the role @everyone has the same id.
pub(crate) const GUILD_ID: u64 = 1_100_000_000_000_000_100;
pub(crate) const GUILD_NAME: &str = "Everyday";
const MODERATOR_ROLE_ID: u64 = GUILD_ID + 10;
const BOT_ROLE_ID: u64 = GUILD_ID + 20;
const OWNER: Member =
    Member { id: GUILD_ID + 203, login: "olga", name: "Olga", is_moderator: true, dm_channel_id: 0 };

/// The text channels: id and name.
pub(crate) const CHANNELS: [(u64, &str); 2] = [(GUILD_ID + 100, "news"), (GUILD_ID + 101, "general")];

const JOINED_AT: &str = "2024-01-01T12:00:00.000000+00:00";
const MANAGE_GUILD: u64 = 1 << 5;
const ADMINISTRATOR: u64 = 1 << 3;
/// A new server's usual rights: view, send, embed links, attach, history, reactions, external emoji,
/// application commands, public threads, messages in threads.
const EVERYONE_PERMISSIONS: u64 =
    1 << 6 | 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 18 | 1 << 31 | 1 << 35 | 1 << 38;
const MODERATOR_PERMISSIONS: u64 = MANAGE_GUILD | 1 << 13;
/// What an invitation of a bot that posts cards and starts threads asks for.
const BOT_PERMISSIONS: u64 = 309_237_730_304;

/// A person in the guild.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) id: u64,
    pub(crate) login: &'static str,
    pub(crate) name: &'static str,
    pub(crate) is_moderator: bool,
    /// The direct messages between this person and the bot.
    pub(crate) dm_channel_id: u64,
}

/// The persons that a test or the page can act as; the guild's owner is not among them, because an
/// owner may do everything and would hide a missing permission.
pub(crate) const MEMBERS: [Member; 3] = [
    Member {
        id: GUILD_ID + 200,
        login: "ada",
        name: "Ada",
        is_moderator: false,
        dm_channel_id: GUILD_ID + 300,
    },
    Member {
        id: GUILD_ID + 201,
        login: "ben",
        name: "Ben",
        is_moderator: false,
        dm_channel_id: GUILD_ID + 301,
    },
    Member {
        id: GUILD_ID + 202,
        login: "mod",
        name: "Mona",
        is_moderator: true,
        dm_channel_id: GUILD_ID + 302,
    },
];

impl Member {
    /// The person of that id.
    pub(crate) fn of(id: u64) -> Option<Self> {
        MEMBERS.into_iter().find(|member| member.id == id)
    }

    /// The rights of this person in the guild's channels.
    pub(crate) fn permissions(&self) -> u64 {
        if self.is_moderator { EVERYONE_PERMISSIONS | MODERATOR_PERMISSIONS } else { EVERYONE_PERMISSIONS }
    }

    /// Discord's user object.
    pub(crate) fn user(&self) -> Value {
        user(self.id, self.login, Some(self.name), false)
    }

    /// Discord's guild member object, without rights, as `GUILD_CREATE` has it.
    pub(crate) fn guild_member(&self) -> Value {
        let roles = if self.is_moderator { vec![MODERATOR_ROLE_ID.to_string()] } else { Vec::new() };
        member(self.user(), &roles)
    }

    /// The guild member object of an interaction, with the rights in the channel.
    pub(crate) fn interaction_member(&self) -> Value {
        let mut member = self.guild_member();
        member["permissions"] = json!(self.permissions().to_string());
        member
    }
}

/// Whether rights `held` contain all of `needed`; administrators have every right.
pub(crate) fn permits(held: u64, needed: u64) -> bool {
    held & ADMINISTRATOR != 0 || held & needed == needed
}

/// The bot's rights in the guild's channels.
pub(crate) fn bot_permissions() -> u64 {
    EVERYONE_PERMISSIONS | BOT_PERMISSIONS
}

fn user(id: u64, login: &str, name: Option<&str>, is_bot: bool) -> Value {
    json!({
        "id": id.to_string(), "username": login, "global_name": name, "discriminator": "0", "avatar": null,
        "bot": is_bot, "system": false, "public_flags": 0, "banner": null, "accent_color": null,
        "avatar_decoration_data": null, "collectibles": null, "primary_guild": null,
    })
}

/// The bot as a user.
pub(crate) fn bot_user() -> Value {
    user(APPLICATION_ID, "heatwire", None, true)
}

/// The bot as it sees itself: `GET /users/@me` and `READY`.
pub(crate) fn current_user() -> Value {
    let mut user = bot_user();
    user["mfa_enabled"] = json!(true);
    user["verified"] = json!(true);
    user["locale"] = json!("en-US");
    user["email"] = Value::Null;
    user["flags"] = json!(0);
    user["premium_type"] = json!(0);
    user
}

/// The bot as a member of the guild.
pub(crate) fn bot_member() -> Value {
    member(bot_user(), &[BOT_ROLE_ID.to_string()])
}

fn member(user: Value, roles: &[String]) -> Value {
    json!({
        "user": user, "nick": null, "avatar": null, "banner": null, "roles": roles, "joined_at": JOINED_AT,
        "premium_since": null, "deaf": false, "mute": false, "flags": 0, "pending": false,
        "communication_disabled_until": null,
    })
}

/// Discord's role objects, with the ids of roles as text.
pub(crate) fn roles() -> Vec<Value> {
    let role = |id: u64, name: &str, permissions: u64, position: u16, is_managed: bool| {
        json!({
            "id": id.to_string(), "name": name, "description": null, "color": 0,
            "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
            "hoist": false, "icon": null, "unicode_emoji": null, "position": position,
            "permissions": permissions.to_string(), "managed": is_managed, "mentionable": false, "flags": 0,
        })
    };
    let mut bot_role = role(BOT_ROLE_ID, "heatwire", BOT_PERMISSIONS, 2, true);
    bot_role["tags"] = json!({"bot_id": APPLICATION_ID.to_string()});
    vec![
        role(GUILD_ID, "@everyone", EVERYONE_PERMISSIONS, 0, false),
        role(MODERATOR_ROLE_ID, "Moderator", MODERATOR_PERMISSIONS, 1, false),
        bot_role,
    ]
}

/// Discord's channel objects of the guild; `last_message_id` looks up a channel's newest message.
pub(crate) fn channels(last_message_id: impl Fn(u64) -> Option<u64>) -> Vec<Value> {
    let channel = |(position, (id, name)): (usize, &(u64, &str))| {
        json!({
            "id": id.to_string(), "type": 0, "guild_id": GUILD_ID.to_string(), "name": name, "topic": null,
            "position": position, "permission_overwrites": [], "parent_id": null, "nsfw": false, "flags": 0,
            "rate_limit_per_user": 0, "last_pin_timestamp": null,
            "last_message_id": last_message_id(*id).map(|id| id.to_string()),
        })
    };
    CHANNELS.iter().enumerate().map(channel).collect()
}

/// Discord's channel object of a person's direct messages with the bot.
pub(crate) fn dm_channel(member: &Member) -> Value {
    json!({
        "id": member.dm_channel_id.to_string(), "type": 1, "last_message_id": null, "flags": 0,
        "recipients": [member.user()],
    })
}

/// Discord's guild object, as `GET /guilds/{id}` answers.
pub(crate) fn guild() -> Value {
    json!({
        "id": GUILD_ID.to_string(), "name": GUILD_NAME, "icon": null, "icon_hash": null, "splash": null,
        "discovery_splash": null, "owner_id": OWNER.id.to_string(), "region": "deprecated",
        "afk_channel_id": null, "afk_timeout": 300, "widget_enabled": false, "widget_channel_id": null,
        "verification_level": 0, "default_message_notifications": 1, "explicit_content_filter": 0,
        "roles": roles(), "emojis": [], "features": [], "mfa_level": 0, "application_id": null,
        "system_channel_id": null, "system_channel_flags": 0, "rules_channel_id": null,
        "max_presences": null, "max_members": 500_000, "vanity_url_code": null, "description": null,
        "banner": null, "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": "en-US",
        "public_updates_channel_id": null, "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50, "nsfw_level": 0, "nsfw": false, "stickers": [],
        "premium_progress_bar_enabled": false, "safety_alerts_channel_id": null, "incidents_data": null,
    })
}

/// The data of `GUILD_CREATE`.
pub(crate) fn guild_create(last_message_id: impl Fn(u64) -> Option<u64>) -> Value {
    let mut members = vec![bot_member(), OWNER.guild_member()];
    members.extend(MEMBERS.iter().map(Member::guild_member));
    let mut event = guild();
    event["joined_at"] = json!(JOINED_AT);
    event["large"] = json!(false);
    event["unavailable"] = json!(false);
    event["member_count"] = json!(members.len());
    event["members"] = json!(members);
    event["channels"] = json!(channels(last_message_id));
    for key in ["voice_states", "threads", "presences", "stage_instances", "guild_scheduled_events"] {
        event[key] = json!([]);
    }
    event["soundboard_sounds"] = json!([]);
    event
}

/// Whether a channel is one of the guild's.
pub(crate) fn is_guild_channel(channel_id: u64) -> bool {
    CHANNELS.iter().any(|(id, _)| *id == channel_id)
}

/// The data of a message event: the message and, in the guild, where its author stands.
pub(crate) fn message_event(message: &Value) -> Value {
    let mut event = message.clone();
    let channel_id = message["channel_id"].as_str().and_then(|id| id.parse().ok());
    if channel_id.is_some_and(is_guild_channel) {
        event["guild_id"] = json!(GUILD_ID.to_string());
        let mut author = bot_member();
        if let Some(author) = author.as_object_mut() {
            author.remove("user");
        }
        event["member"] = author;
    }
    event
}

/// The application as `GET /oauth2/applications/@me` and `GET /applications/@me` answer.
pub(crate) fn application() -> Value {
    json!({
        "id": APPLICATION_ID.to_string(), "name": "heatwire", "icon": null,
        "description": "A bot that runs against the sandbox.", "summary": "", "rpc_origins": [],
        "bot_public": false, "bot_require_code_grant": false, "bot": bot_user(), "owner": OWNER.user(),
        "verify_key": "0".repeat(64), "team": null, "flags": 0, "tags": [], "hook": true, "type": null,
        "approximate_guild_count": 1, "approximate_user_install_count": 0, "redirect_uris": [],
        "interactions_endpoint_url": null, "role_connections_verification_url": null,
        "integration_types_config": {"0": {}},
    })
}
