//! `/why`: what became of an article in each feed of a server, or which rule holds it back.

use serenity::all::CommandOptionType;
use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::ResolvedOption;

use super::article::WantedArticle;
use super::feed::{self, words};
use super::{focused_option, text_option};
use crate::card::text;
use crate::collection::Collection;
use crate::delivery::desk::{Fate, Verdict};
use crate::discord::choices;
use crate::discord::custom_id::CustomId;
use crate::discord::pager;
use crate::discord::reply::{CHOICES_MAX, CONTENT_CHARACTERS_MAX, Choice, Reply};
use crate::discord::state::State;
use crate::query::Page;
use article_format::{Article, stable_hash64};

mod fate;

use fate::Asked;

/// The verdicts of a page; the rest of a message is for the heading.
const PAGE_CHARACTERS_MAX: usize = CONTENT_CHARACTERS_MAX - 300;
const TITLE_CHARACTERS_MAX: usize = 150;
const TYPED_CHARACTERS_MAX: usize = 120;

/// Which article is asked about, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyInput {
    /// The server's id.
    pub server: u64,
    /// Which article.
    pub wanted: WantedArticle,
    /// From 0.
    pub page: usize,
}

/// The command as it is registered.
pub fn definition() -> CreateCommand {
    let description = "Words of its title, in any order, or its path without .md";
    let article = CreateCommandOption::new(CommandOptionType::String, "article", description);
    CreateCommand::new("why")
        .description("Why an article was posted in each feed, or was not")
        .add_option(article.required(true).set_autocomplete(true))
}

/// Reads the option.
#[must_use]
pub fn parse(server: u64, options: &[ResolvedOption<'_>]) -> WhyInput {
    let typed = text_option(options, "article").unwrap_or_default();
    let wanted =
        choices::parse_hash_value(&typed).map_or_else(|| WantedArticle::Words(typed), WantedArticle::Hash);
    WhyInput { server, wanted, page: 0 }
}

/// The hottest articles whose titles hold all words typed so far; those that are hidden too, as it is of them that one asks.
#[must_use]
pub fn autocomplete(options: &[ResolvedOption<'_>], state: &State) -> Vec<Choice> {
    let Some((_, typed)) = focused_option(options) else { return Vec::new() };
    let collection = state.collection();
    let found = collection.titles().containing(typed).filter_map(|position| collection.article(position));
    found.take(CHOICES_MAX).map(choices::of_article).collect()
}

/// Tells of each feed.
pub async fn run(input: WhyInput, state: &State) -> Reply {
    let desk = match feed::desk(state) {
        Ok(desk) => desk,
        Err(reply) => return reply,
    };
    let collection = state.collection();
    let article = hash(&input.wanted, &collection);
    let verdicts = match feed::answered(desk.why(input.server, article)).await {
        Ok(verdicts) => verdicts,
        Err(fault) => return Reply::to_asker(fault),
    };
    let position = collection.by_hash64(article);
    let asked = Asked {
        hash: article,
        loaded: position.and_then(|position| collection.article(position)),
        is_visible: position.is_some_and(|position| collection.is_visible(position, state.now())),
    };
    if verdicts.is_empty() {
        return Reply::to_asker(match (asked.loaded, &input.wanted) {
            (Some(_), _) => "This server has no feeds yet; `/feed add` makes one.".to_owned(),
            (None, WantedArticle::Hash(_)) => {
                "That article is gone from the collection since, and no feed of this server ever had it."
                    .to_owned()
            }
            (None, WantedArticle::Words(words)) => format!(
                "No title holds “{}”, and no feed of this server ever had an article of that path. Type a few words of a title \
                 and choose from what is offered.",
                text::escaped(words, TYPED_CHARACTERS_MAX)
            ),
        });
    }
    show(&input, asked, &verdicts)
}

/// Its hash: as chosen, of the path that was typed, or of the hottest article whose title holds the words. What matches
/// nothing is taken for the path of an article whose file is gone.
fn hash(wanted: &WantedArticle, collection: &Collection) -> u64 {
    match wanted {
        WantedArticle::Hash(hash) => *hash,
        WantedArticle::Words(words) => {
            let path = words.trim();
            let of_path = stable_hash64(path.strip_suffix(".md").unwrap_or(path));
            let by_title = || {
                let position = collection.titles().containing(words).next()?;
                collection.article(position).map(|article| article.id.hash64())
            };
            if collection.by_hash64(of_path).is_some() { of_path } else { by_title().unwrap_or(of_path) }
        }
    }
}

fn show(input: &WhyInput, asked: Asked<'_>, verdicts: &[Verdict]) -> Reply {
    let told = verdicts
        .iter()
        .map(|verdict| format!("• {}: {}", words::named(&verdict.feed), fate::in_words(verdict, asked)));
    let pages = pager::packed(told.collect(), (PAGE_CHARACTERS_MAX, 0), |told| (text::count(told) + 1, 0));
    let page = Page::of(&pages, input.page, 1);
    let mut lines = vec![heading(asked.loaded, verdicts)];
    if page.count > 1 {
        lines.push(pager::page_in_words(&page));
    }
    lines.extend(page.items.concat());
    let buttons = pager::buttons(&page, |page| CustomId::Why { article: asked.hash, page });
    Reply { rows: buttons.into_iter().collect(), ..Reply::to_asker(lines.join("\n")) }
}

/// The title; of an article that is not loaded, the one that the ledger keeps.
fn heading(loaded: Option<&Article>, verdicts: &[Verdict]) -> String {
    let kept = || {
        verdicts.iter().find_map(|verdict| match &verdict.fate {
            Fate::Recorded(details) | Fate::Withheld(details) | Fate::Kept(details) => Some(&*details.title),
            _ => None,
        })
    };
    let title = loaded.map(|article| &*article.title).or_else(kept).unwrap_or_default();
    let title = choices::or_untitled(text::escaped(title, TITLE_CHARACTERS_MAX));
    let note = if loaded.is_none() { ", which is not among the articles any more" } else { "" };
    format!("**{title}**{note}")
}
