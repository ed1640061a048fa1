//! How much memory the worker takes for what it plans with: `cargo bench --bench delivery_memory`. Apart from the bench of
//! times, which counting every allocation would slow down.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

#[path = "../material/articles.rs"]
mod articles;
mod feeds;

use std::sync::Arc;

use article_format::address;
use heatwire::collection::{Collection, Position};
use heatwire::delivery::channel_state::ChannelState;
use heatwire::delivery::snapshot::Snapshot;
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const ARTICLES: usize = 10_000;
const FEEDS: usize = 1_000;
const ROWS_PER_FEED: usize = 100;

fn main() {
    let mut articles = articles::articles(ARTICLES);
    for article in &mut articles {
        article.addresses = address::identities(article.link.as_deref());
    }
    let collection = Arc::new(Collection::new(articles, &articles::topic_files(), Vec::new()));
    let before = ALLOCATOR.current_usage();
    let snapshot = Snapshot::new(Arc::clone(&collection));
    let of_snapshot = ALLOCATOR.current_usage().saturating_sub(before);
    let feeds = feeds::feeds(FEEDS);
    let before = ALLOCATOR.current_usage();
    let states: Vec<ChannelState> = feeds
        .iter()
        .enumerate()
        .map(|(number, feed)| {
            let positions = (0..ROWS_PER_FEED).map(|row| Position::new((row * 97 + number) % ARTICLES));
            feeds::channel_state(feed, &collection, positions)
        })
        .collect();
    let of_states = ALLOCATOR.current_usage().saturating_sub(before);
    println!("snapshot: {} bytes for each of {ARTICLES} articles", of_snapshot / ARTICLES);
    println!(
        "states: {} bytes for each of {} rows and their posts, in {FEEDS} channels",
        of_states / (FEEDS * ROWS_PER_FEED),
        FEEDS * ROWS_PER_FEED
    );
    drop((snapshot, states));
}
