//! What a reader opens from an article, what a reader shares, and the tree of topics.

use super::moderators::caller;
use super::*;
use crate::discord::channel_permissions::SEND_MESSAGES;
use crate::discord::commands::article::buttons::ShareArticle;
use crate::discord::moderators::CallerMember;

async fn full(title: &str, state: &State) -> Reply {
    let option = json!({ "name": "title", "type": 3, "value": title });
    let data = json!({ "id": "5", "name": "article", "type": 1, "options": [option] });
    run(Caller::direct(ADA), data, state).await
}

fn reported(id: &str, source: &str, addresses: &[&str]) -> Article {
    article(id, |article| {
        article.link = Some(format!("https://{id}.example/").into());
        article.addresses = article_format::address::identities(addresses.iter().copied());
        article.provider =
            Some(Provider { name: source.into(), domain: None, icon: None, authors: Box::default() }.into());
    })
}

fn options(reply: &Reply) -> Vec<&str> {
    let menus = reply.rows.iter().filter_map(|row| match row {
        Row::Menu(menu) => Some(menu),
        Row::Buttons(_) => None,
    });
    menus.flat_map(|menu| menu.options.iter().map(|option| option.label.as_str())).collect()
}

/// Chooses the option of this label.
async fn choose(reply: &Reply, label: &str, state: &State) -> Reply {
    let Some(Row::Menu(menu)) = reply.rows.iter().find(|row| matches!(row, Row::Menu(_))) else { panic!() };
    let option = menu.options.iter().find(|option| option.label == label).unwrap();
    let chosen = Pressed { values: vec![option.value.clone()], ..pressed(Caller::direct(ADA), state) };
    let opened = use_component(&menu.custom_id, &chosen, GuildCommandSettings::default()).await;
    let Answer::Message(opened) = opened else { panic!() };
    opened
}

fn three_reports() -> State {
    let story = "https://first.example/story";
    let mut first = reported("first", "Ada's Paper", &[story]);
    first.heat = 9;
    first.related = [
        Related {
            title: "Known",
            link: Some("https://known.example/?utm_source=feed"),
            ..Related::default()
        },
        Related { title: "Unknown", link: Some("https://elsewhere.example/"), ..Related::default() },
        Related { title: "The story itself", link: Some(story), ..Related::default() },
        Related { title: "Hidden", link: Some("https://hidden.example/"), ..Related::default() },
    ]
    .into_iter()
    .collect();
    let mut hidden = reported("hidden", "Nobody", &["https://hidden.example/"]);
    hidden.is_published = false;
    state(vec![
        first,
        reported("second", "Ben's Paper", &[story]),
        reported("third", "Cleo's *Paper*", &[story]),
        reported("known", "Dora's Paper", &["https://known.example/"]),
        hidden,
    ])
}

#[tokio::test]
async fn other_coverage_is_listed_and_what_the_collection_has_opens_as_a_card() {
    let state = three_reports();
    let answer = full("first", &state).await;
    assert_eq!(titles(&answer), ["Title of first", "Other coverage of this story", "Related stories"]);
    assert_eq!(
        answer.cards[1].description,
        "• [Title of second](https://second.example/) · Ben's Paper\n\
         • [Title of third](https://third.example/) · Cleo's \\*Paper\\*"
    );
    assert_eq!(options(&answer), ["Title of second", "Title of third", "Title of known"]);
    let opened = choose(&answer, "Title of known", &state).await;
    assert_eq!((titles(&opened), opened.audience), (vec!["Title of known"], Audience::AskerOnly));
    // Only a reader who sees the article alone can share it.
    let labels = |reply: &Reply| buttons(reply).into_iter().map(|(label, _)| label).collect::<Vec<_>>();
    assert_eq!(labels(&answer), ["Read"]);
    assert_eq!(labels(&opened), ["Read", "Share"]);
}

#[tokio::test]
async fn other_coverage_takes_only_the_room_that_is_left() {
    let long = "word ".repeat(900);
    let stories: Vec<Article> = (0..9)
        .map(|number| {
            let mut story = reported(&format!("a{number}"), &long, &["https://one.example/"]);
            (story.title, story.excerpt) = (long.as_str().into(), Some(long.as_str().into()));
            story.link = Some(format!("https://a{number}.example/{}", "x".repeat(250)).into());
            let related = (0..9).map(|_| Related {
                title: &long,
                link: Some("https://one.example/"),
                source: Some(&long),
                ..Related::default()
            });
            story.related = related.collect();
            story
        })
        .collect();
    let answer = full("word", &state(stories)).await;
    let characters: usize = answer.cards.iter().map(crate::card::Card::characters).sum();
    assert!(characters <= crate::card::MESSAGE_CHARACTERS_MAX, "{characters}");
    assert_eq!(options(&answer).len(), 8);
}

#[tokio::test]
async fn share_posts_the_card_for_all_where_the_member_may_write() {
    let state = three_reports();
    let share = ShareArticle { article: ArticleKey::of("first") }.id();
    let press = async |caller: Caller, id: &CustomId| {
        let answer = use_component(id, &pressed(caller, &state), GuildCommandSettings::default()).await;
        let Answer::Message(reply) = answer else { panic!() };
        reply
    };
    let shared = press(caller(SEND_MESSAGES), &share).await;
    assert_eq!((titles(&shared), shared.audience), (vec!["Title of first"], Audience::Everyone));
    assert_eq!(shared.content, "<@11> shares an article:");
    let silent =
        Caller { member: caller(0).member.map(|it| CallerMember { may_write: false, ..it }), ..caller(0) };
    let refused = press(silent, &share).await;
    assert_eq!(refused.audience, Audience::AskerOnly);
    assert!(refused.content.starts_with("You may not write messages in this channel"), "{}", refused.content);
    let unseen =
        Caller { member: caller(0).member.map(|it| CallerMember { may_show: false, ..it }), ..caller(0) };
    let refused = press(unseen, &share).await;
    assert_eq!(refused.audience, Audience::AskerOnly);
    assert!(
        refused.content.starts_with("In this channel, only you can see the answers"),
        "{}",
        refused.content
    );
    let hidden = press(caller(SEND_MESSAGES), &ShareArticle { article: ArticleKey::of("hidden") }.id()).await;
    assert_eq!((hidden.cards.len(), hidden.audience), (0, Audience::AskerOnly));
}

#[tokio::test]
async fn topics_are_a_tree_whose_pages_say_where_they_go_on() {
    let articles = (0..10).map(|number| {
        article(&format!("a{number}"), |article| {
            article.topics = [format!("Leaf {number}").into()].into();
            article.heat = 10 - number;
        })
    });
    let files: Vec<TopicFile> = (0..10)
        .map(|number| TopicFile {
            parent: Some(if number % 2 == 0 { "Branch" } else { "Root" }.into()),
            ..TopicFile::named(&format!("Leaf {number}"))
        })
        .chain([TopicFile { parent: Some("Root".into()), ..TopicFile::named("Branch") }])
        .collect();
    let state = state(Vec::new());
    state.replace(Collection::new(articles.collect(), &files, Vec::new()));
    let topics = json!({ "id": "6", "name": "topics", "type": 1 });
    let first = run(Caller::direct(ADA), topics, &state).await;
    let names = |reply: &Reply| -> Vec<String> {
        let lines = reply.cards[0].description.lines().step_by(2);
        lines.map(|line| line.split(" · ").next().unwrap_or_default().to_owned()).collect()
    };
    let (one, two) = ("\u{2003}↳ ", "\u{2003}\u{2003}↳ ");
    assert_eq!(
        names(&first),
        [
            "**Root**".to_owned(),
            format!("{one}**Branch**"),
            format!("{two}**Leaf 0**"),
            format!("{two}**Leaf 2**"),
            format!("{two}**Leaf 4**"),
            format!("{two}**Leaf 6**"),
            format!("{two}**Leaf 8**"),
            format!("{one}**Leaf 1**"),
        ]
    );
    let Answer::Update(second) = press(ADA, &button(&first, "Next"), &state).await else { panic!() };
    assert_eq!(names(&second)[..2], [format!("{one}Root › **Leaf 3**"), format!("{one}**Leaf 5**")]);
}

#[tokio::test]
async fn a_topic_whose_hottest_article_shows_no_title_has_words_for_it() {
    let state = state(vec![article("a", |article| {
        article.title = "\u{200b}".into();
        article.topics = ["AI".into()].into();
    })]);
    let topics = run(Caller::direct(ADA), json!({ "id": "6", "name": "topics", "type": 1 }), &state).await;
    let tree = &topics.cards[0].description;
    assert!(tree.ends_with("❄ 0 [Untitled](https://example.com/a)"), "{tree}");
}
