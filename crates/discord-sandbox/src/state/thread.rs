//! Threads and forum posts. Discord's docs: "Threads"; Channel, "Start Thread from Message" and
//! "Start Thread in Forum or Media Channel".

use std::sync::Arc;

use serde_json::{Value, json};

use super::channel::{Channel, ChannelKind, Thread};
use super::guilds::CHANNELS_MAX;
use super::permission::{MANAGE_THREADS, permits};
use super::world::{MessageChange, World};
use crate::api_error::ApiError;
use crate::gateway;
use crate::validate::FormErrors;

/// `HAS_THREAD`.
const FLAG_HAS_THREAD: i64 = 1 << 5;
const AUTO_ARCHIVE_MINUTES: i64 = 4320;

impl World {
    /// Starts the thread of a message. A message has at most one thread, with the same id.
    pub(crate) fn start_thread_from(
        &mut self,
        channel_id: u64,
        message_id: u64,
        body: &Value,
    ) -> Result<Value, ApiError> {
        let kind = match self.guilds.channel(channel_id).map(|channel| channel.kind) {
            Some(ChannelKind::Text) => ChannelKind::PublicThread,
            Some(ChannelKind::Announcement) => ChannelKind::AnnouncementThread,
            _ => return Err(ApiError::WRONG_CHANNEL_TYPE),
        };
        self.channel_message(channel_id, message_id)?;
        if self.guilds.channel(message_id).is_some() {
            return Err(ApiError::THREAD_EXISTS);
        }
        self.open_thread(message_id, channel_id, kind, body, Vec::new())?;
        self.rewrite_message(channel_id, message_id, |message| {
            message["flags"] = json!(message["flags"].as_i64().unwrap_or(0) | FLAG_HAS_THREAD);
        });
        Ok(self.channel_json(message_id))
    }

    /// Starts a thread without a message.
    pub(crate) fn start_thread(&mut self, channel_id: u64, body: &Value) -> Result<Value, ApiError> {
        let parent = self.guilds.channel(channel_id).map(|channel| channel.kind);
        let kind = match (parent, body["type"].as_i64()) {
            (Some(ChannelKind::Text), Some(11)) => ChannelKind::PublicThread,
            (Some(ChannelKind::Announcement), Some(10)) => ChannelKind::AnnouncementThread,
            _ => return Err(ApiError::WRONG_CHANNEL_TYPE),
        };
        let id = self.next_id();
        self.open_thread(id, channel_id, kind, body, Vec::new())?;
        Ok(self.channel_json(id))
    }

    /// Starts a forum post: a thread and its first message, with the same id.
    pub(crate) fn start_post(&mut self, forum_id: u64, body: &Value) -> Result<Value, ApiError> {
        let tags = self.tags_of(forum_id, body)?;
        let id = self.next_id();
        self.open_thread(id, forum_id, ChannelKind::PublicThread, body, tags)?;
        let message = self.post_first_message(id, &body["message"]);
        let mut post = self.channel_json(id);
        post["message"] = (*message).clone();
        Ok(post)
    }

    fn tags_of(&self, forum_id: u64, body: &Value) -> Result<Vec<u64>, ApiError> {
        let forum = self.guilds.channel(forum_id).ok_or(ApiError::UNKNOWN_CHANNEL)?;
        let wanted = body["applied_tags"].as_array().map_or(&[][..], Vec::as_slice);
        let may_moderate = permits(self.guilds.bot_permissions(forum_id), MANAGE_THREADS);
        let mut tags = Vec::new();
        for (index, wanted) in wanted.iter().enumerate() {
            let id = wanted.as_u64().or_else(|| wanted.as_str()?.parse().ok());
            let tag = forum.tags.iter().find(|tag| Some(tag.id) == id);
            let tag = tag.filter(|tag| may_moderate || !tag.is_moderated).ok_or_else(|| {
                let message = format!("{wanted} is no tag of this forum that the bot may set.");
                FormErrors::one(&["applied_tags", &index.to_string()], "SANDBOX_TAG_UNKNOWN", message)
            })?;
            tags.push(tag.id);
        }
        if forum.is_tag_required && tags.is_empty() {
            let is_settable = forum.tags.iter().any(|tag| may_moderate || !tag.is_moderated);
            return Err(if is_settable { ApiError::TAG_REQUIRED } else { ApiError::NO_SETTABLE_TAGS });
        }
        Ok(tags)
    }

    fn open_thread(
        &mut self,
        id: u64,
        parent_id: u64,
        kind: ChannelKind,
        body: &Value,
        applied_tags: Vec<u64>,
    ) -> Result<(), ApiError> {
        if self.guilds.channels.len() >= CHANNELS_MAX {
            return Err(ApiError::TOO_MANY_THREADS);
        }
        let name = body["name"].as_str().unwrap_or_default().trim();
        let thread = Thread {
            parent_id,
            is_archived: false,
            is_locked: false,
            auto_archive_minutes: body["auto_archive_duration"].as_i64().unwrap_or(AUTO_ARCHIVE_MINUTES),
            applied_tags,
            created_at: self.now(),
            archive_changed_at: self.now(),
            message_count: 0,
        };
        let slow_mode_s = body["rate_limit_per_user"].as_i64().unwrap_or(0);
        let channel = Channel::new(self.guilds.guild_of(parent_id), id, name, kind, 0);
        self.guilds.channels.push(Channel { thread: Some(thread), slow_mode_s, ..channel });
        self.histories.add(id);
        self.announce_thread(id, "THREAD_CREATE", true);
        Ok(())
    }

    /// Sends the event of a thread to the gateway and the page.
    pub(super) fn announce_thread(&mut self, id: u64, event: &'static str, is_new: bool) {
        if self.guilds.is_viewed_by_bot(id) {
            let mut thread = self.channel_json(id);
            if is_new {
                thread["newly_created"] = json!(true);
            }
            self.dispatch(event, gateway::INTENT_GUILDS, || thread);
        }
        self.publish_channels();
    }

    /// Refuses changes of messages in an archived thread.
    pub(crate) fn check_open(&self, id: u64) -> Result<(), ApiError> {
        let thread = self.guilds.channel(id).and_then(|channel| channel.thread.as_ref());
        if thread.is_some_and(|thread| thread.is_archived) { Err(ApiError::THREAD_ARCHIVED) } else { Ok(()) }
    }

    /// Prepares a thread for a new message. An archived thread becomes active again. A locked thread needs
    /// `MANAGE_THREADS`.
    pub(crate) fn wake_thread(&mut self, id: u64) -> Result<(), ApiError> {
        let now = self.now();
        let may_manage = permits(self.guilds.bot_permissions(id), MANAGE_THREADS);
        let thread = self.guilds.channel_mut(id).and_then(|channel| channel.thread.as_mut());
        let Some(thread) = thread else { return Ok(()) };
        if thread.is_locked && !may_manage {
            let is_archived = thread.is_archived;
            return Err(if is_archived { ApiError::THREAD_ARCHIVED } else { ApiError::THREAD_LOCKED });
        }
        thread.message_count += 1;
        if std::mem::take(&mut thread.is_archived) {
            thread.archive_changed_at = now;
            self.announce_thread(id, "THREAD_UPDATE", false);
        }
        Ok(())
    }

    /// Changes a thread. False for an unknown one.
    pub(crate) fn change_thread(
        &mut self,
        id: u64,
        is_archived: Option<bool>,
        is_locked: Option<bool>,
        name: Option<&str>,
    ) -> bool {
        let now = self.now();
        let Some(channel) = self.guilds.channel_mut(id).filter(|channel| channel.thread.is_some()) else {
            return false;
        };
        if let Some(name) = name {
            name.clone_into(&mut channel.name);
        }
        if let Some(thread) = &mut channel.thread {
            if is_archived.is_some_and(|is_archived| is_archived != thread.is_archived) {
                thread.is_archived = !thread.is_archived;
                thread.archive_changed_at = now;
            }
            thread.is_locked = is_locked.unwrap_or(thread.is_locked);
        }
        self.announce_thread(id, "THREAD_UPDATE", false);
        true
    }

    /// The channel object, with its last message.
    pub(crate) fn channel_json(&self, id: u64) -> Value {
        let last_message_id = self.histories.last_message_id(id);
        let mut json = self.guilds.channel(id).map_or(Value::Null, |channel| channel.json(last_message_id));
        if self.guilds.channel(id).is_some_and(|channel| channel.kind == ChannelKind::Forum) {
            json["last_message_id"] = self.guilds.threads_of(id).last().map(ToString::to_string).into();
        }
        json
    }

    /// Changes a stored message and sends the event.
    pub(super) fn rewrite_message(
        &mut self,
        channel_id: u64,
        message_id: u64,
        change: impl FnOnce(&mut Value),
    ) -> Option<Arc<Value>> {
        let stored = self.histories.find_mut(channel_id, message_id)?;
        let mut json = (*stored.json).clone();
        change(&mut json);
        stored.json = Arc::new(json);
        let (json, seen_by) = (Arc::clone(&stored.json), stored.seen_by);
        self.announce_message(MessageChange::Updated, &json, seen_by);
        Some(json)
    }
}
