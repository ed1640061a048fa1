//! The test of the database.

use std::path::PathBuf;

use anyhow::Error;
use secrecy::ExposeSecret;

use super::report::Report;
use crate::config::Config;
use crate::delivery::ledger::{FeedsOf, Found, Inspected, inspect};
use crate::feed::{Feed, FeedStatus};

const CHECK: &str = "database";

/// What the other tests need of the database.
#[derive(Debug, Default)]
pub(super) struct Database {
    /// The file, if it is one.
    pub(super) path: Option<PathBuf>,
    /// The feeds of servers that have the bot.
    pub(super) feeds: Vec<Feed>,
}

/// Integrity, tables, size, and who uses the database.
pub(super) async fn examine(config: &Config, report: &mut Report) -> Database {
    match inspect(config.database_url.expose_secret()).await {
        Err(fault) => {
            report.fail(CHECK, format!("{:#}", Error::from(fault)));
            Database::default()
        }
        Ok(Inspected::Memory) => {
            report.warn(
                CHECK,
                "DATABASE_URL keeps nothing; a restart forgets all feeds and posts; name a file",
            );
            Database::default()
        }
        Ok(Inspected::Missing { path }) => {
            report.ok(CHECK, "there are no feeds yet; the first start makes the database");
            Database { path, ..Database::default() }
        }
        Ok(Inspected::Found(found)) => described(found, report).await,
    }
}

async fn described(found: Found, report: &mut Report) -> Database {
    let is_file = found.path.is_some();
    let integrity = if is_file { "no damage" } else { "the server answers" };
    let kib = found.bytes.div_ceil(1024);
    report.ok(CHECK, format!("{integrity}; {kib} KiB"));
    if found.is_current {
        report.ok(CHECK, "the tables are those of this version");
    } else {
        report.warn(
            CHECK,
            "an older version made the tables, and the next start changes them; back the database up before",
        );
    }
    match (found.is_in_use, is_file) {
        (Some(true), true) => report.ok(CHECK, "a heatwire uses the file now"),
        (Some(true), false) => report.ok(CHECK, "a heatwire has the lease and delivers"),
        (Some(false), true) => report.ok(CHECK, "no heatwire uses the file now"),
        (Some(false), false) => report.ok(CHECK, "the lease is free: no heatwire delivers now"),
        (None, _) => report.ok(CHECK, "this system does not say whether a heatwire uses the database"),
    }
    let feeds = found.ledger.feeds(FeedsOf::All).await.unwrap_or_else(|fault| {
        report.fail(CHECK, format!("the feeds cannot be read: {fault}"));
        Vec::new()
    });
    let is_here = |feed: &Feed| !feed.is_removed() && !matches!(feed.status, FeedStatus::Left { .. });
    Database { path: found.path, feeds: feeds.into_iter().filter(is_here).collect() }
}
