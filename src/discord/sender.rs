//! Makes the worker's requests to Discord. The rules of [`crate::delivery::retry`] need status, headers and body of every
//! answer, and serenity's rate limiter would hide them. Only the bodies of the requests come from serenity.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serenity::all::LightMethod;
use serenity::builder::CreateMessage;
use serenity::http::Route;
use tokio::sync::OnceCell;

use self::lookup_cache::LookupCache;
use self::pacer::Pacer;
use self::requests::{MayWrite, Requests};
use self::response::HttpResponse;
use super::channel_permissions::{
    self, BotMember, ChannelFacts, EMBED_LINKS, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL,
    missing, needed_by_feed,
};
use super::{RunError, Settings, failure};
use crate::collection::incremental::Clock;
use crate::delivery::retry::ActionKind;
use crate::delivery::send::{
    Action, FeedMessage, Found, Outcome, Place, Refusal, RefusalOrigin, Search, Sender,
};
use crate::feed::ChannelKind;
use crate::ids::{ChannelId, GuildId, UserId};

mod body;
pub(crate) mod client;
mod discord_clock;
mod lookup_cache;
pub(crate) mod pacer;
pub mod requests;
mod response;
mod search;

/// How long the search for a post may take.
const FIND_MAX: Duration = Duration::from_secs(120);

/// The properties of a channel that decide whether it can have a feed.
#[derive(serde::Deserialize)]
struct FeedChannel {
    #[serde(rename = "type")]
    kind: u8,
    guild_id: Option<String>,
}

/// The worker's access to Discord.
pub struct DiscordSender {
    requests: Requests,
    channels: LookupCache<ChannelId, ChannelFacts>,
    /// The guild of each channel, `None` for a direct message. A channel never moves to another guild.
    guilds_of_channels: LookupCache<ChannelId, Option<GuildId>>,
    bot_members: LookupCache<GuildId, BotMember>,
    clock: Clock,
    bot: OnceCell<UserId>,
}

impl std::fmt::Debug for DiscordSender {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("DiscordSender").field("requests", &self.requests).finish_non_exhaustive()
    }
}

impl DiscordSender {
    /// A sender with empty caches. With `clock`, the bot knows whether its timeout is over.
    ///
    /// # Errors
    /// No HTTP client can be built.
    pub fn new(settings: &Settings, clock: Clock) -> Result<Self, RunError> {
        Ok(Self {
            requests: Requests::new(settings)?,
            channels: LookupCache::default(),
            guilds_of_channels: LookupCache::default(),
            bot_members: LookupCache::default(),
            clock,
            bot: OnceCell::new(),
        })
    }

    /// The same sender with another bound than `pacer::REQUESTS_PER_SECOND_MAX`. Discord grants a higher limit to some bots, and a
    /// bench measures the bot without this bound.
    #[must_use]
    pub fn with_requests_per_second(self, requests_max: usize) -> Self {
        Self { requests: self.requests.paced_by(Pacer::new(requests_max)), ..self }
    }

    /// The same, but a request that changes something begins only where `may_write` says so.
    #[must_use]
    pub fn writing_only_if(self, may_write: MayWrite) -> Self {
        Self { requests: self.requests.writing_only_if(may_write), ..self }
    }

    /// The guild of a channel, and the kind of channel for a feed.
    ///
    /// # Errors
    /// Why the channel can have no feed, for the log.
    pub async fn place_of_feed(&self, channel: ChannelId) -> Result<(GuildId, ChannelKind), String> {
        let route = Route::Channel { channel_id: channel.into() };
        let found = self.requests.get::<FeedChannel>(route).await.map_err(|outcome| match outcome {
            Outcome::Refused(refusal) => format!(
                "Discord refuses to show the channel ({refusal}); check its id, and that the bot may view it"
            ),
            outcome => failure::in_words(&outcome),
        })?;
        let guild = found.guild_id.and_then(|id| id.parse().ok()).map(GuildId);
        match (guild, ChannelKind::of_discord(found.kind)) {
            (Some(guild), Some(kind)) => Ok((guild, kind)),
            _ => Err("the channel is no text channel, announcement channel, forum or thread of a server; choose another channel".to_owned()),
        }
    }

    /// Makes the request of an action. The error is the outcome if the request was not sent or got no answer.
    async fn make(&self, action: &Action) -> Result<Outcome, Outcome> {
        let kind = ActionKind::from(action);
        let answer = match action {
            Action::Post { guild, channel, message, nonce } => {
                let known = self.own_channel(*guild, *channel).await?;
                self.post(*channel, known.as_deref(), message, nonce).await?
            }
            Action::ForumPost { guild, channel, name, topics, message } => {
                self.own_channel(*guild, *channel).await?;
                self.forum_post(*channel, name, topics, message).await?
            }
            Action::Edit { place, message } => {
                self.require_embed_links(place.channel, message).await?;
                let body = body::edit(message);
                let answer = self.in_open_thread(*place, LightMethod::Patch, Some(body)).await?;
                self.note_embeds(place.channel, message, &answer);
                answer
            }
            Action::Delete { place } => self.in_open_thread(*place, LightMethod::Delete, None).await?,
            Action::DeleteThread { thread } => {
                self.requests.write(LightMethod::Delete, channel_route(*thread), None).await?
            }
            Action::OpenThread { place, name } => {
                let (channel_id, message_id) = ids(*place);
                let route = Route::ChannelMessageThreads { channel_id, message_id };
                self.requests.write(LightMethod::Post, route, Some(body::thread(name))).await?
            }
            Action::Crosspost { place } => {
                let (channel_id, message_id) = ids(*place);
                let route = Route::ChannelMessageCrosspost { channel_id, message_id };
                self.requests.write(LightMethod::Post, route, None).await?
            }
        };
        Ok(self.explain_refusal(kind, channel_of(action), answer.outcome(kind)).await)
    }

    /// Sends a message that is no delivery in a channel of this guild, once.
    pub(super) async fn notify(
        &self,
        guild: GuildId,
        channel: ChannelId,
        message: &CreateMessage,
    ) -> Outcome {
        let outcome = match self.own_channel(guild, channel).await {
            Ok(_) => self.requests.post(channel, message).await,
            Err(outcome) => outcome,
        };
        self.explain_refusal(ActionKind::Post, channel, outcome).await
    }

    /// Whether [`DiscordSender::notify`] would have the permissions that it needs. `false` where that is not known.
    pub(super) async fn may_notify(&self, guild: GuildId, channel: ChannelId) -> bool {
        let known = self.own_channel(guild, channel).await.ok().flatten();
        known.is_some_and(|facts| missing(facts.permissions, VIEW_CHANNEL | SEND_MESSAGES) == 0)
    }

    /// The facts of a feed's channel. `None` if only the guild of the channel is known.
    ///
    /// # Errors
    /// The channel belongs to another guild, or its guild is not known yet. Then the bot may not post there.
    async fn own_channel(
        &self,
        guild: GuildId,
        channel: ChannelId,
    ) -> Result<Option<Arc<ChannelFacts>>, Outcome> {
        let known = self.channel(channel).await;
        let home = match (&known, self.guilds_of_channels.last(channel)) {
            (Ok(facts), _) => facts.guild,
            (Err(_), Some(home)) => *home,
            (Err(outcome), None) => return Err(as_not_made(outcome.clone())),
        };
        if home == Some(guild) { Ok(known.ok()) } else { Err(Outcome::ForeignChannel) }
    }

    async fn post(
        &self,
        channel: ChannelId,
        known: Option<&ChannelFacts>,
        message: &FeedMessage,
        nonce: &str,
    ) -> Result<HttpResponse, Outcome> {
        if let Some(facts) = known {
            self.refuse_without_embed_links(facts, message)?;
        }
        let route = Route::ChannelMessages { channel_id: channel.into() };
        let answer = self.requests.write(LightMethod::Post, route, Some(body::post(message, nonce))).await?;
        self.note_embeds(channel, message, &answer);
        Ok(answer)
    }

    async fn forum_post(
        &self,
        channel: ChannelId,
        name: &str,
        topics: &[String],
        message: &FeedMessage,
    ) -> Result<HttpResponse, Outcome> {
        let route = Route::ChannelForumPosts { channel_id: channel.into() };
        let mut is_again = false;
        loop {
            // Discord refuses a post without the required tags, and applies no tags that the request leaves out.
            let forum = self.channel(channel).await.map_err(as_not_made)?;
            self.refuse_without_embed_links(&forum, message)?;
            let body = body::forum_post(message, name, topics, &forum);
            let answer = self.requests.write(LightMethod::Post, route, Some(body)).await?;
            self.note_embeds(channel, message, &answer);
            // A tag in the cache may be deleted by now.
            if answer.is_success() || is_again || !answer.refusal().is_about_tags() {
                return Ok(answer);
            }
            self.forget(channel);
            is_again = true;
        }
    }

    /// Edits or deletes a message. Discord refuses this in an archived thread (50083). Then the bot opens the thread and tries
    /// again, and Discord archives the thread again later. If the bot may not open the thread, the first refusal counts.
    async fn in_open_thread(
        &self,
        place: Place,
        method: LightMethod,
        body: Option<Vec<u8>>,
    ) -> Result<HttpResponse, Outcome> {
        let (channel_id, message_id) = ids(place);
        let route = Route::ChannelMessage { channel_id, message_id };
        let answer = self.requests.write(method, route, body.clone()).await?;
        if answer.is_success() || answer.refusal().code != 50_083 {
            return Ok(answer);
        }
        let opened = self
            .requests
            .write(LightMethod::Patch, channel_route(place.channel), Some(body::opened()))
            .await?;
        match opened.status {
            200..300 => self.requests.write(method, route, body).await,
            429 | 500.. => Ok(opened),
            _ => Ok(answer),
        }
    }

    /// Refuses a message with cards if the bot lacks Embed Links: Discord would drop the cards and report no error. If the
    /// permissions are not known, the bot tries to send the message.
    async fn require_embed_links(&self, channel: ChannelId, message: &FeedMessage) -> Result<(), Outcome> {
        match self.channel(channel).await {
            Ok(channel) => self.refuse_without_embed_links(&channel, message),
            Err(_) => Ok(()),
        }
    }

    fn refuse_without_embed_links(&self, facts: &ChannelFacts, message: &FeedMessage) -> Result<(), Outcome> {
        let others = match facts.feed_kind() {
            Some(ChannelKind::Thread) => VIEW_CHANNEL | SEND_MESSAGES_IN_THREADS,
            _ => VIEW_CHANNEL | SEND_MESSAGES,
        };
        let lacks = missing(facts.permissions, EMBED_LINKS);
        // If the bot lacks more permissions, Discord refuses the message by itself.
        if message.cards.is_empty() || lacks == 0 || missing(facts.permissions, others) != 0 {
            return Ok(());
        }
        self.forget(facts.id);
        let origin = RefusalOrigin::OwnPermissionCheck;
        Err(Outcome::Refused(Refusal { status: 403, code: 50_013, lacks, origin, ..Refusal::default() }))
    }

    /// If Discord dropped the cards of a message, the cached permissions of the channel are wrong.
    fn note_embeds(&self, channel: ChannelId, message: &FeedMessage, answer: &HttpResponse) {
        if answer.is_success() && !message.cards.is_empty() && answer.is_without_embeds() {
            tracing::warn!(%channel, "Discord dropped a card, because the bot lost the permission Embed Links in this channel");
            self.forget(channel);
        }
    }

    /// A channel with the bot's permissions in it.
    pub(super) async fn channel(&self, id: ChannelId) -> Result<Arc<ChannelFacts>, Outcome> {
        if let Some(known) = self.channels.fresh(id) {
            return Ok(known);
        }
        let raw = channel_permissions::raw_channel(&self.requests, id).await?;
        let guild = raw.guild();
        self.guilds_of_channels.insert(id, guild);
        let facts = match guild {
            Some(guild) => {
                let bot_member = self.bot_member(guild).await?;
                channel_permissions::facts(&self.requests, raw, &bot_member).await?
            }
            None => raw.facts(0),
        };
        Ok(self.channels.insert(id, facts))
    }

    async fn bot_member(&self, guild: GuildId) -> Result<Arc<BotMember>, Outcome> {
        if let Some(known) = self.bot_members.fresh(guild) {
            return Ok(known);
        }
        let bot = self.bot().await?;
        let bot_member =
            channel_permissions::fetch_bot_member(&self.requests, guild, bot, (self.clock)()).await?;
        Ok(self.bot_members.insert(guild, bot_member))
    }

    /// Removes a channel and the roles of its guild from the caches.
    fn forget(&self, channel: ChannelId) {
        if let Some(guild) = self.channels.remove(channel).and_then(|known| known.guild) {
            self.bot_members.remove(guild);
        }
    }

    /// After a refusal, the cached facts of the channel may be wrong, so they go. For a 50013, adds the missing permissions to the
    /// refusal. [`crate::delivery::retry`] decides the consequence.
    async fn explain_refusal(&self, kind: ActionKind, channel: ChannelId, outcome: Outcome) -> Outcome {
        let Outcome::Refused(mut refusal) = outcome else { return outcome };
        if !matches!(refusal.code, 10_003 | 50_001 | 50_013 | 40_066 | 40_067) {
            return Outcome::Refused(refusal);
        }
        self.forget(channel);
        let needed = |known: &ChannelFacts| match kind {
            ActionKind::Post | ActionKind::ForumPost => {
                needed_by_feed(known.feed_kind().unwrap_or(ChannelKind::Text), false)
            }
            ActionKind::OpenThread => needed_by_feed(ChannelKind::Text, true),
            // The channel is the thread of the forum post.
            ActionKind::EditForumPost => VIEW_CHANNEL | SEND_MESSAGES_IN_THREADS | EMBED_LINKS,
            _ => 0,
        };
        let is_explained = !matches!(kind, ActionKind::Edit | ActionKind::Delete | ActionKind::Crosspost);
        if refusal.code == 50_013
            && is_explained
            && let Ok(known) = self.channel(channel).await
        {
            refusal.lacks = missing(known.permissions, needed(&known));
            self.forget(channel);
        }
        Outcome::Refused(refusal)
    }

    async fn bot(&self) -> Result<UserId, Outcome> {
        self.bot.get_or_try_init(|| channel_permissions::own_id(&self.requests)).await.copied()
    }
}

impl DiscordSender {
    /// Learns Discord's time from the answer to a small request, so that the first post of a process has it. Without an answer, the
    /// next request tells the time.
    pub async fn learn_time(&self) {
        let _time_comes_later = self.bot().await;
    }
}

impl Sender for DiscordSender {
    async fn send(&self, action: &Action) -> Outcome {
        self.make(action).await.unwrap_or_else(|outcome| outcome)
    }

    async fn find(&self, search: &Search) -> Found {
        let found = async {
            let bot = self.bot().await?;
            search::find(&self.requests, search, bot, (self.clock)()).await
        };
        match tokio::time::timeout(FIND_MAX, found).await {
            Ok(found) => found.unwrap_or_else(Found::Trouble),
            Err(_elapsed) => {
                let cause = "the search in the channel's history took too long".to_owned();
                Found::Trouble(Outcome::Lost { may_have_arrived: false, cause })
            }
        }
    }

    fn discord_now(&self) -> Option<Timestamp> {
        self.requests.discord_now()
    }
}

/// The outcome of a post that the bot did not send, because an earlier request failed.
fn as_not_made(outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Lost { cause, .. } => Outcome::Lost { may_have_arrived: false, cause },
        Outcome::Refused(refusal) if refusal.status >= 500 => {
            let cause = format!("the channel cannot be read: status {}", refusal.status);
            Outcome::Lost { may_have_arrived: false, cause }
        }
        other => other,
    }
}

fn channel_of(action: &Action) -> ChannelId {
    match action {
        Action::Post { channel, .. } | Action::ForumPost { channel, .. } => *channel,
        Action::Edit { place, .. }
        | Action::Delete { place }
        | Action::OpenThread { place, .. }
        | Action::Crosspost { place } => place.channel,
        Action::DeleteThread { thread } => *thread,
    }
}

fn channel_route(channel: ChannelId) -> Route<'static> {
    Route::Channel { channel_id: channel.into() }
}

fn ids(place: Place) -> (serenity::all::ChannelId, serenity::all::MessageId) {
    (place.channel.into(), place.message.into())
}
