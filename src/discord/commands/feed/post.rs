//! `/feed post`, and the button Resend of `/why`: posts one article now.

use std::time::Duration;

use super::desk::{self, answered, find_feed};
use super::words;
use crate::article_key::ArticleKey;
use crate::delivery::desk::{Desk, Explanation};
use crate::delivery::record::{DeliveryDetails, DeliveryState};
use crate::discord::choices;
use crate::discord::component::{Kind, Pressed};
use crate::discord::custom_id::{CustomId, Fields};
use crate::discord::invocation::Invocation;
use crate::discord::reply::Reply;
use crate::feed::FeedId;
use crate::messages::say;

/// How often, and how many times, the answer looks whether the post is in the channel.
const LOOK_AGAIN: Duration = Duration::from_millis(250);
const LOOKS_MAX: u32 = 40;

/// A button that does what `/feed post` does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PostNow {
    pub(crate) feed: FeedId,
    pub(crate) article: ArticleKey,
}

impl Kind for PostNow {
    const TAG: &'static str = "post1";
    const UPDATES: bool = false;

    fn id(&self) -> CustomId {
        CustomId::new(Self::TAG).number(self.feed.0).article(self.article)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { feed: FeedId(fields.number()?), article: fields.article()? })
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        let desk = desk::of(pressed.invocation.state, pressed.invocation.words)?;
        let posted = post(self.feed, self.article, desk, &pressed.invocation).await;
        posted.map(Reply::to_asker).map_err(Reply::to_asker)
    }
}

/// Posts the article that a moderator typed or chose.
pub(super) async fn run(
    feed: &str,
    article: &str,
    desk: &Desk,
    invocation: &Invocation<'_>,
) -> Result<Reply, String> {
    let feed = find_feed(feed, desk, invocation).await?;
    let by_words = || choices::article_of_words(article, &invocation.state.collection()).ok();
    let article = choices::article_of_value(article).or_else(by_words);
    let article = article.ok_or_else(|| say!(invocation.words, "post-not-visible"))?;
    post(feed.id, article, desk, invocation).await.map(Reply::to_asker)
}

/// Asks for the post, and waits a moment for it.
async fn post(
    feed: FeedId,
    article: ArticleKey,
    desk: &Desk,
    invocation: &Invocation<'_>,
) -> Result<String, String> {
    let (guild, words) = (invocation.guild(), invocation.words);
    let feed = answered(desk.post(guild, feed, article), words).await?;
    let (number, channel) = (feed.id.to_string(), format!("<#{}>", feed.channel));
    for _ in 0..LOOKS_MAX {
        let explanations = answered(desk.why(guild, article), words).await?;
        let own = explanations.into_iter().find(|(of, _)| of.id == feed.id);
        if let Some((_, Explanation::Recorded(details))) = own {
            let DeliveryDetails { state, message, .. } = details;
            match (state, message) {
                (DeliveryState::Sent, Some(message)) => {
                    let link = words::link(guild, details.thread.unwrap_or(details.channel), message);
                    return Ok(say!(words, "feed-posted", feed = number, channel = channel, link = link));
                }
                (DeliveryState::Failed | DeliveryState::Unknown, _) => {
                    return Err(say!(words, "feed-post-failed", feed = number, channel = channel));
                }
                _ => {}
            }
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    Ok(say!(words, "feed-post-waits", feed = number, channel = channel))
}
