//! Many members ask at once for what is near nothing. Nobody waits for them.

use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use discord_sandbox::{Sandbox, SandboxOptions};
use serde_json::json;
use tokio::task::JoinSet;

use crate::harness::{Bot, PATIENCE, article, borrowed, folder, sandbox_with};

const MEMBERS: usize = 200;

/// How many times as long a flood of junk may take as one of good questions, whose answers are larger.
const RATIO_MAX: u32 = 4;

/// Five thousand topics in a few files.
fn many_topics() -> Vec<(String, String)> {
    let of_file = |file: usize| {
        let mut topics = String::new();
        for topic in 0..100 {
            writeln!(topics, "  - subject of study {file} {topic}").unwrap();
        }
        (format!("{file}.md"), article(&format!("Story {file}"), "AI", 1, &topics))
    };
    (0..50).map(of_file).collect()
}

/// All ask at once; each gets an answer. How long it takes until the last has it, and until another member has theirs who asks
/// meanwhile.
async fn flood(sandbox: &Arc<Sandbox>, topic: &str) -> (Duration, Duration) {
    let began = Instant::now();
    let mut members = JoinSet::new();
    for _ in 0..MEMBERS {
        let (member, options) = (sandbox.person("ben"), json!({ "topic": topic }));
        members.spawn(async move { member.command("news", options).await.map(|_| ()) });
    }
    let bystander = sandbox.person("ada").command("article", json!({ "title": "Story 7" })).await.unwrap();
    while let Some(ended) = members.join_next().await {
        ended.unwrap().unwrap();
    }
    (began.elapsed(), bystander.elapsed())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_junk_takes_about_as_long_as_one_of_good_questions() {
    let sandbox =
        sandbox_with(SandboxOptions { person_timeout: PATIENCE, ..SandboxOptions::default() }).await;
    let bot = Bot::in_sandbox(Arc::new(sandbox), folder(&borrowed(&many_topics())), None).await;
    let junk: String = "qz xj kvw ".repeat(11).chars().take(104).collect();
    // What else the machine does makes both longer; the better of three pairs counts.
    let mut ratios = Vec::new();
    for _ in 0..3 {
        let (of_good, bystander_of_good) = flood(&bot.sandbox, "AI").await;
        let (of_junk, bystander_of_junk) = flood(&bot.sandbox, &junk).await;
        let is_near =
            of_junk <= of_good * RATIO_MAX && bystander_of_junk <= bystander_of_good.max(of_good) * RATIO_MAX;
        if is_near {
            return;
        }
        ratios.push((of_good, of_junk, bystander_of_good, bystander_of_junk));
    }
    panic!("junk takes too long: {ratios:?}");
}
