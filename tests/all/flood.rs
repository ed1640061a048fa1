//! Many members ask at once for what is near nothing. Nobody waits for them.

use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use discord_sandbox::{Sandbox, SandboxOptions};
use serde_json::json;
use tokio::task::JoinSet;

use crate::harness::{Bot, PATIENCE, article, borrowed, folder, sandbox_with};

const MEMBERS: u32 = 100;

/// How often a pair of floods is measured until one counts.
const PAIRS_MAX: usize = 5;

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

/// All ask at once, and one more member asks something else meanwhile. The times until the last of all has the answer, and
/// until the one has it. `None` where somebody has none after the 3 seconds that Discord waits.
async fn flood(sandbox: &Arc<Sandbox>, topic: &str) -> Option<(Duration, Duration)> {
    let began = Instant::now();
    let mut members = JoinSet::new();
    for member in 0..MEMBERS {
        // No one of them meets a limit.
        let (member, options) = (sandbox.person("ben").numbered(member), json!({ "topic": topic }));
        members.spawn(async move { member.command("news", options).await.map(|_| ()) });
    }
    let bystander = sandbox.person("ada").command("article", json!({ "title": "Story 7" })).await;
    let mut are_answered = true;
    while let Some(ended) = members.join_next().await {
        are_answered &= ended.unwrap().is_ok();
    }
    let took = began.elapsed();
    Some((took, bystander.ok()?.elapsed())).filter(|_| are_answered)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_junk_takes_about_as_long_as_one_of_good_questions() {
    let sandbox =
        sandbox_with(SandboxOptions { person_timeout: PATIENCE, ..SandboxOptions::default() }).await;
    let bot = Bot::in_sandbox(Arc::new(sandbox), folder(&borrowed(&many_topics())), None).await;
    let junk: String = "qz xj kvw ".repeat(11).chars().take(104).collect();
    // What else the machine does makes both longer, so the best pair counts.
    let mut pairs = Vec::new();
    for _ in 0..PAIRS_MAX {
        let (good, junk) = (flood(&bot.sandbox, "AI").await, flood(&bot.sandbox, &junk).await);
        if let (Some((good, bystander_of_good)), Some((junk, bystander_of_junk))) = (good, junk)
            && junk <= good * RATIO_MAX
            && bystander_of_junk <= bystander_of_good.max(good) * RATIO_MAX
        {
            return;
        }
        pairs.push((good, junk));
    }
    panic!("junk takes too long: {pairs:?}");
}
