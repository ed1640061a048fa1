//! Three processes share one PostgreSQL. Whichever delivers is killed, hangs, or loses the database.

use std::time::Duration;

use article_format::stable_hash64;
use heatwire::delivery::kill::POINTS;
use rustix::process::Signal;

use crate::processes::{PATIENCE, Processes};
use crate::scene::until;
use crate::server::server;

/// How many times the process that delivers is killed at a random moment, if nobody says otherwise.
const ROUNDS_DEFAULT: u64 = 5;
/// After so many rounds the scene is a new one: a channel of the sandbox keeps 500 messages.
const ROUNDS_PER_SCENE: u64 = 50;

async fn three() -> Processes {
    let processes = Processes::start(3, true).await;
    processes.until_delivered_by_another(None).await;
    processes.add_feeds().await;
    processes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_three_processes_the_one_that_delivers_is_killed_at_random_moments() {
    if server().is_none() {
        return;
    }
    let mut processes = three().await;
    for round in 0..crate::rounds(ROUNDS_DEFAULT) {
        if round > 0 && round % ROUNDS_PER_SCENE == 0 {
            processes = three().await;
        }
        let number = processes.until_delivered_by_another(None).await;
        let chance = stable_hash64(&format!("moment {round} of three"));
        processes.burst(if chance.is_multiple_of(3) { 8 } else { 3 });
        let after = Duration::from_millis((chance >> 8) % 900);
        tokio::time::sleep(after).await;
        processes.kill(number).await;
        processes.run(number, None);
        processes.settle_once(&format!("round {round}, killed after {after:?}")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_three_processes_two_are_killed_at_each_point() {
    if server().is_none() {
        return;
    }
    let mut processes = three().await;
    for point in POINTS {
        for number in 0..processes.count() {
            processes.kill(number).await;
        }
        processes.burst(4);
        // A start passes the points of the migration once.
        let second = if point.ends_with("migration") { 1 } else { 2 };
        for (number, nth) in [(0, 1), (1, second)] {
            processes.run(number, Some(&format!("{point}:{nth}")));
        }
        for _ in 0..2 {
            let mut number = None;
            let deadline = tokio::time::Instant::now() + PATIENCE;
            while number.is_none() {
                assert!(
                    tokio::time::Instant::now() < deadline,
                    "{point} was not passed: {}",
                    processes.log()
                );
                tokio::time::sleep(Duration::from_millis(5)).await;
                number = processes.take_killed().await;
            }
        }
        processes.run(2, None);
        processes.settle_once(point).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_three_processes_the_one_that_delivers_hangs_and_then_another_loses_the_database() {
    if server().is_none() {
        return;
    }
    let mut processes = three().await;
    let hangs = processes.until_delivered_by_another(None).await;
    processes.burst(3);
    processes.signal(hangs, Signal::STOP);
    let next = processes.until_delivered_by_another(Some(hangs)).await;
    processes.settle_once("while it hangs").await;
    processes.burst(3);
    processes.signal(hangs, Signal::CONT);
    processes.settle_once("it went on").await;

    processes.burst(3);
    processes.cut(next, true);
    processes.until_delivered_by_another(Some(next)).await;
    processes.settle_once("while the database is not there for it").await;
    processes.cut(next, false);
    let waits = "this process answers, and waits for its turn to deliver";
    let are_told = until(PATIENCE, || processes.log().matches(waits).count() >= 2).await;
    assert!(are_told, "{}", processes.log());
    processes.settle_once("the database is there again").await;
}
