//! Processes with different shards share one PostgreSQL. Each answers its own guild, and one of them delivers for all.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::TAKEN_OVER_MAX;
use crate::processes::{CHANNELS, PATIENCE, Processes};
use crate::scene::until;
use crate::server::server;

impl Processes {
    /// A new article. A moderator of this channel's guild has the articles loaded.
    async fn publish(&self, title: &str, channel: &str) {
        self.write(title);
        let deadline = Instant::now() + PATIENCE;
        loop {
            let words = self.say(channel, "reload", json!({})).await;
            // An earlier request for a load may have found the file already.
            if !words.contains("Try again") {
                return;
            }
            assert!(Instant::now() < deadline, "{words}");
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// Waits until `/status` names both processes, and one of them as the one that delivers.
    async fn until_both_are_known(&self, channel: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let words = self.say(channel, "status", json!({})).await;
            let are_named = self.shards().all(|shards| words.contains(&format!("shards {shards} with")));
            if are_named && words.matches(", which delivers").count() == 1 {
                return;
            }
            assert!(Instant::now() < deadline, "{words}");
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// The languages of the posts in a channel, by the words of their first button.
    fn first_buttons(&self, channel: &str) -> Vec<String> {
        let posted = self.sandbox.posted_in(channel).unwrap();
        let labels =
            posted.iter().filter_map(|message| message["components"][0]["components"][0]["label"].as_str());
        labels.map(str::to_owned).collect()
    }

    async fn until_posted(&self, titles: &[&str]) {
        let is_posted = || CHANNELS.iter().all(|channel| self.titles(channel) == titles);
        let all = CHANNELS.map(|channel| self.titles(channel));
        assert!(until(PATIENCE, is_posted).await, "{titles:?}: {all:?}: {}", self.log());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_process_answers_its_guild_and_another_takes_over_from_the_one_that_delivers() {
    if server().is_none() {
        return;
    }
    let mut processes = Processes::start(2, false).await;
    for channel in CHANNELS {
        processes.until_both_are_known(channel).await;
    }
    processes.add_feeds().await;
    for channel in CHANNELS {
        let words = processes.say(channel, "feed", json!({ "list": {} })).await;
        assert!(words.contains("**1 feed**"), "{channel}: each guild has its own: {words}");
    }
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    processes.publish("First", "elsewhere").await;
    processes.until_posted(&["First"]).await;

    // A pause by the process that does not deliver holds.
    for channel in CHANNELS {
        let feed = processes.say(channel, "feed", json!({ "list": {} })).await;
        let feed = feed.split("**").nth(3).unwrap().to_owned();
        let words = processes.say(channel, "feed", json!({ "pause": { "feed": feed } })).await;
        assert!(words.contains("paused"), "{words}");
    }
    processes.publish("Second", "news").await;
    let why = "Second".to_lowercase();
    for channel in CHANNELS {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let words = processes.say(channel, "why", json!({ "article": why })).await;
            if words.contains("paused") {
                break;
            }
            assert!(Instant::now() < deadline, "{channel}: {words}");
            // A person has a budget.
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        let feed = processes.say(channel, "feed", json!({ "list": {} })).await;
        let feed = feed.split("**").nth(3).unwrap().to_owned();
        processes.say(channel, "feed", json!({ "resume": { "feed": feed } })).await;
    }
    processes.until_posted(&["First", "Second"]).await;

    // Whichever delivers is killed: once the one, and then, with a new process in its place, the other.
    for number in [0, 1] {
        processes.kill_and_wait(number);
        let title = format!("After {number}");
        processes.publish(&title, ["elsewhere", "news"][number]).await;
        let began = Instant::now();
        let titles: Vec<String> = ["First", "Second", "After 0", "After 1"].map(str::to_owned).to_vec();
        let titles: Vec<&str> = titles.iter().take(3 + number).map(String::as_str).collect();
        processes.until_posted(&titles).await;
        for (channel, button) in CHANNELS.iter().zip(["詳細", "Details"]) {
            let buttons = processes.first_buttons(channel);
            // A language reaches the other process within 10 s, and the first post may come before that.
            assert!(buttons.iter().skip(1).all(|label| label == button), "whoever delivers: {buttons:?}");
        }
        assert!(began.elapsed() < TAKEN_OVER_MAX, "after {:?}", began.elapsed());
        processes.run(number, None);
        processes.until_connected().await;
    }
}
