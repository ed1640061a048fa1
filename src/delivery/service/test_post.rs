//! Test posts: an example of a feed's posts, without a delivery.

use std::sync::Arc;

use super::{Service, give};
use crate::collection::Position;
use crate::delivery::compose::{leave_out_pictures, mark_as_test, message};
use crate::delivery::desk::{Answer, DeskError, TestFailure};
use crate::delivery::record::{PostKey, PostShape};
use crate::delivery::retry::{ActionKind, Decision, Try, decide};
use crate::delivery::send::{Action, Outcome, Place, Sender, has_pictures, message_of};
use crate::feed::{ChannelKind, Feed, FeedId};
use crate::ids::GuildId;
use article_format::stable_hash64;

impl<S: Sender> Service<S> {
    /// A test runs in a task of its own and answers the request itself.
    pub(super) async fn test(&self, guild: GuildId, id: FeedId, answer: Answer<Place>) {
        let action = match self.own_feed_of(guild, id).await {
            Ok(feed) => self.test_post(&feed).await.ok_or(DeskError::NoTest(TestFailure::NoArticle)),
            Err(error) => Err(error),
        };
        let action = match action {
            Ok(action) => action,
            Err(error) => return give(answer, Err(error)),
        };
        let sender = Arc::clone(&self.sender);
        tokio::spawn(async move {
            let outcome = sender.send(&action).await;
            let tried = tried(&action, has_pictures(&action));
            if decide(&tried, &outcome) != Decision::WithoutPictures {
                return give(answer, tested(&action, &outcome));
            }
            let mut action = action;
            message_of(&mut action).map(leave_out_pictures);
            let outcome = sender.send(&action).await;
            give(answer, tested(&action, &outcome));
        });
    }

    async fn test_post(&self, feed: &Feed) -> Option<Action> {
        let now = (self.clock)();
        let collection = Arc::clone(&self.current.borrow().collection);
        let snapshot = self.snapshots.of(&collection).await;
        let passing = feed.settings.rules.applied_to(&collection).passing(now);
        let hottest = || {
            let has_link = |at: &Position| {
                collection.article(*at).is_some_and(|article| article.usable_link().is_some())
            };
            collection.dates().visible(now).find(has_link)
        };
        let story = passing.first().copied().or_else(hottest)?;
        let key = PostKey(stable_hash64(&["test", &feed.id.to_string(), &now.to_string()].join("\n")));
        let shape =
            if feed.channel_kind == ChannelKind::Forum { PostShape::ForumPost } else { PostShape::Single };
        let language = (self.language_of)(feed.guild);
        let mut content = message(&snapshot, language, key, shape, &[story], now);
        let name = mark_as_test(&mut content);
        let article = collection.article(story)?;
        Some(match shape {
            PostShape::ForumPost => Action::ForumPost {
                guild: feed.guild,
                channel: feed.channel,
                name,
                topics: article.topics.iter().map(ToString::to_string).collect(),
                message: content,
            },
            _ => Action::Post {
                guild: feed.guild,
                channel: feed.channel,
                nonce: key.nonce(),
                message: content,
            },
        })
    }
}

fn tried(action: &Action, has_pictures: bool) -> Try {
    Try { kind: ActionKind::from(action), attempts: 1, has_pictures, jitter: 0.0 }
}

/// A test is tried once. The moderator reads the failure that a feed would retry.
fn tested(action: &Action, outcome: &Outcome) -> Result<Place, DeskError> {
    let failure = match decide(&tried(action, false), outcome) {
        Decision::Done(made) => {
            let (Action::Post { channel, .. } | Action::ForumPost { channel, .. }) = action else {
                return Err(DeskError::NoSuchFeed);
            };
            let channel = made.thread.unwrap_or(*channel);
            match made.message {
                Some(message) => return Ok(Place { channel, message }),
                None => TestFailure::NoPlace,
            }
        }
        Decision::Retry { is_certainly_not_done: true, .. } if is_limit(outcome) => TestFailure::Limited,
        Decision::Retry { is_certainly_not_done: true, .. } => TestFailure::NotNow,
        // A test has no follow-up that Discord could refuse.
        Decision::Retry { .. } | Decision::DoneWithout(_) => TestFailure::Unconfirmed,
        Decision::PauseFeed(reason) => TestFailure::Paused(reason),
        Decision::PauseForeign => return Err(DeskError::ForeignChannel),
        Decision::Fail(refused) => TestFailure::Refused(refused),
        Decision::StopProcess => TestFailure::WrongToken,
        Decision::WithoutPictures => TestFailure::Picture,
        Decision::AlreadyDone | Decision::Gone => TestFailure::Deleted,
    };
    Err(DeskError::NoTest(failure))
}

fn is_limit(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Refused(refusal) if refusal.status == 429)
}
