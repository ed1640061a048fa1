//! The bot's permissions in a channel, computed from the roles of the guild and the overwrites of the channel. The field
//! `app_permissions` of an interaction is no help: it is about the channel where somebody typed the command. Discord's docs:
//! "Permissions", "Permission Overwrites", "Permission Hierarchy".

use jiff::Timestamp;
use serde::Deserialize;
use serenity::http::Route;

use super::sender::requests::Requests;
use crate::delivery::send::Outcome;
use crate::feed::ChannelKind;
use crate::ids::{ChannelId, GuildId, RoleId, UserId};

/// Includes every permission in every channel.
pub(crate) const ADMINISTRATOR: u64 = 1 << 3;
/// Without this permission, a member has no other permission in the channel.
pub(crate) const VIEW_CHANNEL: u64 = 1 << 10;
/// Send messages in a channel, and make posts in a forum. Has no effect in threads.
pub(crate) const SEND_MESSAGES: u64 = 1 << 11;
/// Without this permission, Discord drops the cards of a message and reports no error.
pub(crate) const EMBED_LINKS: u64 = 1 << 14;
/// Read older messages.
pub(crate) const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Mention everyone, and roles that are not mentionable.
pub(crate) const MENTION_EVERYONE: u64 = 1 << 17;
/// Set moderated tags, write in locked threads, delete threads.
pub(crate) const MANAGE_THREADS: u64 = 1 << 34;
/// Open a thread at a message. In a forum, [`SEND_MESSAGES`] is enough.
pub(crate) const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
/// Send messages in threads.
pub(crate) const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;

/// A forum whose posts need a tag (Discord's docs, "Channel Flags").
const REQUIRE_TAG: u64 = 1 << 4;
/// The permissions that a member keeps during a timeout (Discord's docs, "Permissions for Timed Out Members").
const TIMED_OUT: u64 = VIEW_CHANNEL | READ_MESSAGE_HISTORY;

/// The member whose permissions are computed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Holder {
    user: UserId,
    /// The member's roles, without `@everyone`.
    roles: Vec<RoleId>,
    is_owner: bool,
    is_timed_out: bool,
}

/// A role of the guild and its permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RolePermissions {
    /// The role. The role `@everyone` has the id of the guild.
    role: RoleId,
    /// The bits that the role grants in the whole guild.
    permissions: u64,
}

/// An entry of a channel that changes the permissions of a role or a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Overwrite {
    /// The id of the role or the member.
    id: u64,
    /// Whether the entry is for a member. Otherwise it is for a role.
    is_member: bool,
    /// Rights that are given.
    allow: u64,
    /// Rights that are taken.
    deny: u64,
}

/// A channel and the bot's permissions in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelFacts {
    /// The channel.
    pub id: ChannelId,
    /// The guild of the channel. `None` in direct messages.
    pub guild: Option<GuildId>,
    /// The number of the channel's type (Discord's docs, "Channel Types").
    pub kind: u8,
    /// The name, as somebody wrote it: not escaped.
    pub name: String,
    /// The bits of the bot's permissions: `permissions_in_channel`.
    pub permissions: u64,
    /// The channel of a thread, or the category of a channel.
    pub parent: Option<ChannelId>,
    /// Whether only members with `MANAGE_THREADS` may write in this thread.
    pub is_locked: bool,
    /// Whether this forum requires a tag on each post.
    pub requires_tag: bool,
    /// The tags of a forum.
    pub tags: Vec<Tag>,
}

/// A tag of a forum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The tag's id.
    pub id: u64,
    /// The tag's name, as somebody wrote it.
    pub name: String,
    /// Whether only members with `MANAGE_THREADS` may set the tag.
    pub is_moderated: bool,
}

impl ChannelFacts {
    /// The kind of channel for a feed. `None` if no feed can post in this channel.
    #[must_use]
    pub fn feed_kind(&self) -> Option<ChannelKind> {
        ChannelKind::of_discord(self.kind)
    }
}

/// The bits of a member's permissions in a channel. Discord starts with the roles of the member, and then applies the overwrites
/// for everyone, for the roles of the member together, and for the member. `roles` are all roles of the guild. `overwrites`
/// are those of the channel, or for a thread those of its parent.
fn permissions_in_channel(
    guild: GuildId,
    holder: &Holder,
    roles: &[RolePermissions],
    overwrites: &[Overwrite],
) -> u64 {
    let is_held = |role: RoleId| role.0 == guild.0 || holder.roles.contains(&role);
    let base = roles.iter().filter(|role| is_held(role.role)).fold(0, |held, role| held | role.permissions);
    if holder.is_owner || base & ADMINISTRATOR != 0 {
        return u64::MAX;
    }
    let changed = |held: u64, is_meant: &dyn Fn(&Overwrite) -> bool| {
        let meant = overwrites.iter().filter(|overwrite| is_meant(overwrite));
        let (allow, deny) = meant.fold((0, 0), |(allow, deny), one| (allow | one.allow, deny | one.deny));
        held & !deny | allow
    };
    let of_everyone = changed(base, &|one| !one.is_member && one.id == guild.0);
    let of_roles = changed(of_everyone, &|one| {
        !one.is_member && one.id != guild.0 && holder.roles.contains(&RoleId(one.id))
    });
    let held = changed(of_roles, &|one| one.is_member && one.id == holder.user.0);
    let held = if holder.is_timed_out { held & TIMED_OUT } else { held };
    if held & VIEW_CHANNEL == 0 { 0 } else { held }
}

/// The bits of the permissions that a feed needs in its channel.
#[must_use]
pub fn needed_by_feed(kind: ChannelKind, opens_thread: bool) -> u64 {
    let every = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | READ_MESSAGE_HISTORY;
    match kind {
        ChannelKind::Text | ChannelKind::Announcement if opens_thread => every | CREATE_PUBLIC_THREADS,
        ChannelKind::Text | ChannelKind::Announcement | ChannelKind::Forum => every,
        ChannelKind::Thread => every & !SEND_MESSAGES | SEND_MESSAGES_IN_THREADS,
    }
}

/// The `needed` bits that are missing. 0 if none is missing.
#[must_use]
pub fn missing(permissions: u64, needed: u64) -> u64 {
    if permissions & ADMINISTRATOR != 0 { 0 } else { needed & !permissions }
}

/// Fetches a channel of a guild and computes the bot's permissions in it. With `now`, the bot knows whether its timeout is over.
///
/// # Errors
/// The channel does not exist (404, 10003), the bot may not view it (403, 50001), or a request failed.
pub async fn fetch_channel(
    requests: &Requests,
    guild: GuildId,
    channel: ChannelId,
    now: Timestamp,
) -> Result<ChannelFacts, Outcome> {
    let (channel, bot_member) = tokio::try_join!(raw_channel(requests, channel), async {
        let user = own_id(requests).await?;
        fetch_bot_member(requests, guild, user, now).await
    })?;
    facts(requests, channel, &bot_member).await
}

/// Fetches the ids of a guild's roles.
pub(super) async fn roles(requests: &Requests, guild: GuildId) -> Result<Vec<RoleId>, Outcome> {
    let route = Route::GuildRoles { guild_id: guild.into() };
    Ok(requests.get::<Vec<RawRole>>(route).await?.iter().map(|role| RoleId(role.id.0)).collect())
}

/// Fetches the bot's user id.
pub(super) async fn own_id(requests: &Requests) -> Result<UserId, Outcome> {
    Ok(UserId(requests.get::<RawUser>(Route::UserMe).await?.id.0))
}

/// The bot as a member of a guild, with all roles of the guild.
#[derive(Debug)]
pub(super) struct BotMember {
    guild: GuildId,
    holder: Holder,
    roles: Vec<RolePermissions>,
}

/// Fetches the bot's membership in a guild. `user` is the bot's [`own_id`].
pub(super) async fn fetch_bot_member(
    requests: &Requests,
    guild: GuildId,
    user: UserId,
    now: Timestamp,
) -> Result<BotMember, Outcome> {
    let guild_id = serenity::all::GuildId::from(guild);
    let of_user = Route::GuildMember { guild_id, user_id: user.into() };
    let (raw_guild, member) = tokio::try_join!(
        requests.get::<RawGuild>(Route::Guild { guild_id }),
        requests.get::<RawMember>(of_user),
    )?;
    let holder = Holder {
        user,
        roles: member.roles.iter().map(|role| RoleId(role.0)).collect(),
        is_owner: raw_guild.owner_id.0 == user.0,
        is_timed_out: member.is_timed_out(now),
    };
    Ok(BotMember { guild, holder, roles: raw_guild.roles.iter().map(RawRole::permissions).collect() })
}

/// Fetches a channel without the bot's permissions.
pub(super) async fn raw_channel(requests: &Requests, channel: ChannelId) -> Result<RawChannel, Outcome> {
    requests.get(Route::Channel { channel_id: channel.into() }).await
}

/// Adds the bot's permissions to a channel. For a thread, fetches the parent.
pub(super) async fn facts(
    requests: &Requests,
    channel: RawChannel,
    bot_member: &BotMember,
) -> Result<ChannelFacts, Outcome> {
    let overwrites = match channel.parent_id.filter(|_| channel.is_thread()) {
        Some(parent) => raw_channel(requests, ChannelId(parent.0)).await?.overwrites(),
        None => channel.overwrites(),
    };
    let permissions =
        permissions_in_channel(bot_member.guild, &bot_member.holder, &bot_member.roles, &overwrites);
    Ok(channel.facts(permissions))
}

/// A 64-bit number, which Discord writes as text.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(try_from = "String")]
struct Number(u64);

impl TryFrom<String> for Number {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

#[derive(Debug, Deserialize)]
struct RawUser {
    id: Number,
}

#[derive(Debug, Deserialize)]
struct RawMember {
    roles: Vec<Number>,
    communication_disabled_until: Option<String>,
}

impl RawMember {
    fn is_timed_out(&self, now: Timestamp) -> bool {
        let until = self.communication_disabled_until.as_deref().and_then(|until| until.parse().ok());
        until.is_some_and(|until: Timestamp| until > now)
    }
}

#[derive(Debug, Deserialize)]
struct RawGuild {
    owner_id: Number,
    roles: Vec<RawRole>,
}

#[derive(Debug, Deserialize)]
struct RawRole {
    id: Number,
    permissions: Number,
}

impl RawRole {
    fn permissions(&self) -> RolePermissions {
        RolePermissions { role: RoleId(self.id.0), permissions: self.permissions.0 }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct RawChannel {
    id: Number,
    #[serde(rename = "type")]
    kind: u8,
    guild_id: Option<Number>,
    name: Option<String>,
    parent_id: Option<Number>,
    #[serde(default)]
    flags: u64,
    #[serde(default)]
    permission_overwrites: Vec<RawOverwrite>,
    #[serde(default)]
    available_tags: Vec<RawTag>,
    thread_metadata: Option<RawThreadMetadata>,
}

#[derive(Debug, Deserialize)]
struct RawThreadMetadata {
    #[serde(default)]
    locked: bool,
}

#[derive(Debug, Deserialize)]
struct RawOverwrite {
    id: Number,
    #[serde(rename = "type")]
    kind: u8,
    allow: Number,
    deny: Number,
}

#[derive(Debug, Deserialize)]
struct RawTag {
    id: Number,
    name: String,
    #[serde(default)]
    moderated: bool,
}

impl RawChannel {
    /// `None` in direct messages.
    pub(super) fn guild(&self) -> Option<GuildId> {
        self.guild_id.map(|guild| GuildId(guild.0))
    }

    fn is_thread(&self) -> bool {
        ChannelKind::of_discord(self.kind) == Some(ChannelKind::Thread)
    }

    fn overwrites(&self) -> Vec<Overwrite> {
        let overwrite = |raw: &RawOverwrite| Overwrite {
            id: raw.id.0,
            is_member: raw.kind == 1,
            allow: raw.allow.0,
            deny: raw.deny.0,
        };
        self.permission_overwrites.iter().map(overwrite).collect()
    }

    /// Adds the bits of the bot's permissions.
    pub(super) fn facts(self, permissions: u64) -> ChannelFacts {
        let tag = |raw: RawTag| Tag { id: raw.id.0, name: raw.name, is_moderated: raw.moderated };
        ChannelFacts {
            guild: self.guild(),
            id: ChannelId(self.id.0),
            kind: self.kind,
            name: self.name.unwrap_or_default(),
            permissions,
            parent: self.parent_id.map(|parent| ChannelId(parent.0)),
            is_locked: self.thread_metadata.is_some_and(|thread| thread.locked),
            requires_tag: self.flags & REQUIRE_TAG != 0,
            tags: self.available_tags.into_iter().map(tag).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUILD: GuildId = GuildId(1);
    const ROLE: RoleId = RoleId(2);
    const OTHER_ROLE: RoleId = RoleId(3);
    const NOT_HELD: RoleId = RoleId(4);
    const USER: UserId = UserId(5);

    fn holder() -> Holder {
        Holder { user: USER, roles: vec![ROLE, OTHER_ROLE], is_owner: false, is_timed_out: false }
    }

    fn roles() -> Vec<RolePermissions> {
        [(RoleId(GUILD.0), VIEW_CHANNEL), (ROLE, EMBED_LINKS), (OTHER_ROLE, 0), (NOT_HELD, MANAGE_THREADS)]
            .map(|(role, permissions)| RolePermissions { role, permissions })
            .to_vec()
    }

    fn over(id: u64, allow: u64, deny: u64) -> Overwrite {
        Overwrite { id, is_member: id == USER.0, allow, deny }
    }

    #[test]
    fn the_nearer_overwrite_wins_and_roles_count_together() {
        let (view, send, embed) = (VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS);
        let base = view | embed;
        for (overwrites, expected) in [
            (vec![], base),
            (vec![over(GUILD.0, send, embed)], view | send),
            (vec![over(GUILD.0, 0, view)], 0),
            (vec![over(GUILD.0, 0, view), over(ROLE.0, view, 0)], base),
            (vec![over(GUILD.0, send, 0), over(ROLE.0, 0, send)], base),
            (vec![over(ROLE.0, 0, send), over(OTHER_ROLE.0, send, 0)], base | send),
            (vec![over(OTHER_ROLE.0, send, 0), over(ROLE.0, 0, send)], base | send),
            (vec![over(ROLE.0, send, 0), over(USER.0, 0, send)], base),
            (vec![over(USER.0, send, 0), over(ROLE.0, 0, send), over(GUILD.0, 0, send)], base | send),
            (vec![over(NOT_HELD.0, send, view)], base),
            (vec![Overwrite { is_member: true, ..over(ROLE.0, send, 0) }], base),
            (vec![Overwrite { is_member: false, ..over(USER.0, send, 0) }], base),
        ] {
            let permissions = permissions_in_channel(GUILD, &holder(), &roles(), &overwrites);
            assert_eq!(permissions, expected, "{overwrites:?}");
        }
    }

    #[test]
    fn owners_and_administrators_may_do_everything_and_the_timed_out_only_read() {
        let denied = [over(USER.0, 0, VIEW_CHANNEL), over(GUILD.0, 0, u64::MAX)];
        let mut with_admin = roles();
        with_admin[1].permissions = ADMINISTRATOR;
        assert_eq!(permissions_in_channel(GUILD, &holder(), &with_admin, &denied), u64::MAX);
        let owner = Holder { is_owner: true, ..holder() };
        assert_eq!(permissions_in_channel(GUILD, &owner, &roles(), &denied), u64::MAX);
        let late = Holder { is_timed_out: true, ..holder() };
        let allowed = [over(GUILD.0, READ_MESSAGE_HISTORY | SEND_MESSAGES, 0)];
        assert_eq!(
            permissions_in_channel(GUILD, &late, &roles(), &allowed),
            VIEW_CHANNEL | READ_MESSAGE_HISTORY
        );
        assert_eq!(
            permissions_in_channel(GUILD, &Holder { is_timed_out: true, ..holder() }, &with_admin, &denied),
            u64::MAX
        );
    }

    #[test]
    fn needed_permissions_that_are_not_held_are_missing() {
        let needed = needed_by_feed(ChannelKind::Text, true);
        assert_eq!(
            missing(VIEW_CHANNEL | SEND_MESSAGES, needed),
            EMBED_LINKS | READ_MESSAGE_HISTORY | CREATE_PUBLIC_THREADS
        );
        assert_eq!(missing(ADMINISTRATOR, needed), 0);
        assert_eq!(
            needed_by_feed(ChannelKind::Thread, false),
            VIEW_CHANNEL | SEND_MESSAGES_IN_THREADS | EMBED_LINKS | READ_MESSAGE_HISTORY
        );
        assert_eq!(
            needed & needed_by_feed(ChannelKind::Forum, true),
            needed_by_feed(ChannelKind::Text, false)
        );
    }
}
