//! The button that shows an article to everybody in the channel.

use super::{button_row, link_button};
use crate::article_key::ArticleKey;
use crate::card;
use crate::discord::component::{Kind, Pressed};
use crate::discord::custom_id::{CustomId, Fields};
use crate::discord::reply::{Audience, Button, Press, Reply};
use crate::messages::{Words, say};

/// Posts the card of an article in the channel of the press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShareArticle {
    pub(crate) article: ArticleKey,
}

impl Kind for ShareArticle {
    const TAG: &'static str = "share1";
    const UPDATES: bool = false;
    const AUDIENCE: Audience = Audience::Everyone;

    fn id(&self) -> CustomId {
        CustomId::new(Self::TAG).article(self.article)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { article: fields.article()? })
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        let invocation = &pressed.invocation;
        let (words, now) = (invocation.words, invocation.state.now());
        match &invocation.caller.member {
            Some(member) if !member.may_write => {
                return Err(Reply::to_asker(say!(words, "share-forbidden")));
            }
            Some(member) if !member.may_show => return Err(Reply::to_asker(say!(words, "share-hidden"))),
            _ => {}
        }
        let collection = invocation.state.collection();
        let position = collection.visible_by_key(self.article, now);
        let story = position.and_then(|position| collection.story(position, now));
        let story = story.ok_or_else(|| Reply::to_asker(say!(words, "article-gone")))?;
        Ok(Reply {
            content: say!(words, "shared-by", person = format!("<@{}>", invocation.caller.user)),
            cards: vec![card::full(words, &story)],
            rows: button_row(link_button(words, story.article).into_iter()).into_iter().collect(),
            ..Reply::default()
        })
    }
}

/// The button for this article.
pub(super) fn button(article: ArticleKey, words: &Words) -> Button {
    Button { label: say!(words, "button-share"), press: Press::Ask(ShareArticle { article }.id()) }
}
