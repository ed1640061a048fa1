//! "More like this", in the menu of a message: other coverage of the story of an article in the message, then related articles.

use std::future::ready;
use std::sync::Arc;

use jiff::Timestamp;
use serenity::all::CommandType;

use crate::article_key::ArticleKey;
use crate::card::{self, text};
use crate::collection::{Collection, Position};
use crate::discord::choices;
use crate::discord::command::{Access, Command};
use crate::discord::commands::article::open_menu;
use crate::discord::component::{Kind, Pressed, from_another_version};
use crate::discord::custom_id::{CustomId, Fields};
use crate::discord::invocation::Invocation;
use crate::discord::reply::{CHOICES_MAX, Menu, Reply, Row};
use crate::messages::{Words, say};
use crate::query::CARDS_PER_PAGE;
use crate::search::SearchIndex;
use article_format::{Article, Story};

mod message_articles;

const TITLE_CHARACTERS_MAX: usize = 200;

/// "More like this".
pub(crate) static COMMAND: Command = Command {
    name: "More like this",
    access: Access::Everyone,
    definition: |command, words| command.name(say!(words, "more-like-this-name")).kind(CommandType::Message),
    autocomplete: None,
    run: |invocation| Box::pin(ready(answer(invocation))),
};

/// The menu of the other articles of a message. Its values are the hashes of the articles' ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MoreLikeMenu;

impl Kind for MoreLikeMenu {
    const TAG: &'static str = "morelike1";
    const UPDATES: bool = false;

    fn id(&self) -> CustomId {
        CustomId::new(Self::TAG)
    }

    fn read(_: &mut Fields<'_>) -> Option<Self> {
        Some(Self)
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        let words = pressed.invocation.words;
        let article = pressed.chosen_hash().ok_or_else(|| from_another_version(words))?;
        let look = Look::new(&pressed.invocation);
        let position = look.collection.visible_by_key(ArticleKey(article), look.now);
        let story = position.and_then(|position| look.story(position));
        let (position, story) =
            position.zip(story).ok_or_else(|| Reply::to_asker(say!(words, "article-gone")))?;
        Ok(look.more_like(position, &story))
    }
}

fn answer(invocation: &Invocation<'_>) -> Reply {
    let look = Look::new(invocation);
    let found = invocation.target.map(|message| message_articles::find(message, &look.collection, look.now));
    let found = found.unwrap_or_default();
    let first = found.first().and_then(|&position| Some((position, look.story(position)?)));
    let Some((position, story)) = first else {
        return Reply::to_asker(say!(invocation.words, "more-like-this-unknown"));
    };
    let mut reply = look.more_like(position, &story);
    let others = found.iter().skip(1).filter_map(|&other| look.collection.article(other));
    reply.rows.extend(other_articles_menu(invocation.words, others));
    reply
}

/// What an answer is made of: the index, or no index and the current collection.
struct Look<'a> {
    words: &'a Words,
    now: Timestamp,
    index: Option<Arc<SearchIndex>>,
    collection: Arc<Collection>,
}

impl<'a> Look<'a> {
    fn new(invocation: &Invocation<'a>) -> Self {
        let index = invocation.state.search().current();
        let collection = match &index {
            Some(index) => Arc::clone(index.collection()),
            None => invocation.state.collection(),
        };
        Self { words: invocation.words, now: invocation.state.now(), index, collection }
    }

    fn story(&self, position: Position) -> Option<Story<'_>> {
        self.collection.story(position, self.now)
    }

    /// The other coverage of a story, then the stories that are like it, each as a card.
    fn more_like(&self, position: Position, story: &Story<'_>) -> Reply {
        let words = self.words;
        let alone = |article| Story { article, others: Vec::new() };
        let mut stories: Vec<Story<'_>> =
            story.others.iter().copied().take(CARDS_PER_PAGE).map(alone).collect();
        let coverage = stories.len();
        let related = self.related(position, story.article);
        stories.extend(related.into_iter().filter_map(|position| self.story(position)));
        stories.truncate(CARDS_PER_PAGE);
        let title = text::escaped(&story.article.title, TITLE_CHARACTERS_MAX);
        let mut content = Vec::new();
        if !stories.is_empty() {
            content.push(say!(words, "more-like-this-heading", title = title));
        } else if self.index.is_some() {
            content.push(say!(words, "more-like-this-nothing", title = title));
        } else {
            content.push(say!(words, "more-like-this-nothing-covers", title = title));
        }
        if coverage > 0 {
            content.push(say!(words, "more-like-this-coverage", count = coverage));
        }
        if self.index.is_none() {
            content.push(say!(words, "more-like-this-not-ready"));
        }
        let open = open_menu(words, stories.iter().map(|story| story.article));
        Reply {
            cards: card::list(words, &stories),
            rows: open.into_iter().collect(),
            ..Reply::to_asker(content.join("\n"))
        }
    }

    /// Articles of other stories, most alike first. None without an index.
    fn related(&self, position: Position, article: &Article) -> Vec<Position> {
        let Some(index) = &self.index else { return Vec::new() };
        let stories = self.collection.stories();
        let own = stories.story_of(position);
        let is_other = |other| stories.story_of(other) != own && self.collection.is_visible(other, self.now);
        index.like(article, &is_other).unwrap_or_else(|error| {
            tracing::error!(%error, "the articles like an article cannot be searched");
            Vec::new()
        })
    }
}

fn other_articles_menu<'a>(words: &Words, articles: impl Iterator<Item = &'a Article>) -> Option<Row> {
    let options: Vec<_> =
        articles.take(CHOICES_MAX).map(|article| choices::article_option(words, article)).collect();
    let placeholder = say!(words, "menu-more-like-this");
    (!options.is_empty()).then(|| Row::Menu(Menu { custom_id: MoreLikeMenu.id(), placeholder, options }))
}
