//! Requests of moderators, and Discord's events about guilds, channels and roles.

use std::collections::HashMap;

use jiff::Timestamp;

use super::Worker;
use super::written::Write;
use crate::delivery::desk::{Answer, DeskError, Request};
use crate::delivery::ledger::LedgerError;
use crate::delivery::plan::{has_begun, left_behind, newly_let_in};
use crate::delivery::record::DeliveryState;
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
            Request::Feeds(guild, answer) => give(answer, Ok(self.reports(guild))),
            Request::Add(feed, answer) => give(answer, self.add(&feed).await),
            Request::AddFirst(feed, answer) => give(answer, self.add_first(&feed).await),
            Request::Edit(guild, feed, settings, backfill, answer) => {
                give(answer, self.edit(guild, feed, *settings, backfill).await);
            }
            Request::Pause(guild, feed, answer) => {
                let pause = |feed: &mut Feed| feed.status = feed.status.clone().paused_by_moderator();
                give(answer, self.change(guild, feed, pause).await);
            }
            Request::Resume(guild, feed, answer) => {
                let resumed = self.change(guild, feed, |feed| feed.status = FeedStatus::Active).await;
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
            Request::ChannelGone(guild, channel) => {
                self.pause_all(
                    |feed| feed.guild == guild && feed.channel == channel,
                    &PauseReason::ChannelDeleted,
                );
            }
            Request::ThreadGone(guild, thread) => self.thread_is_gone(guild, thread),
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
            Request::PermissionsChanged(guild) => self.try_paused_feeds(guild),
            Request::GuildJoined(guild) => self.rejoin(guild),
            Request::GuildLeft(guild) => self.leave(|of| of == guild),
            Request::GuildsAre(guilds) => {
                self.leave(|guild| !guilds.contains(&guild));
                guilds.iter().for_each(|guild| self.rejoin(*guild));
            }
        }
    }

    pub(super) fn of_guild(&self, guild: GuildId) -> impl Iterator<Item = &Feed> {
        self.feeds.values().filter(move |feed| feed.guild == guild)
    }

    pub(super) fn feed_of(&self, guild: GuildId, feed: FeedId) -> Result<&Feed, DeskError> {
        self.feeds.get(&feed).filter(|feed| feed.guild == guild).ok_or(DeskError::NoSuchFeed)
    }

    /// A feed that may change. A feed in another guild's channel can only be removed.
    pub(super) fn own_feed_of(&self, guild: GuildId, feed: FeedId) -> Result<&Feed, DeskError> {
        let feed = self.feed_of(guild, feed)?;
        if feed.status.is_foreign() { Err(DeskError::ForeignChannel) } else { Ok(feed) }
    }

    pub(super) fn trouble(&mut self, error: &LedgerError) -> DeskError {
        self.note_database_trouble(error);
        DeskError::Database
    }

    async fn add(&mut self, new: &NewFeed) -> Result<Feed, DeskError> {
        self.require_room(new.guild)?;
        let added = self.dependencies.ledger.add_feed(new, self.now()).await;
        let feed = added.map_err(|error| self.trouble(&error))?;
        self.begin(feed.clone()).await;
        Ok(self.feeds.get(&feed.id).cloned().unwrap_or(feed))
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
        self.feeds.insert(feed.id, feed);
        self.plan_channel(channel).await;
    }

    pub(super) async fn plan_channel(&mut self, channel: ChannelId) {
        let state = self.channels.entry(channel).or_default();
        state.is_to_be_planned = true;
        if state.running.is_none()
            && self.database.is_none()
            && let Err(error) = self.work_on(vec![channel]).await
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
        let feed = self.own_feed_of(guild, id)?.clone();
        let channel = feed.channel;
        let new = {
            let feeds = self.feeds_of(channel);
            let empty = super::Channel::default();
            let state = self.channels.get(&channel).unwrap_or(&empty);
            let input = self.input(state, &feeds, self.now());
            // A feed that has not begun makes its baseline when it begins.
            if has_begun(&input, &feed) { newly_let_in(&input, &feed, &settings) } else { Vec::new() }
        };
        let is_retimed = settings.pacing.digest != feed.settings.pacing.digest
            || settings.pacing.zone != feed.settings.pacing.zone;
        // A feed that has not begun still has to post its backfill.
        let pending_backfill = feed.pending_backfill.map(|pending| pending.max(backfill));
        let mut changed = Feed { settings, pending_backfill, ..feed };
        if is_retimed {
            // The first digest comes at the new time, without the digests that the new time would have had
            // before.
            changed.digested_at = self.now();
        }
        let known = new.get(usize::from(backfill)..).unwrap_or(&[]);
        changed.checked_at = self.now();
        let recorded = self.record(channel, DeliveryState::Baseline, known, Some(changed.clone())).await;
        recorded.map_err(|error| self.trouble(&error))?;
        self.take_over();
        self.plan_channel(channel).await;
        Ok(changed)
    }

    async fn change(
        &mut self,
        guild: GuildId,
        id: FeedId,
        change: impl FnOnce(&mut Feed),
    ) -> Result<Feed, DeskError> {
        let mut feed = self.own_feed_of(guild, id)?.clone();
        change(&mut feed);
        self.write_feed(feed.clone()).await.map_err(|error| self.trouble(&error))?;
        self.take_over();
        // A moderator who resumes a feed wants an attempt now, not after the wait.
        if let Some(state) = self.channels.get_mut(&feed.channel)
            && feed.status == FeedStatus::Active
        {
            state.failures.clear();
        }
        self.plan_channel(feed.channel).await;
        Ok(feed)
    }

    async fn remove(&mut self, guild: GuildId, id: FeedId) -> Result<Feed, DeskError> {
        let feed = self.feed_of(guild, id)?.clone();
        let channel = feed.channel;
        // What happened before is written down first: the feed is gone afterwards.
        self.write_down().await.map_err(|error| self.trouble(&error))?;
        let known = if feed.status.is_foreign() {
            Vec::new()
        } else {
            let (feeds, empty) = (self.feeds_of(channel), super::Channel::default());
            let state = self.channels.get(&channel).unwrap_or(&empty);
            left_behind(&self.input(state, &feeds, self.now()), &feed)
        };
        self.dependencies.ledger.keep_together().await;
        let removed = match self.record(channel, DeliveryState::Baseline, &known, None).await {
            Ok(()) => self.dependencies.ledger.remove_feed(id).await,
            error => error,
        };
        let committed = self.commit().await;
        removed.and(committed).map_err(|error| self.trouble(&error))?;
        self.feeds.remove(&id);
        self.plan_channel(channel).await;
        Ok(feed)
    }

    fn pause_all(&mut self, is_meant: impl Fn(&Feed) -> bool, reason: &PauseReason) {
        self.change_all(|feed| {
            is_meant(feed).then(|| with_status(feed, feed.status.troubled(reason.clone())))
        });
    }

    /// Changes feeds. `changed` returns the new feed, or `None` for a feed that stays as it is.
    fn change_all(&mut self, changed: impl Fn(&Feed) -> Option<Feed>) {
        let mut all = Vec::new();
        // Memory changes at once, so that it does not depend on the disk.
        for feed in self.feeds.values_mut() {
            if let Some(new) = changed(feed).filter(|new| new != feed) {
                let is_foreign_now = new.status.is_foreign() && !feed.status.is_foreign();
                *feed = new;
                let foreign = is_foreign_now.then_some(Write::Foreign(feed.id));
                all.push((feed.channel, std::iter::once(Write::Feed(feed.id)).chain(foreign)));
            }
        }
        for (channel, writes) in all {
            self.happened(channel, writes);
        }
    }

    /// These channels belong to this guild. A feed of another guild must not post there.
    fn follow_kinds(&mut self, guild: GuildId, kinds: &HashMap<ChannelId, ChannelKind>) {
        self.change_all(|feed| {
            let kind = kinds.get(&feed.channel)?;
            Some(match feed.guild == guild {
                true => Feed { channel_kind: *kind, ..feed.clone() },
                false => with_status(feed, feed.status.foreign()),
            })
        });
    }

    /// Tries the feeds again that Discord refused, because the cause may be gone.
    fn try_paused_feeds(&mut self, guild: GuildId) {
        self.change_all(|feed| (feed.guild == guild).then(|| with_status(feed, tried_again(&feed.status))));
    }

    fn rejoin(&mut self, guild: GuildId) {
        self.change_all(|feed| match &feed.status {
            FeedStatus::Left { before, .. } if feed.guild == guild => {
                Some(with_status(feed, tried_again(before)))
            }
            _ => None,
        });
    }

    fn leave(&mut self, is_left: impl Fn(GuildId) -> bool) {
        let now: Timestamp = self.now();
        self.change_all(|feed| {
            let is_here = is_left(feed.guild) && !matches!(feed.status, FeedStatus::Left { .. });
            let left = || FeedStatus::Left { since: now, before: Box::new(feed.status.clone()) };
            is_here.then(|| with_status(feed, left()))
        });
    }
}

fn with_status(feed: &Feed, status: FeedStatus) -> Feed {
    Feed { status, ..feed.clone() }
}

/// The status after the cause of a pause may be gone.
fn tried_again(status: &FeedStatus) -> FeedStatus {
    if status.needs_moderator() { status.clone() } else { status.untroubled() }
}

/// The caller may be gone.
pub(super) fn give<T>(answer: Answer<T>, result: Result<T, DeskError>) {
    let _is_gone = answer.send(result);
}
