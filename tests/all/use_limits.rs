//! How much one member, one server and all together may ask, and that others do not notice who asks more.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use discord_sandbox::{Answer, Fault, FaultKind, Person, SandboxOptions};
use futures_util::future::join_all;
use heatwire::collection::incremental::Clock;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::harness::{Bot, NOW, PATIENCE, borrowed, folder, sandbox_with, twelve_and_one};
use crate::http::served;

/// What a person has at once, and the time until one use comes back.
const OF_PERSON: usize = 60;
const PERSON_GETS_ONE_BACK_MS: i64 = 500;
/// The same of a server.
const OF_SERVER: usize = 1_000;
const SERVER_GETS_ONE_BACK_MS: i64 = 20;
/// How many the bot answers side by side.
const UNDER_WAY: usize = 500;

const PERSON_TOLD: &str =
    "You used the bot too often in a short time, so it did nothing now. Try again in 1 second.";
const SERVER_TOLD: &str = "The members of this server used the bot too often in a short time, so it did nothing now. Try again in 1 second.";

/// A clock that goes on only when the test says so.
#[derive(Default)]
struct Time(Arc<AtomicI64>);

impl Time {
    fn clock(&self) -> Clock {
        let (start, passed) = (NOW.parse::<Timestamp>().unwrap(), Arc::clone(&self.0));
        Arc::new(move || start + SignedDuration::from_millis(passed.load(Ordering::SeqCst)))
    }

    fn passes(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

async fn scene() -> (Bot, Time) {
    let time = Time::default();
    let bot = Bot::with_clock(&borrowed(&twelve_and_one()), time.clock()).await;
    (bot, time)
}

/// So many of a crowd of members, each with an id of its own.
fn crowd(bot: &Bot) -> impl Iterator<Item = Person> {
    (1..).map(|number| bot.ben().numbered(number))
}

async fn ask(person: &Person) -> Answer {
    person.command("news", json!({ "topic": "ai" })).await.unwrap()
}

/// Asks so many times at once. All are answered with cards.
async fn use_up(person: &Person, times: usize) {
    let answers = join_all((0..times).map(|_| ask(person))).await;
    let told = answers.iter().find(|answer| answer.embeds().len() != 5);
    assert!(told.is_none(), "{told:?}");
}

fn is_told(answer: &Answer, words: &str) {
    assert_eq!((answer.content(), answer.embeds().len()), (words, 0));
    assert!(answer.is_ephemeral());
}

#[tokio::test]
async fn a_member_who_floods_is_told_to_wait_and_others_are_answered() {
    let (bot, time) = scene().await;
    let (ada, ben) = (bot.ada(), bot.ben());
    let first = ask(&ben).await;
    use_up(&ben, OF_PERSON - 1).await;
    is_told(&ask(&ben).await, PERSON_TOLD);
    // A press and direct messages count like a command. The page of the answer stays as it is.
    is_told(&ben.press(&first, "Next").await.unwrap(), PERSON_TOLD);
    is_told(&ask(&ben.clone().in_channel("dm")).await, PERSON_TOLD);
    is_told(&ben.command("topics", json!({})).await.unwrap(), PERSON_TOLD);
    let german = ask(&ben.clone().with_locale("de")).await;
    assert!(german.content().ends_with("Versuch es in 1 Sekunde noch einmal."), "{}", german.content());
    // Choices are free.
    let choices = ben.autocomplete("news", json!({ "topic": "a" }), "topic").await.unwrap();
    assert!(!choices.is_empty());
    // Another member is answered as ever.
    let page = ask(&ada).await;
    assert_eq!(ada.press(&page, "Next").await.unwrap().embeds().len(), 5);

    // Uses come back, one after the other, and after half a minute all.
    time.passes(PERSON_GETS_ONE_BACK_MS);
    assert_eq!(ask(&ben).await.embeds().len(), 5);
    is_told(&ask(&ben).await, PERSON_TOLD);
    time.passes(PERSON_GETS_ONE_BACK_MS * 60);
    use_up(&ben, OF_PERSON).await;
    is_told(&ask(&ben).await, PERSON_TOLD);
}

#[tokio::test]
async fn a_member_who_floods_in_direct_messages_is_told_to_wait() {
    let (bot, time) = scene().await;
    let ben = bot.ben().in_channel("dm");
    use_up(&ben, OF_PERSON).await;
    is_told(&ask(&ben).await, PERSON_TOLD);
    is_told(&ask(&bot.ben()).await, PERSON_TOLD);
    time.passes(PERSON_GETS_ONE_BACK_MS);
    assert_eq!(ask(&ben).await.embeds().len(), 5);
}

#[tokio::test]
async fn a_moderator_over_budget_is_told_at_once_and_nothing_is_done() {
    let (bot, _time) = scene().await;
    let mona = bot.mona();
    use_up(&mona, OF_PERSON).await;
    let before = bot.sandbox.requests().len();
    is_told(&mona.command("reload", json!({})).await.unwrap(), PERSON_TOLD);
    let requests = bot.sandbox.requests();
    let made: Vec<_> = requests[before..].iter().map(|request| request.method.as_str()).collect();
    assert_eq!(made, ["POST"], "one answer, no deferral, and no question to Discord");
}

#[tokio::test]
async fn a_server_whose_members_flood_together_is_told_to_wait_and_other_places_are_answered() {
    let (bot, time) = scene().await;
    // A few of them were told already, and that took nothing from the server.
    let flooder = bot.ben();
    use_up(&flooder, OF_PERSON).await;
    for _ in 0..20 {
        is_told(&ask(&flooder).await, PERSON_TOLD);
    }
    let rest = OF_SERVER - OF_PERSON;
    let members: Vec<Person> = crowd(&bot).take(rest).collect();
    for members in members.chunks(50) {
        let answers = join_all(members.iter().map(ask)).await;
        assert!(answers.iter().all(|answer| answer.embeds().len() == 5));
    }
    is_told(&ask(&bot.ada()).await, SERVER_TOLD);
    let choices = bot.ada().autocomplete("news", json!({ "topic": "a" }), "topic").await.unwrap();
    assert!(!choices.is_empty());
    // Direct messages belong to no server.
    assert_eq!(ask(&bot.ada().in_channel("dm")).await.embeds().len(), 5);
    bot.sandbox.add_bot_elsewhere();
    assert_eq!(ask(&bot.ada().in_channel("elsewhere")).await.embeds().len(), 5);

    time.passes(SERVER_GETS_ONE_BACK_MS);
    assert_eq!(ask(&bot.ada()).await.embeds().len(), 5);
    is_told(&ask(&bot.ada()).await, SERVER_TOLD);
}

#[tokio::test]
async fn beyond_five_hundred_interactions_under_way_the_bot_gives_no_answer_and_counts_them() {
    let options = SandboxOptions { request_log_entries_max: 10_000, ..SandboxOptions::default() };
    let sandbox = sandbox_with(options).await;
    let articles = folder(&borrowed(&twelve_and_one()));
    let bot = served(&sandbox.token(), &sandbox.api_url(), articles.path()).await;
    sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
    // Discord takes the answers and does not say so, so the bot waits until it gives up.
    let route = "POST /interactions/*/*/callback".to_owned();
    let count = u32::try_from(UNDER_WAY).unwrap();
    sandbox.plan_fault(Fault { route, kind: FaultKind::Unanswered, count }).unwrap();
    let further = 30;
    let crowd = (0..UNDER_WAY + further).map(|number| {
        let member = sandbox.person("ben").numbered(u32::try_from(number).unwrap());
        tokio::spawn(async move { member.command("news", json!({ "topic": "ai" })).await })
    });
    let asked: Vec<_> = crowd.collect();
    let counted = |outcome: &str, count: usize| {
        format!(r#"heatwire_interactions_total{{kind="command",name="news",outcome="{outcome}"}} {count}"#)
    };
    bot.until("/metrics", 200, &counted("bot_busy", further)).await;
    // The bot gives up waiting, and answers again.
    bot.until("/metrics", 200, &counted("not_sent", UNDER_WAY)).await;
    let answers = sandbox.requests().iter().filter(|request| request.path.ends_with("/callback")).count();
    assert_eq!(answers, UNDER_WAY);
    assert_eq!(ask(&sandbox.person("ada")).await.embeds().len(), 5);
    for asked in asked {
        asked.abort();
    }
    // What a budget refused is counted too.
    let ben = sandbox.person("ben");
    while ask(&ben).await.embeds().len() == 5 {}
    bot.until("/metrics", 200, &counted("person_over_budget", 1)).await;
}
