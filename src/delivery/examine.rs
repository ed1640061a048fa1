//! Looks up in the ledger which stories a channel knows.

use std::collections::{HashMap, HashSet};

use super::ledger::{Ledger, LedgerError, Rows};
use super::snapshot::Snapshot;
use crate::article_key::ArticleKey;
use crate::collection::Position;
use crate::ids::ChannelId;

/// After so many rows or articles other tasks have their turn.
const ROWS_AT_ONCE: usize = 256;

/// The result of [`examine`]: the stories that some channels do not know, or know only in part.
#[derive(Debug, Default)]
pub(super) struct Examined {
    /// The articles that may be due in each channel.
    pub(super) candidates: HashMap<ChannelId, Vec<ArticleKey>>,
    /// The rows that these articles share an identity with.
    pub(super) rows: Vec<Rows>,
}

/// Looks up which of these stories the channels do not know.
pub(super) async fn examine(
    ledger: &Ledger,
    snapshot: &Snapshot,
    positions: &[Position],
    channels: &[ChannelId],
) -> Result<Examined, LedgerError> {
    let mut hashes: Vec<Vec<u64>> = Vec::with_capacity(positions.len());
    for (number, &position) in positions.iter().enumerate() {
        hashes.push(snapshot.story_hashes(position));
        let_others_work(number).await;
    }
    let all = each_once(hashes.iter().flatten());
    let mut unknown: HashMap<ChannelId, HashSet<u64>> = HashMap::new();
    for (number, (channel, hash)) in ledger.unknown(channels, &all).await?.into_iter().enumerate() {
        unknown.entry(channel).or_default().insert(hash);
        let_others_work(number).await;
    }
    // Channels that look for the same stories share a query.
    let mut groups: HashMap<Vec<usize>, Vec<ChannelId>> = HashMap::new();
    for (channel, unknown) in unknown {
        let is_open = |numbered: &(usize, &Vec<u64>)| numbered.1.iter().any(|hash| unknown.contains(hash));
        let open = hashes.iter().enumerate().filter(is_open).map(|(number, _)| number);
        groups.entry(open.collect()).or_default().push(channel);
        tokio::task::yield_now().await;
    }
    let mut examined = Examined::default();
    for (open, channels) in groups {
        let of_open = each_once(open.iter().filter_map(|number| hashes.get(*number)).flatten());
        examined.rows.push(ledger.known(&channels, &of_open).await?);
        let keys = open.iter().filter_map(|number| snapshot.key(*positions.get(*number)?));
        let keys: Vec<ArticleKey> = keys.collect();
        for channel in channels {
            examined.candidates.entry(channel).or_default().extend(&keys);
        }
    }
    Ok(examined)
}

fn each_once<'a>(hashes: impl Iterator<Item = &'a u64>) -> Vec<u64> {
    let mut hashes: Vec<u64> = hashes.copied().collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Lets other tasks work after so many rows.
pub(super) async fn let_others_work(number: usize) {
    if number.is_multiple_of(ROWS_AT_ONCE) {
        tokio::task::yield_now().await;
    }
}
