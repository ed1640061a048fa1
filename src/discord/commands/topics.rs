//! `/topics`: the tree of topics, each with its number of stories and its hottest article, paged.

use std::collections::HashMap;
use std::future::ready;

use serenity::builder::CreateCommand;

use super::news;
use crate::card::{self, Card, or_untitled, text};
use crate::collection::Collection;
use crate::collection::names::Names;
use crate::collection::topics::Topics;
use crate::discord::command::{Access, Command};
use crate::discord::component::{Kind, Pressed, from_another_version, page_or_words};
use crate::discord::custom_id::{CustomId, Fields};
use crate::discord::invocation::Invocation;
use crate::discord::pager;
use crate::discord::reply::{CHOICE_CHARACTERS_MAX, Menu, MenuOption, Reply, Row};
use crate::messages::{Words, isolated, say};
use crate::query::{Page, Query, Wanted};
use article_format::Article;
use article_format::hash_to_text;

/// Eight topics with their longest names, titles and addresses fit into one description.
const TOPICS_PER_PAGE: usize = 8;
const NAME_CHARACTERS_MAX: usize = 60;
const TITLE_CHARACTERS_MAX: usize = 100;
const ADDRESS_CHARACTERS_MAX: usize = 250;
/// One step of the tree. Discord drops usual spaces at the start of a line.
const INDENT: char = '\u{2003}';
/// Deeper topics are indented no further, because phones are narrow.
const INDENTS_MAX: usize = 4;
const COLOUR: u32 = 0x5b_7c_99;

/// `/topics`.
pub(crate) static COMMAND: Command = Command {
    name: "topics",
    access: Access::Everyone,
    definition,
    autocomplete: None,
    run: |invocation| Box::pin(ready(answer(0, invocation))),
};

/// A button that shows a page of the topics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TopicsPage {
    /// From 0.
    pub(crate) page: usize,
}

impl Kind for TopicsPage {
    const TAG: &'static str = "topics1";
    const UPDATES: bool = true;

    fn id(&self) -> CustomId {
        CustomId::new(Self::TAG).index(self.page)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { page: fields.index()? })
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        page_or_words(answer(self.page, &pressed.invocation))
    }
}

/// The menu that shows the articles of a topic. Its values are the hashes of the topics' names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TopicMenu;

impl Kind for TopicMenu {
    const TAG: &'static str = "opentopic1";
    const UPDATES: bool = false;

    fn id(&self) -> CustomId {
        CustomId::new(Self::TAG)
    }

    fn read(_: &mut Fields<'_>) -> Option<Self> {
        Some(Self)
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        let topic = pressed.chosen_hash().ok_or_else(|| from_another_version(pressed.invocation.words))?;
        let query = Query { topic: Some(Wanted::Hash(topic)), ..Query::default() };
        Ok(news::answer(&query, 0, &pressed.invocation))
    }
}

fn definition(command: CreateCommand, words: &Words) -> CreateCommand {
    command.description(say!(words, "topics-description"))
}

/// Answers with the page of this index.
fn answer(page: usize, invocation: &Invocation<'_>) -> Reply {
    let words = invocation.words;
    let collection = invocation.state.collection();
    let topics = in_tree_order(with_articles(&collection, invocation.state.now()), collection.topics());
    if topics.is_empty() {
        return Reply::to_asker(say!(words, "topics-none"));
    }
    let page = Page::of(&topics, page, TOPICS_PER_PAGE);
    let names = collection.topics().names();
    let lines: Vec<String> = page
        .items
        .iter()
        .enumerate()
        .map(|(index, topic)| line(words, topic, index == 0, collection.topics()))
        .collect();
    let count = say!(words, "count-topics", count = page.items_total);
    let card = Card {
        title: say!(words, "topics"),
        description: lines.join("\n"),
        colour: COLOUR,
        footer: format!("{count} · {}", pager::page_in_words(words, &page)),
        ..Card::default()
    };
    let id = |page| TopicsPage { page }.id();
    let rows = [Some(menu(words, page.items, names)), pager::buttons(words, &page, id)];
    Reply { cards: vec![card], rows: rows.into_iter().flatten().collect(), ..Reply::default() }
}

struct TopicNow<'a> {
    topic: usize,
    count: usize,
    hottest: &'a Article,
    /// How many topics stand above this one.
    level: usize,
}

/// The topics with visible articles. The topics with the hottest articles come first.
fn with_articles(collection: &Collection, now: jiff::Timestamp) -> Vec<TopicNow<'_>> {
    let topics = collection.topics();
    let heaviest_first = topics.names().heaviest_first().iter();
    heaviest_first
        .filter_map(|&topic| {
            let positions = topics.articles(topic).iter().copied();
            let visible = positions.filter(|&position| collection.is_visible(position, now));
            let stories = collection.stories().first_of_each(visible);
            // Positions are in the contract's order, so the first is the hottest.
            let hottest = collection.article(*stories.first()?)?;
            Some(TopicNow { topic, count: stories.len(), hottest, level: 0 })
        })
        .collect()
}

/// Each topic, then those below it. Topics of one parent keep their order. A topic includes the articles of the topics below, so
/// every parent of a listed topic is listed too.
fn in_tree_order<'a>(listed: Vec<TopicNow<'a>>, topics: &Topics) -> Vec<TopicNow<'a>> {
    let parent = |topic: &TopicNow<'_>| topics.with_those_above(topic.topic).nth(1);
    let mut below: HashMap<Option<usize>, Vec<TopicNow<'a>>> = HashMap::new();
    // The last one of a list is taken first.
    for topic in listed.into_iter().rev() {
        below.entry(parent(&topic)).or_default().push(topic);
    }
    let mut open = below.remove(&None).unwrap_or_default();
    let mut ordered = Vec::new();
    while let Some(topic) = open.pop() {
        let level = topic.level + 1;
        let children = below.remove(&Some(topic.topic)).unwrap_or_default();
        open.extend(children.into_iter().map(|child| TopicNow { level, ..child }));
        ordered.push(topic);
    }
    ordered
}

/// Two lines, indented by the topic's level. The first topic of a page names the topic above it, which is on a page before.
fn line(words: &Words, topic: &TopicNow<'_>, is_first: bool, topics: &Topics) -> String {
    let names = topics.names();
    let name = text::escaped(names.text(topic.topic), NAME_CHARACTERS_MAX);
    let indent: String = std::iter::repeat_n(INDENT, topic.level.min(INDENTS_MAX)).collect();
    let branch = if topic.level > 0 { "↳ " } else { "" };
    let above = topics.with_those_above(topic.topic).nth(1).filter(|_| is_first);
    let above = above.map(|above| text::escaped(names.text(above), NAME_CHARACTERS_MAX));
    let above = above.map_or_else(String::new, |above| format!("{} › ", isolated(&above)));
    let title = or_untitled(words, text::escaped(&topic.hottest.title, TITLE_CHARACTERS_MAX));
    let address = topic.hottest.usable_link().map(text::address_in_link);
    let hottest = match address.filter(|address| text::count(address) <= ADDRESS_CHARACTERS_MAX) {
        Some(address) => format!("[{title}]({address})"),
        None => title,
    };
    let name = format!("**{name}**");
    let (name, hottest) = (isolated(&name), isolated(&hottest));
    let count = pager::articles_in_words(words, topic.count);
    let heat = card::heat_in_words(words, topic.hottest.heat);
    format!("{indent}{branch}{above}{name} · {count}\n{indent}{heat} {hottest}")
}

fn menu(words: &Words, topics: &[TopicNow<'_>], names: &Names) -> Row {
    let options = topics.iter().map(|topic| MenuOption {
        label: or_untitled(words, text::plain(names.text(topic.topic), CHOICE_CHARACTERS_MAX)),
        description: pager::articles_in_words(words, topic.count),
        value: hash_to_text(names.hash64(topic.topic)),
    });
    Row::Menu(Menu {
        custom_id: TopicMenu.id(),
        placeholder: say!(words, "menu-topics"),
        options: options.collect(),
    })
}
