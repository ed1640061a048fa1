//! The bot is killed (a real SIGKILL, with a real database and a Discord in another process) at each point that a delivery
//! passes, during requests, and at random moments of a burst. Then it is started again, and each article's card has to
//! stand in each channel exactly once.
//!
//! `cargo test --features kill-points --test kill` runs a few rounds of each; `HEATWIRE_KILL_ROUNDS=200` in front of it as
//! many random ones as PROMISES.md says.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on shall say where")]

#[path = "../all/feed_server.rs"]
mod feed_server;
mod fetching;
mod lease;
mod owner;
mod processes;
mod scene;
mod server;
mod shards;
mod three;
mod way;

use std::time::Duration;

use discord_sandbox::{Fault, FaultKind};
use heatwire::delivery::kill::{MIGRATION_POINTS, POINTS};
use rustix::process::Signal;
use scene::{CHANNELS, Home, Scene};

/// How many times the bot is killed at a random moment, if nobody says otherwise.
const ROUNDS_DEFAULT: u64 = 12;
/// After so many rounds the scene is a new one: a channel of the sandbox keeps 500 messages.
const ROUNDS_PER_SCENE: u64 = 10;

/// How long it may take until another process has the lease of one that is dead or hangs (`docs/scale.md`).
const TAKEN_OVER_MAX: Duration = Duration::from_secs(30);

/// How many rounds of random moments are asked for.
fn rounds(otherwise: u64) -> u64 {
    let rounds = std::env::var_os("HEATWIRE_KILL_ROUNDS");
    rounds.and_then(|rounds| rounds.to_str()?.parse().ok()).unwrap_or(otherwise)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_each_point_every_card_stands_once() {
    killed_at_each_point(Home::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_each_point_with_a_server_every_card_stands_once() {
    if server::server().is_some() {
        killed_at_each_point(Home::Postgres).await;
    }
}

async fn killed_at_each_point(home: Home) {
    for point in POINTS {
        let mut scene = Scene::new(home).await;
        // The points of a start are passed once for each, the others for each request: posts come first, edits later.
        let passes: &[u32] = match point {
            "before-migration" | "after-migration" => &[1],
            _ => &[1, 2, 5, 9],
        };
        for nth in passes {
            scene.burst(3);
            let was_killed = scene.run_until_killed_at(&format!("{point}:{nth}")).await;
            assert!(was_killed, "{point}:{nth} was never passed");
            scene.settle().await;
            scene.assert_once(&format!("{point}:{nth}"));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_the_first_start_every_card_stands_once() {
    for point in ["before-migration:1", "after-migration:1"] {
        let mut scene = Scene::without_database(Home::Sqlite).await;
        assert!(scene.run_until_killed_at(point).await, "{point}");
        scene.begin().await;
        scene.burst(3);
        scene.settle().await;
        scene.assert_once(point);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_during_the_migration_nothing_is_half_made() {
    let (mut nothing, mut all) = (0, 0);
    for point in MIGRATION_POINTS {
        let mut nth: u32 = 1;
        loop {
            let mut scene = Scene::without_database(Home::Sqlite).await;
            if !scene.is_killed_at_its_start(&format!("{point}:{nth}")).await {
                break;
            }
            match scene.is_migrated().await {
                false => nothing += 1,
                true => all += 1,
            }
            scene.begin().await;
            scene.burst(1);
            scene.settle().await;
            scene.assert_once(&format!("{point}:{nth}"));
            nth += nth.div_ceil(3);
        }
        assert!(nth > 1, "{point} was never passed");
    }
    assert!(nothing > 5 && all > 0, "{nothing} had nothing yet, {all} had all of it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_a_feed_takes_as_known_what_is_there_it_begins_anew() {
    for milliseconds in [0, 5, 20, 60, 200, 600] {
        let mut scene = Scene::without_database(Home::Sqlite).await;
        scene.fill(1_500);
        scene.kill_while_a_feed_is_made(Duration::from_millis(milliseconds)).await;
        // A feed that is there begins with its backfill and nothing else; one that was not made posts nothing.
        scene.begin().await;
        scene.burst(2);
        scene.settle().await;
        scene.assert_only_backfill_and_new(&format!("after {milliseconds} ms"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_during_a_request_every_card_stands_once() {
    killed_during_a_request(Home::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_during_a_request_with_a_server_every_card_stands_once() {
    if server::server().is_some() {
        killed_during_a_request(Home::Postgres).await;
    }
}

async fn killed_during_a_request(home: Home) {
    let kinds = [
        ("POST /channels/*/messages", FaultKind::Unanswered),
        ("POST /channels/*/messages", FaultKind::Delay(Duration::from_secs(30))),
        ("POST /channels/*/threads", FaultKind::Unanswered),
        ("POST /channels/*/threads", FaultKind::Delay(Duration::from_secs(30))),
        ("PATCH /channels/*/messages/*", FaultKind::Unanswered),
        ("POST /channels/*/messages/*/crosspost", FaultKind::Unanswered),
        ("POST /channels/*/messages/*/threads", FaultKind::Unanswered),
        ("DELETE /channels/*/messages/*", FaultKind::Unanswered),
    ];
    let mut scene = Scene::new(home).await;
    for (route, kind) in kinds {
        scene.burst(3);
        scene.take_one_back();
        scene.run_until_killed_during(Fault { route: route.to_owned(), kind, count: 1 }).await;
        scene.settle().await;
        scene.assert_once(&format!("{route} {kind:?}"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_random_moments_every_card_stands_once() {
    let rounds = rounds(ROUNDS_DEFAULT);
    let mut scene = Scene::new(Home::Sqlite).await;
    for round in 0..rounds {
        if round > 0 && round % ROUNDS_PER_SCENE == 0 {
            scene = Scene::new(Home::Sqlite).await;
        }
        // Some are more than are claimed at first.
        scene.burst(if round % 3 == 0 { 12 } else { 4 });
        let after = Duration::from_millis(scene.chance(round) % 600);
        scene.run_and_kill_after(after).await;
        scene.settle().await;
        scene.assert_once(&format!("round {round}, killed after {after:?}"));
    }
    println!(
        "killed {rounds} times at random moments: every card stood once in each of {} channels",
        CHANNELS.len()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_where_nothing_can_be_looked_up_a_moderator_has_to_decide() {
    let mut scene = Scene::new(Home::Sqlite).await;
    scene.hide_history("discussions");
    scene.burst(1);
    // A forum's posts have no nonce, and here nobody can look whether one is there.
    let route = "POST /channels/*/threads".to_owned();
    scene.run_until_killed_during(Fault { route, kind: FaultKind::Unanswered, count: 1 }).await;
    scene.start().await;
    scene.wait_for_unknown(1).await;
    scene.kill();
    scene.assert_at_most_once();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_takes_over_from_one_that_is_killed() {
    if server::server().is_none() {
        return;
    }
    let mut scene = Scene::new(Home::Postgres).await;
    scene.start().await;
    scene.start_another().await;
    scene.burst(3);
    scene.wait_until_settled().await;
    let epoch = scene.epoch().await;
    scene.burst(3);
    scene.kill_the_first();
    let after = scene.wait_for_the_next_epoch(epoch).await;
    assert!(after < TAKEN_OVER_MAX, "after {after:?}");
    scene.wait_until_settled().await;
    scene.assert_once("taken over");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_takes_over_from_one_that_hangs_and_that_one_waits_then() {
    if server::server().is_none() {
        return;
    }
    let mut scene = Scene::new(Home::Postgres).await;
    scene.start().await;
    scene.start_another().await;
    let epoch = scene.epoch().await;
    scene.burst(3);
    scene.signal(Signal::STOP);
    let after = scene.wait_for_the_next_epoch(epoch).await;
    assert!(after < TAKEN_OVER_MAX, "after {after:?}");
    scene.wait_until_settled().await;
    scene.burst(3);
    scene.signal(Signal::CONT);
    scene.wait_for_log("this process begins anew").await;
    scene.wait_until_settled().await;
    scene.assert_once("it went on");
}
