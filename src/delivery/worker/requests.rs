//! Requests of moderators, and Discord's events about guilds, channels and roles.

use std::collections::HashMap;

use jiff::Timestamp;

use super::Worker;
use crate::delivery::change::{Change, FeedChange};
use crate::delivery::desk::{Answer, DeskError, Request};
use crate::delivery::ledger::{LedgerError, LedgerErrorKind};
use crate::delivery::plan::{has_begun, left_behind, newly_let_in};
use crate::delivery::send::Sender;
use crate::feed::pause::PauseReason;
use crate::feed::{ChannelKind, FEEDS_PER_GUILD_MAX, Feed, FeedId, FeedSettings, FeedStatus, NewFeed};
use crate::ids::{ChannelId, GuildId, RoleId};

impl<S: Sender> Worker<S> {
    pub(super) async fn answer(&mut self, request: Request) {
        // Earlier outcomes are written before the request changes anything.
        if self.database.is_none()
            && let Err(error) = self.write_down().await
        {
            self.note_database_trouble(&error);
        }
        match request {
            Request::Feeds(guild, answer) => give(answer, self.reports(guild).await),
            Request::Add(feed, answer) => give(answer, self.add(&feed).await),
            Request::AddFirst(feed, answer) => give(answer, self.add_first(&feed).await),
            Request::Edit(guild, feed, settings, backfill, answer) => {
                give(answer, self.edit(guild, feed, *settings, backfill).await);
            }
            Request::Pause(guild, feed, answer) => {
                let paused = |status: &FeedStatus| status.clone().paused_by_moderator();
                give(answer, self.change_status(guild, feed, paused).await);
            }
            Request::Resume(guild, feed, answer) => {
                let resumed = self.change_status(guild, feed, |_| FeedStatus::Active).await;
                give(answer, resumed);
            }
            Request::Remove(guild, feed, answer) => give(answer, self.remove(guild, feed).await),
            Request::Test(guild, feed, answer) => self.test(guild, feed, answer),
            Request::Why(guild, article, answer) => give(answer, self.why(guild, article).await),
            Request::Open(guild, answer) => give(answer, self.open(guild).await),
            Request::Posts(guild, answer) => give(answer, Ok(self.posts(guild))),
            Request::Resend(guild, delivery, answer) => give(answer, self.resend(guild, delivery).await),
            Request::Dismiss(guild, delivery, answer) => give(answer, self.dismiss(guild, delivery).await),
            Request::DecideWithdrawals(guild, feed, withdraws, answer) => {
                give(answer, self.decide_withdrawals(guild, feed, withdraws).await);
            }
            Request::Summary(guild, answer) => give(answer, Ok(self.summary(guild))),
            Request::ChannelGone(guild, channel) => self.channel_is_gone(guild, channel),
            Request::ThreadGone(guild, thread) => {
                self.channel_is_gone(guild, thread);
                self.thread_is_gone(guild, thread).await;
            }
            Request::ThreadOpen(guild, thread) => {
                self.try_paused_feeds(|feed| feed.guild == guild && feed.channel == thread);
            }
            Request::RoleGone(guild, role) => {
                self.pause_all(
                    |feed| feed.guild == guild && feed.settings.mention == Some(role),
                    &PauseReason::RoleDeleted,
                );
            }
            Request::RolesAre(guild, roles) => {
                let is_gone = |role: &RoleId| !roles.contains(role);
                self.pause_all(
                    |feed| feed.guild == guild && feed.settings.mention.as_ref().is_some_and(is_gone),
                    &PauseReason::RoleDeleted,
                );
            }
            Request::ChannelsAre(guild, kinds) => self.follow_kinds(guild, &kinds.into_iter().collect()),
            Request::PermissionsChanged(guild) => self.try_paused_feeds(|feed| feed.guild == guild),
            Request::GuildJoined(guild) => self.rejoin(guild),
            Request::GuildLeft(guild) => self.leave(|of| of == guild),
            Request::GuildsAre(guilds) => {
                self.leave(|guild| !guilds.contains(&guild));
                guilds.iter().for_each(|guild| self.rejoin(*guild));
            }
        }
    }

    pub(super) fn of_guild(&self, guild: GuildId) -> impl Iterator<Item = &Feed> {
        self.feeds().filter(move |feed| feed.guild == guild)
    }

    pub(super) fn feed_of(&self, guild: GuildId, feed: FeedId) -> Result<&Feed, DeskError> {
        self.feed(feed).filter(|feed| feed.guild == guild).ok_or(DeskError::NoSuchFeed)
    }

    /// A feed that may change. A feed in another guild's channel can only be removed.
    pub(super) fn own_feed_of(&self, guild: GuildId, feed: FeedId) -> Result<&Feed, DeskError> {
        let feed = self.feed_of(guild, feed)?;
        if feed.status.is_foreign() { Err(DeskError::ForeignChannel) } else { Ok(feed) }
    }

    pub(super) fn trouble(&mut self, error: &LedgerError) -> DeskError {
        if error.kind() == LedgerErrorKind::Other {
            tracing::error!(cause = %error, "the database refused a moderator's change");
        } else {
            self.note_database_trouble(error);
        }
        DeskError::Database
    }

    async fn add(&mut self, new: &NewFeed) -> Result<Feed, DeskError> {
        self.require_room(new.guild)?;
        let added = self.dependencies.ledger.add_feed(new, self.now()).await;
        let feed = added.map_err(|error| self.trouble(&error))?;
        self.begin(feed.clone()).await;
        Ok(self.feed(feed.id).cloned().unwrap_or(feed))
    }

    fn require_room(&self, guild: GuildId) -> Result<(), DeskError> {
        let count = self.of_guild(guild).count();
        if count < FEEDS_PER_GUILD_MAX { Ok(()) } else { Err(DeskError::TooManyFeeds(count)) }
    }

    async fn add_first(&mut self, new: &NewFeed) -> Result<Option<Feed>, DeskError> {
        let name = format!("NEWS_CHANNEL_ID {}", new.channel);
        if self.dependencies.ledger.was_done_once(&name).await.map_err(|error| self.trouble(&error))? {
            return Ok(None);
        }
        self.require_room(new.guild)?;
        let added = self.dependencies.ledger.add_feed_once(&name, new, self.now()).await;
        let Some(feed) = added.map_err(|error| self.trouble(&error))? else { return Ok(None) };
        self.begin(feed.clone()).await;
        Ok(Some(feed))
    }

    /// Takes a new feed, and writes its baseline at once.
    async fn begin(&mut self, feed: Feed) {
        let channel = feed.channel;
        let known = self.channels.entry(channel).or_default();
        known.state.enter_feed(feed);
        known.is_stale = true;
        self.plan_channel(channel).await;
    }

    pub(super) async fn plan_channel(&mut self, channel: ChannelId) {
        let state = self.channels.entry(channel).or_default();
        state.is_to_be_planned = true;
        if state.running.is_none()
            && self.database.is_none()
            && let Err(error) = self.work_apart_from_faults(&[channel]).await
        {
            self.note_database_trouble(&error);
        }
    }

    async fn edit(
        &mut self,
        guild: GuildId,
        id: FeedId,
        settings: FeedSettings,
        backfill: u8,
    ) -> Result<Feed, DeskError> {
        let edited = Feed { settings: settings.clone(), ..self.own_feed_of(guild, id)?.clone() };
        self.examine_for(&edited).await.map_err(|error| self.trouble(&error))?;
        let feed = self.own_feed_of(guild, id)?;
        let (channel, now, mut changes) = (feed.channel, self.now(), Vec::new());
        if let Some(known) = self.channels.get(&channel) {
            let (feeds, candidates) = (known.state.own_feeds(), self.candidates_of(known));
            let input = self.input(known, &feeds, &candidates, now);
            // A feed that has not begun makes its baseline when it begins.
            if has_begun(&input, feed) {
                changes.extend(newly_let_in(&input, feed, &settings, backfill));
            }
        }
        if settings.pacing.digest != feed.settings.pacing.digest
            || settings.pacing.zone != feed.settings.pacing.zone
        {
            // The first digest comes at the new time, without the digests that the new time would have had
            // before.
            changes.push(FeedChange::Digested(now).of(id));
        }
        if let Some(pending) = feed.pending_backfill {
            // A feed that has not begun still has to post its backfill.
            changes.push(FeedChange::Backfill(pending.max(backfill)).of(id));
        }
        changes.push(FeedChange::Settings(Box::new(settings)).of(id));
        changes.push(FeedChange::Checked(now).of(id));
        self.act(channel, changes).await?;
        self.own_feed_of(guild, id).cloned()
    }

    async fn change_status(
        &mut self,
        guild: GuildId,
        id: FeedId,
        changed: impl FnOnce(&FeedStatus) -> FeedStatus,
    ) -> Result<Feed, DeskError> {
        let feed = self.own_feed_of(guild, id)?;
        let (channel, status) = (feed.channel, changed(&feed.status));
        // A moderator who resumes a feed wants an attempt now, not after the wait.
        let resumes = status == FeedStatus::Active;
        self.act(channel, vec![FeedChange::Status(status).of(id)]).await?;
        if let Some(channel) = self.channels.get_mut(&channel).filter(|_| resumes) {
            channel.failures.clear();
        }
        self.own_feed_of(guild, id).cloned()
    }

    async fn remove(&mut self, guild: GuildId, id: FeedId) -> Result<Feed, DeskError> {
        let feed = self.feed_of(guild, id)?.clone();
        let mut changes = Vec::new();
        if let Some(known) = self.channels.get(&feed.channel).filter(|_| !feed.status.is_foreign()) {
            let (feeds, candidates) = (known.state.own_feeds(), self.candidates_of(known));
            changes.extend(left_behind(&self.input(known, &feeds, &candidates, self.now()), &feed));
        }
        let is_gone = matches!(
            &feed.status,
            FeedStatus::Paused(PauseReason::ChannelDeleted)
                | FeedStatus::PausedByBoth(PauseReason::ChannelDeleted)
        );
        changes.extend(self.removal(feed.channel, id, is_gone));
        self.act(feed.channel, changes).await?;
        Ok(feed)
    }

    /// Writes what a moderator decided, and plans the channel.
    pub(super) async fn act(&mut self, channel: ChannelId, changes: Vec<Change>) -> Result<(), DeskError> {
        self.write(&mut [(channel, changes)]).await.map_err(|error| self.trouble(&error))?;
        self.plan_channel(channel).await;
        Ok(())
    }

    /// A channel was deleted, or a thread.
    fn channel_is_gone(&mut self, guild: GuildId, channel: ChannelId) {
        let is_there = |feed: &Feed| feed.guild == guild && feed.channel == channel;
        self.pause_all(is_there, &PauseReason::ChannelDeleted);
    }

    fn pause_all(&mut self, is_meant: impl Fn(&Feed) -> bool, reason: &PauseReason) {
        self.change_all(|feed| {
            let is_paused_so = is_meant(feed) && !feed.status.is_unreadable();
            is_paused_so.then(|| FeedChange::Status(feed.status.troubled(reason.clone())))
        });
    }

    /// Changes feeds. `changed` returns the change, or `None` for a feed that stays as it is. Memory changes at
    /// once, so that it does not depend on the disk.
    fn change_all(&mut self, changed: impl Fn(&Feed) -> Option<FeedChange>) {
        let is_new = |(feed, change): &(&Feed, FeedChange)| {
            let mut new = (*feed).clone();
            change.apply_to(&mut new);
            new != **feed
        };
        let changes = self.feeds().filter_map(|feed| Some((feed, changed(feed)?))).filter(is_new);
        let changes: Vec<(ChannelId, FeedId, bool, FeedChange)> =
            changes.map(|(feed, change)| (feed.channel, feed.id, feed.status.is_foreign(), change)).collect();
        for (channel, feed, was_foreign, change) in changes {
            self.happened(channel, vec![change.of(feed)]);
            if !was_foreign {
                self.separate(channel, feed);
            }
        }
    }

    /// These channels belong to this guild. A feed of another guild must not post there.
    fn follow_kinds(&mut self, guild: GuildId, kinds: &HashMap<ChannelId, ChannelKind>) {
        self.change_all(|feed| {
            let kind = kinds.get(&feed.channel)?;
            match feed.guild == guild {
                true => (!feed.status.is_unreadable()).then_some(FeedChange::Kind(*kind)),
                false => Some(FeedChange::Status(feed.status.foreign())),
            }
        });
    }

    /// Tries the feeds again that Discord refused, because the cause may be gone.
    fn try_paused_feeds(&mut self, is_meant: impl Fn(&Feed) -> bool) {
        self.change_all(|feed| is_meant(feed).then(|| FeedChange::Status(tried_again(&feed.status))));
    }

    fn rejoin(&mut self, guild: GuildId) {
        self.change_all(|feed| match &feed.status {
            FeedStatus::Left { before, .. } if feed.guild == guild => {
                Some(FeedChange::Status(tried_again(before)))
            }
            _ => None,
        });
    }

    fn leave(&mut self, is_left: impl Fn(GuildId) -> bool) {
        let now: Timestamp = self.now();
        self.change_all(|feed| {
            let is_here = is_left(feed.guild) && !matches!(feed.status, FeedStatus::Left { .. });
            let left = || FeedStatus::Left { since: now, before: Box::new(feed.status.clone()) };
            is_here.then(|| FeedChange::Status(left()))
        });
    }
}

/// The status after the cause of a pause may be gone.
fn tried_again(status: &FeedStatus) -> FeedStatus {
    if status.needs_moderator() { status.clone() } else { status.untroubled() }
}

/// The caller may be gone.
pub(super) fn give<T>(answer: Answer<T>, result: Result<T, DeskError>) {
    let _is_gone = answer.send(result);
}
