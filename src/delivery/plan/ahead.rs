//! Which posts are claimed together: those that would come next one by one, if nothing changes while they are made.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::{Input, Step};
use crate::delivery::record::PostShape;
use crate::feed::Feed;

/// How many posts of a channel are claimed together, at most.
pub const CLAIMS_MAX: usize = 32;
/// How long after its claim a post may still be begun, in seconds. After a crash it is not known whether it was, so that is also
/// what the nonce's time may be short of.
pub const CLAIM_SECONDS_MAX: i64 = 30;

/// The posts that may be claimed together with this one, the first of all that are `due` for these feeds, in their order. It
/// ends before the first of which it is not certain that it is the next.
pub(super) fn following(input: &Input<'_>, first: &Step, ready: &[(&Feed, &[usize])]) -> Vec<Step> {
    let mut following = Vec::new();
    let Step::Post { feed, shape: PostShape::Single, stories, .. } = first else { return following };
    let mut known = Known::default();
    for position in stories {
        known.add(input, *position);
    }
    let mut lanes: Vec<Lane<'_>> = ready.iter().map(|(feed, due)| Lane::of(input, feed, due)).collect();
    lanes.iter_mut().filter(|lane| lane.feed.id == *feed).for_each(Lane::take);
    while following.len() + 1 < CLAIMS_MAX {
        let with_room = lanes.iter_mut().filter(|lane| lane.room > 0);
        let Some(lane) = with_room.min_by_key(|lane| lane.due.first().copied().unwrap_or(usize::MAX)) else {
            break;
        };
        let Some(position) = lane.due.first().copied() else { break };
        let step = super::new_post::new_post(lane.feed, lane.due);
        let is_single = matches!(step, Step::Post { shape: PostShape::Single, .. });
        if !is_single || !lane.will_post || lane.outgrows(input, position) || !known.add(input, position) {
            break;
        }
        lane.take();
        following.push(step);
    }
    following
}

/// What a feed has to post.
struct Lane<'a> {
    feed: &'a Feed,
    due: &'a [usize],
    /// How many of it may be posted in this hour.
    room: usize,
    /// Whether it still posts when the time of a claim is over.
    will_post: bool,
    /// What came out before this is too old then.
    new_since: Option<Timestamp>,
}

impl<'a> Lane<'a> {
    fn of(input: &Input<'_>, feed: &'a Feed, due: &'a [usize]) -> Self {
        let over =
            input.now.saturating_add(SignedDuration::from_secs(CLAIM_SECONDS_MAX)).unwrap_or(Timestamp::MAX);
        let pacing = &feed.settings.pacing;
        Self {
            feed,
            due,
            room: pacing.room(&super::new_post::tried_in_last_hour(input, feed), input.now),
            will_post: pacing.quiet_until(over).is_none(),
            new_since: feed.settings.rules.new_since(over),
        }
    }

    fn take(&mut self) {
        self.due = self.due.get(1..).unwrap_or(&[]);
        self.room = self.room.saturating_sub(1);
    }

    fn outgrows(&self, input: &Input<'_>, position: usize) -> bool {
        let at = input.snapshot.collection().article(position).and_then(|article| article.published_at);
        self.new_since.is_some_and(|since| at.is_none_or(|at| at < since))
    }
}

/// What the claimed stories are known by: a further one that has anything in common with them may have a row already when
/// they have theirs. Dates of titles are not looked at, so that is asked of too many rather than too few.
#[derive(Default)]
struct Known(HashSet<u64>);

impl Known {
    /// Says whether the story has nothing in common with the others.
    fn add(&mut self, input: &Input<'_>, position: usize) -> bool {
        let identities =
            input.snapshot.members(position).filter_map(|member| input.snapshot.identity(member));
        let marks: HashSet<u64> = identities
            .flat_map(|identity| {
                identity.hashes.iter().copied().chain(identity.title.map(|title| title.hash))
            })
            .collect();
        let is_new = self.0.is_disjoint(&marks);
        self.0.extend(marks);
        is_new
    }
}
