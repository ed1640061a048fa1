//! How feeds do, and what became or will become of an article.

use super::Poster;
use crate::delivery::desk::{DeskError, Fate, FeedReport, Summary, Verdict};
use crate::delivery::plan::standing::{Standing, standing};
use crate::delivery::plan::{Input, Outlook, StepKind, has_begun};
use crate::delivery::record::{Delivery, DeliveryDetails, DeliveryId, DeliveryState, WithdrawalWord};
use crate::delivery::send::Sender;
use crate::delivery::wait::Wait;
use crate::feed::{Feed, FeedStatus, Hold};
use crate::ids::GuildId;

impl<S: Sender> Poster<S> {
    pub(super) fn reports(&self, server: GuildId) -> Vec<FeedReport> {
        let mut reports: Vec<FeedReport> = self.of_server(server).map(|feed| self.report(feed)).collect();
        reports.sort_by_key(|report| (report.feed.status == FeedStatus::Active, report.feed.id));
        reports
    }

    fn report(&self, feed: &Feed) -> FeedReport {
        let channel = self.channels.get(&feed.channel);
        let outlook =
            channel.and_then(|channel| channel.outlooks.iter().find(|outlook| outlook.feed == feed.id));
        let count = |state| channel.map_or(0, |channel| channel.book.count(feed.id, state));
        let open = |state| {
            let rows = channel.map(|channel| channel.book.in_state(state));
            let is_its = |row: &&Delivery| {
                let after = self.looked_after_by(feed.channel, row);
                !row.is_dismissed && after.is_some_and(|after| after.id == feed.id)
            };
            rows.into_iter().flatten().filter(is_its).count()
        };
        let due = outlook.map_or(0, |outlook| outlook.due.len()) + count(DeliveryState::Sending);
        FeedReport {
            feed: feed.clone(),
            due,
            wait: if due > 0 { self.wait_of(feed) } else { None },
            sent: count(DeliveryState::Sent),
            failed: open(DeliveryState::Failed),
            unknown: open(DeliveryState::Unknown),
            expired: count(DeliveryState::Expired),
            withdrawn: count(DeliveryState::Withdrawn),
            withheld: outlook.map_or(0, |outlook| outlook.withheld.len()),
        }
    }

    /// What the feed's next post waits for.
    fn wait_of(&self, feed: &Feed) -> Option<Wait> {
        let now = self.now();
        let channel = self.channels.get(&feed.channel)?;
        let outlook = channel.outlooks.iter().find(|outlook| outlook.feed == feed.id);
        let of_feed = outlook.and_then(|outlook| outlook.wait);
        let of_channel = channel.blocks.get(StepKind::Post, now).copied();
        let of_database = self.database.as_ref().map(|trouble| trouble.wait);
        let waits = [of_database, self.paused_until, of_channel, of_feed].into_iter().flatten();
        waits.filter(|wait| wait.until > now).max_by_key(|wait| wait.until)
    }

    pub(super) async fn why(&mut self, server: GuildId, article: u64) -> Result<Vec<Verdict>, DeskError> {
        let feeds: Vec<Feed> = self.of_server(server).cloned().collect();
        let mut verdicts = Vec::new();
        for feed in feeds {
            let fate = match self.fate(&feed, article) {
                Ok(fate) => Some(fate),
                Err(row) => {
                    let details =
                        self.tools.ledger.details(&row).await.map_err(|error| self.trouble(&error))?;
                    details.into_iter().next().map(|details| self.fate_of_row(&feed, details))
                }
            };
            verdicts.extend(fate.map(|fate| Verdict { feed, fate }));
        }
        Ok(verdicts)
    }

    /// What a row says, and what only a plan knows of a story that should be taken back.
    fn fate_of_row(&self, feed: &Feed, details: DeliveryDetails) -> Fate {
        let Some(state) = self.channels.get(&feed.channel) else { return Fate::Recorded(details) };
        if state.outlooks.iter().any(|outlook| outlook.withheld.contains(&details.id)) {
            return Fate::Withheld(details);
        }
        let is_kept = state.book.delivery(details.id).is_some_and(|row| {
            let standing = || standing(&self.snapshot, &state.book, row, self.now());
            row.state == DeliveryState::Sent
                && row.withdrawal == WithdrawalWord::Keep
                && matches!(standing(), Standing::TakenBack | Standing::Missing)
        });
        if is_kept { Fate::Kept(details) } else { Fate::Recorded(details) }
    }

    /// What will become of an article in a feed, or the row that says what became of it; no row where nothing is known.
    fn fate(&self, feed: &Feed, article: u64) -> Result<Fate, Vec<DeliveryId>> {
        let empty = super::Channel::default();
        let state = self.channels.get(&feed.channel).unwrap_or(&empty);
        let now = self.now();
        let feeds = self.feeds_of(feed.channel);
        let input: Input<'_> = self.input(state, &feeds, now);
        let Some(position) = self.snapshot.position(article) else {
            return Err(state.book.of_article(article).map(|row| row.id).into_iter().collect());
        };
        let members = self.snapshot.members(position).filter_map(|at| self.snapshot.identity(at));
        if let Some(row) = state.book.known_as(&self.snapshot, members) {
            return Err(vec![row.id]);
        }
        let applied = feed.settings.rules.applied_to(self.snapshot.collection());
        // A moderator may have asked for one that is not announced.
        let is_requested = || {
            let own = state.outlooks.iter().find(|outlook| outlook.feed == feed.id);
            own.is_some_and(|outlook| outlook.due.contains(&position))
        };
        match applied.hold(position, now) {
            Some(Hold::NotAnnounced) if is_requested() => {}
            Some(hold) => return Ok(Fate::Held(hold)),
            None => {}
        }
        if !has_begun(&input, feed) {
            return Ok(Fate::NotBegun);
        }
        if feed.status != FeedStatus::Active {
            return Ok(Fate::Paused);
        }
        Ok(self.turn(state, feed, position))
    }

    /// Which feed of the channel will post a story, and after how many. No two of them have it to post.
    fn turn(&self, state: &super::Channel, feed: &Feed, position: usize) -> Fate {
        let collection = self.snapshot.collection();
        let story = collection.stories().story_of(position);
        let of_story = |at: &usize| collection.stories().story_of(*at) == story;
        let place_in = |outlook: &Outlook| outlook.due.iter().position(of_story);
        let own = state.outlooks.iter().find(|outlook| outlook.feed == feed.id);
        if let Some((own, before)) = own.and_then(|own| Some((own, place_in(own)?))) {
            let other = own.due.get(before).filter(|at| **at != position);
            return match other.and_then(|at| collection.article(*at)) {
                Some(other) => Fate::ToldBy(other.id.as_str().into()),
                None => Fate::Due { before, wait: self.wait_of(feed) },
            };
        }
        let through = state.outlooks.iter().find(|outlook| place_in(outlook).is_some());
        match through.and_then(|outlook| self.feeds.get(&outlook.feed)) {
            Some(Feed { id, status, .. }) => {
                Fate::DueThrough { feed: *id, posts: *status == FeedStatus::Active }
            }
            // The next plan has it.
            None => Fate::Due { before: own.map_or(0, |own| own.due.len()), wait: self.wait_of(feed) },
        }
    }

    pub(super) fn summary(&self, server: Option<GuildId>) -> Summary {
        let feeds = self.feeds.values().filter(|feed| server.is_none_or(|server| feed.server == server));
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
