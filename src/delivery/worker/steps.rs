//! Turns a step into a request. The claim is written before the request is made.

use std::sync::Arc;

use jiff::Timestamp;

use super::Worker;
use super::answered::{Asked, answered};
use super::running::Running;
use super::written::Kept;
use crate::card::Fingerprint;
use crate::collection::Position;
use crate::delivery::compose::{digest_heading, forum_post_title, leave_out_pictures, message, thread_title};
use crate::delivery::ledger::LedgerError;
use crate::delivery::plan::{Step, new_delivery};
use crate::delivery::record::{FollowUp, NewDelivery, Post, PostKey, PostShape};
use crate::delivery::send::{Action, FeedMessage, Place, Search, Sender};
use crate::feed::{ChannelKind, Feed, FeedId};
use crate::ids::{ChannelId, GuildId};
use crate::messages::Language;
use article_format::stable_hash64;

impl<S: Sender> Worker<S> {
    /// Writes the claim of a step. The request is made after the commit.
    pub(super) async fn start_step(&mut self, channel: ChannelId, step: Step) -> Result<(), LedgerError> {
        let running = match step {
            Step::Post { .. } => self.claim(channel, step).await?,
            Step::Retry { post, ref stories } => self.claim_again(channel, post, stories, &step).await?,
            Step::Find { post } => self.running(channel, post, step, |_, _| None),
            Step::Withdraw { post, ref others, .. } => self.withdrawal(channel, post, others, &step),
            Step::Discussion { post } => self.running(channel, post, step, |worker, post| {
                let place = place(channel, post)?;
                Some(Action::OpenThread { place, name: worker.title_of(channel, post.feed, post.key) })
            }),
            Step::Crosspost { post } => self.running(channel, post, step, |_, post| {
                Some(Action::Crosspost { place: place(channel, post)? })
            }),
            Step::Edit { post, ref stories } => self.correction(channel, post, stories, &step),
        };
        self.kept.extend(running.map(|running| (channel, Kept::Ready(Box::new(running)))));
        Ok(())
    }

    fn running(
        &self,
        channel: ChannelId,
        key: PostKey,
        step: Step,
        action: impl FnOnce(&Self, &Post) -> Option<Action>,
    ) -> Option<Running> {
        let state = self.channels.get(&channel)?;
        let post = state.rows.post(key)?.clone();
        let action = action(self, &post);
        if action.is_none() && !matches!(step, Step::Find { .. }) {
            return None;
        }
        let displays = Fingerprint { without_heat: post.displayed, with_heat: post.displayed_with_heat };
        let attempts = self.attempts(channel, &step);
        Some(Running {
            feed: post.feed,
            was_certain: post.uncertain_since.is_none(),
            step,
            post,
            action: action.map(Arc::new),
            displays,
            attempts,
        })
    }

    /// The number of attempts: the failures in a row of this kind of step, and this one.
    fn attempts(&self, channel: ChannelId, step: &Step) -> u32 {
        let failures = self.channels.get(&channel).and_then(|state| state.failures.get(&step.kind()));
        failures.copied().unwrap_or(0).saturating_add(1)
    }

    async fn claim(&mut self, channel: ChannelId, step: Step) -> Result<Option<Running>, LedgerError> {
        let now = self.now();
        let (Some(state), Step::Post { feed, shape, stories, rest }) = (self.channels.get(&channel), &step)
        else {
            return Ok(None);
        };
        let feeds = self.feeds_of(channel);
        let input = self.input(state, &feeds, now);
        let Some(feed) = input.feeds.iter().copied().find(|known| known.id == *feed) else { return Ok(None) };
        let new: Vec<NewDelivery> =
            stories.iter().map(|&position| new_delivery(&input, feed, position)).collect();
        let key = self.new_key(channel, feed.id, new.first().map_or("", |first| &first.article_id));
        let content = self.content(feed.id, key, *shape, stories, *rest);
        let post = new_post(feed, key, *shape, now, content.fingerprint);
        let attempts = self.attempts(channel, &step);
        let running = self.posting(feed, post.clone(), content, step.clone(), true, attempts);
        let rows = self.dependencies.ledger.claim(channel, &post, &new, &[], now).await?;
        self.kept.extend([Kept::Post(Box::new(post)), Kept::Rows(rows)].map(|kept| (channel, kept)));
        if let Some(state) = self.channels.get_mut(&channel) {
            // The stories have rows now, and must not count twice.
            for forecast in &mut state.forecasts {
                forecast.due.retain(|position| !running.stories().contains(position));
            }
        }
        Ok(Some(running))
    }

    /// A key that no post of this channel has. After a claim was removed, the same key is used again. If
    /// Discord has that message after all, the nonce prevents a second post.
    pub(super) fn new_key(&self, channel: ChannelId, feed: FeedId, article: &str) -> PostKey {
        let rows = self.channels.get(&channel).map(|state| &state.rows);
        let mut generation = 0_u64;
        loop {
            let key = PostKey(stable_hash64(&format!("{channel}\n{feed}\n{article}\n{generation}")));
            if rows.is_none_or(|rows| rows.post(key).is_none()) {
                return key;
            }
            generation += 1;
        }
    }

    async fn claim_again(
        &mut self,
        channel: ChannelId,
        key: PostKey,
        stories: &[Position],
        step: &Step,
    ) -> Result<Option<Running>, LedgerError> {
        let now = self.now();
        let Some(post) = self.channels.get(&channel).and_then(|state| state.rows.post(key)) else {
            return Ok(None);
        };
        let Some(feed) = self.feeds.get(&post.feed).cloned() else { return Ok(None) };
        let mut post = post.clone();
        let was_certain = post.uncertain_since.is_none();
        post.uncertain_since = Some(post.uncertain_since.unwrap_or(now));
        post.attempts = post.attempts.saturating_add(1);
        let content = self.content(post.feed, key, post.shape, stories, 0);
        self.dependencies.ledger.save_post(&post).await?;
        self.kept.push((channel, Kept::Post(Box::new(post.clone()))));
        let attempts = self.attempts(channel, step).max(post.attempts);
        Ok(Some(self.posting(&feed, post, content, step.clone(), was_certain, attempts)))
    }

    /// The request that makes a post.
    fn posting(
        &self,
        feed: &Feed,
        post: Post,
        mut content: FeedMessage,
        step: Step,
        was_certain: bool,
        attempts: u32,
    ) -> Running {
        let (guild, channel) = (feed.guild, feed.channel);
        let displays = content.fingerprint;
        if post.is_without_pictures {
            leave_out_pictures(&mut content);
        }
        let action = if post.shape == PostShape::ForumPost {
            let name = forum_post_title(&content);
            let topics = self.topics_of(&content);
            Action::ForumPost { guild, channel, name, topics, message: content }
        } else {
            Action::Post { guild, channel, nonce: post.key.nonce(), message: content }
        };
        Running {
            feed: post.feed,
            was_certain,
            step,
            post,
            action: Some(Arc::new(action)),
            displays,
            attempts,
        }
    }

    fn topics_of(&self, content: &FeedMessage) -> Vec<String> {
        let mut topics: Vec<String> = Vec::new();
        for (article, _) in &content.stories {
            let Some(article) = self.snapshot.article(*article) else { continue };
            for topic in article.topics.iter() {
                if !topics.iter().any(|known| **known == **topic) {
                    topics.push(topic.to_string());
                }
            }
        }
        topics
    }

    /// The title of the thread at a post.
    fn title_of(&self, channel: ChannelId, feed: FeedId, key: PostKey) -> String {
        let state = self.channels.get(&channel);
        let first = state.and_then(|state| state.rows.carried_by(key).next());
        let article = first.and_then(|delivery| self.snapshot.article(delivery.article));
        thread_title(self.language_of(feed), article.map(|article| &*article.title))
    }

    fn withdrawal(
        &self,
        channel: ChannelId,
        key: PostKey,
        others: &[Position],
        step: &Step,
    ) -> Option<Running> {
        let mut displays = None;
        let running = self.running(channel, key, step.clone(), |worker, post| {
            let place = place(channel, post)?;
            Some(if !others.is_empty() {
                let content = worker.corrected(post, others);
                displays = Some(content.fingerprint);
                Action::Edit { place, message: content }
            } else if let (PostShape::ForumPost, Some(thread), false) =
                (post.shape, post.thread, worker.keeps_threads.contains(&channel))
            {
                Action::DeleteThread { thread }
            } else {
                Action::Delete { place }
            })
        })?;
        Some(Running { displays: displays.unwrap_or(running.displays), ..running })
    }

    fn correction(
        &self,
        channel: ChannelId,
        key: PostKey,
        stories: &[Position],
        step: &Step,
    ) -> Option<Running> {
        let mut displays = None;
        let running = self.running(channel, key, step.clone(), |worker, post| {
            let place = place(channel, post)?;
            let mut content = worker.corrected(post, stories);
            let now_shows = content.fingerprint;
            if post.is_without_pictures && now_shows.without_heat == post.displayed {
                leave_out_pictures(&mut content);
            }
            displays = Some(now_shows);
            Some(Action::Edit { place, message: content })
        })?;
        Some(Running { displays: displays.unwrap_or(running.displays), ..running })
    }

    /// The content of a feed's message. `rest` due stories have no room in the digest.
    fn content(
        &self,
        feed: FeedId,
        key: PostKey,
        shape: PostShape,
        stories: &[Position],
        rest: usize,
    ) -> FeedMessage {
        let language = self.language_of(feed);
        let mut content = message(&self.snapshot, language, key, shape, stories, self.now());
        content.mention = self.feeds.get(&feed).and_then(|feed| feed.settings.mention);
        if shape == PostShape::Digest || stories.len() > 1 {
            content.content = digest_heading(language, stories.len(), rest);
        }
        content
    }

    /// The language of a feed's guild.
    fn language_of(&self, feed: FeedId) -> Language {
        self.feeds
            .get(&feed)
            .map_or_else(Language::default, |feed| (self.dependencies.language_of)(feed.guild))
    }

    fn corrected(&self, post: &Post, stories: &[Position]) -> FeedMessage {
        self.content(post.feed, post.key, post.shape, stories, 0)
    }

    /// Makes the request in a task of its own. The task reports the outcome.
    pub(super) fn launch(&mut self, channel: ChannelId, running: Running) {
        let asked = match &running.action {
            Some(action) => Asked::Action(Arc::clone(action)),
            None => Asked::Search(self.search(channel, &running.post)),
        };
        let (sender, finished) = (Arc::clone(&self.dependencies.sender), self.finished.0.clone());
        self.channels.entry(channel).or_default().running = Some(running);
        tokio::spawn(async move {
            let outcome = answered(&*sender, channel, asked).await;
            // If nobody receives the outcome, the next start resolves it.
            let _has_stopped = finished.send(outcome).await;
        });
    }

    fn search(&self, channel: ChannelId, post: &Post) -> Search {
        // All feeds of a channel belong to one guild, so another feed stands in for a removed one.
        let of_channel = || self.feeds.values().find(|feed| feed.channel == channel);
        let feed = self.feeds.get(&post.feed).or_else(of_channel);
        Search {
            guild: feed.map_or(GuildId(0), |feed| feed.guild),
            channel,
            is_forum: post.shape == PostShape::ForumPost,
            key: post.key,
            since: post.first_tried_at,
            known_threads: self
                .channels
                .get(&channel)
                .map(|state| state.rows.threads_since(post.first_tried_at))
                .unwrap_or_default(),
        }
    }
}

/// A post that is about to be tried for the first time.
pub(super) fn new_post(
    feed: &Feed,
    key: PostKey,
    shape: PostShape,
    now: Timestamp,
    displays: Fingerprint,
) -> Post {
    let wanted = |is_wanted: bool| if is_wanted { FollowUp::Due } else { FollowUp::Unwanted };
    let is_announcement = feed.channel_kind == ChannelKind::Announcement;
    Post {
        key,
        feed: feed.id,
        shape,
        uncertain_since: Some(now),
        first_tried_at: now,
        attempts: 1,
        message: None,
        thread: None,
        sent_at: None,
        edited_at: None,
        displayed: displays.without_heat,
        displayed_with_heat: displays.with_heat,
        is_without_pictures: false,
        discussion: wanted(feed.settings.opens_thread && shape != PostShape::ForumPost),
        crosspost: wanted(feed.settings.crossposts && is_announcement),
    }
}

/// The place of a post. The first message of a forum post has the id of its thread.
pub(super) fn place(channel: ChannelId, post: &Post) -> Option<Place> {
    let message = post.message?;
    let channel = post.thread.filter(|_| post.shape == PostShape::ForumPost).unwrap_or(channel);
    Some(Place { channel, message })
}
