//! Searches a channel's history for a post whose request got no answer. The author and the key in a `custom_id` identify the post.
//!
//! [`Found::Absent`] allows a second post, so the search returns it only after it read all messages since the first attempt. A bot
//! without the permission to read older messages gets an empty list from Discord (Discord's docs, "Get Channel Messages").

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::Value;
use serenity::http::Route;

use super::requests::Requests;
use crate::delivery::reason::SearchFailure;
use crate::delivery::record::{AttemptTime, PostKey};
use crate::delivery::send::{Found, Outcome, Search};
use crate::discord::channel_permissions::{READ_MESSAGE_HISTORY, VIEW_CHANNEL, fetch_channel, missing};
use crate::discord::commands::article::open::post_key;
use crate::ids::{ChannelId, MessageId, UserId};

/// Discord's dates are whole seconds, and its machines' clocks differ a little.
const DATES_DIFFER_MAX: SignedDuration = SignedDuration::from_secs(60);
/// How far back a search goes where Discord's clock was not known at the first attempt.
const UNKNOWN_CLOCK_MARGIN: SignedDuration = SignedDuration::from_hours(24);
/// The most messages or threads in one response (Discord's docs).
const PAGE: usize = 100;
/// The most pages of a search. With more messages, the history counts as unreadable.
const PAGES_MAX: usize = 20;
/// The most forum posts that a search reads.
const THREADS_MAX: usize = 200;

/// Searches the history of a channel. The error is the outcome of a failed request.
pub(super) async fn find(
    requests: &Requests,
    search: &Search,
    bot: UserId,
    now: Timestamp,
) -> Result<Found, Outcome> {
    if let Some(failure) = hidden(requests, search, now).await? {
        return Ok(Found::Unreadable(failure));
    }
    let found = if search.is_forum {
        in_forum(requests, search, bot).await?
    } else {
        in_channel(requests, search, bot).await?
    };
    // If the bot lost the permission during the search, it got an empty list.
    if found == Found::Absent
        && let Some(failure) = hidden(requests, search, now).await?
    {
        return Ok(Found::Unreadable(failure));
    }
    Ok(found)
}

async fn hidden(
    requests: &Requests,
    search: &Search,
    now: Timestamp,
) -> Result<Option<SearchFailure>, Outcome> {
    let channel = fetch_channel(requests, search.guild, search.channel, now).await?;
    let lacking = missing(channel.permissions, VIEW_CHANNEL | READ_MESSAGE_HISTORY);
    Ok((lacking != 0).then_some(SearchFailure::HistoryHidden(lacking)))
}

async fn in_channel(requests: &Requests, search: &Search, bot: UserId) -> Result<Found, Outcome> {
    let route = Route::ChannelMessages { channel_id: search.channel.into() };
    let mut after = MessageId::last_before(since(requests, search));
    for _ in 0..PAGES_MAX {
        let parameters = vec![("after", after.to_string()), ("limit", PAGE.to_string())];
        let page: Vec<RawMessage> = requests.get_with(route, parameters).await?;
        if let Some(message) = page.iter().find(|message| message.is_ours(bot, search.key)) {
            return Ok(Found::There { message: message.id(), thread: None });
        }
        // Discord may return a page that is not full, so only an empty page is the end.
        match page.iter().map(RawMessage::id).max().filter(|newest| *newest > after) {
            Some(newest) => after = newest,
            None => return Ok(Found::Absent),
        }
    }
    Ok(too_much())
}

/// A forum post is a thread, open or archived. Its first message has the same id.
async fn in_forum(requests: &Requests, search: &Search, bot: UserId) -> Result<Found, Outcome> {
    let since = MessageId::last_before(since(requests, search));
    let is_candidate = |thread: &RawThread| {
        let is_candidate = thread.parent_id.0 == Some(search.channel.0)
            && thread.owner_id.0 == Some(bot.0)
            && thread.id().0 > since.0;
        is_candidate && !search.known_threads.contains(&thread.id())
    };
    let route = Route::GuildThreadsActive { guild_id: search.guild.into() };
    let mut threads = requests.get::<RawThreads>(route).await?.threads;
    threads.retain(is_candidate);
    let Some(archived) = archived_since(requests, search).await? else { return Ok(too_much()) };
    threads.extend(archived.into_iter().filter(is_candidate));
    if threads.len() > THREADS_MAX {
        return Ok(too_much());
    }
    for thread in &threads {
        let message_id = MessageId(thread.id().0).into();
        let route = Route::ChannelMessage { channel_id: thread.id().into(), message_id };
        match requests.get::<RawMessage>(route).await {
            Ok(message) if message.is_ours(bot, search.key) => {
                return Ok(Found::There { message: message.id(), thread: Some(thread.id()) });
            }
            Ok(_) => {}
            // Somebody deleted the first message of this forum post. It may have been the message of this search.
            Err(Outcome::Refused(refusal)) if refusal.code == 10_008 => {
                return Ok(Found::Unreadable(SearchFailure::ForumPostDeleted));
            }
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(Found::Absent)
}

/// The threads of a forum that were archived since the first attempt. `None` if there are too many.
async fn archived_since(requests: &Requests, search: &Search) -> Result<Option<Vec<RawThread>>, Outcome> {
    let route = Route::ChannelArchivedPublicThreads { channel_id: search.channel.into() };
    let oldest = since(requests, search);
    let mut before: Option<Timestamp> = None;
    let mut found = Vec::new();
    for _ in 0..PAGES_MAX {
        let mut parameters = vec![("limit", PAGE.to_string())];
        parameters.extend(before.map(|before| ("before", before.to_string())));
        let page: RawThreads = requests.get_with(route, parameters).await?;
        // Newest first (Discord's docs, "List Public Archived Threads").
        let last = page.threads.last().and_then(RawThread::archived_at);
        found.extend(page.threads);
        match last {
            Some(last) if page.has_more && last >= oldest && before.is_none_or(|before| last < before) => {
                before = Some(last);
            }
            Some(last) if page.has_more && last >= oldest => return Ok(None),
            _ => return Ok(Some(found)),
        }
    }
    Ok(None)
}

fn too_much() -> Found {
    Found::Unreadable(SearchFailure::TooManyMessages)
}

/// A time before the first attempt, by Discord's clock. Where that clock was not known then, the clock of this machine may have
/// been wrong in either direction, so the search goes back a day from the attempt and from now.
fn since(requests: &Requests, search: &Search) -> Timestamp {
    let (time, margin) = match search.since {
        AttemptTime { discord: Some(discord), .. } => (discord, DATES_DIFFER_MAX),
        AttemptTime { host, discord: None } => {
            (requests.discord_now().map_or(host, |now| now.min(host)), UNKNOWN_CLOCK_MARGIN)
        }
    };
    time.saturating_sub(margin).unwrap_or(Timestamp::MIN)
}

/// An id as text. `None` for any other value.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(from = "Value")]
struct Id(Option<u64>);

impl From<Value> for Id {
    fn from(value: Value) -> Self {
        Self(value.as_str().and_then(|id| id.parse().ok()))
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawMessage {
    id: Id,
    author: RawAuthor,
    components: Value,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawAuthor {
    id: Id,
}

impl RawMessage {
    fn id(&self) -> MessageId {
        MessageId(self.id.0.unwrap_or(0))
    }

    fn is_ours(&self, bot: UserId, key: PostKey) -> bool {
        self.author.id.0 == Some(bot.0) && has_key(&self.components, key)
    }
}

/// Whether one of the components, at any depth, has the key in its `custom_id`.
fn has_key(components: &Value, key: PostKey) -> bool {
    match components {
        Value::Array(items) => items.iter().any(|item| has_key(item, key)),
        Value::Object(object) => {
            object.get("custom_id").and_then(Value::as_str).and_then(post_key) == Some(key)
                || object.values().any(|below| !below.is_string() && has_key(below, key))
        }
        _ => false,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawThreads {
    threads: Vec<RawThread>,
    has_more: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawThread {
    id: Id,
    parent_id: Id,
    owner_id: Id,
    thread_metadata: RawThreadMetadata,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawThreadMetadata {
    archive_timestamp: String,
}

impl RawThread {
    fn id(&self) -> ChannelId {
        ChannelId(self.id.0.unwrap_or(0))
    }

    fn archived_at(&self) -> Option<Timestamp> {
        self.thread_metadata.archive_timestamp.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use crate::article_key::ArticleKey;
    use serde_json::json;

    use super::*;
    use crate::discord::commands::article::open::{FeedCardButton, FeedDigestMenu};
    use crate::discord::component::Kind;

    #[test]
    fn a_key_is_found_in_components_of_any_kind() {
        let id = FeedCardButton { key: PostKey(5), article: ArticleKey(6) }.id().to_string();
        let nested =
            json!([{"type": 17, "components": [{"type": 9, "accessory": {"type": 2, "custom_id": id}}]}]);
        assert!(has_key(&nested, PostKey(5)));
        assert!(!has_key(&nested, PostKey(6)));
        let digest =
            json!([{"components": [{"custom_id": FeedDigestMenu { key: PostKey(5) }.id().to_string()}]}]);
        assert!(has_key(&digest, PostKey(5)));
        let odd = [json!(null), json!({"custom_id": 5}), json!([{"custom_id": "feed"}])];
        assert!(odd.iter().all(|components| !has_key(components, PostKey(5))));
        let message: RawMessage = serde_json::from_value(json!({"id": 5, "author": {"id": "x"}})).unwrap();
        assert!(!message.is_ours(UserId(0), PostKey(5)));
    }
}
