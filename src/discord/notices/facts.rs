//! The troubles of a guild: the same facts as in `/feed list` and `/status`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Weak};
use std::time::Duration;

use article_format::problem::Problem;
use article_format::stable_hash64;
use article_sources::runner::SourceStatus;
use jiff::{SignedDuration, Timestamp};

use crate::collection::Collection;
use crate::delivery::desk::{Desk, DeskError};
use crate::delivery::record::{DeliveryDetails, DeliveryState};
use crate::discord::state::State;
use crate::feed::pause::PauseReason;
use crate::feed::{Feed, FeedId, FeedStatus};
use crate::ids::GuildId;
use crate::notices::{Facts, Kind, Subject, Told};
use crate::sources::SourcesReport;

/// The most seconds that the answers about one guild may take. The next look asks again.
const ANSWERS_SECONDS_MAX: u64 = 60;
/// The most problems of files, and the most failing sources, of which a notice tells. Further ones wait until others are over.
const PROBLEMS_MAX: usize = 200;
const SOURCES_MAX: usize = 50;
/// The desk lists this many failed deliveries, and this many of unknown outcome.
const OPEN_MAX: usize = 25;
/// A source fails for so long before a notice tells of it.
const SOURCE_FAILS_FOR: SignedDuration = SignedDuration::from_hours(24);

/// The troubles of a guild, and what the words need.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) facts: Facts,
    pub(crate) feeds: Vec<Feed>,
    pub(crate) open: Vec<DeliveryDetails>,
    /// How many withdrawals of each feed wait for a decision.
    pub(crate) withheld: BTreeMap<FeedId, usize>,
    pub(crate) collection: Arc<Collection>,
    pub(crate) sources: Arc<SourcesReport>,
}

/// What the last look at a guild saw.
#[derive(Debug)]
pub(crate) struct LastLook {
    troubles: BTreeSet<Subject>,
    withheld: BTreeMap<FeedId, usize>,
    collection: Weak<Collection>,
}

impl LastLook {
    /// After this look.
    pub(crate) fn of(scene: &Scene) -> Self {
        Self {
            troubles: scene.facts.troubles.keys().copied().collect(),
            withheld: scene.withheld.clone(),
            collection: Arc::downgrade(&scene.collection),
        }
    }
}

/// Asks for the troubles of a guild. `None` while the desk cannot answer.
pub(crate) async fn gather(
    state: &State,
    guild: GuildId,
    told: &Told,
    last: Option<&LastLook>,
) -> Option<Scene> {
    let desk = state.desk()?;
    let (collection, sources) = (state.collection(), state.sources().report());
    // Only a plan knows the withdrawals, and a plan looks at all articles. A change of the collection alone adds some.
    let is_same = last.is_some_and(|last| Weak::ptr_eq(&last.collection, &Arc::downgrade(&collection)));
    let may_withhold =
        !is_same || last.is_some_and(|last| !last.withheld.is_empty()) || told.has(Kind::Withdrawals);
    let wait = Duration::from_secs(ANSWERS_SECONDS_MAX);
    let asked = tokio::time::timeout(wait, ask(desk, guild, may_withhold));
    let (feeds, open, withheld) = asked.await.ok()?.ok()?;
    let mut facts =
        Facts { unsettled: told.unsettled_since(last.map(|last| &last.troubles)), ..Facts::default() };
    feeds.iter().for_each(|feed| add_feed(&mut facts, feed));
    // A folder that is being copied may look as if files were gone, so only the second look in a row counts.
    let seen_twice = withheld.keys().filter(|feed| last.is_some_and(|last| last.withheld.contains_key(feed)));
    facts.troubles.extend(seen_twice.map(|feed| (Subject::withdrawals(*feed), 0)));
    add_deliveries(&mut facts, &open);
    if state.operator_guilds().has(guild) {
        add_problems(&mut facts, collection.problems());
        add_sources(&mut facts, &sources.sources, state.started_at(), state.now());
        add_source_list(&mut facts, &sources);
    } else {
        // What was told while the guild was the operator's is no longer its business, and not over.
        facts.partial.extend([Kind::Problem, Kind::Source, Kind::SourceList]);
    }
    Some(Scene { facts, feeds, open, withheld, collection, sources })
}

type Answers = (Vec<Feed>, Vec<DeliveryDetails>, BTreeMap<FeedId, usize>);

async fn ask(desk: &Desk, guild: GuildId, may_withhold: bool) -> Result<Answers, DeskError> {
    let feeds = desk.list(guild).await?;
    if feeds.is_empty() {
        return Ok(Answers::default());
    }
    let open = desk.open(guild).await?;
    let mut withheld = BTreeMap::new();
    if may_withhold {
        let reports = desk.feeds(guild).await?.into_iter().filter(|report| report.withheld > 0);
        withheld.extend(reports.map(|report| (report.feed.id, report.withheld)));
    }
    Ok((feeds, open, withheld))
}

fn add_feed(facts: &mut Facts, feed: &Feed) {
    let subject = Subject::feed(feed.id);
    match &feed.status {
        FeedStatus::Active => drop(facts.well.insert(subject)),
        FeedStatus::PausedByModerator => drop(facts.troubles.insert(subject, 1)),
        FeedStatus::ForeignChannel => drop(facts.troubles.insert(subject, 2)),
        FeedStatus::Paused(reason) | FeedStatus::PausedByBoth(reason) => {
            facts.troubles.insert(subject, number_of(reason));
        }
        // Nobody there reads notices.
        FeedStatus::Left { .. } => {}
    }
}

/// The same number in every process and version. A reason of another version has its text.
fn number_of(reason: &PauseReason) -> u64 {
    match reason {
        PauseReason::Unknown(text) => stable_hash64(text),
        known => stable_hash64(&serde_json::to_string(known).unwrap_or_default()),
    }
}

fn add_deliveries(facts: &mut Facts, open: &[DeliveryDetails]) {
    for details in open {
        // A delivery that was sent again and failed again is another trouble.
        let since = details.since.as_millisecond().cast_unsigned();
        facts.troubles.insert(Subject::delivery(details.id), since);
    }
    let is_full = |state| open.iter().filter(|details| details.state == state).count() >= OPEN_MAX;
    if is_full(DeliveryState::Failed) || is_full(DeliveryState::Unknown) {
        facts.partial.insert(Kind::Delivery);
    }
}

fn add_problems(facts: &mut Facts, problems: &[Problem]) {
    facts.troubles.extend(problems.iter().take(PROBLEMS_MAX).map(|problem| (of_problem(problem), 0)));
    if problems.len() > PROBLEMS_MAX {
        facts.partial.insert(Kind::Problem);
    }
}

fn add_sources(facts: &mut Facts, sources: &[SourceStatus], started_at: Timestamp, now: Timestamp) {
    // When a source failed first is not known. A source that never succeeded counts from the start of the bot.
    let fails_long = |source: &&SourceStatus| {
        let since = source.last_success.unwrap_or(started_at);
        source.failure.is_some() && now.duration_since(since) >= SOURCE_FAILS_FOR
    };
    let failing: BTreeSet<Subject> =
        sources.iter().filter(fails_long).map(|source| of_source(&source.name)).collect();
    if failing.len() > SOURCES_MAX {
        facts.partial.insert(Kind::Source);
    }
    facts.troubles.extend(failing.into_iter().take(SOURCES_MAX).map(|subject| (subject, 0)));
    let well = sources.iter().filter(|source| source.failure.is_none());
    facts.well.extend(well.map(|source| of_source(&source.name)));
}

/// A list with other faults than before is another trouble. A process that fetches nothing knows no list, so it says of none that it is
/// well.
fn add_source_list(facts: &mut Facts, report: &SourcesReport) {
    if !report.faults.is_empty() {
        facts.troubles.insert(Subject::source_list(), stable_hash64(&report.faults.join("\n")));
    } else if !report.sources.is_empty() {
        facts.well.insert(Subject::source_list());
    }
}

/// A problem of a file. Its line is left out: other changes of the file move it.
pub(super) fn of_problem(problem: &Problem) -> Subject {
    let number = stable_hash64(&[&*problem.path, &*problem.cause].join("\n"));
    Subject { kind: Kind::Problem, number }
}

/// A source.
pub(super) fn of_source(name: &str) -> Subject {
    Subject { kind: Kind::Source, number: stable_hash64(name) }
}
