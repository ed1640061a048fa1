//! Fetches all sources: each when it is due, politely, and each apart from the others.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use article_format::source_list::{OpmlPlace, Origin, Source, SourceList};
use jiff::Timestamp;
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};
use url::Url;

use crate::schedule::{LastFetch, Waiting, due_after, starts};

/// What one fetch of a source brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFetch {
    /// The numbers, or why there are none.
    pub outcome: Result<FetchCounts, SourceFailure>,
    /// The new address of a feed that moved for good.
    pub moved_to: Option<Box<str>>,
    /// The time before which the server wants no request.
    pub not_before: Option<Timestamp>,
    /// How long the answer stays fresh.
    pub fresh_for: Option<Duration>,
    /// Whether the source is over for good.
    pub is_over: bool,
    /// The feeds of a list of feeds. They are fetched in the place of the list.
    pub feeds: Vec<Source>,
}

/// Why a fetch failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFailure {
    /// For people, without a path of the server.
    pub reason: Box<str>,
    /// For the log, with all causes.
    pub cause: Box<str>,
}

impl SourceFetch {
    /// A success.
    #[must_use]
    pub fn succeeded(counts: FetchCounts) -> Self {
        Self {
            outcome: Ok(counts),
            moved_to: None,
            not_before: None,
            fresh_for: None,
            is_over: false,
            feeds: Vec::new(),
        }
    }

    /// A failure.
    #[must_use]
    pub fn failed(failure: SourceFailure) -> Self {
        Self { outcome: Err(failure), ..Self::succeeded(FetchCounts::default()) }
    }
}

/// The numbers of one successful fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FetchCounts {
    /// New and changed files.
    pub written: usize,
    /// Deleted files: they were too old.
    pub deleted: usize,
    /// All files of the source.
    pub files: usize,
}

/// What is known of a source from an earlier run of the program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remembered {
    /// The last fetch.
    pub last: Option<LastFetch>,
    /// When a fetch last succeeded.
    pub last_success: Option<Timestamp>,
    /// The files of the source.
    pub files: usize,
    /// Why the last fetch failed, and how many have failed since the last success.
    pub failure: Option<(Box<str>, u32)>,
    /// The new address of a feed that moved for good.
    pub moved_to: Option<Box<str>>,
    /// The feeds of a list of feeds.
    pub feeds: Vec<Source>,
}

/// Fetches one source. The runner decides when.
pub trait FetchSource: Send + Sync + 'static {
    /// Fetches the source once. Each failure is in the outcome.
    fn fetch(&self, source: Arc<Source>, keep_days: Option<u32>) -> impl Future<Output = SourceFetch> + Send;

    /// What is known of the source from before. It may read files.
    fn remembered(&self, source: &Source) -> Remembered;
}

/// How a source is, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceStatus {
    /// Its folder.
    pub name: Box<str>,
    /// When a fetch last succeeded.
    pub last_success: Option<Timestamp>,
    /// The files of the source after its last success.
    pub files: usize,
    /// Why the last fetch failed, and how many have failed since the last success.
    pub failure: Option<(Box<str>, u32)>,
    /// The new address of a feed that moved for good.
    pub moved_to: Option<Box<str>>,
    /// Whether the source is over for good.
    pub is_over: bool,
}

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Fetches sources until it is dropped.
pub struct Runner<F> {
    fetch: Arc<F>,
    clock: Clock,
    keep_days: Option<u32>,
    tracked: Vec<Tracked>,
    running: JoinSet<SourceFetch>,
    seeds: RandomState,
}

/// A source and its fetches.
struct Tracked {
    source: Arc<Source>,
    /// The source whose list names this feed.
    listed_by: Option<Box<str>>,
    host: Option<Box<str>>,
    due_at: Timestamp,
    running: Option<AbortHandle>,
    status: SourceStatus,
}

impl Tracked {
    fn new(source: Source, listed_by: Option<Box<str>>, known: &Remembered, due_at: Timestamp) -> Self {
        let status = SourceStatus {
            name: source.name.clone(),
            last_success: known.last_success,
            files: known.files,
            failure: known.failure.clone(),
            moved_to: known.moved_to.clone(),
            is_over: false,
        };
        let host = host(&source.origin);
        Self { source: Arc::new(source), listed_by, host, due_at, running: None, status }
    }

    fn is(&self, source: &Source, listed_by: Option<&str>) -> bool {
        self.listed_by.as_deref() == listed_by
            && self.source.name == source.name
            && self.source.origin == source.origin
    }

    /// Notes the end of a fetch.
    fn note(&mut self, fetched: &SourceFetch, at: Timestamp, seed: u64) {
        self.running = None;
        let failures = match &fetched.outcome {
            Ok(counts) => {
                self.status.last_success = Some(at);
                self.status.files = counts.files;
                self.status.moved_to.clone_from(&fetched.moved_to);
                self.status.failure = None;
                0
            }
            Err(SourceFailure { reason, .. }) => {
                let failures = self.status.failure.as_ref().map_or(0, |(_, failures)| *failures) + 1;
                self.status.failure = Some((reason.clone(), failures));
                failures
            }
        };
        self.status.is_over = fetched.is_over;
        let last = LastFetch { at, failures, not_before: fetched.not_before, fresh_for: fetched.fresh_for };
        self.due_at = due_after(&last, self.source.every, seed);
    }
}

impl<F: FetchSource> Runner<F> {
    /// A runner without sources. To be called inside a tokio runtime.
    #[must_use]
    pub fn new(fetch: F, clock: Clock) -> Self {
        let (fetch, seeds) = (Arc::new(fetch), RandomState::new());
        Self { fetch, clock, keep_days: None, tracked: Vec::new(), running: JoinSet::new(), seeds }
    }

    /// Takes another list of sources. A source with the same name and the same origin keeps its time. A new one is due now.
    /// The fetch of a source that is gone is stopped.
    pub async fn set_list(&mut self, list: SourceList) {
        self.keep_days = list.keep_days;
        let mut before = std::mem::take(&mut self.tracked);
        let lists = self.track(list.sources, None, &mut before).await;
        // The feeds of a list stay while the list stays.
        let (stay, go): (Vec<Tracked>, Vec<Tracked>) = before.into_iter().partition(|old| {
            let lists = |new: &Tracked| old.listed_by.as_ref() == Some(&new.source.name);
            self.tracked.iter().any(lists) && !self.has_name(&old.source.name)
        });
        self.tracked.extend(stay);
        stop(go);
        for (list, feeds) in lists {
            self.track(feeds, Some(&list), &mut Vec::new()).await;
        }
    }

    /// How all sources are, in the order of the list. The feeds of lists come last.
    #[must_use]
    pub fn statuses(&self) -> Vec<SourceStatus> {
        self.tracked.iter().map(|tracked| tracked.status.clone()).collect()
    }

    /// Fetches each source once, also the feeds of lists, as soon as its host is free. `ended` gets each fetch.
    pub async fn run_once(&mut self, mut ended: impl FnMut(&Source, &SourceFetch)) {
        let mut done: HashSet<Box<str>> = HashSet::new();
        loop {
            self.start(Timestamp::MAX, |source| !done.contains(&source.name));
            let Some((source, fetched)) = self.next_end().await else { return };
            self.take_feeds(&source, &fetched).await;
            ended(&source, &fetched);
            done.insert(source.name.clone());
        }
    }

    /// Fetches each source whenever it is due, until nobody can send a list. Each list replaces the one before. `changed`
    /// gets the state of all sources after each list and after each fetch, with the fetch.
    pub async fn run(
        &mut self,
        mut lists: watch::Receiver<SourceList>,
        mut changed: impl FnMut(Vec<SourceStatus>, Option<(&Source, &SourceFetch)>),
    ) {
        lists.mark_changed();
        loop {
            let wake_at = self.start((self.clock)(), |_| true);
            let clock = Arc::clone(&self.clock);
            tokio::select! {
                Some((source, fetched)) = self.next_end() => {
                    self.take_feeds(&source, &fetched).await;
                    changed(self.statuses(), Some((&source, &fetched)));
                }
                () = sleep_until(wake_at, &clock) => {}
                is_changed = lists.changed() => {
                    if is_changed.is_err() {
                        return;
                    }
                    let list = lists.borrow_and_update().clone();
                    self.set_list(list).await;
                    changed(self.statuses(), None);
                }
            }
        }
    }

    fn has_name(&self, name: &str) -> bool {
        self.tracked.iter().any(|tracked| tracked.source.name.eq_ignore_ascii_case(name))
    }

    /// Adds sources, with what is known of them from before. A source whose name another one has is left out. Returns the feeds
    /// of each list that is new here.
    async fn track(
        &mut self,
        sources: Vec<Source>,
        listed_by: Option<&str>,
        before: &mut Vec<Tracked>,
    ) -> Vec<(Box<str>, Vec<Source>)> {
        let mut known = self.remembered(&sources, listed_by, before).await;
        let now = (self.clock)();
        let mut lists = Vec::new();
        for source in sources {
            if self.has_name(&source.name) {
                continue;
            }
            if let Some(at) = before.iter().position(|tracked| tracked.is(&source, listed_by)) {
                self.tracked.push(Tracked { source: Arc::new(source), ..before.swap_remove(at) });
                continue;
            }
            let known = known.remove(&source.name).unwrap_or_default();
            let seed = self.seeds.hash_one(&source.name);
            let due_at = known.last.map_or(now, |last| due_after(&last, source.every, seed));
            let name = source.name.clone();
            self.tracked.push(Tracked::new(source, listed_by.map(Into::into), &known, due_at));
            lists.push((name, known.feeds));
        }
        lists
    }

    /// What is known of the sources that are new here, by their names.
    async fn remembered(
        &self,
        sources: &[Source],
        listed_by: Option<&str>,
        before: &[Tracked],
    ) -> HashMap<Box<str>, Remembered> {
        let is_new = |source: &&Source| !before.iter().any(|tracked| tracked.is(source, listed_by));
        let new: Vec<Source> = sources.iter().filter(is_new).cloned().collect();
        let fetch = Arc::clone(&self.fetch);
        let remember = move || {
            new.into_iter()
                .map(|source| {
                    let known = fetch.remembered(&source);
                    (source.name, known)
                })
                .collect()
        };
        // After a fault of ours, the sources are as new.
        tokio::task::spawn_blocking(remember).await.unwrap_or_default()
    }

    /// Starts what is due and allowed. Returns when the next source is due.
    fn start(&mut self, now: Timestamp, is_wanted: impl Fn(&Source) -> bool) -> Option<Timestamp> {
        let (running, free): (Vec<&mut Tracked>, Vec<&mut Tracked>) =
            self.tracked.iter_mut().partition(|tracked| tracked.running.is_some());
        let mut free: Vec<&mut Tracked> = free
            .into_iter()
            .filter(|tracked| !tracked.status.is_over && is_wanted(&tracked.source))
            .collect();
        let busy: Vec<Option<&str>> = running.iter().map(|tracked| tracked.host.as_deref()).collect();
        let waiting: Vec<Waiting<'_>> = free
            .iter()
            .map(|tracked| Waiting { host: tracked.host.as_deref(), due_at: tracked.due_at })
            .collect();
        let starts = starts(&waiting, &busy, now);
        for index in starts.now {
            let Some(tracked) = free.get_mut(index) else { continue };
            let (fetch, source) = (Arc::clone(&self.fetch), Arc::clone(&tracked.source));
            let keep_days = self.keep_days;
            let task = self.running.spawn(async move { fetch.fetch(source, keep_days).await });
            tracked.running = Some(task);
        }
        starts.wake_at
    }

    /// Waits for the end of a fetch, and notes it. `None` if no fetch runs.
    async fn next_end(&mut self) -> Option<(Arc<Source>, SourceFetch)> {
        loop {
            let (id, fetched) = match self.running.join_next_with_id().await? {
                Ok(ended) => ended,
                Err(error) => (
                    error.id(),
                    SourceFetch::failed(SourceFailure {
                        reason: FAULT.into(),
                        cause: error.to_string().into(),
                    }),
                ),
            };
            // A fetch that was stopped has no source any more.
            let is_of = |tracked: &&mut Tracked| tracked.running.as_ref().is_some_and(|task| task.id() == id);
            if let Some(tracked) = self.tracked.iter_mut().find(is_of) {
                tracked.note(&fetched, (self.clock)(), self.seeds.hash_one(&tracked.source.name));
                return Some((Arc::clone(&tracked.source), fetched));
            }
        }
    }

    /// Follows a list of feeds. A list that failed changes nothing.
    async fn take_feeds(&mut self, list: &Source, fetched: &SourceFetch) {
        if !matches!(list.origin, Origin::Opml { .. }) || fetched.outcome.is_err() {
            return;
        }
        let is_of_list = |tracked: &mut Tracked| tracked.listed_by.as_ref() == Some(&list.name);
        let mut before: Vec<Tracked> = self.tracked.extract_if(.., is_of_list).collect();
        self.track(fetched.feeds.clone(), Some(&list.name), &mut before).await;
        stop(before);
    }
}

/// The reason if a fetch panicked.
const FAULT: &str = "a fault of heatwire ended the fetch; please report this";

fn stop(gone: Vec<Tracked>) {
    gone.into_iter().filter_map(|tracked| tracked.running).for_each(|task| task.abort());
}

/// The server that a fetch asks first.
fn host(origin: &Origin) -> Option<Box<str>> {
    let of_url = |url: &Url| url.host_str().map(|host| host.to_lowercase().into());
    match origin {
        Origin::Feed { address, .. } | Origin::Opml { list: OpmlPlace::Address(address), .. } => {
            of_url(address)
        }
        Origin::Opml { list: OpmlPlace::File(_), .. } => None,
        Origin::Git(repository) => match Url::parse(&repository.address) {
            Ok(url) => of_url(&url),
            // `user@host:path`.
            Err(_) => {
                let host = repository.address.split(':').next()?;
                Some(host.rsplit('@').next()?.to_lowercase().into())
            }
        },
    }
}

/// Sleeps until a time of the clock; without a time, for ever.
pub async fn sleep_until(at: Option<Timestamp>, clock: &Clock) {
    let Some(at) = at else { return std::future::pending().await };
    tokio::time::sleep(Duration::try_from(at.duration_since(clock())).unwrap_or(Duration::ZERO)).await;
}

#[cfg(test)]
mod tests;
