//! Commands and components from the JSON of an interaction to the plain answer, without a connection.

use std::sync::Arc;

use serde_json::{Value, json};
use serenity::model::application::{CommandInteraction, ResolvedTarget};

use super::channel_lookup::{ChannelLookup, Channels};
use super::command::Command;
use super::commands::article::RelatedPage;
use super::commands::topics::TopicsPage;
use super::component::{Kind, Pressed};
use super::custom_id::CustomId;
use super::invocation::{Connection, Invocation};
use super::moderators::{Caller, GuildCommandSettings};
use super::reply::{Answer, Audience, Choice, Press, Reply, Row};
use super::state::State;
use super::{commands, components};
use crate::article_key::ArticleKey;
use crate::collection::Collection;
use crate::delivery::send::{Made, Outcome, Refusal};
use crate::ids::{ChannelId, GuildId, RoleId, UserId};
use crate::messages::Words;
use article_format::fixture::article;
use article_format::related::Related;
use article_format::topic_file::TopicFile;
use article_format::{Article, Provider};

mod articles;
mod custom_ids;
mod feed_languages;
mod feed_list;
mod feeds;
mod languages;
mod member_languages;
mod moderators;
mod more_like_this;
mod notices;
mod search;
mod settings;
mod why;
mod worker;

const ADA: UserId = UserId(11);
const BEN: UserId = UserId(12);

fn articles() -> Vec<Article> {
    let on = |id: &str, topic: &str, heat: i64, date: &str| {
        article(id, |article| {
            article.topics = [topic.into()].into();
            article.heat = heat;
            article.kind = Some(if heat % 2 == 0 { "video" } else { "article" }.into());
            article.published_at = date.parse().ok();
            article.provider = Some(
                Provider { name: "The Source".into(), domain: None, icon: None, authors: Box::default() }
                    .into(),
            );
        })
    };
    let mut articles: Vec<Article> =
        (1..=12).map(|number| on(&format!("ai-{number}"), "AI", number, "2026-06-01T00:00:00Z")).collect();
    articles.push(on("rust-1", "Rust", 99, "2020-01-01T00:00:00Z"));
    let texts: Vec<(String, String)> = (1..=7)
        .map(|quality| (format!("Story {quality}"), format!("https://example.com/story-{quality}")))
        .collect();
    let stories = (1..).zip(&texts).map(|(quality, (title, link))| Related {
        title,
        link: Some(link),
        quality: Some(quality),
        ..Related::default()
    });
    articles.push(article("with-related", |article| {
        article.title = "One with seven related stories".into();
        article.related = stories.collect();
    }));
    articles
}

fn state(articles: Vec<Article>) -> State {
    let files = [TopicFile { keywords: ["artificial intelligence".into()].into(), ..TopicFile::named("AI") }];
    let now = "2026-06-15T12:00:00Z".parse().unwrap();
    State::new(Collection::new(articles, &files, Vec::new()), Arc::new(move || now))
}

fn interaction(kind: u8, data: Value) -> CommandInteraction {
    serde_json::from_value(json!({
        "id": "1", "application_id": "2", "type": kind, "data": data, "token": "token", "version": 1,
        "channel_id": "3", "user": { "id": ADA.to_string(), "username": "ada", "discriminator": "0" },
        "locale": "en-GB", "entitlements": [], "attachment_size_limit": 10_485_760,
        "authorizing_integration_owners": {}
    }))
    .unwrap()
}

fn news_data(options: &[(&str, &str)], focused: Option<&str>) -> Value {
    let option = |(name, value): &(&str, &str)| {
        if focused == Some(name) {
            json!({ "name": name, "type": 3, "value": value, "focused": true })
        } else {
            json!({ "name": name, "type": 3, "value": value })
        }
    };
    json!({ "id": "4", "name": "news", "type": 1, "options": options.iter().map(option).collect::<Vec<_>>() })
}

/// Uses `/news` in direct messages.
async fn ask(options: &[(&str, &str)], state: &State) -> Reply {
    run(Caller::direct(ADA), news_data(options, None), state).await
}

fn invocation<'a>(
    caller: Caller,
    interaction: &'a CommandInteraction,
    channels: &'a dyn Channels,
    state: &'a State,
) -> (&'static Command, Invocation<'a>) {
    let words = Words::of_locale(&interaction.locale);
    let options = interaction.data.options();
    let found = commands::find(&interaction.data.name).unwrap();
    let target = match interaction.data.target() {
        Some(ResolvedTarget::Message(message)) => Some(message),
        _ => None,
    };
    (found, Invocation { caller, options, target, words, connection: Connection::default(), channels, state })
}

/// Uses a command.
async fn run(caller: Caller, data: Value, state: &State) -> Reply {
    let interaction = interaction(2, data);
    let (command, invocation) = invocation(caller, &interaction, &NOTHING_THERE, state);
    command.answer(&invocation, no_settings()).await
}

/// Types.
async fn choices(caller: Caller, data: Value, state: &State) -> Vec<Choice> {
    let interaction = interaction(4, data);
    let (command, invocation) = invocation(caller, &interaction, &NOTHING_THERE, state);
    command.choices(&invocation, no_settings()).await
}

/// A button, in an answer to Ada.
fn pressed(caller: Caller, state: &State) -> Pressed<'_> {
    let words = Words::english();
    let channels = &NOTHING_THERE;
    let invocation = Invocation {
        caller,
        options: Vec::new(),
        target: None,
        words,
        connection: Connection::default(),
        channels,
        state,
    };
    Pressed { invocation, answered: Some(ADA), values: Vec::new() }
}

/// Presses a button in direct messages, in an answer to Ada.
async fn press(presser: UserId, id: &CustomId, state: &State) -> Answer {
    press_in(Some(ADA), presser, id, state).await
}

async fn press_in(answered: Option<UserId>, presser: UserId, id: &CustomId, state: &State) -> Answer {
    let pressed = Pressed { answered, ..pressed(Caller::direct(presser), state) };
    use_component(id, &pressed, GuildCommandSettings::default()).await
}

async fn use_component(id: &CustomId, pressed: &Pressed<'_>, settings: GuildCommandSettings) -> Answer {
    let text = id.to_string();
    let (component, fields) = components::find(&text).unwrap();
    component.answer(fields, pressed, std::future::ready(Ok(settings))).await
}

/// Every channel looks so, but for the kind of some; two channels take no message; every guild has the roles 8 and 9, unless nothing is known.
struct Looks(ChannelLookup);

static NOTHING_THERE: Looks = Looks(ChannelLookup::Gone);

#[serenity::async_trait]
impl Channels for Looks {
    async fn look_up(&self, _: GuildId, channel: ChannelId) -> ChannelLookup {
        let mut look = self.0.clone();
        if let ChannelLookup::Found(facts) = &mut look {
            facts.kind = match channel {
                ChannelId(502) => 2,
                ChannelId(505) => 5,
                ChannelId(515) => 15,
                _ => facts.kind,
            };
        }
        look
    }

    async fn roles(&self, guild: GuildId) -> Result<Vec<RoleId>, String> {
        if let ChannelLookup::Unknown(cause) = &self.0 {
            Err(cause.clone())
        } else {
            Ok(vec![RoleId(guild.0), RoleId(8), RoleId(9)])
        }
    }

    async fn send(&self, channel: ChannelId, reply: Reply) -> Outcome {
        assert!(!reply.content.is_empty());
        match channel {
            ChannelId(503) => Outcome::Refused(Refusal { status: 403, code: 50_013, ..Refusal::default() }),
            ChannelId(504) => Outcome::Lost { may_have_arrived: true, cause: "no answer".to_owned() },
            _ => Outcome::Done(Made::default()),
        }
    }
}

/// A guild whose admins set nothing.
async fn no_settings() -> Result<GuildCommandSettings, String> {
    Ok(GuildCommandSettings::default())
}

/// The buttons of a reply: label, and where it leads if it can be pressed.
fn buttons(reply: &Reply) -> Vec<(String, Option<CustomId>)> {
    let rows = reply.rows.iter().filter_map(|row| match row {
        Row::Buttons(buttons) => Some(buttons),
        Row::Menu(_) => None,
    });
    rows.flatten()
        .map(|button| {
            let id = match &button.press {
                Press::Ask(id) => Some(id.clone()),
                Press::Nothing(_) | Press::Open(_) => None,
            };
            (button.label.clone(), id)
        })
        .collect()
}

fn button(reply: &Reply, label: &str) -> CustomId {
    let found = buttons(reply).into_iter().find(|(text, _)| text.starts_with(label));
    found.and_then(|(_, id)| id).unwrap_or_else(|| panic!("no button {label} in {:?}", buttons(reply)))
}

fn titles(reply: &Reply) -> Vec<&str> {
    reply.cards.iter().map(|card| card.title.as_str()).collect()
}

#[tokio::test]
async fn news_shows_five_hottest_and_pages() {
    let state = state(articles());
    let first = ask(&[("topic", "ai")], &state).await;
    assert_eq!(first.audience, Audience::Everyone);
    assert_eq!(first.content, "**AI** · hottest first · 12 articles · page 1 of 3");
    assert_eq!(titles(&first)[0], r"Title of ai\-12");
    assert_eq!(first.cards.len(), 5);
    assert!(buttons(&first)[0].1.is_none(), "Previous is greyed out on the first page");
    let Answer::Update(second) = press(ADA, &button(&first, "Next"), &state).await else { panic!() };
    assert!(second.content.ends_with("page 2 of 3"), "{}", second.content);
    let Answer::Update(third) = press(ADA, &button(&second, "Next"), &state).await else { panic!() };
    assert_eq!(third.cards.len(), 2);
    assert!(buttons(&third)[1].1.is_none(), "Next is greyed out on the last page");
    let Answer::Update(again) = press(ADA, &button(&third, "Previous"), &state).await else { panic!() };
    assert_eq!(again, second);
}

#[tokio::test]
async fn news_has_the_order_of_the_settings_unless_a_member_chooses_one() {
    let state = state(articles()).with_news_sort(crate::query::Sort::Trending);
    let trending = ask(&[("topic", "ai")], &state).await;
    assert!(trending.content.contains("trending first"), "{}", trending.content);
    let Answer::Update(second) = press(ADA, &button(&trending, "Next"), &state).await else { panic!() };
    assert!(second.content.contains("trending first"), "{}", second.content);
    let hottest = ask(&[("topic", "ai"), ("sort", "heat")], &state).await;
    assert!(hottest.content.contains("hottest first"), "{}", hottest.content);
}

#[tokio::test]
async fn another_person_gets_a_copy_of_their_own() {
    let state = state(articles());
    let first = ask(&[("topic", "ai")], &state).await;
    let Answer::Message(copy) = press(BEN, &button(&first, "Next"), &state).await else { panic!() };
    assert_eq!(copy.audience, Audience::AskerOnly);
    assert!(copy.content.ends_with("page 2 of 3"));
    let next = press_in(Some(BEN), BEN, &button(&copy, "Next"), &state).await;
    let Answer::Update(next) = next else { panic!() };
    assert!(next.content.ends_with("page 3 of 3"));
}

#[tokio::test]
async fn a_page_or_topic_that_is_gone_answers_sensibly() {
    let state = state(articles());
    let first = ask(&[("topic", "ai")], &state).await;
    let next = button(&first, "Next");
    let shrunk = articles().into_iter().filter(|article| article.id.as_str() == "ai-3").collect();
    state.replace(Collection::new(shrunk, &[], Vec::new()));
    let Answer::Update(last) = press(ADA, &next, &state).await else { panic!() };
    assert!(last.content.starts_with("The list is shorter now."), "{}", last.content);
    assert_eq!(titles(&last), [r"Title of ai\-3"]);
    state.replace(Collection::default());
    let Answer::Message(gone) = press(ADA, &next, &state).await else { panic!() };
    assert_eq!(gone.audience, Audience::AskerOnly);
    assert_eq!(gone.content, "No article has the topic of this button any more. Use `/news` again.");
}

#[tokio::test]
async fn what_was_matched_is_told_in_words() {
    let state = state(articles());
    let similar = ask(&[("topic", "artifical inteligence")], &state).await;
    let first = "There is no topic “artifical inteligence”. The most similar topic is **AI**.\n";
    assert!(similar.content.starts_with(first), "{}", similar.content);
    let hostile = ask(&[("topic", "ai @everyone **x**"), ("since", "month")], &state).await;
    assert_eq!(hostile.audience, Audience::AskerOnly);
    assert!(hostile.content.contains(r"“ai \@everyone \*\*x\*\*”"), "{}", hostile.content);
}

#[tokio::test]
async fn where_nothing_is_near_the_nearest_are_buttons() {
    let state = state(articles());
    let nothing = ask(&[("topic", "gardening"), ("type", "video")], &state).await;
    assert_eq!(nothing.audience, Audience::AskerOnly);
    assert_eq!(buttons(&nothing).len(), 2, "both topics are offered");
    let Answer::Update(news) = press(ADA, &button(&nothing, "AI"), &state).await else { panic!() };
    assert!(news.content.starts_with("**AI** · type **video**"), "{}", news.content);
}

#[tokio::test]
async fn an_empty_answer_offers_what_is_not_empty() {
    let state = state(articles());
    let empty = ask(&[("topic", "rust"), ("since", "week"), ("type", "article")], &state).await;
    assert_eq!(empty.audience, Audience::AskerOnly);
    assert!(empty.content.starts_with("Nothing found: **Rust** · type **article** · the last 7 days."));
    assert_eq!(
        buttons(&empty).iter().map(|(label, _)| label.as_str()).collect::<Vec<_>>(),
        ["Any time (1)", "All of Rust (1)"]
    );
    let Answer::Update(wider) = press(ADA, &button(&empty, "Any time"), &state).await else { panic!() };
    assert_eq!(titles(&wider), [r"Title of rust\-1"]);
}

#[tokio::test]
async fn autocomplete_offers_at_most_25_heaviest_first() {
    let many = (0..60).map(|number| {
        article(&format!("a{number}"), |article| {
            article.topics = [format!("Topic {number}").into()].into();
            article.heat = number;
        })
    });
    let state = state(many.collect());
    let offered = async |options: &[(&str, &str)], focused: &str| {
        choices(Caller::direct(ADA), news_data(options, Some(focused)), &state).await
    };
    let all = offered(&[("topic", "")], "topic").await;
    assert_eq!((all.len(), all[0].name.as_str()), (25, "Topic 59"));
    let some = offered(&[("topic", "topic 3")], "topic").await;
    assert_eq!(some[0].name, "Topic 39");
    assert!(offered(&[("source", "x")], "source").await.is_empty());
}

#[tokio::test]
async fn the_menu_opens_one_article_in_full_for_the_presser() {
    let state = state(articles());
    let first = ask(&[("topic", "ai")], &state).await;
    let Some(Row::Menu(menu)) = first.rows.first() else { panic!("{:?}", first.rows) };
    assert_eq!(menu.options.len(), 5);
    let values = vec![menu.options[1].value.clone()];
    let pressed = Pressed { values, ..pressed(Caller::direct(BEN), &state) };
    let opened = use_component(&menu.custom_id, &pressed, GuildCommandSettings::default()).await;
    let Answer::Message(full) = opened else { panic!() };
    assert_eq!(full.audience, Audience::AskerOnly);
    assert_eq!(titles(&full), [r"Title of ai\-11"]);
}

#[tokio::test]
async fn article_finds_by_words_and_pages_related_stories_best_first() {
    let state = state(articles());
    let data = |value: &str| {
        let option = json!({ "name": "title", "type": 3, "value": value });
        json!({ "id": "5", "name": "article", "type": 1, "options": [option] })
    };
    let ask = async |value: &str| run(Caller::direct(ADA), data(value), &state).await;
    let shown = ask("seven related").await;
    assert_eq!(titles(&shown), ["One with seven related stories", "Related stories · page 1 of 2"]);
    assert!(shown.cards[1].description.starts_with("• [Story 7](https://example.com/story-7)"));
    let Answer::Update(second) = press(ADA, &button(&shown, "Next"), &state).await else { panic!() };
    assert!(second.cards[1].description.starts_with("• [Story 2]"), "{:?}", second.cards[1]);
    let nothing = ask("no such words").await;
    assert!(nothing.content.starts_with("No title contains “no such words”."));

    let typing = json!({ "id": "5", "name": "article", "type": 1,
        "options": [{ "name": "title", "type": 3, "value": "stories seven", "focused": true }] });
    let offered = choices(Caller::direct(ADA), typing, &state).await;
    assert_eq!(offered.len(), 1);
    assert_eq!(ask(&offered[0].value).await, shown);
}

#[tokio::test]
async fn topics_are_listed_with_count_and_hottest_and_lead_to_their_news() {
    let state = state(articles());
    let topics = json!({ "id": "6", "name": "topics", "type": 1 });
    let listed = run(Caller::direct(ADA), topics.clone(), &state).await;
    assert_eq!(
        listed.cards[0].description,
        "**Rust** · 1 article\n🔥 99 [Title of rust\\-1](https://example.com/rust-1)\n\
         **AI** · 12 articles\n🔥 12 [Title of ai\\-12](https://example.com/ai-12)"
    );
    let Some(Row::Menu(menu)) = listed.rows.first() else { panic!() };
    let values = vec![menu.options[1].value.clone()];
    let chosen = Pressed { values, ..pressed(Caller::direct(ADA), &state) };
    let news = use_component(&menu.custom_id, &chosen, GuildCommandSettings::default()).await;
    let Answer::Message(news) = news else { panic!() };
    assert!(news.content.starts_with("**AI**"));
    let many = (0..20).map(|number| {
        article(&format!("t{number}"), |article| {
            article.topics = [format!("Topic {number:02}").into()].into();
        })
    });
    state.replace(Collection::new(many.collect(), &[], Vec::new()));
    let first = run(Caller::direct(ADA), topics, &state).await;
    assert_eq!(first.cards[0].footer, "20 topics · page 1 of 3");
    let Answer::Update(second) = press(ADA, &button(&first, "Next"), &state).await else { panic!() };
    assert!(second.cards[0].description.starts_with("**Topic 08**"));
}

#[tokio::test]
async fn only_an_answer_to_the_presser_changes() {
    let state = state(articles());
    for id in [
        button(&ask(&[("topic", "ai")], &state).await, "Next"),
        TopicsPage { page: 0 }.id(),
        RelatedPage { article: ArticleKey::from(&articles()[0].id), page: 0, audience: Audience::Everyone }
            .id(),
    ] {
        assert!(matches!(press_in(Some(ADA), ADA, &id, &state).await, Answer::Update(_)), "{id}");
        // Another's answer, a feed's card.
        for answered in [Some(BEN), None] {
            let Answer::Message(_) = press_in(answered, ADA, &id, &state).await else { panic!("{id}") };
        }
    }
}

#[tokio::test]
async fn invites_and_domains_as_names_are_no_links_in_public_answers() {
    let names = ["discord.gg/evil", "discord.com/invite/evil", "evil.example", "https://evil.example"];
    let named = names.into_iter().enumerate().map(|(number, name)| {
        article(&format!("a{number}"), |article| {
            article.title = name.into();
            article.topics = [name.into()].into();
            article.kind = Some(name.into());
        })
    });
    let state = state(named.collect());
    let topics = json!({ "id": "6", "name": "topics", "type": 1 });
    let mut answers = vec![run(Caller::direct(ADA), topics, &state).await];
    for name in names {
        answers.push(ask(&[("topic", name), ("type", name)], &state).await);
        answers.push(ask(&[("topic", &name[..name.len() - 1])], &state).await);
        answers.push(ask(&[("topic", name), ("type", "no such type")], &state).await);
    }
    for answer in answers {
        let without_cards = answer.clone().without_cards(Words::of_locale("en-GB")).content;
        let cards = answer.cards.iter().flat_map(|card| [&card.title, &card.description]);
        for rendered in [&answer.content, &without_cards].into_iter().chain(cards) {
            for live in ["discord.gg", "discord.com", "evil.example", "https://evil"] {
                assert!(!rendered.contains(live), "{rendered}");
            }
        }
    }
}

#[tokio::test]
async fn an_unknown_button_says_so() {
    let state = state(Vec::new());
    for custom_id in ["", "news0.x", "something else", "news1x.AAAAAAAAAAA"] {
        assert!(components::find(custom_id).is_none(), "{custom_id}");
    }
    let pressed = Pressed { values: vec!["?".to_owned()], ..pressed(Caller::direct(ADA), &state) };
    for custom_id in ["open1", "open1.more", "news1.x", "topics1", "topics1.0.0", "topics1.100000"] {
        let (component, fields) = components::find(custom_id).unwrap();
        let Answer::Message(words) = component.answer(fields, &pressed, no_settings()).await else {
            panic!()
        };
        assert!(words.content.contains("another version"), "{custom_id}: {}", words.content);
    }
}

#[tokio::test]
async fn without_cards_the_titles_and_addresses_remain() {
    let state = state(articles());
    let words = ask(&[("topic", "ai")], &state).await.without_cards(Words::english());
    assert!(words.cards.is_empty());
    assert!(words.content.contains("Embed Links") && words.content.contains("<https://example.com/ai-12>"));
}
