//! The guild "Everyday" and a second one, "Elsewhere", which the bot is brought into only where a test wants it: what of them
//! is fixed, and how Discord describes guild, persons and bot.
//!
//! All ids are fixed, so that a configuration or a bookmark that names one stays right.

use serde_json::{Value, json};

use super::channel::ChannelKind;

/// The bot's application; its user has the same id.
pub(crate) const APPLICATION_ID: u64 = 1_100_000_000_000_000_001;
/// The guild; the role @everyone has the same id.
pub(crate) const GUILD_ID: u64 = 1_100_000_000_000_000_100;
pub(crate) const GUILD_NAME: &str = "Everyday";
/// The second guild; it has the same persons.
pub(crate) const ELSEWHERE_ID: u64 = GUILD_ID + 1_000;
/// From a guild's id to those of its roles.
pub(super) const MODERATOR_ROLE: u64 = 10;
pub(super) const BOT_ROLE: u64 = 20;
pub(super) const OWNER: Member =
    Member { id: GUILD_ID + 203, login: "olga", name: "Olga", is_moderator: true, dm_channel_id: 0 };

/// The channels at the beginning: id, name and kind.
pub(super) const FIRST_CHANNELS: [(u64, &str, ChannelKind); 4] = [
    (GUILD_ID + 100, "news", ChannelKind::Text),
    (GUILD_ID + 101, "general", ChannelKind::Text),
    (GUILD_ID + 102, "announcements", ChannelKind::Announcement),
    (GUILD_ID + 103, "discussions", ChannelKind::Forum),
];
/// Those of the second guild.
pub(super) const ELSEWHERE_CHANNELS: [(u64, &str, ChannelKind); 2] = [
    (ELSEWHERE_ID + 100, "elsewhere", ChannelKind::Text),
    (ELSEWHERE_ID + 103, "elsewhere-forum", ChannelKind::Forum),
];

pub(super) const JOINED_AT: &str = "2024-01-01T12:00:00.000000+00:00";
const MANAGE_GUILD: u64 = 1 << 5;
/// A new server's usual rights: view, send, embed links, attach, history, reactions, external emoji,
/// application commands, public threads, messages in threads.
pub(super) const EVERYONE_PERMISSIONS: u64 =
    1 << 6 | 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 18 | 1 << 31 | 1 << 35 | 1 << 38;
pub(super) const MODERATOR_PERMISSIONS: u64 = MANAGE_GUILD | 1 << 13;
/// What an invitation of a bot that posts cards and starts threads asks for.
pub(super) const BOT_PERMISSIONS: u64 = 309_237_730_304;

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

    /// Discord's user object.
    pub(crate) fn user(&self) -> Value {
        user(self.id, self.login, Some(self.name), false)
    }

    /// Discord's guild member object, without rights, as `GUILD_CREATE` has it.
    pub(super) fn guild_member(&self, role_ids: &[u64]) -> Value {
        member(self.user(), role_ids)
    }
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
pub(crate) fn bot_member(role_ids: &[u64]) -> Value {
    member(bot_user(), role_ids)
}

fn member(user: Value, role_ids: &[u64]) -> Value {
    let roles: Vec<_> = role_ids.iter().map(ToString::to_string).collect();
    json!({
        "user": user, "nick": null, "avatar": null, "banner": null, "roles": roles, "joined_at": JOINED_AT,
        "premium_since": null, "deaf": false, "mute": false, "flags": 0, "pending": false,
        "communication_disabled_until": null,
    })
}

/// Discord's channel object of a person's direct messages with the bot.
pub(crate) fn dm_channel(member: &Member) -> Value {
    json!({
        "id": member.dm_channel_id.to_string(), "type": 1, "last_message_id": null, "flags": 0,
        "recipients": [member.user()],
    })
}

/// Discord's guild object, as `GET /guilds/{id}` answers.
pub(crate) fn guild(id: u64, roles: Vec<Value>) -> Value {
    let name = if id == GUILD_ID { GUILD_NAME } else { "Elsewhere" };
    json!({
        "id": id.to_string(), "name": name, "icon": null, "icon_hash": null, "splash": null,
        "discovery_splash": null, "owner_id": OWNER.id.to_string(), "region": "deprecated",
        "afk_channel_id": null, "afk_timeout": 300, "widget_enabled": false, "widget_channel_id": null,
        "verification_level": 0, "default_message_notifications": 1, "explicit_content_filter": 0,
        "roles": roles, "emojis": [], "features": [], "mfa_level": 0, "application_id": null,
        "system_channel_id": null, "system_channel_flags": 0, "rules_channel_id": null,
        "max_presences": null, "max_members": 500_000, "vanity_url_code": null, "description": null,
        "banner": null, "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": "en-US",
        "public_updates_channel_id": null, "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50, "nsfw_level": 0, "nsfw": false, "stickers": [],
        "premium_progress_bar_enabled": false, "safety_alerts_channel_id": null, "incidents_data": null,
    })
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
