//! `/article`: one card in full size, with its related stories, best first.

use std::cmp::Reverse;
use std::future::ready;

use jiff::Timestamp;
use serenity::all::CommandOptionType;
use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::ResolvedOption;

use crate::article_key::ArticleKey;
use crate::card::{self, Card, MESSAGE_CHARACTERS_MAX, RELATED_PER_PAGE, text};
use crate::collection::{Collection, Position};
use crate::discord::choices;
use crate::discord::command::{Access, Command};
use crate::discord::component::{Kind, Pressed, from_another_version, page_or_words};
use crate::discord::custom_id::{CustomId, Fields};
use crate::discord::invocation::Invocation;
use crate::discord::options;
use crate::discord::pager;
use crate::discord::reply::{Audience, CHOICES_MAX, Choice, Menu, Reply, Row};
use crate::messages::{Words, say};
use crate::query::Page;
use article_format::related::Related;
use article_format::{Article, Story};

pub(crate) mod buttons;
pub(crate) mod open;

const TYPED_CHARACTERS_MAX: usize = 120;
/// The words for [`Audience::Everyone`] and [`Audience::AskerOnly`] in a `custom_id`.
const AUDIENCES: [&str; 2] = ["all", "one"];

/// `/article`.
pub(crate) static COMMAND: Command = Command {
    name: "article",
    access: Access::Everyone,
    definition,
    autocomplete: Some(|invocation| Box::pin(ready(autocomplete(invocation)))),
    run: |invocation| Box::pin(ready(answer(&parse(&invocation.options), 0, Audience::Everyone, invocation))),
};

/// A button that shows a page of the related stories of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RelatedPage {
    pub(crate) article: ArticleKey,
    /// From 0.
    pub(crate) page: usize,
    /// Who sees the message.
    pub(crate) audience: Audience,
}

impl Kind for RelatedPage {
    const TAG: &'static str = "related1";
    const UPDATES: bool = true;

    fn id(&self) -> CustomId {
        CustomId::new(Self::TAG)
            .article(self.article)
            .index(self.page)
            .choice(self.audience == Audience::Everyone, AUDIENCES)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let (article, page) = (fields.article()?, fields.index()?);
        let audience = if fields.choice(AUDIENCES)? { Audience::Everyone } else { Audience::AskerOnly };
        Some(Self { article, page, audience })
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        let audience = if pressed.is_in_own_answer() { self.audience } else { Audience::AskerOnly };
        page_or_words(answer(&WantedArticle::Key(self.article), self.page, audience, &pressed.invocation))
    }
}

/// The menu below a page of `/news`. Its values are the hashes of the articles' ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ArticleMenu;

impl Kind for ArticleMenu {
    const TAG: &'static str = "open1";
    const UPDATES: bool = false;

    fn id(&self) -> CustomId {
        CustomId::new(Self::TAG)
    }

    fn read(_: &mut Fields<'_>) -> Option<Self> {
        Some(Self)
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        chosen(pressed)
    }
}

/// A menu that opens one of these articles in full; `None` without an article.
pub(crate) fn open_menu<'a>(words: &Words, articles: impl Iterator<Item = &'a Article>) -> Option<Row> {
    let options: Vec<_> =
        articles.take(CHOICES_MAX).map(|article| choices::article_option(words, article)).collect();
    let placeholder = say!(words, "menu-articles");
    (!options.is_empty()).then(|| Row::Menu(Menu { custom_id: ArticleMenu.id(), placeholder, options }))
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
    choices::of_visible_titles(typed, invocation.state, invocation.words)
}

/// The article, with the page of its related stories that has this index.
fn answer(wanted: &WantedArticle, page: usize, audience: Audience, invocation: &Invocation<'_>) -> Reply {
    let (words, now) = (invocation.words, invocation.state.now());
    let collection = invocation.state.collection();
    let story = find(wanted, &collection, now).and_then(|position| collection.story(position, now));
    match (story, wanted) {
        (Some(story), _) => show(&story, page, audience, &collection, invocation),
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

fn show(
    story: &Story<'_>,
    page: usize,
    audience: Audience,
    collection: &Collection,
    invocation: &Invocation<'_>,
) -> Reply {
    let (words, article) = (invocation.words, story.article);
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
    let left = MESSAGE_CHARACTERS_MAX.saturating_sub(cards.iter().map(Card::characters).sum());
    if let Some(coverage) = card::other_coverage(words, story, left) {
        cards.insert(1, coverage);
    }
    let known = known_articles(story, page.items, collection, invocation.state.now());
    let key = ArticleKey::from(&article.id);
    let id = |page| RelatedPage { article: key, page, audience }.id();
    let share = (audience == Audience::AskerOnly).then(|| buttons::share(key, words));
    let rows = [
        pager::buttons(words, &page, id),
        open_menu(words, known.into_iter()),
        buttons::row(buttons::link(words, article).into_iter().chain(share)),
    ];
    Reply { cards, rows: rows.into_iter().flatten().collect(), ..Reply::default() }
}

/// The articles of the collection that a reader of this story can open: its other coverage, then the related stories that the
/// collection has. Each once, and not the article itself.
fn known_articles<'a>(
    story: &Story<'a>,
    related: &[Related<'_>],
    collection: &'a Collection,
    now: Timestamp,
) -> Vec<&'a Article> {
    let related = related
        .iter()
        .filter_map(|related| collection.article(collection.visible_at_address(related.link?, now)?));
    let mut known: Vec<&Article> = Vec::new();
    for article in story.others.iter().copied().chain(related) {
        if article.id != story.article.id && known.iter().all(|other| other.id != article.id) {
            known.push(article);
        }
    }
    known
}

/// The article that somebody chose in a menu.
fn chosen(pressed: &Pressed<'_>) -> Result<Reply, Reply> {
    let article = pressed
        .chosen_hash()
        .map(ArticleKey)
        .ok_or_else(|| from_another_version(pressed.invocation.words))?;
    Ok(in_full(article, pressed))
}

fn in_full(article: ArticleKey, pressed: &Pressed<'_>) -> Reply {
    answer(&WantedArticle::Key(article), 0, Audience::AskerOnly, &pressed.invocation)
}
