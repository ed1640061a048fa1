//! Fetches a source of any kind, and reports the result in one form.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use article_format::source_list::{Origin, Source};
use jiff::Timestamp;

use crate::feed_source::{FeedSource, ListSource};
use crate::fetch::{FetchError, FetchReport, FetchSettings, fetch};
use crate::git::{self, Git, GitBounds, GitOutcome, GitPlaces};
use crate::http::HttpClient;
use crate::list::{FetchedList, fetch_list, last_list};
use crate::memory::{Progress, progress_of};
use crate::runner::{Clock, FetchCounts, FetchSource, Remembered, SourceFailure, SourceFetch};
use crate::schedule::LastFetch;
use crate::topics::TopicKeywords;

/// Fetches feeds, lists of feeds and git repositories into one folder of articles.
pub struct Fetcher {
    /// Makes the requests.
    pub client: HttpClient,
    /// The program git.
    pub git: Git,
    /// How much a repository may take.
    pub git_bounds: GitBounds,
    /// `ARTICLES_DIR`.
    pub articles: PathBuf,
    /// The folder of the list of sources: relative paths in it begin here.
    pub list_folder: PathBuf,
    /// The keywords of the topic files as they are now.
    pub topics: Box<dyn Fn() -> Arc<TopicKeywords> + Send + Sync>,
    /// Tells the time.
    pub clock: Clock,
}

impl FetchSource for Fetcher {
    async fn fetch(&self, source: Arc<Source>, keep_days: Option<u32>) -> SourceFetch {
        let now = (self.clock)();
        if let Some(feed) = FeedSource::of(&source) {
            return self.fetch_feed(&feed, keep_days, now).await;
        }
        if let Some(list) = ListSource::of(&source, &self.list_folder) {
            return match fetch_list(&self.client, &self.articles, &list, now).await {
                Ok(FetchedList { feeds, progress }) => SourceFetch {
                    feeds: feeds.into_iter().map(source_of).collect(),
                    ..succeeded(FetchCounts::default(), &progress)
                },
                Err(error) => failed(&error),
            };
        }
        self.fetch_repository(&source).await
    }

    fn remembered(&self, source: &Source) -> Remembered {
        if matches!(source.origin, Origin::Git(_)) {
            return Remembered::default();
        }
        let progress = progress_of(&self.articles, &source.name).unwrap_or_default();
        let list = ListSource::of(source, &self.list_folder);
        // A list that cannot be read has no feeds. The fetch that follows says why.
        let feeds = list.and_then(|list| last_list(&self.articles, &list).ok()).unwrap_or_default();
        Remembered {
            last: progress.last_attempt.map(|at| LastFetch {
                at,
                failures: progress.failures,
                not_before: progress.wait_until,
                fresh_for: progress.fresh_for,
            }),
            last_success: progress.last_success,
            files: progress.files,
            failure: progress.last_error.map(|reason| (reason.into(), progress.failures.max(1))),
            moved_to: progress.moved_to.map(|address| address.as_str().into()),
            feeds: feeds.into_iter().map(source_of).collect(),
        }
    }
}

impl Fetcher {
    /// What all fetches of feeds share.
    #[must_use]
    pub fn settings(&self, keep_days: Option<u32>) -> FetchSettings {
        FetchSettings { articles: self.articles.clone(), keep_days, topics: (self.topics)() }
    }

    async fn fetch_feed(&self, feed: &FeedSource, keep_days: Option<u32>, now: Timestamp) -> SourceFetch {
        match fetch(&self.client, &self.settings(keep_days), feed, now).await {
            Ok(FetchReport { counts, progress, .. }) => {
                let written = counts.created + counts.rewritten;
                let counts = FetchCounts { written, deleted: counts.deleted, files: progress.files };
                succeeded(counts, &progress)
            }
            Err(error) => failed(&error),
        }
    }

    async fn fetch_repository(&self, source: &Source) -> SourceFetch {
        let Origin::Git(repository) = &source.origin else {
            return SourceFetch::succeeded(FetchCounts::default());
        };
        let places = GitPlaces::new(&self.articles, &source.name);
        match git::update(&self.git, repository, &places, &self.git_bounds).await {
            Ok(GitOutcome::Unchanged { files }) => {
                SourceFetch::succeeded(FetchCounts { files, ..FetchCounts::default() })
            }
            // How many of the files differ from those before is not known.
            Ok(GitOutcome::Updated { files, .. }) => {
                SourceFetch::succeeded(FetchCounts { written: files, deleted: 0, files })
            }
            Err(error) => {
                SourceFetch::failed(SourceFailure { reason: error.to_string().into(), cause: causes(&error) })
            }
        }
    }
}

fn source_of(feed: FeedSource) -> Source {
    let FeedSource { name, address, rules, every } = feed;
    Source { name, origin: Origin::Feed { address, rules }, every }
}

fn succeeded(counts: FetchCounts, progress: &Progress) -> SourceFetch {
    SourceFetch {
        moved_to: progress.moved_to.as_ref().map(|address| address.as_str().into()),
        not_before: progress.wait_until,
        fresh_for: progress.fresh_for,
        ..SourceFetch::succeeded(counts)
    }
}

fn failed(error: &FetchError) -> SourceFetch {
    let not_before = if let FetchError::Wait(until) = error { Some(*until) } else { None };
    let failure = SourceFailure { reason: error.reason().into(), cause: causes(error) };
    SourceFetch { not_before, is_over: matches!(error, FetchError::Gone), ..SourceFetch::failed(failure) }
}

/// An error with all its causes, for the log.
fn causes(error: &dyn Error) -> Box<str> {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let words = cause.to_string();
        // Some errors repeat their cause.
        if !text.contains(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
        next = cause.source();
    }
    text.into()
}
