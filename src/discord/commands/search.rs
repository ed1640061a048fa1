//! `/search`: articles by their words, best match first, five a page.

use std::future::ready;

use serenity::all::CommandOptionType;
use serenity::builder::{CreateCommand, CreateCommandOption};

use super::news::{self, NewsPage, hash_of, words as news_words};
use crate::card;
use crate::collection::Collection;
use crate::collection::fold::cut;
use crate::collection::names::NameFound;
use crate::discord::article_pages;
use crate::discord::choices;
use crate::discord::command::{Access, Command};
use crate::discord::component::{Kind, Pressed, page_or_words};
use crate::discord::custom_id::{CustomId, Fields};
use crate::discord::invocation::Invocation;
use crate::discord::options;
use crate::discord::pager;
use crate::discord::reply::Reply;
use crate::messages::{Words, say};
use crate::query::{CARDS_PER_PAGE, Filter, Page, Query, Resolved, Since, Unresolved, Wanted};
use crate::search::{Found, SearchIndex};
use article_search::SearchError;

/// The words travel in a `custom_id` with all that it needs beside them. A test holds the sum to Discord's 100 characters.
pub(crate) const WORDS_CHARACTERS_MAX: usize = 50;

/// Topics that are offered where nothing is found.
const NEAREST_TOPICS_MAX: usize = 2;

/// `/search`.
pub(crate) static COMMAND: Command = Command {
    name: "search",
    access: Access::Everyone,
    definition,
    autocomplete: Some(|invocation| Box::pin(ready(news::autocomplete(invocation)))),
    run: |invocation| Box::pin(ready(answer(&parse(invocation), invocation))),
};

/// A search, and a button that shows a page of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SearchPage {
    /// As a person typed them, at most [`WORDS_CHARACTERS_MAX`].
    pub(crate) words: String,
    /// Of `topic`, `source` and `since`. In a button every [`Wanted`] in it is a hash.
    pub(crate) query: Query,
    /// From 0.
    pub(crate) page: usize,
    /// Tells apart buttons of one message that lead to the same page.
    pub(crate) slot: usize,
}

impl Kind for SearchPage {
    const TAG: &'static str = "search1";
    const UPDATES: bool = true;

    fn id(&self) -> CustomId {
        let Query { topic, source, since, .. } = &self.query;
        CustomId::new(Self::TAG)
            .optional_hash(hash_of(topic.as_ref()))
            .optional_hash(hash_of(source.as_ref()))
            .word(since.map_or("", Since::value))
            .index(self.page)
            .index(self.slot)
            .rest(&self.words)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let query = Query {
            topic: fields.optional_hash()?.map(Wanted::Hash),
            source: fields.optional_hash()?.map(Wanted::Hash),
            since: Since::read(fields.word()?)?,
            ..Query::default()
        };
        let (page, slot) = (fields.index()?, fields.index()?);
        Some(Self { words: fields.rest()?.to_owned(), query, page, slot })
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        page_or_words(answer(&self, &pressed.invocation))
    }
}

fn definition(command: CreateCommand, words: &Words) -> CreateCommand {
    let option = |name: &str, description: String| {
        CreateCommandOption::new(CommandOptionType::String, name, description)
    };
    let characters_max = u16::try_from(WORDS_CHARACTERS_MAX).unwrap_or(u16::MAX);
    let typed = option("words", say!(words, "search-words-description"));
    command
        .description(say!(words, "search-description"))
        .add_option(typed.required(true).max_length(characters_max))
        .add_option(option("topic", say!(words, "news-topic-description")).set_autocomplete(true))
        .add_option(option("source", say!(words, "news-source-description")).set_autocomplete(true))
        .add_option(news::since_option(words))
}

fn parse(invocation: &Invocation<'_>) -> SearchPage {
    let options = &invocation.options;
    let wanted = |name: &str| options::text(options, name).map(|value| choices::wanted(&value));
    let words = options::text(options, "words").unwrap_or_default();
    let query = Query {
        topic: wanted("topic"),
        source: wanted("source"),
        since: news::chosen_since(options),
        ..Query::default()
    };
    SearchPage { words: cut(&words, WORDS_CHARACTERS_MAX).to_owned(), query, page: 0, slot: 0 }
}

fn answer(asked: &SearchPage, invocation: &Invocation<'_>) -> Reply {
    let words = invocation.words;
    let Some(index) = invocation.state.search().current() else {
        return Reply::to_asker(say!(words, "search-not-ready"));
    };
    match asked.query.resolve(index.collection()) {
        Ok(resolved) => {
            let search = Search { asked, resolved: &resolved, index: &index, invocation };
            search.answer().unwrap_or_else(|error| {
                tracing::error!(%error, "a search failed");
                Reply::to_asker(say!(words, "search-not-ready"))
            })
        }
        Err(Unresolved::Gone { filter }) => {
            Reply::to_asker(say!(words, "search-gone", filter = filter.name()))
        }
        Err(Unresolved::NothingNear { filter, typed, nearest }) => {
            let near = (filter, typed.as_str(), nearest.as_slice());
            let id = |query, slot| SearchPage { query, page: 0, slot, ..asked.clone() }.id();
            article_pages::nothing_near(&asked.query, near, index.collection(), words, id)
        }
    }
}

/// A search whose names were found.
struct Search<'a> {
    asked: &'a SearchPage,
    resolved: &'a Resolved,
    index: &'a SearchIndex,
    invocation: &'a Invocation<'a>,
}

impl Search<'_> {
    fn answer(&self) -> Result<Reply, SearchError> {
        let words = self.invocation.words;
        let query = article_search::Query::parse(&self.asked.words);
        if query.is_empty() {
            return Ok(Reply::to_asker(say!(words, "search-no-words")));
        }
        let found = self.find(&query, self.resolved)?;
        if found.stories.is_empty() { self.nothing_found(&query) } else { Ok(self.page(&found)) }
    }

    fn collection(&self) -> &Collection {
        self.index.collection()
    }

    fn find(&self, query: &article_search::Query, resolved: &Resolved) -> Result<Found, SearchError> {
        self.index.find(query, &resolved.admits(self.collection(), self.invocation.state.now()))
    }

    fn page(&self, found: &Found) -> Reply {
        let words = self.invocation.words;
        let page = Page::of(&found.stories, self.asked.page, CARDS_PER_PAGE);
        let mut content = news_words::matched(words, self.resolved, self.collection());
        if !found.has_all_words {
            content.push(say!(words, "search-some-words"));
        }
        let mut heading = self.conditions();
        heading.push(pager::articles_in_words(words, page.items_total));
        heading.push(pager::page_in_words(words, &page));
        content.push(heading.join(" · "));
        let query = self.resolved.to_query(self.collection());
        let id = |page| SearchPage { query: query.clone(), page, slot: 0, ..self.asked.clone() }.id();
        let stories = article_pages::stories(&page, self.collection(), self.invocation.state.now());
        let cards = card::list_with_bold(words, &stories, &|text| found.spans(text));
        article_pages::reply(words, content, cards, &stories, &page, id)
    }

    /// What was asked, as parts of a line.
    fn conditions(&self) -> Vec<String> {
        let typed = news_words::typed_name(&self.asked.words);
        let mut parts = vec![say!(self.invocation.words, "search-words", typed = typed)];
        parts.extend(news_words::conditions(self.invocation.words, self.resolved, self.collection()));
        parts
    }

    /// Offers the same words without conditions, the nearest words, and the nearest topics.
    fn nothing_found(&self, query: &article_search::Query) -> Result<Reply, SearchError> {
        let words = self.invocation.words;
        let anywhere = Resolved { chosen: Vec::new(), since: None, ..self.resolved.clone() };
        let to_query = anywhere.to_query(self.collection());
        let search = |words: &str| Offer::Search(words.to_owned(), to_query.clone());
        let mut offers: Vec<(String, Offer)> = Vec::new();
        if anywhere != *self.resolved {
            let count = self.find(query, &anywhere)?.stories.len();
            if count > 0 {
                offers.push((say!(words, "search-anywhere", count = count), search(&self.asked.words)));
            }
        }
        for word in self.index.nearest_words(query)? {
            let word = cut(&word, WORDS_CHARACTERS_MAX);
            let count = self.find(&article_search::Query::parse(word), &anywhere)?.stories.len();
            if count > 0 {
                offers.push((say!(words, "search-word", word = word, count = count), search(word)));
            }
        }
        offers.truncate(choices::BUTTONS_PER_ROW_MAX - NEAREST_TOPICS_MAX);
        offers.extend(self.nearest_topics().into_iter().map(|value| {
            let names = Filter::Topic.names(self.collection());
            let query = Query { topic: Some(Wanted::Hash(names.hash64(value))), ..Query::default() };
            (say!(words, "search-topic", name = names.text(value)), Offer::Topic(query))
        }));
        let conditions = self.conditions().join(" · ");
        let mut content = news_words::matched(words, self.resolved, self.collection());
        content.push(say!(words, "news-nothing", conditions = conditions));
        if !offers.is_empty() {
            content.push(say!(words, "search-nearest"));
        }
        let rows = article_pages::question_buttons(offers, |offer, slot| match offer {
            Offer::Search(words, query) => SearchPage { words, query, page: 0, slot }.id(),
            Offer::Topic(query) => NewsPage { query, page: 0, slot }.id(),
        });
        Ok(Reply { rows, ..Reply::to_asker(content.join("\n")) })
    }

    fn nearest_topics(&self) -> Vec<usize> {
        let mut nearest = match Filter::Topic.names(self.collection()).find(&self.asked.words) {
            NameFound::Name(value, _) => vec![value],
            NameFound::Nearest(nearest) => nearest,
        };
        nearest.truncate(NEAREST_TOPICS_MAX);
        nearest
    }
}

/// What a button of an empty answer asks.
enum Offer {
    Search(String, Query),
    Topic(Query),
}
