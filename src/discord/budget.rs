//! How often one person or one guild may use something. Pure: the time is a parameter.

use jiff::{SignedDuration, Timestamp};

/// So many uses at once. Each use comes back after a wait, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Budget {
    /// At least 1.
    pub(super) at_once: i32,
    /// How long it takes until one use comes back.
    pub(super) one_each: SignedDuration,
}

impl Budget {
    /// Takes one use now. `whole_at` is when all earlier uses have come back; `None` without earlier uses. Returns the same time after
    /// this use. A clock that went back so far that the time cannot be right gives all uses back.
    ///
    /// # Errors
    /// The wait until a use comes back, at most [`Budget::one_each`].
    pub(super) fn take(
        self,
        whole_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Timestamp, SignedDuration> {
        let of_all = self.one_each.saturating_mul(self.at_once);
        let taken = whole_at.map_or(SignedDuration::ZERO, |whole_at| whole_at.duration_since(now));
        let is_of_this_clock = taken.is_positive() && taken <= of_all;
        let before = if is_of_this_clock { taken } else { SignedDuration::ZERO };
        let after = before.saturating_add(self.one_each);
        if after > of_all {
            return Err(after - of_all);
        }
        Ok(now.saturating_add(after).unwrap_or(now))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const THREE: Budget = Budget { at_once: 3, one_each: SignedDuration::from_millis(1_000) };

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_780_000_000_000 + ms).unwrap()
    }

    /// Which uses at these milliseconds are taken.
    fn taken(budget: Budget, times: &[i64]) -> Vec<bool> {
        let mut whole_at = None;
        let is_taken = |time: &i64| match budget.take(whole_at, at(*time)) {
            Ok(next) => {
                whole_at = Some(next);
                true
            }
            Err(_) => false,
        };
        times.iter().map(is_taken).collect()
    }

    #[test]
    fn uses_come_back_one_after_the_other() {
        assert_eq!(taken(THREE, &[0, 0, 0, 0]), [true, true, true, false]);
        assert_eq!(taken(THREE, &[0, 0, 0, 999, 1_000, 1_000]), [true, true, true, false, true, false]);
        assert_eq!(taken(THREE, &[0, 0, 0, 9_000, 9_000, 9_000, 9_000])[3..], [true, true, true, false]);
    }

    #[test]
    fn the_wait_is_until_the_next_use_comes_back() {
        let full = Some(at(3_000));
        assert_eq!(THREE.take(full, at(0)), Err(SignedDuration::from_millis(1_000)));
        assert_eq!(THREE.take(full, at(400)), Err(SignedDuration::from_millis(600)));
        assert_eq!(THREE.take(full, at(1_000)), Ok(at(4_000)));
    }

    #[test]
    fn a_clock_that_went_back_blocks_nobody() {
        assert_eq!(THREE.take(Some(at(3_000)), at(-1)), Ok(at(999)));
        assert_eq!(THREE.take(Some(at(3_000)), Timestamp::MIN), Ok(Timestamp::MIN + THREE.one_each));
        assert_eq!(THREE.take(None, Timestamp::MAX), Ok(Timestamp::MAX));
    }

    proptest! {
        /// In no span of time are more uses taken than those at once and those that came back. Where a use is refused, one is taken
        /// when the wait is over, and none a moment before.
        #[test]
        fn no_more_are_taken_than_came_back(
            at_once in 1..20_i32,
            one_each_ms in 1..5_000_i64,
            steps in prop::collection::vec(0..3_000_i64, 1..200),
        ) {
            let budget = Budget { at_once, one_each: SignedDuration::from_millis(one_each_ms) };
            let (mut time, mut whole_at, mut taken_at) = (0, None, Vec::new());
            for step in steps {
                time += step;
                match budget.take(whole_at, at(time)) {
                    Ok(next) => {
                        whole_at = Some(next);
                        taken_at.push(time);
                    }
                    Err(wait) => {
                        prop_assert!(wait.is_positive() && wait <= budget.one_each);
                        prop_assert!(budget.take(whole_at, at(time) + wait).is_ok());
                        let moment = SignedDuration::from_nanos(1);
                        prop_assert!(budget.take(whole_at, at(time) + wait - moment).is_err());
                    }
                }
            }
            for (first, from) in taken_at.iter().enumerate() {
                for (last, until) in taken_at.iter().enumerate().skip(first) {
                    let came_back = (until - from) / one_each_ms;
                    prop_assert!(i64::try_from(last - first).unwrap() < i64::from(at_once) + came_back);
                }
            }
        }

        /// Who never asks faster than uses come back is never refused.
        #[test]
        fn who_waits_for_each_use_is_never_refused(
            at_once in 1..20_i32,
            waits in prop::collection::vec(1_000..5_000_i64, 1..200),
        ) {
            let mut time = 0;
            let times: Vec<i64> = waits.iter().map(|wait| { time += wait; time }).collect();
            let budget = Budget { at_once, ..THREE };
            prop_assert!(taken(budget, &times).iter().all(|is_taken| *is_taken));
        }
    }
}
