//! `heatwire backup FILE`: the program itself, beside a process that has the ledger open.

use std::fs;
use std::process::Output;

use heatwire::delivery::ledger::Ledger;
use heatwire::feed::pacing::Pacing;
use heatwire::feed::{ChannelKind, FeedSettings, NewFeed, Rules};
use heatwire::ids::{ChannelId, GuildId};
use jiff::Timestamp;

use crate::harness::program;

fn backup(database_url: &str, file: &str) -> Output {
    program(&["backup", file], &[("DATABASE_URL", database_url)]).output().unwrap()
}

fn feed() -> NewFeed {
    NewFeed {
        guild: GuildId(1),
        channel: ChannelId(2),
        channel_kind: ChannelKind::Text,
        settings: FeedSettings {
            rules: Rules { quality_min: 60, max_age_days: 7, ..Rules::default() },
            pacing: Pacing::default(),
            mention: None,
            is_silent: false,
            opens_thread: false,
            crossposts: false,
        },
        backfill: 0,
    }
}

#[tokio::test]
async fn the_program_backs_up_a_ledger_that_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("heatwire.db").display());
    let copy = folder.path().join("copy.db");
    let ledger = Ledger::open(&url).await.unwrap();
    ledger.add_feed(&feed(), Timestamp::UNIX_EPOCH).await.unwrap();
    let done = backup(&url, copy.to_str().unwrap());
    assert!(done.status.success() && done.stderr.is_empty(), "{done:?}");
    assert!(String::from_utf8(done.stdout).unwrap().contains("copy.db"));
    let restored = Ledger::open(&format!("sqlite://{}", copy.display())).await.unwrap();
    assert_eq!(restored.load(Timestamp::MIN).await.unwrap(), ledger.load(Timestamp::MIN).await.unwrap());

    let again = backup(&url, copy.to_str().unwrap());
    assert_eq!(again.status.code(), Some(1));
    let words = String::from_utf8(again.stderr).unwrap();
    assert!(words.contains("exists already") && words.lines().count() == 1, "{words}");
}

#[test]
fn a_database_url_that_names_a_server_is_refused_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    let refused = backup("postgres://bot:hunter2@db/heatwire", copy.to_str().unwrap());
    assert_eq!(refused.status.code(), Some(1));
    let words = String::from_utf8([refused.stdout, refused.stderr].concat()).unwrap();
    assert!(words.contains("pg_dump") && !words.contains("hunter2"), "{words}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
