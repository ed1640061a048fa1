//! `/news`: cards, hottest first, five a page.

use serenity::all::CommandOptionType;
use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::ResolvedOption;

use super::{focused_option, text_option};
use crate::card::{self, text};
use crate::collection::Collection;
use crate::discord::choices;
use crate::discord::custom_id::CustomId;
use crate::discord::pager;
use crate::discord::reply::{Audience, Choice, Menu, Reply, Row};
use crate::discord::state::State;
use crate::query::{CARDS_PER_PAGE, Filter, Page, Query, Resolved, Since, Sort, Unresolved, Wanted};
use article_format::Story;

mod words;

/// What `/news` was asked, by whom, and which page of the answer is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsInput {
    /// A user's id; only they turn the pages.
    pub asker: u64,
    /// What was asked.
    pub query: Query,
    /// From 0.
    pub page: usize,
    /// Who is to see the answer.
    pub audience: Audience,
}

/// The command as it is registered.
pub fn definition() -> CreateCommand {
    let text = |name: &str, description: &str| {
        CreateCommandOption::new(CommandOptionType::String, name, description).set_autocomplete(true)
    };
    let mut since = CreateCommandOption::new(CommandOptionType::String, "since", "How far back");
    for choice in Since::ALL {
        since = since.add_string_choice(choice_name(choice.value(), choice.words()), choice.value());
    }
    let mut sort = CreateCommandOption::new(CommandOptionType::String, "sort", "What comes first");
    for choice in Sort::ALL {
        sort = sort.add_string_choice(choice_name(choice.value(), choice.words()), choice.value());
    }
    CreateCommand::new("news")
        .description("Articles, hottest first")
        .add_option(text("topic", "What about, as AI; a near miss is understood"))
        .add_option(text("type", "What kind, as article or video"))
        .add_option(text("source", "Who published it"))
        .add_option(since)
        .add_option(sort)
}

/// "week (the last 7 days)": the name to type, and what it means.
fn choice_name(value: &str, words: &str) -> String {
    format!("{value} ({words})")
}

/// Reads the options. A value of `since` or `sort` that is no choice counts as not given: Discord sends none.
#[must_use]
pub fn parse(asker: u64, options: &[ResolvedOption<'_>]) -> NewsInput {
    let wanted = |name: &str| text_option(options, name).map(|value| choices::wanted(&value));
    let since = text_option(options, "since");
    let sort = text_option(options, "sort");
    NewsInput {
        asker,
        query: Query {
            topic: wanted("topic"),
            kind: wanted("type"),
            source: wanted("source"),
            since: Since::ALL.into_iter().find(|choice| since.as_deref() == Some(choice.value())),
            sort: Sort::ALL
                .into_iter()
                .find(|choice| sort.as_deref() == Some(choice.value()))
                .unwrap_or_default(),
        },
        page: 0,
        audience: Audience::Everyone,
    }
}

/// What to offer while a member types `topic`, `type` or `source`, the heaviest first.
#[must_use]
pub fn autocomplete(options: &[ResolvedOption<'_>], state: &State) -> Vec<Choice> {
    let Some((name, typed)) = focused_option(options) else { return Vec::new() };
    let filter =
        [Filter::Topic, Filter::Kind, Filter::Source].into_iter().find(|filter| filter.word() == name);
    filter.map_or_else(Vec::new, |filter| choices::of_names(filter.names(&state.collection()), typed))
}

/// Answers a question or turns a page.
pub async fn run(input: NewsInput, state: &State) -> Reply {
    let collection = state.collection();
    match input.query.resolve(&collection) {
        Ok(resolved) => page(&input, &resolved, &collection, state),
        Err(unresolved) => explain(&input, &unresolved, &collection),
    }
}

fn page(input: &NewsInput, resolved: &Resolved, collection: &Collection, state: &State) -> Reply {
    let now = state.now();
    let selected = resolved.select(collection, now);
    let page = Page::of(&selected, input.page, CARDS_PER_PAGE);
    let stories: Vec<Story<'_>> =
        page.items.iter().filter_map(|&position| collection.story(position, now)).collect();
    let query = resolved.to_query(collection);
    if selected.is_empty() {
        return nothing_found(input, resolved, collection, now);
    }
    let mut content = words::matched(resolved, collection);
    if page.is_instead {
        content.push("That page is gone since; this is the last one.".to_owned());
    }
    content.push(words::heading(resolved, collection, &page));
    let id = |page| CustomId::News { asker: input.asker, query: query.clone(), page, slot: 0 };
    let rows = [Some(open_menu(&stories)), pager::buttons(&page, id)];
    Reply {
        content: content.join("\n"),
        cards: card::list(&stories),
        rows: rows.into_iter().flatten().collect(),
        audience: input.audience,
    }
}

fn open_menu(stories: &[Story<'_>]) -> Row {
    Row::Menu(Menu {
        custom_id: CustomId::OpenArticle,
        placeholder: "Open one in full".to_owned(),
        options: stories.iter().map(|story| choices::article_option(story.article)).collect(),
    })
}

/// An empty answer says so and offers what would not be empty: the same without one of its conditions.
fn nothing_found(
    input: &NewsInput,
    resolved: &Resolved,
    collection: &Collection,
    now: jiff::Timestamp,
) -> Reply {
    let mut content = words::matched(resolved, collection);
    content.push(words::nothing(resolved, collection));
    let wider: Vec<(String, Query)> = words::wider(resolved, collection)
        .into_iter()
        .filter_map(|(label, wider)| {
            let count = wider.select(collection, now).len();
            (count > 0).then(|| (format!("{label} ({count})"), wider.to_query(collection)))
        })
        .collect();
    let help = if wider.is_empty() {
        "`/topics` shows what there is."
    } else {
        "There is more without a condition:"
    };
    content.push(help.to_owned());
    Reply { rows: query_buttons(input.asker, wider), ..Reply::to_asker(content.join("\n")) }
}

/// Why nothing could even be looked for, with the nearest names as buttons.
fn explain(input: &NewsInput, unresolved: &Unresolved, collection: &Collection) -> Reply {
    match unresolved {
        Unresolved::Gone { filter } => Reply::to_asker(format!(
            "The {} that this button stood for is gone from the collection since. Ask again with `/news`.",
            filter.word()
        )),
        Unresolved::NothingNear { filter, typed, nearest } => {
            let names = filter.names(collection);
            let typed = text::escaped(typed, words::TYPED_CHARACTERS_MAX);
            let word = filter.word();
            if nearest.is_empty() {
                return Reply::to_asker(format!(
                    "There is no {word} near “{typed}”, nor any other: no article names one."
                ));
            }
            let with = |value: usize| {
                let wanted = Some(Wanted::Hash(names.hash64(value)));
                match filter {
                    Filter::Topic => Query { topic: wanted, ..input.query.clone() },
                    Filter::Kind => Query { kind: wanted, ..input.query.clone() },
                    Filter::Source => Query { source: wanted, ..input.query.clone() },
                }
            };
            let offered = nearest.iter().filter_map(|&value| {
                // The other conditions must be found as well to travel in a button; else they are left out.
                let query = with(value);
                let query = query
                    .resolve(collection)
                    .map_or_else(|_| only(*filter, &query), |resolved| resolved.to_query(collection));
                Some((names.text(value).to_owned(), query)).filter(|(label, _)| !label.is_empty())
            });
            Reply {
                rows: query_buttons(input.asker, offered.collect()),
                ..Reply::to_asker(format!("There is no {word} near “{typed}”. The nearest there are:"))
            }
        }
    }
}

fn only(filter: Filter, query: &Query) -> Query {
    match filter {
        Filter::Topic => Query { topic: query.topic.clone(), ..Query::default() },
        Filter::Kind => Query { kind: query.kind.clone(), ..Query::default() },
        Filter::Source => Query { source: query.source.clone(), ..Query::default() },
    }
}

fn query_buttons(asker: u64, queries: Vec<(String, Query)>) -> Vec<Row> {
    let buttons: Vec<_> = queries
        .into_iter()
        .enumerate()
        .map(|(slot, (label, query))| choices::button(&label, CustomId::News { asker, query, page: 0, slot }))
        .take(choices::BUTTONS_PER_ROW_MAX)
        .collect();
    if buttons.is_empty() { Vec::new() } else { vec![Row::Buttons(buttons)] }
}
