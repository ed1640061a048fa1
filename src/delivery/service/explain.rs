//! Explains the state of feeds, and the past or future of an article.

use super::view::{View, ViewedChannel};
use super::{Service, trouble};
use crate::article_key::ArticleKey;
use crate::collection::Position;
use crate::delivery::channel_state::ChannelState;
use crate::delivery::desk::{DeskError, Explanation, FeedReport, Summary};
use crate::delivery::ledger::LedgerError;
use crate::delivery::plan::story_presence::{StoryPresence, story_presence};
use crate::delivery::plan::{Forecast, has_begun};
use crate::delivery::record::{Delivery, DeliveryDetails, DeliveryState, WithdrawalWord};
use crate::delivery::send::Sender;
use crate::delivery::wait::Wait;
use crate::feed::{Feed, FeedId, FeedStatus, Hold};
use crate::ids::{ChannelId, GuildId};

impl<S: Sender> Service<S> {
    pub(super) async fn reports(&self, guild: GuildId) -> Result<Vec<FeedReport>, DeskError> {
        let feeds: Vec<FeedId> = self.list(guild).await?.iter().map(|feed| feed.id).collect();
        // The counts come first: a story that is sent meanwhile is due no more, and does not count twice.
        let counts = self.ledger.counts(&feeds).await.map_err(|error| trouble(&error))?;
        let view = self.view(guild).await.map_err(|error| trouble(&error))?;
        let mut reports: Vec<FeedReport> = view.feeds().map(|feed| view.report(feed, &counts)).collect();
        reports.sort_by_key(|report| (report.feed.status == FeedStatus::Active, report.feed.id));
        Ok(reports)
    }

    pub(super) async fn summary(&self, guild: GuildId) -> Result<Summary, DeskError> {
        let view = self.view(guild).await.map_err(|error| trouble(&error))?;
        let mut summary = Summary::default();
        for report in view.feeds().map(|feed| view.report(feed, &[])) {
            summary.feeds += 1;
            summary.paused += usize::from(report.feed.status != FeedStatus::Active);
            summary.due += report.due;
            summary.failed += report.failed;
            summary.unknown += report.unknown;
        }
        Ok(summary)
    }

    pub(super) async fn why(
        &self,
        guild: GuildId,
        article: ArticleKey,
    ) -> Result<Vec<(Feed, Explanation)>, DeskError> {
        let view = self.view(guild).await.map_err(|error| trouble(&error))?;
        let mut feeds: Vec<&Feed> = view.feeds().collect();
        feeds.sort_by_key(|feed| feed.id);
        let mut explanations = Vec::new();
        for feed in feeds {
            let row = self.row_of(&view, feed.channel, article).await.map_err(|error| trouble(&error))?;
            let explanation = match (row, view.snapshot.position(article)) {
                (Some((details, is_kept)), _) => Some(view.explanation_of_row(feed, details, is_kept)),
                (None, Some(position)) => Some(view.explanation(feed, position)),
                (None, None) => None,
            };
            explanations.extend(explanation.map(|explanation| (feed.clone(), explanation)));
        }
        Ok(explanations)
    }

    /// The delivery of an article's story in a channel, and whether a moderator keeps it although its file is gone or hides it.
    async fn row_of(
        &self,
        view: &View,
        channel: ChannelId,
        article: ArticleKey,
    ) -> Result<Option<(DeliveryDetails, bool)>, LedgerError> {
        let snapshot = &view.snapshot;
        let mut state = ChannelState::default();
        let row = match snapshot.position(article) {
            Some(position) => {
                let rows = self.ledger.known(&[channel], &snapshot.story_hashes(position)).await?;
                rows.deliveries.into_iter().for_each(|(_, row)| state.enter(row));
                let members = snapshot.members(position).filter_map(|at| snapshot.identity(at));
                state.known_as(snapshot, members)
            }
            None => {
                let rows = self.ledger.of_article(channel, article).await?;
                rows.deliveries.into_iter().for_each(|(_, row)| state.enter(row));
                state.all().find(|row| row.article == article)
            }
        };
        let Some(row) = row else { return Ok(None) };
        let is_kept = row.state == DeliveryState::Sent
            && row.withdrawal == WithdrawalWord::Keep
            && matches!(
                story_presence(snapshot, &state, row, view.now),
                StoryPresence::Withdrawn | StoryPresence::Missing
            );
        let details = self.ledger.details(&[row.id]).await?;
        Ok(details.into_iter().next().map(|details| (details, is_kept)))
    }
}

impl View {
    /// `counts` are of final states. What is open is in memory.
    fn report(&self, feed: &Feed, counts: &[(FeedId, DeliveryState, usize)]) -> FeedReport {
        let channel = self.channels.get(&feed.channel);
        let forecast =
            channel.and_then(|channel| channel.forecasts.iter().find(|forecast| forecast.feed == feed.id));
        let count = |state| {
            let of_state = counts.iter().find(|(of, known, _)| (*of, *known) == (feed.id, state));
            of_state.map_or(0, |(.., count)| *count)
        };
        let open = |state| {
            let rows = channel.map(|channel| channel.state.in_state(state));
            let is_its = |row: &&Delivery| {
                let after = channel.and_then(|channel| channel.state.responsible_feed(row));
                !row.is_dismissed && after.is_some_and(|after| after.id == feed.id)
            };
            rows.into_iter().flatten().filter(is_its).count()
        };
        let sending = channel.map_or(0, |channel| channel.state.count(feed.id, DeliveryState::Sending));
        let due = forecast.map_or(0, |forecast| forecast.due.len()) + sending;
        FeedReport {
            feed: feed.clone(),
            due,
            wait: if due > 0 { self.wait_of(feed) } else { None },
            sent: count(DeliveryState::Sent),
            failed: open(DeliveryState::Failed),
            unknown: open(DeliveryState::Unknown),
            expired: count(DeliveryState::Expired),
            withdrawn: count(DeliveryState::Withdrawn),
            withheld: forecast.map_or(0, |forecast| forecast.withheld.len()),
        }
    }

    /// What the feed's next post waits for.
    fn wait_of(&self, feed: &Feed) -> Option<Wait> {
        let channel = self.channels.get(&feed.channel)?;
        let forecast = channel.forecasts.iter().find(|forecast| forecast.feed == feed.id);
        let of_feed = forecast.and_then(|forecast| forecast.wait);
        let of_channel = self.waits.channels.get(&feed.channel).copied();
        let waits = [self.waits.all, of_channel, of_feed].into_iter().flatten();
        waits.filter(|wait| wait.until > self.now).max_by_key(|wait| wait.until)
    }

    /// The explanation by a delivery, and by the plan for a story that should be withdrawn.
    fn explanation_of_row(&self, feed: &Feed, details: DeliveryDetails, is_kept: bool) -> Explanation {
        let mut forecasts = self.channels.get(&feed.channel).into_iter().flat_map(|known| &known.forecasts);
        if forecasts.any(|forecast| forecast.withheld.contains(&details.id)) {
            return Explanation::Withheld(details);
        }
        if is_kept { Explanation::Kept(details) } else { Explanation::Recorded(details) }
    }

    /// The explanation for an article without a delivery.
    fn explanation(&self, feed: &Feed, position: Position) -> Explanation {
        let empty = ViewedChannel::default();
        let known = self.channels.get(&feed.channel).unwrap_or(&empty);
        let applied = feed.settings.rules.applied_to(self.snapshot.collection());
        // A moderator may have requested an article that is not announced.
        let is_requested = || {
            let own = known.forecasts.iter().find(|forecast| forecast.feed == feed.id);
            own.is_some_and(|forecast| forecast.due.contains(&position))
        };
        match applied.hold(position, self.now) {
            Some(Hold::NotAnnounced) if is_requested() => {}
            Some(hold) => return Explanation::Held(hold),
            None => {}
        }
        if !has_begun(&self.snapshot, self.loaded, feed) {
            return Explanation::NotBegun;
        }
        if feed.status != FeedStatus::Active {
            return Explanation::Paused;
        }
        self.turn(known, feed, position)
    }

    /// Which feed of the channel will post a story, and after how many others. Only one feed has the story to
    /// post.
    fn turn(&self, known: &ViewedChannel, feed: &Feed, position: Position) -> Explanation {
        let collection = self.snapshot.collection();
        let story = collection.stories().story_of(position);
        let of_story = |at: &Position| collection.stories().story_of(*at) == story;
        let place_in = |forecast: &Forecast| forecast.due.iter().position(of_story);
        let own = known.forecasts.iter().find(|forecast| forecast.feed == feed.id);
        if let Some((own, before)) = own.and_then(|own| Some((own, place_in(own)?))) {
            let other = own.due.get(before).filter(|at| **at != position);
            return match other.and_then(|at| collection.article(*at)) {
                Some(other) => Explanation::ReportedBy(other.id.as_str().into()),
                None => Explanation::Due { before, wait: self.wait_of(feed) },
            };
        }
        let through = known.forecasts.iter().find(|forecast| place_in(forecast).is_some());
        match through.and_then(|forecast| self.feed(forecast.feed)) {
            Some(Feed { id, status, .. }) => {
                Explanation::DueThrough { feed: *id, posts: *status == FeedStatus::Active }
            }
            // The next plan contains the story.
            None => Explanation::Due { before: own.map_or(0, |own| own.due.len()), wait: self.wait_of(feed) },
        }
    }
}
