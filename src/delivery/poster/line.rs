//! The requests of one channel, in a line: made one after the other beside the poster, which hears of each and is waited for by
//! none that follows a success. Whatever else is answered halts the line until the poster has judged it.

use std::collections::VecDeque;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio::time::{Instant, Sleep};

use super::answered::{Answered, Finished, StepResult};
use crate::collection::incremental::Clock;
use crate::delivery::kill;
use crate::delivery::plan::CLAIM_SECONDS_MAX;
use crate::delivery::record::PostKey;
use crate::delivery::send::{Action, Outcome, Search, Sender};
use crate::ids::ChannelId;

/// Answers that come fast are told together: so many, or after so long. Each that is told wakes the poster.
const TOLD_TOGETHER_MAX: usize = 8;
const TOLD_AFTER: Duration = Duration::from_millis(5);

/// What is asked of Discord.
pub(super) enum Asked {
    Action(Arc<Action>),
    Search(Search),
}

/// A request that was not begun.
pub(super) struct Waiting {
    /// The post that it is about.
    pub(super) post: PostKey,
    pub(super) asked: Asked,
    /// When it was claimed, if it may be begun no later than [`CLAIM_SECONDS_MAX`] after that.
    pub(super) claimed_at: Option<Timestamp>,
}

impl Waiting {
    /// A clock that was put back makes the claim lie ahead: its age is unknown then.
    fn is_late(&self, now: Timestamp) -> bool {
        let max = SignedDuration::from_secs(CLAIM_SECONDS_MAX);
        self.claimed_at.map(|at| now.duration_since(at)).is_some_and(|age| age.is_negative() || age > max)
    }
}

/// See the module. It ends with the poster that holds it.
#[derive(Default)]
pub(super) struct Line(Mutex<State>);

#[derive(Default)]
struct State {
    waiting: VecDeque<Waiting>,
    work: Work,
}

#[derive(Default, PartialEq, Eq)]
enum Work {
    /// Nobody makes requests.
    #[default]
    Idle,
    Busy,
    /// The poster has to judge an answer first.
    Halted,
}

enum Next {
    Request(Waiting),
    Late(PostKey),
    Nothing,
}

impl Line {
    /// Puts a request at the end. Says whether somebody has to be set to work.
    pub(super) fn push(&self, waiting: Waiting) -> bool {
        let mut state = self.state();
        state.waiting.push_back(waiting);
        let is_idle = state.work == Work::Idle;
        if is_idle {
            state.work = Work::Busy;
        }
        is_idle
    }

    /// Takes out the claimed posts that were not begun, and certainly will not be. Says how many.
    pub(super) fn clear(&self) -> usize {
        let mut state = self.state();
        let before = state.waiting.len();
        // Of a post that is tried again it is not certain that it is not there; it goes on.
        state.waiting.retain(|waiting| waiting.claimed_at.is_none());
        before - state.waiting.len()
    }

    /// The poster knows now what halted the line. Says whether somebody has to be set to work.
    pub(super) fn go_on(&self) -> bool {
        let mut state = self.state();
        if state.work != Work::Halted {
            return false;
        }
        let is_empty = state.waiting.is_empty();
        state.work = if is_empty { Work::Idle } else { Work::Busy };
        !is_empty
    }

    fn next(&self, now: Timestamp) -> Next {
        let mut state = self.state();
        match state.waiting.front() {
            Some(next) if next.is_late(now) => {
                let post = next.post;
                state.work = Work::Halted;
                Next::Late(post)
            }
            Some(_) => state.waiting.pop_front().map_or(Next::Nothing, Next::Request),
            None => {
                state.work = Work::Idle;
                Next::Nothing
            }
        }
    }

    fn halt(&self) {
        self.state().work = Work::Halted;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes a line's requests.
pub(super) struct Worker<S> {
    pub(super) line: Weak<Line>,
    pub(super) channel: ChannelId,
    pub(super) sender: Arc<S>,
    pub(super) clock: Clock,
    pub(super) finished: mpsc::Sender<Finished>,
}

impl<S: Sender> Worker<S> {
    /// Until none waits, or the line is halted.
    pub(super) async fn work(self) {
        let (mut untold, mut is_first) = (Vec::new(), true);
        // One timer that is put off. A new one for each request would wake the runtime's driver each time.
        let mut telling = pin!(tokio::time::sleep(TOLD_AFTER));
        loop {
            let began_at = (self.clock)();
            // A poster that has stopped settles at its next start what was claimed.
            let Some(next) = self.line.upgrade().map(|line| line.next(began_at)) else { return };
            let Waiting { post, asked, .. } = match next {
                Next::Request(next) => next,
                Next::Nothing => break,
                Next::Late(post) => {
                    untold.push(Answered { post, began_at, result: StepResult::Late });
                    break;
                }
            };
            if !is_first {
                kill::point("between-requests");
            }
            is_first = false;
            let result = self.make(&asked, &mut untold, telling.as_mut()).await;
            let goes_on = goes_on(&result);
            if untold.is_empty() {
                telling.as_mut().reset(Instant::now() + TOLD_AFTER);
            }
            untold.push(Answered { post, began_at, result });
            if !goes_on {
                break;
            }
            if untold.len() >= TOLD_TOGETHER_MAX && !self.tell(&mut untold).await {
                return;
            }
        }
        self.tell(&mut untold).await;
    }

    /// Makes one request. When `telling` is due before it is answered, what was answered before it is told meanwhile.
    async fn make(&self, asked: &Asked, untold: &mut Vec<Answered>, telling: Pin<&mut Sleep>) -> StepResult {
        kill::point("before-request");
        let request = async {
            match asked {
                Asked::Action(action) => StepResult::Sent(self.sender.send(action).await),
                Asked::Search(search) => StepResult::Searched(self.sender.find(search).await),
            }
        };
        tokio::pin!(request);
        let result = tokio::select! {
            biased;
            result = &mut request => result,
            () = telling, if !untold.is_empty() => {
                self.tell(untold).await;
                request.await
            }
        };
        kill::point("after-answer");
        if !goes_on(&result)
            && let Some(line) = self.line.upgrade()
        {
            line.halt();
        }
        result
    }

    /// Says whether there is a poster that hears it.
    async fn tell(&self, untold: &mut Vec<Answered>) -> bool {
        let answered = std::mem::take(untold);
        answered.is_empty() || self.finished.send(Finished { channel: self.channel, answered }).await.is_ok()
    }
}

fn goes_on(result: &StepResult) -> bool {
    matches!(result, StepResult::Sent(Outcome::Done(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::GuildId;

    fn waiting(post: u64) -> Waiting {
        let (post, since) = (PostKey(post), Timestamp::UNIX_EPOCH);
        let search = Search {
            server: GuildId(1),
            channel: ChannelId(1),
            is_forum: false,
            key: post,
            since,
            known_threads: Vec::new(),
        };
        Waiting { post, asked: Asked::Search(search), claimed_at: Some(since) }
    }

    #[test]
    fn a_halted_line_waits_until_the_poster_heard_why_whoever_gives_back_meanwhile() {
        let line = Line::default();
        assert!(line.push(waiting(1)), "somebody has to make it");
        assert!(matches!(line.next(Timestamp::UNIX_EPOCH), Next::Request(Waiting { post: PostKey(1), .. })));
        line.halt();
        assert!(!line.push(waiting(2)));
        assert_eq!(line.clear(), 1);
        assert!(!line.push(waiting(3)), "nothing is made before what halted it was heard");
        assert!(line.go_on(), "it is made now");
        assert!(matches!(line.next(Timestamp::UNIX_EPOCH), Next::Request(Waiting { post: PostKey(3), .. })));
        assert!(matches!(line.next(Timestamp::UNIX_EPOCH), Next::Nothing));
        assert!(!line.go_on());
    }
}
