//! What the paged answers with cards share: `/news` and `/search`.

use jiff::Timestamp;

use super::choices;
use super::commands::article::open::ArticleMenu;
use super::commands::news::words::typed_name;
use super::component::Kind;
use super::custom_id::CustomId;
use super::pager;
use super::reply::{CHOICES_MAX, Menu, Reply, Row};
use crate::card::Card;
use crate::collection::{Collection, Position};
use crate::messages::{Words, say};
use crate::query::{Filter, Page, Query, Wanted};
use article_format::{Article, Story};

/// The stories of a page, whose items are positions.
pub(crate) fn stories<'a>(
    page: &Page<'_, Position>,
    collection: &'a Collection,
    now: Timestamp,
) -> Vec<Story<'a>> {
    page.items.iter().filter_map(|&position| collection.story(position, now)).collect()
}

/// The cards of a page with the menu that opens one, and Previous and Next. The last line of `content` is the heading. `id`
/// makes the `custom_id` of the page with this index.
pub(crate) fn reply(
    words: &Words,
    mut content: Vec<String>,
    cards: Vec<Card>,
    stories: &[Story<'_>],
    page: &Page<'_, Position>,
    id: impl Fn(usize) -> CustomId,
) -> Reply {
    if page.is_instead {
        content.insert(content.len().saturating_sub(1), say!(words, "news-last-page"));
    }
    let rows = [open_menu(words, stories.iter().map(|story| story.article)), pager::buttons(words, page, id)];
    Reply {
        content: content.join("\n"),
        cards,
        rows: rows.into_iter().flatten().collect(),
        ..Reply::default()
    }
}

/// A menu that opens one of these articles in full; `None` without an article.
pub(crate) fn open_menu<'a>(words: &Words, articles: impl Iterator<Item = &'a Article>) -> Option<Row> {
    let options: Vec<_> =
        articles.take(CHOICES_MAX).map(|article| choices::article_option(words, article)).collect();
    let placeholder = say!(words, "menu-articles");
    (!options.is_empty()).then(|| Row::Menu(Menu { custom_id: ArticleMenu.id(), placeholder, options }))
}

/// The answer to a name that is like no other, with the nearest names as buttons. `id` makes the `custom_id` of a button that
/// asks a question.
pub(crate) fn nothing_near(
    query: &Query,
    (filter, typed, nearest): (Filter, &str, &[usize]),
    collection: &Collection,
    words: &Words,
    id: impl Fn(Query, usize) -> CustomId,
) -> Reply {
    let names = filter.names(collection);
    let typed = typed_name(typed);
    if nearest.is_empty() {
        return Reply::to_asker(say!(words, "news-no-names", filter = filter.name(), typed = typed));
    }
    let with = |value: usize| {
        let wanted = Some(Wanted::Hash(names.hash64(value)));
        match filter {
            Filter::Topic => Query { topic: wanted, ..query.clone() },
            Filter::Kind => Query { kind: wanted, ..query.clone() },
            Filter::Source => Query { source: wanted, ..query.clone() },
        }
    };
    let offered = nearest.iter().map(|&value| {
        // The other conditions must be found as well to travel in a button; else they are left out.
        let query = with(value);
        let query = query
            .resolve(collection)
            .map_or_else(|_| only(filter, &query), |resolved| resolved.to_query(collection));
        (names.text(value).to_owned(), query)
    });
    let content = say!(words, "news-unknown", filter = filter.name(), typed = typed);
    Reply { rows: question_buttons(offered, id), ..Reply::to_asker(content) }
}

fn only(filter: Filter, query: &Query) -> Query {
    match filter {
        Filter::Topic => Query { topic: query.topic.clone(), ..Query::default() },
        Filter::Kind => Query { kind: query.kind.clone(), ..Query::default() },
        Filter::Source => Query { source: query.source.clone(), ..Query::default() },
    }
}

/// Buttons that ask these questions. Discord refuses a label that shows nothing.
pub(crate) fn question_buttons<Q>(
    questions: impl IntoIterator<Item = (String, Q)>,
    id: impl Fn(Q, usize) -> CustomId,
) -> Vec<Row> {
    let buttons: Vec<_> = questions
        .into_iter()
        .enumerate()
        .map(|(slot, (label, question))| choices::button(&label, id(question, slot)))
        .filter(|button| !button.label.is_empty())
        .take(choices::BUTTONS_PER_ROW_MAX)
        .collect();
    if buttons.is_empty() { Vec::new() } else { vec![Row::Buttons(buttons)] }
}
