//! What a delivery costs: planning, the ledger's claim and settle, and the way through a sandbox, held against serenity alone
//! that sends the same messages.
//!
//! `cargo bench --bench delivery`. Absolute times mean little on a shared machine, so the last lines give ratios from this
//! one run; ours and serenity's turns alternate.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that cannot go on shall say why, and it prints its ratios"
)]

#[path = "../material/articles.rs"]
mod articles;
mod feeds;
mod posting;
mod through_sandbox;

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use heatwire::collection::Collection;
use heatwire::delivery::book::Book;
use heatwire::delivery::plan::{Blocks, Input, plan};
use heatwire::delivery::snapshot::{Loaded, Snapshot};
use heatwire::feed::Feed;
use heatwire::ids::ChannelId;
use posting::{AtOnce, time_to_post};
use through_sandbox::times;

const ARTICLES: usize = 10_000;
const FEEDS: usize = 1_000;
/// What a busy channel posts in two weeks.
const ROWS_PER_FEED: usize = 100;
/// Channels, and articles for each of them.
const BURSTS: [(usize, usize); 2] = [(1, 1_000), (50, 40)];
/// How long an answer takes: nothing, which no network does, and less than Discord's ever do.
const DELAYS: [Duration; 2] = [Duration::ZERO, Duration::from_millis(20)];
const ROUNDS: usize = 3;
const LIMIT: f64 = 0.8;

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
        let book = |(number, feed): (usize, &Feed)| {
            feeds::book(feed, &collection, (0..rows).map(|row| (row * 97 + number) % ARTICLES))
        };
        let books: Vec<Book> = feeds.iter().enumerate().map(book).collect();
        group.bench_function(format!("{FEEDS} feeds x {ARTICLES} articles, {rows} rows each"), |bencher| {
            bencher.iter(|| plan_all(&snapshot, &feeds, &books));
        });
        let began = Instant::now();
        plan_all(&snapshot, &feeds, &books);
        let per_pair = began.elapsed().as_secs_f64() / (ARTICLES * FEEDS) as f64;
        println!("plan, {rows} rows each: {:.1} ns for each pair of feed and article", per_pair * 1e9);
    }
    group.finish();
}

fn plan_all(snapshot: &Snapshot, feeds: &[Feed], books: &[Book]) {
    let loaded = Loaded { at: articles::now(), arrived_at: articles::now(), is_complete: true };
    let (blocks, missing_since) = (Blocks::default(), HashMap::new());
    for (feed, book) in feeds.iter().zip(books) {
        let input = Input {
            snapshot,
            loaded,
            now: articles::now(),
            feeds: &[feed],
            book,
            blocks: &blocks,
            missing_since: &missing_since,
        };
        black_box(plan(&input));
    }
}

/// Plan, claim and settle, with a database on the disk and a Discord that costs nothing.
fn without_network(_: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    for (channels, articles) in BURSTS {
        let ids: Vec<ChannelId> = (1..=channels as u64).map(ChannelId).collect();
        let best = (0..ROUNDS).map(|_| runtime.block_on(time_to_post(AtOnce, &ids, articles))).min();
        let per_delivery = best.unwrap_or_default().as_secs_f64() / (channels * articles) as f64;
        println!(
            "delivery without the network, {channels} channels, {articles} articles: {:.0} us each",
            per_delivery * 1e6
        );
    }
}

fn through_the_sandbox(_: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    for (delay, (channels, articles)) in DELAYS.iter().flat_map(|delay| BURSTS.map(|burst| (*delay, burst))) {
        let (mut ours, mut of_serenity) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            let times = runtime.block_on(times(channels, articles, delay));
            ours = ours.min(times.ours);
            of_serenity = of_serenity.min(times.of_serenity);
        }
        let per_second = |time: Duration| (channels * articles) as f64 / time.as_secs_f64();
        println!(
            "deliveries a second, {channels} channels, answers after {delay:?}: {:.0}, serenity alone {:.0}: {:.2} of it (at \
             least {LIMIT})",
            per_second(ours),
            per_second(of_serenity),
            per_second(ours) / per_second(of_serenity),
        );
    }
}

criterion_group!(benches, plans, without_network, through_the_sandbox);
criterion_main!(benches);
