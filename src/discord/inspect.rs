//! Asks Discord what `heatwire doctor` reports. Nothing changes at Discord: no session begins, and no command is written.

use jiff::{SignedDuration, Timestamp};

use super::channel_permissions::{missing, needed_by_feed};
use super::connect::{self, Connection, Installs};
use super::permission_names::permission_names;
use super::sender::DiscordSender;
use super::{RunError, Settings, failure, register};
use crate::collection::incremental::Clock;
use crate::feed::Feed;
use crate::messages::Words;

/// The most requests a second. A bot that runs meanwhile needs the rest of Discord's 50.
const REQUESTS_PER_SECOND_MAX: usize = 5;

/// An accepted token.
pub(crate) struct Inspector {
    connection: Connection,
    sender: DiscordSender,
    settings: Settings,
}

/// What stands in the way of a feed.
#[derive(Debug)]
pub(crate) enum FeedFault {
    /// Permissions that the bot lacks, and the name of the channel.
    Lacks { permissions: String, channel: String },
    /// No feed can post in a channel of this kind.
    WrongKind { channel: String },
    /// Discord says nothing about the channel, and why.
    Unknown { cause: String },
}

impl Inspector {
    /// Asks Discord for the bot, its application and the gateway.
    ///
    /// # Errors
    /// As [`connect::prepare`].
    pub(crate) async fn new(settings: Settings, clock: Clock) -> Result<Self, RunError> {
        let connection = connect::prepare(&settings).await?;
        let sender = DiscordSender::new(&settings, clock)?.with_requests_per_second(REQUESTS_PER_SECOND_MAX);
        Ok(Self { connection, sender, settings })
    }

    /// The name of the bot, safe for a terminal.
    pub(crate) fn bot(&self) -> String {
        failure::loggable(&self.connection.bot)
    }

    pub(crate) fn application(&self) -> u64 {
        self.connection.application.get()
    }

    /// Where people can install the bot; `None` if Discord does not say.
    pub(crate) fn installs(&self) -> Option<Installs> {
        self.connection.installs
    }

    /// How many sessions the bot may begin today, and how many shards Discord recommends.
    pub(crate) fn sessions(&self) -> (u64, u32) {
        (self.connection.sessions_left, self.connection.shards.total)
    }

    /// Whether Discord has exactly the commands of this version.
    ///
    /// # Errors
    /// Discord does not say.
    pub(crate) async fn has_commands(&self) -> Result<bool, RunError> {
        let Connection { requests, application, .. } = &self.connection;
        register::are_registered(requests, *application, self.settings.guild_id).await
    }

    /// How far the clock of this machine is ahead of Discord's.
    pub(crate) fn clock_ahead(&self, now: Timestamp) -> Option<SignedDuration> {
        Some(now.duration_since(self.connection.requests.discord_now()?))
    }

    /// Whether the bot may post what a feed posts.
    pub(crate) async fn feed(&self, feed: &Feed) -> Result<(), FeedFault> {
        let facts = self.sender.channel(feed.channel).await;
        let facts = facts.map_err(|outcome| FeedFault::Unknown { cause: failure::in_words(&outcome) })?;
        let channel = failure::loggable(&facts.name);
        let Some(kind) = facts.feed_kind() else { return Err(FeedFault::WrongKind { channel }) };
        match missing(facts.permissions, needed_by_feed(kind, feed.settings.opens_thread)) {
            0 => Ok(()),
            lacks => {
                let permissions = permission_names(lacks, Words::english()).replace('*', "");
                Err(FeedFault::Lacks { permissions, channel })
            }
        }
    }
}
