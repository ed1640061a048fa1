//! Explains the state of feeds, and the past or future of an article.

use super::Worker;
use crate::article_key::ArticleKey;
use crate::collection::Position;
use crate::delivery::desk::{DeskError, Explanation, FeedReport, Summary};
use crate::delivery::plan::story_presence::{StoryPresence, story_presence};
use crate::delivery::plan::{Forecast, Input, StepKind, has_begun};
use crate::delivery::record::{Delivery, DeliveryDetails, DeliveryId, DeliveryState, WithdrawalWord};
use crate::delivery::send::Sender;
use crate::delivery::wait::Wait;
use crate::feed::{Feed, FeedStatus, Hold};
use crate::ids::GuildId;

impl<S: Sender> Worker<S> {
    pub(super) fn reports(&self, guild: GuildId) -> Vec<FeedReport> {
        let mut reports: Vec<FeedReport> = self.of_guild(guild).map(|feed| self.report(feed)).collect();
        reports.sort_by_key(|report| (report.feed.status == FeedStatus::Active, report.feed.id));
        reports
    }

    fn report(&self, feed: &Feed) -> FeedReport {
        let channel = self.channels.get(&feed.channel);
        let forecast =
            channel.and_then(|channel| channel.forecasts.iter().find(|forecast| forecast.feed == feed.id));
        let count = |state| channel.map_or(0, |channel| channel.rows.count(feed.id, state));
        let open = |state| {
            let rows = channel.map(|channel| channel.rows.in_state(state));
            let is_its = |row: &&Delivery| {
                let after = self.responsible_feed(feed.channel, row);
                !row.is_dismissed && after.is_some_and(|after| after.id == feed.id)
            };
            rows.into_iter().flatten().filter(is_its).count()
        };
        let due = forecast.map_or(0, |forecast| forecast.due.len()) + count(DeliveryState::Sending);
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
        let now = self.now();
        let channel = self.channels.get(&feed.channel)?;
        let forecast = channel.forecasts.iter().find(|forecast| forecast.feed == feed.id);
        let of_feed = forecast.and_then(|forecast| forecast.wait);
        let of_channel = channel.blocks.get(StepKind::Post, now).copied();
        let of_database = self.database.as_ref().map(|trouble| trouble.wait);
        let waits = [of_database, self.paused_until, of_channel, of_feed].into_iter().flatten();
        waits.filter(|wait| wait.until > now).max_by_key(|wait| wait.until)
    }

    pub(super) async fn why(
        &mut self,
        guild: GuildId,
        article: ArticleKey,
    ) -> Result<Vec<(Feed, Explanation)>, DeskError> {
        let feeds: Vec<Feed> = self.of_guild(guild).cloned().collect();
        let mut explanations = Vec::new();
        for feed in feeds {
            let explanation = match self.explanation(&feed, article) {
                Ok(explanation) => Some(explanation),
                Err(row) => {
                    let details =
                        self.dependencies.ledger.details(&row).await.map_err(|error| self.trouble(&error))?;
                    details.into_iter().next().map(|details| self.explanation_of_row(&feed, details))
                }
            };
            explanations.extend(explanation.map(|explanation| (feed, explanation)));
        }
        Ok(explanations)
    }

    /// The explanation by a delivery, and by the plan for a story that should be withdrawn.
    fn explanation_of_row(&self, feed: &Feed, details: DeliveryDetails) -> Explanation {
        let Some(state) = self.channels.get(&feed.channel) else { return Explanation::Recorded(details) };
        if state.forecasts.iter().any(|forecast| forecast.withheld.contains(&details.id)) {
            return Explanation::Withheld(details);
        }
        let is_kept = state.rows.delivery(details.id).is_some_and(|row| {
            let standing = || story_presence(&self.snapshot, &state.rows, row, self.now());
            row.state == DeliveryState::Sent
                && row.withdrawal == WithdrawalWord::Keep
                && matches!(standing(), StoryPresence::Withdrawn | StoryPresence::Missing)
        });
        if is_kept { Explanation::Kept(details) } else { Explanation::Recorded(details) }
    }

    /// The explanation for an article without a delivery. An error has the delivery's number instead, or no
    /// number if nothing is known.
    fn explanation(&self, feed: &Feed, article: ArticleKey) -> Result<Explanation, Vec<DeliveryId>> {
        let empty = super::Channel::default();
        let state = self.channels.get(&feed.channel).unwrap_or(&empty);
        let now = self.now();
        let feeds = self.feeds_of(feed.channel);
        let input: Input<'_> = self.input(state, &feeds, now);
        let Some(position) = self.snapshot.position(article) else {
            return Err(state.rows.of_article(article).map(|row| row.id).into_iter().collect());
        };
        let members = self.snapshot.members(position).filter_map(|at| self.snapshot.identity(at));
        if let Some(row) = state.rows.known_as(&self.snapshot, members) {
            return Err(vec![row.id]);
        }
        let applied = feed.settings.rules.applied_to(self.snapshot.collection());
        // A moderator may have requested an article that is not announced.
        let is_requested = || {
            let own = state.forecasts.iter().find(|forecast| forecast.feed == feed.id);
            own.is_some_and(|forecast| forecast.due.contains(&position))
        };
        match applied.hold(position, now) {
            Some(Hold::NotAnnounced) if is_requested() => {}
            Some(hold) => return Ok(Explanation::Held(hold)),
            None => {}
        }
        if !has_begun(&input, feed) {
            return Ok(Explanation::NotBegun);
        }
        if feed.status != FeedStatus::Active {
            return Ok(Explanation::Paused);
        }
        Ok(self.turn(state, feed, position))
    }

    /// Which feed of the channel will post a story, and after how many others. Only one feed has the story to
    /// post.
    fn turn(&self, state: &super::Channel, feed: &Feed, position: Position) -> Explanation {
        let collection = self.snapshot.collection();
        let story = collection.stories().story_of(position);
        let of_story = |at: &Position| collection.stories().story_of(*at) == story;
        let place_in = |forecast: &Forecast| forecast.due.iter().position(of_story);
        let own = state.forecasts.iter().find(|forecast| forecast.feed == feed.id);
        if let Some((own, before)) = own.and_then(|own| Some((own, place_in(own)?))) {
            let other = own.due.get(before).filter(|at| **at != position);
            return match other.and_then(|at| collection.article(*at)) {
                Some(other) => Explanation::ReportedBy(other.id.as_str().into()),
                None => Explanation::Due { before, wait: self.wait_of(feed) },
            };
        }
        let through = state.forecasts.iter().find(|forecast| place_in(forecast).is_some());
        match through.and_then(|forecast| self.feeds.get(&forecast.feed)) {
            Some(Feed { id, status, .. }) => {
                Explanation::DueThrough { feed: *id, posts: *status == FeedStatus::Active }
            }
            // The next plan contains the story.
            None => Explanation::Due { before: own.map_or(0, |own| own.due.len()), wait: self.wait_of(feed) },
        }
    }

    pub(super) fn summary(&self, guild: Option<GuildId>) -> Summary {
        let feeds = self.feeds.values().filter(|feed| guild.is_none_or(|guild| feed.guild == guild));
        let mut summary = Summary::default();
        for report in feeds.map(|feed| self.report(feed)) {
            summary.feeds += 1;
            summary.paused += usize::from(report.feed.status != FeedStatus::Active);
            summary.due += report.due;
            summary.failed += report.failed;
            summary.unknown += report.unknown;
        }
        summary
    }
}
