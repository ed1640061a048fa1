//! Answers of the commands for everybody, in English and in the language for tests.

use crate::article_key::ArticleKey;
use crate::discord::reply::Audience;
use serenity::builder::CreateCommand;

use super::feed_languages::in_locale;
use super::languages::LANGUAGES;
use super::*;
use crate::card::{MESSAGE_CHARACTERS_MAX, TITLE_CHARACTERS_MAX, text};
use crate::discord::commands::news::NewsPage;
use crate::discord::reply::{CHOICE_CHARACTERS_MAX, CONTENT_CHARACTERS_MAX, LABEL_CHARACTERS_MAX, Menu};
use crate::messages::untranslated;
use crate::query::{Query, Since, Wanted};

/// A closed menu, at most (Discord's docs, "String Select Structure").
const PLACEHOLDER_CHARACTERS_MAX: usize = 150;

/// What stands in the files of the articles, and what a person typed.
const OF_FILES: [&str; 40] = [
    "Title of ai-",
    "Title of rust-",
    "Title of ai\\-",
    "Title of rust\\-",
    "One with seven related stories",
    "Story ",
    "The Source",
    "Rust",
    "AI",
    "article",
    "video",
    "artifical inteligence",
    "artificial",
    "gardening",
    "no such words",
    "https://example.com/ai",
    "https://example.com/rust",
    "https://example.com/story",
    " and ",
    "intelligence",
    "An excerpt with \\*signs\\* on ",
    "gardens",
    "“title”",
    "“garden”",
    "-title",
    "zzzzzz",
    "gardxxing",
    "seven related",
    "A mirror of silver",
    "The telescope that Paranal waited for",
    "How mirrors are made of silver",
    "A mirror *for* everyone",
    "A mirror \\*for\\* everyone",
    "Buttered bread",
    "Butter",
    "Wine",
    "Ada's Paper",
    "Ben's Paper",
    "Cleo's Paper",
    "Dora's Paper",
];

fn menus(reply: &Reply) -> impl Iterator<Item = &Menu> {
    reply.rows.iter().filter_map(|row| match row {
        Row::Menu(menu) => Some(menu),
        Row::Buttons(_) => None,
    })
}

/// Everything that a person reads, a line for each part.
fn shown(reply: &Reply) -> String {
    let mut lines = vec![reply.content.clone()];
    for card in &reply.cards {
        let author = card.author.as_ref().map(|author| author.name.as_str());
        lines.extend(author.into_iter().chain([&*card.title, &card.description]).map(str::to_owned));
        lines.extend(card.fields.iter().map(|(name, value)| format!("{name}: {value}")));
        lines.push(card.footer.clone());
    }
    for menu in menus(reply) {
        lines.push(format!("<{}>", menu.placeholder).replace(['<', '>'], "|"));
        lines
            .extend(menu.options.iter().map(|option| format!("| {} | {}", option.label, option.description)));
    }
    lines.extend(buttons(reply).into_iter().map(|(label, _)| format!("[{label}]")));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn check_limits(reply: &Reply) {
    let check = |text: &str, characters_max: usize| {
        assert!(text::count(text) <= characters_max, "{} {text}", text::count(text));
    };
    check(&reply.content, CONTENT_CHARACTERS_MAX);
    for card in &reply.cards {
        check(&card.title, TITLE_CHARACTERS_MAX);
        check(&card.description, 4096);
        check(&card.footer, 2048);
        for (name, value) in &card.fields {
            check(name, 256);
            check(value, 1024);
        }
    }
    assert!(reply.cards.iter().map(crate::card::Card::characters).sum::<usize>() <= MESSAGE_CHARACTERS_MAX);
    for menu in menus(reply) {
        check(&menu.placeholder, PLACEHOLDER_CHARACTERS_MAX);
        for option in &menu.options {
            assert!(!option.label.is_empty());
            check(&option.label, CHOICE_CHARACTERS_MAX);
            check(&option.description, CHOICE_CHARACTERS_MAX);
        }
    }
    for (label, _) in buttons(reply) {
        assert!(!label.is_empty());
        check(&label, LABEL_CHARACTERS_MAX);
    }
}

pub(super) fn check(name: &str, locale: &str, replies: &[(&str, Reply)]) {
    let mut answers = Vec::new();
    for (asked, reply) in replies {
        check_limits(reply);
        let shown = shown(reply);
        if locale == "pseudo" {
            assert_eq!(untranslated(&shown, &OF_FILES), Vec::<String>::new(), "{asked}: {shown}");
        }
        answers.push(format!("{asked}\n{shown}"));
    }
    insta::assert_snapshot!(name, answers.join("\n\n"));
}

pub(super) async fn ask_in(locale: &str, data: Value, state: &State) -> Reply {
    let interaction = in_locale(locale, 2, data);
    let (command, invocation) = invocation(Caller::direct(ADA), &interaction, &NOTHING_THERE, state);
    command.answer(&invocation, no_settings()).await
}

/// The answer to a button or a menu.
pub(super) async fn press_in(locale: &str, id: &CustomId, values: Vec<String>, state: &State) -> Reply {
    let mut pressed = Pressed { values, ..pressed(Caller::direct(ADA), state) };
    pressed.invocation.words = Words::of_locale(locale);
    match use_component(id, &pressed, GuildCommandSettings::default()).await {
        Answer::Message(reply) | Answer::Update(reply) => reply,
        Answer::Choices(_) => panic!("{id}"),
    }
}

#[tokio::test]
async fn news_speaks_the_readers_language() {
    for (name, locale) in LANGUAGES {
        let (full, empty) = (state(articles()), state(Vec::new()));
        let ask =
            async |options: &[(&str, &str)], state| ask_in(locale, news_data(options, None), state).await;
        let hash = |text: &str| Some(Wanted::Hash(article_format::stable_hash64(text)));
        let gone = |query| NewsPage { query, page: 0, slot: 0 }.id();
        let beyond = NewsPage { query: Query::default(), page: 99, slot: 0 }.id();
        let replies = [
            ("everything", ask(&[], &full).await),
            ("similar", ask(&[("topic", "artifical inteligence"), ("sort", "newest")], &full).await),
            ("alias", ask(&[("topic", "artificial intelligence"), ("sort", "quality")], &full).await),
            ("prefix", ask(&[("topic", "artificial"), ("type", "video"), ("since", "month")], &full).await),
            ("nothing", ask(&[("topic", "rust"), ("since", "week"), ("type", "article")], &full).await),
            (
                "nothing from a source",
                ask(&[("source", "The Source"), ("topic", "rust"), ("since", "today")], &full).await,
            ),
            ("no such topic", ask(&[("topic", "gardening")], &full).await),
            ("no such type", ask(&[("type", "gardening")], &full).await),
            ("no such source", ask(&[("source", "gardening"), ("since", "year")], &full).await),
            ("no topics", ask(&[("topic", "gardening")], &empty).await),
            ("no types", ask(&[("type", "gardening")], &empty).await),
            ("no sources", ask(&[("source", "gardening")], &empty).await),
            ("no articles", ask(&[], &empty).await),
            ("a page beyond the last", press_in(locale, &beyond, Vec::new(), &full).await),
            (
                "a topic that is gone",
                press_in(locale, &gone(Query { topic: hash("gone"), ..Query::default() }), Vec::new(), &full)
                    .await,
            ),
            (
                "a type that is gone",
                press_in(locale, &gone(Query { kind: hash("gone"), ..Query::default() }), Vec::new(), &full)
                    .await,
            ),
            (
                "a source that is gone",
                press_in(
                    locale,
                    &gone(Query { source: hash("gone"), since: Some(Since::Year), ..Query::default() }),
                    Vec::new(),
                    &full,
                )
                .await,
            ),
        ];
        check(&format!("news_{name}"), locale, &replies);
    }
}

#[tokio::test]
async fn topics_and_article_speak_the_readers_language() {
    for (name, locale) in LANGUAGES {
        let (full, empty) = (state(articles()), state(Vec::new()));
        let topics = || json!({ "id": "6", "name": "topics", "type": 1 });
        let titled = |title: &str| {
            let option = json!({ "name": "title", "type": 3, "value": title });
            json!({ "id": "5", "name": "article", "type": 1, "options": [option] })
        };
        let gone = RelatedPage { article: ArticleKey(7), page: 0, audience: Audience::Everyone }.id();
        let menu = menus(&ask_in(locale, topics(), &full).await).next().unwrap().custom_id.clone();
        let replies = [
            ("topics", ask_in(locale, topics(), &full).await),
            ("no topics", ask_in(locale, topics(), &empty).await),
            ("an article", ask_in(locale, titled("ai-12"), &full).await),
            ("with related stories", ask_in(locale, titled("seven related"), &full).await),
            ("no such article", ask_in(locale, titled("no such words"), &full).await),
            ("an article that is gone", press_in(locale, &gone, Vec::new(), &full).await),
            ("another version", press_in(locale, &menu, vec!["?".to_owned()], &full).await),
        ];
        check(&format!("topics_and_article_{name}"), locale, &replies);
    }
}

/// The longest texts that an article can have, in every part.
#[tokio::test]
async fn the_longest_answers_keep_to_discords_limits_in_the_longer_language() {
    let long = |number: usize| -> Box<str> { format!("{number} {}", "*Wide_ [words] ".repeat(200)).into() };
    let texts: Vec<(String, String)> =
        (0..30).map(|at| (long(at).into(), format!("https://example.com/{at}{}", "x".repeat(280)))).collect();
    let articles = (0..30).map(|number| {
        article(&format!("a{number}"), |article| {
            article.title = long(number);
            article.excerpt = Some(long(number));
            article.topics = [long(number), long(100 + number)].into();
            article.kind = Some((*long(200 + number)).into());
            article.category = Some((*long(300 + number)).into());
            (article.heat, article.quality) = (i64::MIN, Some(i64::MIN));
            article.addresses = [u64::try_from(number % 6).unwrap()].into();
            let authors = (0..40).map(long).collect();
            article.provider =
                Some(Provider { name: long(number), domain: None, icon: None, authors }.into());
            let stories = texts.iter().map(|(title, link)| Related {
                title,
                link: Some(link),
                source: Some(title),
                quality: Some(i64::MIN),
                ..Related::default()
            });
            article.related = stories.collect();
        })
    });
    let state = state(articles.collect());
    let name = long(1).trim().to_owned();
    let cut = &name[..190];
    let hash = |value: &str| {
        format!("hash64:{}", article_format::hash_to_text(article_format::stable_hash64(value)))
    };
    for (_, locale) in LANGUAGES {
        let mut replies = vec![
            ask_in(locale, json!({ "id": "6", "name": "topics", "type": 1 }), &state).await,
            ask_in(locale, news_data(&[], None), &state).await,
            ask_in(locale, news_data(&[("topic", cut), ("type", cut), ("source", cut)], None), &state).await,
            ask_in(locale, news_data(&[("topic", cut), ("type", "x"), ("since", "today")], None), &state)
                .await,
            ask_in(locale, news_data(&[("topic", &"zz ".repeat(500))], None), &state).await,
        ];
        let title = json!({ "name": "title", "type": 3, "value": hash("a1") });
        let article = json!({ "id": "5", "name": "article", "type": 1, "options": [title] });
        replies.push(ask_in(locale, article, &state).await);
        let unknown = json!({ "name": "title", "type": 3, "value": "zz ".repeat(500) });
        replies.push(
            ask_in(locale, json!({ "id": "5", "name": "article", "type": 1, "options": [unknown] }), &state)
                .await,
        );
        assert!(replies.iter().any(|reply| reply.cards.len() == 5));
        for reply in &replies {
            check_limits(reply);
            check_limits(&reply.clone().without_cards(Words::of_locale(locale)));
        }
    }
}

#[test]
fn definitions_of_the_commands_for_everybody_speak_a_language() {
    fn texts(value: &Value, found: &mut Vec<String>) {
        found.extend(value["description"].as_str().map(str::to_owned));
        // In the menu of a message, a command has only a name.
        let name =
            value["name"].as_str().filter(|_| value["type"] == 3 && value.get("description").is_none());
        found.extend(name.map(str::to_owned));
        for choice in value["choices"].as_array().into_iter().flatten() {
            found.push(format!("- {}", choice["name"].as_str().unwrap()));
        }
        value["options"].as_array().into_iter().flatten().for_each(|option| texts(option, found));
    }
    // The values of the choices are the same in all languages.
    let values = ["today", "week", "month", "year", "heat", "trending", "newest", "quality", "AI"];
    for (name, locale) in LANGUAGES {
        let mut found = Vec::new();
        for command in ["news", "topics", "article", "More like this"] {
            let command = commands::find(command).unwrap();
            let definition = (command.definition)(CreateCommand::new(command.name), Words::of_locale(locale));
            texts(&serde_json::to_value(definition).unwrap(), &mut found);
        }
        if locale == "pseudo" {
            assert_eq!(untranslated(&found.join("\n"), &values), Vec::<String>::new());
        }
        insta::assert_snapshot!(format!("definitions_{name}"), found.join("\n"));
    }
}
