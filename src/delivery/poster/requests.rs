//! What moderators ask for, and what Discord tells of servers, channels and roles.

use std::sync::Arc;

use jiff::Timestamp;

use super::writes::Write;
use super::{Poster, StepKind};
use crate::article::stable_hash64;
use crate::card::Fingerprint;
use crate::delivery::compose::message;
use crate::delivery::desk::{Answer, DeskError, Fate, FeedReport, NewFeed, Request, Summary, Verdict, Wait};
use crate::delivery::ledger::LedgerError;
use crate::delivery::plan::standing::{Standing, standing};
use crate::delivery::plan::{Input, has_begun, newly_let_in};
use crate::delivery::record::{
    Delivery, DeliveryDetails, DeliveryId, DeliveryState, Post, PostKey, PostShape, WithdrawalWord,
};
use crate::delivery::retry::{ActionKind, Decision, Try, decide};
use crate::delivery::send::{Action, Outcome, Place, Sender};
use crate::feed::{ChannelKind, FEEDS_PER_SERVER_MAX, Feed, FeedId, FeedSettings, FeedStatus};

const CHANNEL_IS_GONE: &str = "its channel was deleted; remove this feed, or add one for another channel";
const ROLE_IS_GONE: &str =
    "the role that it mentions was deleted; choose another with `/feed edit`, then `/feed resume`";
/// How many rows are listed that want a moderator's eye, of each state.
const OPEN_ROWS_MAX: usize = 25;

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
                give(
                    answer,
                    self.change(server, feed, |feed| feed.status = FeedStatus::PausedByModerator).await,
                );
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
            Request::ChannelGone(channel) => self.pause_all(|feed| feed.channel == channel, CHANNEL_IS_GONE),
            Request::ThreadGone(thread) => self.thread_is_gone(thread),
            Request::RoleGone(role) => {
                self.pause_all(|feed| feed.settings.mention == Some(role), ROLE_IS_GONE);
            }
            Request::RightsChanged(server) => self.try_paused_feeds(server),
            Request::ServerJoined(server) => self.take_back(server),
            Request::ServerLeft(server) => self.leave(|of| of == server),
            Request::ServersAre(servers) => {
                self.leave(|server| !servers.contains(&server));
                servers.iter().for_each(|server| self.take_back(*server));
            }
        }
    }

    pub(super) fn of_server(&self, server: u64) -> impl Iterator<Item = &Feed> {
        self.feeds.values().filter(move |feed| feed.server == server)
    }

    fn feed_of(&self, server: u64, feed: FeedId) -> Result<&Feed, DeskError> {
        self.feeds.get(&feed).filter(|feed| feed.server == server).ok_or(DeskError::NoSuchFeed)
    }

    fn trouble(&mut self, error: &LedgerError) -> DeskError {
        self.note_database_trouble(error);
        DeskError::Database
    }

    fn reports(&self, server: u64) -> Vec<FeedReport> {
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
            rows.into_iter().flatten().filter(|row| row.feed == feed.id && !row.is_dismissed).count()
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
        let of_feed = outlook.and_then(|outlook| outlook.wait.clone());
        let of_channel = channel.blocks.get(StepKind::Post, now).cloned();
        let of_database = self.database.as_ref().map(|trouble| trouble.wait.clone());
        let waits = [of_database, self.paused_until.clone(), of_channel, of_feed].into_iter().flatten();
        waits.filter(|wait| wait.until > now).max_by_key(|wait| wait.until)
    }

    async fn add(&mut self, new: &NewFeed) -> Result<Feed, DeskError> {
        let count = self.of_server(new.server).count();
        if count >= FEEDS_PER_SERVER_MAX {
            return Err(DeskError::TooManyFeeds(count));
        }
        let added = self.tools.ledger.add_feed(new, self.now()).await;
        let feed = added.map_err(|error| self.trouble(&error))?;
        self.begin(feed.clone()).await;
        Ok(self.feeds.get(&feed.id).cloned().unwrap_or(feed))
    }

    async fn add_first(&mut self, new: &NewFeed) -> Result<Option<Feed>, DeskError> {
        let name = format!("NEWS_CHANNEL_ID {}", new.channel);
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

    async fn plan_channel(&mut self, channel: u64) {
        self.give_back(channel);
        let state = self.channels.entry(channel).or_default();
        state.is_to_be_planned = true;
        if state.running.is_empty()
            && self.database.is_none()
            && let Err(error) = self.work_on(vec![channel]).await
        {
            self.note_database_trouble(&error);
        }
    }

    async fn edit(
        &mut self,
        server: u64,
        id: FeedId,
        settings: FeedSettings,
        backfill: u8,
    ) -> Result<Feed, DeskError> {
        let feed = self.feed_of(server, id)?.clone();
        let channel = feed.channel;
        self.give_back(channel);
        let new = {
            let feeds = self.feeds_of(channel);
            let empty = super::Channel::default();
            let state = self.channels.get(&channel).unwrap_or(&empty);
            let input = self.input(state, &feeds, self.now());
            // A feed that has not begun takes what there is as known when it does.
            if has_begun(&input, &feed) { newly_let_in(&input, &feed, &settings) } else { Vec::new() }
        };
        let mut changed = Feed { settings, ..feed };
        let known = new.get(usize::from(backfill)..).unwrap_or(&[]);
        changed.looked_at = self.now();
        let recorded =
            self.record(channel, DeliveryState::Baseline, known, None, Some(changed.clone())).await;
        recorded.map_err(|error| self.trouble(&error))?;
        self.take_over();
        self.plan_channel(channel).await;
        Ok(changed)
    }

    async fn change(
        &mut self,
        server: u64,
        id: FeedId,
        change: impl FnOnce(&mut Feed),
    ) -> Result<Feed, DeskError> {
        let mut feed = self.feed_of(server, id)?.clone();
        self.give_back(feed.channel);
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

    async fn remove(&mut self, server: u64, id: FeedId) -> Result<Feed, DeskError> {
        let feed = self.feed_of(server, id)?.clone();
        self.give_back(feed.channel);
        self.tools.ledger.remove_feed(id).await.map_err(|error| self.trouble(&error))?;
        self.feeds.remove(&id);
        self.plan_channel(feed.channel).await;
        Ok(feed)
    }

    /// A test has no row: it is made beside the poster, and answers by itself.
    fn test(&self, server: u64, id: FeedId, answer: Answer<Place>) {
        let action = self.feed_of(server, id).and_then(|feed| {
            self.test_post(feed).ok_or_else(|| {
                DeskError::NotPosted(
                    "There is no article with a link that I could post. Add one to the collection, then `/reload`."
                        .to_owned(),
                )
            })
        });
        let action = match action {
            Ok(action) => action,
            Err(error) => return give(answer, Err(error)),
        };
        let sender = Arc::clone(&self.tools.sender);
        tokio::spawn(async move {
            let outcome = sender.send(&action).await;
            give(answer, tested(&action, &outcome));
        });
    }

    fn test_post(&self, feed: &Feed) -> Option<Action> {
        let now = self.now();
        let collection = self.snapshot.collection();
        let passing = feed.settings.rules.applied_to(collection).passing(now);
        let hottest = || {
            let has_link = |at: &usize| collection.article(*at).is_some_and(|article| article.link.is_some());
            collection.dates().visible(now).find(has_link)
        };
        let story = passing.first().copied().or_else(hottest)?;
        let key = PostKey(stable_hash64(&format!("test\n{}\n{now}", feed.id)));
        let shape =
            if feed.channel_kind == ChannelKind::Forum { PostShape::ForumPost } else { PostShape::Single };
        let mut content = message(&self.snapshot, key, shape, &[story], now);
        content.content = "**Test** of this feed: this is how its posts look. It mentions nobody, and does not count as posted."
            .to_owned();
        let article = collection.article(story)?;
        Some(match shape {
            PostShape::ForumPost => Action::ForumPost {
                channel: feed.channel,
                name: format!("Test: {}", article.title),
                topics: article.topics.iter().map(ToString::to_string).collect(),
                message: content,
            },
            _ => Action::Post { channel: feed.channel, nonce: key.nonce(), message: content },
        })
    }

    async fn why(&mut self, server: u64, article: u64) -> Result<Vec<Verdict>, DeskError> {
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
            let standing = || standing(&self.snapshot, row, self.now());
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
        if let Some(row) = state.book.known_as(members) {
            return Err(vec![row.id]);
        }
        let applied = feed.settings.rules.applied_to(self.snapshot.collection());
        if let Some(hold) = applied.hold(position, now) {
            return Ok(Fate::Held(hold));
        }
        if !has_begun(&input, feed) {
            return Ok(Fate::NotBegun);
        }
        if feed.status != FeedStatus::Active {
            return Ok(Fate::Paused);
        }
        let stories = self.snapshot.collection().stories();
        let story = stories.story_of(position);
        let of_story = |at: &usize| stories.story_of(*at) == story;
        let due = state.outlooks.iter().find(|outlook| outlook.feed == feed.id).map(|outlook| &*outlook.due);
        let told_by = due.unwrap_or_default().iter().copied().find(of_story);
        let other =
            told_by.filter(|at| *at != position).and_then(|at| input.snapshot.collection().article(at));
        if let Some(other) = other {
            return Ok(Fate::ToldBy(other.id.as_str().into()));
        }
        let before = due.unwrap_or_default().iter().take_while(|at| !of_story(at)).count();
        Ok(Fate::Due { before, wait: self.wait_of(feed) })
    }

    async fn open(&mut self, server: u64) -> Result<Vec<DeliveryDetails>, DeskError> {
        let feeds: Vec<FeedId> = self.of_server(server).map(|feed| feed.id).collect();
        let rows = self.tools.ledger.open_rows(&feeds, OPEN_ROWS_MAX).await;
        rows.map_err(|error| self.trouble(&error))
    }

    /// The channel of a row of this server that waits for a moderator's word.
    fn open_row(&self, server: u64, id: DeliveryId) -> Result<u64, DeskError> {
        let channels = self.channels.iter();
        let found = channels.filter_map(|(channel, state)| Some((*channel, state.book.delivery(id)?)));
        let mut open = found.filter(|(_, row)| {
            matches!(row.state, DeliveryState::Unknown | DeliveryState::Failed)
                && !row.is_dismissed
                && self.feeds.get(&row.feed).is_some_and(|feed| feed.server == server)
        });
        let channel = open.next().map(|(channel, _)| channel).ok_or(DeskError::NoSuchDelivery)?;
        // The ledger would take what it does not know yet for what came after.
        let is_written = self.channels.get(&channel).is_none_or(|state| state.unwritten.is_empty());
        if is_written { Ok(channel) } else { Err(DeskError::Database) }
    }

    async fn details(&mut self, id: DeliveryId) -> Result<DeliveryDetails, DeskError> {
        let details = self.tools.ledger.details(&[id]).await.map_err(|error| self.trouble(&error))?;
        details.into_iter().next().ok_or(DeskError::NoSuchDelivery)
    }

    /// Whatever the rules say by now, the story is posted: a moderator wants it. One that stands there, because Discord would not
    /// have it taken back, is taken back if that is still wanted.
    async fn resend(&mut self, server: u64, id: DeliveryId) -> Result<DeliveryDetails, DeskError> {
        let channel = self.open_row(server, id)?;
        let details = self.details(id).await?;
        let done = if details.is_refused_withdrawal() {
            self.stand_again(channel, id).await
        } else {
            self.resend_now(channel, id).await
        };
        done.map_err(|error| self.trouble(&error))?;
        self.plan_channel(channel).await;
        Ok(details)
    }

    async fn resend_now(&mut self, channel: u64, id: DeliveryId) -> Result<(), LedgerError> {
        let now = self.now();
        let row = self.channels.get(&channel).and_then(|state| state.book.delivery(id));
        let Some((row, feed)) = row.and_then(|row| Some((row, self.feeds.get(&row.feed)?))) else {
            return Ok(());
        };
        let post = repeated(feed, self.new_key(channel, feed.id, &format!("again {}", row.id.0)), now);
        let claimed = self.tools.ledger.claim(channel, &post, &[], &[id], now).await?;
        if let Some(state) = self.channels.get_mut(&channel) {
            state.book.enter_post(post);
            claimed.into_iter().for_each(|row| state.book.enter(row));
        }
        Ok(())
    }

    /// A story stands in its channel as any other that was sent; if it is to be taken back, that needs no further word.
    async fn stand_again(&mut self, channel: u64, id: DeliveryId) -> Result<(), LedgerError> {
        let word = WithdrawalWord::Withdraw;
        let Some(state) = self.channels.get_mut(&channel) else { return Ok(()) };
        let Some(row) = state.book.delivery(id).cloned() else { return Ok(()) };
        let post = row.post.and_then(|key| state.book.post(key));
        let since = post.and_then(|post| post.sent_at).unwrap_or(row.since);
        self.tools.ledger.set_withdrawal_word(&[id], word).await?;
        self.tools.ledger.mark(&[id], DeliveryState::Sent, None, since).await?;
        state.book.enter(Delivery { state: DeliveryState::Sent, since, withdrawal: word, ..row });
        Ok(())
    }

    async fn dismiss(&mut self, server: u64, id: DeliveryId) -> Result<DeliveryDetails, DeskError> {
        let channel = self.open_row(server, id)?;
        let details = self.details(id).await?;
        self.tools.ledger.dismiss(id).await.map_err(|error| self.trouble(&error))?;
        if let Some(state) = self.channels.get_mut(&channel)
            && let Some(row) = state.book.delivery(id).cloned()
        {
            state.book.enter(Delivery { is_dismissed: true, ..row });
        }
        Ok(details)
    }

    async fn decide_withdrawals(
        &mut self,
        server: u64,
        id: FeedId,
        withdraws: bool,
    ) -> Result<usize, DeskError> {
        let channel = self.feed_of(server, id)?.channel;
        let state = self.channels.get(&channel);
        let outlook = state.and_then(|state| state.outlooks.iter().find(|outlook| outlook.feed == id));
        let withheld = outlook.map(|outlook| outlook.withheld.clone()).unwrap_or_default();
        let word = if withdraws { WithdrawalWord::Withdraw } else { WithdrawalWord::Keep };
        let said = self.tools.ledger.set_withdrawal_word(&withheld, word).await;
        said.map_err(|error| self.trouble(&error))?;
        if let Some(state) = self.channels.get_mut(&channel) {
            for row in &withheld {
                if let Some(row) = state.book.delivery(*row).cloned() {
                    state.book.enter(Delivery { withdrawal: word, ..row });
                }
            }
        }
        self.plan_channel(channel).await;
        Ok(withheld.len())
    }

    fn summary(&self, server: Option<u64>) -> Summary {
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

    fn pause_all(&mut self, is_meant: impl Fn(&Feed) -> bool, words: &str) {
        self.change_all(|feed| {
            let is_to_pause = is_meant(feed) && !matches!(feed.status, FeedStatus::Left(_));
            is_to_pause.then(|| FeedStatus::Paused(words.to_owned()))
        });
    }

    fn change_all(&mut self, new_status: impl Fn(&Feed) -> Option<FeedStatus>) {
        let mut changed = Vec::new();
        // In memory at once, so that what is known does not depend on the disk.
        for feed in self.feeds.values_mut() {
            if let Some(status) = new_status(feed) {
                feed.status = status;
                changed.push((feed.channel, feed.id));
            }
        }
        for (channel, feed) in changed {
            self.give_back(channel);
            self.happened(channel, [Write::Feed(feed)]);
        }
    }

    /// Feeds that Discord refused are tried again: what they lacked may be there now.
    fn try_paused_feeds(&mut self, server: u64) {
        self.change_all(|feed| match &feed.status {
            FeedStatus::Paused(words)
                if feed.server == server && words != CHANNEL_IS_GONE && words != ROLE_IS_GONE =>
            {
                Some(FeedStatus::Active)
            }
            _ => None,
        });
    }

    fn take_back(&mut self, server: u64) {
        self.change_all(|feed| {
            let is_left = feed.server == server && matches!(feed.status, FeedStatus::Left(_));
            is_left.then_some(FeedStatus::Active)
        });
    }

    fn leave(&mut self, is_left: impl Fn(u64) -> bool) {
        let now: Timestamp = self.now();
        self.change_all(|feed| {
            let is_here = is_left(feed.server) && !matches!(feed.status, FeedStatus::Left(_));
            is_here.then_some(FeedStatus::Left(now))
        });
    }
}

/// A post that was not tried yet: nothing of it can be in the channel.
fn repeated(feed: &Feed, key: PostKey, now: Timestamp) -> Post {
    let shape =
        if feed.channel_kind == ChannelKind::Forum { PostShape::ForumPost } else { PostShape::Single };
    let post = super::steps::new_post(feed, key, shape, now, Fingerprint::of(&[], []));
    Post { uncertain_since: None, attempts: 0, ..post }
}

/// Whoever asked may have gone.
fn give<T>(answer: Answer<T>, result: Result<T, DeskError>) {
    let _is_gone = answer.send(result);
}

fn tested(action: &Action, outcome: &Outcome) -> Result<Place, DeskError> {
    let tried = Try { kind: ActionKind::from(action), attempts: 1, has_pictures: false, jitter: 0.0 };
    let words = match decide(&tried, outcome) {
        Decision::Done(made) => {
            let (Action::Post { channel, .. } | Action::ForumPost { channel, .. }) = action else {
                return Err(DeskError::NoSuchFeed);
            };
            let channel = made.thread.unwrap_or(*channel);
            return match made.message {
                Some(message) => Ok(Place { channel, message }),
                None => Err(DeskError::NotPosted(
                    "Discord took the post, and did not say where it is.".to_owned(),
                )),
            };
        }
        Decision::Retry { words, .. }
        | Decision::PauseFeed { words }
        | Decision::Fail { words }
        | Decision::DoneWithout { words } => words,
        Decision::StopProcess { .. } => "Discord refuses my token; tell whoever runs me.".to_owned(),
        Decision::WithoutPictures => "Discord refuses the picture of that article.".to_owned(),
        Decision::AlreadyDone | Decision::Gone => "The test was posted, and deleted since.".to_owned(),
    };
    Err(DeskError::NotPosted(format!("The test was not posted: {words}")))
}
