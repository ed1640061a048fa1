//! Which stories are due: no rule holds them back, and the ledger has no row for them in this channel.

use std::collections::HashSet;

use jiff::Timestamp;

use super::{Entry, Input, Outlook, Plan};
use crate::card::text;
use crate::delivery::identity::Identity;
use crate::delivery::record::{Delivery, DeliveryId, DeliveryState, NewDelivery};
use crate::feed::{Feed, FeedSettings, FeedStatus};

/// A title in the ledger is there to be recognised.
const TITLE_CHARACTERS_MAX: usize = 100;

/// What a feed's rules let through, hottest first, each story once, with the row that it has.
fn let_through<'a>(
    input: &Input<'a>,
    settings: &'a FeedSettings,
) -> impl Iterator<Item = (usize, Option<&'a Delivery>)> {
    let passing = settings.rules.applied_to(input.snapshot.collection()).passing(input.now);
    each_story_once(input, passing)
}

/// The first position of each story, with the row that it has.
fn each_story_once<'a>(
    input: &Input<'a>,
    passing: Vec<usize>,
) -> impl Iterator<Item = (usize, Option<&'a Delivery>)> {
    let Input { snapshot, book, .. } = *input;
    let mut seen = HashSet::new();
    passing.into_iter().filter_map(move |position| {
        let is_first = seen.insert(snapshot.collection().stories().story_of(position));
        is_first.then(|| (position, book.known_as(snapshot, identities(snapshot, position))))
    })
}

fn identities(
    snapshot: &crate::delivery::snapshot::Snapshot,
    position: usize,
) -> impl Iterator<Item = &Identity> {
    snapshot.members(position).filter_map(|member| snapshot.identity(member))
}

/// Whether a feed posts what is due. One that was just made waits for a complete load that has any articles: a folder without
/// any is one that is not mounted, or about to be filled.
#[must_use]
pub fn has_begun(input: &Input<'_>, feed: &Feed) -> bool {
    let has_articles = !input.snapshot.collection().articles().is_empty();
    feed.pending_backfill.is_none() || (input.loaded.is_complete && has_articles)
}

/// Lets feeds begin: what came out before they were made is known, but for the hottest. As long as articles are arriving that
/// goes for them too: the folder may be half copied. What came out since then is new whenever it is seen.
pub(super) fn begin(input: &Input<'_>, plan: &mut Plan) {
    let unsettled_until = input.loaded.unsettled_until(input.now);
    let beginning = |feed: &&&Feed| feed.pending_backfill.is_some() && has_begun(input, feed);
    // One after the other: what the first takes as known has a row when the next begins.
    for feed in input.feeds.iter().filter(beginning) {
        let known = known_before(input, feed);
        let until = match unsettled_until {
            Some(until) if known.is_empty() => until,
            _ => {
                let is_all = unsettled_until.is_none() && requested(input, feed).is_empty();
                // A feed that still has to post what a moderator asked for is not done, and there is nothing to write down.
                if is_all || !known.is_empty() {
                    return plan.entries.push(Entry::Begin { feed: feed.id, known, is_all });
                }
                continue;
            }
        };
        plan.look_again_at(until);
        // Where nothing watches the folder, nobody else would say that more has come.
        plan.wants_load = input.loaded.at <= input.loaded.arrived_at;
    }
}

/// What a feed that begins does not post, though its rules let it in. What is not announced is not due and needs no row:
/// once its file announces it, it is due.
fn known_before(input: &Input<'_>, feed: &Feed) -> Vec<NewDelivery> {
    let stories = input.snapshot.collection().stories();
    let mut taken = due_elsewhere(input, feed);
    taken.extend(backfill(input, feed).into_iter().map(|position| stories.story_of(position)));
    let due = let_through(input, &feed.settings).filter(|(_, row)| row.is_none());
    let due = due.map(|(position, _)| position);
    let old = due.filter(|position| came_out_before(input, *position, feed.created_at));
    let known = old.filter(|position| !taken.contains(&stories.story_of(*position)));
    known.map(|position| new_delivery(input, feed, position)).collect()
}

/// What a feed that begins still posts of what came out before it was made, hottest first. A moderator asks for it, so what
/// is not announced is part of it.
fn backfill(input: &Input<'_>, feed: &Feed) -> Vec<usize> {
    let collection = input.snapshot.collection();
    let elsewhere = due_elsewhere(input, feed);
    let is_old = |position: usize| came_out_before(input, position, feed.created_at);
    let posted = input.book.all().filter(|row| row.feed == feed.id && row.state != DeliveryState::Baseline);
    let posted = posted.filter(|row| input.snapshot.position(row.article).is_none_or(is_old)).count();
    let backfill = usize::from(feed.pending_backfill.unwrap_or(0)).saturating_sub(posted);
    if backfill == 0 {
        return Vec::new();
    }
    let on_request = feed.settings.rules.applied_to(collection).passing_on_request(input.now);
    let due = each_story_once(input, on_request).filter(|(_, row)| row.is_none());
    let due = due.map(|(position, _)| position).filter(|position| is_old(*position));
    let due = due.filter(|position| !elsewhere.contains(&collection.stories().story_of(*position)));
    due.take(backfill).collect()
}

/// What a feed that begins posts only because a moderator asks for it: no article of these stories is due by itself.
fn requested(input: &Input<'_>, feed: &Feed) -> Vec<usize> {
    let backfill = backfill(input, feed);
    if backfill.is_empty() {
        return backfill;
    }
    let stories = input.snapshot.collection().stories();
    let due = let_through(input, &feed.settings).map(|(position, _)| stories.story_of(position));
    let due: HashSet<usize> = due.collect();
    backfill.into_iter().filter(|position| !due.contains(&stories.story_of(*position))).collect()
}

/// The stories that other feeds of the channel have to post. A row would take them away from these.
fn due_elsewhere(input: &Input<'_>, but: &Feed) -> HashSet<usize> {
    let stories = input.snapshot.collection().stories();
    // Of feeds that begin, the later ones leave to the earlier ones what these leave to be posted.
    let has_to_post =
        |feed: &&&Feed| feed.pending_backfill.is_none() || (has_begun(input, feed) && feed.id < but.id);
    let others = input.feeds.iter().filter(|feed| feed.id != but.id).filter(has_to_post);
    let due = others.flat_map(|feed| {
        let due = let_through(input, &feed.settings).filter(|(_, row)| row.is_none());
        let due = due.map(|(position, _)| position);
        due.filter(|at| feed.status == FeedStatus::Active || is_left_to(input, feed, but, *at))
    });
    due.map(|position| stories.story_of(position)).collect()
}

/// The positions of what a change of a feed's settings makes due that was not due before, hottest first.
#[must_use]
pub fn newly_let_in(input: &Input<'_>, feed: &Feed, settings: &FeedSettings) -> Vec<NewDelivery> {
    let stories = input.snapshot.collection().stories();
    let mut due_before = due_elsewhere(input, feed);
    let due = let_through(input, &feed.settings).filter(|(_, row)| row.is_none());
    due_before.extend(due.map(|(position, _)| stories.story_of(position)));
    let due = let_through(input, settings).filter(|(_, row)| row.is_none());
    let new = due.filter(|(position, _)| !due_before.contains(&stories.story_of(*position)));
    new.map(|(position, _)| new_delivery(input, feed, position)).collect()
}

/// What other feeds of the channel would have to post once this one is removed, though it came out before they were made: they
/// begin with none of it, and left it to this one.
#[must_use]
pub fn left_behind(input: &Input<'_>, removed: &Feed) -> Vec<NewDelivery> {
    let stories = input.snapshot.collection().stories();
    let due = |feed: &Feed| {
        let due = let_through(input, &feed.settings).filter(|(_, row)| row.is_none());
        due.map(|(position, _)| position).collect::<Vec<_>>()
    };
    let had: HashSet<usize> = due(removed).into_iter().map(|at| stories.story_of(at)).collect();
    let (mut taken, mut known) = (HashSet::new(), Vec::new());
    let others = input.feeds.iter().filter(|feed| feed.id != removed.id && has_begun(input, feed));
    for feed in others {
        let new = due(feed).into_iter().filter(|&at| {
            let story = stories.story_of(at);
            had.contains(&story) && taken.insert(story) && is_left_to(input, removed, feed, at)
        });
        known.extend(new.map(|at| new_delivery(input, feed, at)));
    }
    known
}

/// The stories that a feed which begins does not post.
fn taken_as_known(input: &Input<'_>, plan: &Plan) -> HashSet<usize> {
    let known = plan.entries.iter().filter_map(|entry| match entry {
        Entry::Begin { known, .. } => Some(known),
        _ => None,
    });
    let positions = known.flatten().filter_map(|new| input.snapshot.position(new.article));
    positions.map(|position| input.snapshot.collection().stories().story_of(position)).collect()
}

/// Looks through all articles for each feed: what is due, what has outgrown the age limit, what is known by more than before.
pub(super) fn look_through(input: &Input<'_>, plan: &mut Plan) {
    let (mut taken, mut widened) = (taken_as_known(input, plan), Vec::new());
    for feed in input.feeds {
        let mut due = Vec::new();
        if has_begun(input, feed) {
            for (position, row) in let_through(input, &feed.settings) {
                match row {
                    Some(delivery) => widened.extend(wider(input, delivery, position)),
                    None => due.push(position),
                }
            }
            if feed.pending_backfill.is_some() {
                due.extend(requested(input, feed));
                due.sort_unstable();
            }
        }
        plan.outlooks.push(Outlook { feed: feed.id, due, wait: None, withheld: Vec::new() });
    }
    let begun = input.feeds.iter().copied().filter(|feed| feed.pending_backfill.is_none());
    let outgrown: Vec<(&Feed, Vec<usize>)> = begun.map(|feed| (feed, outgrown(input, feed))).collect();
    leave_each_to_one(input, &mut plan.outlooks, &outgrown, &mut taken);
    if !widened.is_empty() {
        plan.entries.push(Entry::Widen(widened));
    }
    let expired =
        outgrown.into_iter().filter_map(|(feed, outgrown)| expired(input, feed, outgrown, &mut taken));
    plan.entries.extend(expired);
}

/// Of several feeds the one with the lowest number posts a story, and it has a row then. One that does not post now only has
/// what no other takes, and what waited for it when the other was made ([`is_left_to`]); if that outgrows its age limit, it has
/// expired, whatever the limit of the other.
fn leave_each_to_one(
    input: &Input<'_>,
    outlooks: &mut [Outlook],
    outgrown: &[(&Feed, Vec<usize>)],
    taken: &mut HashSet<usize>,
) {
    let stories = input.snapshot.collection().stories();
    let of_stories = |positions: &[usize]| positions.iter().map(|&at| stories.story_of(at)).collect();
    let outgrown = outgrown.iter().filter(|(_, positions)| !positions.is_empty());
    let mut waiting: Vec<(&Feed, HashSet<usize>)> =
        outgrown.map(|(feed, positions)| (*feed, of_stories(positions))).collect();
    let is_left = |waiting: &[(&Feed, HashSet<usize>)], feed: &Feed, at: usize| {
        let story = stories.story_of(at);
        waiting.iter().any(|(other, has)| has.contains(&story) && is_left_to(input, other, feed, at))
    };
    for (feed, outlook) in input.feeds.iter().zip(&mut *outlooks) {
        if feed.status == FeedStatus::Active {
            outlook.due.retain(|&at| !is_left(&waiting, feed, at) && taken.insert(stories.story_of(at)));
        } else {
            waiting.push((feed, of_stories(&outlook.due)));
        }
    }
    let do_not_post = input.feeds.iter().zip(outlooks).filter(|(feed, _)| feed.status != FeedStatus::Active);
    for (feed, outlook) in do_not_post {
        outlook.due.retain(|&at| !is_left(&waiting, feed, at) && taken.insert(stories.story_of(at)));
    }
}

/// Whether a feed leaves a story to another one that takes it too and does not post now: it came out before the feed was made,
/// which would otherwise begin with all that waits for the other.
fn is_left_to(input: &Input<'_>, other: &Feed, feed: &Feed, position: usize) -> bool {
    other.id < feed.id && came_out_before(input, position, feed.created_at)
}

/// Whether the article is older than that, or has no date.
fn came_out_before(input: &Input<'_>, position: usize, at: Timestamp) -> bool {
    let article = input.snapshot.collection().article(position);
    article.and_then(|article| article.published_at).is_none_or(|published_at| published_at < at)
}

/// What a row's story is known by, if that is more than the row says and has room for.
fn wider(input: &Input<'_>, delivery: &Delivery, position: usize) -> Option<(DeliveryId, Vec<Identity>)> {
    let is_known = |identity: &Identity| {
        identity.hashes.iter().all(|hash| delivery.hashes.binary_search(hash).is_ok())
            && identity.title.is_none_or(|title| delivery.titles.binary_search(&title).is_ok())
    };
    if identities(input.snapshot, position).all(is_known) {
        return None;
    }
    let all: Vec<Identity> = identities(input.snapshot, position).cloned().collect();
    delivery.clone().widen(&all).then_some((delivery.id, all))
}

/// What was new when the feed was last looked through, and is too old now, without ever having had a row.
fn outgrown(input: &Input<'_>, feed: &Feed) -> Vec<usize> {
    let applied = feed.settings.rules.applied_to(input.snapshot.collection());
    let outgrown = applied.outgrown(feed.looked_at, input.now).into_iter();
    outgrown
        .filter(|&at| input.book.known_as(input.snapshot, identities(input.snapshot, at)).is_none())
        .collect()
}

/// What of it has expired. `taken` are the stories that another article, or another feed of the channel, still tells in time, and
/// those that expired in another feed of it.
fn expired(
    input: &Input<'_>,
    feed: &Feed,
    outgrown: Vec<usize>,
    taken: &mut HashSet<usize>,
) -> Option<Entry> {
    let stories = input.snapshot.collection().stories();
    let outgrown = outgrown.into_iter().filter(|&at| taken.insert(stories.story_of(at)));
    let outgrown: Vec<NewDelivery> = outgrown.map(|at| new_delivery(input, feed, at)).collect();
    (!outgrown.is_empty()).then_some(Entry::Expire { feed: feed.id, outgrown })
}

/// What the row of a story will say that is about to get one.
pub(crate) fn new_delivery(input: &Input<'_>, feed: &Feed, position: usize) -> NewDelivery {
    let article = input.snapshot.collection().article(position);
    let id = article.map_or("", |article| article.id.as_str());
    NewDelivery {
        feed: feed.id,
        article_id: id.into(),
        article: article_format::stable_hash64(id),
        title: text::plain(article.map_or("", |article| &article.title), TITLE_CHARACTERS_MAX).into(),
        identity: identities(input.snapshot, position).cloned().collect(),
    }
}
