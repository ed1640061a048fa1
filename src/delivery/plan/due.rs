//! Due stories: the rules accept the story, and the channel has no delivery of it.

use std::collections::HashSet;

use jiff::Timestamp;

use super::{Forecast, Input, Plan};
use crate::article_key::ArticleKey;
use crate::card::text;
use crate::collection::Position;
use crate::delivery::change::{Change, FeedChange};
use crate::delivery::identity::Identity;
use crate::delivery::record::{Delivery, DeliveryId, DeliveryState, NewDelivery};
use crate::delivery::snapshot::Snapshot;
use crate::feed::pacing::Digest;
use crate::feed::{AppliedRules, Feed, FeedSettings, FeedStatus, PendingWork};

/// The title in the ledger only has to be recognised.
const TITLE_CHARACTERS_MAX: usize = 100;

/// The stories that a feed's rules accept, hottest first, each story once, with its delivery in this channel.
fn let_through<'a>(
    input: &Input<'a>,
    feed: &Feed,
    settings: &'a FeedSettings,
) -> impl Iterator<Item = (Position, Option<&'a Delivery>)> {
    let applied = input.rules_of(feed, settings);
    let passing = input.candidates.iter().copied().filter(|&at| applied.passes(at, input.now));
    each_story_once(input, passing.collect())
}

/// The first position of each story, with its delivery in this channel.
fn each_story_once<'a>(
    input: &Input<'a>,
    passing: Vec<Position>,
) -> impl Iterator<Item = (Position, Option<&'a Delivery>)> {
    let Input { snapshot, rows, .. } = *input;
    let mut seen = HashSet::new();
    passing.into_iter().filter_map(move |position| {
        let is_first = seen.insert(snapshot.collection().stories().story_of(position));
        is_first.then(|| (position, rows.known_as(snapshot, identities(snapshot, position))))
    })
}

fn identities(snapshot: &Snapshot, position: Position) -> impl Iterator<Item = &Identity> {
    snapshot.members(position).filter_map(|member| snapshot.identity(member))
}

/// The positions among these of the articles that may be due for one of the feeds, now or since their last check.
#[must_use]
pub fn candidates<'a>(
    snapshot: &'a Snapshot,
    feeds: &[&'a Feed],
    positions: &[Position],
    now: Timestamp,
) -> Vec<Position> {
    let applied = |feed: &'a Feed| {
        let applied = feed.settings.rules.applied_to(snapshot.collection());
        // Digests since then are in the channel's rows only.
        applied.with_age_at(feed.age_at(feed.digested_at, now))
    };
    among(snapshot, feeds, positions, now, applied)
}

fn among<'a>(
    snapshot: &Snapshot,
    feeds: &[&'a Feed],
    positions: &[Position],
    now: Timestamp,
    applied: impl Fn(&'a Feed) -> AppliedRules<'a>,
) -> Vec<Position> {
    let collection = snapshot.collection();
    let feeds = feeds.iter().map(|feed| {
        // Articles from before this time were too old at the last check already. Most articles are, so this test comes first.
        let from = feed.checked_at.min(feed.age_at(feed.digested_at, now)).min(now);
        (*feed, applied(feed), feed.settings.rules.new_since(from))
    });
    let feeds: Vec<_> = feeds.collect();
    let may_be_due = |at: &Position| {
        feeds.iter().any(|(feed, applied, since)| {
            if since.is_some_and(|since| !collection.dates().is_published_since(*at, since)) {
                return false;
            }
            let passes = match feed.pending_backfill {
                Some(_) => applied.passes_on_request(*at, now),
                None => applied.passes(*at, now),
            };
            passes || applied.is_outgrown(*at, feed.checked_at, now)
        })
    };
    positions.iter().copied().filter(may_be_due).collect()
}

/// The candidates that may still be due: no delivery of their stories exists.
pub(super) fn undecided<'a>(input: &Input<'a>) -> Vec<Position> {
    let applied = |feed: &'a Feed| input.rules_of(feed, &feed.settings);
    let mut undecided = among(input.snapshot, input.feeds, input.candidates, input.now, applied);
    undecided.retain(|&at| input.rows.known_as(input.snapshot, identities(input.snapshot, at)).is_none());
    undecided
}

/// Begins feeds. The stories that were published before a feed was created become baseline, except the
/// hottest. While articles arrive, the same holds for them, because the folder may be half copied. A story
/// that was published after the feed was created is new, whenever its file arrives.
pub(super) fn begin(input: &Input<'_>, plan: &mut Plan) {
    let unsettled_until = input.loaded.unsettled_until(input.now);
    let beginning = |feed: &&&Feed| {
        feed.pending_backfill.is_some() && input.has_begun(feed) && !feed.status.is_unreadable()
    };
    // Feeds begin one after the other. The baseline of the first feed has rows when the next feed begins.
    for feed in input.feeds.iter().filter(beginning) {
        let known = known_before(input, feed);
        let until = match unsettled_until {
            Some(until) if known.is_empty() => until,
            _ => {
                let is_all = unsettled_until.is_none() && requested(input, feed).is_empty();
                // A feed that still has to post its backfill has not begun completely, and nothing is to be
                // written.
                if is_all || !known.is_empty() {
                    return plan.changes.extend(begun(input, feed, known, is_all));
                }
                continue;
            }
        };
        plan.wake_at(until);
        // Without a watcher, only another load notices further articles.
        plan.wants_load = input.loaded.at <= input.loaded.arrived_at;
    }
}

/// The changes of a feed that begins. `is_all` says whether the baseline is complete. Otherwise more articles may
/// arrive.
fn begun(input: &Input<'_>, feed: &Feed, known: Vec<NewDelivery>, is_all: bool) -> Vec<Change> {
    let mut changes = vec![FeedChange::Checked(input.now).of(feed.id)];
    changes.extend(is_all.then(|| FeedChange::Begun.of(feed.id)));
    changes.extend(recorded(input, DeliveryState::Baseline, known));
    changes
}

/// The change that gives stories without a post their deliveries; `None` without stories.
fn recorded(input: &Input<'_>, state: DeliveryState, deliveries: Vec<NewDelivery>) -> Option<Change> {
    (!deliveries.is_empty()).then_some(Change::Record { state, deliveries, at: input.now })
}

/// The baseline of a feed that begins. An article that is not announced is not due and needs no row. It
/// becomes due when its file announces it.
fn known_before(input: &Input<'_>, feed: &Feed) -> Vec<NewDelivery> {
    let stories = input.snapshot.collection().stories();
    let mut taken = due_elsewhere(input, feed);
    taken.extend(backfill(input, feed).into_iter().map(|position| stories.story_of(position)));
    let due = let_through(input, feed, &feed.settings).filter(|(_, row)| row.is_none());
    let due = due.map(|(position, _)| position);
    let old = due.filter(|position| came_out_before(input, *position, feed.created_at));
    let known = old.filter(|position| !taken.contains(&stories.story_of(*position)));
    known.map(|position| new_delivery(input, feed, position)).collect()
}

/// The backfill that a feed still has to post, hottest first. A moderator asked for it, so articles that are
/// not announced count.
fn backfill(input: &Input<'_>, feed: &Feed) -> Vec<Position> {
    let collection = input.snapshot.collection();
    let elsewhere = due_elsewhere(input, feed);
    let is_old = |position: Position| came_out_before(input, position, feed.created_at);
    let posted = input.rows.all().filter(|row| row.feed == feed.id && row.state != DeliveryState::Baseline);
    let posted = posted.filter(|row| input.snapshot.position(row.article).is_none_or(is_old)).count();
    let backfill = usize::from(feed.pending_backfill.unwrap_or(0)).saturating_sub(posted);
    if backfill == 0 {
        return Vec::new();
    }
    let applied = input.rules_of(feed, &feed.settings);
    let on_request = input.candidates.iter().copied().filter(|&at| applied.passes_on_request(at, input.now));
    let due = each_story_once(input, on_request.collect()).filter(|(_, row)| row.is_none());
    let due = due.map(|(position, _)| position).filter(|position| is_old(*position));
    let due = due.filter(|position| !elsewhere.contains(&collection.stories().story_of(*position)));
    due.take(backfill).collect()
}

/// The part of the backfill whose articles are all not announced. No rule makes these stories due.
fn requested(input: &Input<'_>, feed: &Feed) -> Vec<Position> {
    let backfill = backfill(input, feed);
    if backfill.is_empty() {
        return backfill;
    }
    let stories = input.snapshot.collection().stories();
    let due = let_through(input, feed, &feed.settings).map(|(position, _)| stories.story_of(position));
    let due: HashSet<Position> = due.collect();
    backfill.into_iter().filter(|position| !due.contains(&stories.story_of(*position))).collect()
}

/// The stories that other feeds of the channel have to post. A baseline row would take the stories away from
/// those feeds.
fn due_elsewhere(input: &Input<'_>, but: &Feed) -> HashSet<Position> {
    let stories = input.snapshot.collection().stories();
    // Of several feeds that begin, a later feed leaves stories to an earlier one.
    let has_to_post =
        |feed: &&&Feed| feed.pending_backfill.is_none() || (input.has_begun(feed) && feed.id < but.id);
    let others = input.feeds.iter().filter(|feed| feed.id != but.id).filter(has_to_post);
    let due = others.flat_map(|feed| {
        let due = let_through(input, feed, &feed.settings).filter(|(_, row)| row.is_none());
        let due = due.map(|(position, _)| position);
        due.filter(|at| feed.status == FeedStatus::Active || is_left_to(input, feed, but, *at))
    });
    due.map(|position| stories.story_of(position)).collect()
}

/// The baseline of a change of a feed's settings: the stories that become due by the change, except the hottest
/// `backfill`.
pub(super) fn newly_let_in(
    input: &Input<'_>,
    feed: &Feed,
    settings: &FeedSettings,
    backfill: u8,
) -> Option<Change> {
    let stories = input.snapshot.collection().stories();
    let mut due_before = due_elsewhere(input, feed);
    let due = let_through(input, feed, &feed.settings).filter(|(_, row)| row.is_none());
    due_before.extend(due.map(|(position, _)| stories.story_of(position)));
    let due = let_through(input, feed, settings).filter(|(_, row)| row.is_none());
    let new = due.filter(|(position, _)| !due_before.contains(&stories.story_of(*position)));
    let known = new.skip(usize::from(backfill)).map(|(position, _)| new_delivery(input, feed, position));
    recorded(input, DeliveryState::Baseline, known.collect())
}

/// Settles edits of feeds: the stories that become due by an edit become baseline, except the hottest. A feed that has not begun
/// makes its baseline when it begins.
pub(super) fn settle_edits(input: &Input<'_>, plan: &mut Plan) {
    for feed in input.feeds {
        let Some(PendingWork::Edited { rules, backfill }) = &feed.pending else { continue };
        if input.has_begun(feed) {
            let settings = FeedSettings { rules: rules.clone(), ..feed.settings.clone() };
            let before = Feed { settings, ..(*feed).clone() };
            plan.changes.extend(newly_let_in(input, &before, &feed.settings, *backfill));
        }
        plan.changes.push(FeedChange::Settled.of(feed.id));
        plan.changes.push(FeedChange::Checked(input.now).of(feed.id));
        // The next plan sees this baseline.
        return;
    }
}

/// The stories that a removed feed leaves behind: other feeds accept them, but the stories are older than
/// those feeds and waited for the removed one. They become baseline.
#[must_use]
pub fn left_behind(input: &Input<'_>, removed: &Feed) -> Option<Change> {
    let stories = input.snapshot.collection().stories();
    let due = |feed: &Feed| {
        let due = let_through(input, feed, &feed.settings).filter(|(_, row)| row.is_none());
        due.map(|(position, _)| position).collect::<Vec<_>>()
    };
    let had: HashSet<Position> = due(removed).into_iter().map(|at| stories.story_of(at)).collect();
    let (mut taken, mut known) = (HashSet::new(), Vec::new());
    let others = input.feeds.iter().filter(|feed| feed.id != removed.id && input.has_begun(feed));
    for feed in others {
        let new = due(feed).into_iter().filter(|&at| {
            let story = stories.story_of(at);
            had.contains(&story) && taken.insert(story) && is_left_to(input, removed, feed, at)
        });
        known.extend(new.map(|at| new_delivery(input, feed, at)));
    }
    recorded(input, DeliveryState::Baseline, known)
}

/// Separates the channel's own feeds from a feed of another guild. A feed that begins makes its own baseline. A feed
/// that has begun left stories to the foreign feed, and must not post them now.
#[must_use]
pub fn separated(input: &Input<'_>, foreign: &Feed) -> Option<Change> {
    let begun = input.feeds.iter().copied().filter(|feed| feed.pending_backfill.is_none());
    let begun: Vec<&Feed> = begun.collect();
    if begun.is_empty() {
        return Some(Change::ForgetUnposted(foreign.id));
    }
    left_behind(&Input { feeds: &begun, ..*input }, foreign)
}

/// The stories that become baseline in this plan.
fn taken_as_known(input: &Input<'_>, plan: &Plan) -> HashSet<Position> {
    let known = plan.changes.iter().filter_map(|change| match change {
        Change::Record { deliveries, .. } => Some(deliveries),
        _ => None,
    });
    let positions = known.flatten().filter_map(|new| input.snapshot.position(new.article));
    positions.map(|position| input.snapshot.collection().stories().story_of(position)).collect()
}

/// Checks all articles for each feed: which stories are due, which have outgrown the age limit, which
/// deliveries have further identities.
pub(super) fn check_articles(input: &Input<'_>, plan: &mut Plan) {
    let (mut taken, mut widened) = (taken_as_known(input, plan), HashSet::new());
    for feed in input.feeds {
        let mut due = Vec::new();
        if input.has_begun(feed) {
            for (position, row) in let_through(input, feed, &feed.settings) {
                match row {
                    Some(delivery) => {
                        if widened.insert(delivery.id) {
                            plan.changes.extend(wider(input, delivery, position));
                        }
                    }
                    None => due.push(position),
                }
            }
            if feed.pending_backfill.is_some() {
                due.extend(requested(input, feed));
                due.sort_unstable();
            }
        }
        plan.forecasts.push(Forecast { feed: feed.id, due, wait: None, withheld: Vec::new() });
    }
    let is_begun = |feed: &&Feed| feed.pending_backfill.is_none() && !feed.status.is_unreadable();
    let begun = input.feeds.iter().copied().filter(is_begun);
    let outgrown: Vec<(&Feed, Vec<Position>)> = begun.map(|feed| (feed, outgrown(input, feed))).collect();
    leave_each_to_one(input, &mut plan.forecasts, &outgrown, &mut taken);
    for (feed, outgrown) in outgrown {
        let expired = expired(input, feed, outgrown, &mut taken);
        if !expired.is_empty() {
            plan.changes.push(FeedChange::Checked(input.now).of(feed.id));
            plan.changes.extend(recorded(input, DeliveryState::Expired, expired));
        }
    }
}

/// Leaves each story to one feed. Of several active feeds, the feed with the lowest number posts a story. A
/// paused feed keeps the stories that no other feed accepts, and the stories that waited for it when the
/// other feed was created ([`is_left_to`]). A story that outgrows the paused feed's age limit expires,
/// whatever the other feed's limit is.
fn leave_each_to_one(
    input: &Input<'_>,
    forecasts: &mut [Forecast],
    outgrown: &[(&Feed, Vec<Position>)],
    taken: &mut HashSet<Position>,
) {
    let stories = input.snapshot.collection().stories();
    let of_stories = |positions: &[Position]| positions.iter().map(|&at| stories.story_of(at)).collect();
    let outgrown = outgrown.iter().filter(|(_, positions)| !positions.is_empty());
    let mut waiting: Vec<(&Feed, HashSet<Position>)> =
        outgrown.map(|(feed, positions)| (*feed, of_stories(positions))).collect();
    let is_left = |waiting: &[(&Feed, HashSet<Position>)], feed: &Feed, at: Position| {
        let story = stories.story_of(at);
        waiting.iter().any(|(other, has)| has.contains(&story) && is_left_to(input, other, feed, at))
    };
    for (feed, forecast) in input.feeds.iter().zip(&mut *forecasts) {
        if feed.status == FeedStatus::Active {
            forecast.due.retain(|&at| !is_left(&waiting, feed, at) && taken.insert(stories.story_of(at)));
        } else {
            waiting.push((feed, of_stories(&forecast.due)));
        }
    }
    let do_not_post = input.feeds.iter().zip(forecasts).filter(|(feed, _)| feed.status != FeedStatus::Active);
    for (feed, forecast) in do_not_post {
        forecast.due.retain(|&at| !is_left(&waiting, feed, at) && taken.insert(stories.story_of(at)));
    }
}

/// Whether `feed` leaves a story to `other`, which accepts it too and does not post now. It does so for
/// stories that were published before `feed` was created. Otherwise `feed` would begin with all stories that
/// wait for `other`.
fn is_left_to(input: &Input<'_>, other: &Feed, feed: &Feed, position: Position) -> bool {
    other.id < feed.id && came_out_before(input, position, feed.created_at)
}

/// Whether the article was published before this time, or has no date.
fn came_out_before(input: &Input<'_>, position: Position, at: Timestamp) -> bool {
    let article = input.snapshot.collection().article(position);
    article.and_then(|article| article.published_at).is_none_or(|published_at| published_at < at)
}

/// The change that adds the identities of a story, if the delivery lacks one of them and has room for it.
fn wider(input: &Input<'_>, delivery: &Delivery, position: Position) -> Option<Change> {
    let is_known = |identity: &Identity| {
        identity.hashes.iter().all(|hash| delivery.hashes.binary_search(hash).is_ok())
            && identity.title.is_none_or(|title| delivery.titles.binary_search(&title).is_ok())
    };
    if identities(input.snapshot, position).all(is_known) {
        return None;
    }
    let all: Vec<Identity> = identities(input.snapshot, position).cloned().collect();
    let mut widened = delivery.clone();
    widened.widen(&all).then_some(Change::Widen {
        delivery: delivery.id,
        hashes: widened.hashes,
        titles: widened.titles,
    })
}

/// Articles that were new at the feed's last check and are too old now. They have no delivery.
fn outgrown(input: &Input<'_>, feed: &Feed) -> Vec<Position> {
    let applied = input.rules_of(feed, &feed.settings);
    let from = match feed.settings.pacing.digest {
        Digest::Off => feed.checked_at,
        // What was new until the last digest, and had no place in it, is outgrown at the first check after the digest.
        _ => {
            let [before, last] = input.last_digests(feed);
            if feed.checked_at < last { before } else { last }
        }
    };
    let outgrown = input.candidates.iter().copied();
    let outgrown = outgrown.filter(|&at| applied.is_outgrown(at, from, input.now));
    outgrown
        .filter(|&at| input.rows.known_as(input.snapshot, identities(input.snapshot, at)).is_none())
        .collect()
}

/// The expired stories of a feed. `taken` has the stories that another article or another feed of the channel
/// still reports in time, and those that expired in another feed.
fn expired(
    input: &Input<'_>,
    feed: &Feed,
    outgrown: Vec<Position>,
    taken: &mut HashSet<Position>,
) -> Vec<NewDelivery> {
    let stories = input.snapshot.collection().stories();
    let outgrown = outgrown.into_iter().filter(|&at| taken.insert(stories.story_of(at)));
    outgrown.map(|at| new_delivery(input, feed, at)).collect()
}

/// The row of a story that has none yet.
pub(super) fn new_delivery(input: &Input<'_>, feed: &Feed, position: Position) -> NewDelivery {
    let article = input.snapshot.collection().article(position);
    let id = article.map_or("", |article| article.id.as_str());
    NewDelivery {
        id: DeliveryId(0),
        feed: feed.id,
        article_id: id.into(),
        article: ArticleKey::of(id),
        title: text::plain(article.map_or("", |article| &article.title), TITLE_CHARACTERS_MAX).into(),
        identity: identities(input.snapshot, position).cloned().collect(),
    }
}
