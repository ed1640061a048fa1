//! The persons of the guilds and the bot, as users and members.

use serde_json::{Value, json};

use super::ids::{APPLICATION_ID, GROUP_ID, GUILD_ID};

pub(super) const JOINED_AT: &str = "2024-01-01T12:00:00.000000+00:00";

/// A person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) id: u64,
    pub(crate) login: &'static str,
    pub(crate) name: &'static str,
    pub(crate) is_moderator: bool,
    /// The direct messages between this person and the bot.
    pub(crate) dm_channel_id: u64,
}

/// From the id of one person of a crowd to the id of the next one.
const CROWD_STEP: u64 = 1 << 30;

/// The owner of both guilds.
pub(super) const OWNER: Member =
    Member { id: GUILD_ID + 203, login: "olga", name: "Olga", is_moderator: true, dm_channel_id: 0 };

/// The persons that tests and the page can act as. The owner is not among them: an owner has every permission, which
/// would hide a missing one.
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
    /// The person of that id, or the one of a crowd.
    pub(crate) fn of(id: u64) -> Option<Self> {
        let is_like = |member: &Self| id.checked_sub(member.id).is_some_and(|more| more % CROWD_STEP == 0);
        MEMBERS.into_iter().find(is_like).map(|member| Self { id, ..member })
    }

    /// One of a crowd of persons like this one.
    pub(crate) fn numbered(self, number: u32) -> Self {
        Self { id: self.id + u64::from(number) * CROWD_STEP, ..self }
    }

    /// Discord's user object.
    pub(crate) fn user(&self) -> Value {
        user(self.id, self.login, Some(self.name), false)
    }

    /// Discord's guild member object, without permissions, as in `GUILD_CREATE`.
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

/// The bot's own user object, in `GET /users/@me` and `READY`.
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

/// The channel object of a person's direct messages with the bot.
pub(crate) fn dm_channel(member: &Member) -> Value {
    json!({
        "id": member.dm_channel_id.to_string(), "type": 1, "last_message_id": null, "flags": 0,
        "recipients": [member.user()],
    })
}

/// The name of the direct messages of all persons.
pub(crate) const GROUP_NAME: &str = "Readers";

/// The channel object of the direct messages of all persons.
pub(crate) fn group_channel() -> Value {
    let recipients: Vec<Value> = MEMBERS.iter().map(Member::user).collect();
    json!({
        "id": GROUP_ID.to_string(), "type": 3, "name": GROUP_NAME, "icon": null, "last_message_id": null,
        "flags": 0, "owner_id": MEMBERS[0].id.to_string(), "recipients": recipients,
    })
}
