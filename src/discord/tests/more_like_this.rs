//! "More like this": from a message to other coverage and related articles.

use super::languages::LANGUAGES;
use super::member_languages::{ask_in, check, press_in};
use super::*;
use crate::delivery::record::PostKey;
use crate::discord::commands::article::open::{FeedCardButton, FeedDigestMenu};
use crate::discord::commands::more_like_this::MoreLikeMenu;
use crate::discord::message;
use crate::discord::reply::{Button, Menu, MenuOption};
use crate::search::Search;
use article_format::hash_to_text;

fn told(id: &str, source: &str, title: &str, addresses: &[&str], heat: i64) -> Article {
    article(id, |article| {
        article.title = title.into();
        article.heat = heat;
        article.link = addresses.first().map(|address| (*address).into());
        article.addresses = article_format::address::identities(addresses.iter().copied());
        article.provider =
            Some(Provider { name: source.into(), domain: None, icon: None, authors: Box::default() }.into());
    })
}

const MIRROR: &str = "https://one.example/mirror";

fn collection() -> Vec<Article> {
    let mut hidden = told("hidden", "Nobody", "Silver mirrors for nobody", &["https://hidden.example/"], 99);
    hidden.is_published = false;
    vec![
        told("mirror-1", "Ada's Paper", "A mirror of silver", &[MIRROR], 9),
        told(
            "mirror-2",
            "Ben's Paper",
            "The telescope that Paranal waited for",
            &["https://two.example/", MIRROR],
            8,
        ),
        told("making", "Cleo's Paper", "How mirrors are made of silver", &["https://three.example/?id=3"], 7),
        told("plain", "Dora's Paper", "A mirror *for* everyone", &["https://four.example/"], 6),
        told("bread", "Dora's Paper", "Buttered bread", &["https://five.example/"], 5),
        told("butter", "Ada's Paper", "Butter", &[], 4),
        told("wine", "Ada's Paper", "Wine", &["https://six.example/"], 3),
        hidden,
    ]
}

fn ready() -> State {
    let state = state(collection());
    let search = Search::of(state.collection()).unwrap();
    state.with_search(Arc::new(search))
}

/// A message with this text and with the cards and components of an answer.
fn message_of(content: &str, answer: Reply) -> Value {
    let embeds: Vec<Value> =
        answer.cards.into_iter().map(|card| serde_json::to_value(message::embed(card)).unwrap()).collect();
    let rows: Vec<Value> =
        answer.rows.into_iter().map(|row| serde_json::to_value(message::row(row)).unwrap()).collect();
    json!({
        "id": "9", "channel_id": "3", "type": 0, "content": content, "embeds": embeds, "components": rows,
        "author": { "id": BEN.to_string(), "username": "ben", "discriminator": "0" },
        "timestamp": "2026-06-15T12:00:00Z", "edited_timestamp": null, "tts": false, "pinned": false,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [],
    })
}

fn written(content: &str) -> Value {
    message_of(content, Reply::default())
}

fn data(message: &Value) -> Value {
    json!({
        "id": "7", "name": "More like this", "type": 3, "target_id": "9",
        "resolved": { "messages": { "9": message } },
    })
}

async fn more(message: &Value, state: &State) -> Reply {
    run(Caller::direct(ADA), data(message), state).await
}

/// The article that an answer is about.
fn subject(reply: &Reply) -> &str {
    let (_, title) = reply.content.split_once('“').unwrap_or_else(|| panic!("{}", reply.content));
    title.split_once('”').unwrap().0
}

fn menu(reply: &Reply, id: &CustomId) -> Vec<String> {
    let menus = reply.rows.iter().filter_map(|row| match row {
        Row::Menu(menu) if menu.custom_id == *id => Some(menu),
        _ => None,
    });
    menus.flat_map(|menu| menu.options.iter().map(|option| option.label.clone())).collect()
}

async fn full(title: &str, state: &State) -> Reply {
    let option = json!({ "name": "title", "type": 3, "value": title });
    run(Caller::direct(ADA), json!({ "id": "5", "name": "article", "type": 1, "options": [option] }), state)
        .await
}

#[tokio::test]
async fn other_coverage_comes_first_then_articles_that_are_alike() {
    let answer = more(&written(MIRROR), &ready()).await;
    assert_eq!(answer.audience, Audience::AskerOnly);
    assert_eq!(
        titles(&answer),
        [
            "The telescope that Paranal waited for",
            "How mirrors are made of silver",
            r"A mirror \*for\* everyone"
        ]
    );
    assert_eq!(
        answer.content,
        "More like “A mirror of silver”:\nThe first card is other coverage of the same story."
    );
    let Some(Row::Menu(open)) = answer.rows.first() else { panic!() };
    assert_eq!(open.options.len(), 3);
}

#[tokio::test]
async fn every_message_with_an_article_is_understood() {
    let state = ready();
    let key = |id: &str| ArticleKey::of(id);
    let button = |id: CustomId| {
        let button = Button { label: "Details".to_owned(), press: Press::Ask(id) };
        Reply { rows: vec![Row::Buttons(vec![button])], ..Reply::default() }
    };
    let option = |id: &str| MenuOption {
        label: "x".to_owned(),
        description: String::new(),
        value: hash_to_text(key(id).0),
    };
    let digest = Menu {
        custom_id: FeedDigestMenu { key: PostKey(1) }.id(),
        placeholder: "x".to_owned(),
        options: vec![option("gone"), option("hidden"), option("bread"), option("wine")],
    };
    let digest = Reply { rows: vec![Row::Menu(digest)], ..Reply::default() };
    let feed_card = button(FeedCardButton { key: PostKey(1), article: key("butter") }.id());
    let opened = full("bread", &state).await;
    let forwarded = json!({
        "message": { "content": "<https://six.example>", "timestamp": "2026-06-15T12:00:00Z", "type": 0,
            "edited_timestamp": null, "mentions": [], "attachments": [], "embeds": [] }
    });
    let mut forward = written("");
    forward["message_snapshots"] = json!([forwarded]);
    for (what, message, about) in [
        ("a feed's card", message_of("", feed_card), "Butter"),
        ("a feed's digest", message_of("", digest), "Buttered bread"),
        ("an answer of /article", message_of("", opened), "Buttered bread"),
        ("the first card of /news", message_of("", ask(&[], &state).await), "A mirror of silver"),
        ("a link", written("Look: **http://m.six.example/?utm_source=x&fbclid=y#top**, nice"), "Wine"),
        ("a masked link", written("[this](https://three.example/?id=3)!"), "How mirrors are made of silver"),
        ("the second link", written("https://example.com/ https://six.example/"), "Wine"),
        ("a forwarded message", forward, "Wine"),
    ] {
        let answer = more(&message, &state).await;
        assert_eq!((what, subject(&answer)), (what, about), "{}", answer.content);
    }
    for nothing in
        ["", "hello", "https://example.com/", "https://three.example/?id=4", "https://hidden.example/"]
    {
        let answer = more(&written(nothing), &state).await;
        assert!(answer.cards.is_empty() && answer.rows.is_empty());
        assert!(answer.content.starts_with("No article of the collection is in this message."), "{nothing}");
    }
}

#[tokio::test]
async fn the_other_articles_of_a_message_are_in_a_menu() {
    let state = ready();
    let message = message_of("", ask(&[], &state).await);
    let answer = more(&message, &state).await;
    let others = menu(&answer, &MoreLikeMenu.id());
    assert_eq!(
        others,
        ["How mirrors are made of silver", "A mirror *for* everyone", "Buttered bread", "Butter"]
    );
    let values = vec![hash_to_text(ArticleKey::of("bread").0)];
    let chosen = Pressed { values, ..pressed(Caller::direct(ADA), &state) };
    let chosen = use_component(&MoreLikeMenu.id(), &chosen, GuildCommandSettings::default()).await;
    let Answer::Message(reply) = chosen else { panic!() };
    assert_eq!((subject(&reply), titles(&reply)), ("Buttered bread", vec!["Butter"]));
    assert_eq!(reply.audience, Audience::AskerOnly);
}

#[tokio::test]
async fn without_an_index_only_other_coverage_is_known() {
    let state = state(collection());
    let answer = more(&written(MIRROR), &state).await;
    assert_eq!(titles(&answer), ["The telescope that Paranal waited for"]);
    assert!(answer.content.contains("The search is not ready yet"), "{}", answer.content);
    let nothing = more(&written("https://six.example/"), &state).await;
    assert!(nothing.cards.is_empty() && nothing.content.contains("The search is not ready yet"));
}

#[tokio::test]
async fn at_most_five_cards_are_shown() {
    let many = (0..9).map(|number| {
        let address = format!("https://a{number}.example/");
        told(
            &format!("a{number}"),
            &format!("Paper {number}"),
            &format!("Title {number}"),
            &[&address, MIRROR],
            1,
        )
    });
    let state = state(many.collect());
    let answer = more(&written(MIRROR), &state).await;
    assert_eq!(answer.cards.len(), 5);
    assert!(answer.content.contains("The first 5 cards are other coverage"), "{}", answer.content);
}

#[tokio::test]
async fn more_like_this_speaks_the_readers_language() {
    for (name, locale) in LANGUAGES {
        let (full, unready) = (ready(), state(collection()));
        let ask = async |text: &str, state| ask_in(locale, data(&written(text)), state).await;
        let gone = vec![hash_to_text(1)];
        let news = message_of("", super::ask(&[], &full).await);
        let replies = [
            ("a story of two", ask(MIRROR, &full).await),
            ("one of a list", ask_in(locale, data(&news), &full).await),
            ("nothing like it", ask("https://six.example/", &full).await),
            ("unknown", ask("https://example.com/", &full).await),
            ("not ready", ask(MIRROR, &unready).await),
            ("not ready and alone", ask("https://six.example/", &unready).await),
            ("gone", press_in(locale, &MoreLikeMenu.id(), gone, &full).await),
        ];
        check(&format!("more_like_this_{name}"), locale, &replies);
    }
}
