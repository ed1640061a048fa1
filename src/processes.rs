//! The processes that share a PostgreSQL database (the contract, "Several processes"): each reports itself, knows the others, and
//! loads the articles when a moderator of another process asks for it.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use article_format::stable_hash64;
use secrecy::{ExposeSecret, SecretString};

use crate::collection::Collection;
use crate::delivery::board::Board;
use crate::delivery::ledger::{IdentifyTurn, Ledger, LedgerError, ProcessReport};
use crate::discord::guild_languages::GuildLanguages;
use crate::ids::GuildId;
use crate::messages::Language;
use crate::reload::Reloads;
use crate::shards::{ShardRange, Shards};

/// How often a process reports itself.
const REPORT_EVERY: Duration = Duration::from_secs(5);

/// How long a process waits for its turn to begin sessions.
const TURN_MAX: Duration = Duration::from_secs(300);

/// The processes that share the database. Clones share one state.
#[derive(Clone)]
pub struct Processes(Arc<Shared>);

struct Shared {
    ledger: Ledger,
    /// `DATABASE_URL`.
    database_url: SecretString,
    id: i64,
    shards: ShardRange,
    latest: Mutex<Vec<ProcessReport>>,
    /// How often moderators of any process have asked for a load, as far as this process has followed.
    loads: AtomicI64,
}

impl Processes {
    /// `ledger` is the database, opened beside the other processes.
    #[must_use]
    pub fn new(ledger: Ledger, database_url: SecretString, shards: ShardRange) -> Self {
        // Two processes get the same number only by the rarest chance, and would share a row then.
        let seed = format!("{} {:?}", std::process::id(), std::time::SystemTime::now());
        let id = stable_hash64(&seed).cast_signed();
        let latest = Mutex::default();
        Self(Arc::new(Shared { ledger, database_url, id, shards, latest, loads: AtomicI64::new(-1) }))
    }

    /// Waits until no other process begins sessions in the buckets of this process's shards. If the database is not available, the
    /// process does not wait.
    pub(crate) async fn turn_to_identify(&self, max_concurrency: u32) -> Option<IdentifyTurn> {
        let buckets = self.0.shards.buckets(max_concurrency);
        let turn = IdentifyTurn::wait(self.0.database_url.expose_secret(), &buckets);
        match tokio::time::timeout(TURN_MAX, turn).await {
            Ok(Ok(turn)) => Some(turn),
            Ok(Err(error)) => {
                tracing::warn!(cause = %error, "this process begins its sessions without waiting for the others");
                None
            }
            Err(_elapsed) => {
                tracing::warn!(
                    "another process begins its sessions for very long; this process waits no longer"
                );
                None
            }
        }
    }

    /// The processes that reported themselves lately, this one included.
    #[must_use]
    pub fn latest(&self) -> Vec<ProcessReport> {
        self.0.latest.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks the other processes for a load. If the database is not available, the log says so.
    pub async fn ask_others_to_load(&self) {
        match self.0.ledger.ask_for_loads().await {
            // This process has just loaded.
            Ok(count) => self.0.loads.store(count, Ordering::Release),
            Err(error) => {
                tracing::warn!(cause = %error, "the other processes were not asked to load the articles");
            }
        }
    }

    /// Reports this process, and follows the others, until the future is dropped.
    pub(crate) async fn keep(&self, board: &Board, reloads: &Reloads, languages: &GuildLanguages) {
        let mut turns = tokio::time::interval(REPORT_EVERY);
        let (mut known, mut is_ill) = (None::<(Arc<Collection>, u64)>, false);
        let mut reported = Vec::new();
        loop {
            turns.tick().await;
            let collection = reloads.collection();
            let hash = match &known {
                Some((of, hash)) if Arc::ptr_eq(of, &collection) => *hash,
                _ => hash_of(&collection).await,
            };
            known = Some((Arc::clone(&collection), hash));
            let own = ProcessReport {
                id: self.0.id,
                shards: self.0.shards.to_string(),
                articles: collection.articles().len(),
                collection: hash,
                delivers: board.delivers(),
            };
            match self.report(&own, &mut reported, languages).await {
                Ok((processes, loads)) => {
                    is_ill = false;
                    self.follow(processes, loads, hash, board, reloads);
                }
                // The service logs the same trouble for each command.
                Err(error) if !is_ill => {
                    is_ill = true;
                    tracing::warn!(cause = %error, "this process cannot report itself to the others");
                }
                Err(_) => {}
            }
        }
    }

    async fn report(
        &self,
        own: &ProcessReport,
        reported: &mut Vec<(GuildId, Language)>,
        languages: &GuildLanguages,
    ) -> Result<(Vec<ProcessReport>, i64), LedgerError> {
        let of_own = languages.own();
        let all = self.0.ledger.report_languages(reported, &of_own).await?;
        languages.set_elsewhere(Shards::Own(self.0.shards), all);
        *reported = of_own;
        self.0.ledger.report_process(own).await
    }

    fn follow(&self, processes: Vec<ProcessReport>, loads: i64, hash: u64, board: &Board, reloads: &Reloads) {
        board.set_collections_differ(processes.iter().any(|process| process.collection != hash));
        *self.0.latest.lock().unwrap_or_else(PoisonError::into_inner) = processes;
        let before = self.0.loads.swap(loads, Ordering::AcqRel);
        if before >= 0 && loads > before {
            // Loading ends only when the bot stops.
            let _is_loading = reloads.nudge();
        }
    }

    /// Tells the others that this process ends. Its row goes by itself, too.
    pub async fn leave(&self) {
        let _goes_by_itself = self.0.ledger.forget_process(self.0.id).await;
    }
}

impl fmt::Debug for Processes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Processes").field("shards", &self.0.shards).finish_non_exhaustive()
    }
}

/// A hash of all articles, whatever their order is. A blocking task computes it, because that takes a while.
async fn hash_of(collection: &Arc<Collection>) -> u64 {
    let collection = Arc::clone(collection);
    let hash = tokio::task::spawn_blocking(move || {
        let hashes = collection.articles().iter().map(|article| {
            let shown = article.may_be_shown();
            let link = article.usable_link().unwrap_or_default();
            let text = format!("{} {shown} {} {link} {}", article.id.as_str(), article.heat, article.title);
            stable_hash64(&text)
        });
        hashes.fold(0_u64, u64::wrapping_add)
    });
    // A panic there would be a bug, and the collections would seem to differ.
    hash.await.unwrap_or(0)
}
