//! The cost of a delivery: planning, the ledger's claim and outcome, and the way through a sandbox with Discord's limits, beside the
//! sender alone that sends the same messages with the same pacer.
//!
//! `cargo bench --bench delivery`; `.ci/with-postgres` in front of it measures PostgreSQL beside SQLite. Absolute times mean little on a shared machine, so the last lines give ratios from this
//! one run. The worker's turns and the sender's turns alternate.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench that cannot go on shall say why, and it prints its ratios"
)]

#[path = "../material/articles.rs"]
mod articles;
mod feeds;
mod posting;
#[path = "../../tests/kill/server.rs"]
mod server;
mod through_sandbox;

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use heatwire::collection::{Collection, Position};
use heatwire::delivery::channel_state::ChannelState;
use heatwire::delivery::plan::{Blocks, Input, plan};
use heatwire::delivery::snapshot::{Loaded, Snapshot};
use heatwire::feed::Feed;
use heatwire::ids::{ChannelId, GuildId};
use posting::{AtOnce, time_to_post};
use server::{Schema, server};
use through_sandbox::times;

const ARTICLES: usize = 10_000;
const FEEDS: usize = 1_000;
/// The posts of a busy channel in two weeks.
const ROWS_PER_FEED: usize = 100;
/// Channels, and articles for each of them.
const BURSTS: [(usize, usize); 2] = [(1, 20), (50, 10)];
/// How long an answer takes.
const DELAY: Duration = Duration::from_millis(20);
const ROUNDS: usize = 2;
/// The goal: deliveries a second, as a part of what the sender alone makes in the same run.
const LIMIT: f64 = 0.95;

fn plans(criterion: &mut Criterion) {
    let mut articles = articles::articles(ARTICLES);
    for article in &mut articles {
        article.addresses = article_format::address::identities(article.link.as_deref());
    }
    let collection = Arc::new(Collection::new(articles, &articles::topic_files(), Vec::new()));
    let snapshot = Snapshot::new(Arc::clone(&collection));
    let feeds = feeds::feeds(FEEDS);
    let mut group = criterion.benchmark_group("plan");
    group.sample_size(10).throughput(Throughput::Elements((ARTICLES * FEEDS) as u64));
    for rows in [0, ROWS_PER_FEED] {
        let state = |(number, feed): (usize, &Feed)| {
            let positions = (0..rows).map(|row| Position::new((row * 97 + number) % ARTICLES));
            feeds::channel_state(feed, &collection, positions)
        };
        let states: Vec<ChannelState> = feeds.iter().enumerate().map(state).collect();
        group.bench_function(format!("{FEEDS} feeds x {ARTICLES} articles, {rows} rows each"), |bencher| {
            bencher.iter(|| plan_all(&snapshot, &feeds, &states));
        });
        let began = Instant::now();
        plan_all(&snapshot, &feeds, &states);
        let per_pair = began.elapsed().as_secs_f64() / (ARTICLES * FEEDS) as f64;
        println!("plan, {rows} rows each: {:.1} ns for each pair of feed and article", per_pair * 1e9);
    }
    group.finish();
}

fn plan_all(snapshot: &Snapshot, feeds: &[Feed], states: &[ChannelState]) {
    let loaded = Loaded { at: articles::now(), arrived_at: articles::now(), is_complete: true };
    let candidates: Vec<Position> = (0..ARTICLES).map(Position::new).collect();
    let (blocks, missing_since) = (Blocks::default(), HashMap::new());
    for (feed, state) in feeds.iter().zip(states) {
        let input = Input {
            snapshot,
            loaded,
            do_collections_differ: false,
            now: articles::now(),
            discord_now: Some(articles::now()),
            feeds: &[feed],
            candidates: &candidates,
            rows: state,
            blocks: &blocks,
            missing_since: &missing_since,
        };
        black_box(plan(&input));
    }
}

/// Plan, claim and outcome, with a database on the disk and a Discord that answers at once.
fn without_network(_: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let server = server();
    for (channels, articles) in BURSTS {
        let ids: Vec<ChannelId> = (1..=channels as u64).map(ChannelId).collect();
        let mut best = [Duration::MAX; 2];
        for _ in 0..ROUNDS {
            let file = File::new();
            let time = runtime.block_on(time_to_post(AtOnce, GuildId(1), &ids, articles, &file.url()));
            best[0] = best[0].min(time);
            if let Some(server) = &server {
                let schema = runtime.block_on(Schema::new(server.clone()));
                let time = runtime.block_on(time_to_post(AtOnce, GuildId(1), &ids, articles, &schema.url()));
                best[1] = best[1].min(time);
            }
        }
        let each = best.map(|time| time.as_secs_f64() / (channels * articles) as f64 * 1e6);
        print!(
            "delivery without the network, {channels} channels, {articles} articles: {:.0} us each",
            each[0]
        );
        match server {
            Some(_) => println!(", on PostgreSQL {:.0}: {:.2} times as long", each[1], each[1] / each[0]),
            None => println!(),
        }
    }
}

/// A new SQLite file, which goes when this is dropped.
pub(crate) struct File(tempfile::TempDir);

impl File {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn url(&self) -> String {
        format!("sqlite://{}/heatwire.db", self.0.path().display())
    }
}

fn through_the_sandbox(_: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    for (channels, articles) in BURSTS {
        let (mut ours, mut alone) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            let times = runtime.block_on(times(channels, articles, DELAY));
            ours = ours.min(times.ours);
            alone = alone.min(times.alone);
        }
        let per_second = |time: Duration| (channels * articles) as f64 / time.as_secs_f64();
        println!(
            "deliveries a second, {channels} channels, answers after {DELAY:?}: {:.2}, the sender alone {:.2}: {:.3} of it (at \
             least {LIMIT})",
            per_second(ours),
            per_second(alone),
            per_second(ours) / per_second(alone),
        );
    }
}

criterion_group!(benches, plans, without_network, through_the_sandbox);
criterion_main!(benches);
