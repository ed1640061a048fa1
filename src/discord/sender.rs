//! Makes the poster's requests to Discord, so that status, headers and body of every answer reach the rules of
//! [`crate::delivery::retry`]: serenity's limiter would hide them. The bodies are serenity's.

use std::sync::Arc;
use std::time::Duration;

use serenity::all::LightMethod;
use serenity::http::Route;
use tokio::sync::OnceCell;

use self::known::Known;
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
mod known;
pub mod pacer;
pub mod requests;
mod response;
mod search;

/// How long the lookup of a post may take as a whole.
const FIND_MAX: Duration = Duration::from_secs(120);

/// A channel, as far as a feed needs it.
#[derive(serde::Deserialize)]
struct FeedPlace {
    #[serde(rename = "type")]
    kind: u8,
    guild_id: Option<String>,
}

/// Discord, as the poster sees it.
pub struct DiscordSender {
    requests: Requests,
    channels: Known<ChannelId, ChannelFacts>,
    /// The guild of each channel, `None` for a direct message. A channel never moves to another guild.
    guilds_of_channels: Known<ChannelId, Option<GuildId>>,
    bot_members: Known<GuildId, BotMember>,
    clock: Clock,
    bot: OnceCell<UserId>,
}

impl std::fmt::Debug for DiscordSender {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("DiscordSender").field("requests", &self.requests).finish_non_exhaustive()
    }
}

impl DiscordSender {
    /// A sender that has asked nothing yet. `clock` tells whether the bot is timed out.
    ///
    /// # Errors
    /// No HTTP client can be built.
    pub fn new(settings: &Settings, clock: Clock) -> Result<Self, RunError> {
        Ok(Self {
            requests: Requests::new(settings)?,
            channels: Known::default(),
            guilds_of_channels: Known::default(),
            bot_members: Known::default(),
            clock,
            bot: OnceCell::new(),
        })
    }

    /// The same with another bound than [`pacer::REQUESTS_PER_SECOND_MAX`]: Discord grants some bots more, and a bench measures
    /// what is left without one.
    #[must_use]
    pub fn with_requests_per_second(self, requests_max: usize) -> Self {
        Self { requests: self.requests.paced_by(Pacer::new(requests_max)), ..self }
    }

    /// The same, but a request that changes something begins only where `may_write` says so.
    #[must_use]
    pub fn writing_only_if(self, may_write: MayWrite) -> Self {
        Self { requests: self.requests.writing_only_if(may_write), ..self }
    }

    /// The guild of a channel and the kind of feed that it can have.
    ///
    /// # Errors
    /// Why it can have none, in words for the operator.
    pub async fn place_of_feed(&self, channel: ChannelId) -> Result<(GuildId, ChannelKind), String> {
        let route = Route::Channel { channel_id: channel.into() };
        let place = self.requests.get::<FeedPlace>(route).await.map_err(|outcome| match outcome {
            Outcome::Refused(refusal) => format!(
                "Discord refuses to show the channel ({refusal}); check its id, and that the bot may view it"
            ),
            outcome => failure::in_words(&outcome),
        })?;
        let guild = place.guild_id.and_then(|id| id.parse().ok()).map(GuildId);
        match (guild, ChannelKind::of_discord(place.kind)) {
            (Some(guild), Some(kind)) => Ok((guild, kind)),
            _ => Err("it is no text, announcement or forum channel of a server; choose another".to_owned()),
        }
    }

    /// The error is the outcome where the request itself was not made or not answered.
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
                let answer = self.in_open_thread(kind, *place, LightMethod::Patch, Some(body)).await?;
                self.note_embeds(place.channel, message, &answer);
                answer
            }
            Action::Delete { place } => self.in_open_thread(kind, *place, LightMethod::Delete, None).await?,
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
        Ok(self.judged(kind, channel_of(action), answer.outcome(kind)).await)
    }

    /// What is known of a feed's channel. A feed may not post in a channel of another guild, whoever made the feed; where
    /// nobody knows the channel's guild, nothing is posted yet. `None` where the guild alone is known.
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
            // Without the tags the post would be refused, or made without them.
            let forum = self.channel(channel).await.map_err(as_not_made)?;
            self.refuse_without_embed_links(&forum, message)?;
            let body = body::forum_post(message, name, topics, &forum);
            let answer = self.requests.write(LightMethod::Post, route, Some(body)).await?;
            self.note_embeds(channel, message, &answer);
            // A tag that we remember may be gone.
            if answer.is_success() || is_again || !answer.refusal().is_about_tags() {
                return Ok(answer);
            }
            self.forget(channel);
            is_again = true;
        }
    }

    /// A change of a message. In an archived thread Discord takes none (50083): the thread is opened, and archives itself
    /// again later. Where it may not be opened, the first refusal stands.
    async fn in_open_thread(
        &self,
        kind: ActionKind,
        place: Place,
        method: LightMethod,
        body: Option<Vec<u8>>,
    ) -> Result<HttpResponse, Outcome> {
        let (channel_id, message_id) = ids(place);
        let route = Route::ChannelMessage { channel_id, message_id };
        let answer = self.requests.write(method, route, body.clone()).await?;
        let is_in_thread = matches!(kind, ActionKind::EditForumPost | ActionKind::DeleteForumPost);
        if !is_in_thread || answer.is_success() || answer.refusal().code != 50_083 {
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

    /// Cards vanish without a word where the bot may not embed links (facts of Discord, 50013 comes only for messages of
    /// nothing else), so nothing is sent there. What is not known is tried.
    async fn require_embed_links(&self, channel: ChannelId, message: &FeedMessage) -> Result<(), Outcome> {
        match self.channel(channel).await {
            Ok(channel) => self.refuse_without_embed_links(&channel, message),
            Err(_) => Ok(()),
        }
    }

    fn refuse_without_embed_links(&self, facts: &ChannelFacts, message: &FeedMessage) -> Result<(), Outcome> {
        let others =
            VIEW_CHANNEL | if facts.parent.is_some() { SEND_MESSAGES_IN_THREADS } else { SEND_MESSAGES };
        let lacks = missing(facts.permissions, EMBED_LINKS);
        // Where more is missing Discord will say so.
        if message.cards.is_empty() || lacks == 0 || missing(facts.permissions, others) != 0 {
            return Ok(());
        }
        self.forget(facts.id);
        let origin = RefusalOrigin::OwnPermissionCheck;
        Err(Outcome::Refused(Refusal { status: 403, code: 50_013, lacks, origin, ..Refusal::default() }))
    }

    /// Cards that vanished all the same: what is known of the channel is not so any more.
    fn note_embeds(&self, channel: ChannelId, message: &FeedMessage, answer: &HttpResponse) {
        if answer.is_success() && !message.cards.is_empty() && answer.is_without_embeds() {
            tracing::warn!(%channel, "a card was dropped: the bot lost the permission Embed Links just now");
            self.forget(channel);
        }
    }

    async fn channel(&self, id: ChannelId) -> Result<Arc<ChannelFacts>, Outcome> {
        if let Some(known) = self.channels.get(id) {
            return Ok(known);
        }
        let raw = channel_permissions::raw_channel(&self.requests, id).await?;
        let guild = raw.guild();
        self.guilds_of_channels.keep(id, guild);
        let facts = match guild {
            Some(guild) => {
                let bot_member = self.bot_member(guild).await?;
                channel_permissions::facts(&self.requests, raw, &bot_member).await?
            }
            None => raw.facts(0),
        };
        Ok(self.channels.keep(id, facts))
    }

    async fn bot_member(&self, guild: GuildId) -> Result<Arc<BotMember>, Outcome> {
        if let Some(known) = self.bot_members.get(guild) {
            return Ok(known);
        }
        let bot = self.bot().await?;
        let bot_member = channel_permissions::bot_member(&self.requests, guild, bot, (self.clock)()).await?;
        Ok(self.bot_members.keep(guild, bot_member))
    }

    /// What was known of a channel and the roles of its guild.
    fn forget(&self, channel: ChannelId) {
        if let Some(guild) = self.channels.forget(channel).and_then(|known| known.guild) {
            self.bot_members.forget(guild);
        }
    }

    /// What is known of the channel may be wrong after a refusal. A missing permission is named.
    async fn judged(&self, kind: ActionKind, channel: ChannelId, outcome: Outcome) -> Outcome {
        let Outcome::Refused(mut refusal) = outcome else { return outcome };
        if !matches!(refusal.code, 10_003 | 50_001 | 50_013 | 40_066 | 40_067) {
            return Outcome::Refused(refusal);
        }
        self.forget(channel);
        let needed = match kind {
            ActionKind::Post => needed_by_feed(ChannelKind::Text, false),
            ActionKind::ForumPost => needed_by_feed(ChannelKind::Forum, false),
            ActionKind::OpenThread => needed_by_feed(ChannelKind::Text, true),
            // The channel is the post's thread.
            ActionKind::EditForumPost => VIEW_CHANNEL | SEND_MESSAGES_IN_THREADS | EMBED_LINKS,
            _ => 0,
        };
        if refusal.code == 50_013
            && needed != 0
            && let Ok(known) = self.channel(channel).await
        {
            refusal.lacks = missing(known.permissions, needed);
            self.forget(channel);
        }
        Outcome::Refused(refusal)
    }

    async fn bot(&self) -> Result<UserId, Outcome> {
        self.bot.get_or_try_init(|| channel_permissions::own_id(&self.requests)).await.copied()
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
                let cause = "the history was not read in time".to_owned();
                Found::Trouble(Outcome::Lost { may_have_arrived: false, cause })
            }
        }
    }
}

/// The post itself was not tried, whatever came of the question before it.
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
