//! The time of an answer over 20,000 articles, and the share of the bot's handlers in it.
//!
//! `cargo bench --bench answer` times the handlers alone and whole round trips (a person in the sandbox asks, serenity
//! receives, the handler answers, serenity sends, the sandbox takes it). Absolute times mean little on a shared
//! machine, so the last lines give ratios from this one run.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that cannot go on shall say why, and it prints its ratios"
)]

#[path = "../material/articles.rs"]
mod generated;
#[path = "../material/interaction.rs"]
mod interaction;
#[path = "../material/round_trip.rs"]
mod round_trip;

use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use heatwire::collection::Collection;
use heatwire::discord::state::State;
use interaction::{answer, interaction};
use round_trip::{RunningBot, members, quantile};
use serde_json::{Value, json};

const ARTICLES: usize = 20_000;
const ROUND_TRIPS: usize = 500;
const KEYSTROKES: usize = 5_000;
/// What is typed: name, command, option, text.
const TYPED: [(&str, &str, &str, &str); 6] = [
    ("a topic's first letter", "news", "topic", "t"),
    ("a topic that nothing is near", "news", "topic", "qqqqqqqq"),
    ("a source", "news", "source", "source 14"),
    ("a common word of titles", "article", "title", "storage"),
    ("a rare word of titles", "article", "title", "number 19999"),
    ("words that no title has", "article", "title", "storage zzzzzz"),
];

fn state() -> Arc<State> {
    let collection = Collection::new(generated::articles(ARTICLES), &generated::topic_files(), Vec::new());
    let now = generated::now();
    Arc::new(State::new(collection, Arc::new(move || now)))
}

fn handlers(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let state = state();
    let mut group = criterion.benchmark_group("handler");
    for (name, command, option) in [
        ("news of a topic", "news", Some(("topic", "topic 7"))),
        ("news of all, newest first", "news", Some(("sort", "newest"))),
        ("news of a misspelt topic", "news", Some(("topic", "tpoic 77"))),
        ("topics", "topics", None),
    ] {
        let asked = interaction(command, option, false);
        group.bench_function(name, |bencher| {
            bencher.iter(|| runtime.block_on(answer(&asked, &state)));
        });
    }
    for (name, command, option, typed) in TYPED {
        let keystroke = interaction(command, Some((option, typed)), true);
        group.bench_function(format!("keystroke: {name}"), |bencher| {
            bencher.iter(|| runtime.block_on(answer(&keystroke, &state)));
        });
    }
    group.finish();
}

/// Round trips through serenity and the sandbox, and our share of them.
fn shares(_: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let state = state();
    runtime.block_on(async {
        let running = RunningBot::start(Arc::clone(&state)).await;
        let asked: [(&str, Value); 2] = [("topic", json!({ "topic": "topic 7" })), ("all", json!({}))];
        for (name, options) in asked {
            let mut whole = Vec::new();
            for member in members(&running.sandbox).take(ROUND_TRIPS) {
                whole.push(member.command("news", options.clone()).await.expect("an answer").elapsed());
            }
            let asked = interaction("news", options["topic"].as_str().map(|topic| ("topic", topic)), false);
            let mut own = Vec::new();
            for _ in 0..ROUND_TRIPS {
                let started = Instant::now();
                std::hint::black_box(answer(&asked, &state).await);
                own.push(started.elapsed());
            }
            println!(
                "share of the handler in a round trip of /news {name}: {:.1} % at the median, {:.1} % at p99 (limit 5 %)",
                percent(quantile(&mut own, 50), quantile(&mut whole, 50)),
                percent(quantile(&mut own, 99), quantile(&mut whole, 99)),
            );
        }
        running.stop().await;
    });
    keystroke_quantiles(&runtime, &state);
}

fn keystroke_quantiles(runtime: &tokio::runtime::Runtime, state: &State) {
    for (name, command, option, typed) in TYPED {
        let keystroke = interaction(command, Some((option, typed)), true);
        let mut times: Vec<Duration> = (0..KEYSTROKES)
            .map(|_| {
                let started = Instant::now();
                std::hint::black_box(runtime.block_on(answer(&keystroke, state)));
                started.elapsed()
            })
            .collect();
        let limit = Duration::from_millis(1);
        println!(
            "keystroke, {name}: p99 is {:.2} of the limit of 1 ms, the median {:.2}",
            quantile(&mut times, 99).as_secs_f64() / limit.as_secs_f64(),
            quantile(&mut times, 50).as_secs_f64() / limit.as_secs_f64(),
        );
    }
}

fn percent(part: Duration, whole: Duration) -> f64 {
    100.0 * part.as_secs_f64() / whole.as_secs_f64()
}

criterion_group!(benches, handlers, shares);
criterion_main!(benches);
