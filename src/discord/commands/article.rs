//! `/article`: one card in full size, with its related stories, best first.

use crate::article_key::ArticleKey;
use std::cmp::Reverse;
use std::future::ready;

use jiff::Timestamp;
use serenity::all::CommandOptionType;
use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::ResolvedOption;

use crate::card::{self, RELATED_PER_PAGE, text};
use crate::collection::{Collection, Position};
use crate::discord::choices;
use crate::discord::command::{Access, Command};
use crate::discord::component::{Kind, Pressed, page_or_words};
use crate::discord::custom_id::{CustomId, Fields};
use crate::discord::invocation::Invocation;
use crate::discord::options;
use crate::discord::pager;
use crate::discord::reply::{BUTTON_ADDRESS_CHARACTERS_MAX, Button, Choice, Press, Reply, Row};
use crate::messages::{Words, say};
use crate::query::Page;
use article_format::related::Related;
use article_format::{Article, Story};

pub(crate) mod open;

const TYPED_CHARACTERS_MAX: usize = 120;

/// `/article`.
pub(crate) static COMMAND: Command = Command {
    name: "article",
    access: Access::Everyone,
    definition,
    autocomplete: Some(|invocation| Box::pin(ready(autocomplete(invocation)))),
    run: |invocation| Box::pin(ready(answer(&parse(&invocation.options), 0, invocation))),
};

/// A button that shows a page of the related stories of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RelatedPage {
    pub(crate) article: ArticleKey,
    /// From 0.
    pub(crate) page: usize,
}

impl Kind for RelatedPage {
    const TAG: &'static str = "related1";
    const UPDATES: bool = true;

    fn id(&self) -> CustomId {
        CustomId::new(Self::TAG).article(self.article).index(self.page)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { article: fields.article()?, page: fields.index()? })
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        page_or_words(answer(&WantedArticle::Key(self.article), self.page, &pressed.invocation))
    }
}

/// The article that a person asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WantedArticle {
    /// By the hash of its id: the person chose it from a list.
    Key(ArticleKey),
    /// By words of its title, in any order.
    Words(String),
}

fn definition(command: CreateCommand, words: &Words) -> CreateCommand {
    let description = say!(words, "article-title-description");
    let title = CreateCommandOption::new(CommandOptionType::String, "title", description);
    command
        .description(say!(words, "article-description"))
        .add_option(title.required(true).set_autocomplete(true))
}

fn parse(options: &[ResolvedOption<'_>]) -> WantedArticle {
    let title = options::text(options, "title").unwrap_or_default();
    choices::article_of_value(&title).map_or_else(|| WantedArticle::Words(title), WantedArticle::Key)
}

/// The articles whose titles have all words typed so far.
fn autocomplete(invocation: &Invocation<'_>) -> Vec<Choice> {
    let Some((_, typed)) = options::focused(&invocation.options) else { return Vec::new() };
    let now = invocation.state.now();
    choices::of_titles(typed, invocation.state, invocation.words, |collection, position| {
        collection.is_visible(position, now)
    })
}

/// The article, with the page of its related stories that has this index.
fn answer(wanted: &WantedArticle, page: usize, invocation: &Invocation<'_>) -> Reply {
    let (words, now) = (invocation.words, invocation.state.now());
    let collection = invocation.state.collection();
    let story = find(wanted, &collection, now).and_then(|position| collection.story(position, now));
    match (story, wanted) {
        (Some(story), _) => show(&story, page, words),
        (None, WantedArticle::Key(_)) => Reply::to_asker(say!(words, "article-gone")),
        (None, WantedArticle::Words(typed)) => {
            let typed = text::escaped(typed, TYPED_CHARACTERS_MAX);
            Reply::to_asker(say!(words, "article-unknown", typed = typed))
        }
    }
}

fn find(wanted: &WantedArticle, collection: &Collection, now: Timestamp) -> Option<Position> {
    match wanted {
        WantedArticle::Key(article) => collection.visible_by_key(*article, now),
        WantedArticle::Words(words) => {
            collection.titles().containing(words).find(|&position| collection.is_visible(position, now))
        }
    }
}

fn show(story: &Story<'_>, page: usize, words: &Words) -> Reply {
    let article = story.article;
    let mut stories: Vec<Related<'_>> = article.related.iter().collect();
    stories.sort_by_key(|story| (Reverse(story.quality), Reverse(story.published_at)));
    let page = Page::of(&stories, page, RELATED_PER_PAGE);
    let mut cards = vec![card::full(words, story)];
    if !stories.is_empty() {
        let heading = match page.count {
            1 => say!(words, "related"),
            _ => say!(words, "related-page", page = pager::page_in_words(words, &page)),
        };
        cards.push(card::related(words, page.items, &heading));
    }
    let key = ArticleKey::from(&article.id);
    let id = |page| RelatedPage { article: key, page }.id();
    let rows = [pager::buttons(words, &page, id), link_row(words, article)];
    Reply { cards, rows: rows.into_iter().flatten().collect(), ..Reply::default() }
}

fn link_row(words: &Words, article: &Article) -> Option<Row> {
    let link = article.link.as_deref().filter(|link| text::count(link) <= BUTTON_ADDRESS_CHARACTERS_MAX)?;
    let label = say!(words, "button-read");
    Some(Row::Buttons(vec![Button { label, press: Press::Open(link.to_owned()) }]))
}
