//! How much longer members wait for their answers while one member floods the bot.
//!
//! `cargo bench --bench flood` runs the bot in a sandbox, both on the same two threads, over 20,000 articles. Members ask one after
//! the other. In every second turn one member sends 100 interactions a second: questions, presses of a button, or letters of an option.
//! The work of the sandbox for the flood counts too, so the true ratios are lower. Absolute times mean little on a shared machine, so
//! the lines give ratios from this one run.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that cannot go on shall say why, and it prints its ratios"
)]

#[path = "../material/articles.rs"]
mod generated;
#[path = "../material/round_trip.rs"]
mod round_trip;

use std::sync::Arc;
use std::time::{Duration, Instant};

use discord_sandbox::{Answer, Person, Sandbox};
use heatwire::collection::Collection;
use heatwire::discord::state::State;
use jiff::SignedDuration;
use round_trip::{RunningBot, members, quantile};
use serde_json::{Value, json};
use tokio::task::{JoinHandle, JoinSet};

const ARTICLES: usize = 20_000;
/// Turns with a flood, and as many without one.
const TURNS: usize = 20;
const QUESTIONS_IN_A_TURN: usize = 100;
/// From one question to the next.
const PAUSE: Duration = Duration::from_millis(5);
/// From one interaction of the flood to the next.
const FLOOD_EVERY: Duration = Duration::from_millis(10);

/// What one member sends without end.
#[derive(Debug, Clone, Copy)]
enum Flood {
    Questions,
    Presses,
    Letters,
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let running = RunningBot::start(state()).await;
        for flood in [Flood::Questions, Flood::Presses, Flood::Letters] {
            measure(&running.sandbox, flood).await;
        }
        running.stop().await;
    });
}

/// A bot whose clock goes on, so that what was used comes back.
fn state() -> Arc<State> {
    let collection = Collection::new(generated::articles(ARTICLES), &generated::topic_files(), Vec::new());
    let began = Instant::now();
    let now = move || generated::now() + SignedDuration::try_from(began.elapsed()).expect("a short time");
    Arc::new(State::new(collection, Arc::new(now)))
}

async fn measure(sandbox: &Sandbox, flood: Flood) {
    let ben = sandbox.person("ben");
    let (mut quiet, mut flooded) = (Vec::new(), Vec::new());
    for turn in 0..TURNS {
        quiet.extend(questions(sandbox).await);
        // The answer to another person, so that no press turns its page. The sandbox forgets old messages, so each turn has its own.
        let asker = ben.clone().numbered(1 + u32::try_from(turn).expect("a small number"));
        let page = asker.command("news", json!({ "topic": "topic 7" })).await.expect("an answer");
        let flooding = begin(ben.clone(), page, flood);
        flooded.extend(questions(sandbox).await);
        flooding.abort();
    }
    let times = |percent| {
        quantile(&mut flooded.clone(), percent).as_secs_f64()
            / quantile(&mut quiet.clone(), percent).as_secs_f64()
    };
    println!(
        "while one member floods with {flood:?}, another waits {:.3} times as long at the median (limit 1.10), {:.3} times at p90",
        times(50),
        times(90),
    );
}

/// How long members wait for their answers, one after the other. No member asks more often than once in each turn.
async fn questions(sandbox: &Sandbox) -> Vec<Duration> {
    let mut times = Vec::new();
    for member in members(sandbox).take(QUESTIONS_IN_A_TURN) {
        let answer = member.command("news", json!({ "topic": "topic 7" })).await.expect("an answer");
        assert_eq!(answer.embeds().len(), 5, "nobody else is refused");
        times.push(answer.elapsed());
        tokio::time::sleep(PAUSE).await;
    }
    times
}

/// Floods until it is aborted. No interaction waits for the answer to another one.
fn begin(ben: Person, page: Answer, flood: Flood) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut under_way = JoinSet::new();
        let mut next = tokio::time::interval(FLOOD_EVERY);
        loop {
            next.tick().await;
            let (ben, page) = (ben.clone(), page.clone());
            under_way.spawn(async move { send(&ben, &page, flood).await });
            while under_way.try_join_next().is_some() {}
        }
    })
}

async fn send(ben: &Person, page: &Answer, flood: Flood) {
    let typed = |option: &str, text: &str| -> Value { json!({ option: text }) };
    match flood {
        Flood::Questions => {
            let asked = ben.command("news", typed("topic", "tpoic 77")).await;
            asked.expect("an answer, or a refusal in words");
        }
        Flood::Presses => {
            ben.press(page, "Next").await.expect("an answer, or a refusal in words");
        }
        Flood::Letters => {
            ben.autocomplete("article", typed("title", "storage zzzzzz"), "title").await.expect("choices");
        }
    }
}
