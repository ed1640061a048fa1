//! Channels and threads of the guild. Discord's docs: "Channels Resource" and "Threads".

use jiff::Timestamp;
use serde_json::{Value, json};

use super::ids::APPLICATION_ID;
use super::permission::{Overwrite, VIEW_CHANNEL};
use super::timestamp::discord_time;

/// Flag of a forum whose posts need a tag.
const FLAG_REQUIRE_TAG: i64 = 1 << 4;
/// This flag marks a channel that the bot gets only in outline. Discord's docs: "Channel Obfuscation", in force since
/// 2026-10-12.
const FLAG_OBFUSCATED: i64 = 1 << 17;

/// The kind of a channel. The numbers are Discord's channel types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelKind {
    /// 0: a text channel.
    Text = 0,
    /// 5: an announcement channel, whose messages can be published to other servers.
    Announcement = 5,
    /// 10: a thread of an announcement channel.
    AnnouncementThread = 10,
    /// 11: a thread of a text channel, or a forum post.
    PublicThread = 11,
    /// 15: a forum, in which each post is a thread.
    Forum = 15,
}

impl ChannelKind {
    /// Whether messages can be posted there, and not only in threads.
    pub(crate) fn takes_messages(self) -> bool {
        self != Self::Forum
    }

    /// The name in the page's JSON.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Announcement => "announcement",
            Self::AnnouncementThread | Self::PublicThread => "thread",
            Self::Forum => "forum",
        }
    }
}

/// A tag for forum posts.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    pub(crate) id: u64,
    pub(crate) name: String,
    /// Only members with `MANAGE_THREADS` may set it.
    pub(crate) is_moderated: bool,
}

/// The data that only threads have.
#[derive(Debug, Clone)]
pub(crate) struct Thread {
    pub(crate) parent_id: u64,
    pub(crate) is_archived: bool,
    pub(crate) is_locked: bool,
    pub(crate) auto_archive_minutes: i64,
    pub(crate) applied_tags: Vec<u64>,
    pub(crate) created_at: Timestamp,
    /// The time of the last change of `is_archived`; at first the time of creation.
    pub(crate) archive_changed_at: Timestamp,
    pub(crate) message_count: u64,
}

/// A channel or thread.
#[derive(Debug, Clone)]
pub(crate) struct Channel {
    pub(crate) id: u64,
    pub(crate) guild_id: u64,
    pub(crate) name: String,
    pub(crate) kind: ChannelKind,
    pub(crate) position: usize,
    /// Empty for a thread, which has those of its parent.
    pub(crate) overwrites: Vec<Overwrite>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) is_tag_required: bool,
    pub(crate) slow_mode_s: i64,
    pub(crate) thread: Option<Thread>,
}

impl Channel {
    pub(crate) fn new(guild_id: u64, id: u64, name: &str, kind: ChannelKind, position: usize) -> Self {
        Self {
            id,
            guild_id,
            name: name.to_owned(),
            kind,
            position,
            overwrites: Vec::new(),
            tags: Vec::new(),
            is_tag_required: false,
            slow_mode_s: 0,
            thread: None,
        }
    }

    /// Discord's channel object.
    pub(crate) fn json(&self, last_message_id: Option<u64>) -> Value {
        let mut channel = json!({
            "id": self.id.to_string(), "type": self.kind as u8, "guild_id": self.guild_id.to_string(),
            "name": self.name, "flags": 0, "rate_limit_per_user": self.slow_mode_s,
            "last_message_id": last_message_id.map(|id| id.to_string()),
        });
        if let Some(thread) = &self.thread {
            self.add_thread(&mut channel, thread);
            return channel;
        }
        let overwrites: Vec<_> = self.overwrites.iter().map(overwrite_json).collect();
        channel["permission_overwrites"] = json!(overwrites);
        channel["position"] = json!(self.position);
        channel["topic"] = Value::Null;
        channel["parent_id"] = Value::Null;
        channel["nsfw"] = json!(false);
        channel["last_pin_timestamp"] = Value::Null;
        if self.kind == ChannelKind::Forum {
            let tag = |tag: &Tag| {
                json!({
                    "id": tag.id.to_string(), "name": tag.name, "moderated": tag.is_moderated,
                    "emoji_id": null, "emoji_name": null,
                })
            };
            channel["available_tags"] = self.tags.iter().map(tag).collect();
            channel["default_reaction_emoji"] = Value::Null;
            channel["default_sort_order"] = Value::Null;
            channel["default_forum_layout"] = json!(0);
            channel["default_thread_rate_limit_per_user"] = json!(0);
            channel["flags"] = json!(if self.is_tag_required { FLAG_REQUIRE_TAG } else { 0 });
        }
        channel
    }

    /// The outline of a channel that the bot cannot view. Only id, type and position are real.
    pub(crate) fn outline(&self) -> Value {
        let denied = Overwrite { id: self.guild_id, is_member: false, allow: 0, deny: VIEW_CHANNEL };
        json!({
            "id": self.id.to_string(), "type": self.kind as u8, "guild_id": self.guild_id.to_string(),
            "name": "___hidden___", "position": self.position, "parent_id": null, "flags": FLAG_OBFUSCATED,
            "permission_overwrites": [overwrite_json(&denied)], "last_message_id": null, "nsfw": false,
        })
    }

    fn add_thread(&self, channel: &mut Value, thread: &Thread) {
        let created = discord_time(thread.created_at);
        channel["parent_id"] = json!(thread.parent_id.to_string());
        channel["owner_id"] = json!(APPLICATION_ID.to_string());
        channel["message_count"] = json!(thread.message_count);
        channel["total_message_sent"] = json!(thread.message_count);
        channel["member_count"] = json!(1);
        channel["thread_metadata"] = json!({
            "archived": thread.is_archived, "locked": thread.is_locked,
            "archive_timestamp": discord_time(thread.archive_changed_at),
            "auto_archive_duration": thread.auto_archive_minutes, "create_timestamp": created,
        });
        channel["applied_tags"] = thread.applied_tags.iter().map(ToString::to_string).collect();
    }
}

fn overwrite_json(overwrite: &Overwrite) -> Value {
    json!({
        "id": overwrite.id.to_string(), "type": u8::from(overwrite.is_member),
        "allow": overwrite.allow.to_string(), "deny": overwrite.deny.to_string(),
    })
}
