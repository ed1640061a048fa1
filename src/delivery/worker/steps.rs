//! Turns a step into a request.

use std::sync::Arc;

use super::Worker;
use super::answered::{Asked, answered};
use super::running::Running;
use crate::card::Fingerprint;
use crate::collection::Position;
use crate::delivery::compose::{digest_heading, forum_post_title, leave_out_pictures, message, thread_title};
use crate::delivery::plan::Step;
use crate::delivery::record::{AttemptTime, Post, PostShape};
use crate::delivery::send::{Action, FeedMessage, Search, Sender, place};
use crate::feed::Feed;
use crate::ids::{ChannelId, GuildId};
use crate::messages::Language;

impl<S: Sender> Worker<S> {
    /// Makes the request of a step whose claim is written. `None` if the post is not in its channel any more.
    pub(super) fn request(&self, channel: ChannelId, step: Step) -> Option<Running> {
        let state = &self.channels.get(&channel)?.state;
        let post = state.post(step.post())?.clone();
        let mut displays = Fingerprint { without_heat: post.displayed, with_heat: post.displayed_with_heat };
        let action = match &step {
            Step::Find { .. } => None,
            Step::Post { stories, .. } | Step::Retry { stories, .. } => {
                let rest = if let Step::Post { rest, .. } = step { rest } else { 0 };
                let message = self.content(channel, &post, stories, rest)?;
                displays = message.fingerprint;
                Some(self.posting(channel, &post, message)?)
            }
            Step::Withdraw { others, .. } if !others.is_empty() => {
                let message = self.content(channel, &post, others, 0)?;
                displays = message.fingerprint;
                Some(Action::Edit { place: place(channel, &post)?, message })
            }
            Step::Withdraw { .. } => Some(match (post.shape, post.thread) {
                (PostShape::ForumPost, Some(thread)) if !self.keeps_threads.contains(&channel) => {
                    place(channel, &post)?;
                    Action::DeleteThread { thread }
                }
                _ => Action::Delete { place: place(channel, &post)? },
            }),
            Step::Discussion { .. } => {
                let place = place(channel, &post)?;
                Some(Action::OpenThread { place, name: self.title_of(channel, &post) })
            }
            Step::Crosspost { .. } => Some(Action::Crosspost { place: place(channel, &post)? }),
            Step::Edit { stories, .. } => {
                let mut message = self.content(channel, &post, stories, 0)?;
                displays = message.fingerprint;
                if post.is_without_pictures && displays.without_heat == post.displayed {
                    leave_out_pictures(&mut message);
                }
                Some(Action::Edit { place: place(channel, &post)?, message })
            }
        };
        let attempts = self.attempts(channel, &step, &post);
        Some(Running { step, post, action: action.map(Arc::new), displays, attempts })
    }

    /// The number of attempts: the failures in a row of this kind of step, and this one.
    fn attempts(&self, channel: ChannelId, step: &Step, post: &Post) -> u32 {
        let failures = self.channels.get(&channel).and_then(|channel| channel.failures.get(&step.kind()));
        let attempts = failures.copied().unwrap_or(0).saturating_add(1);
        if matches!(step, Step::Retry { .. }) { attempts.max(post.attempts) } else { attempts }
    }

    /// The request that makes a post.
    fn posting(&self, channel: ChannelId, post: &Post, mut message: FeedMessage) -> Option<Action> {
        let guild = self.channels.get(&channel)?.state.feed(post.feed)?.guild;
        if post.is_without_pictures {
            leave_out_pictures(&mut message);
        }
        Some(if post.shape == PostShape::ForumPost {
            let (name, topics) = (forum_post_title(&message), self.topics_of(&message));
            Action::ForumPost { guild, channel, name, topics, message }
        } else {
            Action::Post { guild, channel, nonce: post.key.nonce(), message }
        })
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
    fn title_of(&self, channel: ChannelId, post: &Post) -> String {
        let state = self.channels.get(&channel).map(|channel| &channel.state);
        let first = state.and_then(|state| state.carried_by(post.key).next());
        let article = first.and_then(|delivery| self.snapshot.article(delivery.article));
        let feed = state.and_then(|state| state.feed(post.feed));
        thread_title(self.language_of(feed), article.map(|article| &*article.title))
    }

    /// The content of a feed's message. `rest` due stories have no room in the digest.
    fn content(
        &self,
        channel: ChannelId,
        post: &Post,
        stories: &[Position],
        rest: usize,
    ) -> Option<FeedMessage> {
        let feed = self.channels.get(&channel)?.state.feed(post.feed);
        let language = self.language_of(feed);
        let mut content = message(&self.snapshot, language, post.key, post.shape, stories, self.now());
        content.mention = feed.and_then(|feed| feed.settings.mention);
        if post.shape == PostShape::Digest || stories.len() > 1 {
            content.content = digest_heading(language, stories.len(), rest);
        }
        Some(content)
    }

    /// The language of a feed's guild.
    fn language_of(&self, feed: Option<&Feed>) -> Language {
        feed.map_or_else(Language::default, |feed| (self.dependencies.language_of)(feed.guild))
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
        let state = self.channels.get(&channel).map(|channel| &channel.state);
        // All feeds of a channel belong to one guild, so another feed stands in for a removed one.
        let feed = state.and_then(|state| state.feed(post.feed).or_else(|| state.feeds().next()));
        Search {
            guild: feed.map_or(GuildId(0), |feed| feed.guild),
            channel,
            is_forum: post.shape == PostShape::ForumPost,
            key: post.key,
            since: post.uncertain_since.unwrap_or(AttemptTime { host: post.first_tried_at, discord: None }),
            known_threads: state.map(|state| state.threads_since(post.first_tried_at)).unwrap_or_default(),
        }
    }
}
