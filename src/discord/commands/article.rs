//! `/article`: one card in full size, with its related stories, best first.

use std::cmp::Reverse;

use jiff::Timestamp;
use serenity::all::CommandOptionType;
use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::ResolvedOption;

use super::{focused_option, text_option};
use crate::card::{self, RELATED_PER_PAGE, text};
use crate::collection::Collection;
use crate::discord::choices;
use crate::discord::custom_id::CustomId;
use crate::discord::pager;
use crate::discord::reply::{
    Audience, BUTTON_ADDRESS_CHARACTERS_MAX, Button, CHOICES_MAX, Choice, Press, Reply, Row,
};
use crate::discord::state::State;
use crate::query::Page;
use article_format::related::Related;
use article_format::{Article, Story};

const TYPED_CHARACTERS_MAX: usize = 120;
const GONE: &str = "That article is gone from the collection since. Ask again with `/news`.";

/// Which article is wanted, by whom, and which page of its related stories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleInput {
    /// A user's id; only they turn the pages.
    pub asker: u64,
    /// Which article.
    pub wanted: WantedArticle,
    /// From 0.
    pub page: usize,
    /// Who is to see the answer.
    pub audience: Audience,
}

/// How an article was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WantedArticle {
    /// By the hash of its id: chosen from what was offered.
    Hash(u64),
    /// By words of its title, in any order.
    Words(String),
}

/// The command as it is registered.
pub fn definition() -> CreateCommand {
    let title =
        CreateCommandOption::new(CommandOptionType::String, "title", "Words of its title, in any order");
    CreateCommand::new("article")
        .description("One article in full, with related stories")
        .add_option(title.required(true).set_autocomplete(true))
}

/// Reads the option.
#[must_use]
pub fn parse(asker: u64, options: &[ResolvedOption<'_>]) -> ArticleInput {
    let title = text_option(options, "title").unwrap_or_default();
    let wanted =
        choices::parse_hash_value(&title).map_or_else(|| WantedArticle::Words(title), WantedArticle::Hash);
    ArticleInput { asker, wanted, page: 0, audience: Audience::Everyone }
}

/// The hottest articles whose titles hold all words typed so far.
#[must_use]
pub fn autocomplete(options: &[ResolvedOption<'_>], state: &State) -> Vec<Choice> {
    let Some((_, typed)) = focused_option(options) else { return Vec::new() };
    let collection = state.collection();
    let now = state.now();
    let found =
        collection.titles().containing(typed).filter(|&position| collection.is_visible(position, now));
    found
        .filter_map(|position| collection.article(position))
        .take(CHOICES_MAX)
        .map(choices::of_article)
        .collect()
}

/// Shows the article or another page of its related stories.
pub async fn run(input: ArticleInput, state: &State) -> Reply {
    let collection = state.collection();
    let now = state.now();
    let found = find(&input.wanted, &collection, now);
    match found.map(|position| collection.story(position, now)) {
        Ok(Some(story)) => show(&input, &story),
        Ok(None) => Reply::to_asker(GONE),
        Err(words) => Reply::to_asker(words),
    }
}

fn find(wanted: &WantedArticle, collection: &Collection, now: Timestamp) -> Result<usize, String> {
    match wanted {
        WantedArticle::Hash(hash) => collection.visible_by_hash64(*hash, now).ok_or_else(|| GONE.to_owned()),
        WantedArticle::Words(words) => {
            let mut found = collection.titles().containing(words);
            found.find(|&position| collection.is_visible(position, now)).ok_or_else(|| {
                let words = text::escaped(words, TYPED_CHARACTERS_MAX);
                format!("No title holds “{words}”. Type a few words of it and choose from what is offered.")
            })
        }
    }
}

fn show(input: &ArticleInput, story: &Story<'_>) -> Reply {
    let article = story.article;
    let mut stories: Vec<Related<'_>> = article.related.iter().collect();
    stories.sort_by_key(|story| (Reverse(story.quality), Reverse(story.published_at)));
    let page = Page::of(&stories, input.page, RELATED_PER_PAGE);
    let mut cards = vec![card::full(story)];
    if !stories.is_empty() {
        let heading = match page.count {
            1 => "Related stories".to_owned(),
            _ => format!("Related stories · {}", pager::page_in_words(&page)),
        };
        cards.push(card::related(page.items, &heading));
    }
    let hash = article.id.hash64();
    let id = |page| CustomId::Related { asker: input.asker, article: hash, page };
    let rows = [pager::buttons(&page, id), link_row(article)];
    Reply {
        content: String::new(),
        cards,
        rows: rows.into_iter().flatten().collect(),
        audience: input.audience,
    }
}

fn link_row(article: &Article) -> Option<Row> {
    let link = article.link.as_deref().filter(|link| text::count(link) <= BUTTON_ADDRESS_CHARACTERS_MAX)?;
    Some(Row::Buttons(vec![Button { label: "Read it".to_owned(), press: Press::Open(link.to_owned()) }]))
}
