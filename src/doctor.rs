//! `heatwire doctor`: tests a setup for the operator, and says for each fault what to do. A bot that runs is not disturbed: all is
//! read, no lock and no lease is taken, and no session begins.

use std::sync::Arc;

use jiff::Timestamp;

use crate::config::Config;
use report::Report;

mod database;
mod local;
mod online;
mod report;

/// Tests everything. What needs a token is left out without one, and the report says so.
pub(crate) async fn examine(config: &Config) -> Report {
    let mut report = Report::default();
    local::settings(config, &mut report);
    local::env_file(&mut report);
    local::articles(config, &mut report);
    local::sources(config, &mut report);
    let database = database::examine(config, &mut report).await;
    local::disk(config, database.path.as_deref(), &mut report);
    online::examine(config, &database.feeds, Arc::new(Timestamp::now), &mut report).await;
    report
}
