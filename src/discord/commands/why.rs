//! `/why`: what happened to an article in each feed of a guild, or which rule holds it back. `why::words` has the words.

use std::future::ready;

use serenity::all::CommandOptionType;
use serenity::builder::{CreateCommand, CreateCommandOption};

use super::article::WantedArticle;
use super::feed::desk;
use super::feed::post::PostNow;
use crate::article_key::ArticleKey;
use crate::card::{or_untitled, text};
use crate::collection::Collection;
use crate::delivery::desk::Explanation;
use crate::delivery::record::DeliveryState;
use crate::discord::choices;
use crate::discord::command::{Access, Command};
use crate::discord::component::{Kind, Pressed};
use crate::discord::custom_id::{CustomId, Fields};
use crate::discord::invocation::Invocation;
use crate::discord::options;
use crate::discord::pager;
use crate::discord::reply::{Button, CONTENT_CHARACTERS_MAX, Choice, Press, Reply, Row};
use crate::feed::Feed;
use crate::messages::{Words, say};
use crate::query::Page;
use article_format::Article;

mod story;
mod words;

use words::AskedArticle;

/// The most characters for the lines on the story and the explanations of a page. The rest of the message is for the heading.
const PAGE_CHARACTERS_MAX: usize = CONTENT_CHARACTERS_MAX - 300;
const TITLE_CHARACTERS_MAX: usize = 150;
const TYPED_CHARACTERS_MAX: usize = 120;
/// How many feeds have a button that sends the story again: the buttons of one row (Discord's docs, "Action Row").
const RESEND_BUTTONS_MAX: usize = 5;

/// `/why`.
pub(crate) static COMMAND: Command = Command {
    name: "why",
    access: Access::Moderators,
    definition,
    autocomplete: Some(|invocation| Box::pin(ready(autocomplete(invocation)))),
    run: |invocation| Box::pin(run(invocation)),
};

/// A button that shows a page of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WhyPage {
    pub(crate) article: ArticleKey,
    /// From 0.
    pub(crate) page: usize,
}

impl Kind for WhyPage {
    const TAG: &'static str = "why1";
    const UPDATES: bool = true;

    fn id(&self) -> CustomId {
        CustomId::new(Self::TAG).article(self.article).index(self.page)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { article: fields.article()?, page: fields.index()? })
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        Ok(answer(&WantedArticle::Key(self.article), self.page, &pressed.invocation).await)
    }
}

fn definition(command: CreateCommand, words: &Words) -> CreateCommand {
    let description = say!(words, "why-article-description");
    let article = CreateCommandOption::new(CommandOptionType::String, "article", description);
    command
        .description(say!(words, "why-description"))
        .add_option(article.required(true).set_autocomplete(true))
}

/// The articles whose titles have all words typed so far. Hidden articles are offered too, because moderators ask about them.
fn autocomplete(invocation: &Invocation<'_>) -> Vec<Choice> {
    let Some((_, typed)) = options::focused(&invocation.options) else { return Vec::new() };
    choices::of_titles(typed, invocation.state, invocation.words, |_, _| true)
}

async fn run(invocation: &Invocation<'_>) -> Reply {
    let typed = options::text(&invocation.options, "article").unwrap_or_default();
    let wanted =
        choices::article_of_value(&typed).map_or_else(|| WantedArticle::Words(typed), WantedArticle::Key);
    answer(&wanted, 0, invocation).await
}

/// Reports what happened in each feed, on the page of this index.
async fn answer(wanted: &WantedArticle, page: usize, invocation: &Invocation<'_>) -> Reply {
    let Invocation { words, state, .. } = invocation;
    let desk = match desk::of(state, words) {
        Ok(desk) => desk,
        Err(reply) => return reply,
    };
    let collection = state.collection();
    let article = key(wanted, &collection);
    let explanations = match desk::answered(desk.why(invocation.guild(), article), words).await {
        Ok(explanations) => explanations,
        Err(fault) => return Reply::to_asker(fault),
    };
    let position = collection.by_key(article);
    let asked = AskedArticle {
        key: article,
        loaded: position.and_then(|position| collection.article(position)),
        is_visible: position.is_some_and(|position| collection.is_visible(position, state.now())),
    };
    let story = position.map_or_else(Vec::new, |position| story::lines(&collection, position, words));
    if explanations.is_empty() {
        let nothing = match (asked.loaded, wanted) {
            (Some(_), _) => say!(words, "no-feeds"),
            (None, WantedArticle::Key(_)) => say!(words, "why-article-gone"),
            (None, WantedArticle::Words(typed)) => {
                say!(words, "why-no-article", typed = text::escaped(typed, TYPED_CHARACTERS_MAX))
            }
        };
        return Reply::to_asker([vec![nothing], story].concat().join("\n"));
    }
    show(page, asked, story, &explanations, words)
}

/// The key of the article: the chosen key, or that of the typed path, or that of the hottest article whose title holds the typed
/// words. A text that matches nothing counts as the path of an article whose file is gone.
fn key(wanted: &WantedArticle, collection: &Collection) -> ArticleKey {
    match wanted {
        WantedArticle::Key(article) => *article,
        WantedArticle::Words(words) => {
            choices::article_of_words(words, collection).unwrap_or_else(|of_path| of_path)
        }
    }
}

fn show(
    page: usize,
    asked: AskedArticle<'_>,
    story: Vec<String>,
    explanations: &[(Feed, Explanation)],
    words: &Words,
) -> Reply {
    let line = |(feed, explanation): &(Feed, Explanation)| {
        let verdict = words::in_words(feed, explanation, asked, words);
        let (feed, channel) = (feed.id.to_string(), format!("<#{}>", feed.channel));
        say!(words, "why-verdict", feed = feed, channel = channel, verdict = verdict)
    };
    let lines: Vec<String> = explanations.iter().map(line).collect();
    let size = |line: &String| (text::count(line) + 1, 0);
    let characters_of_story: usize = story.iter().map(|line| size(line).0).sum();
    let characters_max = PAGE_CHARACTERS_MAX - characters_of_story;
    let pages = pager::packed(lines, (characters_max, 0), size);
    let page = Page::of(&pages, page, 1);
    let mut lines = vec![heading(asked.loaded, explanations, words)];
    lines.extend(pager::page_line(words, &page));
    lines.extend(story);
    lines.extend(page.items.concat());
    let buttons = pager::buttons(words, &page, |page| WhyPage { article: asked.key, page }.id());
    let rows = resend_buttons(asked, explanations, words).into_iter().chain(buttons).collect();
    Reply { rows, ..Reply::to_asker(lines.join("\n")) }
}

/// Buttons that post a withdrawn story again, for the first feeds that have one. The article must be visible.
fn resend_buttons(
    asked: AskedArticle<'_>,
    explanations: &[(Feed, Explanation)],
    words: &Words,
) -> Option<Row> {
    let is_withdrawn = |(feed, explanation): &&(Feed, Explanation)| match explanation {
        Explanation::Recorded(details) => {
            details.state == DeliveryState::Withdrawn && details.feed == feed.id && asked.is_visible
        }
        _ => false,
    };
    let button = |(feed, _): &(Feed, Explanation)| {
        let label = say!(words, "button-resend-in", feed = feed.id.to_string());
        Button { label, press: Press::Ask(PostNow { feed: feed.id, article: asked.key }.id()) }
    };
    let buttons: Vec<Button> =
        explanations.iter().filter(is_withdrawn).take(RESEND_BUTTONS_MAX).map(button).collect();
    (!buttons.is_empty()).then_some(Row::Buttons(buttons))
}

/// The title of the article. If the article is not loaded, the title is that of the delivery.
fn heading(loaded: Option<&Article>, explanations: &[(Feed, Explanation)], words: &Words) -> String {
    let kept = || {
        explanations.iter().find_map(|(_, explanation)| match explanation {
            Explanation::Recorded(details) | Explanation::Withheld(details) | Explanation::Kept(details) => {
                Some(&*details.title)
            }
            _ => None,
        })
    };
    let title = loaded.map(|article| &*article.title).or_else(kept).unwrap_or_default();
    let title = or_untitled(words, text::escaped(title, TITLE_CHARACTERS_MAX));
    match loaded {
        Some(_) => say!(words, "why-title", title = title),
        None => say!(words, "why-title-gone", title = title),
    }
}
