//! The buttons below an article: Read opens its address, and Share shows the article to everybody in the channel.

use crate::article_key::ArticleKey;
use crate::card::{self, text};
use crate::discord::component::{Kind, Pressed};
use crate::discord::custom_id::{CustomId, Fields};
use crate::discord::reply::{Audience, BUTTON_ADDRESS_CHARACTERS_MAX, Button, Press, Reply, Row};
use crate::messages::{Words, say};
use article_format::Article;

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
            rows: row(link(words, story.article).into_iter()).into_iter().collect(),
            ..Reply::default()
        })
    }
}

/// The button for this article.
pub(super) fn share(article: ArticleKey, words: &Words) -> Button {
    Button { label: say!(words, "button-share"), press: Press::Ask(ShareArticle { article }.id()) }
}

/// The buttons as a row; `None` without a button.
pub(super) fn row(buttons: impl Iterator<Item = Button>) -> Option<Row> {
    let buttons: Vec<Button> = buttons.collect();
    (!buttons.is_empty()).then_some(Row::Buttons(buttons))
}

/// The button that opens the address of an article.
pub(super) fn link(words: &Words, article: &Article) -> Option<Button> {
    let link = article.link.as_deref().filter(|link| text::count(link) <= BUTTON_ADDRESS_CHARACTERS_MAX)?;
    Some(Button { label: say!(words, "button-read"), press: Press::Open(link.to_owned()) })
}
