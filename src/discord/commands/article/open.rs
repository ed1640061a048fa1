//! The button and the menu of a feed's post. Both show an article in full to the person who uses them.

use super::{chosen, in_full};
use crate::article_key::ArticleKey;
use crate::delivery::record::PostKey;
use crate::discord::component::{Kind, Pressed, read};
use crate::discord::custom_id::{CustomId, Fields};
use crate::discord::reply::Reply;

/// The button of a feed's card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FeedCardButton {
    /// The bot finds its message in the channel's history by this key.
    pub(crate) key: PostKey,
    pub(crate) article: ArticleKey,
}

impl Kind for FeedCardButton {
    const TAG: &'static str = "feedcard1";
    const UPDATES: bool = false;

    fn id(&self) -> CustomId {
        CustomId::new(Self::TAG).post(self.key).article(self.article)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { key: fields.post()?, article: fields.article()? })
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        Ok(in_full(self.article, pressed))
    }
}

/// The menu of a feed's digest. Its values are the hashes of the articles' ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FeedDigestMenu {
    /// As in [`FeedCardButton`].
    pub(crate) key: PostKey,
}

impl Kind for FeedDigestMenu {
    const TAG: &'static str = "feeddigest1";
    const UPDATES: bool = false;

    fn id(&self) -> CustomId {
        CustomId::new(Self::TAG).post(self.key)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { key: fields.post()? })
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        chosen(pressed)
    }
}

/// The key of a feed's message, from the `custom_id` of one of its components.
pub(crate) fn post_key(custom_id: &str) -> Option<PostKey> {
    let of_card = read::<FeedCardButton>(custom_id).map(|button| button.key);
    of_card.or_else(|| read::<FeedDigestMenu>(custom_id).map(|menu| menu.key))
}
