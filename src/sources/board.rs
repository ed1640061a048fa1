//! How the sources are now, for whoever asks.

use std::sync::Arc;

use arc_swap::ArcSwap;
use article_sources::runner::SourceStatus;

/// How the sources are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SourcesReport {
    /// What is wrong with the list of sources. The sources are then those of the last good list.
    pub(crate) faults: Arc<[String]>,
    /// The sources, in the order of the list.
    pub(crate) sources: Arc<[SourceStatus]>,
}

/// The last report. Readers never wait.
#[derive(Debug, Default)]
pub(crate) struct SourceBoard(ArcSwap<SourcesReport>);

impl SourceBoard {
    /// How the sources are now.
    pub(crate) fn report(&self) -> Arc<SourcesReport> {
        self.0.load_full()
    }

    pub(crate) fn set_faults(&self, faults: Vec<String>) {
        let faults: Arc<[String]> = faults.into();
        self.0.rcu(|report| SourcesReport { faults: Arc::clone(&faults), ..SourcesReport::clone(report) });
    }

    pub(crate) fn set_sources(&self, sources: Vec<SourceStatus>) {
        let sources: Arc<[SourceStatus]> = sources.into();
        self.0.rcu(|report| SourcesReport { sources: Arc::clone(&sources), ..SourcesReport::clone(report) });
    }
}
