//! `/news`: cards, hottest first, five a page.
//!
//! To add an option: describe it in `definition`, read it in `parse`, and add it to [`Query`] with its effect in
//! [`Resolved::select`]. `autocomplete` has its choices. A page keeps the option in the `custom_id`: add a field to `id` and
//! `read` of [`NewsPage`], with a new digit in its tag. The texts are in `locales/en/news.ftl`.

use std::future::ready;

use serenity::all::CommandOptionType;
use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::ResolvedOption;

use crate::card;
use crate::collection::Collection;
use crate::discord::article_pages;
use crate::discord::choices;
use crate::discord::command::{Access, Command};
use crate::discord::component::{Kind, Pressed, page_or_words};
use crate::discord::custom_id::{CustomId, Fields};
use crate::discord::invocation::Invocation;
use crate::discord::options;
use crate::discord::reply::{Choice, Reply};
use crate::messages::{Words, say};
use crate::query::{CARDS_PER_PAGE, Filter, Page, Query, Resolved, Since, Sort, Unresolved, Wanted};

pub(crate) mod words;

/// `/news`.
pub(crate) static COMMAND: Command = Command {
    name: "news",
    access: Access::Everyone,
    definition,
    autocomplete: Some(|invocation| Box::pin(ready(autocomplete(invocation)))),
    run: |invocation| Box::pin(ready(answer(&parse(invocation), 0, invocation))),
};

/// A button that shows a page of the articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewsPage {
    /// Each [`Wanted`] is a hash.
    pub(crate) query: Query,
    /// From 0.
    pub(crate) page: usize,
    /// Different for two buttons of one message that lead to the same page, because Discord refuses equal ids.
    pub(crate) slot: usize,
}

impl Kind for NewsPage {
    const TAG: &'static str = "news1";
    const UPDATES: bool = true;

    fn id(&self) -> CustomId {
        let Query { topic, kind, source, since, sort } = &self.query;
        CustomId::new(Self::TAG)
            .optional_hash(hash_of(topic.as_ref()))
            .optional_hash(hash_of(kind.as_ref()))
            .optional_hash(hash_of(source.as_ref()))
            .word(since.map_or("", Since::value))
            .word(sort.value())
            .index(self.page)
            .index(self.slot)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let query = Query {
            topic: fields.optional_hash()?.map(Wanted::Hash),
            kind: fields.optional_hash()?.map(Wanted::Hash),
            source: fields.optional_hash()?.map(Wanted::Hash),
            since: Since::read(fields.word()?)?,
            sort: {
                let word = fields.word()?;
                Sort::ALL.into_iter().find(|sort| sort.value() == word)?
            },
        };
        Some(Self { query, page: fields.index()?, slot: fields.index()? })
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        page_or_words(answer(&self.query, self.page, &pressed.invocation))
    }
}

/// The hash of a resolved name. A typed text does not fit into a `custom_id`.
pub(crate) fn hash_of(wanted: Option<&Wanted>) -> Option<u64> {
    match wanted {
        Some(Wanted::Hash(hash)) => Some(*hash),
        Some(Wanted::Typed(_)) | None => None,
    }
}

fn definition(command: CreateCommand, words: &Words) -> CreateCommand {
    let option = |name: &str, description: String| {
        CreateCommandOption::new(CommandOptionType::String, name, description)
    };
    let choice = |value: &str, meaning: String| say!(words, "news-choice", value = value, meaning = meaning);
    let mut sort = option("sort", say!(words, "news-sort-description"));
    for value in Sort::ALL {
        sort = sort.add_string_choice(choice(value.value(), words::sort(words, value)), value.value());
    }
    command
        .description(say!(words, "news-description"))
        .add_option(option("topic", say!(words, "news-topic-description")).set_autocomplete(true))
        .add_option(option("type", say!(words, "news-type-description")).set_autocomplete(true))
        .add_option(option("source", say!(words, "news-source-description")).set_autocomplete(true))
        .add_option(since_option(words))
        .add_option(sort)
}

/// The option `since` with its choices.
pub(crate) fn since_option(words: &Words) -> CreateCommandOption {
    let description = say!(words, "news-since-description");
    let mut since = CreateCommandOption::new(CommandOptionType::String, "since", description);
    for value in Since::ALL {
        let (value, meaning) = (value.value(), words::since(words, value));
        since = since.add_string_choice(say!(words, "news-choice", value = value, meaning = meaning), value);
    }
    since
}

/// Reads the options. Discord sends only the defined choices of `since` and `sort`, and any other value counts as absent.
fn parse(invocation: &Invocation<'_>) -> Query {
    let options = &invocation.options;
    let wanted = |name: &str| options::text(options, name).map(|value| choices::wanted(&value));
    let sort = options::text(options, "sort");
    Query {
        topic: wanted("topic"),
        kind: wanted("type"),
        source: wanted("source"),
        since: chosen_since(options),
        sort: Sort::ALL
            .into_iter()
            .find(|choice| sort.as_deref() == Some(choice.value()))
            .unwrap_or(invocation.state.news_sort()),
    }
}

/// The choice of `since`.
pub(crate) fn chosen_since(options: &[ResolvedOption<'_>]) -> Option<Since> {
    let since = options::text(options, "since")?;
    Since::ALL.into_iter().find(|choice| since == choice.value())
}

/// The choices while a member types `topic`, `type` or `source`. Names with the most articles come first.
pub(crate) fn autocomplete(invocation: &Invocation<'_>) -> Vec<Choice> {
    let Some((name, typed)) = options::focused(&invocation.options) else { return Vec::new() };
    let filter =
        [Filter::Topic, Filter::Kind, Filter::Source].into_iter().find(|filter| filter.name() == name);
    let collection = invocation.state.collection();
    filter.map_or_else(Vec::new, |filter| choices::of_names(filter.names(&collection), typed))
}

/// Answers a query with the page of this index.
pub(crate) fn answer(query: &Query, page_index: usize, invocation: &Invocation<'_>) -> Reply {
    let collection = invocation.state.collection();
    match query.resolve(&collection) {
        Ok(resolved) => page(&resolved, page_index, &collection, invocation),
        Err(unresolved) => explain(query, &unresolved, &collection, invocation.words),
    }
}

fn page(
    resolved: &Resolved,
    page_index: usize,
    collection: &Collection,
    invocation: &Invocation<'_>,
) -> Reply {
    let (words, now) = (invocation.words, invocation.state.now());
    let selected = resolved.select(collection, now);
    let page = Page::of(&selected, page_index, CARDS_PER_PAGE);
    let query = resolved.to_query(collection);
    if selected.is_empty() {
        return nothing_found(resolved, collection, invocation);
    }
    let mut content = words::matched(words, resolved, collection);
    content.push(words::heading(words, resolved, collection, &page));
    let id = |page| NewsPage { query: query.clone(), page, slot: 0 }.id();
    let stories = article_pages::stories(&page, collection, now);
    let cards = card::list(words, &stories);
    article_pages::reply(words, content, cards, &stories, &page, id)
}

/// The answer to a query without results. Its buttons offer the same query without one of the conditions.
fn nothing_found(resolved: &Resolved, collection: &Collection, invocation: &Invocation<'_>) -> Reply {
    let (words, now) = (invocation.words, invocation.state.now());
    let mut content = words::matched(words, resolved, collection);
    content.push(words::nothing(words, resolved, collection));
    let wider: Vec<(String, Query)> = words::wider(resolved, collection)
        .into_iter()
        .filter_map(|(left_out, wider)| {
            let count = wider.select(collection, now).len();
            (count > 0).then(|| (left_out.label(words, count), wider.to_query(collection)))
        })
        .collect();
    if !wider.is_empty() {
        content.push(say!(words, "news-wider"));
    } else if !collection.articles().is_empty() {
        content.push(say!(words, "news-see-topics"));
    }
    Reply { rows: article_pages::question_buttons(wider, button_id), ..Reply::to_asker(content.join("\n")) }
}

/// The answer to an unknown name. Its buttons offer the nearest names.
fn explain(query: &Query, unresolved: &Unresolved, collection: &Collection, words: &Words) -> Reply {
    match unresolved {
        Unresolved::Gone { filter } => Reply::to_asker(say!(words, "news-gone", filter = filter.name())),
        Unresolved::NothingNear { filter, typed, nearest } => {
            article_pages::nothing_near(query, (*filter, typed, nearest), collection, words, button_id)
        }
    }
}

/// A button that asks a question.
fn button_id(query: Query, slot: usize) -> CustomId {
    NewsPage { query, page: 0, slot }.id()
}
