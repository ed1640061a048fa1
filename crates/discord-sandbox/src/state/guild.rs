//! The guild "Everyday" and the second guild, "Elsewhere": their channels and permissions at the start, and the objects
//! of guild and application.

use serde_json::{Value, json};

use super::channel::ChannelKind;
use super::ids::{APPLICATION_ID, ELSEWHERE_ID, GUILD_ID};
use super::member::{OWNER, bot_user};
use super::permission::USE_EXTERNAL_APPS;

pub(crate) const GUILD_NAME: &str = "Everyday";
pub(crate) const ELSEWHERE_NAME: &str = "Elsewhere";

/// The distances from a guild's id to the ids of its roles.
pub(super) const MODERATOR_ROLE: u64 = 10;
pub(super) const BOT_ROLE: u64 = 20;

/// The channels of the guild at the start: id, name and kind.
pub(super) const FIRST_CHANNELS: [(u64, &str, ChannelKind); 4] = [
    (GUILD_ID + 100, "news", ChannelKind::Text),
    (GUILD_ID + 101, "general", ChannelKind::Text),
    (GUILD_ID + 102, "announcements", ChannelKind::Announcement),
    (GUILD_ID + 103, "discussions", ChannelKind::Forum),
];
/// The channels of the second guild at the start.
pub(super) const ELSEWHERE_CHANNELS: [(u64, &str, ChannelKind); 2] = [
    (ELSEWHERE_ID + 100, "elsewhere", ChannelKind::Text),
    (ELSEWHERE_ID + 103, "elsewhere-forum", ChannelKind::Forum),
];

const MANAGE_GUILD: u64 = 1 << 5;
/// The permissions of @everyone in a new guild: view, send, embed links, attach files, message history, reactions,
/// external emoji, application commands, public threads, messages in threads, external apps.
pub(super) const EVERYONE_PERMISSIONS: u64 = 1 << 6
    | 1 << 10
    | 1 << 11
    | 1 << 14
    | 1 << 15
    | 1 << 16
    | 1 << 18
    | 1 << 31
    | 1 << 35
    | 1 << 38
    | USE_EXTERNAL_APPS;
pub(super) const MODERATOR_PERMISSIONS: u64 = MANAGE_GUILD | 1 << 13;
/// The permissions in the invitation of a bot that posts embeds and starts threads.
pub(super) const BOT_PERMISSIONS: u64 = 309_237_730_304;

/// Discord's guild object, as `GET /guilds/{id}` answers.
pub(super) fn guild(id: u64, roles: Vec<Value>, locale: &str) -> Value {
    let name = if id == GUILD_ID { GUILD_NAME } else { ELSEWHERE_NAME };
    json!({
        "id": id.to_string(), "name": name, "icon": null, "icon_hash": null, "splash": null,
        "discovery_splash": null, "owner_id": OWNER.id.to_string(), "region": "deprecated",
        "afk_channel_id": null, "afk_timeout": 300, "widget_enabled": false, "widget_channel_id": null,
        "verification_level": 0, "default_message_notifications": 1, "explicit_content_filter": 0,
        "roles": roles, "emojis": [], "features": [], "mfa_level": 0, "application_id": null,
        "system_channel_id": null, "system_channel_flags": 0, "rules_channel_id": null,
        "max_presences": null, "max_members": 500_000, "vanity_url_code": null, "description": null,
        "banner": null, "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": locale,
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
        "integration_types_config": {"0": {}, "1": {}},
    })
}
