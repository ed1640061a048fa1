//! What moderators ask for, and what Discord tells of servers, channels and roles.

use std::collections::HashMap;

use jiff::Timestamp;

use super::Poster;
use super::written::Write;
use crate::delivery::desk::{Answer, DeskError, Request};
use crate::delivery::ledger::LedgerError;
use crate::delivery::plan::{has_begun, left_behind, newly_let_in};
use crate::delivery::record::DeliveryState;
use crate::delivery::send::Sender;
use crate::feed::pause::PauseReason;
use crate::feed::{ChannelKind, FEEDS_PER_SERVER_MAX, Feed, FeedId, FeedSettings, FeedStatus, NewFeed};
use crate::ids::{ChannelId, GuildId, RoleId};

impl<S: Sender> Poster<S> {
    pub(super) async fn answer(&mut self, request: Request) {
        // What is asked for now comes after what happened before, on the disk too.
        if self.database.is_none()
            && let Err(error) = self.write_down().await
        {
            self.note_database_trouble(&error);
        }
        match request {
            Request::Feeds(server, answer) => give(answer, Ok(self.reports(server))),
            Request::Add(feed, answer) => give(answer, self.add(&feed).await),
            Request::AddFirst(feed, answer) => give(answer, self.add_first(&feed).await),
            Request::Edit(server, feed, settings, backfill, answer) => {
                give(answer, self.edit(server, feed, *settings, backfill).await);
            }
            Request::Pause(server, feed, answer) => {
                let pause = |feed: &mut Feed| feed.status = feed.status.clone().paused_by_moderator();
                give(answer, self.change(server, feed, pause).await);
            }
            Request::Resume(server, feed, answer) => {
                let resumed = self.change(server, feed, |feed| feed.status = FeedStatus::Active).await;
                give(answer, resumed);
            }
            Request::Remove(server, feed, answer) => give(answer, self.remove(server, feed).await),
            Request::Test(server, feed, answer) => self.test(server, feed, answer),
            Request::Why(server, article, answer) => give(answer, self.why(server, article).await),
            Request::Open(server, answer) => give(answer, self.open(server).await),
            Request::Posts(server, answer) => give(answer, Ok(self.posts(server))),
            Request::Resend(server, delivery, answer) => give(answer, self.resend(server, delivery).await),
            Request::Dismiss(server, delivery, answer) => give(answer, self.dismiss(server, delivery).await),
            Request::DecideWithdrawals(server, feed, withdraws, answer) => {
                give(answer, self.decide_withdrawals(server, feed, withdraws).await);
            }
            Request::Summary(server, answer) => give(answer, Ok(self.summary(server))),
            Request::ChannelGone(server, channel) => {
                self.pause_all(
                    |feed| feed.server == server && feed.channel == channel,
                    &PauseReason::ChannelDeleted,
                );
            }
            Request::ThreadGone(server, thread) => self.thread_is_gone(server, thread),
            Request::RoleGone(server, role) => {
                self.pause_all(
                    |feed| feed.server == server && feed.settings.mention == Some(role),
                    &PauseReason::RoleDeleted,
                );
            }
            Request::RolesAre(server, roles) => {
                let is_gone = |role: &RoleId| !roles.contains(role);
                self.pause_all(
                    |feed| feed.server == server && feed.settings.mention.as_ref().is_some_and(is_gone),
                    &PauseReason::RoleDeleted,
                );
            }
            Request::ChannelsAre(server, kinds) => self.follow_kinds(server, &kinds.into_iter().collect()),
            Request::RightsChanged(server) => self.try_paused_feeds(server),
            Request::ServerJoined(server) => self.take_back(server),
            Request::ServerLeft(server) => self.leave(|of| of == server),
            Request::ServersAre(servers) => {
                self.leave(|server| !servers.contains(&server));
                servers.iter().for_each(|server| self.take_back(*server));
            }
        }
    }

    pub(super) fn of_server(&self, server: GuildId) -> impl Iterator<Item = &Feed> {
        self.feeds.values().filter(move |feed| feed.server == server)
    }

    pub(super) fn feed_of(&self, server: GuildId, feed: FeedId) -> Result<&Feed, DeskError> {
        self.feeds.get(&feed).filter(|feed| feed.server == server).ok_or(DeskError::NoSuchFeed)
    }

    /// A feed that may post in its channel: one of another server's channel can only be removed.
    pub(super) fn own_feed_of(&self, server: GuildId, feed: FeedId) -> Result<&Feed, DeskError> {
        let feed = self.feed_of(server, feed)?;
        if feed.status.is_foreign() { Err(DeskError::ForeignChannel) } else { Ok(feed) }
    }

    pub(super) fn trouble(&mut self, error: &LedgerError) -> DeskError {
        self.note_database_trouble(error);
        DeskError::Database
    }

    async fn add(&mut self, new: &NewFeed) -> Result<Feed, DeskError> {
        self.require_room(new.server)?;
        let added = self.tools.ledger.add_feed(new, self.now()).await;
        let feed = added.map_err(|error| self.trouble(&error))?;
        self.begin(feed.clone()).await;
        Ok(self.feeds.get(&feed.id).cloned().unwrap_or(feed))
    }

    fn require_room(&self, server: GuildId) -> Result<(), DeskError> {
        let count = self.of_server(server).count();
        if count < FEEDS_PER_SERVER_MAX { Ok(()) } else { Err(DeskError::TooManyFeeds(count)) }
    }

    async fn add_first(&mut self, new: &NewFeed) -> Result<Option<Feed>, DeskError> {
        let name = format!("NEWS_CHANNEL_ID {}", new.channel);
        if self.tools.ledger.was_done_once(&name).await.map_err(|error| self.trouble(&error))? {
            return Ok(None);
        }
        self.require_room(new.server)?;
        let added = self.tools.ledger.add_feed_once(&name, new, self.now()).await;
        let Some(feed) = added.map_err(|error| self.trouble(&error))? else { return Ok(None) };
        self.begin(feed.clone()).await;
        Ok(Some(feed))
    }

    /// A new feed knows at once what was there before it.
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
        server: GuildId,
        id: FeedId,
        settings: FeedSettings,
        backfill: u8,
    ) -> Result<Feed, DeskError> {
        let feed = self.own_feed_of(server, id)?.clone();
        let channel = feed.channel;
        let new = {
            let feeds = self.feeds_of(channel);
            let empty = super::Channel::default();
            let state = self.channels.get(&channel).unwrap_or(&empty);
            let input = self.input(state, &feeds, self.now());
            // A feed that has not begun takes what there is as known when it does.
            if has_begun(&input, &feed) { newly_let_in(&input, &feed, &settings) } else { Vec::new() }
        };
        let is_retimed = settings.pacing.digest != feed.settings.pacing.digest
            || settings.pacing.zone != feed.settings.pacing.zone;
        // One that has not begun has yet to leave out its backfill.
        let pending_backfill = feed.pending_backfill.map(|pending| pending.max(backfill));
        let mut changed = Feed { settings, pending_backfill, ..feed };
        if is_retimed {
            // The first digest comes at its time, not for those that there would have been.
            changed.digested_at = self.now();
        }
        let known = new.get(usize::from(backfill)..).unwrap_or(&[]);
        changed.looked_at = self.now();
        let recorded = self.record(channel, DeliveryState::Baseline, known, Some(changed.clone())).await;
        recorded.map_err(|error| self.trouble(&error))?;
        self.take_over();
        self.plan_channel(channel).await;
        Ok(changed)
    }

    async fn change(
        &mut self,
        server: GuildId,
        id: FeedId,
        change: impl FnOnce(&mut Feed),
    ) -> Result<Feed, DeskError> {
        let mut feed = self.own_feed_of(server, id)?.clone();
        change(&mut feed);
        self.write_feed(feed.clone()).await.map_err(|error| self.trouble(&error))?;
        self.take_over();
        // Whoever resumes a feed wants it to try now, not when a wait is over.
        if let Some(state) = self.channels.get_mut(&feed.channel)
            && feed.status == FeedStatus::Active
        {
            state.failures.clear();
        }
        self.plan_channel(feed.channel).await;
        Ok(feed)
    }

    async fn remove(&mut self, server: GuildId, id: FeedId) -> Result<Feed, DeskError> {
        let feed = self.feed_of(server, id)?.clone();
        let channel = feed.channel;
        // What happened before is written down first: the feed is gone afterwards.
        self.write_down().await.map_err(|error| self.trouble(&error))?;
        let known = {
            let (feeds, empty) = (self.feeds_of(channel), super::Channel::default());
            let state = self.channels.get(&channel).unwrap_or(&empty);
            left_behind(&self.input(state, &feeds, self.now()), &feed)
        };
        self.tools.ledger.keep_together().await;
        let removed = match self.record(channel, DeliveryState::Baseline, &known, None).await {
            Ok(()) => self.tools.ledger.remove_feed(id).await,
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

    /// Takes each feed as it is to be now; `None` for those that stay.
    fn change_all(&mut self, changed: impl Fn(&Feed) -> Option<Feed>) {
        let mut all = Vec::new();
        // In memory at once, so that what is known does not depend on the disk.
        for feed in self.feeds.values_mut() {
            if let Some(new) = changed(feed).filter(|new| new != feed) {
                *feed = new;
                all.push((feed.channel, feed.id));
            }
        }
        for (channel, feed) in all {
            self.happened(channel, [Write::Feed(feed)]);
        }
    }

    /// These channels are of this server: a feed of another server has no business there.
    fn follow_kinds(&mut self, server: GuildId, kinds: &HashMap<ChannelId, ChannelKind>) {
        self.change_all(|feed| {
            let kind = kinds.get(&feed.channel)?;
            Some(match feed.server == server {
                true => Feed { channel_kind: *kind, ..feed.clone() },
                false => with_status(feed, feed.status.foreign()),
            })
        });
    }

    /// Feeds that Discord refused are tried again: what they lacked may be there now.
    fn try_paused_feeds(&mut self, server: GuildId) {
        self.change_all(|feed| (feed.server == server).then(|| with_status(feed, tried_again(&feed.status))));
    }

    fn take_back(&mut self, server: GuildId) {
        self.change_all(|feed| match &feed.status {
            FeedStatus::Left { before, .. } if feed.server == server => {
                Some(with_status(feed, tried_again(before)))
            }
            _ => None,
        });
    }

    fn leave(&mut self, is_left: impl Fn(GuildId) -> bool) {
        let now: Timestamp = self.now();
        self.change_all(|feed| {
            let is_here = is_left(feed.server) && !matches!(feed.status, FeedStatus::Left { .. });
            let left = || FeedStatus::Left { since: now, before: Box::new(feed.status.clone()) };
            is_here.then(|| with_status(feed, left()))
        });
    }
}

fn with_status(feed: &Feed, status: FeedStatus) -> Feed {
    Feed { status, ..feed.clone() }
}

/// A status after what Discord refused may have come to be allowed.
fn tried_again(status: &FeedStatus) -> FeedStatus {
    if status.needs_moderator() { status.clone() } else { status.untroubled() }
}

/// Whoever asked may have gone.
pub(super) fn give<T>(answer: Answer<T>, result: Result<T, DeskError>) {
    let _is_gone = answer.send(result);
}
