//! The bodies of the requests for a feed's messages.

use serde_json::json;
use serenity::all::{ForumTagId, MessageFlags, Nonce};
use serenity::builder::{
    CreateActionRow, CreateAllowedMentions, CreateEmbed, CreateForumPost, CreateMessage, CreateThread,
    EditMessage,
};

use crate::article_key::ArticleKey;
use crate::card::text;
use crate::delivery::send::FeedMessage;
use crate::discord::channel_permissions::{ChannelFacts, MANAGE_THREADS};
use crate::discord::commands::article::open::{FeedCardButton, FeedDigestMenu};
use crate::discord::component::Kind;
use crate::discord::ids::nonzero;
use crate::discord::message;
use crate::discord::reply::{
    BUTTON_ADDRESS_CHARACTERS_MAX, Button, CHOICES_MAX, Menu, MenuOption, Press, Row,
};
use crate::messages::{Words, say};
use article_format::hash_to_text;

/// The most characters of a thread's name (Discord's docs, "Channel").
const THREAD_NAME_CHARACTERS_MAX: usize = 100;
/// The most tags of a forum post (Discord's docs, "Start Thread in Forum or Media Channel").
const TAGS_MAX: usize = 5;

/// A new message. For a repeated nonce, Discord makes no second message (Discord's docs, "Create Message", `enforce_nonce`).
pub(super) fn post(message: &FeedMessage, nonce: &str) -> Vec<u8> {
    written(&new_message(message).nonce(Nonce::String(nonce.to_owned())).enforce_nonce(true))
}

/// A new forum post, with the tags that have the names of the topics.
pub(super) fn forum_post(
    message: &FeedMessage,
    name: &str,
    topics: &[String],
    forum: &ChannelFacts,
) -> Vec<u8> {
    let tags = tags(topics, forum).into_iter().map(|tag| ForumTagId::from(nonzero(tag)));
    written(&CreateForumPost::new(thread_name(name), new_message(message)).set_applied_tags(tags))
}

/// The new content of a message. Each part is set, because Discord keeps the parts that an edit leaves out. `allowed_mentions` is
/// set too, because an edit without this field mentions by Discord's default.
pub(super) fn edit(message: &FeedMessage) -> Vec<u8> {
    written(
        &EditMessage::new()
            .content(content(message))
            .embeds(embeds(message))
            .components(rows(message))
            // The text still shows the mention, and nobody gets a notification.
            .allowed_mentions(CreateAllowedMentions::new()),
    )
}

/// Opens an archived thread.
pub(super) fn opened() -> Vec<u8> {
    written(&json!({ "archived": false }))
}

/// A new thread at a message.
pub(super) fn thread(name: &str) -> Vec<u8> {
    written(&CreateThread::new(thread_name(name)))
}

fn new_message(message: &FeedMessage) -> CreateMessage {
    let mentions = CreateAllowedMentions::new();
    let mentions = match message.mention {
        Some(role) => mentions.roles([serenity::all::RoleId::from(role)]),
        None => mentions,
    };
    let new = CreateMessage::new();
    let new = if message.is_silent { new.flags(MessageFlags::SUPPRESS_NOTIFICATIONS) } else { new };
    new.content(content(message)).embeds(embeds(message)).components(rows(message)).allowed_mentions(mentions)
}

/// The text above the cards: the mention, then the content.
fn content(message: &FeedMessage) -> String {
    let mention = message.mention.map(|role| format!("<@&{role}> ")).unwrap_or_default();
    format!("{mention}{}", message.content).trim_end().to_owned()
}

fn embeds(message: &FeedMessage) -> Vec<CreateEmbed> {
    message.cards.iter().cloned().map(message::embed).collect()
}

fn rows(message: &FeedMessage) -> Vec<CreateActionRow> {
    let row = match message.stories.as_slice() {
        [] => return Vec::new(),
        [(article, _)] => Row::Buttons(buttons(message, *article)),
        _ => Row::Menu(menu(message)),
    };
    vec![message::row(row)]
}

fn buttons(message: &FeedMessage, article: ArticleKey) -> Vec<Button> {
    let words = Words::of(message.language);
    let details = FeedCardButton { key: message.key, article }.id();
    let mut buttons = vec![Button { label: say!(words, "button-details"), press: Press::Ask(details) }];
    let link = message.cards.first().and_then(|card| card.url.as_deref());
    let link = link.filter(|link| text::count(link) <= BUTTON_ADDRESS_CHARACTERS_MAX);
    let read = |link: &str| Button { label: say!(words, "button-read"), press: Press::Open(link.to_owned()) };
    buttons.extend(link.map(read));
    buttons
}

/// The menu of a digest. Discord refuses two options with the same value.
fn menu(message: &FeedMessage) -> Menu {
    let mut options: Vec<MenuOption> = Vec::new();
    for (article, title) in &message.stories {
        let value = hash_to_text(article.0);
        if options.len() < CHOICES_MAX && options.iter().all(|option| option.value != value) {
            options.push(MenuOption { label: title.clone(), description: String::new(), value });
        }
    }
    Menu {
        custom_id: FeedDigestMenu { key: message.key }.id(),
        placeholder: say!(Words::of(message.language), "menu-articles"),
        options,
    }
}

fn tags(topics: &[String], forum: &ChannelFacts) -> Vec<u64> {
    let may_moderate = forum.permissions & MANAGE_THREADS != 0;
    let folded = |name: &str| text::visible(name).to_lowercase();
    let mut tags = Vec::new();
    for topic in topics.iter().map(|topic| folded(topic)) {
        let mut settable = forum.tags.iter().filter(|tag| may_moderate || !tag.is_moderated);
        let tag = settable.find(|tag| folded(&tag.name) == topic).map(|tag| tag.id);
        tags.extend(tag.filter(|tag| tags.len() < TAGS_MAX && !tags.contains(tag)));
    }
    tags
}

fn thread_name(name: &str) -> String {
    text::inert(name, THREAD_NAME_CHARACTERS_MAX)
}

/// The body as JSON. serenity's builders hold only numbers, texts and lists, so this cannot fail.
fn written(body: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(body).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::card::{Card, Fingerprint};
    use crate::delivery::record::PostKey;
    use crate::discord::channel_permissions::Tag;
    use crate::ids::{ChannelId, RoleId};
    use crate::messages::Language;

    fn read(body: &[u8]) -> Value {
        serde_json::from_slice(body).unwrap()
    }

    fn post(message: &FeedMessage, nonce: &str) -> Value {
        read(&super::post(message, nonce))
    }

    fn edit(message: &FeedMessage) -> Value {
        read(&super::edit(message))
    }

    fn thread(name: &str) -> Value {
        read(&super::thread(name))
    }

    fn forum_post(message: &FeedMessage, name: &str, topics: &[String], forum: &ChannelFacts) -> Value {
        read(&super::forum_post(message, name, topics, forum))
    }

    fn message(stories: usize) -> FeedMessage {
        let card = |number| Card {
            title: format!("Title {number}"),
            url: Some(format!("https://example.com/{number}")),
            ..Card::default()
        };
        FeedMessage {
            key: PostKey(7),
            language: Language::English,
            content: "Words".to_owned(),
            cards: (0..stories).map(card).collect(),
            stories: (0..stories)
                .map(|number| (ArticleKey(number as u64), format!("Title {number}")))
                .collect(),
            mention: None,
            is_silent: false,
            fingerprint: Fingerprint::default(),
        }
    }

    fn forum(tags: &[(u64, &str, bool)], permissions: u64) -> ChannelFacts {
        let tag =
            |&(id, name, is_moderated): &(u64, &str, bool)| Tag { id, name: name.to_owned(), is_moderated };
        ChannelFacts {
            guild: None,
            id: ChannelId(1),
            kind: 15,
            name: String::new(),
            permissions,
            parent: None,
            is_locked: false,
            requires_tag: false,
            tags: tags.iter().map(tag).collect(),
        }
    }

    #[test]
    fn a_post_carries_key_nonce_and_mentions_nobody() {
        let body = post(&message(1), "n-1");
        assert_eq!(body["nonce"], "n-1");
        assert_eq!(body["enforce_nonce"], true);
        assert_eq!(body["allowed_mentions"], json!({"parse": [], "users": [], "roles": []}));
        assert_eq!(body["content"], "Words");
        let buttons = &body["components"][0]["components"];
        let id = FeedCardButton { key: PostKey(7), article: ArticleKey(0) }.id().to_string();
        assert_eq!(buttons[0]["custom_id"], id);
        assert_eq!(buttons[1]["url"], "https://example.com/0");
    }

    #[test]
    fn a_long_link_has_no_button() {
        let mut message = message(1);
        message.cards[0].url = Some(format!("https://example.com/{}", "x".repeat(493)));
        assert_eq!(post(&message, "n")["components"][0]["components"].as_array().unwrap().len(), 1);
        message.cards[0].url.as_mut().unwrap().pop();
        assert_eq!(post(&message, "n")["components"][0]["components"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn only_the_feeds_role_is_mentioned_and_never_by_an_edit() {
        let mut message = message(1);
        message.mention = Some(RoleId(9));
        let body = post(&message, "n");
        assert_eq!(body["content"], "<@&9> Words");
        assert_eq!(body["allowed_mentions"], json!({"parse": [], "users": [], "roles": ["9"]}));
        let body = edit(&message);
        assert_eq!(body["content"], "<@&9> Words", "the text still shows the mention");
        assert_eq!(body["allowed_mentions"], json!({"parse": [], "users": [], "roles": []}));
        message.content.clear();
        assert_eq!(post(&message, "n")["content"], "<@&9>");
        let bare = FeedMessage { cards: Vec::new(), stories: Vec::new(), ..message };
        assert_eq!(
            edit(&bare),
            json!({"content": "<@&9>", "embeds": [], "components": [],
            "allowed_mentions": {"parse": [], "users": [], "roles": []}})
        );
    }

    #[test]
    fn a_digest_has_a_menu_of_different_stories() {
        let mut digest = message(3);
        digest.stories.push((ArticleKey(0), "Again".to_owned()));
        let body = post(&digest, "n");
        let menu = &body["components"][0]["components"][0];
        assert_eq!(menu["custom_id"], FeedDigestMenu { key: PostKey(7) }.id().to_string());
        let labels: Vec<_> =
            menu["options"].as_array().unwrap().iter().map(|option| &option["label"]).collect();
        assert_eq!(labels, ["Title 0", "Title 1", "Title 2"]);
        assert_eq!(menu["options"][2]["value"], hash_to_text(2));
        let many = message(60);
        assert_eq!(menu_options(&post(&many, "n")), CHOICES_MAX);
    }

    fn menu_options(body: &Value) -> usize {
        body["components"][0]["components"][0]["options"].as_array().unwrap().len()
    }

    #[test]
    fn tags_are_named_as_topics_and_at_most_five() {
        let names = ["A", "b", "Staff", "c", "d", "e", "f"];
        let topics: Vec<String> =
            ["B", "staff", "a", "A", "none", "C", "D", "E", "F"].map(str::to_owned).to_vec();
        let tags: Vec<(u64, &str, bool)> =
            (1..).zip(names).map(|(id, name)| (id, name, name == "Staff")).collect();
        let applied = |permissions| {
            forum_post(&message(1), "x", &topics, &forum(&tags, permissions))["applied_tags"].clone()
        };
        assert_eq!(applied(0), json!(["2", "1", "4", "5", "6"]));
        assert_eq!(applied(MANAGE_THREADS), json!(["2", "3", "1", "4", "5"]));
        assert!(forum_post(&message(1), "x", &[], &forum(&tags, 0)).get("applied_tags").is_none());
    }

    #[test]
    fn thread_names_are_harmless_and_short() {
        assert_eq!(thread("a\u{202e}b")["name"], "ab");
        for live in ["<@1>", "<@&1>", "@everyone", "@here", "https://evil.example", "discord.gg/evil"] {
            let forum = forum_post(&message(1), live, &[], &forum(&[], 0));
            for body in [thread(live), forum] {
                let name = body["name"].as_str().unwrap();
                assert!(!name.contains(live) && text::visible(name) == live, "{name}");
            }
        }
        let long = "ü".repeat(200);
        assert_eq!(thread(&long)["name"].as_str().unwrap().chars().count(), 100);
        assert!(thread("x").get("auto_archive_duration").is_none());
    }
}
