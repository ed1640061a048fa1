//! The laws of notices: a bounded number an hour, and each trouble once until it is over.

use proptest::prelude::*;

use super::*;

const KINDS: [Kind; 6] =
    [Kind::Feed, Kind::Withdrawals, Kind::Delivery, Kind::Problem, Kind::Source, Kind::SourceList];

fn at(minutes: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
}

fn subject(kind: Kind, number: u64) -> Subject {
    Subject { kind, number }
}

fn facts(troubles: impl IntoIterator<Item = Subject>) -> Facts {
    Facts { troubles: troubles.into_iter().map(|subject| (subject, 1)).collect(), ..Facts::default() }
}

/// What happens to a guild from one look to the next.
#[derive(Debug, Clone)]
struct Step {
    minutes: i64,
    /// Toggles a trouble, gives it another cause, or changes which kinds are complete.
    changed: Vec<(usize, u64, u64)>,
    partial: Option<usize>,
    restarts: bool,
    fails: bool,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let changed = prop::collection::vec((0..KINDS.len(), 0..6_u64, 0..3_u64), 0..8);
    let step =
        (0..40_i64, changed, prop::option::of(0..KINDS.len()), any::<bool>(), prop::bool::weighted(0.2));
    let step = step.prop_map(|(minutes, changed, partial, restarts, fails)| Step {
        minutes,
        changed,
        partial,
        restarts,
        fails,
    });
    prop::collection::vec(step, 1..80)
}

proptest! {
    #[test]
    fn at_most_six_an_hour_and_each_trouble_once_until_it_is_over(steps in steps()) {
        let (mut now, mut told) = (at(0), Told::default());
        let mut troubles: BTreeMap<Subject, u64> = BTreeMap::new();
        let mut notices: Vec<Timestamp> = Vec::new();
        // What the guild believes: the troubles that it was told, less those that it was told are over, or that are over.
        let mut believed: BTreeMap<Subject, u64> = BTreeMap::new();
        for step in steps {
            now += SignedDuration::from_mins(step.minutes);
            for (kind, number, what) in step.changed {
                let subject = subject(KINDS[kind], number);
                if what == 0 { troubles.remove(&subject); } else { troubles.insert(subject, what); }
            }
            let partial: BTreeSet<Kind> = step.partial.map(|kind| KINDS[kind]).into_iter().collect();
            let shown = troubles.iter().filter(|(subject, _)| !partial.contains(&subject.kind) || subject.number < 3);
            let shown: BTreeMap<Subject, u64> = shown.map(|(subject, what)| (*subject, *what)).collect();
            let all = KINDS.iter().flat_map(|kind| (0..6).map(|number| subject(*kind, number)));
            let well = all.filter(|subject| {
                matches!(subject.kind, Kind::Feed | Kind::Source | Kind::SourceList) && !troubles.contains_key(subject)
            });
            let facts = Facts { troubles: shown, well: well.collect(), partial, ..Facts::default() };
            if step.restarts {
                told = Told::of_text(&told.to_text());
            }
            let (notice, later) = next(&facts, &told, now);
            let Some(notice) = notice else {
                // A trouble that is over without a word, as one that a moderator settled, may come again as a new one.
                believed.retain(|subject, _| later.troubles.contains_key(subject));
                told = later;
                continue;
            };
            notices.push(now);
            if step.fails {
                told = told.after_failure(now);
                believed.retain(|subject, _| told.troubles.contains_key(subject));
                continue;
            }
            for subject in &notice.troubles {
                let what = facts.troubles[subject];
                prop_assert_ne!(believed.insert(*subject, what), Some(what), "told twice: {:?}", subject);
            }
            for subject in &notice.recovered {
                prop_assert!(believed.remove(subject).is_some(), "no trouble was told: {:?}", subject);
                prop_assert!(!facts.troubles.contains_key(subject));
            }
            told = later;
            believed.retain(|subject, _| told.troubles.contains_key(subject));
            prop_assert_eq!(&believed, &told.troubles);
        }
        for (index, first) in notices.iter().enumerate() {
            let in_hour = notices[index..].iter().filter(|at| at.duration_since(*first) < HOUR);
            prop_assert!(in_hour.count() <= PER_HOUR_MAX);
        }
    }

    #[test]
    fn no_text_of_a_database_makes_it_panic(text in ".*", number in any::<u64>(), what in any::<u64>()) {
        let _told = Told::of_text(&text);
        let (_, told) = next(&facts([subject(Kind::Problem, number)]), &Told::default(), at(0));
        let told = Told { troubles: told.troubles.into_keys().map(|subject| (subject, what)).collect(), ..told };
        prop_assert_eq!(Told::of_text(&told.to_text()), told);
    }
}

#[test]
fn a_flood_is_one_notice_and_what_comes_at_the_bound_waits_for_the_next() {
    let many = facts((0..100).map(|number| subject(Kind::Delivery, number)));
    let (notice, mut told) = next(&many, &Told::default(), at(0));
    assert_eq!(notice.unwrap().troubles.len(), 100);
    let so_far =
        |minute: i64| facts((0..100 + minute.unsigned_abs()).map(|number| subject(Kind::Delivery, number)));
    for minute in 1..60 {
        let (notice, later) = next(&so_far(minute), &told, at(minute));
        assert_eq!(notice.is_some(), minute <= 5, "{minute}");
        told = later;
    }
    let (notice, _) = next(&so_far(60), &told, at(60));
    assert_eq!(notice.unwrap().troubles.len(), 55, "summed up in the next");
}

#[test]
fn a_feed_that_posts_again_is_told_and_one_that_was_removed_is_not() {
    let feeds = [1, 2].map(|feed| Subject::feed(FeedId(feed)));
    let (_, told) = next(&facts(feeds), &Told::default(), at(0));
    let well = Facts { well: [feeds[0]].into(), ..Facts::default() };
    let (notice, told) = next(&well, &told, at(1));
    assert_eq!(notice, Some(Notice { troubles: vec![], recovered: vec![feeds[0]] }));
    assert_eq!(told.troubles.len(), 0, "the removed feed is forgotten");
    assert_eq!(next(&well, &told, at(2)).0, None);
    let (again, _) = next(&facts(feeds), &told, at(3));
    assert_eq!(again.unwrap().troubles, feeds, "it was over");
}

#[test]
fn another_reason_is_another_trouble() {
    let feed = Subject::feed(FeedId(1));
    let because = |what: u64| Facts { troubles: [(feed, what)].into(), ..Facts::default() };
    let (_, told) = next(&because(1), &Told::default(), at(0));
    assert_eq!(next(&because(1), &told, at(1)).0, None);
    assert_eq!(next(&because(2), &told, at(1)).0.unwrap().troubles, [feed]);
}

#[test]
fn what_may_be_in_trouble_again_in_a_moment_is_not_over() {
    let feed = Subject::feed(FeedId(1));
    let (_, told) = next(&facts([feed]), &Told::default(), at(0));
    let unsettled = Facts { unsettled: [feed].into(), ..Facts::default() };
    assert_eq!(next(&unsettled, &told, at(1)), (None, told.clone()));
    assert_eq!(next(&facts([feed]), &told, at(2)), (None, told));
}

#[test]
fn what_a_new_process_does_not_see_at_its_first_look_is_not_over() {
    let waiting = Subject::withdrawals(FeedId(1));
    let (_, told) = next(&facts([waiting]), &Told::default(), at(0));
    let nothing = |before: Option<&BTreeSet<Subject>>| Facts {
        unsettled: told.unsettled_since(before),
        ..Facts::default()
    };
    assert_eq!(next(&nothing(None), &told, at(1)), (None, told.clone()), "the first look");
    assert_eq!(next(&facts([waiting]), &told, at(2)), (None, told.clone()), "nothing is told again");
    let seen = BTreeSet::from([waiting]);
    assert_eq!(
        next(&nothing(Some(&seen)), &told, at(3)),
        (None, told.clone()),
        "a moderator decided just now"
    );
    let (_, later) = next(&nothing(Some(&BTreeSet::new())), &told, at(4));
    assert_eq!(later.troubles.len(), 0);
}

#[test]
fn what_is_left_out_is_not_over() {
    let problem = subject(Kind::Problem, 7);
    let (_, told) = next(&facts([problem]), &Told::default(), at(0));
    let partial = Facts { partial: [Kind::Problem].into(), ..Facts::default() };
    assert_eq!(next(&partial, &told, at(1)), (None, told.clone()));
    assert_eq!(next(&Facts::default(), &told, at(1)).0.unwrap().recovered, [problem]);
}

#[test]
fn what_is_remembered_is_bounded() {
    let many =
        |from: u64, count: u64| facts((from..from + count).map(|number| subject(Kind::Problem, number)));
    let bound = u64::try_from(TOLD_MAX).unwrap();
    let (notice, told) = next(&many(0, bound + 10), &Told::default(), at(0));
    assert_eq!((notice.unwrap().troubles.len(), told.troubles.len()), (TOLD_MAX, TOLD_MAX));
    assert_eq!(next(&many(0, bound + 10), &told, at(1)).0, None, "the rest waits");
    let others = Facts { partial: [Kind::Problem].into(), ..many(bound, 10) };
    let (notice, told) = next(&others, &told, at(1));
    assert_eq!(
        (notice.unwrap().troubles.len(), told.troubles.len()),
        (10, TOLD_MAX),
        "what may be over goes"
    );
}

#[test]
fn a_clock_that_jumps_blocks_notices_for_an_hour_at_most() {
    let one = |number| facts([subject(Kind::Feed, number)]);
    let mut told = Told::default();
    for number in 0..6 {
        told = next(&one(number), &told, at(100_000)).1;
    }
    assert_eq!(next(&one(7), &told, at(100_001)).0, None);
    assert!(next(&one(7), &told, at(0)).0.is_some());
}

#[test]
fn the_form_in_the_database_never_changes() {
    let subjects = KINDS.map(|kind| subject(kind, u64::MAX));
    let (_, told) = next(&facts(subjects), &Told::default(), at(1));
    let text = r#"{"troubles":[["feed",18446744073709551615,1],["withdrawals",18446744073709551615,1],["delivery",18446744073709551615,1],["problem",18446744073709551615,1],["source",18446744073709551615,1],["source_list",18446744073709551615,1]],"sent_at_ms":[60000]}"#;
    assert_eq!((told.to_text().as_str(), Told::of_text(text)), (text, told));
}
