//! The time to find a name or a title among 20,000 by a typed text: `cargo bench --bench names`. Each line is a share of the
//! limit of 1 ms, at the median and at p99, in one run.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that cannot go on shall say why, and it prints its ratios"
)]

#[path = "../material/interaction.rs"]
mod interaction;
#[path = "../material/words.rs"]
mod words;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use article_format::{Article, ArticleId, Provider};
use heatwire::collection::Collection;
use heatwire::discord::state::State;
use interaction::{answer, interaction};
use jiff::Timestamp;
use serenity::model::application::Interaction;
use words::WORDS;

const NAMES: usize = 20_000;
const TRIES: usize = 400;
const LIMIT: Duration = Duration::from_millis(1);

fn name(index: usize, of: &str) -> String {
    let word = |step: usize| WORDS[index / step % WORDS.len()];
    format!("{} {} {of} {index}", word(1), word(WORDS.len()))
}

/// As many topics, sources, types and titles as there are articles.
fn state() -> State {
    let articles = (0..NAMES).map(|index| Article {
        title: name(index, "title").into(),
        topics: [name(index, "topic").into()].into(),
        kind: Some(name(index, "type").into()),
        provider: Some(Arc::new(Provider {
            name: name(index, "source").into(),
            domain: None,
            icon: None,
            authors: Box::default(),
        })),
        ..template(index)
    });
    let collection = Collection::new(articles.collect(), &[], Vec::new());
    State::new(collection, Arc::new(Timestamp::now))
}

fn template(index: usize) -> Article {
    let file = b"---\ntitle: T\n---\n";
    let read = article_format::parse(ArticleId::new(format!("a{index}")), "a.md", file);
    read.expect("a good file")
}

fn main() {
    let state = state();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let typed: [(&str, String); 7] = [
        ("junk of 104 characters", "qz xj kvw ".repeat(11).chars().take(104).collect()),
        ("junk of 6,000 characters", "qzxjkvw ".repeat(750)),
        ("junk of 6,000 letters with accents", "é\u{fdfa}".repeat(3000)),
        ("a misspelt name", "kernle async topic 14".to_owned()),
        ("one letter of each name", "t".to_owned()),
        ("a letter within words", "o".to_owned()),
        ("words of which one is in no title", "of the a in how why new zzzz".to_owned()),
    ];
    let mut worst = 0.0_f64;
    for (what, typed) in &typed {
        for (command, option) in
            [("news", "topic"), ("news", "source"), ("news", "type"), ("article", "title")]
        {
            for is_focused in [false, true] {
                let asked = interaction(command, Some((option, typed)), is_focused);
                let mut times: Vec<Duration> = (0..TRIES).map(|_| timed(&asked, &state, &runtime)).collect();
                times.sort_unstable();
                let share = |time: Duration| time.as_secs_f64() / LIMIT.as_secs_f64();
                let (median, p99) = (share(times[TRIES / 2]), share(times[TRIES * 99 / 100]));
                worst = worst.max(median);
                let how = if is_focused { "choices" } else { "answer" };
                println!("{what}, {option}, {how}: {median:.3} of the limit at the median, {p99:.3} at p99");
            }
        }
    }
    println!("the worst median is {worst:.2} of the limit of 1 ms");
}

fn timed(asked: &Interaction, state: &State, runtime: &tokio::runtime::Runtime) -> Duration {
    let started = Instant::now();
    black_box(runtime.block_on(answer(asked, state)));
    started.elapsed()
}
