//! Titles that their provider has again and again, such as "Your evening briefing: what to know today".

use jiff::Timestamp;

use super::publication::is_near;
use crate::collection::Position;

/// Finds the articles of one title and provider that come within three days of another group's; one group tells one story.
/// The articles are given by date and position, oldest first. `groups` has each position's group.
pub(super) fn find_series(
    articles: &[(Timestamp, Position)],
    groups: &[Position],
    is_of_series: &mut impl FnMut(Position),
) {
    find_in_turn(articles.iter().copied(), groups, is_of_series);
    find_in_turn(articles.iter().rev().copied(), groups, is_of_series);
}

/// Finds those that come shortly behind one of another group.
fn find_in_turn(
    in_turn: impl Iterator<Item = (Timestamp, Position)>,
    groups: &[Position],
    is_of_series: &mut impl FnMut(Position),
) {
    // The last article, and the last one of another group than that.
    let mut last: Option<(Timestamp, Position)> = None;
    let mut last_of_another: Option<(Timestamp, Position)> = None;
    for (at, position) in in_turn {
        let group = position.of(groups).copied().unwrap_or(position);
        let before = if last.is_some_and(|(_, other)| other == group) { last_of_another } else { last };
        if before.is_some_and(|(other, _)| is_near(at, other)) {
            is_of_series(position);
        }
        if last.is_some_and(|(_, other)| other != group) {
            last_of_another = last;
        }
        last = Some((at, group));
    }
}
