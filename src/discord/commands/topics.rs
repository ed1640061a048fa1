//! `/topics`: every topic with its count and its hottest article, paged.

use serenity::builder::CreateCommand;

use crate::card::{self, Card, text};
use crate::collection::Collection;
use crate::collection::names::Names;
use crate::discord::choices;
use crate::discord::custom_id::CustomId;
use crate::discord::pager;
use crate::discord::reply::{Audience, CHOICE_CHARACTERS_MAX, Menu, MenuOption, Reply, Row};
use crate::discord::state::State;
use crate::query::Page;
use article_format::Article;
use article_format::hash_to_text;

/// Eight topics with their longest names, titles and addresses fit into one description.
const TOPICS_PER_PAGE: usize = 8;
const NAME_CHARACTERS_MAX: usize = 60;
const TITLE_CHARACTERS_MAX: usize = 100;
const ADDRESS_CHARACTERS_MAX: usize = 250;
const COLOUR: u32 = 0x5b_7c_99;

/// Which page of the topics is wanted, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicsInput {
    /// A user's id; only they turn the pages.
    pub asker: u64,
    /// From 0.
    pub page: usize,
    /// Who is to see the answer.
    pub audience: Audience,
}

/// The command as it is registered.
pub fn definition() -> CreateCommand {
    CreateCommand::new("topics").description("Every topic, with its hottest article")
}

/// Answers the command or turns a page.
pub async fn run(input: TopicsInput, state: &State) -> Reply {
    let collection = state.collection();
    let topics = with_articles(&collection, state.now());
    if topics.is_empty() {
        return Reply::to_asker("No article names a topic yet.");
    }
    let page = Page::of(&topics, input.page, TOPICS_PER_PAGE);
    let names = collection.topics().names();
    let lines: Vec<String> = page.items.iter().map(|topic| line(topic, names)).collect();
    let card = Card {
        title: "Topics".to_owned(),
        description: lines.join("\n"),
        colour: COLOUR,
        footer: format!("{} topics · {}", page.items_total, pager::page_in_words(&page)),
        ..Card::default()
    };
    let id = |page| CustomId::Topics { asker: input.asker, page };
    let rows = [Some(menu(page.items, names)), pager::buttons(&page, id)];
    Reply {
        content: String::new(),
        cards: vec![card],
        rows: rows.into_iter().flatten().collect(),
        audience: input.audience,
    }
}

struct TopicNow<'a> {
    topic: usize,
    count: usize,
    hottest: &'a Article,
}

/// The topics that have visible articles, heaviest first: one without could only disappoint.
fn with_articles(collection: &Collection, now: jiff::Timestamp) -> Vec<TopicNow<'_>> {
    let topics = collection.topics();
    let heaviest_first = topics.names().heaviest_first().iter();
    heaviest_first
        .filter_map(|&topic| {
            let positions = topics.articles(topic).iter().map(|&position| position as usize);
            let visible = positions.filter(|&position| collection.is_visible(position, now));
            let stories = collection.stories().first_of_each(visible);
            // Positions are in the contract's order, so the first is the hottest.
            let hottest = collection.article(*stories.first()?)?;
            Some(TopicNow { topic, count: stories.len(), hottest })
        })
        .collect()
}

fn line(topic: &TopicNow<'_>, names: &Names) -> String {
    let name = text::escaped(names.text(topic.topic), NAME_CHARACTERS_MAX);
    let title = text::escaped(&topic.hottest.title, TITLE_CHARACTERS_MAX);
    let address = topic.hottest.usable_link().map(text::address_in_link);
    let hottest = match address.filter(|address| text::count(address) <= ADDRESS_CHARACTERS_MAX) {
        Some(address) if !title.is_empty() => format!("[{title}]({address})"),
        _ => title,
    };
    let count = pager::articles_in_words(topic.count);
    format!("**{name}** · {count}\n{} {hottest}", card::heat_in_words(topic.hottest.heat))
}

fn menu(topics: &[TopicNow<'_>], names: &Names) -> Row {
    let options = topics.iter().map(|topic| MenuOption {
        label: choices::or_untitled(text::plain(names.text(topic.topic), CHOICE_CHARACTERS_MAX)),
        description: pager::articles_in_words(topic.count),
        value: hash_to_text(names.hash64(topic.topic)),
    });
    Row::Menu(Menu {
        custom_id: CustomId::OpenTopic,
        placeholder: "Show the news of a topic".to_owned(),
        options: options.collect(),
    })
}
