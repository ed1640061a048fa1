//! `/feed add`, `edit` and what changes a feed as a whole, from the JSON to the plain answer and to what the worker is asked.

use super::worker::{GUILD, NEWS, World, ask, data, feed, moderator, offered, report, with_world};
use super::*;
use crate::collection::fold::TYPED_CHARACTERS_MAX;
use crate::delivery::desk::{Desk, DeskError, TestFailure};
use crate::discord::channel_list::GatewayChannel;
use crate::discord::channel_permissions::{
    ADMINISTRATOR, ChannelFacts, EMBED_LINKS, READ_MESSAGE_HISTORY, SEND_MESSAGES, Tag, VIEW_CHANNEL,
};
use crate::discord::options;
use crate::discord::register;
use crate::feed::pause::PauseReason;
use crate::feed::{FeedDefaults, FeedStatus};

const CARDS: u64 = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | READ_MESSAGE_HISTORY;

fn lookup(kind: u8, permissions: u64) -> ChannelLookup {
    let facts = ChannelFacts {
        id: NEWS,
        guild: Some(GUILD),
        kind,
        name: "news".into(),
        permissions,
        parent: None,
        is_locked: false,
        requires_tag: false,
        tags: Vec::new(),
    };
    ChannelLookup::Found(facts)
}

fn gateway_channel(id: u64, name: &str) -> GatewayChannel<'_> {
    GatewayChannel { id: ChannelId(id), name, kind: 0 }
}

fn all_permissions() -> ChannelLookup {
    lookup(0, ADMINISTRATOR)
}

async fn feed_command(subcommand: &str, options: Value, state: &State) -> String {
    let reply = ask(data("feed", Some(subcommand), &options, None), all_permissions(), state).await;
    assert_eq!((reply.audience, reply.cards.len()), (Audience::AskerOnly, 0));
    reply.content
}

fn one_feed() -> World {
    World { reports: vec![report(feed(1, |_| ()))], ..World::default() }
}

#[tokio::test]
async fn a_feed_is_made_with_the_defaults() {
    let (state, world) = with_world(articles(), World::default());
    let words = feed_command("add", json!({ "channel": "500" }), &state).await;
    assert_eq!(
        words,
        "The bot made feed **1** in <#500>.\n• any topic · quality of 60 or more · at most 7 days old\n\
         • at most 10 posts an hour\n\
         The feed posts new articles as they arrive, but no articles that are already there.\n\
         `/feed test` shows what a post looks like."
    );
    let world = world.lock().unwrap();
    assert_eq!(world.done, ["add 500 backfill 0"]);
    assert_eq!(world.reports[0].feed.settings, FeedDefaults::default().settings());
}

#[tokio::test]
async fn every_option_arrives_and_is_told() {
    let (state, world) = with_world(articles(), World::default());
    let options = json!({
        "channel": "505", "topic": "artificial intelligence", "type": "VIDEO", "min_quality": 0, "min_heat": 5,
        "max_age_days": 1, "mention": "9", "max_per_hour": 3, "quiet_hours": "22:00-07:00", "source": "the-source",
        "words": "rust, machine learning", "without": "job*", "silent": true,
        "timezone": "europe/berlin", "digest": "weekly friday", "thread": true, "crosspost": true, "backfill": 2
    });
    let words = feed_command("add", options, &state).await;
    assert_eq!(
        words,
        "The bot made feed **1** in <#505>.\n\
         • topic **AI** and the topics below it · type **video** · source **The Source** · \
         with one of **rust, machine learning** · without **job\\*** · any quality · heat of 5 or more · at most 1 day old\n\
         • at most 3 posts an hour · quiet hours 22:00-07:00 · digest every Friday at 09:00 · time zone Europe/Berlin · \
         a thread for each post · posts are published · no notifications · mentions <@&9>\n\
         The feed now posts the 2 hottest matching articles that no feed of this channel knows. \
         New articles follow as they arrive.\n`/feed test` shows what a post looks like."
    );
    assert_eq!(world.lock().unwrap().done, ["add 505 backfill 2"]);
}

#[tokio::test]
async fn every_fault_is_told_at_once_and_nothing_is_made() {
    let (state, world) = with_world(articles(), World::default());
    let options = json!({
        "channel": "500", "topic": "gardening @everyone", "type": "vidoe", "min_quality": -1, "min_heat": 1_000_001,
        "max_age_days": 3_651, "mention": "100", "max_per_hour": 0, "quiet_hours": "late", "timezone": "Berlin",
        "source": "nobody", "words": " , ", "without": "a, !", "digest": "monthly", "crosspost": true, "backfill": 11, "clear": "everything"
    });
    let words = feed_command("add", options, &state).await;
    insta::assert_snapshot!(words);
    let forum =
        feed_command("add", json!({ "channel": "515", "thread": true, "crosspost": true }), &state).await;
    assert!(
        forum.contains("each post is a thread already") && forum.contains("Leave out `crosspost`"),
        "{forum}"
    );
    let voice = feed_command("add", json!({ "channel": "502" }), &state).await;
    assert!(voice.contains("is not a text channel"), "{voice}");
    assert!(world.lock().unwrap().done.is_empty());
}

#[tokio::test]
async fn only_topics_and_types_that_exist_can_be_chosen() {
    let (state, world) = with_world(articles(), World::default());
    // What is near is offered, not taken: a feed posts for months.
    for typed in ["artifical inteligence", "rus"] {
        let words = feed_command("add", json!({ "channel": "500", "topic": typed }), &state).await;
        assert!(words.starts_with(&format!("There is no topic “{typed}”. Similar topics: **")), "{words}");
    }
    let gone = format!("hash64:{}", article_format::hash_to_text(7));
    let words = feed_command("add", json!({ "channel": "500", "topic": gone }), &state).await;
    assert!(words.contains("the topic that you chose any more"), "{words}");
    state.replace(Collection::default());
    let words = feed_command("add", json!({ "channel": "500", "topic": "x" }), &state).await;
    assert!(words.contains("because no article has a topic"), "{words}");
    assert!(world.lock().unwrap().done.is_empty());
}

#[tokio::test]
async fn each_missing_right_is_named_and_the_feed_is_made_all_the_same() {
    let (state, world) = with_world(articles(), World::default());
    let check = async |options: Value, lookup: ChannelLookup, expected: &[&str], unexpected: &[&str]| {
        let reply = ask(data("feed", Some("add"), &options, None), lookup, &state).await;
        for words in expected {
            assert!(reply.content.contains(words), "{words} in {}", reply.content);
        }
        for words in unexpected {
            assert!(!reply.content.contains(words), "no {words} in {}", reply.content);
        }
        assert!(reply.content.contains("The bot made feed"), "{}", reply.content);
    };
    let text = || json!({ "channel": "500" });
    check(text(), lookup(0, CARDS), &[], &["⚠️"]).await;
    let missing = "⚠️ The bot lacks permissions in <#500>: **Send Messages** and **Embed Links**.";
    check(text(), lookup(0, VIEW_CHANNEL | READ_MESSAGE_HISTORY), &[missing], &["Create Public", "History"])
        .await;
    // The list of the gateway has the channel that Discord does not show.
    state.channel_list().note(GUILD, [gateway_channel(NEWS.0, "news")]);
    check(text(), ChannelLookup::Hidden, &["⚠️ The bot lacks permissions in <#500>: **View Channel**."], &[])
        .await;
    check(text(), ChannelLookup::Unknown("secret cause".into()), &["could not ask Discord"], &["secret"])
        .await;
    let thread = json!({ "channel": "500", "thread": true });
    check(thread, lookup(0, CARDS), &["**Create Public Threads**"], &["Embed"]).await;
    let bound = json!({ "channel": "500", "mention": "8" });
    check(bound.clone(), lookup(0, CARDS), &["Not everybody may mention <@&8>"], &[]).await;
    check(bound, lookup(0, ADMINISTRATOR), &[], &["⚠️"]).await;
    let free = json!({ "channel": "500", "mention": "9" });
    check(free, lookup(0, CARDS), &["mentions <@&9>"], &["⚠️"]).await;
    let forum = json!({ "channel": "515" });
    let optional = ["Without **Manage Threads**", "Without **Send Messages in Threads**", "optional"];
    check(forum, lookup(15, CARDS), &optional, &["⚠️", "Create Public"]).await;
    assert_eq!(world.lock().unwrap().done.len(), 9);
}

#[tokio::test]
async fn a_channel_counts_only_where_it_is_one_of_the_guild_and_of_the_kind_that_discord_says() {
    let (state, world) = with_world(articles(), World::default());
    state.channel_list().note(GuildId(GUILD.0 + 1), [gateway_channel(NEWS.0, "theirs")]);
    state.channel_list().note(GUILD, [GatewayChannel { id: ChannelId(505), name: "voice", kind: 2 }]);
    let add = async |channel: &str, lookup: ChannelLookup| {
        ask(data("feed", Some("add"), &json!({ "channel": channel }), None), lookup, &state).await.content
    };
    let unknown = || ChannelLookup::Unknown("secret cause".into());
    for (channel, seen, expected) in [
        ("500", ChannelLookup::Elsewhere, "is not a channel of this server"),
        ("500", ChannelLookup::Hidden, "is not a channel of this server"),
        ("500", ChannelLookup::Gone, "<#500> does not exist"),
        ("500", unknown(), "could not ask Discord"),
        // Beside the option stands that these are of other kinds.
        ("505", ChannelLookup::Hidden, "is not a text channel"),
        ("505", unknown(), "is not a text channel"),
        ("500", lookup(13, ADMINISTRATOR), "is not a text channel"),
    ] {
        let words = add(channel, seen.clone()).await;
        assert!(words.contains(expected) && !words.contains("secret"), "{channel} {seen:?}: {words}");
    }
    assert!(world.lock().unwrap().done.is_empty());
}

#[tokio::test]
async fn a_role_counts_only_where_it_is_one_of_the_guild() {
    let (state, world) = with_world(articles(), one_feed());
    for (subcommand, options) in [
        ("add", json!({ "channel": "500", "mention": "7" })),
        ("edit", json!({ "feed": "1", "mention": "7" })),
    ] {
        let words = feed_command(subcommand, options, &state).await;
        assert!(words.contains("The role for `mention` is not a role of this server"), "{words}");
    }
    let foreign = data("feed", Some("edit"), &json!({ "feed": "1", "min_quality": 5 }), None);
    let words = ask(foreign, ChannelLookup::Elsewhere, &state).await.content;
    assert!(words.contains("belongs to another server"), "{words}");
    assert!(world.lock().unwrap().done.is_empty());
}

#[tokio::test]
async fn a_forum_that_asks_for_a_tag_is_warned_of_where_it_has_none() {
    let (state, _) = with_world(articles(), World::default());
    let lookup = |tags: &[(&str, bool)]| {
        let ChannelLookup::Found(facts) = lookup(15, CARDS) else { panic!() };
        let tag = |(name, is_moderated): &(&str, bool)| Tag {
            id: 1,
            name: (*name).into(),
            is_moderated: *is_moderated,
        };
        ChannelLookup::Found(ChannelFacts {
            requires_tag: true,
            tags: tags.iter().map(tag).collect(),
            ..facts
        })
    };
    let add = async |options: Value, lookup: ChannelLookup| {
        ask(data("feed", Some("add"), &options, None), lookup, &state).await.content
    };
    let on_ai = || json!({ "channel": "515", "topic": "AI" });
    assert!(add(on_ai(), lookup(&[("News", false)])).await.contains("has no tag **AI**"));
    assert!(add(on_ai(), lookup(&[("ai", true)])).await.contains("has no tag **AI**"), "only staff sets it");
    assert!(!add(on_ai(), lookup(&[("ai", false)])).await.contains("⚠️"));
    let any = add(json!({ "channel": "515" }), lookup(&[("ai", false)])).await;
    assert!(any.contains("An article without such a tag cannot be posted"), "{any}");
}

#[tokio::test]
async fn edit_changes_what_is_given_and_leaves_the_rest() {
    let before = feed(1, |settings| {
        settings.rules.topic = Some("AI".into());
        settings.rules.heat_min = Some(9);
        settings.mention = Some(RoleId(9));
        settings.pacing.quiet_hours = Some(crate::feed::pacing::QuietHours::parse("22:00-07:00").unwrap());
    });
    let (state, world) = with_world(articles(), World { reports: vec![report(before)], ..World::default() });
    state.channel_list().note(GUILD, [gateway_channel(NEWS.0, "news")]);
    let settings = || world.lock().unwrap().reports[0].feed.settings.clone();
    let before = settings();
    let words = feed_command("edit", json!({ "feed": "1", "min_quality": 80, "backfill": 4 }), &state).await;
    assert!(
        words.starts_with("The bot changed feed **1** in <#500>.\n• active\n• topic **AI** and the topics below it · quality of 80 or more"),
        "{words}"
    );
    assert!(words.contains("at most the 4 hottest"), "{words}");
    assert_eq!(settings().mention, before.mention);
    assert_eq!(settings().pacing, before.pacing);
    feed_command(
        "edit",
        json!({ "feed": "#news", "type": "video", "source": "the source", "words": "rust", "without": "c++, go", "silent": true }),
        &state,
    )
    .await;
    let given = settings();
    assert_eq!((given.rules.source.as_deref(), given.is_silent), (Some("The Source"), true));
    assert_eq!(
        (given.rules.words.to_string(), given.rules.without.to_string()),
        ("rust".into(), "c++, go".into())
    );
    for option in ["topic", "type", "source", "words", "without", "min_heat", "mention", "quiet_hours"] {
        feed_command("edit", json!({ "feed": "<#500>", "clear": option }), &state).await;
    }
    let after = settings();
    let open = crate::feed::Rules { quality_min: 80, max_age_days: 7, ..crate::feed::Rules::default() };
    assert_eq!(after.rules, open);
    assert_eq!((after.rules.topic, after.rules.heat_min, after.mention), (None, None, None));
    assert_eq!((after.pacing.quiet_hours, after.rules.quality_min), (None, 80));
    assert_eq!(world.lock().unwrap().done.len(), 10);
    for (options, expected) in [
        (json!({ "feed": "1" }), "There is nothing to change."),
        (json!({ "feed": "1", "backfill": 3 }), "There is nothing to change."),
        (json!({ "feed": "1", "clear": "mention", "mention": "9" }), "Leave out one of them"),
        (json!({ "feed": "1", "clear": "words", "words": "x" }), "Leave out one of them"),
        (json!({ "feed": "1", "crosspost": true }), "is not an announcement channel"),
        (json!({ "feed": "2", "min_quality": 1 }), "This server has no feed “2”."),
        (json!({ "feed": "#general", "min_quality": 1 }), "This server has no feed “\\#general”."),
    ] {
        let words = feed_command("edit", options, &state).await;
        assert!(words.contains(expected), "{words}");
    }
    assert_eq!(world.lock().unwrap().done.len(), 10);
}

#[tokio::test]
async fn two_feeds_of_a_channel_are_told_apart_by_number() {
    let reports = [1, 2].map(|id| report(feed(id, |_| ()))).to_vec();
    let (state, world) = with_world(articles(), World { reports, ..World::default() });
    state.channel_list().note(GUILD, [gateway_channel(NEWS.0, "news")]);
    let words = feed_command("pause", json!({ "feed": "news" }), &state).await;
    assert!(words.contains("“news” has several feeds"), "{words}");
    for typed in ["2", "#2", "Feed 2", " #feed 2"] {
        feed_command("pause", json!({ "feed": typed }), &state).await;
        assert_eq!(world.lock().unwrap().done.pop().as_deref(), Some("pause 2"), "{typed}");
    }
}

#[tokio::test]
async fn pausing_resuming_removing_and_testing_say_what_they_mean() {
    let (state, world) = with_world(articles(), one_feed());
    for (subcommand, expected) in [
        (
            "pause",
            "The bot paused feed **1** in <#500>. Due articles stay due, and `/feed resume` continues with them.",
        ),
        (
            "resume",
            "The bot resumed feed **1** in <#500>. The feed posts what became due during the pause, hottest first.\n• active",
        ),
        (
            "remove",
            "The bot removed feed **1** in <#500>. Its messages stay, and a new feed in this channel does not post their \
             stories again.",
        ),
        (
            "test",
            "The bot posted a test of feed **1** in <#500>: https://discord.com/channels/100/500/9. The test does not count \
             as a post, and you can delete it.",
        ),
    ] {
        assert_eq!(feed_command(subcommand, json!({ "feed": "1" }), &state).await, expected);
    }
    assert_eq!(world.lock().unwrap().done, ["pause 1", "resume 1", "remove 1", "test 1"]);
    world.lock().unwrap().fault = Some(DeskError::NoTest(TestFailure::Paused(PauseReason::ChannelHidden)));
    let words = feed_command("test", json!({ "feed": "1" }), &state).await;
    assert!(words.starts_with("The bot did not post the test. The bot cannot see the channel."), "{words}");
    world.lock().unwrap().fault = Some(DeskError::TooManyFeeds(25));
    let words = feed_command("add", json!({ "channel": "500" }), &state).await;
    assert!(words.contains("has 25 feeds, and more are not possible"), "{words}");
    world.lock().unwrap().reports.clear();
    let words = feed_command("pause", json!({ "feed": "1" }), &state).await;
    assert!(words.contains("no feeds yet. Make a feed with `/feed add`"), "{words}");
}

#[tokio::test]
async fn without_a_ledger_there_are_no_feeds_and_words_for_it() {
    let state = state(articles());
    for subcommand in ["add", "list", "edit", "pause"] {
        let words = feed_command(subcommand, json!({ "channel": "500", "feed": "1" }), &state).await;
        assert!(words.contains("without a database"), "{words}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_poster_that_never_answers_is_not_waited_for_without_end() {
    // Its end is held, so that requests arrive, and nobody takes them.
    let (desk, _arriving) = Desk::new();
    let state = state(articles()).with_feeds(desk, FeedDefaults::default());
    let words = feed_command("pause", json!({ "feed": "1" }), &state).await;
    assert!(words.contains("within 60 seconds"), "{words}");
    let typing = data("feed", Some("pause"), &json!({ "feed": "" }), Some("feed"));
    assert!(offered(moderator(), typing, &state).await.is_empty());
}

#[tokio::test]
async fn choices_are_for_moderators() {
    let reports = vec![
        report(feed(1, |settings| settings.rules.topic = Some("AI".into()))),
        report(crate::feed::Feed {
            channel: ChannelId(501),
            status: FeedStatus::PausedByModerator,
            ..feed(2, |_| ())
        }),
    ];
    let (state, _) = with_world(articles(), World { reports, ..World::default() });
    state.channel_list().note(GUILD, [gateway_channel(NEWS.0, "news"), gateway_channel(501, "general")]);
    let typing = |typed: &str| data("feed", Some("edit"), &json!({ "feed": typed }), Some("feed"));
    let all = offered(moderator(), typing(""), &state).await;
    assert_eq!(
        all,
        [("Feed 1: #news · AI", "1"), ("Feed 2 (paused): #general", "2")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    assert_eq!(offered(moderator(), typing("#gen"), &state).await, all[1..]);
    assert_eq!(offered(moderator(), typing("ai"), &state).await, all[..1]);
    let mut member = moderator();
    member.member.as_mut().unwrap().permissions = 0;
    for caller in [member, Caller::direct(ADA)] {
        assert!(offered(caller.clone(), typing(""), &state).await.is_empty());
        let topic = data("feed", Some("add"), &json!({ "topic": "" }), Some("topic"));
        assert!(offered(caller, topic, &state).await.is_empty());
    }
}

#[tokio::test]
async fn settings_are_offered_as_they_are_typed() {
    let (state, _) = with_world(articles(), one_feed());
    let typing = async |subcommand: &str, option: &str, typed: &str| {
        let data = data("feed", Some(subcommand), &json!({ option: typed, "min_quality": 3 }), Some(option));
        offered(moderator(), data, &state).await.into_iter().map(|(_, value)| value).collect::<Vec<_>>()
    };
    assert_eq!(typing("add", "topic", "ru").await, ["Rust"]);
    assert_eq!(typing("edit", "type", "").await, ["article", "video"]);
    assert_eq!(typing("add", "source", "sou").await, ["The Source"]);
    assert_eq!(typing("add", "quiet_hours", "9:00-17:00").await, ["09:00-17:00"]);
    assert_eq!(typing("edit", "quiet_hours", "").await[..1], ["22:00-07:00"]);
    assert_eq!(typing("add", "digest", "18:30").await, ["daily 18:30"]);
    assert_eq!(typing("add", "digest", "da").await, ["daily 09:00", "daily 12:00", "daily 18:00"]);
    assert_eq!(typing("add", "digest", "daily").await[0], "daily 09:00");
    assert_eq!(typing("add", "digest", "we").await, ["weekly monday 09:00", "weekly friday 17:00"]);
    assert_eq!(typing("add", "digest", "sunday 20:15").await, ["weekly sunday 20:15"]);
    assert_eq!(typing("add", "timezone", "").await[0], "UTC");
    assert_eq!(typing("add", "timezone", "new y").await, ["America/New_York"]);
    assert_eq!(typing("add", "timezone", "berl").await, ["Europe/Berlin"]);
    assert_eq!(typing("add", "timezone", "e").await.len(), 25);
}

#[tokio::test]
async fn the_longest_answers_fit_into_a_message() {
    let long = |number: u8| format!("{}{number}", "*Long topic* ".repeat(12));
    let all = (0..9).map(|number| {
        article(&format!("a{number}"), |article| {
            article.topics = [long(number).into()].into();
            article.kind = Some(long(number).into());
            article.provider = Some(Arc::new(Provider::named(&long(number))));
        })
    });
    let before = crate::feed::Feed {
        channel: ChannelId(u64::MAX),
        channel_kind: crate::feed::ChannelKind::Forum,
        status: FeedStatus::Paused(PauseReason::ChangingForumPostsForbidden),
        ..feed(1, |_| ())
    };
    let (state, _) = with_world(all.collect(), World { reports: vec![report(before)], ..World::default() });
    let typed = "*typed* ".repeat(12);
    let wrong = json!({
        "channel": "500", "topic": typed, "type": typed, "min_quality": -1, "min_heat": -1, "max_age_days": -1,
        "mention": "100", "max_per_hour": -1, "quiet_hours": typed, "timezone": typed, "digest": typed,
        "source": typed, "words": typed, "without": "!".repeat(80), "crosspost": true, "backfill": -1, "clear": typed
    });
    let words = feed_command("add", wrong, &state).await;
    assert!(crate::card::text::count(&words) <= 2000 && words.contains("lines do not fit"), "{words}");
    let ChannelLookup::Found(facts) = lookup(15, 0) else { panic!() };
    let bare = ChannelLookup::Found(ChannelFacts { requires_tag: true, ..facts });
    let words = "*w* ".repeat(35);
    let options = json!({
        "feed": "1", "topic": long(3), "type": long(4), "source": long(5), "words": words, "without": words, "mention": "8",
        "quiet_hours": "22:00-07:00", "silent": true, "digest": "weekly wednesday 09:00"
    });
    let words = ask(data("feed", Some("edit"), &options, None), bare, &state).await.content;
    assert!(crate::card::text::count(&words) <= 2000 && words.contains("The bot changed feed"), "{words}");
    assert_eq!(words.matches("⚠️").count(), 4, "three warnings and the pause: {words}");
}

#[test]
fn of_a_long_text_only_the_beginning_is_read() {
    let typed = "\u{FDFA}".repeat(6_000);
    let command = interaction(2, data("why", None, &json!({ "article": typed }), None));
    let text = options::text(&command.data.options(), "article").unwrap();
    assert_eq!(text.chars().count(), TYPED_CHARACTERS_MAX);
}

/// A text and its translations.
fn in_all_languages<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a str> {
    let translations = value[format!("{field}_localizations")].as_object();
    let translations: Vec<&Value> = translations.into_iter().flat_map(|all| all.values()).collect();
    value.get(field).into_iter().chain(translations).filter_map(Value::as_str)
}

/// Discord counts the longest translation of each text (Discord's docs, "Application Commands").
#[test]
fn the_commands_keep_to_discords_limits_in_all_languages() {
    fn characters(value: &Value) -> usize {
        let longest = |field| in_all_languages(value, field).map(|text| text.chars().count()).max();
        let texts = ["name", "description"].into_iter().filter_map(longest).sum::<usize>();
        let choice = value["value"].as_str().map_or(0, |value| value.chars().count());
        let below = ["options", "choices"].iter().filter_map(|key| value[*key].as_array()).flatten();
        texts + choice + below.map(characters).sum::<usize>()
    }
    fn check_texts(value: &Value) {
        for text in ["name", "description"].into_iter().flat_map(|field| in_all_languages(value, field)) {
            assert!((1..=100).contains(&text.chars().count()), "{text}");
        }
        let below = ["options", "choices"].iter().filter_map(|key| value[*key].as_array()).flatten();
        below.for_each(check_texts);
    }
    for definition in register::definitions().unwrap() {
        assert!(characters(&definition) <= 8000, "{} {}", definition["name"], characters(&definition));
        check_texts(&definition);
        if definition["type"] == 3 {
            let names: Vec<usize> =
                in_all_languages(&definition, "name").map(|name| name.chars().count()).collect();
            assert!(names.iter().all(|characters| (1..=32).contains(characters)), "{definition}");
            assert!(definition.get("description").is_none(), "{definition}");
            continue;
        }
        for subcommand in definition["options"].as_array().into_iter().flatten() {
            assert!(subcommand["options"].as_array().is_none_or(|options| options.len() <= 25));
        }
    }
}
