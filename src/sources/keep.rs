//! Fetches the sources while the bot runs.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use article_format::source_list::{Source, SourceList};
use article_sources::Fetcher;
use article_sources::runner::{Runner, SourceFetch};
use tokio::sync::watch;

use super::board::SourceBoard;
use super::list::{self, ListFaults};

/// Time between two reads of the list.
const READ_EVERY: Duration = Duration::from_secs(2);

/// Which sources are fetched.
#[derive(Clone)]
pub(crate) enum Listed {
    /// Those of a file. A changed file counts within seconds. A wrong file changes nothing but the faults on the board.
    In(PathBuf),
    /// These.
    Always(SourceList),
}

/// Fetches the sources for ever. `wrote` is called after each fetch that changed files.
pub(crate) async fn keep(fetcher: Fetcher, listed: Listed, board: &SourceBoard, wrote: impl Fn()) {
    let (lists, followed) = watch::channel(SourceList { keep_days: None, sources: Vec::new() });
    let clock = Arc::clone(&fetcher.clock);
    let mut runner = Runner::new(fetcher, clock);
    let run = runner.run(followed, |statuses, ended| {
        board.set_sources(statuses);
        if let Some((source, fetched)) = ended {
            log(source, fetched);
            if fetched.outcome.as_ref().is_ok_and(|counts| counts.written + counts.deleted > 0) {
                wrote();
            }
        }
    });
    let follow = async {
        match listed {
            Listed::In(file) => follow(&file, &lists, board).await,
            Listed::Always(list) => {
                lists.send_replace(list);
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        () = run => {}
        () = follow => {}
    }
}

/// Reads the list again and again, and passes on each good one that differs from the last read.
async fn follow(path: &Path, lists: &watch::Sender<SourceList>, board: &SourceBoard) {
    let mut ticks = tokio::time::interval(READ_EVERY);
    let mut last_read = None;
    loop {
        ticks.tick().await;
        let asked = path.to_owned();
        let read = tokio::task::spawn_blocking(move || list::read(&asked)).await;
        // Errors are compared by their words.
        let read = read.unwrap_or_else(|panicked| Err(io::Error::other(panicked)));
        let read = match read {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            read => read.map_err(|error| error.to_string()),
        };
        if last_read.as_ref() == Some(&read) {
            continue;
        }
        let parsed = match &read {
            Ok(bytes) => list::parse(path, bytes),
            Err(error) => Err(list::unreadable(path, error)),
        };
        let is_first = last_read.is_none();
        last_read = Some(read);
        match parsed {
            Ok(list) => {
                let count = list.sources.len();
                if count > 0 || !is_first {
                    tracing::info!(sources = count, "the list of sources was read");
                }
                board.set_faults(Vec::new());
                lists.send_replace(list);
            }
            Err(ListFaults(faults)) => {
                for fault in &faults {
                    tracing::warn!("{fault}");
                }
                tracing::warn!("the list of sources is wrong; the last good list stays");
                board.set_faults(faults);
            }
        }
    }
}

fn log(source: &Source, fetched: &SourceFetch) {
    let name = &source.name;
    match &fetched.outcome {
        Ok(counts) if counts.written + counts.deleted > 0 => {
            tracing::info!(written = counts.written, deleted = counts.deleted, "fetched the source {name}");
        }
        Ok(_) => tracing::debug!("the source {name} has nothing new"),
        Err(failure) => tracing::warn!("the source {name} was not fetched: {}", failure.cause),
    }
}
